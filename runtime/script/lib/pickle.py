"""Objects as bytes and back, in CPython's pickle format (protocols 2 to 5 are written, all are read)."""
import io

from _pickle_read import Unpickler
from _pickle_write import Pickler, PicklingError, PickleError, UnpicklingError

__all__ = ['PickleError', 'PicklingError', 'UnpicklingError', 'Pickler', 'Unpickler', 'dump', 'dumps', 'load', 'loads', 'HIGHEST_PROTOCOL',
           'DEFAULT_PROTOCOL', 'PickleBuffer']
HIGHEST_PROTOCOL, DEFAULT_PROTOCOL = 5, 4
format_version = '4.0'
compatible_formats = ['1.0', '1.1', '1.2', '1.3', '2.0', '3.0', '4.0', '5.0']
_hidden_frames = True


class PickleBuffer:
    """A buffer that may travel outside of the pickle."""

    def __init__(self, obj):
        self._obj = obj

    def raw(self):
        return memoryview(self._obj)

    def release(self):
        self._obj = None


def dump(obj, file, protocol=None, *, fix_imports=True, buffer_callback=None):
    Pickler(file, protocol).dump(obj)


def dumps(obj, protocol=None, *, fix_imports=True, buffer_callback=None):
    out = io.BytesIO()
    Pickler(out, protocol).dump(obj)
    return out.getvalue()


def load(file, *, fix_imports=True, encoding='ASCII', errors='strict', buffers=None):
    return Unpickler(file, encoding=encoding, errors=errors).load()


def loads(data, /, *, fix_imports=True, encoding='ASCII', errors='strict', buffers=None):
    if isinstance(data, str):
        raise TypeError("a bytes-like object is required, not 'str'")
    return Unpickler(io.BytesIO(bytes(data)), encoding=encoding, errors=errors).load()
