"""Type hints: inert objects with CPython's reprs. Protocols, NamedTuple, TypedDict and rare helpers load on first use from _typing_more."""
import sys

TYPE_CHECKING = False
_Builtin = type(list[int])
_Union = type(int | str)
_NoneType = type(None)

# name: (origin, parameter count, inst); the origin is module.name, made when first asked for
_ALIASES = {'Hashable': ('collections.abc.Hashable', 0), 'Awaitable': ('collections.abc.Awaitable', 1), 'Coroutine': ('collections.abc.Coroutine', 3),
            'AsyncIterable': ('collections.abc.AsyncIterable', 1), 'AsyncIterator': ('collections.abc.AsyncIterator', 1),
            'Iterable': ('collections.abc.Iterable', 1), 'Iterator': ('collections.abc.Iterator', 1), 'Reversible': ('collections.abc.Reversible', 1),
            'Sized': ('collections.abc.Sized', 0), 'Container': ('collections.abc.Container', 1), 'Collection': ('collections.abc.Collection', 1),
            'AbstractSet': ('collections.abc.Set', 1), 'MutableSet': ('collections.abc.MutableSet', 1), 'Mapping': ('collections.abc.Mapping', 2),
            'MutableMapping': ('collections.abc.MutableMapping', 2), 'Sequence': ('collections.abc.Sequence', 1),
            'MutableSequence': ('collections.abc.MutableSequence', 1), 'ByteString': ('collections.abc.ByteString', 0),
            'List': ('builtins.list', 1), 'Deque': ('collections.deque', 1), 'Set': ('builtins.set', 1), 'FrozenSet': ('builtins.frozenset', 1),
            'MappingView': ('collections.abc.MappingView', 1), 'KeysView': ('collections.abc.KeysView', 1), 'ItemsView': ('collections.abc.ItemsView', 2),
            'ValuesView': ('collections.abc.ValuesView', 1), 'ContextManager': ('contextlib.AbstractContextManager', 2),
            'AsyncContextManager': ('contextlib.AbstractAsyncContextManager', 2), 'Dict': ('builtins.dict', 2), 'DefaultDict': ('collections.defaultdict', 2),
            'OrderedDict': ('collections.OrderedDict', 2), 'Counter': ('collections.Counter', 1), 'ChainMap': ('collections.ChainMap', 2),
            'Generator': ('collections.abc.Generator', 3), 'AsyncGenerator': ('collections.abc.AsyncGenerator', 2), 'Type': ('builtins.type', 1),
            'Pattern': ('re.Pattern', 1), 'Match': ('re.Match', 1), 'Tuple': ('builtins.tuple', -1), 'Callable': ('collections.abc.Callable', 2)}
_DEFAULTS = {'Generator': (_NoneType, _NoneType), 'AsyncGenerator': (_NoneType,), 'ContextManager': (bool | None,), 'AsyncContextManager': (bool | None,)}
_MORE = ('Protocol', 'NamedTuple', 'TypedDict', 'SupportsInt', 'SupportsFloat', 'SupportsComplex', 'SupportsBytes', 'SupportsIndex', 'SupportsAbs',
         'SupportsRound', 'runtime_checkable', 'is_protocol', 'get_protocol_members', 'is_typeddict', 'get_type_hints', 'NewType', 'IO', 'TextIO', 'BinaryIO',
         'overload', 'get_overloads', 'clear_overloads', 'no_type_check', 'no_type_check_decorator', 'dataclass_transform', 'assert_never', 'reveal_type',
         'ParamSpecArgs', 'ParamSpecKwargs', 'override', 'final')
__all__ = ['Annotated', 'Any', 'Callable', 'ClassVar', 'Concatenate', 'Final', 'ForwardRef', 'Generic', 'Literal', 'Optional', 'ParamSpec', 'Tuple',
           'Type', 'TypeVar', 'TypeVarTuple', 'Union', 'AnyStr', 'assert_type', 'cast', 'get_args', 'get_origin', 'LiteralString', 'Never',
           'NoReturn', 'NotRequired', 'ReadOnly', 'Required', 'Self', 'Text', 'TYPE_CHECKING', 'TypeAlias', 'TypeGuard', 'TypeIs', 'TypeAliasType',
           'Unpack', 'NoDefault', *_ALIASES, *_MORE]


def __getattr__(name):
    if name in _ALIASES:
        value = _SpecialGenericAlias(name, *_ALIASES[name])
    elif name in _MORE or name in ('_ProtocolMeta', '_TypedDictMeta', 'NamedTupleMeta'):
        import _typing_more
        value = getattr(_typing_more, name)
    elif name == 'AnyStr':
        value = TypeVar('AnyStr', bytes, str)
    else:
        raise AttributeError(f"module 'typing' has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__():
    return sorted(set(globals()) | set(__all__))


def _type_repr(obj):
    if isinstance(obj, type) and not isinstance(obj, _Builtin):
        if obj.__module__ == 'builtins':
            return obj.__qualname__
        return f'{obj.__module__}.{obj.__qualname__}'
    if obj is ...:
        return '...'
    if isinstance(obj, tuple):
        return '[' + ', '.join(map(_type_repr, obj)) + ']'
    if type(obj).__name__ in ('function', 'builtin_function_or_method'):
        return obj.__name__
    return repr(obj)


def _type_check(arg, msg, allow_special=False):
    if arg is None:
        return _NoneType
    if isinstance(arg, str):
        return ForwardRef(arg)
    if isinstance(arg, _GenericAlias) and arg.__origin__ in (Generic, ClassVar, Final) and not allow_special:
        raise TypeError(f'{arg} is not valid as type argument')
    if arg in (Any, LiteralString, NoReturn, Never, Self, TypeAlias):
        return arg
    if arg is Generic or arg is globals().get('Protocol') or isinstance(arg, _SpecialForm) and not allow_special:
        raise TypeError(f'Plain {arg} is not valid as type argument')
    if type(arg) is tuple:
        raise TypeError(f'{msg} Got {arg!r:.100}.')
    return arg


class NoDefaultType:
    def __repr__(self):
        return 'typing.NoDefault'

    def __reduce__(self):
        return 'NoDefault'


NoDefault = NoDefaultType()


class _Or:
    """X | Y for everything that may stand in an annotation."""

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]


class _SpecialForm(_Or):
    def __init__(self, name, getitem=None, doc=None):
        self._name = self.__name__ = self.__qualname__ = name
        self._getitem = getitem
        self.__doc__ = doc

    @property
    def __module__(self):
        return 'typing'

    def __repr__(self):
        return 'typing.' + self._name

    def __reduce__(self):
        return self._name

    def __mro_entries__(self, bases):
        raise TypeError(f'Cannot subclass {self!r}')

    def __call__(self, *args, **kwds):
        raise TypeError(f'Cannot instantiate {self!r}')

    def __instancecheck__(self, obj):
        raise TypeError(f'{self} cannot be used with isinstance()')

    def __subclasscheck__(self, cls):
        raise TypeError(f'{self} cannot be used with issubclass()')

    def __getitem__(self, parameters):
        if self._getitem is None:
            raise TypeError(f'{self} is not subscriptable')
        return self._getitem(self, parameters)


class _AnyMeta(type):
    def __instancecheck__(self, obj):
        if self is Any:
            raise TypeError('typing.Any cannot be used with isinstance()')
        return super().__instancecheck__(obj)

    def __repr__(self):
        return 'typing.Any' if self is Any else super().__repr__()


class Any(metaclass=_AnyMeta):
    """Special type indicating an unconstrained type."""

    def __new__(cls, *args, **kwargs):
        if cls is Any:
            raise TypeError('Any cannot be instantiated')
        return super().__new__(cls)


class ForwardRef(_Or):
    """Internal wrapper to hold a forward reference."""

    def __init__(self, arg, is_argument=True, module=None, *, is_class=False):
        if not isinstance(arg, str):
            raise TypeError(f'Forward reference must be a string -- got {arg!r}')
        try:
            compile(f'({arg})' if not arg.startswith('*') else f'({arg},)[0]', '<string>', 'eval')
        except SyntaxError:
            raise SyntaxError(f'Forward reference must be an expression -- got {arg!r}') from None
        self.__forward_arg__ = arg
        self.__forward_module__ = module
        self.__forward_evaluated__ = False
        self.__forward_value__ = None
        self.__forward_is_class__ = is_class

    def _evaluate(self, globalns, localns):
        if globalns is None and localns is None:
            globalns = localns = {}
        elif globalns is None:
            globalns = localns
        elif localns is None:
            localns = globalns
        value = eval(self.__forward_arg__, globalns, localns)
        return _NoneType if value is None else ForwardRef(value)._evaluate(globalns, localns) if isinstance(value, str) else value

    def __eq__(self, other):
        if not isinstance(other, ForwardRef):
            return NotImplemented
        return self.__forward_arg__ == other.__forward_arg__ and self.__forward_module__ == other.__forward_module__

    def __hash__(self):
        return hash((self.__forward_arg__, self.__forward_module__))

    def __repr__(self):
        module = '' if self.__forward_module__ is None else f', module={self.__forward_module__!r}'
        return f'ForwardRef({self.__forward_arg__!r}{module})'


class _TypeParameter(_Or):
    """What TypeVar, ParamSpec and TypeVarTuple share; bounds given as thunks are computed when first read."""

    def __init__(self, name, default):
        self.__name__ = name
        self._default = default
        module = sys._getframemodulename(2)
        if module != 'typing':
            self.__module__ = module

    def _lazy(self, field):
        value = getattr(self, field)
        if isinstance(value, _Thunk):
            value = value.function()
            setattr(self, field, value)
        return value

    @property
    def __default__(self):
        return self._lazy('_default')

    def has_default(self):
        return self._default is not NoDefault

    def __mro_entries__(self, bases):
        raise TypeError(f'Cannot subclass an instance of {type(self).__name__}')

    def __repr__(self):
        mark = '' if getattr(self, '__infer_variance__', True) else '+' if self.__covariant__ else '-' if self.__contravariant__ else '~'
        return mark + self.__name__

    def __reduce__(self):
        return self.__name__

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self


class _Thunk:
    def __init__(self, function):
        self.function = function


def _variance(self, covariant, contravariant, infer_variance):
    if covariant and contravariant:
        raise ValueError('Bivariant types are not supported.')
    if infer_variance and (covariant or contravariant):
        raise ValueError('Variance cannot be specified with infer_variance.')
    self.__covariant__, self.__contravariant__, self.__infer_variance__ = bool(covariant), bool(contravariant), bool(infer_variance)


class TypeVar(_TypeParameter):
    """Type variable."""

    def __init__(self, name, *constraints, bound=None, default=NoDefault, covariant=False, contravariant=False, infer_variance=False):
        super().__init__(name, default)
        if constraints and bound is not None:
            raise TypeError('Constraints cannot be combined with bound=...')
        if len(constraints) == 1:
            raise TypeError('A single constraint is not allowed')
        self._constraints = tuple(_type_check(c, 'TypeVar(name, constraint, ...): constraints must be types.') for c in constraints)
        self._bound = bound if isinstance(bound, _Thunk) or bound is None else _type_check(bound, 'Bound must be a type.')
        _variance(self, covariant, contravariant, infer_variance)

    @property
    def __bound__(self):
        return self._lazy('_bound')

    @property
    def __constraints__(self):
        return self._lazy('_constraints')

    def __typing_subst__(self, arg):
        return _type_check(arg, 'Parameters to generic types must be types.')


class ParamSpec(_TypeParameter):
    """Parameter specification variable."""

    def __init__(self, name, *, bound=None, default=NoDefault, covariant=False, contravariant=False, infer_variance=False):
        super().__init__(name, default)
        self.__bound__ = bound
        _variance(self, covariant, contravariant, infer_variance)

    @property
    def args(self):
        return __getattr__('ParamSpecArgs')(self)

    @property
    def kwargs(self):
        return __getattr__('ParamSpecKwargs')(self)

    def __typing_subst__(self, arg):
        return tuple(arg) if isinstance(arg, list) else arg


class TypeVarTuple(_TypeParameter):
    """A specialized form of type variable that enables variadic generics."""

    def __init__(self, name, *, default=NoDefault):
        super().__init__(name, default)

    def __iter__(self):
        yield Unpack[self]

    def __typing_subst__(self, arg):
        raise TypeError('Substitution of bare TypeVarTuple is not supported')


for _c in (TypeVar, ParamSpec, TypeVarTuple, NoDefaultType):
    _c.__module__ = 'typing'


def _type_param(kind, name, bound=None, constraints=None, default=None):
    """A type parameter of the [T] syntax; thunks are functions without arguments."""
    default = NoDefault if default is None else _Thunk(default)
    if kind == '*':
        return TypeVarTuple(name, default=default)
    if kind == '**':
        return ParamSpec(name, default=default, infer_variance=True)
    t = TypeVar(name, bound=None if bound is None else _Thunk(bound), default=default, infer_variance=True)
    if constraints is not None:
        t._constraints = _Thunk(constraints)
    return t


def _type_alias(name, params, value):
    """What `type name[params] = …` makes."""
    return TypeAliasType(name, _Thunk(value), type_params=tuple(params))


def _generic_base(params):
    """The base that `class C[params]` has besides those written."""
    return Generic[tuple(Unpack[p] if isinstance(p, TypeVarTuple) else p for p in params)]


class TypeAliasType(_Or):
    """Type alias."""

    def __init__(self, name, value, *, type_params=()):
        self.__name__ = name
        self._value = value
        self.__type_params__ = self.__parameters__ = type_params
        self.__module__ = sys._getframemodulename(1)

    @property
    def __value__(self):
        if isinstance(self._value, _Thunk):
            self._value = self._value.function()
        return self._value

    def __getitem__(self, args):
        if not self.__type_params__:
            raise TypeError('Only generic type aliases are subscriptable')
        return _Builtin(self, args)

    def __repr__(self):
        return self.__name__


def _flatten_params(args):
    """Type parameters in order of first appearance."""
    found = []
    for a in args:
        if isinstance(a, type) and not isinstance(a, _Builtin):
            continue
        if isinstance(a, (tuple, list)):
            inner = _flatten_params(a)
        elif isinstance(a, _TypeParameter):
            inner = (a,)
        else:
            inner = getattr(a, '__parameters__', ())
        for p in inner:
            if p not in found:
                found.append(p)
    return tuple(found)


def _substitute(arg, mapping):
    if isinstance(arg, (tuple, list)):
        return tuple(_substitute(a, mapping) for a in arg)
    if isinstance(arg, TypeVarTuple):
        return mapping.get(arg, arg)
    if isinstance(arg, _TypeParameter):
        return mapping.get(arg, arg)
    params = () if isinstance(arg, type) and not isinstance(arg, _Builtin) else getattr(arg, '__parameters__', ())
    if not params or not isinstance(params, tuple):
        return arg
    new = []
    for p in params:
        value = mapping.get(p, p)
        new.extend(value) if isinstance(p, TypeVarTuple) and isinstance(value, tuple) else new.append(value)
    return arg[tuple(new)]


class _GenericAlias(_Or):
    """A subscripted generic: origin[args]."""

    def __init__(self, origin, args, *, inst=True, name=None):
        self._inst = inst
        self._name = name
        self.__origin__ = origin
        self.__args__ = args if isinstance(args, tuple) else (args,)
        self.__parameters__ = _flatten_params(self.__args__)

    @property
    def __module__(self):
        return 'typing' if self._name else self.__origin__.__module__

    def __call__(self, *args, **kwargs):
        if not self._inst:
            raise TypeError(f'Type {self._name} cannot be instantiated; use {self.__origin__.__name__}() instead')
        result = self.__origin__(*args, **kwargs)
        try:
            result.__orig_class__ = self
        except Exception:
            pass
        return result

    def __getattr__(self, attr):
        if attr in ('__name__', '__qualname__'):
            return self._name or getattr(self.__origin__, attr)
        if '__origin__' in self.__dict__ and not (attr.startswith('__') and attr.endswith('__')):
            return getattr(self.__origin__, attr)
        raise AttributeError(attr)

    def __setattr__(self, attr, val):
        if attr.startswith('_') or attr in ('__origin__', '__args__', '__parameters__'):
            super().__setattr__(attr, val)
        else:
            setattr(self.__origin__, attr, val)

    def __instancecheck__(self, obj):
        return self.__subclasscheck__(type(obj))

    def __subclasscheck__(self, cls):
        raise TypeError('Subscripted generics cannot be used with class and instance checks')

    def __eq__(self, other):
        if not isinstance(other, _GenericAlias):
            return NotImplemented
        return self.__origin__ == other.__origin__ and self.__args__ == other.__args__

    def __hash__(self):
        return hash((self.__origin__, self.__args__))

    def __getitem__(self, args):
        if self.__origin__ in (Generic, globals().get('Protocol')):
            raise TypeError(f'Cannot subscript already-subscripted {self}')
        if not self.__parameters__:
            raise TypeError(f'{self} is not a generic class')
        args = args if isinstance(args, tuple) else (args,)
        params = self.__parameters__
        if len(params) == 1 and isinstance(params[0], ParamSpec) and not (len(args) == 1 and _is_param_expr(args[0])):
            args = (args,)
        mapping = _match_params(self, params, args)
        new = []
        for a in self.__args__:
            value = _substitute(a, mapping)
            if isinstance(a, ParamSpec) and isinstance(value, tuple) and isinstance(self, _CallableAlias):
                new.extend(value)
            elif isinstance(a, _UnpackAlias) and isinstance(a.__args__[0], TypeVarTuple) and isinstance(mapping.get(a.__args__[0]), tuple):
                new.extend(mapping[a.__args__[0]])
            else:
                new.append(value)
        return self._rebuild(tuple(new))

    def _rebuild(self, args):
        return self.__class__(self.__origin__, args, name=self._name, inst=self._inst)

    def __mro_entries__(self, bases):
        if isinstance(self.__origin__, _SpecialForm):
            raise TypeError(f'Cannot subclass {self!r}')
        if self._name:
            result = [] if self.__origin__ in bases else [self.__origin__]
            i = bases.index(self)
            if not any(isinstance(b, _GenericAlias) and b is not self or isinstance(b, type) and issubclass(b, Generic) for b in bases[i + 1:]):
                result.append(Generic)
            return tuple(result)
        if self.__origin__ is Generic:
            if globals().get('Protocol') in bases:
                return ()
            i = bases.index(self)
            for b in bases[i + 1:]:
                if isinstance(b, _GenericAlias) and b is not self:
                    return ()
        return (self.__origin__,)

    def __repr__(self):
        name = f'typing.{self._name}' if self._name else _type_repr(self.__origin__)
        args = ', '.join(map(_type_repr, self.__args__)) if self.__args__ else '()'
        return f'{name}[{args}]'

    def __iter__(self):
        yield Unpack[self]


def _is_param_expr(arg):
    return arg is ... or isinstance(arg, (tuple, list, ParamSpec))


def _match_params(alias, params, args):
    """Pair type parameters with arguments, a TypeVarTuple taking what is left."""
    n, m = len(params), len(args)
    variadic = next((i for i, p in enumerate(params) if isinstance(p, TypeVarTuple)), None)
    if variadic is not None:
        after = n - variadic - 1
        if m < n - 1:
            raise TypeError(f'Too few arguments for {alias}; actual {m}, expected at least {n - 1}')
        mapping = dict(zip(params[:variadic], args[:variadic]))
        mapping[params[variadic]] = tuple(args[variadic:m - after])
        mapping.update(zip(params[variadic + 1:], args[m - after:]))
    else:
        if m < n:
            args = args + tuple(p.__default__ for p in params[m:] if p.has_default())
        if len(args) != n:
            raise TypeError(f"Too {'many' if len(args) > n else 'few'} arguments for {alias}; actual {m}, expected {n}")
        mapping = dict(zip(params, args))
    return {p: a if isinstance(p, TypeVarTuple) else p.__typing_subst__(a) for p, a in mapping.items()}


class _SpecialGenericAlias(_GenericAlias):
    """List, Dict, Iterable, …: an unsubscripted alias of a class that stands elsewhere."""

    def __init__(self, name, origin, nparams):
        module, _, cls = origin.rpartition('.')
        if module not in sys.modules:
            __import__(module)
        self._inst = True
        self._name = name
        self._nparams = nparams
        self.__origin__ = getattr(sys.modules[module], cls)
        self.__doc__ = f'A generic version of {origin.removeprefix("builtins.")}.'
        self._inst = name in ('Deque', 'DefaultDict', 'OrderedDict', 'Counter', 'ChainMap')

    def __getitem__(self, params):
        if self._name == 'Callable':
            return _callable_item(self, params)
        if not isinstance(params, tuple):
            params = (params,)
        if self._name == 'Tuple':
            if len(params) >= 2 and params[-1] is ...:
                return _GenericAlias(tuple, (*(_type_check(p, 'Tuple[t0, t1, ...]: each t must be a type.') for p in params[:-1]), ...), name='Tuple', inst=False)
        else:
            defaults = _DEFAULTS.get(self._name, ())
            n = self._nparams
            if n == 0:
                raise TypeError(f'{self} is not a generic class')
            if len(params) < n:
                params += defaults[len(params) - n:] if len(params) >= n - len(defaults) else ()
            if len(params) != n:
                raise TypeError(f"Too {'many' if len(params) > n else 'few'} arguments for {self}; actual {len(params)}, expected {n}"
                                if not defaults else f"Too {'many' if len(params) > n else 'few'} arguments for {self}; actual {len(params)}, "
                                                     f"expected at least {n - len(defaults)}")
        return _GenericAlias(self.__origin__, tuple(_type_check(p, 'Parameters to generic types must be types.') for p in params), name=self._name, inst=self._inst)

    def __subclasscheck__(self, cls):
        if isinstance(cls, _GenericAlias):
            return issubclass(cls.__origin__, self.__origin__)
        return issubclass(cls, self.__origin__)

    def __instancecheck__(self, obj):
        return isinstance(obj, self.__origin__)

    def __repr__(self):
        return 'typing.' + self._name

    def __eq__(self, other):
        return self is other

    def __hash__(self):
        return hash(self._name)

    def __reduce__(self):
        return self._name

    __parameters__ = ()


class _CallableAlias(_GenericAlias):
    def __repr__(self):
        args = self.__args__
        if len(args) == 2 and (args[0] is ... or isinstance(args[0], (ParamSpec, _ConcatenateAlias))):
            return f'typing.Callable[{_type_repr(args[0])}, {_type_repr(args[1])}]'
        return f'typing.Callable[[{", ".join(map(_type_repr, args[:-1]))}], {_type_repr(args[-1])}]'


def _callable_item(self, params):
    if not isinstance(params, tuple) or len(params) != 2:
        raise TypeError('Callable must be used as Callable[[arg, ...], result].')
    args, result = params
    result = _type_check(result, 'Callable[args, result]: result must be a type.')
    if isinstance(args, list):
        args = tuple(_type_check(a, 'Callable[[arg, ...], result]: each arg must be a type.') for a in args)
    elif args is ... or isinstance(args, (ParamSpec, _ConcatenateAlias)):
        args = (args,)
    else:
        args = tuple(_type_check(a, 'Callable[[arg, ...], result]: each arg must be a type.') for a in (args if isinstance(args, tuple) else (args,)))
    return _CallableAlias(self.__origin__, (*args, result), name='Callable', inst=False)


class _UnionGenericAlias(_GenericAlias):
    def _rebuild(self, args):
        return Union[args]

    def __eq__(self, other):
        if isinstance(other, (_UnionGenericAlias, _Union)):
            return set(self.__args__) == set(other.__args__)
        return NotImplemented

    def __hash__(self):
        return hash(frozenset(self.__args__))

    def __repr__(self):
        args = self.__args__
        if len(args) == 2:
            if args[0] is _NoneType:
                return f'typing.Optional[{_type_repr(args[1])}]'
            if args[1] is _NoneType:
                return f'typing.Optional[{_type_repr(args[0])}]'
        return f'typing.Union[{", ".join(map(_type_repr, args))}]'

    def __instancecheck__(self, obj):
        return any(isinstance(obj, a) for a in self.__args__)

    def __subclasscheck__(self, cls):
        return any(issubclass(cls, a) for a in self.__args__)


def _union_item(self, params):
    if params == ():
        raise TypeError('Cannot take a Union of no types.')
    if not isinstance(params, tuple):
        params = (params,)
    flat = []
    for p in params:
        p = _type_check(p, 'Union[arg, ...]: each arg must be a type.')
        for q in p.__args__ if isinstance(p, (_UnionGenericAlias, _Union)) else (p,):
            if q not in flat:
                flat.append(q)
    if len(flat) == 1:
        return flat[0]
    return _UnionGenericAlias(Union, tuple(flat), name='Optional' if len(flat) == 2 and _NoneType in flat else None)


def _optional_item(self, param):
    return Union[_type_check(param, f'{self} requires a single type.'), _NoneType]


def _single_item(self, param):
    if isinstance(param, tuple):
        raise TypeError(f'{self} accepts only single type. Got {param!r:.100}.')
    return _GenericAlias(self, (_type_check(param, f'{self} accepts only single type.'),))


class _LiteralAlias(_GenericAlias):
    def __eq__(self, other):
        if not isinstance(other, _LiteralAlias):
            return NotImplemented
        return {(type(a), a) for a in self.__args__} == {(type(a), a) for a in other.__args__}

    def __hash__(self):
        return hash(frozenset((type(a), a) for a in self.__args__))

    def __repr__(self):
        return f'typing.Literal[{", ".join(map(repr, self.__args__))}]'


def _literal_item(self, params):
    flat = []
    for p in params if isinstance(params, tuple) else (params,):
        flat.extend(p.__args__ if isinstance(p, _LiteralAlias) else (p,))
    unique = []
    for p in flat:
        if not any(type(p) is type(q) and p == q for q in unique):
            unique.append(p)
    return _LiteralAlias(self, tuple(unique))


class _AnnotatedAlias(_GenericAlias):
    def __init__(self, origin, metadata):
        if isinstance(origin, _AnnotatedAlias):
            metadata = origin.__metadata__ + metadata
            origin = origin.__origin__
        super().__init__(origin, (origin,), name='Annotated')
        self.__metadata__ = metadata

    def _rebuild(self, args):
        return _AnnotatedAlias(args[0], self.__metadata__)

    def __repr__(self):
        return f'typing.Annotated[{_type_repr(self.__origin__)}, {", ".join(map(repr, self.__metadata__))}]'

    def __eq__(self, other):
        if not isinstance(other, _AnnotatedAlias):
            return NotImplemented
        return self.__origin__ == other.__origin__ and self.__metadata__ == other.__metadata__

    def __hash__(self):
        return hash((self.__origin__, self.__metadata__))

    def __mro_entries__(self, bases):
        return (self.__origin__,)


def _annotated_item(self, params):
    if not isinstance(params, tuple) or len(params) < 2:
        raise TypeError('Annotated[...] should be used with at least two arguments (a type and an annotation).')
    return _AnnotatedAlias(_type_check(params[0], 'Annotated[t, ...]: t must be a type.', allow_special=True), tuple(params[1:]))


class _ConcatenateAlias(_GenericAlias):
    pass


_ConcatenateAlias.__name__ = '_ConcatenateGenericAlias'


def _concatenate_item(self, params):
    params = params if isinstance(params, tuple) else (params,)
    if not (params[-1] is ... or isinstance(params[-1], ParamSpec)):
        raise TypeError('The last parameter to Concatenate should be a ParamSpec variable or ellipsis.')
    return _ConcatenateAlias(self, (*(_type_check(p, 'Concatenate[arg, ...]: each arg must be a type.') for p in params[:-1]), params[-1]))


class _UnpackAlias(_GenericAlias):
    def __repr__(self):
        return f'typing.Unpack[{_type_repr(self.__args__[0])}]'


def _unpack_item(self, param):
    return _UnpackAlias(self, (_type_check(param, f'{self} accepts only single type.'),))


Union = _SpecialForm('Union', _union_item, 'Union type; Union[X, Y] means either X or Y.')
Optional = _SpecialForm('Optional', _optional_item, 'Optional[X] is equivalent to Union[X, None].')
Literal = _SpecialForm('Literal', _literal_item)
Annotated = _SpecialForm('Annotated', _annotated_item)
Concatenate = _SpecialForm('Concatenate', _concatenate_item)
Unpack = _SpecialForm('Unpack', _unpack_item)
ClassVar, Final, TypeGuard, TypeIs, Required, NotRequired, ReadOnly = (
    _SpecialForm(n, _single_item) for n in ('ClassVar', 'Final', 'TypeGuard', 'TypeIs', 'Required', 'NotRequired', 'ReadOnly'))
NoReturn, Never, Self, LiteralString, TypeAlias = (_SpecialForm(n) for n in ('NoReturn', 'Never', 'Self', 'LiteralString', 'TypeAlias'))
Text = str


class Generic:
    """Abstract base class for generic types."""
    __slots__ = ()
    _is_protocol = False

    def __class_getitem__(cls, args):
        if not isinstance(args, tuple):
            args = (args,)
        args = tuple(tuple(a) if isinstance(a, list) else _type_check(a, 'Parameters to generic types must be types.') for a in args)
        if cls is Generic or cls is globals().get('Protocol'):
            if not args:
                raise TypeError(f'Parameter list to {cls.__qualname__}[...] cannot be empty')
            if not all(isinstance(a, (_TypeParameter, _UnpackAlias)) for a in args):
                raise TypeError(f'Parameters to {cls.__name__}[...] must all be type variables or parameter specification variables.')
            if len(set(args)) != len(args):
                raise TypeError(f'Parameters to {cls.__name__}[...] must all be unique')
        else:
            params = getattr(cls, '__parameters__', ())
            if not params:
                raise TypeError(f'{cls} is not a generic class')
            if len(params) == 1 and isinstance(params[0], ParamSpec) and not (len(args) == 1 and _is_param_expr(args[0])):
                args = (args,)
            mapping = _match_params(cls, params, args)
            flat = []
            for p in params:
                flat.extend(mapping[p]) if isinstance(p, TypeVarTuple) else flat.append(mapping[p])
            args = tuple(flat)
        return _GenericAlias(cls, args)

    def __init_subclass__(cls, *args, **kwargs):
        super().__init_subclass__(*args, **kwargs)
        bases = cls.__dict__.get('__orig_bases__')
        if bases is not None:
            error = Generic in bases
        else:
            error = Generic in cls.__bases__ and cls.__name__ != 'Protocol' and not hasattr(cls, '_typing_root')
        if error:
            raise TypeError('Cannot inherit from plain Generic')
        params = []
        if bases is not None:
            params = _flatten_params(bases)
            declared = None
            for base in bases:
                if isinstance(base, _GenericAlias) and base.__origin__ in (Generic, globals().get('Protocol')):
                    if declared is not None and base.__origin__ is Generic:
                        raise TypeError('Cannot inherit from Generic[...] multiple times.')
                    if base.__origin__ is Generic or declared is None:
                        declared = base.__parameters__
            if declared is not None:
                missing = [p for p in params if p not in declared]
                if missing:
                    raise TypeError(f"Some type variables ({', '.join(map(str, missing))}) are not listed in Generic[{', '.join(map(str, declared))}]")
                params = declared
        cls.__parameters__ = tuple(params)


def get_origin(tp):
    """Get the unsubscripted version of a type."""
    if isinstance(tp, _AnnotatedAlias):
        return Annotated
    if isinstance(tp, (_GenericAlias, _Builtin)):
        return tp.__origin__
    if tp is Generic:
        return Generic
    if isinstance(tp, _Union):
        return _Union
    return None


def get_args(tp):
    """Get type arguments with all substitutions performed."""
    if isinstance(tp, _AnnotatedAlias):
        return (tp.__origin__,) + tp.__metadata__
    if isinstance(tp, _SpecialGenericAlias):
        return ()
    if isinstance(tp, (_GenericAlias, _Builtin)):
        args = tp.__args__
        if (isinstance(tp, _CallableAlias) or getattr(tp.__origin__, '__name__', '') == 'Callable') and not (len(args) == 2 and _is_param_expr(args[0])):
            args = (list(args[:-1]), args[-1])
        return args
    if isinstance(tp, _Union):
        return tp.__args__
    return ()


def cast(typ, val):
    """Cast a value to a type: returns the value unchanged."""
    return val


def assert_type(val, typ, /):
    return val
