"""Arrays of numbers of one machine type."""
import _struct

_hidden_frames = True
typecodes = 'bBuwhHiIlLqQfd'
_FORMATS = {'u': 'I', 'w': 'I', 'l': 'q', 'L': 'Q'}
_NAMES = {'b': 'signed char', 'B': 'unsigned byte integer', 'h': 'signed short integer', 'H': 'unsigned short', 'i': 'signed integer', 'I': 'unsigned int'}
_RANGES = {'b': (-128, 127), 'B': (0, 255), 'h': (-32768, 32767), 'H': (0, 65535), 'i': (-2 ** 31, 2 ** 31 - 1), 'I': (0, 2 ** 32 - 1),
           'l': (-2 ** 63, 2 ** 63 - 1), 'L': (0, 2 ** 64 - 1), 'q': (-2 ** 63, 2 ** 63 - 1), 'Q': (0, 2 ** 64 - 1)}
_TOO_LARGE = {'b': ('signed char is less than minimum', 'signed char is greater than maximum'),
              'B': ('unsigned byte integer is less than minimum', 'unsigned byte integer is greater than maximum'),
              'h': ('signed short integer is less than minimum', 'signed short integer is greater than maximum'),
              'H': ('unsigned short is less than minimum', 'unsigned short is greater than maximum'),
              'i': ('signed integer is less than minimum', 'signed integer is greater than maximum'),
              'I': ("can't convert negative value to unsigned int", 'unsigned int is greater than maximum'),
              'l': ('Python int too large to convert to C long', ) * 2, 'L': ("can't convert negative value to unsigned int", 'Python int too large to convert to C unsigned long'),
              'q': ('int too big to convert',) * 2, 'Q': ("can't convert negative int to unsigned", 'int too big to convert')}


class array:
    """array(typecode[, initializer])"""
    __tp_name__ = 'array.array'
    __slots__ = ('typecode', '_items', '__weakref__')
    __hash__ = None

    def __init__(self, typecode, initializer=(), /):
        if not isinstance(typecode, str) or len(typecode) != 1:
            raise TypeError(f'array() argument 1 must be a unicode character, not {type(typecode).__name__}'
                            if not isinstance(typecode, str) else 'array() argument 1 must be a unicode character, not a string of length '
                            f'{len(typecode)}')
        if typecode not in typecodes:
            raise ValueError('bad typecode (must be b, B, u, h, H, i, I, l, L, q, Q, f or d)')
        if typecode == 'u':
            import warnings
            warnings.warn("The 'u' type code is deprecated and will be removed in Python 3.16", DeprecationWarning, stacklevel=1)
        self.typecode, self._items = typecode, []
        if isinstance(initializer, str):
            if typecode not in 'uw':
                raise TypeError(f"cannot use a str to initialize an array with typecode '{typecode}'")
            self._items = list(initializer)
        elif isinstance(initializer, (bytes, bytearray)):
            self.frombytes(initializer)
        elif isinstance(initializer, array):
            if typecode in 'uw' and initializer.typecode not in 'uw' or typecode not in 'uw' and initializer.typecode in 'uw':
                raise TypeError(f"cannot use a unicode array to initialize an array with typecode '{typecode}'")
            self._items = [self._checked(x) for x in initializer._items]
        else:
            self.extend(initializer)

    @property
    def itemsize(self):
        return _struct.calcsize('=' + _FORMATS.get(self.typecode, self.typecode))

    def _checked(self, value):
        code = self.typecode
        if code in 'fd':
            if not hasattr(type(value), '__float__') and not hasattr(type(value), '__index__'):
                raise TypeError(f'must be real number, not {_kind(value)}')
            return float(value) if code == 'd' else _struct.unpack('f', _struct.pack('f', float(value)))[0]
        if code in 'uw':
            if not isinstance(value, str):
                raise TypeError(f'array item must be a unicode character, not {_kind(value)}')
            if len(value) != 1:
                raise TypeError(f'array item must be a string of length 1, not a string of length {len(value)}')
            return value
        if not hasattr(type(value), '__index__'):
            raise TypeError(f"'{_kind(value)}' object cannot be interpreted as an integer")
        value = value.__index__()
        low, high = _RANGES[code]
        if not low <= value <= high:
            raise OverflowError(_TOO_LARGE[code][value > high])
        return int(value)

    def append(self, v, /):
        self._items.append(self._checked(v))

    def extend(self, bb, /):
        if isinstance(bb, array):
            if bb.typecode != self.typecode:
                raise TypeError('can only extend with array of same kind')
            self._items.extend(bb._items[:])
            return
        for value in _iterable(bb):
            self._items.append(self._checked(value))

    def fromlist(self, list, /):
        if not isinstance(list, _list):
            raise TypeError('arg must be list')
        self._items += [self._checked(v) for v in list]

    def fromunicode(self, ustr, /):
        if self.typecode not in 'uw':
            raise ValueError("fromunicode() may only be called on unicode type arrays ('u' or 'w')")
        self._items += list(ustr)

    def tounicode(self):
        if self.typecode not in 'uw':
            raise ValueError("tounicode() may only be called on unicode type arrays ('u' or 'w')")
        return ''.join(self._items)

    def frombytes(self, buffer, /):
        data = bytes(buffer)
        if len(data) % self.itemsize:
            raise ValueError('bytes length not a multiple of item size')
        values = _struct.unpack(f'={len(data) // self.itemsize}{_FORMATS.get(self.typecode, self.typecode)}', data)
        self._items += map(chr, values) if self.typecode in 'uw' else values

    def tobytes(self):
        values = map(ord, self._items) if self.typecode in 'uw' else self._items
        return _struct.pack(f'={len(self._items)}{_FORMATS.get(self.typecode, self.typecode)}', *values)

    def fromfile(self, f, n, /):
        data = f.read(n * self.itemsize)
        self.frombytes(data[:len(data) // self.itemsize * self.itemsize])
        if len(data) < n * self.itemsize:
            raise EOFError('read() returned not enough bytes')

    def tofile(self, f, /):
        f.write(self.tobytes())

    def tolist(self):
        return self._items[:]

    def buffer_info(self):
        return id(self._items), len(self._items)

    def byteswap(self):
        size, data = self.itemsize, self.tobytes()
        swapped = b''.join(data[i:i + size][::-1] for i in range(0, len(data), size))
        self._items.clear()
        self.frombytes(swapped)

    def count(self, v, /):
        return self._items.count(v)

    def index(self, v, start=0, stop=9223372036854775807, /):
        try:
            return self._items.index(v, start, stop)
        except ValueError:
            raise ValueError('array.index(x): x not in array') from None

    def insert(self, i, v, /):
        self._items.insert(i, self._checked(v))

    def pop(self, i=-1, /):
        if not self._items:
            raise IndexError('pop from empty array')
        try:
            return self._items.pop(i)
        except IndexError:
            raise IndexError('pop index out of range') from None

    def remove(self, v, /):
        try:
            self._items.remove(v)
        except ValueError:
            raise ValueError('array.remove(x): x not in array') from None

    def reverse(self):
        self._items.reverse()

    def clear(self):
        self._items.clear()

    def _like(self, items):
        made = array(self.typecode)
        made._items = items
        return made

    def __getitem__(self, i):
        if isinstance(i, slice):
            return self._like(self._items[i])
        _index(i)
        try:
            return self._items[i]
        except IndexError:
            raise IndexError('array index out of range') from None

    def __setitem__(self, i, v):
        if isinstance(i, slice):
            if not isinstance(v, array):
                raise TypeError(f'can only assign array (not "{_kind(v)}") to array slice')
            self._items[i] = v._items[:]
            return
        _index(i)
        v = self._checked(v)
        try:
            self._items[i] = v
        except IndexError:
            raise IndexError('array assignment index out of range') from None

    def __delitem__(self, i):
        try:
            del self._items[i]
        except IndexError:
            raise IndexError('array assignment index out of range') from None

    def __len__(self):
        return len(self._items)

    def __iter__(self):
        return iter(self._items)

    def __contains__(self, v):
        return v in self._items

    def __add__(self, other):
        if not isinstance(other, array):
            raise TypeError(f'can only append array (not "{_kind(other)}") to array')
        if other.typecode != self.typecode:
            raise TypeError('bad argument type for built-in operation')
        return self._like(self._items + other._items)

    def __iadd__(self, other):
        if not isinstance(other, array):
            raise TypeError(f'can only extend with array (not "{_kind(other)}")')
        self.extend(other)
        return self

    def __mul__(self, n):
        return self._like(self._items * n)

    __rmul__ = __mul__

    def __imul__(self, n):
        self._items *= n
        return self

    def _compare(self, other, operation):
        return getattr(self._items, operation)(other._items) if isinstance(other, array) else NotImplemented

    def __eq__(self, other):
        return self._compare(other, '__eq__')

    def __ne__(self, other):
        return self._compare(other, '__ne__')

    def __lt__(self, other):
        return self._compare(other, '__lt__')

    def __le__(self, other):
        return self._compare(other, '__le__')

    def __gt__(self, other):
        return self._compare(other, '__gt__')

    def __ge__(self, other):
        return self._compare(other, '__ge__')

    def __copy__(self):
        return self._like(self._items[:])

    def __deepcopy__(self, memo, /):
        return self.__copy__()

    def __reduce_ex__(self, protocol, /):
        return array, (self.typecode, self._items[:])

    def __bytes__(self):
        return self.tobytes()

    def __buffer__(self, flags):
        return memoryview(self.tobytes())

    def __repr__(self):
        if not self._items:
            return f"array('{self.typecode}')"
        return f"array('{self.typecode}', {(''.join(self._items) if self.typecode in 'uw' else self._items)!r})"


_list = list
array.__module__ = 'array'
ArrayType = array


def _kind(value):
    return 'NoneType' if value is None else type(value).__name__


def _iterable(value):
    try:
        return iter(value)
    except TypeError:
        raise TypeError(f"'{_kind(value)}' object is not iterable") from None


def _index(i):
    if not hasattr(type(i), '__index__'):
        raise TypeError('array indices must be integers')
