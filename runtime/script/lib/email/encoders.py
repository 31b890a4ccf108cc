"""How binary payloads travel."""
import base64

__all__ = ['encode_base64', 'encode_noop', 'encode_7or8bit', 'encode_quopri']


def encode_base64(msg):
    data = msg.get_payload()
    msg.set_payload(base64.encodebytes(data if isinstance(data, bytes) else data.encode('ascii', 'surrogateescape')).decode('ascii'))
    msg['Content-Transfer-Encoding'] = 'base64'


def encode_7or8bit(msg):
    data = msg.get_payload()
    plain = data is None or (data.isascii() if isinstance(data, (str, bytes)) else True)
    msg['Content-Transfer-Encoding'] = '7bit' if plain else '8bit'


def encode_quopri(msg):
    data = msg.get_payload()
    data = data if isinstance(data, bytes) else data.encode('utf-8', 'surrogateescape')
    msg.set_payload(''.join(chr(b) if 33 <= b <= 126 and b != 61 else f'={b:02X}' for b in data))
    msg['Content-Transfer-Encoding'] = 'quoted-printable'


def encode_noop(msg):
    pass
