"""The reading half of pickle: a small stack machine."""
import struct
import sys

from _pickle_write import UnpicklingError

_hidden_frames = True
_MARK = object()


class Unpickler:
    def __init__(self, file, *, fix_imports=True, encoding='ASCII', errors='strict', buffers=None):
        if not hasattr(file, 'read') or not hasattr(file, 'readline'):
            raise TypeError("file must have 'read' and 'readline' attributes")
        self._file, self._encoding, self._errors = file, encoding, errors
        self.memo = {}

    def persistent_load(self, pid):
        raise UnpicklingError('A load persistent id instruction was encountered, but no persistent_load function was specified.')

    def find_class(self, module, name):
        module = {'__builtin__': 'builtins', 'copy_reg': 'copyreg', 'Queue': 'queue'}.get(module, module)
        __import__(module)
        found = sys.modules[module]
        for part in name.split('.'):
            try:
                found = getattr(found, part)
            except AttributeError:
                raise AttributeError(f"Can't get attribute {name!r} on {sys.modules[module]!r}") from None
        return found

    def _read(self, n):
        data = self._file.read(n)
        if len(data) < n:
            if not data and n == 1:
                raise EOFError('Ran out of input')
            raise UnpicklingError('pickle data was truncated')
        return data

    def _line(self):
        line = self._file.readline()
        if not line.endswith(b'\n'):
            raise UnpicklingError('pickle data was truncated')
        return line[:-1]

    def load(self):
        self._stack = []
        while True:
            code = self._read(1)
            if code == b'.':
                return self._pop()
            operation = _OPERATIONS.get(code)
            if operation is None:
                raise UnpicklingError(f"invalid load key, '{chr(code[0]) if 32 <= code[0] < 127 else f'{chr(92)}x{code[0]:02x}'}'.")
            operation(self)

    def _pop(self):
        if not self._stack or self._stack[-1] is _MARK:
            raise UnpicklingError('unpickling stack underflow' if not self._stack else 'unexpected MARK found')
        return self._stack.pop()

    def _since_mark(self):
        stack = self._stack
        for at in range(len(stack) - 1, -1, -1):
            if stack[at] is _MARK:
                items = stack[at + 1:]
                del stack[at:]
                return items
        raise UnpicklingError('could not find MARK')

    def _push(self, value):
        self._stack.append(value)

    def _number(self, form):
        return struct.unpack(form, self._read(struct.calcsize(form)))[0]

    def _append(self, items):
        target = self._stack[-1]
        if isinstance(target, list):
            return list.extend(target, items)
        for item in items:
            target.append(item)

    def _set(self, flat):
        target = self._stack[-1]
        for key, value in zip(flat[::2], flat[1::2]):
            target[key] = value

    def _set_state(self):
        state, obj = self._pop(), self._stack[-1]
        own = getattr(obj, '__setstate__', None)
        if own is not None:
            return own(state)
        slots = None
        if isinstance(state, tuple) and len(state) == 2:
            state, slots = state
        if state:
            for key, value in state.items():
                obj.__dict__[sys.intern(key) if type(key) is str else key] = value
        for key, value in (slots or {}).items():
            setattr(obj, key, value)

    def _reduce(self):
        args = self._pop()
        self._push(self._pop()(*args))

    def _new(self):
        args = self._pop()
        cls = self._pop()
        self._push(cls.__new__(cls, *args))

    def _new_with_names(self):
        kwargs, args = self._pop(), self._pop()
        cls = self._pop()
        self._push(cls.__new__(cls, *args, **kwargs))

    def _global(self):
        name = self._pop()
        self._push(self.find_class(self._pop(), name))

    def _global_text(self):
        module = self._line().decode()
        self._push(self.find_class(module, self._line().decode()))

    def _instance(self):
        module = self._line().decode()
        cls = self.find_class(module, self._line().decode())
        self._push(cls(*self._since_mark()))

    def _object(self):
        cls, *args = self._since_mark()
        self._push(cls(*args))

    def _recall(self, index):
        try:
            self._push(self.memo[index])
        except KeyError:
            raise UnpicklingError(f'Memo value not found at index {index}') from None

    def _integer_text(self):
        text = self._line()
        self._push({b'00': False, b'01': True}.get(text) if text in (b'00', b'01') else int(text))

    def _old_string(self):
        text = self._line()
        if len(text) < 2 or text[0] != text[-1] or text[:1] not in (b'"', b"'"):
            raise UnpicklingError('the STRING opcode argument must be quoted')
        self._push(text[1:-1].decode('unicode_escape'))

    def _protocol(self):
        version = self._read(1)[0]
        if version > 5:
            raise ValueError(f'unsupported pickle protocol: {version}')

    def _frame(self):
        size = self._number('<Q')
        data = self._file.read(size)
        if len(data) < size:
            raise UnpicklingError('pickle data was truncated')
        self._file = _Joined(data, self._file)

    def _set_memo(self, index):
        self.memo[index] = self._stack[-1]

    def _update_set(self):
        items = self._since_mark()
        self._stack[-1].update(items)

    def _three(self, n):
        items = self._stack[-n:]
        del self._stack[-n:]
        self._push(tuple(items))


class _Joined:
    """A frame, and then the file it came from."""

    def __init__(self, data, rest):
        self._data, self._at = data, 0
        self._rest = rest._rest if isinstance(rest, _Joined) else rest

    def read(self, n):
        if self._at >= len(self._data):
            return self._rest.read(n)
        self._at += n
        return self._data[self._at - n:self._at]

    def readline(self):
        if self._at >= len(self._data):
            return self._rest.readline()
        end = self._data.find(b'\n', self._at) + 1 or len(self._data)
        start, self._at = self._at, end
        return self._data[start:end]


def _push_value(make):
    return lambda self: self._push(make(self))


_OPERATIONS = {
    b'\x80': Unpickler._protocol, b'\x95': Unpickler._frame, b'(': lambda self: self._push(_MARK), b'0': lambda self: self._stack.pop(),
    b'1': lambda self: self._since_mark(), b'2': lambda self: self._push(self._stack[-1]),
    b'N': lambda self: self._push(None), b'\x88': lambda self: self._push(True), b'\x89': lambda self: self._push(False),
    b'I': Unpickler._integer_text, b'L': _push_value(lambda self: int(self._line().rstrip(b'L'))), b'F': _push_value(lambda self: float(self._line())),
    b'K': _push_value(lambda self: self._read(1)[0]), b'M': _push_value(lambda self: self._number('<H')), b'J': _push_value(lambda self: self._number('<i')),
    b'\x8a': _push_value(lambda self: int.from_bytes(self._read(self._read(1)[0]), 'little', signed=True)),
    b'\x8b': _push_value(lambda self: int.from_bytes(self._read(self._number('<i')), 'little', signed=True)),
    b'G': _push_value(lambda self: self._number('>d')), b'S': Unpickler._old_string, b'V': _push_value(lambda self: self._line().decode('raw_unicode_escape')),
    b'C': _push_value(lambda self: self._read(self._read(1)[0])), b'B': _push_value(lambda self: self._read(self._number('<I'))),
    b'\x8e': _push_value(lambda self: self._read(self._number('<Q'))), b'\x96': _push_value(lambda self: bytearray(self._read(self._number('<Q')))),
    b'T': _push_value(lambda self: self._read(self._number('<i')).decode('latin1')), b'U': _push_value(lambda self: self._read(self._read(1)[0]).decode('latin1')),
    b'\x8c': _push_value(lambda self: self._read(self._read(1)[0]).decode('utf-8', 'surrogatepass')),
    b'X': _push_value(lambda self: self._read(self._number('<I')).decode('utf-8', 'surrogatepass')),
    b'\x8d': _push_value(lambda self: self._read(self._number('<Q')).decode('utf-8', 'surrogatepass')),
    b')': lambda self: self._push(()), b']': lambda self: self._push([]), b'}': lambda self: self._push({}), b'\x8f': lambda self: self._push(set()),
    b'\x85': lambda self: self._three(1), b'\x86': lambda self: self._three(2), b'\x87': lambda self: self._three(3),
    b't': lambda self: self._push(tuple(self._since_mark())), b'l': lambda self: self._push(self._since_mark()),
    b'd': lambda self: (lambda flat: self._push(dict(zip(flat[::2], flat[1::2]))))(self._since_mark()),
    b'\x91': lambda self: self._push(frozenset(self._since_mark())), b'\x90': Unpickler._update_set,
    b'a': lambda self: self._append([self._pop()]), b'e': lambda self: (lambda items: self._append(items))(self._since_mark()),
    b's': lambda self: (lambda value, key: self._set([key, value]))(self._pop(), self._pop()), b'u': lambda self: (lambda flat: self._set(flat))(self._since_mark()),
    b'c': Unpickler._global_text, b'\x93': Unpickler._global, b'R': Unpickler._reduce, b'\x81': Unpickler._new, b'\x92': Unpickler._new_with_names,
    b'b': Unpickler._set_state, b'i': Unpickler._instance, b'o': Unpickler._object,
    b'\x94': lambda self: self._set_memo(len(self.memo)), b'q': lambda self: self._set_memo(self._read(1)[0]),
    b'r': lambda self: self._set_memo(self._number('<I')), b'p': lambda self: self._set_memo(int(self._line())),
    b'h': lambda self: self._recall(self._read(1)[0]), b'j': lambda self: self._recall(self._number('<I')), b'g': lambda self: self._recall(int(self._line())),
    b'Q': lambda self: self._push(self.persistent_load(self._pop())), b'P': lambda self: self._push(self.persistent_load(self._line().decode())),
}
