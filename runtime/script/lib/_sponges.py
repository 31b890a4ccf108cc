"""Hashes that are not written natively: SHA-3 (FIPS 202) and BLAKE2 (RFC 7693)."""
_hidden_frames = True
_MASK = (1 << 64) - 1
_ROTATIONS = (0, 1, 62, 28, 27, 36, 44, 6, 55, 20, 3, 10, 43, 25, 39, 41, 45, 15, 21, 8, 18, 2, 61, 56, 14)


def _round_constants():
    register = 1
    for _ in range(24):
        constant = 0
        for j in range(7):
            if register & 1:
                constant |= 1 << ((1 << j) - 1)
            register = (register << 1) ^ (0x171 if register & 0x80 else 0)
        yield constant


_CONSTANTS = tuple(_round_constants())


def _turn(word, by):
    return ((word << by) | (word >> (64 - by))) & _MASK if by else word


def _permute(a):
    """Keccak-f[1600] on 25 lanes, lane x + 5 y."""
    for constant in _CONSTANTS:
        c = [a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20] for x in range(5)]
        d = [c[x - 1] ^ _turn(c[(x + 1) % 5], 1) for x in range(5)]
        b = [0] * 25
        for i in range(25):
            x, y = i % 5, i // 5
            b[y + 5 * ((2 * x + 3 * y) % 5)] = _turn(a[i] ^ d[x], _ROTATIONS[i])
        a = [b[i] ^ (~b[(i + 1) % 5 + i // 5 * 5] & b[(i + 2) % 5 + i // 5 * 5]) & _MASK for i in range(25)]
        a[0] ^= constant
    return a


class _Hash:
    def __init__(self, data=b'', /, **options):
        if isinstance(data, str):
            raise TypeError('Strings must be encoded before hashing')
        self._data = bytearray(data)

    def update(self, data, /):
        if isinstance(data, str):
            raise TypeError('Strings must be encoded before hashing')
        self._data += data

    def copy(self):
        other = type(self).__new__(type(self))
        other.__dict__.update(self.__dict__, _data=bytearray(self._data))
        return other

    def hexdigest(self, *length):
        return self.digest(*length).hex()

    def __repr__(self):
        return f'<{type(self).__module__}.{type(self).__name__} object at {id(self):#x}>'


def _keccak(name, rate, size, suffix):
    class sponge(_Hash):
        block_size, digest_size = rate, size

        def digest(self, *length):
            wanted = size or length[0]
            data = bytes(self._data) + bytes([suffix])
            data += bytes(-len(data) % rate)
            data = data[:-1] + bytes([data[-1] | 0x80])
            lanes = [0] * 25
            for i in range(0, len(data), rate):
                for j in range(rate // 8):
                    lanes[j] ^= int.from_bytes(data[i + 8 * j:i + 8 * j + 8], 'little')
                lanes = _permute(lanes)
            out = b''
            while len(out) < wanted:
                out += b''.join(lane.to_bytes(8, 'little') for lane in lanes[:rate // 8])
                lanes = _permute(lanes)
            return out[:wanted]
    sponge.name = sponge.__name__ = sponge.__qualname__ = name
    sponge.__module__ = '_sha3'
    return sponge


sha3_224, sha3_256, sha3_384, sha3_512 = (_keccak(f'sha3_{n}', 200 - n // 4, n // 8, 6) for n in (224, 256, 384, 512))
shake_128, shake_256 = _keccak('shake_128', 168, 0, 31), _keccak('shake_256', 136, 0, 31)

_SIGMA = ('0123456789abcdef', 'ea489fd61c02b753', 'b8c052fdae367194', '7931dcbe265a40f8', '905724afe1bc683d', '2c6a0b834d75fe19',
          'c51fed4a0763928b', 'db7ec13950f4862a', '6fe9b308c2d714a5', 'a2847615fb9e3cd0')
_IV = (0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1, 0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b,
       0x5be0cd19137e2179)


def _blake(title, bits, rounds, turns, largest, iv):
    mask, word = (1 << bits) - 1, bits // 8
    sigma = [tuple(int(c, 16) for c in row) for row in _SIGMA]

    class blake(_Hash):
        MAX_DIGEST_SIZE, MAX_KEY_SIZE, SALT_SIZE, PERSON_SIZE, block_size = largest, largest, word * 2, word * 2, word * 16

        def __init__(self, data=b'', /, *, digest_size=largest, key=b'', salt=b'', person=b'', usedforsecurity=True):
            super().__init__(data)
            if not 1 <= digest_size <= largest:
                raise ValueError(f'digest_size for {name_of} must be between 1 and {largest} bytes, here it is {digest_size}')
            if len(key) > largest:
                raise ValueError(f'maximum key length is {largest} bytes')
            self.digest_size = digest_size
            block = bytes([digest_size, len(key), 1, 1]) + bytes(word * 4 - 4) + salt.ljust(word * 2, b'\0') + person.ljust(word * 2, b'\0')
            self._start = [iv[i] ^ int.from_bytes(block[i * word:i * word + word], 'little') for i in range(8)]
            self._keyed = key.ljust(word * 16, b'\0') if key else b''

        def digest(self):
            data, size = self._keyed + bytes(self._data), word * 16
            h = list(self._start)
            count = max(1, -(-len(data) // size))
            for i in range(count):
                block = data[i * size:i * size + size]
                last = i == count - 1
                seen = i * size + len(block)
                m = [int.from_bytes(block.ljust(size, b'\0')[j * word:j * word + word], 'little') for j in range(16)]
                v = h + list(iv)
                v[12] ^= seen & mask
                v[13] ^= seen >> bits
                if last:
                    v[14] ^= mask
                for r in range(rounds):
                    s = sigma[r % 10]
                    for k, (a, b, c, d) in enumerate(((0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15),
                                                      (0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14))):
                        for x, one, two in ((m[s[2 * k]], turns[0], turns[1]), (m[s[2 * k + 1]], turns[2], turns[3])):
                            v[a] = (v[a] + v[b] + x) & mask
                            t = v[d] ^ v[a]
                            v[d] = ((t >> one) | (t << (bits - one))) & mask
                            v[c] = (v[c] + v[d]) & mask
                            t = v[b] ^ v[c]
                            v[b] = ((t >> two) | (t << (bits - two))) & mask
                h = [h[j] ^ v[j] ^ v[j + 8] for j in range(8)]
            return b''.join(x.to_bytes(word, 'little') for x in h)[:self.digest_size]
    name_of = title
    blake.name = blake.__name__ = blake.__qualname__ = title
    blake.__module__ = '_blake2'
    return blake


blake2b = _blake('blake2b', 64, 12, (32, 24, 16, 63), 64, _IV)
blake2s = _blake('blake2s', 32, 10, (16, 12, 8, 7), 32, tuple(x >> 32 for x in _IV))
