"""The writer of JSON values."""
_hidden_frames = True
_NAMED = {'"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t', '\f': '\\f', '\b': '\\b'}
_INF = float('inf')


def quote(s, ensure_ascii):
    if s.isprintable() and '"' not in s and '\\' not in s and (not ensure_ascii or s.isascii()):
        return f'"{s}"'
    out = []
    for c in s:
        if c in _NAMED:
            out.append(_NAMED[c])
        elif c < ' ' or ensure_ascii and c > '~':
            n = ord(c)
            if n < 0x10000:
                out.append('\\u%04x' % n)
            else:
                n -= 0x10000
                out.append('\\u%04x\\u%04x' % (0xd800 | n >> 10, 0xdc00 | n & 0x3ff))
        else:
            out.append(c)
    return f'"{"".join(out)}"'


class Writer:
    def __init__(self, encoder):
        self.e = encoder
        self.ascii = encoder.ensure_ascii
        self.open = {}
        indent = encoder.indent
        self.indent = ' ' * indent if isinstance(indent, int) else indent
        self.out = []

    def all(self, o):
        self.value(o, 0)
        return self.out

    def simple(self, o):
        """Text of strings, numbers and constants; None for anything else."""
        if isinstance(o, str):
            return quote(o, self.ascii)
        if o is None:
            return 'null'
        if o is True:
            return 'true'
        if o is False:
            return 'false'
        if isinstance(o, int):
            return int.__repr__(o)
        if isinstance(o, float):
            return self.float(o)
        return None

    def float(self, o):
        if o != o:
            text = 'NaN'
        elif o == _INF:
            text = 'Infinity'
        elif o == -_INF:
            text = '-Infinity'
        else:
            return float.__repr__(o)
        if not self.e.allow_nan:
            raise ValueError('Out of range float values are not JSON compliant: ' + repr(o))
        return text

    def value(self, o, level):
        text = self.simple(o)
        if text is not None:
            self.out.append(text)
        elif isinstance(o, (list, tuple)):
            self.list(o, level)
        elif isinstance(o, dict):
            self.dict(o, level)
        else:
            self.enter(o)
            self.value(self.e.default(o), level)
            self.leave(o)

    def enter(self, o):
        if self.e.check_circular:
            if id(o) in self.open:
                raise ValueError('Circular reference detected')
            self.open[id(o)] = o

    def leave(self, o):
        if self.e.check_circular:
            del self.open[id(o)]

    def breaks(self, level):
        """What stands before each item, and before the closing bracket."""
        sep = self.e.item_separator
        if self.indent is None:
            return '', sep, ''
        inner = '\n' + self.indent * (level + 1)
        return inner, sep + inner, '\n' + self.indent * level

    def list(self, values, level):
        if not values:
            self.out.append('[]')
            return
        self.enter(values)
        first, sep, last = self.breaks(level)
        self.out.append('[' + first)
        started = False
        for v in values:
            if started:
                self.out.append(sep)
            started = True
            self.value(v, level + 1)
        self.out.append(last + ']')
        self.leave(values)

    def key(self, key):
        if isinstance(key, str):
            return key
        if isinstance(key, float):
            return self.float(key)
        if key is True:
            return 'true'
        if key is False:
            return 'false'
        if key is None:
            return 'null'
        if isinstance(key, int):
            return int.__repr__(key)
        if self.e.skipkeys:
            return None
        raise TypeError(f'keys must be str, int, float, bool or None, not {key.__class__.__name__}')

    def dict(self, d, level):
        if not d:
            self.out.append('{}')
            return
        self.enter(d)
        first, sep, last = self.breaks(level)
        out = self.out
        out.append('{')
        started = False
        for key, value in sorted(d.items()) if self.e.sort_keys else d.items():
            text = self.key(key)
            if text is None:
                continue
            out.append(sep if started else first)
            started = True
            out.append(quote(text, self.ascii))
            out.append(self.e.key_separator)
            self.value(value, level + 1)
        out.append(last + '}' if started else '}')
        self.leave(d)
