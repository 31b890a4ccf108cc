"""Signatures and frame records: the parts of inspect that are loaded when first named."""
import sys
from collections import OrderedDict, namedtuple
from enum import IntEnum
from functools import partial, partialmethod
import inspect
from inspect import isclass, isfunction, ismethod, unwrap

FullArgSpec = namedtuple('FullArgSpec', 'args, varargs, varkw, defaults, kwonlyargs, kwonlydefaults, annotations', module='inspect')
ClosureVars = namedtuple('ClosureVars', 'nonlocals globals builtins unbound', module='inspect')
Traceback = namedtuple('Traceback', 'filename lineno function code_context index', module='inspect')
FrameInfo = namedtuple('FrameInfo', 'frame filename lineno function code_context index', module='inspect')
Attribute = namedtuple('Attribute', 'name kind defining_class object', module='inspect')


class _empty:
    """Marker object for Signature.empty and Parameter.empty."""


class _ParameterKind(IntEnum):
    POSITIONAL_ONLY = 0
    POSITIONAL_OR_KEYWORD = 1
    VAR_POSITIONAL = 2
    KEYWORD_ONLY = 3
    VAR_KEYWORD = 4

    def __str__(self):
        return self.name

    @property
    def description(self):
        return ('positional-only', 'positional or keyword', 'variadic positional', 'keyword-only', 'variadic keyword')[self]


_POS_ONLY, _POS_OR_KW, _VAR_POS, _KW_ONLY, _VAR_KW = _ParameterKind


def formatannotation(annotation, base_module=None, *, quote_annotation_strings=True):
    if not quote_annotation_strings and isinstance(annotation, str):
        return annotation
    module = getattr(annotation, '__module__', None)
    if module == 'typing':
        return repr(annotation).replace('typing.', '')
    if isinstance(annotation, type(list[int])):
        return str(annotation)
    if isinstance(annotation, type):
        if module in ('builtins', base_module):
            return annotation.__qualname__
        return module + '.' + annotation.__qualname__
    return repr(annotation)


class Parameter:
    """Represents a parameter in a function signature."""
    POSITIONAL_ONLY, POSITIONAL_OR_KEYWORD, VAR_POSITIONAL, KEYWORD_ONLY, VAR_KEYWORD = _ParameterKind
    empty = _empty
    __slots__ = ('_name', '_kind', '_default', '_annotation')

    def __init__(self, name, kind, *, default=_empty, annotation=_empty):
        try:
            self._kind = _ParameterKind(kind)
        except ValueError:
            raise ValueError(f'value {kind!r} is not a valid Parameter.kind')
        if default is not _empty and self._kind in (_VAR_POS, _VAR_KW):
            raise ValueError(f'{self._kind.description} parameters cannot have default values')
        if name is _empty:
            raise ValueError('name is a required attribute for Parameter')
        if not isinstance(name, str):
            raise TypeError(f'name must be a str, not a {type(name).__name__}')
        if name[:1] == '.' and name[1:].isdigit():
            self._kind, name = _POS_ONLY, f'implicit{name[1:]}'
        from keyword import iskeyword
        if iskeyword(name) and self._kind is not _POS_ONLY or not name.isidentifier():
            raise ValueError(f'{name!r} is not a valid parameter name')
        self._name, self._default, self._annotation = name, default, annotation

    name = property(lambda self: self._name)
    default = property(lambda self: self._default)
    annotation = property(lambda self: self._annotation)
    kind = property(lambda self: self._kind)

    def replace(self, *, name=inspect, kind=inspect, annotation=inspect, default=inspect):
        return type(self)(self._name if name is inspect else name, self._kind if kind is inspect else kind,
                          default=self._default if default is inspect else default, annotation=self._annotation if annotation is inspect else annotation)

    __replace__ = replace

    def __str__(self):
        return self._format()

    def _format(self, *, quote_annotation_strings=True):
        formatted = self._name
        if self._annotation is not _empty:
            formatted += ': ' + formatannotation(self._annotation, quote_annotation_strings=quote_annotation_strings)
        if self._default is not _empty:
            formatted += (' = ' if self._annotation is not _empty else '=') + repr(self._default)
        return {_VAR_POS: '*', _VAR_KW: '**'}.get(self._kind, '') + formatted

    def __repr__(self):
        return f'<{self.__class__.__name__} "{self}">'

    def __eq__(self, other):
        if self is other:
            return True
        if not isinstance(other, Parameter):
            return NotImplemented
        return (self._name, self._kind, self._default, self._annotation) == (other._name, other._kind, other._default, other._annotation)

    def __hash__(self):
        return hash((self._name, self._kind, self._annotation, self._default))


class BoundArguments:
    """Result of Signature.bind call: the mapping of arguments to parameters."""
    __slots__ = ('arguments', '_signature')

    def __init__(self, signature, arguments):
        self.arguments, self._signature = arguments, signature

    signature = property(lambda self: self._signature)

    @property
    def args(self):
        args = []
        for name, param in self._signature.parameters.items():
            if param.kind in (_VAR_KW, _KW_ONLY) or name not in self.arguments:
                break
            args.extend(self.arguments[name]) if param.kind is _VAR_POS else args.append(self.arguments[name])
        return tuple(args)

    @property
    def kwargs(self):
        kwargs, started = {}, False
        for name, param in self._signature.parameters.items():
            if not started:
                if param.kind in (_VAR_KW, _KW_ONLY):
                    started = True
                elif name not in self.arguments:
                    started = True
                    continue
            if not started or name not in self.arguments:
                continue
            kwargs.update(self.arguments[name]) if param.kind is _VAR_KW else kwargs.__setitem__(name, self.arguments[name])
        return kwargs

    def apply_defaults(self):
        """Set default values for missing arguments."""
        new = []
        for name, param in self._signature.parameters.items():
            if name in self.arguments:
                new.append((name, self.arguments[name]))
            elif param.default is not _empty:
                new.append((name, param.default))
            elif param.kind is _VAR_POS:
                new.append((name, ()))
            elif param.kind is _VAR_KW:
                new.append((name, {}))
        self.arguments = dict(new)

    def __eq__(self, other):
        if not isinstance(other, BoundArguments):
            return NotImplemented
        return self._signature == other._signature and self.arguments == other.arguments

    def __repr__(self):
        return f'<{self.__class__.__name__} ({", ".join(f"{k}={v!r}" for k, v in self.arguments.items())})>'


class Signature:
    """The parameters and return annotation of a callable."""
    __slots__ = ('_return_annotation', '_parameters')
    _parameter_cls, _bound_arguments_cls, empty = Parameter, BoundArguments, _empty

    def __init__(self, parameters=None, *, return_annotation=_empty, __validate_parameters__=True):
        params = OrderedDict()
        top, seen_default = _POS_ONLY, False
        for param in parameters or ():
            if __validate_parameters__:
                kind, name = param.kind, param.name
                if kind < top:
                    raise ValueError(f'wrong parameter order: {top.description} parameter before {kind.description} parameter')
                top = kind
                if kind in (_POS_ONLY, _POS_OR_KW):
                    if param.default is _empty:
                        if seen_default:
                            raise ValueError('non-default argument follows default argument')
                    else:
                        seen_default = True
                if name in params:
                    raise ValueError(f'duplicate parameter name: {name!r}')
            params[param.name] = param
        self._parameters = type(type.__dict__)(params)
        self._return_annotation = return_annotation

    @classmethod
    def from_callable(cls, obj, *, follow_wrapped=True, globals=None, locals=None, eval_str=False):
        return signature(obj, follow_wrapped=follow_wrapped, globals=globals, locals=locals, eval_str=eval_str)

    parameters = property(lambda self: self._parameters)
    return_annotation = property(lambda self: self._return_annotation)

    def replace(self, *, parameters=inspect, return_annotation=inspect):
        return type(self)(self.parameters.values() if parameters is inspect else parameters,
                          return_annotation=self._return_annotation if return_annotation is inspect else return_annotation)

    __replace__ = replace

    def _key(self):
        kwonly = {p.name: p for p in self.parameters.values() if p.kind is _KW_ONLY}
        return tuple(p for p in self.parameters.values() if p.kind is not _KW_ONLY), kwonly, self._return_annotation

    def __eq__(self, other):
        return self._key() == other._key() if isinstance(other, Signature) else NotImplemented

    def __hash__(self):
        params, kwonly, ret = self._key()
        return hash((params, frozenset(kwonly.values()), ret))

    def _bind(self, args, kwargs, *, partial=False):
        arguments = {}
        params = iter(self.parameters.values())
        values = list(args)
        rest = []
        pos = 0
        for param in params:
            if param.kind in (_KW_ONLY, _VAR_KW):
                rest.append(param)
                break
            if param.kind is _VAR_POS:
                if pos < len(values):
                    arguments[param.name] = tuple(values[pos:])
                    pos = len(values)
                continue
            if pos < len(values):
                if param.name in kwargs and param.kind is not _POS_ONLY:
                    raise TypeError(f'multiple values for argument {param.name!r}')
                arguments[param.name] = values[pos]
                pos += 1
            else:
                rest.append(param)
        if pos < len(values):
            raise TypeError('too many positional arguments')
        rest.extend(params)
        kwargs_param = None
        pos_only_in_kwargs = []
        for param in rest:
            if param.kind is _VAR_KW:
                kwargs_param = param
                continue
            if param.kind is _POS_ONLY:
                if param.name in kwargs:
                    pos_only_in_kwargs.append(param)
                elif param.default is _empty and not partial:
                    raise TypeError(f'missing a required argument: {param.name!r}')
                continue
            if param.name in kwargs:
                arguments[param.name] = kwargs.pop(param.name)
            elif not partial and param.default is _empty:
                raise TypeError(f'missing a required argument: {param.name!r}')
        if kwargs:
            if kwargs_param is not None:
                arguments[kwargs_param.name] = kwargs
            elif pos_only_in_kwargs:
                raise TypeError(f"got some positional-only arguments passed as keyword arguments: {', '.join(p.name for p in pos_only_in_kwargs)!r}")
            else:
                raise TypeError(f'got an unexpected keyword argument {next(iter(kwargs))!r}')
        return self._bound_arguments_cls(self, arguments)

    def bind(self, /, *args, **kwargs):
        """Get a BoundArguments object, that maps the passed args and kwargs to the function's signature."""
        return self._bind(args, kwargs)

    def bind_partial(self, /, *args, **kwargs):
        return self._bind(args, kwargs, partial=True)

    def __repr__(self):
        return f'<{self.__class__.__name__} {self}>'

    def __str__(self):
        return self.format()

    def format(self, *, max_width=None, quote_annotation_strings=True):
        result = []
        pos_only = star = False
        for param in self.parameters.values():
            text = param._format(quote_annotation_strings=quote_annotation_strings)
            if param.kind is _POS_ONLY:
                pos_only = True
            elif pos_only:
                result.append('/')
                pos_only = False
            if param.kind is _VAR_POS:
                star = True
            elif param.kind is _KW_ONLY and not star:
                result.append('*')
                star = True
            result.append(text)
        if pos_only:
            result.append('/')
        rendered = f'({", ".join(result)})'
        if max_width is not None and len(rendered) > max_width:
            rendered = '(\n    ' + ',\n    '.join(result) + '\n)'
        if self._return_annotation is not _empty:
            rendered += f' -> {formatannotation(self._return_annotation, quote_annotation_strings=quote_annotation_strings)}'
        return rendered


def _from_function(func, globals=None, locals=None, eval_str=False):
    code = func.__code__
    names = code.co_varnames
    npos, nposonly, nkw = code.co_argcount, code.co_posonlyargcount, code.co_kwonlyargcount
    annotations = inspect.get_annotations(func, globals=globals, locals=locals, eval_str=eval_str)
    defaults = func.__defaults__ or ()
    kwdefaults = func.__kwdefaults__ or {}
    params = []
    for i, name in enumerate(names[:npos]):
        d = i - (npos - len(defaults))
        params.append(Parameter(name, _POS_ONLY if i < nposonly else _POS_OR_KW, default=defaults[d] if d >= 0 else _empty, annotation=annotations.get(name, _empty)))
    at = npos + nkw
    if code.co_flags & 4:
        params.append(Parameter(names[at], _VAR_POS, annotation=annotations.get(names[at], _empty)))
        at += 1
    for name in names[npos:npos + nkw]:
        params.append(Parameter(name, _KW_ONLY, default=kwdefaults.get(name, _empty), annotation=annotations.get(name, _empty)))
    if code.co_flags & 8:
        params.append(Parameter(names[at], _VAR_KW, annotation=annotations.get(names[at], _empty)))
    return Signature(params, return_annotation=annotations.get('return', _empty), __validate_parameters__=False)


def _drop_first(sig):
    params = list(sig.parameters.values())
    if not params or params[0].kind in (_VAR_KW, _KW_ONLY):
        raise ValueError('invalid method signature')
    if params[0].kind is not _VAR_POS:
        params = params[1:]
    return sig.replace(parameters=params)


def _of_partial(wrapped, part, skip=()):
    old = wrapped.parameters
    try:
        bound = wrapped.bind_partial(*skip, *part.args, **(part.keywords or {}))
    except TypeError as ex:
        raise ValueError(f'partial object {part!r} has incorrect arguments') from ex
    new = OrderedDict(old.items())
    keyword_only = False
    for name, param in old.items():
        if name in bound.arguments:
            value = bound.arguments[name]
            if param.kind is _POS_ONLY:
                new.pop(name)
                continue
            if param.kind is _POS_OR_KW:
                if name in (part.keywords or {}):
                    keyword_only = True
                    new[name] = param.replace(default=value)
                else:
                    new.pop(name)
                    continue
            elif param.kind is _KW_ONLY:
                new[name] = param.replace(default=value)
        if keyword_only:
            if param.kind is _POS_OR_KW:
                new[name] = new[name].replace(kind=_KW_ONLY)
                new.move_to_end(name)
            elif param.kind in (_KW_ONLY, _VAR_KW):
                new.move_to_end(name)
            elif param.kind is _VAR_POS:
                new.pop(name)
    return wrapped.replace(parameters=new.values())


def _from_text(obj, text):
    """(a, b=1, /) of a built-in's __text_signature__; '$self' is the bound first argument."""
    params, kind = [], _POS_OR_KW
    drop = False
    for part in text.strip()[1:-1].split(','):
        part = part.strip()
        if part == '/':
            params = [p.replace(kind=_POS_ONLY) for p in params]
        elif part == '*':
            kind = _KW_ONLY
        elif part:
            name, eq, default = part.partition('=')
            if name.startswith('$'):
                name = name[1:]
                drop = getattr(obj, '__self__', None) is not None and not inspect.ismodule(obj.__self__) or name == 'module'
                if drop:
                    continue
            k = kind
            if name.startswith('**'):
                name, k = name[2:], _VAR_KW
            elif name.startswith('*'):
                name, k, kind = name[1:], _VAR_POS, _KW_ONLY
            params.append(Parameter(name, k, default=eval(default, {}) if eq else _empty))
    return Signature(params)


def _user_defined(cls, name):
    for base in cls.__mro__:
        if base in (object, type):
            return None
        if name in base.__dict__:
            return base.__dict__[name]
    return None


def _of_class(obj, **kw):
    call = _user_defined(type(obj), '__call__')
    if call is not None and isfunction(call):
        return _drop_first(signature(call, **kw))
    for base in obj.__mro__:
        for name in ('__new__', '__init__'):
            if name in base.__dict__ and base is not object:
                method = base.__dict__[name]
                method = getattr(method, '__func__', method)
                if isfunction(method) or isinstance(method, (partial, partialmethod)) or hasattr(method, '__wrapped__'):
                    return _drop_first(signature(method, **kw))
        text = base.__dict__.get('__text_signature__')
        if isinstance(text, str):
            return _from_text(obj, text)
    if obj.__init__ is object.__init__ and obj.__new__ is object.__new__:
        return Signature()
    raise ValueError(f'no signature found for builtin type {obj!r}')


def signature(obj, *, follow_wrapped=True, globals=None, locals=None, eval_str=False):
    """Get a signature object for the passed callable."""
    kw = {'follow_wrapped': follow_wrapped, 'globals': globals, 'locals': locals, 'eval_str': eval_str}
    if not callable(obj):
        raise TypeError(f'{obj!r} is not a callable object')
    if ismethod(obj):
        return _drop_first(signature(obj.__func__, **kw))
    if follow_wrapped:
        obj = unwrap(obj, stop=lambda f: hasattr(f, '__signature__') or ismethod(f))
        if ismethod(obj):
            return signature(obj, **kw)
    sig = getattr(obj, '__signature__', None)
    if sig is not None:
        if not isinstance(sig, Signature):
            if callable(sig):
                sig = sig()
        if not isinstance(sig, Signature):
            raise TypeError(f'unexpected object {sig!r} in __signature__ attribute')
        return sig
    pm = getattr(obj, '__partialmethod__', None)
    if isinstance(pm, partialmethod):
        wrapped = signature(pm.func, **kw)
        return _of_partial(wrapped, partial(pm.func, *pm.args, **pm.keywords), (None,)).replace(
            parameters=[*list(wrapped.parameters.values())[:1], *_of_partial(wrapped, partial(pm.func, *pm.args, **pm.keywords), (None,)).parameters.values()])
    if isfunction(obj):
        return _from_function(obj, globals, locals, eval_str)
    if isinstance(obj, partial):
        return _of_partial(signature(obj.func, **kw), obj)
    if isclass(obj):
        return _of_class(obj, **kw)
    text = getattr(obj, '__text_signature__', None)
    if isinstance(text, str):
        return _from_text(obj, text)
    if inspect.isbuiltin(obj) or inspect.ismethoddescriptor(obj) or inspect.ismethodwrapper(obj):
        raise ValueError(f'no signature found for builtin {obj!r}')
    call = getattr(type(obj), '__call__', None)
    if call is not None and (isfunction(call) or hasattr(call, '__wrapped__')):
        return _drop_first(signature(call, **kw))
    raise ValueError(f'callable {obj!r} is not supported by signature')


def getfullargspec(func):
    """Get the names and default values of a callable object's parameters."""
    try:
        sig = signature(func.__func__ if ismethod(func) else func, follow_wrapped=False)
    except Exception as ex:
        raise TypeError('unsupported callable') from ex
    args, posonly, kwonly, defaults, varargs, varkw, annotations, kwdefaults = [], [], [], (), None, None, {}, {}
    if sig.return_annotation is not _empty:
        annotations['return'] = sig.return_annotation
    for p in sig.parameters.values():
        if p.kind in (_POS_ONLY, _POS_OR_KW):
            args.append(p.name)
            if p.default is not _empty:
                defaults += (p.default,)
        elif p.kind is _VAR_POS:
            varargs = p.name
        elif p.kind is _KW_ONLY:
            kwonly.append(p.name)
            if p.default is not _empty:
                kwdefaults[p.name] = p.default
        else:
            varkw = p.name
        if p.annotation is not _empty:
            annotations[p.name] = p.annotation
    return FullArgSpec(args, varargs, varkw, defaults or None, kwonly, kwdefaults or None, annotations)


def getargs(co):
    Arguments = namedtuple('Arguments', 'args, varargs, varkw', module='inspect')
    n = co.co_argcount + co.co_kwonlyargcount
    names = list(co.co_varnames)
    varargs = names[n] if co.co_flags & 4 else None
    varkw = names[n + bool(co.co_flags & 4)] if co.co_flags & 8 else None
    return Arguments(names[:n], varargs, varkw)


def getcallargs(func, /, *positional, **named):
    """Get the mapping of arguments to values."""
    if ismethod(func) and func.__self__ is not None:
        positional = (func.__self__,) + positional
        func = func.__func__
    sig = signature(func)
    bound = sig.bind(*positional, **named)
    bound.apply_defaults()
    names = list(sig.parameters)[:len(positional)] + [p.name for p in sig.parameters.values() if p.kind is _VAR_POS] + list(named)
    return {n: bound.arguments[n] for n in dict.fromkeys(names + list(bound.arguments)) if n in bound.arguments}


def getclosurevars(func):
    """Get the mapping of free variables to their current values."""
    if ismethod(func):
        func = func.__func__
    code = func.__code__
    nonlocals = {} if func.__closure__ is None else {n: c.cell_contents for n, c in zip(code.co_freevars, func.__closure__)}
    import builtins
    scope, found, built, unbound = func.__globals__, {}, {}, set()
    for name in code.co_names:
        if name in scope:
            found[name] = scope[name]
        elif hasattr(builtins, name):
            built[name] = getattr(builtins, name)
        else:
            unbound.add(name)
    return ClosureVars(nonlocals, found, built, unbound)


def getframeinfo(frame, context=1):
    """Get information about a frame or traceback object."""
    if inspect.istraceback(frame):
        lineno, frame = frame.tb_lineno, frame.tb_frame
    else:
        lineno = frame.f_lineno
    filename = frame.f_code.co_filename
    from linecache import getline
    line = getline(filename, lineno) if context > 0 else ''
    return Traceback(filename, lineno, frame.f_code.co_name, [line] if line else None, 0 if line else None)


def getouterframes(frame, context=1):
    result = []
    while frame:
        result.append(FrameInfo(frame, *getframeinfo(frame, context)))
        frame = frame.f_back
    return result


def getinnerframes(tb, context=1):
    result = []
    while tb:
        result.append(FrameInfo(tb.tb_frame, *getframeinfo(tb, context)))
        tb = tb.tb_next
    return result


def stack(context=1):
    """Return a list of records for the stack above the caller's frame."""
    return getouterframes(sys._getframe(1), context)


def trace(context=1):
    """Return a list of records for the stack below the current exception."""
    exc = sys.exception()
    return getinnerframes(None if exc is None else exc.__traceback__, context)


def classify_class_attrs(cls):
    """Return list of attribute-descriptor tuples."""
    result = []
    for name in sorted(dir(cls)):
        for base in (*cls.__mro__, *type(cls).__mro__):
            if name in base.__dict__:
                obj = base.__dict__[name]
                break
        else:
            continue
        if isinstance(obj, staticmethod):
            kind = 'static method'
        elif isinstance(obj, classmethod) or type(obj).__name__ == 'classmethod_descriptor':
            kind = 'class method'
        elif isinstance(obj, property):
            kind = 'property'
        else:
            kind = 'method' if inspect.isroutine(obj) else 'data'
        result.append(Attribute(name, kind, base, obj))
    return result


for _c in (Parameter, Signature, BoundArguments, _empty, _ParameterKind):
    _c.__module__ = 'inspect'
