"""How objects are taken apart and put together again by copy."""
dispatch_table = {}


def pickle(ob_type, pickle_function, constructor_ob=None):
    if not callable(pickle_function):
        raise TypeError('reduction functions must be callable')
    dispatch_table[ob_type] = pickle_function


def __newobj__(cls, *args):
    return cls.__new__(cls, *args)


def __newobj_ex__(cls, args, kwargs):
    return cls.__new__(cls, *args, **kwargs)


def _slotnames(cls):
    names = []
    for c in cls.__mro__:
        slots = c.__dict__.get('__slots__')
        if slots is None:
            continue
        for name in (slots,) if isinstance(slots, str) else slots:
            if name in ('__dict__', '__weakref__'):
                continue
            if name.startswith('__') and not name.endswith('__'):
                stripped = c.__name__.lstrip('_')
                name = f'_{stripped}{name}' if stripped else name
            names.append(name)
    return names


_UNCOPYABLE = ('generator', 'coroutine', 'async_generator', 'module', 'frame', 'traceback', 'lock', 'RLock', 'Context', 'ContextVar', 'Token', 'TextIOWrapper',
               'BufferedReader', 'BufferedWriter', 'Task', 'Future', 'mappingproxy', 'memoryview', 'dict_keys', 'dict_values', 'dict_items')


def _reduce_object(obj, cls):
    """The default __reduce_ex__ of protocol 4."""
    if obj is Ellipsis or obj is NotImplemented:
        return repr(obj)
    if cls.__name__ in _UNCOPYABLE and cls.__module__ != '__main__':
        raise TypeError(f"cannot pickle '{cls.__name__}' object")
    kwargs = {}
    if isinstance(obj, BaseException):
        args = (cls, *obj.args)
        func = lambda cls, *a: cls(*a)
    elif hasattr(obj, 'default_factory') and isinstance(obj, dict):
        func, args = cls, (() if obj.default_factory is None else (obj.default_factory,))
    elif hasattr(obj, 'maxlen') and hasattr(obj, 'appendleft'):
        func, args = cls, (() if obj.maxlen is None else ((), obj.maxlen))
    elif hasattr(cls, '__getnewargs_ex__'):
        args, kwargs = obj.__getnewargs_ex__()
        func, args = __newobj_ex__, (cls, args, kwargs)
    elif hasattr(cls, '__getnewargs__'):
        func, args = __newobj__, (cls, *obj.__getnewargs__())
    else:
        func, args = __newobj__, (cls,)
        for base in (int, str, float, bytes, complex, tuple, frozenset, set, bytearray):
            if issubclass(cls, base):
                args = (cls, base(obj))
                if base in (set, bytearray):
                    func = lambda cls, content: cls(content)
    own = getattr(cls, '__getstate__', None)
    if own is not None and own is not getattr(object, '__getstate__', None):
        state = own(obj)
    else:
        state = getattr(obj, '__dict__', None) or None
        slots = {n: getattr(obj, n) for n in _slotnames(cls) if hasattr(obj, n)}
        if slots:
            state = (state, slots)
    listitems = iter(obj) if isinstance(obj, list) or hasattr(obj, 'appendleft') else None
    dictitems = iter(obj.items()) if isinstance(obj, dict) else None
    return func, args, state, listitems, dictitems
