"""The writing half of pickle."""
import copyreg
import struct
import sys
import types
from collections import OrderedDict

_hidden_frames = True
_FRAME_TARGET = 65536
_BATCH = 1000


class PickleError(Exception):
    pass


class PicklingError(PickleError):
    pass


class UnpicklingError(PickleError):
    pass


for _error in (PickleError, PicklingError, UnpicklingError):
    _error.__module__ = '_pickle'
_MISSING = object()
_PLAIN = {type(None): 'NoneType', type(NotImplemented): 'NotImplementedType', type(...): 'ellipsis'}


_CONSTRUCTED = {complex: lambda c: (complex, (c.real, c.imag)), range: lambda r: (range, (r.start, r.stop, r.step)),
                slice: lambda s: (slice, (s.start, s.stop, s.step)), OrderedDict: lambda d: (OrderedDict, (), getattr(d, '__dict__', None) or None, None, d.items())}


def _reduced(obj, protocol):
    """What __reduce_ex__ of the object gives: a name, or (callable, args, state, items, pairs)."""
    cls = type(obj)
    reducer = copyreg.dispatch_table.get(cls)
    if reducer is not None:
        return reducer(obj)
    for name, args in (('__reduce_ex__', (protocol,)), ('__reduce__', ())):
        for base in cls.__mro__:
            own = base.__dict__.get(name)
            if own is not None and base is not object and (isinstance(own, (types.FunctionType, classmethod, staticmethod)) or base.__module__ == 'array'):
                return getattr(obj, name)(*args)
    if isinstance(obj, BaseException):
        state = {k: v for k, v in (getattr(obj, '__dict__', None) or {}).items()}
        return (cls, obj.args, state) if state else (cls, obj.args)
    plain = _CONSTRUCTED.get(cls)
    if plain is not None:
        return plain(obj)
    made = copyreg._reduce_object(obj, cls)
    if isinstance(made[0], types.FunctionType) and made[0].__name__ == '<lambda>':
        return (cls, ([*obj],) if isinstance(obj, (set, frozenset)) else (bytes(obj),), made[2])
    return made


class Pickler:
    """Writes objects to a file; the bytes are those CPython writes."""

    def __init__(self, file, protocol=None, *, fix_imports=True, buffer_callback=None):
        protocol = 4 if protocol is None else 5 if protocol < 0 else protocol
        if protocol > 5:
            raise ValueError('pickle protocol must be <= 5')
        if not hasattr(file, 'write'):
            raise TypeError("file must have a 'write' attribute")
        self._file, self.proto, self.memo = file, protocol, {}
        self._parts, self._length = [], 0

    def persistent_id(self, obj):
        return None

    def clear_memo(self):
        self.memo.clear()

    def dump(self, obj):
        try:
            self._dump(obj)
        except AttributeError:
            if '_file' not in self.__dict__:
                raise PicklingError(f'Pickler.__init__() was not called by {type(self).__name__}.__init__()') from None
            raise

    def _dump(self, obj):
        self._out, self._parts, self._length = [], [], 0
        self._save(obj)
        self._put(b'.')
        self._end_frame()
        head = b'\x80' + bytes([self.proto]) if self.proto >= 2 else b''
        self._file.write(head + b''.join(self._out))

    def _put(self, data):
        self._parts.append(data)
        self._length += len(data)

    def _end_frame(self):
        data = b''.join(self._parts)
        self._parts, self._length = [], 0
        self._out.append(b'\x95' + struct.pack('<Q', len(data)) + data if self.proto >= 4 and len(data) >= 4 else data)

    def _memoize(self, obj):
        index = len(self.memo)
        self.memo[id(obj)] = index, obj
        if self.proto >= 4:
            self._put(b'\x94')
        else:
            self._put(b'q' + bytes([index]) if index < 256 else b'r' + struct.pack('<I', index))

    def _recall(self, index):
        self._put(b'h' + bytes([index]) if index < 256 else b'j' + struct.pack('<I', index))

    def _save(self, obj):
        if self.proto >= 4 and self._length >= _FRAME_TARGET:
            self._end_frame()
        pid = self.persistent_id(obj)
        if pid is not None:
            self._save(pid)
            return self._put(b'Q')
        known = self.memo.get(id(obj))
        if known is not None:
            return self._recall(known[0])
        cls = type(obj)
        override = getattr(self, 'reducer_override', None)
        if override is not None and cls not in _SAVERS:
            made = override(obj)
            if made is not NotImplemented:
                return self._save_reduced(made, obj)
        saver = _SAVERS.get(cls)
        if saver is not None:
            return saver(self, obj)
        if issubclass(cls, type):
            return self._save_class(obj)
        self._save_reduced(_reduced_bound(obj) or _reduced(obj, self.proto), obj)

    def _save_reduced(self, made, obj):
        if isinstance(made, str):
            return self._save_global(obj, made)
        if not isinstance(made, tuple):
            raise PicklingError('__reduce__ must return a string or tuple')
        if not 2 <= len(made) <= 6:
            raise PicklingError('tuple returned by __reduce__ must contain 2 through 6 elements')
        func, args, state, items, pairs, setter = (*made, *(None,) * (6 - len(made)))
        if not callable(func):
            raise PicklingError('first item of the tuple returned by __reduce__ must be callable')
        name = getattr(func, '__name__', '')
        if name == '__newobj__':
            self._save(args[0])
            self._save(tuple(args[1:]))
            self._put(b'\x81')
        elif name == '__newobj_ex__' and self.proto >= 4:
            for part in args:
                self._save(part)
            self._put(b'\x92')
        else:
            self._save(func)
            self._save(args)
            self._put(b'R')
        if id(obj) in self.memo:
            self._put(b'0')
            self._recall(self.memo[id(obj)][0])
        else:
            self._memoize(obj)
        if items is not None:
            self._append_all(items)
        if pairs is not None:
            self._set_all(pairs)
        if state is not None:
            if setter is not None:
                self._save(setter)
                self._save(obj)
                self._save(state)
                self._put(b'\x86R0')
            else:
                self._save(state)
                self._put(b'b')

    # one method per type
    def _save_none(self, obj):
        self._put(b'N')

    def _save_bool(self, obj):
        self._put((b'\x88' if obj else b'\x89') if self.proto >= 2 else b'I01\n' if obj else b'I00\n')

    def _save_int(self, obj):
        if 0 <= obj < 256:
            self._put(b'K' + bytes([obj]))
        elif 0 <= obj < 65536:
            self._put(b'M' + struct.pack('<H', obj))
        elif -0x80000000 <= obj <= 0x7fffffff:
            self._put(b'J' + struct.pack('<i', obj))
        else:
            size = (obj.bit_length() >> 3) + 1
            data = obj.to_bytes(size, 'little', signed=True)
            if obj < 0 and size > 1 and data[-1] == 0xff and data[-2] & 0x80:
                data = data[:-1]
            self._put((b'\x8a' + bytes([len(data)]) if len(data) < 256 else b'\x8b' + struct.pack('<i', len(data))) + data)

    def _save_float(self, obj):
        self._put(b'G' + struct.pack('>d', obj))

    def _save_bytes(self, obj):
        if self.proto < 3:
            import codecs
            made = (bytes, ()) if not obj else (codecs.encode, (str(obj, 'latin1'), 'latin1'))
            return self._save_reduced(made, obj)
        n = len(obj)
        self._put((b'C' + bytes([n]) if n < 256 else b'B' + struct.pack('<I', n)) + obj)
        self._memoize(obj)

    def _save_bytearray(self, obj):
        if self.proto < 5:
            return self._save_reduced((bytearray, (bytes(obj),)) if obj else (bytearray, ()), obj)
        self._put(b'\x96' + struct.pack('<Q', len(obj)) + bytes(obj))
        self._memoize(obj)

    def _save_str(self, obj):
        data = obj.encode('utf-8', 'surrogatepass')
        n = len(data)
        self._put((b'\x8c' + bytes([n]) if n < 256 and self.proto >= 4 else b'X' + struct.pack('<I', n)) + data)
        self._memoize(obj)

    def _save_tuple(self, obj):
        if not obj:
            return self._put(b')')
        n = len(obj)
        if n > 3 or self.proto < 2:
            self._put(b'(')
        for item in obj:
            self._save(item)
        known = self.memo.get(id(obj))
        if known is not None:
            self._put(b'0' * n if n <= 3 and self.proto >= 2 else b'1')
            return self._recall(known[0])
        self._put((b'\x85', b'\x86', b'\x87')[n - 1] if n <= 3 and self.proto >= 2 else b't')
        self._memoize(obj)

    def _save_list(self, obj):
        self._put(b']')
        self._memoize(obj)
        self._append_all(obj)

    def _append_all(self, items):
        items = list(items)
        for at in range(0, len(items), _BATCH):
            part = items[at:at + _BATCH]
            self._put(b'(' if len(part) > 1 else b'')
            for item in part:
                self._save(item)
            self._put(b'e' if len(part) > 1 else b'a')

    def _save_dict(self, obj):
        self._put(b'}')
        self._memoize(obj)
        self._set_all(obj.items())

    def _set_all(self, pairs):
        pairs = list(pairs)
        for at in range(0, len(pairs), _BATCH):
            part = pairs[at:at + _BATCH]
            self._put(b'(' if len(part) > 1 else b'')
            for key, value in part:
                self._save(key)
                self._save(value)
            self._put(b'u' if len(part) > 1 else b's')

    def _save_set(self, obj):
        if self.proto < 4:
            return self._save_reduced((set, (list(obj),)), obj)
        self._put(b'\x8f')
        self._memoize(obj)
        items = list(obj)
        for at in range(0, len(items), _BATCH):
            self._put(b'(')
            for item in items[at:at + _BATCH]:
                self._save(item)
            self._put(b'\x90')

    def _save_frozenset(self, obj):
        if self.proto < 4:
            return self._save_reduced((frozenset, (list(obj),)), obj)
        self._put(b'(')
        for item in obj:
            self._save(item)
        self._put(b'\x91')
        self._memoize(obj)

    def _save_class(self, obj):
        if obj in _PLAIN:
            return self._save_reduced((type, ({'NoneType': None, 'NotImplementedType': NotImplemented, 'ellipsis': ...}[_PLAIN[obj]],)), obj)
        self._save_global(obj)

    def _save_constant(self, obj):
        self._save_global(obj, 'Ellipsis' if obj is ... else 'NotImplemented')

    def _save_global(self, obj, name=None):
        name = name or getattr(obj, '__qualname__', None) or obj.__name__
        module = getattr(obj, '__module__', None) or _module_with(obj, name)
        if '<locals>' in name:
            raise AttributeError(f"Can't get local object {name!r}")
        try:
            holder = sys.modules.get(module) or __import__(module)
            found = holder
            for part in name.split('.'):
                found = getattr(found, part)
        except (ImportError, AttributeError):
            raise PicklingError(f"Can't pickle {obj!r}: attribute lookup {name} on {module} failed") from None
        if found is not obj:
            raise PicklingError(f"Can't pickle {obj!r}: it's not the same object as {module}.{name}")
        if self.proto >= 4:
            self._save(_interned(module))
            self._save(_interned(name))
            self._put(b'\x93')
        else:
            old = {'builtins': '__builtin__'}.get(module, module) if self.proto < 3 else module
            self._put(f'c{old}\n{name}\n'.encode())
        self._memoize(obj)


_names = {}


def _interned(name):
    return _names.setdefault(name, name)


def _module_with(obj, name):
    """The module in which a thing without __module__ is found."""
    for module, content in list(sys.modules.items()):
        if module not in ('__main__', '__mp_main__') and getattr(content, name, None) is obj:
            return module
    return '__main__'


def _reduced_bound(obj):
    """Bound methods: getattr(self, name)."""
    if isinstance(obj, (types.MethodType, types.BuiltinMethodType)) and getattr(obj, '__self__', None) is not None \
            and not isinstance(obj.__self__, types.ModuleType):
        return getattr, (obj.__self__, obj.__name__)
    if isinstance(obj, (types.FunctionType, types.BuiltinFunctionType)):
        return getattr(obj, '__qualname__', obj.__name__)
    return None


_SAVERS = {type(None): Pickler._save_none, bool: Pickler._save_bool, int: Pickler._save_int, float: Pickler._save_float, bytes: Pickler._save_bytes,
           bytearray: Pickler._save_bytearray, str: Pickler._save_str, tuple: Pickler._save_tuple, list: Pickler._save_list, dict: Pickler._save_dict,
           set: Pickler._save_set, frozenset: Pickler._save_frozenset, type: Pickler._save_class, types.FunctionType: Pickler._save_global,
           type(...): Pickler._save_constant, type(NotImplemented): Pickler._save_constant}
