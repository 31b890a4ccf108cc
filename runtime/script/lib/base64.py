"""Base16, Base32 and Base64 data encodings."""
import binascii

__all__ = ['encodebytes', 'decodebytes', 'b64encode', 'b64decode', 'b32encode', 'b32decode', 'b16encode', 'b16decode', 'standard_b64encode',
           'standard_b64decode', 'urlsafe_b64encode', 'urlsafe_b64decode']
_B32 = b'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'


def _decodable(s):
    if isinstance(s, str):
        try:
            return s.encode('ascii')
        except UnicodeEncodeError:
            raise ValueError('string argument should contain only ASCII characters') from None
    if not isinstance(s, (bytes, bytearray, memoryview)):
        raise TypeError(f'argument should be a bytes-like object or ASCII string, not {s.__class__.__name__!r}') from None
    return bytes(s)


def b64encode(s, altchars=None):
    """Encode the bytes-like object s using Base64 and return a bytes object."""
    if isinstance(s, str):
        raise TypeError("a bytes-like object is required, not 'str'")
    encoded = binascii.b2a_base64(s, newline=False)
    if altchars is not None:
        assert len(altchars) == 2, repr(altchars)
        return encoded.translate(bytes.maketrans(b'+/', altchars))
    return encoded


def b64decode(s, altchars=None, validate=False):
    """Decode the Base64 encoded bytes-like object or ASCII string s."""
    s = _decodable(s)
    if altchars is not None:
        s = s.translate(bytes.maketrans(_decodable(altchars), b'+/'))
    return binascii.a2b_base64(s, strict_mode=validate)


standard_b64encode, standard_b64decode = b64encode, b64decode


def urlsafe_b64encode(s):
    return b64encode(s).translate(bytes.maketrans(b'+/', b'-_'))


def urlsafe_b64decode(s):
    return b64decode(_decodable(s).translate(bytes.maketrans(b'-_', b'+/')))


def b32encode(s):
    s = bytes(s)
    out = bytearray()
    for i in range(0, len(s), 5):
        chunk = s[i:i + 5]
        n = int.from_bytes(chunk.ljust(5, b'\0'), 'big')
        eight = bytes(_B32[n >> k & 31] for k in range(35, -1, -5))
        out += eight[:(len(chunk) * 8 + 4) // 5].ljust(8, b'=')
    return bytes(out)


def b32decode(s, casefold=False, map01=None):
    s = _decodable(s)
    if len(s) % 8:
        raise binascii.Error('Incorrect padding')
    if casefold:
        s = s.upper()
    body = s.rstrip(b'=')
    out, n, bits = bytearray(), 0, 0
    for c in body:
        value = _B32.find(c)
        if value < 0:
            raise binascii.Error('Non-base32 digit found')
        n, bits = n << 5 | value, bits + 5
        if bits >= 8:
            bits -= 8
            out.append(n >> bits & 255)
    return bytes(out)


def b16encode(s):
    return binascii.hexlify(s).upper()


def b16decode(s, casefold=False):
    s = _decodable(s)
    s = s.upper() if casefold else s
    if any(c not in b'0123456789ABCDEF' for c in s):
        raise binascii.Error('Non-base16 digit found')
    return binascii.unhexlify(s)


def encodebytes(s):
    """Encode a bytestring into a bytes object containing multiple lines of base-64 data."""
    return b''.join(binascii.b2a_base64(s[i:i + 57]) for i in range(0, len(s), 57))


def decodebytes(s):
    return binascii.a2b_base64(s)


_B32HEX = b'0123456789ABCDEFGHIJKLMNOPQRSTUV'
_TO_HEX = bytes.maketrans(_B32, _B32HEX)
_FROM_HEX = bytes.maketrans(_B32HEX, _B32)


def b32hexencode(s):
    return b32encode(s).translate(_TO_HEX)


def b32hexdecode(s, casefold=False):
    s = _decodable(s)
    s = s.upper() if casefold else s
    if any(c not in _B32HEX + b'=' for c in s):
        raise binascii.Error('Non-base32 digit found')
    return b32decode(s.translate(_FROM_HEX))


_B85 = b'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~'
_Z85 = bytes.maketrans(_B85, b'0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#')
_UN_Z85 = bytes.maketrans(_B85.translate(_Z85), _B85)


def _in_base_85(data, digits, pad=False, short=()):
    """Groups of four bytes as five digits; `short` names groups that one byte stands for."""
    data = bytes(data)
    missing = -len(data) % 4
    out = []
    for i in range(0, len(data), 4):
        word = int.from_bytes((data[i:i + 4] + b'\0\0\0')[:4], 'big')
        whole = i + 4 <= len(data)
        if word in short and (whole or pad):
            out.append(short[word])
            continue
        group = bytes(digits[word // 85 ** k % 85] for k in (4, 3, 2, 1, 0))
        out.append(group if whole or pad else group[:5 - missing])
    return b''.join(out)


def b85encode(b, pad=False):
    """Encode bytes-like object b in base85 format and return a bytes object."""
    return _in_base_85(b, _B85, pad)


def b85decode(b):
    """Decode the base85-encoded bytes-like object or ASCII string b."""
    b = _decodable(b)
    values = {c: i for i, c in enumerate(_B85)}
    padding = -len(b) % 5
    b += b'~' * padding
    out = bytearray()
    for i in range(0, len(b), 5):
        word = 0
        for j, c in enumerate(b[i:i + 5]):
            if c not in values:
                raise ValueError(f'bad base85 character at position {i + j}')
            word = word * 85 + values[c]
        if word >> 32:
            raise ValueError(f'base85 overflow in hunk starting at byte {i}')
        out += word.to_bytes(4, 'big')
    return bytes(out[:len(out) - padding])


def z85encode(s):
    return b85encode(s).translate(_Z85)


def z85decode(s):
    return b85decode(_decodable(s).translate(_UN_Z85))


def a85encode(b, *, foldspaces=False, wrapcol=0, pad=False, adobe=False):
    """Encode bytes-like object b using Ascii85 and return a bytes object."""
    short = {0: b'z', 0x20202020: b'y'} if foldspaces else {0: b'z'}
    out = _in_base_85(b, bytes(range(33, 118)), pad, short)
    if adobe:
        out = b'<~' + out
    if wrapcol:
        wrapcol = max(2 if adobe else 1, wrapcol)
        lines = [out[i:i + wrapcol] for i in range(0, len(out), wrapcol)]
        if adobe and lines and len(lines[-1]) + 2 > wrapcol:
            lines.append(b'')
        out = b'\n'.join(lines)
    return out + b'~>' if adobe else out


def a85decode(b, *, foldspaces=False, adobe=False, ignorechars=b' \t\n\r\v'):
    """Decode the Ascii85 encoded bytes-like object or ASCII string b."""
    b = _decodable(b)
    if adobe:
        if not b.endswith(b'~>'):
            raise ValueError("Ascii85 encoded byte sequences must end with b'~>'")
        b = b[2:-2] if b.startswith(b'<~') else b[:-2]
    out, group = bytearray(), []
    for c in b + b'u' * 4:
        if 33 <= c <= 117:
            group.append(c - 33)
            if len(group) == 5:
                word = 0
                for digit in group:
                    word = word * 85 + digit
                if word >> 32:
                    raise ValueError('Ascii85 overflow')
                out += word.to_bytes(4, 'big')
                group.clear()
        elif c == 122 or c == 121 and foldspaces:
            if group:
                raise ValueError(f'{chr(c)} inside Ascii85 5-tuple')
            out += b'\0\0\0\0' if c == 122 else b'    '
        elif c not in ignorechars:
            raise ValueError('Non-Ascii85 digit found: %c' % c)
    padding = 4 - len(group)
    return bytes(out[:len(out) - padding] if padding else out)


def encode(input, output):
    while chunk := input.read(57):
        output.write(binascii.b2a_base64(chunk))


def decode(input, output):
    while line := input.readline():
        output.write(binascii.a2b_base64(line))
