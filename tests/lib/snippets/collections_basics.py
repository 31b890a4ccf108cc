from collections import *
import collections
from collections import abc
P = namedtuple('P', 'x y', defaults=[0])
p = P(1)
print(p, p.x, p._replace(y=5), p._asdict(), P._fields, P._field_defaults, P._make([3, 4]), P.__doc__, P.x.__doc__, p == (1, 0), P.__match_args__)
for f in (lambda: P(), lambda: P(1, 2, 3), lambda: P(1, z=2), lambda: P._make([1]), lambda: p._replace(q=1), lambda: setattr(p, 'x', 3),
          lambda: namedtuple('A', 'a a'), lambda: namedtuple('A', '_a'), lambda: namedtuple('A', 'class'), lambda: namedtuple('1', 'a'),
          lambda: namedtuple('A', 'a', defaults=[1, 2]), lambda: P(x=1, y=2, x2=3)):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
print(namedtuple('R', 'a def a', rename=True)._fields, P.__module__, hash(p) == hash((1, 0)), P.__slots__, repr(P), P.x)
class Q(P):
    def norm(self): return self.x + self.y
print(Q(3, 4).norm(), Q(3, 4))
match p:
    case P(x, y): print('matched', x, y)

c = Counter('abracadabra')
print(c, c.most_common(2), c['z'], c.total(), list(c.elements()), c + Counter('aab'), c - Counter('aaaaab'), c & Counter('ab'), c | Counter(z=3))
c.update('zz'); c.subtract({'a': 7}); print(c, +c, -c, c == Counter(c), Counter(a=1) <= Counter(a=2), Counter(a=1) < Counter(a=1))
c += Counter('a' * 20); print(c); c -= Counter('aaa'); c |= Counter(q=9); c &= Counter(a=2, q=2); print(c, Counter(), Counter(a=3, b=0).copy())
try: Counter.fromkeys('ab')
except NotImplementedError as e: print(e)
del c['nope']
print(Counter(x=1, y='a') if 0 else Counter([1, 1, 2]), Counter({'a': 2}, b=3))
m = ChainMap({'a': 1}, {'b': 2, 'a': 3})
print(m, m['a'], dict(m), len(m), list(m), m.new_child({'c': 4}), m.parents, 'b' in m, m.get('q', 7), m | {'z': 1}, {'z': 1} | m)
m['n'] = 5
print(m.maps, m.pop('n'))
for f in (lambda: m['zz'], lambda: m.pop('zz'), lambda: m.__delitem__('b'), lambda: ChainMap().popitem()):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
class UD(UserDict):
    def __setitem__(self, k, v): super().__setitem__(k.upper(), v)
u = UD(a=1); u['b'] = 2; u.update({'c': 3})
print(u, u.keys(), list(u.items()), u | {'x': 1}, u.copy(), u.pop('A'), 'B' in u, len(u), u == {'B': 2, 'C': 3}, u.setdefault('k', 5))
ul = UserList([3, 1, 2]); ul.append(0); ul.sort(); print(ul, ul + [1], ul[1:], ul * 2, ul == [0, 1, 2, 3], ul.index(2), type(ul[:1]).__name__, 2 in ul)
us = UserString('hello'); print(us.upper(), us + ' w', us[1], us * 2, us == 'hello', us.split('l'), len(us), type(us.upper()).__name__, us % (), us.find('l'), 'ell' in us, repr(us))
print(defaultdict(int, a=1), deque([1, 2], 3), OrderedDict(a=1))
class S(abc.Set):
    def __init__(self, it): self.l = list(dict.fromkeys(it))
    def __contains__(self, x): return x in self.l
    def __iter__(self): return iter(self.l)
    def __len__(self): return len(self.l)
    def __repr__(self): return f'S({self.l})'
print(S('abc') & S('bcd'), S('ab') | S('c'), S('ab') - S('b'), S('ab') ^ S('bc'), S('a') <= S('ab'), S('ab') == S('ba'), S('a').isdisjoint('b'), S('ab')._hash() == hash(frozenset('ab')))
class M(abc.MutableMapping):
    def __init__(self): self.d = {}
    def __getitem__(self, k): return self.d[k]
    def __setitem__(self, k, v): self.d[k] = v
    def __delitem__(self, k): del self.d[k]
    def __iter__(self): return iter(self.d)
    def __len__(self): return len(self.d)
m = M(); m.update(a=1, b=2); print(m.pop('a'), m.setdefault('c', 3), list(m.items()), m.keys() & {'b'}, m == {'b': 2, 'c': 3}, m.get('x'), m.values(), m.popitem(), 'c' in m)
class Sq(abc.MutableSequence):
    def __init__(self): self.l = []
    def __getitem__(self, i): return self.l[i]
    def __setitem__(self, i, v): self.l[i] = v
    def __delitem__(self, i): del self.l[i]
    def __len__(self): return len(self.l)
    def insert(self, i, v): self.l.insert(i, v)
s = Sq(); s.extend([1, 2, 3]); s += [4]; s.reverse(); print(s.l, s.index(2), s.count(3), s.pop(), list(reversed(s)), 2 in s); s.remove(4); s.clear(); print(s.l)
for cls in (abc.Mapping, abc.Iterator, abc.Coroutine, abc.MutableSet, abc.Generator, abc.AsyncGenerator, abc.Hashable):
    try: cls()
    except TypeError as e: print(e)
def g(): yield
async def co(): pass
async def ag(): yield
k = co()
vals = [1, 'a', [], (), {}, set(), g(), g, k, ag(), range(3), b'', {}.keys(), {}.items(), iter([]), object(), memoryview(b''), deque(), None, type]
for n in abc.__all__:
    if n != 'ByteString':
        print(n, [isinstance(v, getattr(abc, n)) for v in vals])
k.close()
print(issubclass(dict, abc.Mapping), issubclass(list, abc.Sequence), abc.Callable[[int], str], abc.Mapping[str, int], abc.Callable[..., int], abc.Iterable)
print(abc.Callable[[int, str], None].__args__)
import abc as a
class Base(a.ABC):
    @a.abstractmethod
    def f(self): ...
    @property
    @a.abstractmethod
    def g(self): ...
for cls in (Base, type('Half', (Base,), {'f': lambda s: 1})):
    try: cls()
    except TypeError as e: print(e)
class Full(Base):
    def f(self): return 1
    g = 2
print(Full().f(), Base.__abstractmethods__ == {'f', 'g'}, a.ABC, type(Base))
Base.register(int); print(isinstance(5, Base), issubclass(bool, Base))
try: Base.register(5)
except TypeError as e: print(e)
try: issubclass(5, Base)
except TypeError as e: print(e)
