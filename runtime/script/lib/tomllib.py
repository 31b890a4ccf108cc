"""TOML 1.0 documents as dicts."""
import re

__all__ = ['load', 'loads', 'TOMLDecodeError']
_BARE = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
_ESCAPES = {'b': '\b', 't': '\t', 'n': '\n', 'f': '\f', 'r': '\r', '"': '"', '\\': '\\'}
_TIME = r'([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:\.(\d{1,6})\d*)?'
_DATETIME = re.compile(rf'(\d{{4}})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?:[Tt ]{_TIME}(?:([Zz])|([+-])([01]\d|2[0-3]):([0-5]\d))?)?')
_LOCAL_TIME = re.compile(_TIME)
_NUMBER = re.compile(r'0(?:x[0-9A-Fa-f](?:_?[0-9A-Fa-f])*|b[01](?:_?[01])*|o[0-7](?:_?[0-7])*)|[+-]?(?:0|[1-9](?:_?\d)*)(\.\d(?:_?\d)*)?([eE][+-]?\d(?:_?\d)*)?')


class TOMLDecodeError(ValueError):
    """The text is not valid TOML."""


TOMLDecodeError.__module__ = 'tomllib'


def load(fp, /, *, parse_float=float):
    data = fp.read()
    try:
        text = data.decode()
    except AttributeError:
        raise TypeError("File must be opened in binary mode, e.g. use `open('foo.toml', 'rb')`") from None
    return loads(text, parse_float=parse_float)


def loads(s, /, *, parse_float=float):
    if not isinstance(s, str):
        raise TypeError(f"Expected str object, not '{type(s).__qualname__}'")
    return _Reader(s.replace('\r\n', '\n'), parse_float).document()


class _Reader:
    def __init__(self, text, parse_float):
        self.text, self.at, self.parse_float = text, 0, parse_float
        self.root, self.closed, self.defined, self.arrays = {}, set(), set(), set()

    def fail(self, message, at=None):
        at = self.at if at is None else at
        if at >= len(self.text):
            where = 'end of document'
        else:
            line = self.text.count('\n', 0, at) + 1
            where = f'line {line}, column {at - self.text.rfind(chr(10), 0, at)}'
        raise TOMLDecodeError(f'{message} (at {where})')

    def peek(self, n=1):
        return self.text[self.at:self.at + n]

    def blanks(self):
        while self.peek() in (' ', '\t') and self.peek():
            self.at += 1

    def comment(self):
        if self.peek() == '#':
            end = self.text.find('\n', self.at)
            self.at = len(self.text) if end < 0 else end

    def space(self):
        """Blanks, comments and line ends."""
        while True:
            self.blanks()
            self.comment()
            if self.peek() != '\n':
                return
            self.at += 1

    def document(self):
        table, prefix = self.root, ()
        while True:
            self.space()
            if self.at >= len(self.text):
                return self.root
            if self.peek(2) == '[[':
                table, prefix = self.array_header()
            elif self.peek() == '[':
                table, prefix = self.table_header()
            elif self.peek() == '=' or self.peek() not in _BARE + '"\'':
                self.fail('Invalid statement')
            else:
                self.pair(table, prefix)
            self.blanks()
            self.comment()
            if self.at < len(self.text) and self.peek() != '\n':
                self.fail('Expected newline or end of document after a statement')

    def table_header(self):
        self.at += 1
        self.blanks()
        key = self.key()
        if key in self.defined or key in self.closed:
            self.fail(f'Cannot declare {key} twice')
        self.defined.add(key)
        table = self.walk(self.root, key)
        if self.peek() != ']':
            self.fail("Expected ']' at the end of a table declaration")
        self.at += 1
        return table, key

    def array_header(self):
        self.at += 2
        self.blanks()
        key = self.key()
        parent = self.walk(self.root, key[:-1])
        items = parent.setdefault(key[-1], [])
        if not isinstance(items, list) or key in self.closed:
            self.fail('Cannot overwrite a value')
        self.defined = {k for k in self.defined if k[:len(key)] != key}
        self.arrays.add(key)
        items.append({})
        if self.peek(2) != ']]':
            self.fail("Expected ']]' at the end of an array declaration")
        self.at += 2
        return items[-1], key

    def walk(self, table, key, prefix=()):
        for i, part in enumerate(key):
            table = table.setdefault(part, {})
            if isinstance(table, list) and prefix + key[:i + 1] in self.arrays:
                table = table[-1]
            if not isinstance(table, dict) or prefix + key[:i + 1] in self.closed:
                self.fail('Cannot overwrite a value')
        return table

    def key(self):
        parts = [self.key_part()]
        self.blanks()
        while self.peek() == '.':
            self.at += 1
            self.blanks()
            parts.append(self.key_part())
            self.blanks()
        return tuple(parts)

    def key_part(self):
        char = self.peek()
        if char == '"':
            return self.basic_string()
        if char == "'":
            return self.literal_string()
        start = self.at
        while self.peek() and self.peek() in _BARE:
            self.at += 1
        if start == self.at:
            self.fail('Invalid initial character for a key part')
        return self.text[start:self.at]

    def pair(self, table, prefix=(), inline=False):
        key = self.key()
        if self.peek() != '=':
            self.fail("Expected '=' after a key in a key/value pair")
        self.at += 1
        self.blanks()
        value = self.value()
        if prefix + key[:-1] in self.defined and len(key) > 1 and not inline:
            self.fail(f'Cannot redefine namespace {prefix + key[:-1]}')
        target = self.walk(table, key[:-1], prefix) if key[:-1] else table
        if key[-1] in target:
            self.fail(f'Duplicate inline table key {key[-1]!r}' if inline else 'Cannot overwrite a value')
        target[key[-1]] = value
        if isinstance(value, (dict, list)) and not inline:
            self.closed.add(prefix + key)

    def value(self):
        char, rest = self.peek(), self.text
        if char == '"':
            return self.multiline('"') if self.peek(3) == '"""' else self.basic_string()
        if char == "'":
            return self.multiline("'") if self.peek(3) == "'''" else self.literal_string()
        if char == '[':
            return self.array()
        if char == '{':
            return self.inline_table()
        for word, value in (('true', True), ('false', False)):
            if rest.startswith(word, self.at):
                self.at += len(word)
                return value
        for pattern, make in ((_DATETIME, _datetime), (_LOCAL_TIME, _time)):
            found = pattern.match(rest, self.at)
            if found:
                try:
                    value = make(found)
                except ValueError:
                    self.fail('Invalid date or datetime')
                self.at = found.end()
                return value
        found = _NUMBER.match(rest, self.at)
        if found:
            self.at = found.end()
            text = found[0]
            if found[1] or found[2]:
                return self.parse_float(text)
            return int(text, 0) if text[:2] in ('0x', '0b', '0o') else int(text)
        for word in ('inf', 'nan', '+inf', '-inf', '+nan', '-nan'):
            if rest.startswith(word, self.at):
                self.at += len(word)
                return self.parse_float(word)
        self.fail('Invalid value')

    def array(self):
        self.at += 1
        items = []
        while True:
            self.space()
            if self.peek() == ']':
                self.at += 1
                return items
            items.append(self.value())
            self.space()
            if self.peek() == ',':
                self.at += 1
            elif self.peek() != ']':
                self.fail('Unclosed array')

    def inline_table(self):
        self.at += 1
        table = {}
        self.blanks()
        if self.peek() == '}':
            self.at += 1
            return table
        while True:
            self.blanks()
            self.pair(table, inline=True)
            self.blanks()
            if self.peek() == '}':
                self.at += 1
                return table
            if self.peek() != ',':
                self.fail('Unclosed inline table')
            self.at += 1

    def literal_string(self):
        end = self.text.find("'", self.at + 1)
        line = self.text.find('\n', self.at + 1)
        if end < 0 or -1 < line < end:
            self.fail('Expected "\'"', len(self.text) if line < 0 else line)
        value, self.at = self.text[self.at + 1:end], end + 1
        return value

    def basic_string(self):
        self.at += 1
        out = []
        while True:
            char = self.peek()
            if not char:
                self.fail('Unterminated string')
            if char == '"':
                self.at += 1
                return ''.join(out)
            if char == '\\':
                out.append(self.escape(False))
                continue
            if char == '\n' or ord(char) < 32 and char != '\t':
                self.fail(f'Illegal character {char!r}')
            out.append(char)
            self.at += 1

    def escape(self, multiline):
        char = self.text[self.at + 1:self.at + 2]
        if multiline and char in (' ', '\t', '\n'):
            end = self.at + 1
            while self.text[end:end + 1] in (' ', '\t') and end < len(self.text):
                end += 1
            if self.text[end:end + 1] == '\n':
                while self.text[end:end + 1] in (' ', '\t', '\n') and end < len(self.text):
                    end += 1
                self.at = end
                return ''
        if char in ('u', 'U'):
            width = 4 if char == 'u' else 8
            digits = self.text[self.at + 2:self.at + 2 + width]
            if len(digits) < width or any(c not in '0123456789abcdefABCDEF' for c in digits):
                self.fail('Invalid hex value')
            self.at += 2 + width
            return chr(int(digits, 16))
        if char not in _ESCAPES or not char:
            self.fail("Unescaped '\\' in a string" if char else 'Unterminated string')
        self.at += 2
        return _ESCAPES[char]

    def multiline(self, quote):
        self.at += 3
        if self.peek() == '\n':
            self.at += 1
        out = []
        while True:
            if self.at >= len(self.text):
                self.fail(f'Expected {quote * 3!r}' if quote == "'" else 'Unterminated string')
            if self.peek(3) == quote * 3:
                self.at += 3
                while self.peek() == quote and len(out) < 1 << 60 and self.text[self.at - 3:self.at] == quote * 3 and self.peek():
                    out.append(quote)
                    self.at += 1
                    if len(out) > 1 and out[-2:] == [quote] * 2:
                        break
                return ''.join(out)
            if quote == '"' and self.peek() == '\\':
                out.append(self.escape(True))
                continue
            out.append(self.peek())
            self.at += 1


def _micro(text):
    return int((text or '0').ljust(6, '0'))


def _datetime(m):
    import datetime
    year, month, day = int(m[1]), int(m[2]), int(m[3])
    if m[4] is None:
        return datetime.date(year, month, day)
    zone = None
    if m[8]:
        zone = datetime.timezone.utc
    elif m[9]:
        offset = datetime.timedelta(hours=int(m[10]), minutes=int(m[11]))
        zone = datetime.timezone(-offset if m[9] == '-' else offset)
    return datetime.datetime(year, month, day, int(m[4]), int(m[5]), int(m[6]), _micro(m[7]), tzinfo=zone)


def _time(m):
    import datetime
    return datetime.time(int(m[1]), int(m[2]), int(m[3]), _micro(m[4]))
