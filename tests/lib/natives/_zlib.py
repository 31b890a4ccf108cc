"""The streams of zlib.py, on CPython's zlib."""
import _real_zlib as real

VERSION, adler32 = real.ZLIB_VERSION, real.adler32


class _Deflate:
    def __init__(self, engine):
        self._engine = engine

    def feed(self, data, flush, max_length, /):
        out = self._engine.compress(data) + (self._engine.flush(flush) if flush else b'')
        return out, len(data), 1 if flush == real.Z_FINISH else 0, ''

    def copy(self):
        return _Deflate(self._engine.copy())


class _Inflate:
    def __init__(self, engine):
        self._engine = engine

    def feed(self, data, flush, max_length, /):
        try:
            out = self._engine.decompress(data, max_length)
        except real.error as e:
            head, _, message = str(e).partition(': ')
            return b'', 0, int(head.split()[1]), message
        rest = len(self._engine.unused_data) + len(self._engine.unconsumed_tail)
        return out, len(data) - rest, 1 if self._engine.eof else 0, ''

    def copy(self):
        return _Inflate(self._engine.copy())


def deflate(level, wbits, memory, strategy, /):
    if not -1 <= level <= 9:
        raise ValueError('Invalid initialization option')
    return _Deflate(real.compressobj(level, real.DEFLATED, wbits, memory, strategy))


def inflate(wbits, /):
    return _Inflate(real.decompressobj(wbits))
