"""Shallow and deep copies."""


class Error(Exception):
    pass


error = Error
_ATOMIC = {type(None), int, float, bool, complex, bytes, str, type(Ellipsis), type(NotImplemented), type, range, property,
           type(len), type(lambda: 0), type(int | str), slice, type((lambda: 0).__code__)}
_CONTAINERS = {list: list.copy, dict: dict.copy, set: set.copy, bytearray: bytearray.copy}


def _atomic(cls):
    return cls in _ATOMIC or cls.__name__ in ('ref', 'ReferenceType') and cls.__module__ in ('weakref', '_weakref', 'builtins')


def copy(x):
    """Shallow copy operation on arbitrary Python objects."""
    cls = type(x)
    if cls in _ATOMIC or cls in (tuple, frozenset):
        return x
    copier = _CONTAINERS.get(cls)
    if copier is not None:
        return copier(x)
    if issubclass(cls, type) or _atomic(cls):
        return x
    copier = getattr(cls, '__copy__', None)
    if copier is not None:
        return copier(x)
    rv = _reduce(x, cls)
    return x if isinstance(rv, str) else _reconstruct(x, None, *rv)


def _reduce(x, cls):
    """What pickling would use: a function and its arguments, state, list items, dict items."""
    import copyreg
    reductor = copyreg.dispatch_table.get(cls)
    if reductor is not None:
        return reductor(x)
    for name in ('__reduce_ex__', '__reduce__'):
        method = getattr(cls, name, None)
        if method is not None and method is not getattr(object, name, None):
            return method(x, 4) if name == '__reduce_ex__' else method(x)
    return copyreg._reduce_object(x, cls)


def deepcopy(x, memo=None, _nil=[]):
    """Deep copy operation on arbitrary Python objects."""
    cls = type(x)
    if cls in _ATOMIC:
        return x
    if memo is None:
        memo = {}
    else:
        y = memo.get(id(x), _nil)
        if y is not _nil:
            return y
    copier = _DEEP.get(cls)
    if copier is not None:
        y = copier(x, memo)
    elif issubclass(cls, type) or _atomic(cls):
        return x
    else:
        copier = getattr(x, '__deepcopy__', None)
        if copier is not None:
            y = copier(memo)
        else:
            rv = _reduce(x, cls)
            y = x if isinstance(rv, str) else _reconstruct(x, memo, *rv)
    if y is not x:
        memo[id(x)] = y
        memo.setdefault(id(memo), []).append(x)
    return y


def _deep_list(x, memo):
    y = []
    memo[id(x)] = y
    for a in x:
        y.append(deepcopy(a, memo))
    return y


def _deep_tuple(x, memo):
    y = [deepcopy(a, memo) for a in x]
    if id(x) in memo:
        return memo[id(x)]
    for k, j in zip(x, y):
        if k is not j:
            return tuple(y)
    return x


def _deep_dict(x, memo):
    y = {}
    memo[id(x)] = y
    for key, value in x.items():
        y[deepcopy(key, memo)] = deepcopy(value, memo)
    return y


def _deep_set(x, memo):
    return type(x)([deepcopy(a, memo) for a in x])


class _M:
    def m(self):
        pass


_Method = type(_M().m)
_DEEP = {list: _deep_list, tuple: _deep_tuple, dict: _deep_dict, set: _deep_set, frozenset: _deep_set, bytearray: lambda x, memo: bytearray(x),
         _Method: lambda x, memo: type(x)(x.__func__, deepcopy(x.__self__, memo))}


def _reconstruct(x, memo, func, args, state=None, listiter=None, dictiter=None, setter=None):
    deep = memo is not None
    if deep and args:
        args = [deepcopy(arg, memo) for arg in args]
    y = func(*args)
    if deep:
        memo[id(x)] = y
    if state is not None:
        if deep:
            state = deepcopy(state, memo)
        if setter is not None:
            setter(y, state)
        elif hasattr(y, '__setstate__'):
            y.__setstate__(state)
        else:
            slots = None
            if isinstance(state, tuple) and len(state) == 2:
                state, slots = state
            if state is not None:
                y.__dict__.update(state)
            if slots is not None:
                for key, value in slots.items():
                    setattr(y, key, value)
    if listiter is not None:
        for item in listiter:
            y.append(deepcopy(item, memo) if deep else item)
    if dictiter is not None:
        for key, value in dictiter:
            if deep:
                key, value = deepcopy(key, memo), deepcopy(value, memo)
            y[key] = value
    return y


def replace(obj, /, **changes):
    """Return a new object replacing specified fields with new values."""
    cls = obj.__class__
    func = getattr(cls, '__replace__', None)
    if func is None:
        raise TypeError(f'replace() does not support {cls.__name__} objects')
    return func(obj, **changes)


__all__ = ['Error', 'copy', 'deepcopy', 'replace']
