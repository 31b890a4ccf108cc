import enum
from enum import *

class Color(Enum):
    RED = 1
    GREEN = 2
    BLUE = 3
    CRIMSON = 1
    def describe(self): return f'{self.name}={self.value}'
    @property
    def pretty(self): return self.name.title()
    @classmethod
    def default(cls): return cls.GREEN
    @staticmethod
    def s(): return 5
print(Color.RED, repr(Color.RED), Color(2), Color['BLUE'], Color.CRIMSON is Color.RED, list(Color), len(Color), Color.RED.describe(), Color.BLUE.pretty, Color.default(), Color.s())
print(Color.__members__, Color, type(Color), Color.RED in Color, 2 in Color, 9 in Color, isinstance(Color.RED, Color), Color.RED == 1, hash(Color.RED) == hash('RED'))
print(f'{Color.RED}', f'{Color.RED:>12}', '%s' % Color.RED, Color.RED.name, Color.RED.value, {Color.RED: 1}, list(reversed(Color)), bool(Color.RED))
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e, '|', repr(e.__context__))
attempt(lambda: Color(9))
attempt(lambda: Color['X'])
attempt(lambda: setattr(Color, 'RED', 5))
attempt(lambda: setattr(Color.RED, 'value', 5))
attempt(lambda: setattr(Color.RED, 'name', 5))
attempt(lambda: delattr(Color, 'RED'))
attempt(lambda: type('More', (Color,), {}))
attempt(lambda: Color.RED < Color.BLUE)
attempt(lambda: Color())
attempt(lambda: Color.NOPE)
attempt(lambda: Enum('E', 'a a'))
def redefine():
    class E(Enum):
        A = 1
        A = 2
attempt(redefine)
class A(Enum):
    X = auto()
    Y = auto()
    Z = 10
    W = auto()
print([(m.name, m.value) for m in A])
class Named(Enum):
    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        return name.lower() + str(count)
    P = auto()
    Q = auto()
print(list(Named))
class I(IntEnum):
    ONE = 1
    TWO = 2
print(I.ONE, repr(I.ONE), I.ONE + 1, I.TWO > I.ONE, sorted([I.TWO, I.ONE]), f'{I.ONE}', f'{I.TWO:03d}', I(2), I.ONE == 1, [10, 20, 30][I.ONE], '%d' % I.TWO, max(I), int(I.ONE), I.ONE | 2, str(I.TWO))
class S(StrEnum):
    FOO = auto()
    BAR = 'bar!'
print(S.FOO, repr(S.FOO), S.FOO == 'foo', S.BAR.upper(), f'{S.BAR:>6}', S('foo'), 'foo' in S)
attempt(lambda: StrEnum('Bad', {'A': 1}))
class Mix(str, Enum):
    A = 'a'
    B = 'b'
print(Mix.A, repr(Mix.A), f'{Mix.A}', Mix.A == 'a', Mix('b'), Mix.A + 'x')
class Planet(Enum):
    EARTH = (5.97, 6.37)
    MARS = (0.64, 3.39)
    def __init__(self, mass, radius):
        self.mass, self.radius = mass, radius
    def g(self): return round(self.mass / self.radius, 3)
print(Planet.EARTH, Planet.MARS.mass, Planet.EARTH.g(), Planet((0.64, 3.39)), repr(Planet.MARS))
class Perm(Flag):
    R = auto()
    W = auto()
    X = auto()
    RW = R | W
print(Perm.R | Perm.X, repr(Perm.R | Perm.X), Perm.RW, list(Perm), list(Perm.RW), Perm.R in Perm.RW, Perm.X in Perm.RW, ~Perm.R, Perm(0), repr(Perm(0)), bool(Perm(0)), Perm.R & Perm.W, Perm.RW ^ Perm.R, len(Perm.RW), Perm(5), Perm, (Perm.R | Perm.X).value, (Perm.R | Perm.X).name, Perm['RW'], ~Perm(0), Perm.__members__)
attempt(lambda: Perm(16))
attempt(lambda: Perm('a'))
attempt(lambda: Perm.R | 1)
attempt(lambda: 1 in Perm.R)
attempt(lambda: Perm.R + 1)
class IF(IntFlag):
    A = 1
    B = 2
    C = 4
print(IF.A | IF.B, repr(IF.A | IF.B), IF.A | 8, repr(IF.A | 8), IF(7), ~IF.A, repr(~IF.A), IF.A + 1, IF.A == 1, repr(IF(0)), IF(16), repr(IF(16)), list(IF(7)), 5 & IF.C, IF.A | 2, isinstance(IF.A | 2, IF))
for b in (CONFORM, EJECT, KEEP, STRICT):
    F = Flag('F', 'A B', boundary=b)
    attempt(lambda: repr(F(9)))
    attempt(lambda: repr(~F.A))
E = Enum('E', 'a b c'); print(list(E), E.a, E.__module__, E.__qualname__)
print(list(Enum('G', ['x', 'y'], start=5)), list(Enum('H', [('p', 1), ('q', 7)])), list(Enum('J', {'m': 'n'})), IntEnum('K', 'a b').b + 1, list(Enum('T', 'a b', type=int)))
@unique
class U(Enum):
    A = 1
    B = 2
def dup():
    @unique
    class U2(Enum):
        A = 1
        B = 1
        C = 1
attempt(dup)
class Miss(Enum):
    A = 1
    @classmethod
    def _missing_(cls, value):
        return cls.A if value == 'alpha' else None
print(Miss('alpha'))
attempt(lambda: Miss('beta'))
class WithMember(Enum):
    @member
    class Inner: pass
    b = nonmember(5)
    f = member(lambda x: x)
print(len(WithMember), WithMember.b)
class Ig(Enum):
    _ignore_ = 'i'
    for i in range(3):
        vars()[f'n{i}'] = i
print(list(Ig))
class Unh(Enum):
    A = [1]
    B = [2]
print(Unh([2]), [1] in Unh, repr(Unh.A))
import copy
print(copy.deepcopy(Color.RED) is Color.RED, copy.copy(Perm.RW) is Perm.RW)
print(dir(Color.RED), [n for n in dir(Color) if not n.startswith('_')])
match Color.RED:
    case Color.GREEN: print('g')
    case Color.RED: print('r')
class Base(Enum):
    def hello(self): return 'hi ' + self.name
class Derived(Base):
    K = 3
print(Derived.K.hello())
attempt(lambda: Base(1))
from dataclasses import dataclass
@dataclass
class DM:
    size: str
    legs: int = 4
class Animal(DM, Enum):
    BEETLE = 'small', 6
    DOG = 'medium'
print(repr(Animal.DOG), Animal.BEETLE.legs)
class Ordered(Enum):
    _order_ = 'A B'
    A = 1
    B = 2
class NV(Enum):
    def __new__(cls, v, label):
        o = object.__new__(cls); o._value_ = v; o.label = label; return o
    A = (1, 'first')
    B = (2, 'second')
print(NV(2).label, list(NV))
class Nm(Enum):
    name = 'n'
    value = 'v'
print(list(Nm), Nm.name.value if 0 else '')
print(Color.RED.RED if False else '', Color.__doc__, Color.RED.__class__, enum.EnumMeta is EnumType, S.FOO.__reduce_ex__(2)[1])
