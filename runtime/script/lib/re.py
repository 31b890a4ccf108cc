"""Regular expressions: Python's syntax and objects on the native matching engine `_re`."""
import _re
from _re_objects import _FLAG_NAMES, Match, Pattern

__all__ = ['match', 'fullmatch', 'search', 'sub', 'subn', 'split', 'findall', 'finditer', 'compile', 'purge', 'escape', 'error', 'Pattern', 'Match',
           'A', 'I', 'L', 'M', 'S', 'X', 'U', 'ASCII', 'IGNORECASE', 'LOCALE', 'MULTILINE', 'DOTALL', 'VERBOSE', 'UNICODE', 'NOFLAG', 'RegexFlag', 'PatternError']
_SHORT = {'I': 2, 'L': 4, 'M': 8, 'S': 16, 'U': 32, 'X': 64, 'A': 256}
_I, _L, _M, _S, _U, _X, _DEBUG, _A = 2, 4, 8, 16, 32, 64, 128, 256
# PCRE2's option bits
_CASELESS, _DOTALL, _MULTILINE, _UCP, _ALT_CIRCUMFLEX = 0x8, 0x20, 0x400, 0x20000, 0x200000


class Scanner:
    """Cuts text into the pieces that the first fitting pattern of a lexicon takes."""

    def __init__(self, lexicon, flags=0):
        if hasattr(flags, 'value'):
            flags = flags.value
        self.lexicon = lexicon
        self._parts = [(compile(phrase, flags), action) for phrase, action in lexicon]
        self.match = None

    def scan(self, string):
        result, at = [], 0
        while True:
            for part, action in self._parts:
                match = part.match(string, at)
                if match:
                    break
            if not match or match.end() == at:
                break
            at = match.end()
            if callable(action):
                self.match = match
                action = action(self, match.group())
            if action is not None:
                result.append(action)
        return result, string[at:]


def __getattr__(name):
    """RegexFlag and its members are made when first named: enum is large."""
    if name == 'RegexFlag' or name in _SHORT or name in ('NOFLAG', 'DEBUG', 'T', 'TEMPLATE') or any(name == n for n, _ in _FLAG_NAMES):
        _make_flags()
        if name in globals():
            return globals()[name]
    raise AttributeError(f"module 're' has no attribute {name!r}")


def _make_flags():
    import enum
    members = {'NOFLAG': 0}
    for name, value in (('ASCII', 256), ('IGNORECASE', 2), ('LOCALE', 4), ('UNICODE', 32), ('MULTILINE', 8), ('DOTALL', 16), ('VERBOSE', 64), ('DEBUG', 128)):
        members[name] = value
    members.update(_SHORT)
    flag = enum.IntFlag('RegexFlag', list(members.items()), module='re', boundary=enum.KEEP)
    flag.__repr__ = enum.global_flag_repr
    flag.__str__ = object.__str__
    flag._numeric_repr_ = hex
    globals()['RegexFlag'] = flag
    globals().update(flag.__members__)


class PatternError(Exception):
    """Exception raised for invalid regular expressions."""
    __module__ = 're'

    def __init__(self, msg, pattern=None, pos=None):
        self.msg, self.pattern, self.pos = msg, pattern, pos
        if pattern is not None and pos is not None:
            msg = '%s at position %d' % (msg, pos)
            newline = '\n' if isinstance(pattern, str) else b'\n'
            self.lineno = pattern.count(newline, 0, pos) + 1
            self.colno = pos - pattern.rfind(newline, 0, pos)
            if newline in pattern:
                msg = '%s (line %d, column %d)' % (msg, self.lineno, self.colno)
        else:
            self.lineno = self.colno = None
        super().__init__(msg)


error = PatternError


_cache = {}


def _compile(pattern, flags):
    flags = int(flags)
    try:
        return _cache[type(pattern), pattern, flags]
    except (KeyError, TypeError):
        pass
    if isinstance(pattern, Pattern):
        if flags:
            raise ValueError('cannot process flags argument with a compiled pattern')
        return pattern
    if not isinstance(pattern, (str, bytes, bytearray)):
        raise TypeError('first argument must be string or compiled pattern')
    p = _build(pattern, flags)
    if not flags & _DEBUG:
        if len(_cache) >= 512:
            del _cache[next(iter(_cache))]
        _cache[type(pattern), pattern, flags] = p
    return p


def _build(pattern, flags):
    import _re_parse
    text = isinstance(pattern, str)
    if text:
        if flags & _L:
            raise ValueError('cannot use LOCALE flag with a str pattern')
        if flags & _A and flags & _U:
            raise ValueError('ASCII and UNICODE flags are incompatible')
    else:
        if flags & _U:
            raise ValueError('cannot use UNICODE flag with a bytes pattern')
        if flags & _L and flags & _A:
            raise ValueError('ASCII and LOCALE flags are incompatible')
    try:
        source, found, groups, names, parents, notes = _re_parse.parse(pattern, flags)
        if found & _X and not flags & _X:           # the pattern itself says (?x): read it again with that in force
            source, found, groups, names, parents, notes = _re_parse.parse(pattern, found)
        if text and not found & _A:
            found |= _U
    except _re_parse.Failed as e:
        msg, pos = e.args
        raise PatternError(msg, None if pos is None else pattern, pos) from None
    for note in notes:
        import warnings
        warnings.warn(note, FutureWarning, stacklevel=4)
    options = _ALT_CIRCUMFLEX
    for flag, option in ((_I, _CASELESS), (_M, _MULTILINE), (_S, _DOTALL)):
        if found & flag:
            options |= option
    if text and not found & _A:
        options |= _UCP
    p = object.__new__(Pattern)
    p.pattern, p.flags, p.groups, p.groupindex = pattern, found, groups, type(type.__dict__)(names)
    p._text, p._parents, p._full, p._options, p._templates = text, parents, None, options, {}
    p._source = source if text else source.encode('latin-1')
    p._engine = _re.compile(p._source, options)
    return p


def compile(pattern, flags=0):
    """Compile a regular expression pattern, returning a Pattern object."""
    return _compile(pattern, flags)


def match(pattern, string, flags=0):
    """Try to apply the pattern at the start of the string, returning a Match object, or None if no match was found."""
    return _compile(pattern, flags).match(string)


def fullmatch(pattern, string, flags=0):
    """Try to apply the pattern to all of the string, returning a Match object, or None if no match was found."""
    return _compile(pattern, flags).fullmatch(string)


def search(pattern, string, flags=0):
    """Scan through string looking for a match to the pattern, returning a Match object, or None if no match was found."""
    return _compile(pattern, flags).search(string)


def findall(pattern, string, flags=0):
    """Return a list of all non-overlapping matches in the string."""
    return _compile(pattern, flags).findall(string)


def finditer(pattern, string, flags=0):
    """Return an iterator over all non-overlapping matches in the string."""
    return _compile(pattern, flags).finditer(string)


_unset = object()


def _positional(name, args, first, flags):
    """The count/maxsplit and flags given by position, as 3.13 still allows with a warning."""
    if not args:
        return 0 if first is _unset else first, 0 if flags is _unset else flags
    if first is not _unset:
        raise TypeError(f"{name[1]}() got multiple values for argument '{name[0]}'")
    first, *rest = args
    if rest:
        if flags is not _unset:
            raise TypeError(f"{name[1]}() got multiple values for argument 'flags'")
        flags, *rest = rest
        if rest:
            n = name[2] + len(args)
            raise TypeError(f'{name[1]}() takes from {name[2]} to {name[2] + 2} positional arguments but {n} were given')
    import warnings
    warnings.warn(f'{name[0]!r} is passed as positional argument', DeprecationWarning, stacklevel=3)
    return first, 0 if flags is _unset else flags


def sub(pattern, repl, string, *args, count=_unset, flags=_unset):
    """Return the string obtained by replacing the leftmost non-overlapping occurrences of the pattern in string by the replacement repl."""
    count, flags = _positional(('count', 'sub', 3), args, count, flags)
    return _compile(pattern, flags).sub(repl, string, count)


def subn(pattern, repl, string, *args, count=_unset, flags=_unset):
    """Return a 2-tuple containing (new_string, number)."""
    count, flags = _positional(('count', 'subn', 3), args, count, flags)
    return _compile(pattern, flags).subn(repl, string, count)


def split(pattern, string, *args, maxsplit=_unset, flags=_unset):
    """Split the source string by the occurrences of the pattern."""
    maxsplit, flags = _positional(('maxsplit', 'split', 2), args, maxsplit, flags)
    return _compile(pattern, flags).split(string, maxsplit)


def purge():
    """Clear the regular expression caches"""
    _cache.clear()


_special = {i: '\\' + chr(i) for i in b'()[]{}?*+-|^$\\.&~# \t\n\r\v\f'}


def escape(pattern):
    """Escape special characters in a string."""
    if isinstance(pattern, str):
        return pattern.translate(_special)
    return str(pattern, 'latin1').translate(_special).encode('latin1')
