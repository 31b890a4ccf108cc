"""Classes that are mostly data: methods generated from annotations."""
import sys

__all__ = ['dataclass', 'field', 'Field', 'FrozenInstanceError', 'InitVar', 'KW_ONLY', 'MISSING', 'fields', 'asdict', 'astuple', 'make_dataclass',
           'replace', 'is_dataclass']
GenericAlias = type(list[int])
MappingProxyType = type(type.__dict__)


class FrozenInstanceError(AttributeError):
    pass


class _HAS_DEFAULT_FACTORY_CLASS:
    def __repr__(self):
        return '<factory>'


_HAS_DEFAULT_FACTORY = _HAS_DEFAULT_FACTORY_CLASS()


class _MISSING_TYPE:
    pass


MISSING = _MISSING_TYPE()


class _KW_ONLY_TYPE:
    pass


KW_ONLY = _KW_ONLY_TYPE()


class _FIELD_BASE:
    __slots__ = ('name',)

    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return self.name


_FIELD = _FIELD_BASE('_FIELD')
_FIELD_CLASSVAR = _FIELD_BASE('_FIELD_CLASSVAR')
_FIELD_INITVAR = _FIELD_BASE('_FIELD_INITVAR')
_FIELDS = '__dataclass_fields__'
_PARAMS = '__dataclass_params__'
_EMPTY_METADATA = MappingProxyType({})


class InitVar:
    __slots__ = ('type',)

    def __init__(self, type):
        self.type = type

    def __repr__(self):
        t = self.type
        name = t.__name__ if isinstance(t, type) and not isinstance(t, GenericAlias) else repr(t)
        return f'dataclasses.InitVar[{name}]'

    def __class_getitem__(cls, type):
        return InitVar(type)


class Field:
    __slots__ = ('name', 'type', 'default', 'default_factory', 'repr', 'hash', 'init', 'compare', 'metadata', 'kw_only', '_field_type')

    def __init__(self, default, default_factory, init, repr, hash, compare, metadata, kw_only):
        self.name = None
        self.type = None
        self.default = default
        self.default_factory = default_factory
        self.init = init
        self.repr = repr
        self.hash = hash
        self.compare = compare
        self.metadata = _EMPTY_METADATA if metadata is None else MappingProxyType(metadata)
        self.kw_only = kw_only
        self._field_type = None

    def __repr__(self):
        return (f'Field(name={self.name!r},type={self.type!r},default={self.default!r},default_factory={self.default_factory!r},init={self.init!r},'
                f'repr={self.repr!r},hash={self.hash!r},compare={self.compare!r},metadata={self.metadata!r},kw_only={self.kw_only!r},'
                f'_field_type={self._field_type})')

    def __set_name__(self, owner, name):
        func = getattr(type(self.default), '__set_name__', None)
        if func:
            func(self.default, owner, name)

    __class_getitem__ = classmethod(GenericAlias)


class _DataclassParams:
    __slots__ = ('init', 'repr', 'eq', 'order', 'unsafe_hash', 'frozen', 'match_args', 'kw_only', 'slots', 'weakref_slot')

    def __init__(self, *values):
        for name, value in zip(self.__slots__, values):
            setattr(self, name, value)

    def __repr__(self):
        return '_DataclassParams(' + ','.join(f'{n}={getattr(self, n)!r}' for n in self.__slots__) + ')'


def field(*, default=MISSING, default_factory=MISSING, init=True, repr=True, hash=None, compare=True, metadata=None, kw_only=MISSING):
    """Return an object to identify dataclass fields."""
    if default is not MISSING and default_factory is not MISSING:
        raise ValueError('cannot specify both default and default_factory')
    return Field(default, default_factory, init, repr, hash, compare, metadata, kw_only)


def _named_by(annotation, cls):
    """What a string annotation names first, directly or through a module: the class's own names tell."""
    import re
    found = re.match(r'(?:\s*(\w+)\s*\.)?\s*(\w+)', annotation)
    if not found:
        return None, None
    module = sys.modules.get(cls.__module__)
    names = vars(module) if module else {}
    if found[1]:
        holder = names.get(found[1])
        return (vars(holder).get(found[2]), holder) if isinstance(holder, type(sys)) else (None, None)
    return names.get(found[2]), None


def _field_kind(cls, a_type, default):
    typing = sys.modules.get('typing')
    if typing is not None and (a_type is typing.ClassVar or getattr(a_type, '__origin__', None) is typing.ClassVar):
        return _FIELD_CLASSVAR
    if a_type is InitVar or type(a_type) is InitVar:
        return _FIELD_INITVAR
    if isinstance(a_type, str):
        named, holder = _named_by(a_type, cls)
        if typing is not None and named is typing.ClassVar and holder in (None, typing):
            return _FIELD_CLASSVAR
        if named is InitVar and holder in (None, sys.modules[__name__]):
            return _FIELD_INITVAR
    return _FIELD


def _get_field(cls, a_name, a_type, default_kw_only):
    default = getattr(cls, a_name, MISSING)
    if isinstance(default, Field):
        f = default
    else:
        if type(default).__name__ in ('member_descriptor', 'member descriptor'):
            default = MISSING
        f = field(default=default)
    f.name = a_name
    f.type = a_type
    f._field_type = _field_kind(cls, a_type, default)
    if f._field_type in (_FIELD_CLASSVAR, _FIELD_INITVAR) and f.default_factory is not MISSING:
        raise TypeError(f'field {f.name} cannot have a default factory')
    if f._field_type in (_FIELD, _FIELD_INITVAR):
        if f.kw_only is MISSING:
            f.kw_only = default_kw_only
    elif f.kw_only is not MISSING:
        raise TypeError(f'field {f.name} is a ClassVar but specifies kw_only')
    if f._field_type is _FIELD and f.default.__class__.__hash__ is None:
        raise ValueError(f'mutable default {type(f.default)} for field {f.name} is not allowed: use default_factory')
    return f


class _Source:
    """Collects the methods of one class and makes them with a single exec."""

    def __init__(self, namespace):
        self.lines = []
        self.names = []
        self.globals = namespace
        self.locals = {'__dataclass_HAS_DEFAULT_FACTORY__': _HAS_DEFAULT_FACTORY, '__dataclass_builtins_object__': object,
                       '__dataclass_FrozenInstanceError__': FrozenInstanceError}
        self.overwrite_errors = {}
        self.wrap_repr = False

    def add(self, name, args, body, overwrite_error=False):
        self.names.append(name)
        if overwrite_error:
            self.overwrite_errors[name] = overwrite_error
        self.lines.append(f'  def {name}({",".join(args)}):')
        self.lines.extend(f'   {line}' for line in body)

    def install(self, cls, set_annotations):
        if not self.names:
            return
        text = (f'def __create_fn__({", ".join(self.locals)}):\n' + '\n'.join(self.lines) + f'\n  return {",".join(self.names)},')
        space = {}
        exec(text, self.globals, space)
        for name, function in zip(self.names, space['__create_fn__'](**self.locals)):
            function.__qualname__ = f'{cls.__qualname__}.{function.__name__}'
            if name == '__init__':
                function.__annotations__ = set_annotations
            if name == '__repr__':
                function = _recursive_repr(function)
            if name == '__hash__':  # that of a class with its own __eq__ is None
                cls.__hash__ = function
            elif _set_new_attribute(cls, name, function) and name in self.overwrite_errors:
                msg = f'Cannot overwrite attribute {name} in class {cls.__name__}'
                extra = self.overwrite_errors[name]
                raise TypeError(msg if extra is True else f'{msg} {extra}')


def _recursive_repr(user_function):
    from functools import wraps
    running = set()

    @wraps(user_function)
    def wrapper(self):
        key = id(self)
        if key in running:
            return '...'
        running.add(key)
        try:
            return user_function(self)
        finally:
            running.discard(key)
    return wrapper


def _set_new_attribute(cls, name, value):
    if name in cls.__dict__:
        return True
    setattr(cls, name, value)
    return False


def _init_param(f):
    if f.default is MISSING and f.default_factory is MISSING:
        default = ''
    elif f.default is not MISSING:
        default = f'=__dataclass_dflt_{f.name}__'
    else:
        default = '=__dataclass_HAS_DEFAULT_FACTORY__'
    return f'{f.name}{default}'


def _field_init(f, frozen, space, self_name, slots):
    default_name = f'__dataclass_dflt_{f.name}__'
    if f.default_factory is not MISSING:
        space[default_name] = f.default_factory
        if f.init:
            value = f'{default_name}() if {f.name} is __dataclass_HAS_DEFAULT_FACTORY__ else {f.name}'
        else:
            value = f'{default_name}()'
    elif f.init:
        if f.default is not MISSING:
            space[default_name] = f.default
        value = f.name
    elif slots and f.default is not MISSING:
        space[default_name] = f.default
        value = default_name
    else:
        return None
    if f._field_type is _FIELD_INITVAR:
        return None
    if frozen:
        return f'__dataclass_builtins_object__.__setattr__({self_name},{f.name!r},{value})'
    return f'{self_name}.{f.name}={value}'


def _add_init(source, fields, std, kw_only, frozen, has_post_init, self_name, slots):
    seen_default = None
    for f in std:
        if f.init:
            if not (f.default is MISSING and f.default_factory is MISSING):
                seen_default = f
            elif seen_default:
                raise TypeError(f'non-default argument {f.name!r} follows default argument {seen_default.name!r}')
    body = []
    for f in fields:
        line = _field_init(f, frozen, source.locals, self_name, slots)
        if line:
            body.append(line)
    if has_post_init:
        params = ','.join(f.name for f in fields if f._field_type is _FIELD_INITVAR)
        body.append(f'{self_name}.__post_init__({params})')
    args = [self_name] + [_init_param(f) for f in std]
    if kw_only:
        args += ['*'] + [_init_param(f) for f in kw_only]
    source.add('__init__', args, body or ['pass'])


def _add_frozen(source, cls, fields):
    source.locals['cls'] = cls
    condition = 'type(self) is cls'
    if fields:
        condition += ' or name in {' + ', '.join(repr(f.name) for f in fields) + '}'
    for name, args, verb, call in (('__setattr__', ('self', 'name', 'value'), 'assign to', '(name, value)'), ('__delattr__', ('self', 'name'), 'delete', '(name)')):
        source.add(name, args, (f'if {condition}:', f' raise __dataclass_FrozenInstanceError__(f"cannot {verb} field {{name!r}}")',
                                f'super(cls, self).{name}{call}'), overwrite_error=True)


def _tuple_of(obj, fields):
    return '()' if not fields else '(' + ','.join(f'{obj}.{f.name}' for f in fields) + ',)'


def _hash_add(source, fields):
    source.add('__hash__', ['self'], [f'return hash({_tuple_of("self", fields)})'])


def _apply_hash(source, cls, params, class_hash_defined, fields):
    """What happens to __hash__ for each unsafe_hash, eq, frozen, and whether the class defines one."""
    names = [f for f in fields if (f.compare if f.hash is None else f.hash)]
    if params.unsafe_hash:
        if class_hash_defined:
            raise TypeError(f'Cannot overwrite attribute __hash__ in class {cls.__name__}')
        _hash_add(source, names)
    elif params.eq and not class_hash_defined:
        if params.frozen:
            _hash_add(source, names)
        else:
            cls.__hash__ = None


def _annotation_text(t):
    module = getattr(t, '__module__', None)
    if module == 'typing':
        return repr(t).replace('typing.', '')
    if isinstance(t, GenericAlias):
        return str(t)
    if isinstance(t, type):
        return t.__qualname__ if module == 'builtins' else f'{module}.{t.__qualname__}'
    return repr(t)


def _doc_of(cls, std, kw_only):
    def text(f):
        value = f.default if f.default is not MISSING else _HAS_DEFAULT_FACTORY if f.default_factory is not MISSING else MISSING
        return f'{f.name}: {_annotation_text(f.type)}' + ('' if value is MISSING else f' = {value!r}')
    parts = [text(f) for f in std]
    if kw_only:
        parts += ['*'] + [text(f) for f in kw_only]
    return f'{cls.__name__}({", ".join(parts)})'


def _collect_fields(cls, fields, kw_only):
    cls_annotations = cls.__dict__.get('__annotations__', {})
    cls_fields = []
    seen = False
    for name, type in cls_annotations.items():
        if type is KW_ONLY or isinstance(type, str) and _named_by(type, cls)[0] is KW_ONLY:
            if seen:
                raise TypeError(f'{name!r} is KW_ONLY, but KW_ONLY has already been specified')
            seen = kw_only = True
        else:
            cls_fields.append(_get_field(cls, name, type, kw_only))
    for f in cls_fields:
        fields[f.name] = f
        if isinstance(getattr(cls, f.name, None), Field):
            if f.default is MISSING:
                delattr(cls, f.name)
            else:
                setattr(cls, f.name, f.default)
    for name, value in cls.__dict__.items():
        if isinstance(value, Field) and name not in cls_annotations:
            raise TypeError(f'{name!r} is a field but has no type annotation')


def _process_class(cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots, weakref_slot):
    fields = {}
    namespace = sys.modules[cls.__module__].__dict__ if cls.__module__ in sys.modules else {}
    params = _DataclassParams(init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots, weakref_slot)
    setattr(cls, _PARAMS, params)
    any_frozen_base = has_bases = False
    all_frozen_bases = None
    for b in cls.__mro__[-1:0:-1]:
        base_fields = getattr(b, _FIELDS, None)
        if base_fields is not None:
            has_bases = True
            for f in base_fields.values():
                fields[f.name] = f
            if all_frozen_bases is None:
                all_frozen_bases = True
            current = getattr(b, _PARAMS).frozen
            all_frozen_bases = all_frozen_bases and current
            any_frozen_base = any_frozen_base or current
    _collect_fields(cls, fields, kw_only)
    if has_bases:
        if any_frozen_base and not frozen:
            raise TypeError('cannot inherit non-frozen dataclass from a frozen one')
        if all_frozen_bases is False and frozen:
            raise TypeError('cannot inherit frozen dataclass from a non-frozen one')
    setattr(cls, _FIELDS, fields)
    class_hash = cls.__dict__.get('__hash__', MISSING)
    has_explicit_hash = not (class_hash is MISSING or class_hash is None and '__eq__' in cls.__dict__)
    if order and not eq:
        raise ValueError('eq must be true if order is true')
    in_init = [f for f in fields.values() if f._field_type in (_FIELD, _FIELD_INITVAR)]
    std = [f for f in in_init if f.init and not f.kw_only]
    kw = [f for f in in_init if f.init and f.kw_only]
    field_list = [f for f in fields.values() if f._field_type is _FIELD]
    source = _Source(namespace)
    if init:
        _add_init(source, in_init, std, kw, frozen, hasattr(cls, '__post_init__'), '__dataclass_self__' if 'self' in fields else 'self', slots)
    _set_new_attribute(cls, '__replace__', _replace)
    if repr:
        shown = ', '.join(f'{f.name}={{self.{f.name}!r}}' for f in field_list if f.repr)
        source.add('__repr__', ['self'], [f'return f"{{self.__class__.__qualname__}}({shown})"'])
    if eq:
        terms = ' and '.join(f'self.{f.name}==other.{f.name}' for f in field_list if f.compare) or 'True'
        source.add('__eq__', ('self', 'other'), ('if self is other:', ' return True', 'if other.__class__ is self.__class__:', f' return {terms}', 'return NotImplemented'))
    if order:
        compared = [f for f in field_list if f.compare]
        mine, theirs = _tuple_of('self', compared), _tuple_of('other', compared)
        for name, op in (('__lt__', '<'), ('__le__', '<='), ('__gt__', '>'), ('__ge__', '>=')):
            source.add(name, ('self', 'other'), ('if other.__class__ is self.__class__:', f' return {mine}{op}{theirs}', 'return NotImplemented'),
                       overwrite_error='Consider using functools.total_ordering')
    if frozen:
        _add_frozen(source, cls, field_list)
    _apply_hash(source, cls, params, has_explicit_hash, field_list)
    annotations = {f.name: f.type for f in std + kw}
    annotations['return'] = None
    source.install(cls, annotations)
    if not getattr(cls, '__doc__'):
        cls.__doc__ = _doc_of(cls, std, kw)
    if match_args:
        _set_new_attribute(cls, '__match_args__', tuple(f.name for f in std))
    if weakref_slot and not slots:
        raise TypeError('weakref_slot is True but slots is False')
    if slots:
        cls = _add_slots(cls, frozen, weakref_slot, fields)
    abc = sys.modules.get('abc')
    if abc is not None:
        abc.update_abstractmethods(cls)
    return cls


def _dataclass_getstate(self):
    return [getattr(self, f.name) for f in fields(self)]


def _dataclass_setstate(self, state):
    for f, value in zip(fields(self), state):
        object.__setattr__(self, f.name, value)


def _slots_of(cls):
    slots = cls.__dict__.get('__slots__')
    return () if slots is None else (slots,) if isinstance(slots, str) else tuple(slots)


def _add_slots(cls, is_frozen, weakref_slot, all_fields):
    """A class cannot grow slots: make it again with them."""
    if '__slots__' in cls.__dict__:
        raise TypeError(f'{cls.__name__} already specifies __slots__')
    cls_dict = dict(cls.__dict__)
    field_names = tuple(f.name for f in fields(cls))
    inherited = {n for c in cls.__mro__[1:-1] for n in _slots_of(c)}
    cls_dict['__slots__'] = tuple(n for n in field_names if n not in inherited) + (('__weakref__',) if weakref_slot and '__weakref__' not in inherited else ())
    for name in field_names:
        cls_dict.pop(name, None)
    cls_dict.pop('__dict__', None)
    cls_dict.pop('__weakref__', None)
    qualname = getattr(cls, '__qualname__', None)
    newcls = type(cls)(cls.__name__, cls.__bases__, cls_dict)
    if qualname is not None:
        newcls.__qualname__ = qualname
    if is_frozen:
        if '__getstate__' not in cls_dict:
            newcls.__getstate__ = _dataclass_getstate
        if '__setstate__' not in cls_dict:
            newcls.__setstate__ = _dataclass_setstate
    return newcls


def dataclass(cls=None, /, *, init=True, repr=True, eq=True, order=False, unsafe_hash=False, frozen=False, match_args=True, kw_only=False, slots=False,
              weakref_slot=False):
    """Add dunder methods based on the fields defined in the class."""
    def wrap(cls):
        return _process_class(cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots, weakref_slot)
    return wrap if cls is None else wrap(cls)


def fields(class_or_instance):
    """Return a tuple describing the fields of this dataclass."""
    try:
        fields = getattr(class_or_instance, _FIELDS)
    except AttributeError:
        raise TypeError('must be called with a dataclass type or instance') from None
    return tuple(f for f in fields.values() if f._field_type is _FIELD)


def _is_dataclass_instance(obj):
    return hasattr(type(obj), _FIELDS)


def is_dataclass(obj):
    """Returns True if obj is a dataclass or an instance of a dataclass."""
    return hasattr(obj if isinstance(obj, type) else type(obj), _FIELDS)


def asdict(obj, *, dict_factory=dict):
    """Return the fields of a dataclass instance as a new dictionary mapping field names to field values."""
    if not _is_dataclass_instance(obj):
        raise TypeError('asdict() should be called on dataclass instances')
    return _convert(obj, lambda o: dict_factory([(f.name, _asdict_value(getattr(o, f.name), dict_factory)) for f in fields(o)]))


def astuple(obj, *, tuple_factory=tuple):
    """Return the fields of a dataclass instance as a new tuple of field values."""
    if not _is_dataclass_instance(obj):
        raise TypeError('astuple() should be called on dataclass instances')
    make = lambda o: tuple_factory([_convert(getattr(o, f.name), make) for f in fields(o)])
    return make(obj)


def _asdict_value(value, dict_factory):
    return _convert(value, lambda o: dict_factory([(f.name, _asdict_value(getattr(o, f.name), dict_factory)) for f in fields(o)]))


def _convert(obj, make):
    """Copy containers, turn dataclass instances into what make says, deep-copy the rest."""
    cls = type(obj)
    if cls in (int, str, float, bool, type(None), bytes, complex):
        return obj
    if hasattr(cls, _FIELDS):
        return make(obj)
    if cls is list:
        return [_convert(v, make) for v in obj]
    if cls is dict:
        return {_convert(k, make): _convert(v, make) for k, v in obj.items()}
    if issubclass(cls, tuple):
        if hasattr(obj, '_fields'):
            return cls(*[_convert(v, make) for v in obj])
        return cls(_convert(v, make) for v in obj)
    if issubclass(cls, dict):
        if hasattr(cls, 'default_factory'):
            result = cls(obj.default_factory)
            for k, v in obj.items():
                result[_convert(k, make)] = _convert(v, make)
            return result
        return cls((_convert(k, make), _convert(v, make)) for k, v in obj.items())
    if issubclass(cls, list):
        return cls(_convert(v, make) for v in obj)
    from copy import deepcopy
    return deepcopy(obj)


def make_dataclass(cls_name, fields, *, bases=(), namespace=None, init=True, repr=True, eq=True, order=False, unsafe_hash=False, frozen=False,
                   match_args=True, kw_only=False, slots=False, weakref_slot=False, module=None):
    """Return a new dynamically created dataclass."""
    from keyword import iskeyword
    from types import new_class
    if namespace is None:
        namespace = {}
    seen, annotations, defaults = set(), {}, {}
    for item in fields:
        if isinstance(item, str):
            name, tp = item, 'typing.Any'
        elif len(item) == 2:
            name, tp = item
        elif len(item) == 3:
            name, tp, default = item
            defaults[name] = default
        else:
            raise TypeError(f'Invalid field: {item!r}')
        if not isinstance(name, str) or not name.isidentifier():
            raise TypeError(f'Field names must be valid identifiers: {name!r}')
        if iskeyword(name):
            raise TypeError(f'Field names must not be keywords: {name!r}')
        if name in seen:
            raise TypeError(f'Field name duplicated: {name!r}')
        seen.add(name)
        annotations[name] = tp

    def exec_body(ns):
        ns.update(namespace)
        ns.update(defaults)
        ns['__annotations__'] = annotations
    cls = new_class(cls_name, bases, {}, exec_body)
    if module is None:
        module = sys._getframemodulename(1) or '__main__'
    cls.__module__ = module
    return dataclass(cls, init=init, repr=repr, eq=eq, order=order, unsafe_hash=unsafe_hash, frozen=frozen, match_args=match_args, kw_only=kw_only,
                     slots=slots, weakref_slot=weakref_slot)


def replace(obj, /, **changes):
    """Return a new object replacing specified fields with new values."""
    if not _is_dataclass_instance(obj):
        raise TypeError('replace() should be called on dataclass instances')
    return _replace(obj, **changes)


def _replace(self, /, **changes):
    for f in getattr(self, _FIELDS).values():
        if f._field_type is _FIELD_CLASSVAR:
            continue
        if not f.init:
            if f.name in changes:
                raise TypeError(f'field {f.name} is declared with init=False, it cannot be specified with replace()')
            continue
        if f.name not in changes:
            if f._field_type is _FIELD_INITVAR and f.default is MISSING:
                raise TypeError(f"InitVar {f.name!r} must be specified with replace()")
            changes[f.name] = getattr(self, f.name)
    return self.__class__(**changes)
