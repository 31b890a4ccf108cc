"""Secure hashes."""
from _hashes import new as _native

algorithms_guaranteed = algorithms_available = {'md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'sha3_224', 'sha3_256', 'sha3_384', 'sha3_512',
                                                'shake_128', 'shake_256', 'blake2b', 'blake2s'}
_PYTHON = ('sha3_224', 'sha3_256', 'sha3_384', 'sha3_512', 'shake_128', 'shake_256', 'blake2b', 'blake2s')
__all__ = ['new', 'md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', *_PYTHON, 'algorithms_guaranteed', 'algorithms_available', 'pbkdf2_hmac', 'file_digest']


def _constructor(name):
    def constructor(string=b'', *, usedforsecurity=True):
        if isinstance(string, str):
            raise TypeError('Strings must be encoded before hashing')
        return _native(name, string)
    constructor.__name__ = constructor.__qualname__ = 'openssl_' + name
    return constructor


md5, sha1, sha224, sha256, sha384, sha512 = map(_constructor, ('md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'))


def __getattr__(name):
    if name not in _PYTHON:
        raise AttributeError(f"module 'hashlib' has no attribute {name!r}")
    import _sponges
    globals().update({n: getattr(_sponges, n) for n in _PYTHON})
    return globals()[name]


def new(name, data=b'', **options):
    """new(name, data=b'') - Return a new hashing object using the named algorithm."""
    plain = name.lower().replace('-', '_') if isinstance(name, str) else name
    if plain in _PYTHON:
        return (globals().get(plain) or __getattr__(plain))(data, **options)
    return _native(name, data)


def pbkdf2_hmac(hash_name, password, salt, iterations, dklen=None):
    """Password based key derivation function 2."""
    import hmac
    size = new(hash_name).digest_size
    dklen = size if dklen is None else dklen
    out, block = b'', 1
    while len(out) < dklen:
        u = total = hmac.new(password, salt + block.to_bytes(4, 'big'), hash_name).digest()
        for _ in range(iterations - 1):
            u = hmac.new(password, u, hash_name).digest()
            total = bytes(a ^ b for a, b in zip(total, u))
        out += total
        block += 1
    return out[:dklen]


def file_digest(fileobj, digest, /):
    """Hash the contents of a file-like object."""
    h = new(digest) if isinstance(digest, str) else digest()
    while data := fileobj.read(65536):
        h.update(data)
    return h
