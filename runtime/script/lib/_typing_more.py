"""The parts of typing that make classes or run code: loaded by typing when first named."""
import sys
import typing
from abc import ABCMeta, abstractmethod
from typing import Any, ForwardRef, Generic, _GenericAlias, _type_check, _type_repr

_EXCLUDED = {'__abstractmethods__', '__annotations__', '__dict__', '__doc__', '__init__', '__module__', '__new__', '__slots__', '__subclasshook__',
             '__weakref__', '__class_getitem__', '__match_args__', '__static_attributes__', '__firstlineno__', '__parameters__', '__orig_bases__',
             '__orig_class__', '_is_protocol', '_is_runtime_protocol', '__protocol_attrs__', '__non_callable_proto_members__', '__type_params__', '_abc_impl',
             '__qualname__', '_typing_root'}


def _protocol_attrs(cls):
    attrs = set()
    for base in cls.__mro__[:-1]:
        if base.__name__ in ('Protocol', 'Generic'):
            continue
        for attr in (*base.__dict__, *base.__dict__.get('__annotations__', {})):
            if not attr.startswith('_abc_') and attr not in _EXCLUDED:
                attrs.add(attr)
    return attrs


class _ProtocolMeta(ABCMeta):
    def __new__(mcls, name, bases, namespace, /, **kwargs):
        if name != 'Protocol' and Protocol in bases:
            for base in bases:
                if base not in (object, Generic) and not getattr(base, '_is_protocol', False) and base.__module__ not in ('collections.abc', 'contextlib'):
                    raise TypeError(f'Protocols can only inherit from other protocols, got {base!r}')
        return super().__new__(mcls, name, bases, namespace, **kwargs)

    def __init__(cls, *args, **kwargs):
        if getattr(cls, '_is_protocol', False):
            cls.__protocol_attrs__ = _protocol_attrs(cls)

    def __subclasscheck__(cls, other):
        if cls is not Protocol and getattr(cls, '_is_protocol', False):
            if not isinstance(other, type):
                raise TypeError('issubclass() arg 1 must be a class')
            if not getattr(cls, '_is_runtime_protocol', False):
                raise TypeError('Instance and class checks can only be used with @runtime_checkable protocols')
            if cls.__dict__.get('__subclasshook__') is None or getattr(cls.__subclasshook__, '__func__', None) is _proto_hook:
                data = cls.__non_callable_proto_members__
                if data:
                    raise TypeError(f"Protocols with non-method members don't support issubclass(). Non-method members: {str(sorted(data))[1:-1]}.")
        return super().__subclasscheck__(other)

    def __instancecheck__(cls, instance):
        if cls is Protocol or not getattr(cls, '_is_protocol', False):
            return super().__instancecheck__(instance)
        if not getattr(cls, '_is_runtime_protocol', False):
            raise TypeError('Instance and class checks can only be used with @runtime_checkable protocols')
        if ABCMeta.__subclasscheck__(cls, type(instance)):
            return True
        data = cls.__non_callable_proto_members__
        for attr in cls.__protocol_attrs__:
            try:
                val = getattr(instance, attr)
            except AttributeError:
                return False
            if val is None and attr not in data:
                return False
        return True


def _proto_hook(cls, other):
    if not cls.__dict__.get('_is_protocol', False):
        return NotImplemented
    for attr in cls.__protocol_attrs__:
        for base in other.__mro__:
            if attr in base.__dict__:
                if base.__dict__[attr] is None:
                    return NotImplemented
                break
            if attr in base.__dict__.get('__annotations__', {}) and getattr(other, '_is_protocol', False):
                break
        else:
            return NotImplemented
    return True


def _no_init_or_replace_init(self, *args, **kwargs):
    cls = type(self)
    if cls._is_protocol:
        raise TypeError('Protocols cannot be instantiated')
    for base in cls.__mro__[cls.__mro__.index(cls) + 1:]:
        init = base.__dict__.get('__init__')
        if init is not None and init is not _no_init_or_replace_init:
            cls.__init__ = init
            break
    else:
        cls.__init__ = object.__init__
    cls.__init__(self, *args, **kwargs)


class Protocol(Generic, metaclass=_ProtocolMeta):
    """Base class for protocol classes."""
    __slots__ = ()
    _is_protocol = True
    _is_runtime_protocol = False
    _typing_root = True

    def __init_subclass__(cls, *args, **kwargs):
        super().__init_subclass__(*args, **kwargs)
        if not cls.__dict__.get('_is_protocol', False):
            cls._is_protocol = any(b is Protocol for b in cls.__bases__)
        if '__subclasshook__' not in cls.__dict__:
            cls.__subclasshook__ = classmethod(_proto_hook)
        if cls._is_protocol and cls.__init__ is Protocol.__init__:
            cls.__init__ = _no_init_or_replace_init


def runtime_checkable(cls):
    """Mark a protocol class as a runtime protocol."""
    if not isinstance(cls, type) or not issubclass(cls, Generic) or not getattr(cls, '_is_protocol', False):
        raise TypeError('@runtime_checkable can be only applied to protocol classes, got %r' % cls)
    cls._is_runtime_protocol = True
    cls.__non_callable_proto_members__ = set()
    for attr in cls.__protocol_attrs__:
        if not callable(getattr(cls, attr, None)):
            cls.__non_callable_proto_members__.add(attr)
    return cls


def is_protocol(tp, /):
    return isinstance(tp, type) and getattr(tp, '_is_protocol', False) and tp is not Protocol and tp is not typing.Protocol


def get_protocol_members(tp, /):
    if not is_protocol(tp):
        raise TypeError(f'{tp!r} is not a Protocol')
    return frozenset(tp.__protocol_attrs__)


def _supports(name, method, result):
    def body(self):
        pass
    body.__name__ = method
    space = {method: abstractmethod(body), '__module__': 'typing', '__slots__': ()}
    if result is None:
        # What it gives is of the type the protocol is subscripted with.
        space['__orig_bases__'] = (Generic[typing.TypeVar('T_co', covariant=True)],)
        return runtime_checkable(_ProtocolMeta(name, (Protocol, Generic), space))
    return runtime_checkable(_ProtocolMeta(name, (Protocol,), space))


SupportsInt, SupportsFloat, SupportsComplex, SupportsBytes, SupportsIndex, SupportsAbs, SupportsRound = (
    _supports('Supports' + n, f'__{n.lower()}__', t) for n, t in
    (('Int', int), ('Float', float), ('Complex', complex), ('Bytes', bytes), ('Index', int), ('Abs', None), ('Round', None)))


class NamedTupleMeta(type):
    def __new__(cls, typename, bases, ns):
        for base in bases:
            if base is not _NamedTuple and base is not Generic:
                raise TypeError('can only inherit from a NamedTuple type and Generic')
        types = {n: _type_check(t, f'field {n} annotation must be a type') for n, t in ns.get('__annotations__', {}).items()}
        defaults = []
        for name in types:
            if name in ns:
                defaults.append(name)
            elif defaults:
                raise TypeError(f'Non-default namedtuple field {name} cannot follow default field{"s" if len(defaults) > 1 else ""} {", ".join(defaults)}')
        result = _make_nmtuple(typename, types.items(), [ns[n] for n in defaults], ns['__module__'])
        if len(bases) > 1:
            result = type(typename, tuple(tuple if b is _NamedTuple else b for b in bases),
                          {k: v for k, v in result.__dict__.items() if k not in ('__dict__', '__weakref__')})
        for key in ns:
            if key in ('__new__', '__init__', '__slots__', '__getnewargs__', '_fields', '_field_defaults', '_field_types', '_make', '_replace', '_asdict', '_source'):
                raise AttributeError('Cannot overwrite NamedTuple attribute ' + key)
            if key not in ('__annotations__', '__name__', '__module__') and key not in result._fields:
                setattr(result, key, ns[key])
                getattr(type(ns[key]), '__set_name__', lambda *a: None)(ns[key], result, key)
        return result


def _make_nmtuple(name, types, defaults, module):
    from collections import namedtuple
    types = {n: _type_check(t, f'field {n} annotation must be a type') for n, t in types}
    result = namedtuple(name, list(types), defaults=defaults, module=module)
    result.__annotations__ = result.__new__.__annotations__ = types
    return result


_NamedTuple = type.__new__(NamedTupleMeta, 'NamedTuple', (), {})


def NamedTuple(typename, fields=None, /, **kwargs):
    """Typed version of namedtuple."""
    if fields is None:
        fields = kwargs.items()
    result = _make_nmtuple(typename, fields, [], sys._getframemodulename(1) or '__main__')
    result.__orig_bases__ = (NamedTuple,)
    return result


NamedTuple.__mro_entries__ = lambda bases: (_NamedTuple,)


class _TypedDictMeta(type):
    def __new__(cls, name, bases, ns, total=True):
        for base in bases:
            if type(base) is not _TypedDictMeta and base is not Generic:
                raise TypeError('cannot inherit from both a TypedDict type and a non-TypedDict base class')
        generic = (Generic,) if any(issubclass(b, Generic) for b in bases) else ()
        own = {n: _type_check(t, "TypedDict('Name', {f0: t0, f1: t1, ...}); each t must be a type", allow_special=True) for n, t in ns.get('__annotations__', {}).items()}
        new = type.__new__(_TypedDictMeta, name, (*generic, dict), ns)
        if not hasattr(new, '__orig_bases__'):
            new.__orig_bases__ = bases
        annotations, required, optional, readonly = {}, set(), set(), set()
        for base in bases:
            annotations.update(base.__dict__.get('__annotations__', {}))
            required |= base.__dict__.get('__required_keys__', set())
            optional |= base.__dict__.get('__optional_keys__', set())
            readonly |= base.__dict__.get('__readonly_keys__', set())
        annotations.update(own)
        for key, tp in own.items():
            needed = total
            while getattr(tp, '__origin__', None) in (typing.Required, typing.NotRequired, typing.ReadOnly, typing.Annotated) and tp.__args__:
                needed = {typing.Required: True, typing.NotRequired: False}.get(tp.__origin__, needed)
                if tp.__origin__ is typing.ReadOnly:
                    readonly.add(key)
                tp = tp.__args__[0]
            (required if needed else optional).add(key)
            (optional if needed else required).discard(key)
        new.__annotations__ = annotations
        new.__required_keys__, new.__optional_keys__ = frozenset(required), frozenset(optional)
        new.__readonly_keys__, new.__mutable_keys__ = frozenset(readonly), frozenset(annotations) - readonly
        new.__total__ = total
        return new

    __call__ = dict

    def __subclasscheck__(cls, other):
        raise TypeError('TypedDict does not support instance and class checks')

    __instancecheck__ = __subclasscheck__


def TypedDict(typename, fields=None, /, *, total=True):
    """A simple typed namespace. At runtime it is equivalent to a plain dict."""
    ns = {'__annotations__': dict(fields or {}), '__module__': sys._getframemodulename(1) or '__main__'}
    td = _TypedDictMeta(typename, (), ns, total=total)
    td.__orig_bases__ = (TypedDict,)
    return td


_TypedDict = type.__new__(_TypedDictMeta, 'TypedDict', (), {})
TypedDict.__mro_entries__ = lambda bases: (_TypedDict,)


def is_typeddict(tp):
    return isinstance(tp, _TypedDictMeta)


class NewType(typing._Or):
    """NewType creates simple unique types with almost zero runtime overhead."""

    def __init__(self, name, tp):
        self.__qualname__ = name
        self.__name__ = name.rpartition('.')[2]
        self.__supertype__ = tp
        self.__module__ = sys._getframemodulename(1)

    def __call__(self, x, /):
        return x

    def __mro_entries__(self, bases):
        superclass = self.__name__
        raise TypeError(f'Cannot subclass an instance of NewType. Perhaps you were looking for: `{"Derived"} = NewType({"Derived"!r}, {superclass})`')

    def __repr__(self):
        return f'{self.__module__}.{self.__qualname__}'


class _ParamSpecPart:
    def __init__(self, origin):
        self.__origin__ = origin

    def __eq__(self, other):
        return type(other) is type(self) and self.__origin__ == other.__origin__

    def __hash__(self):
        return hash((type(self), self.__origin__))

    def __repr__(self):
        return f'{self.__origin__.__name__}.{self._part}'


class ParamSpecArgs(_ParamSpecPart):
    _part = 'args'


class ParamSpecKwargs(_ParamSpecPart):
    _part = 'kwargs'


_overload_registry = {}


def overload(func):
    """Decorator for overloaded functions/methods."""
    f = getattr(func, '__func__', func)
    key = getattr(f, '__module__', None), getattr(f, '__qualname__', None)
    _overload_registry.setdefault(key, []).append(func)
    return _overload_dummy


def _overload_dummy(*args, **kwds):
    raise NotImplementedError('You should not call an overloaded function. A series of @overload-decorated functions outside a stub module should always '
                              'be followed by an implementation that is not @overload-ed.')


def get_overloads(func):
    f = getattr(func, '__func__', func)
    return list(_overload_registry.get((f.__module__, f.__qualname__), ()))


def clear_overloads():
    _overload_registry.clear()


def _marker(attr):
    def decorator(f):
        try:
            setattr(f, attr, True)
        except (AttributeError, TypeError):
            pass
        return f
    return decorator


final = _marker('__final__')
override = _marker('__override__')
final.__name__ = final.__qualname__ = 'final'
override.__name__ = override.__qualname__ = 'override'


def no_type_check(arg):
    if isinstance(arg, type):
        for value in list(arg.__dict__.values()):
            if type(value).__name__ == 'function':
                value.__no_type_check__ = True
    try:
        arg.__no_type_check__ = True
    except TypeError:
        pass
    return arg


def no_type_check_decorator(decorator):
    from functools import wraps

    @wraps(decorator)
    def wrapped(*args, **kwds):
        return no_type_check(decorator(*args, **kwds))
    return wrapped


def dataclass_transform(*, eq_default=True, order_default=False, kw_only_default=False, frozen_default=False, field_specifiers=(), **kwargs):
    def decorator(cls_or_fn):
        cls_or_fn.__dataclass_transform__ = {'eq_default': eq_default, 'order_default': order_default, 'kw_only_default': kw_only_default,
                                             'frozen_default': frozen_default, 'field_specifiers': field_specifiers, 'kwargs': kwargs}
        return cls_or_fn
    return decorator


def assert_never(arg, /):
    value = repr(arg)
    if len(value) > 100:
        value = value[:100] + '...'
    raise AssertionError(f'Expected code to be unreachable, but got: {value}')


def reveal_type(obj, /):
    print(f'Runtime type is {type(obj).__name__!r}', file=sys.stderr)
    return obj


def _resolve(value, globalns, localns, include_extras):
    """Evaluate forward references inside a hint."""
    if value is None:
        return type(None)
    if isinstance(value, str):
        value = ForwardRef(value)
    if isinstance(value, ForwardRef):
        value = value._evaluate(globalns, localns)
    if isinstance(value, typing._AnnotatedAlias):
        inner = _resolve(value.__origin__, globalns, localns, include_extras)
        return typing._AnnotatedAlias(inner, value.__metadata__) if include_extras else inner
    if isinstance(value, typing._SpecialGenericAlias) or isinstance(value, typing._LiteralAlias):
        return value
    if isinstance(value, (_GenericAlias, typing._Builtin, typing._Union)):
        if not include_extras and getattr(value, '__origin__', None) in (typing.Required, typing.NotRequired, typing.ReadOnly):
            return _resolve(value.__args__[0], globalns, localns, include_extras)
        args = tuple(_resolve(a, globalns, localns, include_extras) if not isinstance(a, (tuple, type)) or isinstance(a, typing._Builtin) else a for a in value.__args__)
        if args == value.__args__:
            return value
        if isinstance(value, typing._Union):
            result = args[0]
            for a in args[1:]:
                result = result | a
            return result
        if isinstance(value, typing._Builtin):
            return type(value)(value.__origin__, args)
        return value._rebuild(args)
    return value


def get_type_hints(obj, globalns=None, localns=None, include_extras=False):
    """Return type hints for an object."""
    if getattr(obj, '__no_type_check__', None):
        return {}
    if isinstance(obj, type):
        hints = {}
        for base in reversed(obj.__mro__):
            module = sys.modules.get(base.__module__)
            base_globals = getattr(module, '__dict__', {}) if globalns is None else globalns
            base_locals = dict(vars(base)) if localns is None else localns
            for name, value in base.__dict__.get('__annotations__', {}).items():
                hints[name] = _resolve(value, base_globals, base_locals, include_extras)
        return hints
    if globalns is None:
        if isinstance(obj, type(sys)):
            globalns = obj.__dict__
        else:
            inner = obj
            while hasattr(inner, '__wrapped__'):
                inner = inner.__wrapped__
            globalns = getattr(inner, '__globals__', {})
        if localns is None:
            localns = globalns
    elif localns is None:
        localns = globalns
    hints = getattr(obj, '__annotations__', None)
    if hints is None:
        if callable(obj) and type(obj).__name__ in ('builtin_function_or_method', 'method', 'method_descriptor', 'wrapper_descriptor', 'method-wrapper'):
            return {}
        raise TypeError(f'{obj!r} is not a module, class, method, or function.')
    scope = dict(localns)
    for param in getattr(obj, '__type_params__', ()):
        scope.setdefault(param.__name__, param)
    return {name: _resolve(value, globalns, scope, include_extras) for name, value in dict(hints).items()}


class IO(Generic[typing.__getattr__('AnyStr')]):
    """Generic base class for TextIO and BinaryIO."""
    __slots__ = ()


class BinaryIO(IO[bytes]):
    """Typed version of the return of open() in binary mode."""
    __slots__ = ()


class TextIO(IO[str]):
    """Typed version of the return of open() in text mode."""
    __slots__ = ()


for _obj in list(globals().values()):
    if getattr(_obj, '__module__', None) == '_typing_more':
        try:
            _obj.__module__ = 'typing'
        except AttributeError:
            pass
