"""Looking at live objects: kinds, members, signatures, states."""
import sys
import types

CO_OPTIMIZED, CO_NEWLOCALS, CO_VARARGS, CO_VARKEYWORDS, CO_NESTED, CO_GENERATOR, CO_COROUTINE, CO_ITERABLE_COROUTINE, CO_ASYNC_GENERATOR = (
    1, 2, 4, 8, 16, 32, 128, 256, 512)
TPFLAGS_IS_ABSTRACT = 1 << 20


def ismodule(object):
    return isinstance(object, types.ModuleType)


def isclass(object):
    return isinstance(object, type)


def ismethod(object):
    return isinstance(object, types.MethodType)


def isfunction(object):
    return isinstance(object, types.FunctionType)


def isbuiltin(object):
    return isinstance(object, types.BuiltinFunctionType)


def iscode(object):
    return isinstance(object, types.CodeType)


def isframe(object):
    return isinstance(object, types.FrameType)


def istraceback(object):
    return isinstance(object, types.TracebackType)


def isgenerator(object):
    return isinstance(object, types.GeneratorType)


def iscoroutine(object):
    return isinstance(object, types.CoroutineType)


def isasyncgen(object):
    return isinstance(object, types.AsyncGeneratorType)


def isawaitable(object):
    """Return true if object can be passed to an ``await`` expression."""
    from collections.abc import Awaitable
    return (isinstance(object, types.CoroutineType) or isinstance(object, types.GeneratorType) and bool(object.gi_code.co_flags & CO_ITERABLE_COROUTINE)
            or isinstance(object, Awaitable))


def ismethoddescriptor(object):
    if isclass(object) or ismethod(object) or isfunction(object) or _unwrap_partial(object) is not object:
        return False
    return hasattr(type(object), '__get__') and not hasattr(type(object), '__set__') and not hasattr(type(object), '__delete__')


def isdatadescriptor(object):
    if isclass(object) or ismethod(object) or isfunction(object):
        return False
    return hasattr(type(object), '__set__') or hasattr(type(object), '__delete__')


def isgetsetdescriptor(object):
    return isinstance(object, types.GetSetDescriptorType)


def ismemberdescriptor(object):
    return isinstance(object, types.MemberDescriptorType)


def ismethodwrapper(object):
    return isinstance(object, types.MethodWrapperType)


def isroutine(object):
    return isbuiltin(object) or isfunction(object) or ismethod(object) or ismethoddescriptor(object) or isinstance(object, types.MethodWrapperType)


def isabstract(object):
    return isinstance(object, type) and bool(getattr(object, '__abstractmethods__', None))


def _unwrap_partial(func):
    from functools import partial
    while isinstance(func, partial):
        func = func.func
    return func


def _has_code_flag(f, flag):
    while ismethod(f):
        f = f.__func__
    f = _unwrap_partial(getattr(f, '__partialmethod__', f).func if hasattr(f, '__partialmethod__') else f)
    while ismethod(f):
        f = f.__func__
    return (isfunction(f) or hasattr(f, '__code__') and hasattr(f, '__defaults__')) and bool(f.__code__.co_flags & flag)


def isgeneratorfunction(obj):
    return _has_code_flag(obj, CO_GENERATOR)


_coroutine_mark = object()


def markcoroutinefunction(func):
    """Decorator to ensure callable is recognised as a coroutine function."""
    if hasattr(func, '__func__'):
        func = func.__func__
    func._is_coroutine_mark = _coroutine_mark
    return func


def iscoroutinefunction(obj):
    if _has_code_flag(obj, CO_COROUTINE):
        return True
    while ismethod(obj):
        obj = obj.__func__
    return getattr(_unwrap_partial(obj), '_is_coroutine_mark', None) is _coroutine_mark


def isasyncgenfunction(obj):
    return _has_code_flag(obj, CO_ASYNC_GENERATOR)


GEN_CREATED, GEN_RUNNING, GEN_SUSPENDED, GEN_CLOSED = 'GEN_CREATED', 'GEN_RUNNING', 'GEN_SUSPENDED', 'GEN_CLOSED'
CORO_CREATED, CORO_RUNNING, CORO_SUSPENDED, CORO_CLOSED = 'CORO_CREATED', 'CORO_RUNNING', 'CORO_SUSPENDED', 'CORO_CLOSED'
AGEN_CREATED, AGEN_RUNNING, AGEN_SUSPENDED, AGEN_CLOSED = 'AGEN_CREATED', 'AGEN_RUNNING', 'AGEN_SUSPENDED', 'AGEN_CLOSED'


def getgeneratorstate(generator):
    if generator.gi_running:
        return GEN_RUNNING
    if generator.gi_suspended:
        return GEN_SUSPENDED
    return GEN_CLOSED if generator.gi_frame is None else GEN_CREATED


def getcoroutinestate(coroutine):
    if coroutine.cr_running:
        return CORO_RUNNING
    if coroutine.cr_suspended:
        return CORO_SUSPENDED
    return CORO_CLOSED if coroutine.cr_frame is None else CORO_CREATED


def getasyncgenstate(agen):
    if agen.ag_running:
        return AGEN_RUNNING
    if agen.ag_suspended:
        return AGEN_SUSPENDED
    return AGEN_CLOSED if agen.ag_frame is None else AGEN_CREATED


def getgeneratorlocals(generator):
    if not isgenerator(generator):
        raise TypeError(f'{generator!r} is not a Python generator')
    frame = getattr(generator, 'gi_frame', None)
    return frame.f_locals if frame is not None else {}


def getcoroutinelocals(coroutine):
    frame = getattr(coroutine, 'cr_frame', None)
    return frame.f_locals if frame is not None else {}


def getasyncgenlocals(agen):
    frame = getattr(agen, 'ag_frame', None)
    return frame.f_locals if frame is not None else {}


def currentframe():
    """Return the frame of the caller or None if this is not possible."""
    return sys._getframe(1) if hasattr(sys, '_getframe') else None


def getmembers(object, predicate=None):
    """Return all members of an object as (name, value) pairs sorted by name."""
    names = dir(object)
    if isclass(object):
        from types import DynamicClassAttribute
        for base in object.__bases__:
            for k, v in base.__dict__.items():
                if isinstance(v, DynamicClassAttribute):
                    names.append(k)
    results, processed = [], set()
    for key in names:
        try:
            value = getattr(object, key)
            if key in processed:
                raise AttributeError
        except AttributeError:
            for base in getattr(object, '__mro__', ()):
                if key in base.__dict__:
                    value = base.__dict__[key]
                    break
            else:
                continue
        if not predicate or predicate(value):
            results.append((key, value))
        processed.add(key)
    results.sort(key=lambda pair: pair[0])
    return results


_no_default = object()


def getattr_static(obj, attr, default=_no_default):
    """Retrieve attributes without triggering dynamic lookup."""
    places = []
    if not isinstance(obj, type):
        d = getattr(obj, '__dict__', None)
        klass_mro = type(obj).__mro__
        if d is not None and attr in d:
            for base in klass_mro:
                if attr in base.__dict__ and hasattr(type(base.__dict__[attr]), '__set__'):
                    return base.__dict__[attr]
            return d[attr]
        places = klass_mro
    else:
        places = (*obj.__mro__, *type(obj).__mro__)
    for base in places:
        if attr in base.__dict__:
            return base.__dict__[attr]
    if default is not _no_default:
        return default
    raise AttributeError(attr)


def getmro(cls):
    return cls.__mro__


def unwrap(func, *, stop=None):
    """Get the object wrapped by *func*."""
    f, memo = func, {id(func)}
    while hasattr(func, '__wrapped__') and not (stop is not None and stop(func)):
        func = func.__wrapped__
        if id(func) in memo:
            raise ValueError(f'wrapper loop when unwrapping {f!r}')
        memo.add(id(func))
    return func


def cleandoc(doc):
    """Clean up indentation from docstrings."""
    lines = doc.expandtabs().split('\n')
    margin = min((len(line) - len(line.lstrip(' ')) for line in lines[1:] if line.lstrip(' ')), default=sys.maxsize)
    lines = [lines[0].lstrip(' ')] + [line[margin:] if margin < sys.maxsize else line for line in lines[1:]]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    return '\n'.join(lines)


def getdoc(object):
    """Get the documentation string for an object, inherited if necessary."""
    doc = getattr(object, '__doc__', None)
    if doc is None:
        try:
            doc = _finddoc(object)
        except (AttributeError, TypeError):
            return None
    return cleandoc(doc) if isinstance(doc, str) else None


def _finddoc(obj):
    if isclass(obj):
        for base in obj.__mro__:
            if base is not object and base.__doc__ is not None:
                return base.__doc__
        return None
    if ismethod(obj):
        name, cls = obj.__func__.__name__, obj.__self__ if isclass(obj.__self__) else type(obj.__self__)
    elif isfunction(obj):
        name = obj.__name__
        cls = sys.modules.get(obj.__module__)
        for part in obj.__qualname__.split('.')[:-1]:
            cls = getattr(cls, part)
        if not isclass(cls):
            return None
    elif isinstance(obj, property):
        name, cls = obj.fget.__name__, sys.modules.get(obj.fget.__module__)
        for part in obj.fget.__qualname__.split('.')[:-1]:
            cls = getattr(cls, part)
    else:
        return None
    for base in cls.__mro__:
        doc = getattr(getattr(base, name, None), '__doc__', None)
        if doc is not None:
            return doc
    return None


def getmodule(object, _filename=None):
    if ismodule(object):
        return object
    return sys.modules.get(getattr(object, '__module__', None))


def getmodulename(path):
    name = path.rpartition('/')[2]
    return name[:-3] if name.endswith('.py') else None


def getfile(object):
    if ismodule(object):
        if getattr(object, '__file__', None):
            return object.__file__
        raise TypeError(f'{object!r} is a built-in module')
    if isclass(object):
        module = sys.modules.get(object.__module__)
        if getattr(module, '__file__', None):
            return module.__file__
        raise TypeError(f'{object!r} is a built-in class')
    if ismethod(object):
        object = object.__func__
    if isfunction(object):
        object = object.__code__
    if istraceback(object):
        object = object.tb_frame
    if isframe(object):
        object = object.f_code
    if iscode(object):
        return object.co_filename
    raise TypeError(f'module, class, method, function, traceback, frame, or code object was expected, got {type(object).__name__}')


getsourcefile = getfile


def getsourcelines(object):
    """The lines of a function or class and the number of the first."""
    from linecache import getlines
    object = unwrap(object)
    lines = getlines(getfile(object))
    if not lines:
        raise OSError('could not get source code')
    if ismodule(object):
        return lines, 0
    if isclass(object):
        start = getattr(object, '__firstlineno__', None)
        if start is None:
            start = next((i + 1 for i, line in enumerate(lines) if line.lstrip().startswith((f'class {object.__name__}:', f'class {object.__name__}('))), None)
        if start is None:
            raise OSError('could not find class definition')
    else:
        start = (object.__func__ if ismethod(object) else object).__code__.co_firstlineno if not iscode(object) else object.co_firstlineno
    return _block(lines[start - 1:]), start


def _block(lines):
    """The first definition in lines: decorators, header, and what is indented under it."""
    indent = len(lines[0]) - len(lines[0].lstrip())
    depth, body, last = 0, False, 0
    for i, line in enumerate(lines):
        text = line.strip()
        if body and text and not text.startswith('#') and depth <= 0 and len(line) - len(line.lstrip()) <= indent:
            break
        depth += sum(line.count(c) for c in '([{') - sum(line.count(c) for c in ')]}')
        if text and not text.startswith('@') and depth <= 0:
            body = True
        if text and not (text.startswith('#') and len(line) - len(line.lstrip()) <= indent):
            last = i
    return lines[:last + 1]


def getsource(object):
    return ''.join(getsourcelines(object)[0])


def get_annotations(obj, *, globals=None, locals=None, eval_str=False):
    """Compute the annotations dict for an object."""
    if isclass(obj):
        ann = obj.__dict__.get('__annotations__')
        scope = getattr(sys.modules.get(obj.__module__), '__dict__', {})
        local = dict(vars(obj))
    elif ismodule(obj) or callable(obj):
        ann = getattr(obj, '__annotations__', None)
        scope = obj.__dict__ if ismodule(obj) else getattr(unwrap(_unwrap_partial(obj)), '__globals__', {})
        local = None
    else:
        raise TypeError(f'{obj!r} is not a module, class, or callable.')
    if not ann:
        return {}
    if not eval_str:
        return dict(ann)
    return {k: eval(v, scope if globals is None else globals, local if locals is None else locals) if isinstance(v, str) else v for k, v in ann.items()}


def __getattr__(name):
    if name in _SIGNATURE_NAMES:
        import _signature
        for n in _SIGNATURE_NAMES:
            globals()[n] = getattr(_signature, n)
        return globals()[name]
    raise AttributeError(f"module 'inspect' has no attribute {name!r}")


_SIGNATURE_NAMES = ('Signature', 'Parameter', 'BoundArguments', 'signature', 'getfullargspec', 'FullArgSpec', 'getcallargs', 'getargs', 'formatannotation',
                    '_empty', 'stack', 'trace', 'getframeinfo', 'getouterframes', 'getinnerframes', 'FrameInfo', 'Traceback', 'ClosureVars', 'getclosurevars',
                    'classify_class_attrs')
__all__ = [_n for _n in globals() if not _n.startswith('_') and _n not in ('sys', 'types')] + [_n for _n in _SIGNATURE_NAMES if not _n.startswith('_')]
