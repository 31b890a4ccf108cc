"""Headers that are not ASCII."""
import base64
import binascii
import re

__all__ = ['Header', 'decode_header', 'make_header']
_WORD = re.compile(r'=\?([^?]*)\?([qQbB])\?(.*?)\?=')


def _encoded(text, charset='utf-8'):
    data = text.encode(charset)
    short = sum(1 if chr(b).isalnum() or b in b'-!*+/ ' else 3 for b in data)
    if short <= (len(data) + 2) // 3 * 4:
        body = ''.join('_' if b == 32 else chr(b) if chr(b).isascii() and (chr(b).isalnum() or b in b'-!*+/') else f'={b:02X}' for b in data)
        return f'=?{charset}?q?{body}?='
    return f'=?{charset}?b?{base64.b64encode(data).decode()}?='


class Header:
    def __init__(self, s=None, charset=None, maxlinelen=None, header_name=None, continuation_ws=' ', errors='strict'):
        self._chunks = []
        if s is not None:
            self.append(s, charset, errors)

    def append(self, s, charset=None, errors='strict'):
        if isinstance(s, bytes):
            s = s.decode(str(charset or 'us-ascii'), errors)
        self._chunks.append((s, str(charset or 'us-ascii')))

    def __str__(self):
        return ' '.join(text for text, _ in self._chunks)

    def __eq__(self, other):
        return other == str(self)

    def encode(self, splitchars=';, \t', maxlinelen=None, linesep='\n'):
        return ' '.join(text if text.isascii() and charset == 'us-ascii' else _encoded(text, 'utf-8' if charset == 'us-ascii' else charset)
                        for text, charset in self._chunks)


def decode_header(header):
    header = str(header)
    if not _WORD.search(header):
        return [(header, None)]
    out, at = [], 0
    for found in _WORD.finditer(header):
        between = header[at:found.start()]
        if between.strip():
            out.append((between.encode('raw-unicode-escape'), None))
        charset, kind, text = found.groups()
        if kind in 'bB':
            data = base64.b64decode(text + '=' * (-len(text) % 4))
        else:
            data = binascii.unhexlify(b''.join(b'%02x' % b for b in re.sub(rb'=([0-9A-Fa-f]{2})', lambda m: bytes([int(m[1], 16)]),
                                                                          text.replace('_', ' ').encode())))
        if out and out[-1][1] == charset.lower() and not between.strip():
            out[-1] = out[-1][0] + data, charset.lower()
        else:
            out.append((data, charset.lower()))
        at = found.end()
    if header[at:].strip():
        out.append((header[at:].encode('raw-unicode-escape'), None))
    return out


def make_header(decoded_seq, maxlinelen=None, header_name=None, continuation_ws=' '):
    header = Header()
    for text, charset in decoded_seq:
        header.append(text, charset)
    return header
