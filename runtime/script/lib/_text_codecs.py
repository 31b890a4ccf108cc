"""Encodings the native code does not know: one-byte code pages, escapes, those that scripts register."""
import codecs

_tables = {}


def _normal(name):
    return name.lower().replace('_', '-').replace(' ', '-')


def _charmap(name):
    """The characters of a code page and where each stands; None if there is no such page."""
    name = _normal(name)
    if name not in _tables:
        from _charmaps import ALIASES, TABLES
        own = next((key for key, aliases in ALIASES.items()
                    if name == key or name in aliases.split() or name.replace('-', '') == key.replace('-', '')), None)
        upper = TABLES.get(own)
        if upper is None:
            return None
        _tables[name] = upper, {c: i + 128 for i, c in enumerate(upper) if c != '\ufffe'}
    return _tables[name]


def _charmap_encode(text, name, errors):
    places = _charmap(name)[1]
    out, at = bytearray(), 0
    while at < len(text):
        c = text[at]
        byte = ord(c) if c < '\x80' else places.get(c)
        if byte is not None:
            out.append(byte)
            at += 1
            continue
        end = at + 1
        while end < len(text) and text[end] >= '\x80' and text[end] not in places:
            end += 1
        problem = UnicodeEncodeError('charmap', text, at, end, 'character maps to <undefined>')
        replacement, at = codecs.lookup_error(errors)(problem)
        out += replacement if isinstance(replacement, bytes) else _charmap_encode(replacement, name, 'strict')
    return bytes(out)


def _charmap_decode(data, name, errors):
    upper, out, at = _charmap(name)[0], [], 0
    while at < len(data):
        byte = data[at]
        c = chr(byte) if byte < 128 else upper[byte - 128]
        if c != '\ufffe':
            out.append(c)
            at += 1
            continue
        problem = UnicodeDecodeError('charmap', data, at, at + 1, 'character maps to <undefined>')
        replacement, at = codecs.lookup_error(errors)(problem)
        out.append(replacement)
    return ''.join(out)


# ---- escapes

_SHORT = {'\t': '\\t', '\n': '\\n', '\r': '\\r', '\\': '\\\\'}


def _escape(text, raw):
    out = []
    for c in text:
        number = ord(c)
        if not raw and c in _SHORT:
            out.append(_SHORT[c])
        elif number < 256 and (raw or 32 <= number < 127):
            out.append(c)
        elif number < 256:
            out.append(f'\\x{number:02x}')
        else:
            out.append(f'\\u{number:04x}' if number < 0x10000 else f'\\U{number:08x}')
    return ''.join(out).encode('latin-1')


_PLAIN = {'\n': '', '\\': '\\', "'": "'", '"': '"', 'a': '\a', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t', 'v': '\v'}
_DIGITS = {'x': 2, 'u': 4, 'U': 8}
_NAMES = {'x': 'xXX', 'u': 'uXXXX', 'U': 'UXXXXXXXX'}


class _Unescape:
    def __init__(self, data, errors, raw):
        self.data, self.text, self.errors, self.raw = data, data.decode('latin-1'), errors, raw
        self.out, self.at = [], 0

    def fail(self, end, reason):
        codec = 'rawunicodeescape' if self.raw else 'unicodeescape'
        replacement, self.at = codecs.lookup_error(self.errors)(UnicodeDecodeError(codec, self.data, self.at, end, reason))
        self.out.append(replacement)

    def number(self, kind):
        start = end = self.at + 2
        while end < len(self.text) and end < start + _DIGITS[kind] and self.text[end] in '0123456789abcdefABCDEF':
            end += 1
        if end - start < _DIGITS[kind]:
            return self.fail(end, f'truncated \\{_NAMES[kind]} escape')
        value = int(self.text[start:end], 16)
        if value > 0x10ffff:
            return self.fail(end, '\\Uxxxxxxxx out of range' if self.raw else 'illegal Unicode character')
        self.out.append(chr(value))
        self.at = end

    def named(self):
        end = self.text.find('}', self.at)
        if self.text[self.at + 2:self.at + 3] != '{' or end < 0:
            return self.fail(len(self.text) if end < 0 else end, 'malformed \\N character escape')
        import unicodedata
        try:
            self.out.append(unicodedata.lookup(self.text[self.at + 3:end]))
        except KeyError:
            return self.fail(end + 1, 'unknown Unicode character name')
        self.at = end + 1

    def octal(self):
        end = self.at + 1
        while end < self.at + 4 and self.text[end:end + 1] and self.text[end] in '01234567':
            end += 1
        self.out.append(chr(int(self.text[self.at + 1:end], 8)))
        self.at = end

    def escape(self):
        kind = self.text[self.at + 1:self.at + 2]
        if self.raw:
            if kind in ('u', 'U'):
                return self.number(kind)
            self.out.append('\\' + kind)
            self.at += 2
        elif not kind:
            self.fail(len(self.text), '\\ at end of string')
        elif kind in _PLAIN:
            self.out.append(_PLAIN[kind])
            self.at += 2
        elif kind in _DIGITS:
            self.number(kind)
        elif kind == 'N':
            self.named()
        elif kind in '01234567':
            self.octal()
        else:
            self.out.append('\\' + kind)
            self.at += 2

    def run(self):
        while self.at < len(self.text):
            next_at = self.text.find('\\', self.at)
            if next_at < 0:
                next_at = len(self.text)
            self.out.append(self.text[self.at:next_at])
            self.at = next_at
            if self.at < len(self.text):
                self.escape()
        return ''.join(self.out)


# ---- any encoding with an error handler of the script's own

def _encode_pieces(text, encoding, handler):
    out, at = [], 0
    while at < len(text):
        try:
            out.append(text[at:].encode(encoding))
            break
        except UnicodeEncodeError as problem:
            start, end = at + problem.start, at + problem.end
            out.append(text[at:start].encode(encoding))
            replacement, at = handler(UnicodeEncodeError(problem.encoding, text, start, end, problem.reason))
            if at < 0:
                at += len(text)
            out.append(replacement if isinstance(replacement, bytes) else replacement.encode(encoding))
    return b''.join(out)


def _decode_pieces(data, encoding, handler):
    out, at = [], 0
    while at < len(data):
        try:
            out.append(data[at:].decode(encoding))
            break
        except UnicodeDecodeError as problem:
            start, end = at + problem.start, at + problem.end
            out.append(data[at:start].decode(encoding))
            replacement, at = handler(UnicodeDecodeError(problem.encoding, data, start, end, problem.reason))
            if at < 0:
                at += len(data)
            out.append(replacement)
    return ''.join(out)


_TRANSFORMS = {'rot13', 'rot-13', 'hex', 'hex-codec', 'base64', 'base64-codec', 'zlib', 'zlib-codec', 'zip'}


def _convert(obj, encoding, errors, encodes, known):
    if known:
        pieces = _encode_pieces if encodes else _decode_pieces
        return pieces(obj, encoding, codecs.lookup_error(errors))
    name = _normal(encoding)
    if name in ('unicode-escape', 'raw-unicode-escape'):
        raw = name.startswith('raw')
        return _escape(obj, raw) if encodes else _Unescape(bytes(obj), errors, raw).run()
    if _charmap(name):
        return (_charmap_encode if encodes else _charmap_decode)(obj, name, errors)
    if name in _TRANSFORMS:
        verb = 'encode' if encodes else 'decode'
        raise LookupError(f"'{encoding}' is not a text encoding; use codecs.{verb}() to handle arbitrary codecs")
    for search in codecs._search_functions:
        found = search(encoding.lower().replace('-', '_'))
        if found is not None:
            return (found[0] if encodes else found[1])(obj, errors)[0]
    raise LookupError('unknown encoding: ' + encoding)


def encode(text, encoding, errors, known):
    return _convert(text, encoding, errors, True, known)


def decode(data, encoding, errors, known):
    return _convert(data, encoding, errors, False, known)
