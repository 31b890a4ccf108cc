"""The operators as functions."""
from builtins import abs as _abs

_hidden_frames = True


def lt(a, b, /): return a < b
def le(a, b, /): return a <= b
def eq(a, b, /): return a == b
def ne(a, b, /): return a != b
def ge(a, b, /): return a >= b
def gt(a, b, /): return a > b
def not_(a, /): return not a
def truth(a, /): return True if a else False
def is_(a, b, /): return a is b
def is_not(a, b, /): return a is not b
def abs(a, /): return _abs(a)
def add(a, b, /): return a + b
def and_(a, b, /): return a & b
def floordiv(a, b, /): return a // b
def inv(a, /): return ~a
def lshift(a, b, /): return a << b
def mod(a, b, /): return a % b
def mul(a, b, /): return a * b
def matmul(a, b, /): return a @ b
def neg(a, /): return -a
def or_(a, b, /): return a | b
def pos(a, /): return +a
def pow(a, b, /): return a ** b
def rshift(a, b, /): return a >> b
def sub(a, b, /): return a - b
def truediv(a, b, /): return a / b
def xor(a, b, /): return a ^ b
def contains(a, b, /): return b in a
def getitem(a, b, /): return a[b]
def is_none(a, /): return a is None
def is_not_none(a, /): return a is not None


def index(a, /):
    if isinstance(a, int):
        return int(a)
    method = getattr(type(a), '__index__', None)
    if method is None:
        raise TypeError(f"'{type(a).__name__}' object cannot be interpreted as an integer")
    return method(a)


def concat(a, b, /):
    if not hasattr(a, '__getitem__'):
        raise TypeError(f"'{type(a).__name__}' object can't be concatenated")
    return a + b


def countOf(a, b, /):
    return sum(1 for x in a if x is b or x == b)


def indexOf(a, b, /):
    for i, x in enumerate(a):
        if x is b or x == b:
            return i
    raise ValueError('sequence.index(x): x not in sequence')


def setitem(a, b, c, /):
    a[b] = c


def delitem(a, b, /):
    del a[b]


def length_hint(obj, default=0, /):
    if not isinstance(default, int):
        raise TypeError(f"'{type(default).__name__}' object cannot be interpreted as an integer")
    try:
        return len(obj)
    except TypeError:
        pass
    hint = getattr(type(obj), '__length_hint__', None)
    if hint is None:
        return default
    value = hint(obj)
    return default if value is NotImplemented else value


def call(obj, /, *args, **kwargs):
    return obj(*args, **kwargs)


class attrgetter:
    """attrgetter('a.b')(x) is x.a.b; with several names, a tuple."""

    def __init__(self, attr, /, *attrs):
        self._attrs = (attr, *attrs)
        for a in self._attrs:
            if not isinstance(a, str):
                raise TypeError('attribute name must be a string')
        self._paths = [a.split('.') for a in self._attrs]

    def __call__(self, obj, /):
        result = []
        for path in self._paths:
            value = obj
            for name in path:
                value = getattr(value, name)
            result.append(value)
        return result[0] if len(result) == 1 else tuple(result)

    def __repr__(self):
        return f'operator.attrgetter({", ".join(map(repr, self._attrs))})'

    def __reduce__(self):
        return self.__class__, self._attrs


class itemgetter:
    """itemgetter(k)(x) is x[k]; with several keys, a tuple."""

    def __init__(self, item, /, *items):
        self._items = (item, *items)

    def __call__(self, obj, /):
        if len(self._items) == 1:
            return obj[self._items[0]]
        return tuple([obj[i] for i in self._items])

    def __repr__(self):
        return f'operator.itemgetter({", ".join(map(repr, self._items))})'

    def __reduce__(self):
        return self.__class__, self._items


class methodcaller:
    """methodcaller(name, *args)(x) is x.name(*args)."""

    def __init__(self, name, /, *args, **kwargs):
        if not isinstance(name, str):
            raise TypeError('method name must be a string')
        self._name, self._args, self._kwargs = name, args, kwargs

    def __call__(self, obj, /):
        return getattr(obj, self._name)(*self._args, **self._kwargs)

    def __repr__(self):
        parts = [repr(self._name), *map(repr, self._args), *(f'{k}={v!r}' for k, v in self._kwargs.items())]
        return f'operator.methodcaller({", ".join(parts)})'


def _inplace(source):
    """The in-place operators, one function each, from name=operator pairs."""
    for pair in source.split():
        name, op = pair.split(':')
        exec(f'def {name}(a, b, /):\n    a {op}= b\n    return a', globals())


_inplace('iadd:+ iand:& ifloordiv:// ilshift:<< imod:% imul:* imatmul:@ ior:| ipow:** irshift:>> isub:- itruediv:/ ixor:^ iconcat:+')
invert = inv
__all__ = [n for n in globals() if not n.startswith('_')]
__lt__, __le__, __eq__, __ne__, __ge__, __gt__, __not__, __abs__, __add__, __and__ = lt, le, eq, ne, ge, gt, not_, abs, add, and_
__call__, __floordiv__, __index__, __inv__, __invert__, __lshift__, __mod__, __mul__ = call, floordiv, index, inv, invert, lshift, mod, mul
__matmul__, __neg__, __or__, __pos__, __pow__, __rshift__, __sub__, __truediv__, __xor__ = matmul, neg, or_, pos, pow, rshift, sub, truediv, xor
__concat__, __contains__, __delitem__, __getitem__, __setitem__ = concat, contains, delitem, getitem, setitem
