import dataclasses, copy
from dataclasses import *
from typing import ClassVar, Any
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
@dataclass
class P:
    x: int
    y: int = 0
    tags: list = field(default_factory=list)
    secret: str = field(default='s', repr=False, compare=False)
    c: ClassVar[int] = 7
    def total(self): return self.x + self.y
p = P(1, 2)
print(p, p == P(1, 2, secret='t'), p != P(2), p.total(), P.__doc__, P.__match_args__, p.c, [f.name for f in fields(P)], asdict(p), astuple(p), replace(p, x=9), P.__annotations__)
for f in (lambda: P(), lambda: P(1, 2, 3, 4, 5), lambda: P(1, z=2), lambda: P(1, x=2), lambda: hash(p), lambda: p < p, lambda: replace(p, q=1), lambda: fields(3), lambda: asdict(3), lambda: asdict(P),
          lambda: field(default=1, default_factory=list), lambda: replace(3)):
    attempt(f)
print(fields(P)[0])
print(fields(P)[2].default_factory, is_dataclass(P), is_dataclass(p), is_dataclass(3), P.__dataclass_params__)
@dataclass(frozen=True, order=True)
class F:
    a: int
    b: str = 'q'
f = F(1)
print(f, hash(f) == hash((1, 'q')), F(1) < F(2), F(1, 'z') >= F(1, 'a'), sorted([F(3), F(1)]), {f: 1}[F(1)])
attempt(lambda: setattr(f, 'a', 5)); attempt(lambda: delattr(f, 'a')); attempt(lambda: setattr(f, 'zz', 5)); attempt(lambda: F(1) < 3)
@dataclass(slots=True)
class Sl:
    x: int = 3
    y: list = field(default_factory=list)
    def sup(self): return super().__repr__()[:5]
s = Sl(); print(s, Sl.__slots__, hasattr(s, '__dict__')); attempt(s.sup); attempt(lambda: setattr(s, 'zz', 1))
@dataclass(kw_only=True)
class K:
    a: int
    b: int = 1
attempt(lambda: K(1)); print(K(a=1), K.__doc__)
@dataclass
class K2:
    a: int
    _: KW_ONLY
    b: int = 2
    c: str
print(K2(1, c='x'), K2.__match_args__, K2.__doc__); attempt(lambda: K2(1))
@dataclass
class Init:
    a: int
    scale: InitVar[int] = 2
    total: int = field(init=False)
    def __post_init__(self, scale): self.total = self.a * scale
print(Init(3), Init(3, 5), Init.__doc__); attempt(lambda: replace(Init(1), total=3)); print(replace(Init(1), a=4, scale=3), Init.__annotations__['scale'])
@dataclass
class Child(P):
    z: int = 5
print(Child(1, z=2), Child.__mro__[1].__name__, Child(1) == P(1))
def bad1():
    @dataclass
    class B:
        a: int = 1
        b: int
def bad2():
    @dataclass
    class B:
        a: list = []
def bad3():
    @dataclass
    class B(F):
        c: int = 1
def bad4():
    @dataclass(frozen=True)
    class B(P): pass
def bad5():
    @dataclass(order=True)
    class B:
        a: int
        def __lt__(self, o): return 1
def bad6():
    @dataclass(order=True, eq=False)
    class B: a: int
def bad7():
    @dataclass
    class B: a = field(default=1)
def bad8():
    @dataclass(frozen=True)
    class B:
        def __setattr__(self, n, v): pass
for b in (bad1, bad2, bad3, bad4, bad5, bad6, bad7, bad8): attempt(b)
@dataclass
class Node:
    v: int
    kids: list['Node'] = field(default_factory=list)
    m: dict = field(default_factory=dict)
n = Node(1, [Node(2)], {'k': Node(3)}); d = asdict(n); print(d, astuple(n)); n.kids.append(n); print(n)
M = make_dataclass('M', [('x', int), ('y', str, 'd'), 'z0'] if 0 else [('x', int), ('y', str, 'd')], namespace={'dbl': lambda self: self.x * 2}); print(M(2), M(2).dbl(), M.__module__, M)
attempt(lambda: make_dataclass('M', ['class'])); attempt(lambda: make_dataclass('M', ['a', 'a']))
@dataclass(repr=False, eq=False)
class N: a: int
print(N(1) == N(1), repr(N(1))[:12], hash(N(1)) != 0)
@dataclass(unsafe_hash=True)
class UH: a: int = 1
print(hash(UH()) == hash((1,)))
@dataclass
class Own:
    a: int
    def __repr__(self): return 'own'
    def __eq__(self, o): return True
print(Own(1), Own(1) == 5)
@dataclass
class E: pass
print(E(), E() == E(), E.__doc__)
class Outer:
    @dataclass
    class In: q: float = 1.5
print(Outer.In(), Outer.In)
match P(1, 2):
    case P(x, y): print('m', x, y)
print(copy.copy(p), copy.deepcopy(p), copy.replace(p, y=8))
@dataclass
class G:
    a: "int"
    b: "ClassVar[int]" = 3
print(G(1), [f.type for f in fields(G)], G.__doc__)
@dataclass
class Dg:
    f: Any = field(default=1, metadata={'k': 1})
    t: tuple[int, ...] = ()
    o: int | None = None
print(Dg.__doc__, fields(Dg)[0].metadata, Dg())
from collections import namedtuple
print(asdict(Dg(f=namedtuple('NT', 'a')(P(1)))))
