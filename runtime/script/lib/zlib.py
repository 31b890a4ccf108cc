"""Compression in the format of gzip and PNG."""
import _zlib
from _hashes import crc32

MAX_WBITS, DEFLATED, DEF_MEM_LEVEL, DEF_BUF_SIZE = 15, 8, 8, 16384
Z_NO_COMPRESSION, Z_BEST_SPEED, Z_BEST_COMPRESSION, Z_DEFAULT_COMPRESSION = 0, 1, 9, -1
Z_DEFAULT_STRATEGY, Z_FILTERED, Z_HUFFMAN_ONLY, Z_RLE, Z_FIXED = range(5)
Z_NO_FLUSH, Z_PARTIAL_FLUSH, Z_SYNC_FLUSH, Z_FULL_FLUSH, Z_FINISH, Z_BLOCK, Z_TREES = range(7)
ZLIB_VERSION = ZLIB_RUNTIME_VERSION = _zlib.VERSION
_hidden_frames = True
_STREAM_END, _BUF_ERROR = 1, -5


class error(Exception):
    pass


error.__module__ = 'zlib'


def _failure(status, message, what):
    if not message:
        message = {_BUF_ERROR: 'incomplete or truncated stream', -2: 'inconsistent stream state', -3: 'invalid input data'}.get(status, '')
    return error(f'Error {status} while {what}{": " + message if message else ""}')


def adler32(data, value=1, /):
    return _zlib.adler32(data, value)


def compress(data, /, level=Z_DEFAULT_COMPRESSION, wbits=MAX_WBITS):
    try:
        stream = _zlib.deflate(level, wbits, DEF_MEM_LEVEL, Z_DEFAULT_STRATEGY)
    except ValueError:
        raise error('Bad compression level') from None
    return stream.feed(data, Z_FINISH, 0)[0]


def decompress(data, /, wbits=MAX_WBITS, bufsize=DEF_BUF_SIZE):
    out, _, status, message = _zlib.inflate(wbits).feed(data, Z_SYNC_FLUSH, 0)
    if status != _STREAM_END:
        raise _failure(_BUF_ERROR if status == 0 else status, message, 'decompressing data')
    return out


class _Compress:
    __tp_name__ = 'zlib.Compress'

    def __init__(self, stream):
        self._stream = stream

    def compress(self, data, /):
        return self._stream.feed(data, Z_NO_FLUSH, 0)[0]

    def flush(self, mode=Z_FINISH, /):
        if mode == Z_NO_FLUSH:
            return b''
        return self._stream.feed(b'', mode, 0)[0]

    def copy(self):
        return _Compress(self._stream.copy())


class _Decompress:
    __tp_name__ = 'zlib.Decompress'

    def __init__(self, stream):
        self._stream = stream
        self.unused_data = self.unconsumed_tail = b''
        self.eof = False

    def decompress(self, data, /, max_length=0):
        if max_length < 0:
            raise ValueError('max_length must be non-negative')
        if self.eof:
            self.unused_data += data
            return b''
        out, used, status, message = self._stream.feed(data, Z_SYNC_FLUSH, max_length)
        if status not in (0, _STREAM_END, _BUF_ERROR):
            raise _failure(status, message, 'decompressing data')
        rest = bytes(data)[used:]
        self.eof = status == _STREAM_END
        self.unconsumed_tail = b'' if self.eof else rest
        if self.eof:
            self.unused_data += rest
        return out

    def flush(self, length=DEF_BUF_SIZE, /):
        tail, self.unconsumed_tail = self.unconsumed_tail, b''
        return self.decompress(tail) if tail else b''

    def copy(self):
        made = _Decompress(self._stream.copy())
        made.unused_data, made.unconsumed_tail, made.eof = self.unused_data, self.unconsumed_tail, self.eof
        return made


def compressobj(level=-1, method=DEFLATED, wbits=MAX_WBITS, memLevel=DEF_MEM_LEVEL, strategy=Z_DEFAULT_STRATEGY, zdict=None):
    if zdict is not None:
        raise NotImplementedError('zlib: compression dictionaries are not available')
    return _Compress(_zlib.deflate(level, wbits, memLevel, strategy))


def decompressobj(wbits=MAX_WBITS, zdict=b''):
    if zdict:
        raise NotImplementedError('zlib: compression dictionaries are not available')
    return _Decompress(_zlib.inflate(wbits))
