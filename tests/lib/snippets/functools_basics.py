import functools
from functools import *

@lru_cache(maxsize=2)
def f(x, y=1):
    "doc"
    print('call', x, y)
    return x * y

print(f(1), f(1), f(2), f(3), f(1), f(x=1), f.cache_info(), f.cache_parameters(), f.__doc__, f.__wrapped__ is not f)
f.cache_clear()
print(f.cache_info())
try:
    f([1])
except TypeError as e:
    print(e)
for bad in ('x',):
    try:
        lru_cache(bad)
    except TypeError as e:
        print(e)

@cache
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(60), fib.cache_info())
print(repr(fib)[:40])

@lru_cache(typed=True)
def t(x):
    return type(x)
print(t(1), t(1.0), t(True), t.cache_info())

class C:
    def __init__(self): self.n = 0
    @lru_cache
    def m(self, a): return a + 1
    @cached_property
    def p(self):
        self.n += 1
        return self.n
    def base(self, a, b=0): return (a, b)
    part = partialmethod(base, 5, b=7)
c = C()
print(c.m(1), c.m(1), C.m.cache_info(), c.p, c.p, c.__dict__, c.part(), C.__dict__['part'])
del c.p
print(c.p)
print(C.p.__class__.__name__)

@total_ordering
class V:
    def __init__(self, v): self.v = v
    def __eq__(self, o): return self.v == o.v if isinstance(o, V) else NotImplemented
    def __lt__(self, o): return self.v < o.v if isinstance(o, V) else NotImplemented
print(V(1) <= V(1), V(1) > V(2), V(2) >= V(1), V(1) < V(2))
try:
    V(1) <= 3
except TypeError as e:
    print(e)
try:
    total_ordering(type('X', (), {}))
except ValueError as e:
    print(e)

@singledispatch
def show(x):
    "generic"
    return f'object {x!r}'
@show.register
def _(x: int): return f'int {x}'
@show.register(list)
@show.register(tuple)
def _(x): return f'seq {len(x)}'
@show.register
def _(x: float | complex): return f'num {x}'
show.register(dict, lambda d: 'dict')
from collections.abc import Sized, Mapping
@show.register(Sized)
def _(x): return 'sized'
for x in (1, True, 'abc', [1], (1, 2), 1.5, 1j, {}, None, {1}):
    print(show(x))
print(show.dispatch(bool), show.registry.keys() >= {int, list}, show.__name__, show.__doc__) if 0 else print(show.__name__, show.__doc__)
for bad in (lambda: show(), lambda: show.register(5), lambda: show.register(lambda x: x)):
    try:
        bad()
    except TypeError as e:
        print(type(e).__name__, str(e)[:60])

class D:
    @singledispatchmethod
    def go(self, x): raise NotImplementedError('no')
    @go.register
    def _(self, x: int): return ('int', x)
    @go.register
    def _(self, x: str): return ('str', x)
print(D().go(1), D().go('a'))
try:
    D().go(1.0)
except NotImplementedError as e:
    print(e)

def w(f):
    @wraps(f)
    def inner(*a, **k):
        "inner"
        return f(*a, **k)
    return inner
@w
def named(a: int) -> str:
    "my doc"
    return str(a)
print(named.__name__, named.__doc__, named.__annotations__, named(3), named.__wrapped__(4), named.__qualname__)
p = partial(print, 'a', sep='-')
p('b', 'c')
print(p, p.func is print, p.args, p.keywords)
print(reduce(lambda a, b: a * b, [1, 2, 3, 4]), sorted([3, 1, 2], key=cmp_to_key(lambda a, b: b - a)))
class Sl:
    __slots__ = ()
    @cached_property
    def z(self): return 1
try:
    Sl().z
except TypeError as e:
    print(e)
try:
    class Two:
        @cached_property
        def a(self): return 1
        b = a
except (TypeError, RuntimeError) as e:
    print(type(e).__name__, e)
