"""Compiled patterns and their matches."""
import _re

_hidden_frames = True
_L, _U, _A = 4, 32, 256
_FLAG_NAMES = (('IGNORECASE', 2), ('LOCALE', 4), ('MULTILINE', 8), ('DOTALL', 16), ('UNICODE', 32), ('VERBOSE', 64), ('DEBUG', 128), ('ASCII', 256))


def _check_subject(pattern, string):
    if isinstance(string, str):
        if not pattern._text:
            raise TypeError('cannot use a bytes pattern on a string-like object')
        return string
    if not isinstance(string, (bytes, bytearray, memoryview)):
        if not hasattr(string, '__buffer__') and type(string).__name__ not in ('array', 'mmap'):
            raise TypeError(f"expected string or bytes-like object, got '{type(string).__name__}'")
    if pattern._text:
        raise TypeError('cannot use a string pattern on a bytes-like object')
    return string if isinstance(string, bytes) else bytes(string)


class Match:
    """The result of re.match() and re.search(). Match objects always have a boolean value of True."""
    __tp_name__ = 're.Match'
    __slots__ = ('string', 're', 'pos', 'endpos', '_spans')

    def __new__(cls, *args, **kwargs):
        raise TypeError("cannot create 're.Match' instances")

    def _index(self, group):
        if isinstance(group, str):
            index = self.re.groupindex.get(group, -1)
        elif isinstance(group, int):
            index = group
        elif hasattr(group, '__index__'):
            index = group.__index__()
        else:
            index = -1
        if not 0 <= index <= self.re.groups:
            raise IndexError('no such group')
        return index

    def _slice(self, index, default=None):
        start = self._spans[2 * index]
        return default if start < 0 else self.string[start:self._spans[2 * index + 1]]

    def group(self, *args):
        if not args:
            return self._slice(0)
        if len(args) == 1:
            return self._slice(self._index(args[0]))
        return tuple([self._slice(self._index(a)) for a in args])

    def __getitem__(self, group):
        return self._slice(self._index(group))

    def groups(self, default=None):
        return tuple([self._slice(i, default) for i in range(1, self.re.groups + 1)])

    def groupdict(self, default=None):
        return {name: self._slice(i, default) for name, i in self.re.groupindex.items()}

    def start(self, group=0, /):
        return self._spans[2 * self._index(group)]

    def end(self, group=0, /):
        return self._spans[2 * self._index(group) + 1]

    def span(self, group=0, /):
        i = 2 * self._index(group)
        return self._spans[i], self._spans[i + 1]

    @property
    def regs(self):
        return tuple([self.span(i) for i in range(self.re.groups + 1)])

    @property
    def lastindex(self):
        """The group closed last: the one ending furthest right; of nested ones the outer, of consecutive ones the later."""
        best = None
        parents = self.re._parents
        for i in range(1, self.re.groups + 1):
            end = self._spans[2 * i + 1]
            if end < 0:
                continue
            if best is None or end > self._spans[2 * best + 1]:
                best = i
            elif end == self._spans[2 * best + 1]:
                p = parents.get(i, 0)
                while p and p != best:
                    p = parents.get(p, 0)
                if p != best:
                    best = i
        return best

    @property
    def lastgroup(self):
        index = self.lastindex
        for name, i in self.re.groupindex.items():
            if i == index:
                return name
        return None

    def expand(self, template):
        return self.re._expander(template)(self)

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def __repr__(self):
        return f'<re.Match object; span={self.span()}, match={self._slice(0)!r}>'


class Pattern:
    """Compiled regular expression object."""
    __tp_name__ = 're.Pattern'
    __slots__ = ('pattern', 'flags', 'groups', 'groupindex', '_text', '_parents', '_engine', '_full', '_source', '_options', '_templates', '__weakref__')

    def __new__(cls, *args, **kwargs):
        raise TypeError("cannot create 're.Pattern' instances")

    def _run(self, string, pos, endpos, mode='search', advance=False):
        """One match from pos: mode is search, match or fullmatch; advance forbids an empty one at pos."""
        if mode == 'fullmatch':
            engine = self._full
            if engine is None:
                engine = self._full = _re.compile(f'(?:{self._source})\\z' if self._text else b'(?:' + self._source + b')\\z', self._options)
        else:
            engine = self._engine
        return engine.exec(string, pos, endpos, mode != 'search', advance)

    def _one(self, string, pos, endpos, mode):
        subject = _check_subject(self, string)
        size = len(subject)
        pos = min(max(pos, 0), size)
        endpos = min(max(endpos, 0), size)
        if pos > endpos:
            return None
        spans = self._run(subject, pos, endpos, mode)
        return None if spans is None else self._match(string, pos, endpos, spans)

    def _match(self, string, pos, endpos, spans):
        m = object.__new__(Match)
        m.string, m.re, m.pos, m.endpos, m._spans = string, self, pos, endpos, spans
        return m

    def search(self, string, pos=0, endpos=9223372036854775807):
        return self._one(string, pos, endpos, 'search')

    def match(self, string, pos=0, endpos=9223372036854775807):
        return self._one(string, pos, endpos, 'match')

    def fullmatch(self, string, pos=0, endpos=9223372036854775807):
        return self._one(string, pos, endpos, 'fullmatch')

    def _scan(self, string, pos=0, endpos=9223372036854775807):
        subject = _check_subject(self, string)
        size = len(subject)
        pos = min(max(pos, 0), size)
        endpos = min(max(endpos, 0), size)
        advance = False
        run = self._engine.exec
        while pos <= endpos:
            spans = run(subject, pos, endpos, False, advance)
            if spans is None:
                return
            yield spans
            pos = spans[1]
            advance = pos == spans[0]

    def finditer(self, string, pos=0, endpos=9223372036854775807):
        _check_subject(self, string)
        return self._iterate(string, pos, endpos)

    def _iterate(self, string, pos, endpos):
        size = len(string)
        start, stop = min(max(pos, 0), size), min(max(endpos, 0), size)
        for spans in self._scan(string, pos, endpos):
            yield self._match(string, start, stop, spans)

    def findall(self, string, pos=0, endpos=9223372036854775807):
        subject = _check_subject(self, string)
        n = self.groups
        if n == 0:
            return [subject[s[0]:s[1]] for s in self._scan(subject, pos, endpos)]
        empty = subject[:0]
        if n == 1:
            return [subject[s[2]:s[3]] if s[2] >= 0 else empty for s in self._scan(subject, pos, endpos)]
        return [tuple([subject[s[i]:s[i + 1]] if s[i] >= 0 else empty for i in range(2, 2 * n + 2, 2)]) for s in self._scan(subject, pos, endpos)]

    def split(self, string, maxsplit=0):
        subject = _check_subject(self, string)
        out, last = [], 0
        for s in self._scan(subject):
            out.append(subject[last:s[0]])
            for i in range(2, 2 * self.groups + 2, 2):
                out.append(subject[s[i]:s[i + 1]] if s[i] >= 0 else None)
            last = s[1]
            maxsplit -= 1
            if maxsplit == 0:
                break
        out.append(subject[last:])
        return out

    def sub(self, repl, string, count=0):
        return self._subn(repl, string, count)[0]

    def subn(self, repl, string, count=0):
        return self._subn(repl, string, count)

    def _subn(self, repl, string, count):
        subject = _check_subject(self, string)
        fill = repl if callable(repl) else None
        literal = None
        if fill is None:
            if isinstance(repl, str) != self._text:
                got = type(repl).__name__
                if not isinstance(repl, (str, bytes, bytearray)):
                    raise TypeError(f'decoding to str: need a bytes-like object, {got} found' if self._text else f'a bytes-like object is required, not {got!r}')
                raise TypeError(f'sequence item 0: expected str instance, {got} found' if self._text else f"sequence item 0: expected a bytes-like object, {got} found")
            if ('\\' if self._text else b'\\') not in repl:
                literal = repl
            else:
                fill = self._expander(repl)
        out, last, n = [], 0, 0
        for s in self._scan(subject):
            out.append(subject[last:s[0]])
            if literal is not None:
                out.append(literal)
            else:
                piece = fill(self._match(string, 0, len(subject), s))
                if piece is not None:
                    out.append(piece)
            last = s[1]
            n += 1
            if n == count:
                break
        out.append(subject[last:])
        return ('' if self._text else b'').join(out), n

    def _expander(self, template):
        cache = self._templates
        if template not in cache:
            from _re_template import compile_template
            if len(cache) > 100:
                cache.clear()
            cache[template] = compile_template(self, template)
        return cache[template]

    def scanner(self, string, pos=0, endpos=9223372036854775807):
        return _Scanner(self, string, pos, endpos)

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def __eq__(self, other):
        if not isinstance(other, Pattern):
            return NotImplemented
        return self.flags == other.flags and self._text == other._text and self.pattern == other.pattern

    def __hash__(self):
        return hash((self.flags, self.pattern))

    def __repr__(self):
        flags = self.flags & ~_U if self._text and not self.flags & (_L | _A) else self.flags
        text = repr(self.pattern)
        if len(text) > 200:
            text = text[:200]
        names = [f're.{n}' for n, bit in _FLAG_NAMES if flags & bit]
        for _, bit in _FLAG_NAMES:
            flags &= ~bit
        if flags:
            names.append(hex(flags))
        return f're.compile({text}{", " + "|".join(names) if names else ""})'

    def __reduce__(self):
        import re
        return re.compile, (self.pattern, int(self.flags))

    def __class_getitem__(cls, item):
        return type(list[int])(cls, item)


Match.__class_getitem__ = classmethod(lambda cls, item: type(list[int])(cls, item))


class _Scanner:
    """Steps through matches one call at a time."""

    def __init__(self, pattern, string, pos, endpos):
        _check_subject(pattern, string)
        self.pattern, self._string = pattern, string
        self._pos, self._end = pos, min(endpos, len(string))
        self._advance = False

    def _step(self, mode):
        if self._pos is None or self._pos > self._end:
            return None
        spans = self.pattern._run(self._string, self._pos, self._end, mode, self._advance)
        if spans is None:
            self._pos = None
            return None
        m = self.pattern._match(self._string, self._pos, self._end, spans)
        self._pos, self._advance = spans[1], spans[0] == spans[1]
        return m

    def match(self):
        return self._step('match')

    def search(self):
        return self._step('search')


Pattern.__module__ = Match.__module__ = 're'
