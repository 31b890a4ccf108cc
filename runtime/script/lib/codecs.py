"""Text encodings by name, and files and streams that use them."""
import builtins
import io

__all__ = ['register', 'lookup', 'open', 'EncodedFile', 'BOM', 'BOM_BE', 'BOM_LE', 'BOM32_BE', 'BOM32_LE', 'BOM_UTF8', 'BOM_UTF16', 'BOM_UTF16_LE',
           'BOM_UTF16_BE', 'BOM_UTF32', 'BOM_UTF32_LE', 'BOM_UTF32_BE', 'CodecInfo', 'Codec', 'IncrementalEncoder', 'IncrementalDecoder', 'StreamReader',
           'StreamWriter', 'getencoder', 'getdecoder', 'getincrementalencoder', 'getincrementaldecoder', 'getreader', 'getwriter', 'encode', 'decode',
           'iterencode', 'iterdecode', 'strict_errors', 'ignore_errors', 'replace_errors', 'xmlcharrefreplace_errors', 'backslashreplace_errors',
           'namereplace_errors', 'register_error', 'lookup_error']
BOM_UTF8 = b'\xef\xbb\xbf'
BOM_LE = BOM_UTF16_LE = BOM_UTF16 = BOM = BOM32_LE = b'\xff\xfe'
BOM_BE = BOM_UTF16_BE = BOM32_BE = b'\xfe\xff'
BOM_UTF32_LE = BOM_UTF32 = b'\xff\xfe\x00\x00'
BOM_UTF32_BE = b'\x00\x00\xfe\xff'
_search_functions = []


def _normal(name):
    return name.lower().replace('_', '-').replace(' ', '-')


def _rot13(text):
    out = []
    for c in text:
        base = 65 if 'A' <= c <= 'Z' else 97 if 'a' <= c <= 'z' else 0
        out.append(chr((ord(c) - base + 13) % 26 + base) if base else c)
    return ''.join(out)


def _base64_encode(data):
    import base64
    return base64.encodebytes(data)


def _base64_decode(data):
    import base64
    return base64.decodebytes(data)


def _zlib(name):
    def run(data):
        import zlib
        return getattr(zlib, name)(data)
    return run


# Encodings that are not between str and bytes: how to encode and to decode.
_TRANSFORMS = {'rot13': (_rot13, _rot13), 'rot-13': (_rot13, _rot13), 'hex': (lambda b: bytes(b).hex().encode(), lambda b: bytes.fromhex(bytes(b).decode())),
               'hex-codec': (lambda b: bytes(b).hex().encode(), lambda b: bytes.fromhex(bytes(b).decode())), 'base64': (_base64_encode, _base64_decode),
               'base64-codec': (_base64_encode, _base64_decode), 'zlib': (_zlib('compress'), _zlib('decompress')),
               'zlib-codec': (_zlib('compress'), _zlib('decompress')), 'zip': (_zlib('compress'), _zlib('decompress'))}


class CodecInfo(tuple):
    """What is known of one encoding."""

    def __new__(cls, encode, decode, streamreader=None, streamwriter=None, incrementalencoder=None, incrementaldecoder=None, name=None, *,
                _is_text_encoding=None):
        self = tuple.__new__(cls, (encode, decode, streamreader, streamwriter))
        self.name, self.encode, self.decode = name, encode, decode
        self.streamreader, self.streamwriter = streamreader, streamwriter
        self.incrementalencoder, self.incrementaldecoder = incrementalencoder, incrementaldecoder
        return self

    def __repr__(self):
        return f'<codecs.CodecInfo object for encoding {self.name} at {hex(id(self))}>'


def register(search_function):
    if not callable(search_function):
        raise TypeError('argument must be callable')
    _search_functions.append(search_function)


def unregister(search_function):
    if search_function in _search_functions:
        _search_functions.remove(search_function)


_NAMES = {'utf8': 'utf-8', 'u8': 'utf-8', 'latin1': 'iso8859-1', 'latin-1': 'iso8859-1', 'iso-8859-1': 'iso8859-1', 'l1': 'iso8859-1', 'us-ascii': 'ascii',
          'utf16': 'utf-16', 'utf32': 'utf-32', 'utf8-sig': 'utf-8-sig'}


def lookup(encoding, /):
    for search in _search_functions:
        found = search(encoding.lower().replace('-', '_'))
        if found is not None:
            return found
    name = _normal(encoding)
    name = _NAMES.get(name, name)
    if name in _TRANSFORMS:
        to, back = _TRANSFORMS[name]
        return CodecInfo(lambda obj, errors='strict': (to(obj), len(obj)), lambda obj, errors='strict': (back(obj), len(obj)), name=name)
    ''.encode(encoding)

    class Writer(StreamWriter):
        pass

    class Reader(StreamReader):
        pass
    Writer.encoding = Reader.encoding = name
    return CodecInfo(lambda obj, errors='strict': (obj.encode(name, errors), len(obj)), lambda obj, errors='strict': (bytes(obj).decode(name, errors), len(obj)),
                     Reader, Writer, lambda errors='strict': IncrementalEncoder(errors, name), lambda errors='strict': IncrementalDecoder(errors, name), name)


def encode(obj, encoding='utf-8', errors='strict'):
    return lookup(encoding).encode(obj, errors)[0]


def decode(obj, encoding='utf-8', errors='strict'):
    return lookup(encoding).decode(obj, errors)[0]


def getencoder(encoding):
    return lookup(encoding).encode


def getdecoder(encoding):
    return lookup(encoding).decode


def getincrementalencoder(encoding):
    return lookup(encoding).incrementalencoder


def getincrementaldecoder(encoding):
    return lookup(encoding).incrementaldecoder


def getreader(encoding):
    return lookup(encoding).streamreader


def getwriter(encoding):
    return lookup(encoding).streamwriter


class Codec:
    """The interface of an encoding."""

    def encode(self, input, errors='strict'):
        raise NotImplementedError

    def decode(self, input, errors='strict'):
        raise NotImplementedError


class IncrementalEncoder:
    """Encodes text that comes in pieces."""

    def __init__(self, errors='strict', encoding='utf-8'):
        self.errors, self._encoding, self._started = errors, encoding, False

    def encode(self, input, final=False):
        data = input.encode(self._encoding, self.errors)
        if self._encoding in ('utf-16', 'utf-32', 'utf-8-sig') and self._started:
            data = data[len(''.encode(self._encoding)):]
        self._started = True
        return data

    def reset(self):
        self._started = False


class IncrementalDecoder:
    """Decodes bytes that come in pieces, characters possibly cut in two."""

    def __init__(self, errors='strict', encoding='utf-8'):
        self.errors, self._encoding, self._kept = errors, encoding, b''

    def decode(self, input, final=False):
        data, self._kept = self._kept + bytes(input), b''
        if final:
            return data.decode(self._encoding, self.errors)
        for cut in range(0, min(4, len(data) + 1)):
            try:
                text = data[:len(data) - cut].decode(self._encoding, 'strict')
            except UnicodeDecodeError as e:
                if e.end < len(data) - cut or 'unexpected end' not in e.reason and 'truncated' not in e.reason:
                    break
                continue
            self._kept = data[len(data) - cut:]
            return text
        return data.decode(self._encoding, self.errors)

    def reset(self):
        self._kept = b''

    def getstate(self):
        return self._kept, 0

    def setstate(self, state):
        self._kept = state[0]


class StreamWriter(Codec):
    encoding = 'utf-8'

    def __init__(self, stream, errors='strict'):
        self.stream, self.errors = stream, errors

    def write(self, object):
        self.stream.write(object.encode(self.encoding, self.errors))

    def writelines(self, list):
        self.write(''.join(list))

    def reset(self):
        pass

    def __getattr__(self, name):
        return getattr(self.stream, name)

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.stream.close()


class StreamReader(Codec):
    encoding = 'utf-8'

    def __init__(self, stream, errors='strict'):
        self.stream, self.errors = stream, errors

    def read(self, size=-1, chars=-1, firstline=False):
        return self.stream.read(size).decode(self.encoding, self.errors)

    def readline(self, size=None, keepends=True):
        line = self.stream.readline().decode(self.encoding, self.errors)
        return line if keepends else line.rstrip('\r\n')

    def readlines(self, sizehint=None, keepends=True):
        return self.read().splitlines(keepends)

    def __iter__(self):
        return self

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line

    def __getattr__(self, name):
        return getattr(self.stream, name)

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.stream.close()


class StreamReaderWriter(StreamReader):
    def __init__(self, stream, Reader, Writer, errors='strict'):
        super().__init__(stream, errors)
        self.reader, self.writer = Reader(stream, errors), Writer(stream, errors)

    def read(self, size=-1):
        return self.reader.read(size)

    def readline(self, size=None, keepends=True):
        return self.reader.readline(size, keepends)

    def write(self, data):
        return self.writer.write(data)

    def writelines(self, list):
        return self.writer.writelines(list)


def open(filename, mode='r', encoding=None, errors='strict', buffering=-1):
    if encoding is not None and 'b' not in mode:
        mode += 'b'
    file = builtins.open(filename, mode, buffering)
    if encoding is None:
        return file
    info = lookup(encoding)
    made = StreamReaderWriter(file, info.streamreader, info.streamwriter, errors)
    made.encoding = encoding
    return made


def EncodedFile(file, data_encoding, file_encoding=None, errors='strict'):
    class Recoder(StreamReader):
        def read(self, size=-1):
            return file.read(size).decode(file_encoding or data_encoding, errors).encode(data_encoding, errors)

        def write(self, data):
            return file.write(bytes(data).decode(data_encoding, errors).encode(file_encoding or data_encoding, errors))
    return Recoder(file, errors)


def iterencode(iterator, encoding, errors='strict', **kwargs):
    encoder = getincrementalencoder(encoding)(errors, **kwargs)
    for text in iterator:
        data = encoder.encode(text)
        if data:
            yield data


def iterdecode(iterator, encoding, errors='strict', **kwargs):
    decoder = getincrementaldecoder(encoding)(errors, **kwargs)
    for data in iterator:
        text = decoder.decode(data)
        if text:
            yield text
    text = decoder.decode(b'', True)
    if text:
        yield text


def strict_errors(exception):
    raise exception


def ignore_errors(exception):
    return '', exception.end


def replace_errors(exception):
    return ('?' * (exception.end - exception.start) if isinstance(exception, UnicodeEncodeError) else '\ufffd'), exception.end


def xmlcharrefreplace_errors(exception):
    return ''.join(f'&#{ord(c)};' for c in exception.object[exception.start:exception.end]), exception.end


def backslashreplace_errors(exception):
    part = exception.object[exception.start:exception.end]
    return (''.join(f'\\x{b:02x}' for b in part) if isinstance(part, bytes) else part.encode('ascii', 'backslashreplace').decode()), exception.end


def namereplace_errors(exception):
    import unicodedata
    if not isinstance(exception, UnicodeEncodeError):
        raise TypeError(f"don't know how to handle {type(exception).__name__} in error callback")
    out = ''
    for c in exception.object[exception.start:exception.end]:
        name = unicodedata.name(c, '')
        number = ord(c)
        out += f'\\N{{{name}}}' if name else f'\\x{number:02x}' if number < 256 else f'\\u{number:04x}' if number < 65536 else f'\\U{number:08x}'
    return out, exception.end


_error_handlers = {'namereplace': namereplace_errors, 'strict': strict_errors, 'ignore': ignore_errors, 'replace': replace_errors, 'xmlcharrefreplace': xmlcharrefreplace_errors,
                   'backslashreplace': backslashreplace_errors}


def lookup_error(name, /):
    try:
        return _error_handlers[name]
    except KeyError:
        raise LookupError(f"unknown error handler name '{name}'") from None


def register_error(errors, handler, /):
    if not callable(handler):
        raise TypeError('handler must be callable')
    _error_handlers[errors] = handler


def charmap_build(table):
    return {ord(c): i for i, c in enumerate(table)}
