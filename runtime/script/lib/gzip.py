"""Files in gzip's format, on the simulated disk or in memory."""
import builtins
import io
import struct
import time
import zlib

__all__ = ['BadGzipFile', 'GzipFile', 'open', 'compress', 'decompress']
READ, WRITE = 'rb', 'wb'
_FNAME = 8


class BadGzipFile(OSError):
    """What is read is not in gzip's format."""


def _header(mtime, name, level):
    flags = _FNAME if name else 0
    extra = 2 if level == 9 else 4 if level == 1 else 0
    head = b'\x1f\x8b\x08' + bytes([flags]) + struct.pack('<L', int(mtime)) + bytes([extra, 255])
    return head + (name + b'\0' if name else b'')


def compress(data, compresslevel=9, *, mtime=None):
    if mtime is None:
        mtime = time.time()
    body = zlib.compress(data, level=compresslevel, wbits=-15)
    return _header(mtime, b'', compresslevel) + body + struct.pack('<LL', zlib.crc32(data), len(data) & 0xffffffff)


def _skip_header(data):
    """The index at which the member's body begins, and the time in its header."""
    if data[:2] != b'\x1f\x8b':
        raise BadGzipFile(f'Not a gzipped file ({data[:2]!r})')
    if len(data) < 10:
        raise EOFError('Compressed file ended before the end-of-stream marker was reached')
    if data[2] != 8:
        raise BadGzipFile('Unknown compression method')
    flags, at = data[3], 10
    if flags & 4:
        at += 2 + int.from_bytes(data[at:at + 2], 'little')
    for flag in (8, 16):
        if flags & flag:
            at = data.index(b'\0', at) + 1
    return at + (2 if flags & 2 else 0), int.from_bytes(data[4:8], 'little')


def decompress(data):
    return _decompress(data)[0]


def _decompress(data):
    out, mtime = [], None
    data = bytes(data)
    while data:
        at, mtime = _skip_header(data)
        engine = zlib.decompressobj(wbits=-15)
        part = engine.decompress(data[at:])
        if not engine.eof or len(engine.unused_data) < 8:
            raise EOFError('Compressed file ended before the end-of-stream marker was reached')
        crc, size = struct.unpack('<LL', engine.unused_data[:8])
        if crc != zlib.crc32(part):
            raise BadGzipFile(f'CRC check failed {hex(crc)} != {hex(zlib.crc32(part))}')
        if size != len(part) & 0xffffffff:
            raise BadGzipFile('Incorrect length of data produced')
        out.append(part)
        data = engine.unused_data[8:].lstrip(b'\0')
    return b''.join(out), mtime


class GzipFile(io.BufferedIOBase):
    """A gzip file. It is read whole at the first read, and written whole when closed."""

    def __init__(self, filename=None, mode=None, compresslevel=9, fileobj=None, mtime=None):
        if mode and ('t' in mode or 'U' in mode):
            raise ValueError(f'Invalid mode: {mode!r}')
        mode = mode or getattr(fileobj, 'mode', 'rb')
        mode = mode if 'b' in mode else mode + 'b'
        if mode[0] not in 'rwax':
            raise ValueError(f'Invalid mode: {mode!r}')
        self._own = fileobj is None
        self.fileobj = builtins.open(filename, mode) if fileobj is None else fileobj
        self.name = filename if filename is not None else getattr(fileobj, 'name', '') if isinstance(getattr(fileobj, 'name', ''), str) else ''
        self.mode, self._level, self.mtime = READ if mode[0] == 'r' else WRITE, compresslevel, mtime
        self._written, self._source = io.BytesIO(), None

    def __repr__(self):
        return f'<gzip {self.fileobj!r} {hex(id(self))}>'

    def write(self, data):
        if self.mode != WRITE:
            raise OSError(9, 'write() on read-only GzipFile object')
        if self.fileobj is None:
            raise ValueError('write() on closed GzipFile object')
        return self._written.write(data)

    def _reader(self):
        if self.mode != READ:
            raise OSError(9, 'read() on write-only GzipFile object')
        if self._source is None:
            data, self.mtime = _decompress(self.fileobj.read())
            self._source = io.BytesIO(data)
        return self._source

    def read(self, size=-1):
        return self._reader().read(size)

    def read1(self, size=-1):
        return self._reader().read(size)

    def readline(self, size=-1):
        return self._reader().readline(size)

    def peek(self, n):
        at = self._reader().tell()
        return self._reader().getvalue()[at:at + n]

    def seek(self, offset, whence=0):
        return (self._reader() if self.mode == READ else self._written).seek(offset, whence)

    def tell(self):
        return (self._reader() if self.mode == READ else self._written).tell()

    def readable(self):
        return self.mode == READ

    def writable(self):
        return self.mode == WRITE

    def seekable(self):
        return True

    @property
    def closed(self):
        return self.fileobj is None

    def flush(self, zlib_mode=zlib.Z_SYNC_FLUSH):
        pass

    def close(self):
        target, self.fileobj = self.fileobj, None
        if target is None:
            return
        if self.mode == WRITE:
            data = self._written.getvalue()
            mtime = time.time() if self.mtime is None else self.mtime
            name = (self.name.rpartition('/')[2].removesuffix('.gz') if isinstance(self.name, str) else '').encode('latin-1', 'ignore')
            body = zlib.compress(data, level=self._level, wbits=-15)
            target.write(_header(mtime, name, self._level) + body + struct.pack('<LL', zlib.crc32(data), len(data) & 0xffffffff))
        if self._own:
            target.close()

    def __enter__(self):
        if self.fileobj is None:
            raise ValueError('I/O operation on closed file')
        return self

    def __exit__(self, *exc):
        self.close()

    def __iter__(self):
        return self

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line


class _GzipText(io.StringIO):
    """The text of a gzip file, kept in memory and encoded when it is closed."""

    def close(self):
        file, self._file = getattr(self, '_file', None), None
        if file is not None:
            if file.mode == WRITE:
                file.write(self.getvalue().encode(self._encoding, self._errors))
            file.close()
        super().close()


def _text_over(file, encoding, errors, newline):
    text = _GzipText(file.read().decode(encoding, errors) if file.mode == READ else '', newline)
    text._file, text._encoding, text._errors = file, encoding, errors
    return text


def open(filename, mode='rb', compresslevel=9, encoding=None, errors=None, newline=None):
    if 't' in mode:
        if 'b' in mode:
            raise ValueError(f'Invalid mode: {mode!r}')
    elif encoding is not None or errors is not None or newline is not None:
        raise ValueError("Argument 'encoding' not supported in binary mode" if encoding is not None else
                         "Argument 'errors' not supported in binary mode" if errors is not None else "Argument 'newline' not supported in binary mode")
    plain = mode.replace('t', '')
    if isinstance(filename, (str, bytes)) or hasattr(filename, '__fspath__'):
        file = GzipFile(filename, plain, compresslevel)
    elif hasattr(filename, 'read') or hasattr(filename, 'write'):
        file = GzipFile(None, plain, compresslevel, filename)
    else:
        raise TypeError('filename must be a str or bytes object, or a file')
    return _text_over(file, encoding or 'utf-8', errors or 'strict', newline) if 't' in mode else file
