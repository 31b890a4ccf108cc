"""Secure hashes."""
from _hashes import new

algorithms_guaranteed = algorithms_available = {'md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'}
__all__ = ['new', 'md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'algorithms_guaranteed', 'algorithms_available', 'pbkdf2_hmac', 'file_digest']


def _constructor(name):
    def constructor(string=b'', *, usedforsecurity=True):
        if isinstance(string, str):
            raise TypeError('Strings must be encoded before hashing')
        return new(name, string)
    constructor.__name__ = constructor.__qualname__ = 'openssl_' + name
    return constructor


md5, sha1, sha224, sha256, sha384, sha512 = map(_constructor, ('md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'))


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
