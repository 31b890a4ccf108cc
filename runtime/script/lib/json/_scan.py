"""The reader of JSON values."""
from json.decoder import JSONDecodeError

_hidden_frames = True
_ESCAPES = {'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}
_HEX = '0123456789abcdefABCDEF'
_DIGITS = '0123456789'


def skip(s, i):
    """Past white space."""
    n = len(s)
    while i < n and s[i] in ' \t\n\r':
        i += 1
    return i


class Scanner:
    def __init__(self, decoder, s):
        self.s = s
        self.d = decoder
        self.memo = {}

    def value(self, i):
        s = self.s
        c = s[i:i + 1]
        if c == '"':
            return self.string(i + 1)
        if c == '{':
            return self.object(i + 1)
        if c == '[':
            return self.array(i + 1)
        if c == 'n' and s.startswith('null', i):
            return None, i + 4
        if c == 't' and s.startswith('true', i):
            return True, i + 4
        if c == 'f' and s.startswith('false', i):
            return False, i + 5
        if c and c in '-0123456789':
            found = self.number(i)
            if found is not None:
                return found
        for word in ('NaN', 'Infinity', '-Infinity'):
            if c == word[0] and s.startswith(word, i):
                return self.d.parse_constant(word), i + len(word)
        raise StopIteration(i)

    def number(self, i):
        s, n = self.s, len(self.s)
        j = i + 1 if s[i] == '-' else i
        if j >= n or s[j] not in _DIGITS:
            return None
        if s[j] == '0':
            j += 1
        else:
            while j < n and s[j] in _DIGITS:
                j += 1
        end = j
        if j + 1 < n and s[j] == '.' and s[j + 1] in _DIGITS:
            j += 1
            while j < n and s[j] in _DIGITS:
                j += 1
            end = j
        if j < n and s[j] in 'eE':
            k = j + 1
            if k < n and s[k] in '+-':
                k += 1
            if k < n and s[k] in _DIGITS:
                while k < n and s[k] in _DIGITS:
                    k += 1
                j = k
        text = s[i:j]
        if '.' in text or 'e' in text or 'E' in text:
            return self.d.parse_float(text), j
        return self.d.parse_int(text), end

    def string(self, i):
        """From behind the opening quote to behind the closing one."""
        s, begin = self.s, i - 1
        chunks = []
        while True:
            quote = s.find('"', i)
            if quote < 0:
                quote = len(s)
            stop = s.find('\\', i, quote)
            if stop < 0:
                stop = quote
            piece = s[i:stop]
            if self.d.strict and not piece.isprintable():
                for at, c in enumerate(piece):
                    if c < ' ':
                        raise JSONDecodeError('Invalid control character at', s, i + at)
            if stop >= len(s):
                raise JSONDecodeError('Unterminated string starting at', s, begin)
            if s[stop] == '"':
                if not chunks:
                    return piece, stop + 1
                chunks.append(piece)
                return ''.join(chunks), stop + 1
            chunks.append(piece)
            c = s[stop + 1:stop + 2]
            if not c:
                raise JSONDecodeError('Unterminated string starting at', s, begin)
            if c != 'u':
                if c not in _ESCAPES:
                    raise JSONDecodeError('Invalid \\escape', s, stop)
                chunks.append(_ESCAPES[c])
                i = stop + 2
                continue
            code = self.hex4(stop + 2)
            i = stop + 6
            if 0xd800 <= code <= 0xdbff and s.startswith('\\u', i):
                low = self.hex4(i + 2)
                if 0xdc00 <= low <= 0xdfff:
                    code = 0x10000 + ((code - 0xd800) << 10 | (low - 0xdc00))
                    i += 6
            chunks.append(chr(code))

    def hex4(self, i):
        digits = self.s[i:i + 4]
        if len(digits) == 4 and all(c in _HEX for c in digits):
            return int(digits, 16)
        raise JSONDecodeError('Invalid \\uXXXX escape', self.s, i - 1)

    def object(self, i):
        s = self.s
        pairs = []
        i = skip(s, i)
        if s[i:i + 1] == '}':
            return self.made(pairs), i + 1
        if s[i:i + 1] != '"':
            raise JSONDecodeError('Expecting property name enclosed in double quotes', s, i)
        while True:
            key, i = self.string(i + 1)
            key = self.memo.setdefault(key, key)
            i = skip(s, i)
            if s[i:i + 1] != ':':
                raise JSONDecodeError("Expecting ':' delimiter", s, i)
            i = skip(s, i + 1)
            try:
                value, i = self.value(i)
            except StopIteration as err:
                raise JSONDecodeError('Expecting value', s, err.value) from None
            pairs.append((key, value))
            i = skip(s, i)
            c = s[i:i + 1]
            if c == '}':
                return self.made(pairs), i + 1
            if c != ',':
                raise JSONDecodeError("Expecting ',' delimiter", s, i)
            comma = i
            i = skip(s, i + 1)
            if s[i:i + 1] != '"':
                if s[i:i + 1] == '}':
                    raise JSONDecodeError('Illegal trailing comma before end of object', s, comma)
                raise JSONDecodeError('Expecting property name enclosed in double quotes', s, i)

    def made(self, pairs):
        if self.d.object_pairs_hook is not None:
            return self.d.object_pairs_hook(pairs)
        result = dict(pairs)
        return result if self.d.object_hook is None else self.d.object_hook(result)

    def array(self, i):
        s = self.s
        values = []
        i = skip(s, i)
        if s[i:i + 1] == ']':
            return values, i + 1
        while True:
            try:
                value, i = self.value(i)
            except StopIteration as err:
                raise JSONDecodeError('Expecting value', s, err.value) from None
            values.append(value)
            i = skip(s, i)
            c = s[i:i + 1]
            if c == ']':
                return values, i + 1
            if c != ',':
                raise JSONDecodeError("Expecting ',' delimiter", s, i)
            comma = i
            i = skip(s, i + 1)
            if s[i:i + 1] == ']':
                raise JSONDecodeError('Illegal trailing comma before end of array', s, comma)
