"""array.array and the memoryviews on it: one memory under both."""
import copy
import pickle
import struct
from array import array


def shown(f, *args):
    try:
        return f(*args)
    except (BufferError, IndexError, NotImplementedError, OverflowError, TypeError, ValueError) as e:
        return f'{type(e).__name__}: {e}'


a = array('i', [1, 2, 3])
print(a, a[1], a[::2], a[::-1], len(a), a * 2, a + a, a == array('d', [1, 2, 3]), 3 in a, a < array('i', [1, 3]))
a[0] = 9
a.append(4)
a.extend([5])
a.insert(0, 7)
a[1:3] = array('i', [70, 71, 72])
del a[::3]
print(a, a.pop(), a.index(71), a.count(3), a.typecode, a.itemsize, a.tobytes())
for wrong in ((array, 'i', 'ab'), (array, 'z'), (a.append, 'x'), (a.append, 2**40), (array, 'B', [300]), (array, 'b', [-200]), (a.index, 99),
              (a.__getitem__, 99), (array, 'i', [1.5]), (array, 'd', ['x']), (a.__add__, [1]), (a.frombytes, b'abc'), (array, 'ii'), (array, 3)):
    print(shown(*wrong))
print(array('w', 'h\xe9llo'), array('d', [1, 2.5]), array('f', [0.1]), array('Q', [2**64 - 1]), array('q', b'\xff' * 8), copy.copy(a), pickle.loads(pickle.dumps(a)))

m = memoryview(a)
print(m.format, m.itemsize, m.shape, m.strides, m.nbytes, m.tolist(), m.readonly)
m[0] = 77
m[1:2] = array('i', [-5])
print(a, m == a, shown(m.__setitem__, 0, 2**31), shown(m.__setitem__, 0, 'x'), shown(m.__setitem__, slice(0, 1), b'abcd'))
b = bytearray(b'abcdefgh')
v = memoryview(b)
w = v.cast('H')
w[0] = 0x4142
print(b, w.tolist(), len(w), v.cast('B', (2, 4)).tolist(), v.cast('B', [2, 4])[1, 2], v.cast('B', (2, 4)).strides, v[2:4].obj is b)
print(shown(v.cast, 'zz'), shown(w.cast, 'I'), shown(v[1:].cast, 'H'), shown(v.cast, 'B', (3, 3)), shown(v.cast('B', (2, 4)).__getitem__, 0), shown(v.__getitem__, 99))
r = v.toreadonly()
v[0] = 33
print(r[0], r.readonly, shown(r.__setitem__, 0, 1), hash(memoryview(b'abc')) == hash(b'abc'), shown(hash, v))
struct.pack_into('<i', v, 4, -1)
print(b, bytes(array('h', [1, 2])), b''.join([array('B', b'xy')]), b'x' + array('B', [66]))


class Buffer:
    def __buffer__(self, flags):
        return memoryview(b'mine')


print(bytes(memoryview(Buffer())), shown(memoryview, 3))
