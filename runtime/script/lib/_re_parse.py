"""Reads Python's regular expressions: words their errors, finds groups and widths, and writes the same expression for PCRE2."""
INF = 1 << 62
MAXREPEAT = 4294967295
I, L, M, S, U, X, A = 2, 4, 8, 16, 32, 64, 256
_FLAG_OF = {'i': I, 'L': L, 'm': M, 's': S, 'x': X, 'a': A, 'u': U}
_TYPE_FLAGS = A | L | U
_DIGITS = frozenset('0123456789')
_OCT = frozenset('01234567')
_HEX = frozenset('0123456789abcdefABCDEF')
_LETTERS = frozenset('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ')
_CONTROL = {'a': 7, 'b': 8, 'f': 12, 'n': 10, 'r': 13, 't': 9, 'v': 11, '\\': 92}
_ASCII_CLASS = {'d': '0-9', 's': ' \\t\\n\\r\\f\\x0b', 'w': 'a-zA-Z0-9_'}
_CATEGORIES = frozenset('dDsSwW')


class Failed(Exception):
    """Carries (message, position) to re.py, which makes the PatternError."""


def _quote(code, limit):
    c = chr(code)
    if code < 128:
        if c in _LETTERS or c in _DIGITS:
            return c
        return '\\x%02x' % code
    return c if limit is None else '\\x%02x' % code


class Parser:
    def __init__(self, pattern, flags):
        self.is_text = isinstance(pattern, str)
        self.source = pattern if self.is_text else bytes(pattern).decode('latin-1')
        self.limit = None if self.is_text else 256
        self.pos = 0
        self.flags = flags
        self.groups = 1                 # the next number
        self.names = {}
        self.widths = {}                # of closed groups
        self.open = set()
        self.lookbehind = None          # number of groups when an enclosing look-behind began
        self.conditions = []
        self.parents = {}
        self.stack = []
        self.warnings = []

    def fail(self, message, pos=None):
        raise Failed(message, self.pos if pos is None else pos)

    def peek(self):
        return self.source[self.pos] if self.pos < len(self.source) else ''

    def token(self):
        """The next character, or a backslash with the one after it."""
        src, pos = self.source, self.pos
        if pos >= len(src):
            return ''
        if src[pos] == '\\':
            if pos + 1 >= len(src):
                self.fail('bad escape (end of pattern)', pos)
            self.pos = pos + 2
            return src[pos:pos + 2]
        self.pos = pos + 1
        return src[pos]

    def take(self, text):
        if self.source.startswith(text, self.pos):
            self.pos += len(text)
            return True
        return False

    def until(self, end, name):
        """Text up to end, as for a group name."""
        at = self.source.find(end, self.pos)
        if at < 0:
            if self.pos >= len(self.source):
                self.fail('missing ' + name)
            self.fail(f'missing {end}, unterminated name')
        if at == self.pos:
            self.fail('missing ' + name)
        text = self.source[self.pos:at]
        self.pos = at + len(end)
        return text

    def check_name(self, name, offset):
        if not self.is_text and not name.isascii():
            self.fail(f'bad character in group name {name.encode("latin-1")!r}', self.pos - len(name) - offset)
        if not name.isidentifier():
            shown = repr(name) if self.is_text else ascii(name)
            self.fail(f'bad character in group name {shown}', self.pos - len(name) - offset)

    # -- whole patterns

    def parse(self):
        text, lo, hi = self.alternatives(0)
        if self.pos < len(self.source):
            self.fail('unbalanced parenthesis')
        for group, pos in self.conditions:
            if group >= self.groups:
                self.fail(f'invalid group reference {group}', pos)
        return text

    def alternatives(self, nested, first=True):
        parts = []
        lo, hi = None, 0
        while True:
            text, l, h = self.sequence(nested, first and not parts and nested == 0)
            parts.append(text)
            lo = l if lo is None else min(lo, l)
            hi = max(hi, h)
            if not self.take('|'):
                break
            if not nested:
                first = False
        return '|'.join(parts), lo, hi

    def sequence(self, nested, first):
        out = []
        total_lo = total_hi = 0
        item = None                     # (text, lo, hi, kind) of what a quantifier would repeat
        while True:
            c = self.peek()
            if c in ('', '|', ')'):
                break
            start = self.pos
            c = self.token()
            if self.flags & X:
                if c in ' \t\n\r\v\f':
                    continue
                if c == '#':
                    while self.pos < len(self.source) and self.source[self.pos] != '\n':
                        self.pos += 1
                    self.pos += 1 if self.pos < len(self.source) else 0
                    continue
            if c in '*+?' or c == '{':
                item = self.repeat(c, item, start, out)
                continue
            if item is not None:
                out.append(item[0])
                total_lo, total_hi = total_lo + item[1], min(INF, total_hi + item[2])
            item = self.atom(c, start, nested, first and not out and item is None)
        if item is not None:
            out.append(item[0])
            total_lo, total_hi = total_lo + item[1], min(INF, total_hi + item[2])
        return ''.join(out), total_lo, total_hi

    def repeat(self, c, item, start, out):
        if c == '{':
            if self.peek() == '}':
                return self._literal_after(item, out, '{')
            bounds = self._bounds()
            if bounds is None:
                self.pos = start + 1
                return self._literal_after(item, out, '{')
            lo, hi = bounds
            quantifier = '{%d,%s}' % (lo, '' if hi == MAXREPEAT else hi)
            if lo > 65535 or hi != MAXREPEAT and hi > 65535:
                quantifier = '{%d,%s}' % (min(lo, 65535), '' if hi > 65535 else hi)
        else:
            lo, hi = {'*': (0, MAXREPEAT), '+': (1, MAXREPEAT), '?': (0, 1)}[c]
            quantifier = c
        if item is None or item[3] == 'at' or item[3] == 'flags':
            self.fail('nothing to repeat', start)
        if item[3] == 'repeat':
            self.fail('multiple repeat', start)
        suffix = '?' if self.take('?') else '+' if self.take('+') else ''
        text = item[0]
        if item[3] == 'empty' or item[3] == 'assert':
            text = f'(?:{text})'
        return text + quantifier + suffix, item[1] * lo, min(INF, item[2] * hi) if hi != MAXREPEAT else (INF if item[2] else 0), 'repeat'

    def _literal_after(self, item, out, c):
        # a brace that begins no quantifier stands for itself
        if item is None:
            return _quote(ord(c), self.limit), 1, 1, 'literal'
        return f'{item[0]}{_quote(ord(c), self.limit)}', item[1] + 1, min(INF, item[2] + 1), 'joined'

    def _bounds(self):
        lo_text = self._digits()
        hi_text = lo_text
        if self.take(','):
            hi_text = self._digits()
        elif not lo_text:
            return None
        if not self.take('}'):
            return None
        lo = int(lo_text) if lo_text else 0
        hi = int(hi_text) if hi_text else MAXREPEAT
        if lo >= MAXREPEAT or hi_text and hi >= MAXREPEAT:
            raise OverflowError('the repetition number is too large')
        if hi < lo:
            self.fail('min repeat greater than max repeat', self.source.rfind('{', 0, self.pos) + 1)
        return lo, hi

    def _digits(self):
        start = self.pos
        while self.pos < len(self.source) and self.source[self.pos] in _DIGITS:
            self.pos += 1
        return self.source[start:self.pos]

    # -- atoms: (text, lo, hi, kind)

    def atom(self, c, start, nested, first):
        if c[0] == '\\':
            return self.escape(c, start)
        if c == '.':
            return '.', 1, 1, 'any'
        if c == '^':
            return '^', 0, 0, 'at'
        if c == '$':
            return '$', 0, 0, 'at'
        if c == '[':
            return self.charset(start)
        if c == '(':
            return self.group(start, nested, first)
        return _quote(ord(c), self.limit), 1, 1, 'literal'

    def _class(self, letter):
        """\\d and friends: Unicode (UCP) or, where the ASCII flag holds, spelled out."""
        if self.is_text and self.flags & A:
            low = letter.lower()
            return f'[{"^" if letter != low else ""}{_ASCII_CLASS[low]}]'
        return '\\' + letter

    def escape(self, token, start):
        c = token[1]
        if c in _CATEGORIES:
            return self._class(c), 1, 1, 'in'
        if c == 'A':
            return '\\A', 0, 0, 'at'
        if c == 'Z':
            return '\\z', 0, 0, 'at'
        if c in 'bB':
            return '\\' + c, 0, 0, 'at'
        if c in '123456789':
            digits = c
            if self.peek() in _DIGITS and self.peek():
                if c in _OCT and self.peek() in _OCT and self.source[self.pos + 1:self.pos + 2] in _OCT and self.source[self.pos + 1:self.pos + 2]:
                    value = int(c + self.source[self.pos:self.pos + 2], 8)
                    if value > 0o377:
                        self.fail(f'octal escape value \\{c}{self.source[self.pos:self.pos + 2]} outside of range 0-0o377', start)
                    self.pos += 2
                    return _quote(value, self.limit), 1, 1, 'literal'
                digits += self.token()
            return self._backreference(int(digits), start + 1, len(digits))
        return _quote(self._escaped_char(token, start, False), self.limit), 1, 1, 'literal'

    def _backreference(self, group, pos, length):
        if group >= self.groups:
            self.fail(f'invalid group reference {group}', pos)
        if group in self.open:
            self.fail('cannot refer to an open group', pos - 1)
        self._check_lookbehind(group, pos)
        lo, hi = self.widths[group]
        return f'\\g{{{group}}}', lo, hi, 'ref'

    def _check_lookbehind(self, group, pos):
        if self.lookbehind is not None:
            if group in self.open:
                self.fail('cannot refer to an open group', pos)
            if group >= self.lookbehind:
                self.fail('cannot refer to group defined in the same lookbehind subpattern', pos)

    def _escaped_char(self, token, start, in_set):
        """The code of \\n, \\x41, \\u1234, \\N{…}, \\0…, or of an escaped punctuation mark."""
        c = token[1]
        if c in _CONTROL and not (c == 'b' and not in_set):
            return _CONTROL[c]
        if c == 'x' or c in 'uU' and self.is_text:
            want = {'x': 2, 'u': 4, 'U': 8}[c]
            digits = ''
            while len(digits) < want and self.peek() in _HEX and self.peek():
                digits += self.token()
            if len(digits) != want:
                self.fail(f'incomplete escape \\{c}{digits}', start)
            value = int(digits, 16)
            if value > 0x10ffff:
                self.fail(f'bad escape \\{c}{digits}', start)
            return value
        if c == 'N' and self.is_text:
            if not self.take('{'):
                self.fail('missing {')
            name = self.until('}', 'character name')
            try:
                import unicodedata
                return ord(unicodedata.lookup(name))
            except (KeyError, TypeError, ImportError, AttributeError):
                self.fail(f'undefined character name {name!r}', start)
        if c in _OCT and (c == '0' or in_set):
            digits = c
            while len(digits) < 3 and self.peek() in _OCT and self.peek():
                digits += self.token()
            value = int(digits, 8)
            if value > 0o377:
                self.fail(f'octal escape value \\{digits} outside of range 0-0o377', start)
            return value
        if c in _DIGITS or c in _LETTERS:
            self.fail(f'bad escape {token}', start)
        return ord(c)

    def charset(self, start):
        out = []
        negate = self.take('^')
        if self.peek() == '[':
            self.warnings.append(f'Possible nested set at position {self.pos}')
        first = True
        while True:
            at = self.pos
            c = self.token()
            if c == '':
                self.fail('unterminated character set', start)
            if c == ']' and not first:
                break
            if not first and c in '-&~|' and self.peek() == c:
                kind = {'-': 'difference', '&': 'intersection', '~': 'symmetric difference', '|': 'union'}[c]
                self.warnings.append(f'Possible set {kind} at position {self.pos - 1}')
            first = False
            low, text = self._set_item(c, at)
            if self.source.startswith('-', self.pos):
                self.pos += 1
                at2 = self.pos
                c2 = self.token()
                if c2 == '':
                    self.fail('unterminated character set', start)
                if c2 == ']':
                    out.append(text)
                    out.append('\\-')
                    break
                high, _ = self._set_item(c2, at2)
                if low is None or high is None or high < low:
                    self.fail(f'bad character range {self.source[at:self.pos]}', at)
                out.append(f'{_quote(low, self.limit)}-{_quote(high, self.limit)}')
            else:
                out.append(text)
        return f'[{"^" if negate else ""}{"".join(out)}]', 1, 1, 'in'

    def _set_item(self, c, at):
        if c[0] == '\\':
            letter = c[1]
            if letter in _CATEGORIES:
                if self.is_text and self.flags & A:
                    low = letter.lower()
                    if letter == low:
                        return None, _ASCII_CLASS[low]
                    return None, {'d': '\\x00-/:-\\x{10ffff}', 'w': '\\x00-/:-@\\[-\\^`\\{-\\x{10ffff}', 's': '\\x00-\\x08\\x0e-\\x1f!-\\x{10ffff}'}[low]
                return None, '\\' + letter
            code = self._escaped_char(c, at, True)
        else:
            code = ord(c)
        return code, _quote(code, self.limit)

    def group(self, start, nested, first):
        capture, name, prefix = True, None, '('
        kind = 'group'
        saved = self.flags
        condition = None
        if self.take('?'):
            c = self.token()
            if c == '':
                self.fail('unexpected end of pattern')
            if c == 'P':
                if self.take('<'):
                    name = self.until('>', 'group name')
                    self.check_name(name, 1)
                elif self.take('='):
                    name = self.until(')', 'group name')
                    self.check_name(name, 1)
                    if name not in self.names:
                        self.fail(f'unknown group name {name!r}', self.pos - len(name) - 1)
                    group = self.names[name]
                    if group in self.open:
                        self.fail('cannot refer to an open group', self.pos - len(name) - 1)
                    self._check_lookbehind(group, self.pos)
                    lo, hi = self.widths[group]
                    return f'\\g{{{group}}}', lo, hi, 'ref'
                else:
                    c = self.token()
                    if c == '':
                        self.fail('unexpected end of pattern')
                    self.fail(f'unknown extension ?P{c}', self.pos - len(c) - 2)
            elif c == ':':
                capture, prefix = False, '(?:'
            elif c == '#':
                end = self.source.find(')', self.pos)
                if end < 0:
                    self.fail('missing ), unterminated comment', start)
                self.pos = end + 1
                return None
            elif c in '=!<':
                return self._look(c, start, nested)
            elif c == '(':
                condition = self._condition(start)
                capture, prefix = False, f'(?({condition})'
            elif c == '>':
                capture, prefix = False, '(?>'
            elif c in _FLAG_OF or c == '-':
                added = self._inline_flags(c, start, first)
                if added is None:
                    return None
                capture, prefix = False, added
            else:
                self.fail(f'unknown extension ?{c}', self.pos - len(c) - 1)
        if capture:
            number = self.groups
            if name is not None and name in self.names:
                self.fail(f'redefinition of group name {name!r} as group {number}; was group {self.names[name]}', self.pos - len(name) - 1)
            self.groups += 1
            if name is not None:
                self.names[name] = number
            self.parents[number] = self.stack[-1] if self.stack else 0
            self.open.add(number)
            self.stack.append(number)
        if condition is not None:
            text, lo, hi = self._branches(start, nested)
        else:
            text, lo, hi = self.alternatives(nested + 1)
        if not self.take(')'):
            self.fail('missing ), unterminated subpattern', start)
        self.flags = saved
        if capture:
            self.open.discard(number)
            self.stack.pop()
            self.widths[number] = (lo, hi)
        return f'{prefix}{text})', lo, hi, kind

    def _look(self, c, start, nested):
        behind = c == '<'
        saved = self.lookbehind
        if behind:
            c = self.token()
            if c == '':
                self.fail('unexpected end of pattern')
            if c not in ('=', '!'):
                self.fail(f'unknown extension ?<{c}', self.pos - len(c) - 2)
            if saved is None:
                self.lookbehind = self.groups
        text, lo, hi = self.alternatives(nested + 1)
        if behind:
            self.lookbehind = saved
        if not self.take(')'):
            self.fail('missing ), unterminated subpattern', start)
        if behind and lo != hi:
            raise Failed('look-behind requires fixed-width pattern', None)
        return f'(?{"<" if behind else ""}{c}{text})', 0, 0, 'assert'

    def _condition(self, start):
        name = self.until(')', 'group name')
        if name.isidentifier():
            if name not in self.names:
                self.fail(f'unknown group name {name!r}', self.pos - len(name) - 1)
            return self.names[name]
        if not (name.isdecimal() and name.isascii()):
            self.fail(f'bad character in group name {name!r}', self.pos - len(name) - 1)
        group = int(name)
        if not group:
            self.fail('bad group number', self.pos - len(name) - 1)
        if group >= 100000000:
            self.fail(f'invalid group reference {group}', self.pos - len(name) - 1)
        self.conditions.append((group, self.pos - len(name) - 1))
        self._check_lookbehind(group, self.pos)
        return group

    def _branches(self, start, nested):
        text, lo, hi = self.sequence(nested + 1, False)
        if self.take('|'):
            other, l, h = self.sequence(nested + 1, False)
            if self.peek() == '|':
                self.fail('conditional backref with more than two branches')
            return f'{text}|{other}', min(lo, l), max(hi, h)
        return text, 0, hi

    def _inline_flags(self, c, start, first):
        """(?imsx), (?i-s:…): None when the flags are for everything that follows, else the opening text of the group."""
        add = remove = 0
        if c != '-':
            while True:
                if c not in _FLAG_OF:
                    self.fail('unknown flag' if c in _LETTERS else 'missing -, : or )', self.pos - 1)
                if self.is_text and c == 'L':
                    self.fail("bad inline flags: cannot use 'L' flag with a str pattern")
                if not self.is_text and c == 'u':
                    self.fail("bad inline flags: cannot use 'u' flag with a bytes pattern")
                flag = _FLAG_OF[c]
                add |= flag
                if flag & _TYPE_FLAGS and add & _TYPE_FLAGS != flag:
                    self.fail("bad inline flags: flags 'a', 'u' and 'L' are incompatible")
                c = self.token()
                if c == '':
                    self.fail('missing -, : or )')
                if c in ')-:':
                    break
                if c not in _FLAG_OF:
                    self.fail('unknown flag' if c.isalpha() else 'missing -, : or )', self.pos - len(c))
        if c == ')':
            if not first:
                self.fail('global flags not at the start of the expression', start)
            self.flags |= add
            return None
        if add & 128:
            self.fail('bad inline flags: cannot turn on global flag')
        if c == '-':
            c = self.token()
            if c == '':
                self.fail('missing flag')
            if c not in _FLAG_OF:
                self.fail('unknown flag' if c.isalpha() else 'missing flag', self.pos - len(c))
            while True:
                flag = _FLAG_OF[c]
                if flag & _TYPE_FLAGS:
                    self.fail("bad inline flags: cannot turn off flags 'a', 'u' and 'L'")
                remove |= flag
                c = self.token()
                if c == '':
                    self.fail('missing :')
                if c == ':':
                    break
                if c not in _FLAG_OF:
                    self.fail('unknown flag' if c.isalpha() else 'missing :', self.pos - len(c))
        if add & remove:
            self.fail('bad inline flags: flag turned on and off', self.pos - 1)
        if add & _TYPE_FLAGS:
            self.flags &= ~_TYPE_FLAGS
        self.flags = (self.flags | add) & ~remove
        on = ''.join(k for k in 'ims' if add & _FLAG_OF[k])
        off = ''.join(k for k in 'ims' if remove & _FLAG_OF[k])
        return f'(?{on}{"-" + off if off else ""}:'


def parse(pattern, flags):
    """(text for PCRE2, flags, number of groups, names, parents, warnings): flags with what the pattern itself sets."""
    parser = Parser(pattern, flags)
    text = parser.parse()
    return text, parser.flags, parser.groups - 1, parser.names, parser.parents, parser.warnings
