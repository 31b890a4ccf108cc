import typing
from typing import *
import collections.abc
T = TypeVar('T'); K = TypeVar('K', bound=int); Co = TypeVar('Co', covariant=True); Ps = ParamSpec('Ps'); Ts = TypeVarTuple('Ts')
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
for x in (List, List[int], Dict[str, List[int]], Optional[int], Optional['Foo'], Union[int, str], Union[int, str, None], Union[int, int], Union[int, None], Callable[[int, str], bool], Callable[..., int],
          Callable, Callable[[], None], Tuple[int, ...], Tuple[()], Tuple[int, str], Tuple, Any, Type[int], Set[str], FrozenSet, Iterable[T], Iterator[int], Awaitable[int], Coroutine[Any, Any, int],
          AsyncIterator[int], AsyncGenerator[int, None], AsyncGenerator[int], Generator[int], Generator[int, str, None], Literal[1, 'a', None], ClassVar[int], Final[int], Annotated[int, 'm', 3], NoReturn, Self, T, K, Co, Ps,
          Mapping[str, Any], DefaultDict[str, int], Deque[int], Counter[str], ChainMap[str, int], Hashable, Sized, ContextManager[int], AsyncContextManager[int], AnyStr, Text, LiteralString, Never,
          TypeGuard[int], Concatenate[int, Ps], Callable[Concatenate[int, Ps], T], Callable[Ps, T], Required[int], Unpack[Ts], NoDefault, ForwardRef('X'), Union[List[int], Dict[str, T]], Optional[Callable[[int], str]],
          int | None, List[int] | None, Optional[int] | str, T | None, Literal['a'] | Literal['b'], Sequence[Tuple[int, str]], Pattern[str], TypeAlias, Collection, Reversible[int], List['int']):
    print(x)
print(List[int] == List[int], hash(List[int]) == hash(List[int]), Union[int, str] == Union[str, int], Optional[int] == int | None, List[T][int], Dict[K, T][int, str], Callable[[T], T][int], Callable[Ps, T][[int, str], bool])
print(get_origin(List[int]), get_args(Dict[str, int]), get_args(Callable[[int], str]), get_args(Optional[int]), get_origin(Optional[int]), get_origin(int | str), get_args(int | str), get_origin(Annotated[int, 1]), get_args(Annotated[int, 1]), get_origin(list[int]), get_origin(int), get_args(List), get_args(Literal[1, 2]), get_origin(Callable))
print(isinstance([], List), isinstance(1, Union[int, str]), issubclass(dict, Mapping), isinstance({}, collections.abc.Mapping))
for f in (lambda: isinstance([], List[int]), lambda: Union[()], lambda: List[int, str], lambda: Any(), lambda: isinstance(1, Any), lambda: Optional[int, str], lambda: Callable[int], lambda: List(), lambda: Dict[int], lambda: Literal[1](), lambda: List[int][str],
          lambda: TypeVar('A', int), lambda: TypeVar('A', int, str, bound=int), lambda: Generator[int, int, int, int], lambda: Hashable[int], lambda: ClassVar[int, str], lambda: Union(), lambda: Generic[int], lambda: Generic[T, T],
          lambda: type('X', (Generic,), {}), lambda: Annotated[int], lambda: Callable[int, str]):
    attempt(f)
class Box(Generic[T]):
    def __init__(self, v: T): self.v = v
    def get(self) -> T: return self.v
print(Box[int], Box[int](3).v, Box(3).__class__, Box.__parameters__, Box[int].__origin__, Box[int](4).__orig_class__, Box.__orig_bases__, Box[T][str], Box.__mro__)
attempt(lambda: Box[int, str])
class Sub(Box[int]): pass
print(Sub(2).get(), Sub.__mro__, Sub.__parameters__, Sub.__orig_bases__); attempt(lambda: Sub[int])
class Two(Generic[T, K]): pass
print(Two[str, int], Two.__parameters__)
class MyList(List[int]): pass
print(MyList([1, 2]), MyList.__mro__)
class MyD(Dict[str, T]): pass
print(MyD[int], MyD(a=1))
class It(Iterable[T]):
    def __iter__(self): return iter([1])
print(list(It()), It.__mro__[1:])
@runtime_checkable
class HasLen(Protocol):
    def __len__(self) -> int: ...
class Named(Protocol):
    name: str
@runtime_checkable
class Data(Protocol):
    name: str
    def go(self): ...
class Impl:
    name = 'x'
    def go(self): pass
class Ex(Named):
    name = 'q'
print(isinstance([], HasLen), isinstance(3, HasLen), issubclass(list, HasLen), isinstance(Impl(), Data), isinstance(3, Data), Ex().name, isinstance(5, SupportsInt), isinstance('a', SupportsInt), isinstance(5, SupportsIndex))
for f in (lambda: isinstance(3, Named), lambda: Named(), lambda: issubclass(Impl, Data), lambda: HasLen(), lambda: runtime_checkable(Impl)): attempt(f)
class GP(Protocol[T]):
    def get(self) -> T: ...
print(GP[int], GP.__parameters__)
class NT(NamedTuple):
    "doc nt"
    x: int
    y: str = 'd'
    def both(self): return (self.x, self.y)
    @property
    def sx(self): return self.x * 2
print(NT(1), NT(1).both(), NT(1, 'z').sx, NT._fields, NT._field_defaults, NT.__annotations__, NT.__doc__, NT.__mro__, NT(1) == (1, 'd'), NT.__module__)
attempt(lambda: NT()); attempt(lambda: NT(1, 2, 3))
def badnt():
    class B(NamedTuple):
        a: int = 1
        b: str
attempt(badnt)
N2 = NamedTuple('N2', [('a', int), ('b', str)]); print(N2(1, 'x'), N2.__annotations__)
class TD(TypedDict):
    a: int
    b: NotRequired[str]
class TD2(TD, total=False):
    c: float
print(TD(a=1), TD2.__annotations__, sorted(TD2.__required_keys__), sorted(TD2.__optional_keys__), TD.__total__, is_typeddict(TD), type(TD(a=1)), TypedDict('X', {'q': int})(q=1)); attempt(lambda: isinstance({}, TD))
UserId = NewType('UserId', int); print(UserId(5), UserId, UserId.__supertype__, UserId.__name__)
class Tree:
    left: 'Optional[Tree]'
    n: int
    s: Annotated[int, 'm']
    def f(self, a: 'int', b: 'List[Tree]' = None) -> 'None': ...
print(get_type_hints(Tree), get_type_hints(Tree.f), get_type_hints(Tree, include_extras=True))
@overload
def ov(a: int) -> int: ...
@overload
def ov(a: str) -> str: ...
def ov(a): return a
print(ov(1), len(get_overloads(ov)), cast(int, 'a'), assert_type(3, int))
@final
class Fi:
    @override
    def m(self): ...
print(Fi.__final__, Fi.m.__override__, TYPE_CHECKING, T.__bound__, K.__bound__, T.__constraints__, T.__name__, T.__module__, Ps.args, Ps.kwargs, TypeVar('D', default=int).__default__, T.has_default())
attempt(lambda: assert_never(3))
def pep695[A: int, B: (int, str), *C, **D](x: A) -> A: return x
print(pep695(3), pep695.__type_params__)
type Alias[Z] = list[Z]
print(Alias, Alias.__value__, Alias[int], Alias.__type_params__)
print(type(List[int]).__name__, List[int].__name__, List.__name__, Optional.__class__.__name__, typing.Union, typing.Optional, isinstance(T, TypeVar), Any)
from typing import IO, TextIO
print(IO[str], TextIO, Generic, Protocol, [n for n in ('Awaitable', 'Text') if n in typing.__all__])
