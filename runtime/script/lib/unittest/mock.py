"""Mock objects."""
import asyncio
import inspect
import sys
from functools import partial, wraps
from unittest._mock_calls import ANY, DEFAULT, FILTER_DIR, _Call, _CallList, _is_async, _SentinelObject, call, sentinel

__all__ = ('Mock', 'MagicMock', 'patch', 'sentinel', 'DEFAULT', 'ANY', 'call', 'create_autospec', 'AsyncMock', 'ThreadingMock', 'FILTER_DIR', 'NonCallableMock',
           'NonCallableMagicMock', 'mock_open', 'PropertyMock', 'seal')
_missing = object()
_NUMERICS = 'add sub mul matmul truediv floordiv mod lshift rshift and xor or pow'.split()
_MAGICS = {f'__{n}__' for n in ('lt gt le ge eq ne getitem setitem delitem len contains iter str sizeof enter exit divmod rdivmod neg pos abs invert complex '
                                'int float index round trunc floor ceil bool next fspath aiter reversed missing getformat repr dir subclasses format get set '
                                'delete hash call getnewargs getnewargs_ex getstate setstate').split()}
_MAGICS |= {f'__{p}{n}__' for n in _NUMERICS for p in ('', 'i', 'r')}
_ASYNC_MAGICS = {'__aenter__', '__aexit__', '__anext__', '__aiter__'}
_UNSUPPORTED = {'__getattr__', '__setattr__', '__init__', '__new__', '__prepare__', '__instancecheck__', '__subclasscheck__', '__del__'}
_DEFAULT_RETURN = {'__hash__': lambda self: object.__hash__(self), '__str__': lambda self: object.__str__(self), '__sizeof__': lambda self: object.__sizeof__(self),
                   '__fspath__': lambda self: f'{type(self).__name__}/{self._extract_mock_name()}/{id(self)}'}
_RETURN_VALUES = {'__lt__': NotImplemented, '__gt__': NotImplemented, '__le__': NotImplemented, '__ge__': NotImplemented, '__int__': 1, '__contains__': False,
                  '__len__': 0, '__exit__': False, '__complex__': 1j, '__float__': 1.0, '__bool__': True, '__index__': 1, '__aexit__': False}
_MAGIC_SETUP = (_MAGICS | _ASYNC_MAGICS) - {f'__{n}__' for n in ('get set delete reversed missing repr dir subclasses format hash call getnewargs getnewargs_ex '
                                                          'getstate setstate getformat next').split()} - {f'__r{n}__' for n in _NUMERICS} \
    | {'__hash__'} - {'__rdivmod__'}


class InvalidSpecError(Exception):
    """Indicates that an invalid value was used as a mock spec."""


def _delegate(name, default=None):
    """A property kept in the mock itself, or in its autospec delegate."""
    key = '_mock_' + name

    def get(self):
        value = self.__dict__.get(key, default)
        sig = self.__dict__.get('_mock_delegate')
        return value if sig is None else getattr(sig, name)

    def set(self, value):
        sig = self.__dict__.get('_mock_delegate')
        if sig is None:
            self.__dict__[key] = value
        else:
            setattr(sig, name, value)
    return property(get, set)


def _spec_signature(spec, as_instance, eat_self):
    """The signature calls are checked against, or None."""
    if isinstance(spec, type) and not as_instance:
        spec_f = spec.__init__
        eat_self = True
    elif isinstance(spec, (classmethod, staticmethod)):
        eat_self = isinstance(spec, classmethod)
        spec_f = spec.__func__
    elif not inspect.isroutine(spec):
        try:
            spec_f = spec.__call__
        except AttributeError:
            return None
    else:
        spec_f = spec
    if eat_self and not inspect.ismethod(spec_f):
        spec_f = partial(spec_f, None)
    try:
        return inspect.signature(spec_f)
    except ValueError:
        return None


class Base:
    _mock_return_value = DEFAULT
    _mock_side_effect = None

    def __init__(self, /, *args, **kwargs):
        pass


class NonCallableMock(Base):
    """A non-callable version of `Mock`"""

    def __new__(cls, spec=None, wraps=None, name=None, spec_set=None, parent=None, _spec_state=None, _new_name='', _new_parent=None,
                _spec_as_instance=False, _eat_self=None, unsafe=False, **kwargs):
        bases = (cls,)
        if not issubclass(cls, AsyncMockMixin):
            target = spec_set or spec
            if target is not None and _is_async(target):
                bases = (AsyncMockMixin, cls)
        # a class of its own for each mock, so that magic methods can be set on one of them
        new = type(cls.__name__, bases, {'__doc__': cls.__doc__, '__module__': cls.__module__})
        return object.__new__(new)

    def __init__(self, spec=None, wraps=None, name=None, spec_set=None, parent=None, _spec_state=None, _new_name='', _new_parent=None,
                 _spec_as_instance=False, _eat_self=None, unsafe=False, **kwargs):
        if _new_parent is None:
            _new_parent = parent
        d = self.__dict__
        d['_mock_parent'] = parent
        d['_mock_name'] = name
        d['_mock_new_name'] = _new_name
        d['_mock_new_parent'] = _new_parent
        d['_mock_sealed'] = False
        if spec_set is not None:
            spec = spec_set
            spec_set = True
        if _eat_self is None:
            _eat_self = parent is not None
        self._mock_add_spec(spec, spec_set, _spec_as_instance, _eat_self)
        d['_mock_children'] = {}
        d['_mock_wraps'] = wraps
        d['_mock_delegate'] = None
        d['_mock_called'] = False
        d['_mock_call_args'] = None
        d['_mock_call_count'] = 0
        d['_mock_call_args_list'] = _CallList()
        d['_mock_mock_calls'] = _CallList()
        d['method_calls'] = _CallList()
        d['_mock_unsafe'] = unsafe
        if kwargs:
            self.configure_mock(**kwargs)

    def attach_mock(self, mock, attribute):
        """Attach a mock as an attribute of this one, replacing its name and parent."""
        inner = _extract_mock(mock)
        inner._mock_parent = inner._mock_new_parent = None
        inner._mock_name = ''
        inner._mock_new_name = None
        setattr(self, attribute, mock)

    def mock_add_spec(self, spec, spec_set=False):
        self._mock_add_spec(spec, spec_set)

    def _mock_add_spec(self, spec, spec_set, _spec_as_instance=False, _eat_self=False):
        if isinstance(spec, NonCallableMock) and '_mock_methods' in spec.__dict__:
            raise InvalidSpecError(f'Cannot spec a Mock object. [object={spec!r}]')
        spec_class = signature = methods = None
        asyncs = []
        if spec is not None and not isinstance(spec, list):
            methods = dir(spec)
            for attr in methods:
                static = inspect.getattr_static(spec, attr, None)
                if inspect.iscoroutinefunction(getattr(static, '__func__', static)):
                    asyncs.append(attr)
            spec_class = spec if isinstance(spec, type) else type(spec)
            signature = _spec_signature(spec, _spec_as_instance, _eat_self)
            for cls in (spec_class if isinstance(spec, type) else type(spec)).__mro__:
                methods = [*methods, *(a for a in cls.__dict__.get('__dataclass_fields__', ()) if a not in methods)]
        elif spec is not None:
            methods = spec
        d = self.__dict__
        d['_spec_class'] = spec_class
        d['_spec_set'] = spec_set
        d['_spec_signature'] = signature
        d['_mock_methods'] = methods
        d['_spec_asyncs'] = asyncs

    def _get_return_value(self):
        ret = self._mock_return_value
        if self.__dict__.get('_mock_delegate') is not None:
            ret = self._mock_delegate.return_value
        if ret is DEFAULT and self._get_wraps() is None:
            ret = self._get_child_mock(_new_parent=self, _new_name='()')
            self.return_value = ret
        return ret

    def _get_wraps(self):
        return self.__dict__.get('_mock_wraps')

    def _set_return_value(self, value):
        if self.__dict__.get('_mock_delegate') is not None:
            self._mock_delegate.return_value = value
        else:
            self.__dict__['_mock_return_value'] = value
            _check_and_set_parent(self, value, None, '()')

    return_value = property(_get_return_value, _set_return_value, doc='The value to be returned when the mock is called.')

    @property
    def __class__(self):
        return type(self) if self.__dict__.get('_spec_class') is None else self._spec_class

    called = _delegate('called')
    call_count = _delegate('call_count')
    call_args = _delegate('call_args')
    call_args_list = _delegate('call_args_list')
    mock_calls = _delegate('mock_calls')

    def _get_side_effect(self):
        delegate = self.__dict__.get('_mock_delegate')
        return self._mock_side_effect if delegate is None else delegate.side_effect

    def _set_side_effect(self, value):
        if not (value is None or _is_exception(value) or callable(value)):
            try:
                value = iter(value)
            except TypeError:
                pass
        delegate = self.__dict__.get('_mock_delegate')
        if delegate is None:
            self.__dict__['_mock_side_effect'] = value
        else:
            delegate.side_effect = value

    side_effect = property(_get_side_effect, _set_side_effect)

    def reset_mock(self, visited=None, *, return_value=False, side_effect=False):
        """Restore the mock object to its initial state."""
        visited = [] if visited is None else visited
        if id(self) in visited:
            return
        visited.append(id(self))
        self.called = False
        self.call_args = None
        self.call_count = 0
        self.mock_calls = _CallList()
        self.call_args_list = _CallList()
        self.method_calls = _CallList()
        if return_value:
            self._mock_return_value = DEFAULT
        if side_effect:
            self._mock_side_effect = None
        for child in self._mock_children.values():
            if not isinstance(child, _SpecState) and child is not _deleted:
                child.reset_mock(visited, return_value=return_value, side_effect=side_effect)
        ret = self._mock_return_value
        if isinstance(ret, NonCallableMock) and ret is not self:
            ret.reset_mock(visited)

    def configure_mock(self, /, **kwargs):
        """Set attributes on the mock through keyword arguments."""
        for arg, val in sorted(kwargs.items(), key=lambda entry: entry[0].count('.')):
            *path, final = arg.split('.')
            obj = self
            for name in path:
                obj = getattr(obj, name)
            setattr(obj, final, val)

    def __getattr__(self, name):
        if name in ('_mock_methods', '_mock_unsafe'):
            raise AttributeError(name)
        methods = self.__dict__.get('_mock_methods')
        if methods is not None:
            if name not in methods or name in _MAGICS | _ASYNC_MAGICS:
                raise AttributeError(f'Mock object has no attribute {name!r}')
        elif name.startswith('__') and name.endswith('__'):
            raise AttributeError(name)
        if not self.__dict__.get('_mock_unsafe') and (not methods or name not in methods):
            if name.startswith(('assert', 'assret', 'asert', 'aseert', 'assrt')) or name in _ATTRIB_DENY:
                raise AttributeError(f'{name!r} is not a valid assertion. Use a spec for the mock if {name!r} is meant to be an attribute.')
        result = self._mock_children.get(name)
        if result is _deleted:
            raise AttributeError(name)
        if result is None:
            wrapped = getattr(self._mock_wraps, name) if self._mock_wraps is not None else None
            result = self._get_child_mock(parent=self, name=name, wraps=wrapped, _new_name=name, _new_parent=self)
            self._mock_children[name] = result
        elif isinstance(result, _SpecState):
            result = create_autospec(result.spec, result.spec_set, result.instance, result.parent, result.name)
            self._mock_children[name] = result
        return result

    def _extract_mock_name(self):
        names = [self._mock_new_name]
        parent = self._mock_new_parent
        last = self
        dot = '' if names == ['()'] else '.'
        while parent is not None:
            last = parent
            names.append(parent._mock_new_name + dot)
            dot = '' if parent._mock_new_name == '()' else '.'
            parent = parent._mock_new_parent
        names = list(reversed(names))
        first = last._mock_name or 'mock'
        if len(names) > 1 and names[1] not in ('()', '().'):
            first += '.'
        names[0] = first
        return ''.join(names)

    def __repr__(self):
        name = self._extract_mock_name()
        name_text = '' if name in ('mock', 'mock.') else f' name={name!r}'
        spec_text = ''
        if self._spec_class is not None:
            spec_text = f' spec_set={self._spec_class.__name__!r}' if self._spec_set else f' spec={self._spec_class.__name__!r}'
        return f"<{type(self).__name__}{name_text}{spec_text} id='{id(self)}'>"

    def __dir__(self):
        extras = self._mock_methods or []
        names = dir(type(self))
        children = [m for m, v in self._mock_children.items() if v is not _deleted]
        shown = [n for n in names if not n.startswith('_') or n.startswith('__') and n.endswith('__')]
        return sorted(set(extras) | set(shown) | {n for n in self.__dict__ if not n.startswith('_')} | set(children))

    def __setattr__(self, name, value):
        if name in _SETTERS:
            return object.__setattr__(self, name, value)
        if self._spec_set and self._mock_methods is not None and name not in self._mock_methods and name not in self.__dict__:
            raise AttributeError("Mock object has no attribute '%s'" % name)
        if name in _UNSUPPORTED:
            raise AttributeError('Attempting to set unsupported magic method %r.' % name)
        if name in _MAGICS or name in _ASYNC_MAGICS:
            if self._mock_methods is not None and name not in self._mock_methods:
                raise AttributeError("Mock object has no attribute '%s'" % name)
            if not isinstance(value, NonCallableMock):
                setattr(type(self), name, _method_of(name, value))
                original = value
                value = lambda *args, **kw: original(self, *args, **kw)
            else:
                _check_and_set_parent(self, value, None, name)
                setattr(type(self), name, value)
                self._mock_children[name] = value
        elif name == '__class__':
            self.__dict__['_spec_class'] = value
            return
        elif _check_and_set_parent(self, value, name, name):
            self._mock_children[name] = value
        if self._mock_sealed and not hasattr(self, name):
            full = f'{self._extract_mock_name()}.{name}'
            raise AttributeError(f'Cannot set {full}')
        if isinstance(value, PropertyMock):
            self.__dict__[name] = value
            return
        return object.__setattr__(self, name, value)

    def __delattr__(self, name):
        if name in _MAGICS and name in type(self).__dict__:
            delattr(type(self), name)
            if name not in self.__dict__:
                return
        obj = self._mock_children.get(name, _missing)
        if name in self.__dict__:
            object.__delattr__(self, name)
        elif obj is _deleted:
            raise AttributeError(name)
        if obj is not _missing:
            del self._mock_children[name]
        self._mock_children[name] = _deleted

    def _call_matcher(self, _call_):
        """A call as bound arguments, where a signature says how; itself otherwise."""
        if isinstance(_call_, tuple) and len(_call_) > 2:
            sig = self._sig_from_name(_call_[0])
        else:
            sig = self._spec_signature
        if sig is not None:
            name, args, kwargs = _call_ if len(_call_) == 3 else ('', *_call_)
            try:
                bound = sig.bind(*args, **kwargs)
                return call(name, bound.args, bound.kwargs)
            except TypeError as e:
                return e.with_traceback(None)
        return _call_

    def _sig_from_name(self, name):
        if not name:
            return self._spec_signature
        sig, children = None, self._mock_children
        for part in name.replace('()', '').split('.'):
            child = children.get(part)
            if child is None or isinstance(child, _SpecState):
                break
            children = child._mock_children
            sig = child._spec_signature
        return sig

    def _format_call(self, args, kwargs):
        from unittest._mock_calls import _format_call_signature
        return _format_call_signature(self._mock_name or 'mock', args, kwargs)

    def _error_message(self, args, kwargs, action='call'):
        actual = self.call_args if action == 'call' else self.await_args
        if len(actual) == 3:
            actual = actual[1:]
        return f'expected {action} not found.\nExpected: {self._format_call(args, kwargs)}\n  Actual: {self._format_call(*actual)}'

    def _calls_repr(self):
        if not self.mock_calls:
            return ''
        return f'\nCalls: {_safe(self.mock_calls)}.'

    def assert_not_called(self):
        if self.call_count != 0:
            raise AssertionError(f"Expected '{self._mock_name or 'mock'}' to not have been called. Called {self.call_count} times.{self._calls_repr()}")

    def assert_called(self):
        if self.call_count == 0:
            raise AssertionError("Expected '%s' to have been called." % (self._mock_name or 'mock'))

    def assert_called_once(self):
        if self.call_count != 1:
            raise AssertionError(f"Expected '{self._mock_name or 'mock'}' to have been called once. Called {self.call_count} times.{self._calls_repr()}")

    def assert_called_with(self, /, *args, **kwargs):
        if self.call_args is None:
            raise AssertionError(f'expected call not found.\nExpected: {self._format_call(args, kwargs)}\n  Actual: not called.')
        expected = self._call_matcher(_Call((args, kwargs), two=True))
        actual = self._call_matcher(self.call_args)
        if actual != expected:
            raise AssertionError(self._error_message(args, kwargs)) from (expected if isinstance(expected, Exception) else None)

    def assert_called_once_with(self, /, *args, **kwargs):
        if self.call_count != 1:
            raise AssertionError(f"Expected '{self._mock_name or 'mock'}' to be called once. Called {self.call_count} times.{self._calls_repr()}")
        return self.assert_called_with(*args, **kwargs)

    def assert_any_call(self, /, *args, **kwargs):
        expected = self._call_matcher(_Call((args, kwargs), two=True))
        actual = [self._call_matcher(c) for c in self.call_args_list]
        if isinstance(expected, Exception) or expected not in actual:
            raise AssertionError(f'{self._format_call(args, kwargs)} call not found') from (expected if isinstance(expected, Exception) else None)

    def assert_has_calls(self, calls, any_order=False):
        expected = [self._call_matcher(c) for c in calls]
        cause = next((e for e in expected if isinstance(e, Exception)), None)
        all_calls = _CallList(self._call_matcher(c) for c in self.mock_calls)
        if not any_order:
            if expected not in all_calls:
                problem = 'Calls not found.' if cause is None else 'Error processing expected calls.\nErrors: {}'.format(
                    [e if isinstance(e, Exception) else None for e in expected])
                raise AssertionError(f'{problem}\nExpected: {_CallList(calls)}\n  Actual: {_safe(self.mock_calls)}') from cause
            return
        all_calls = list(all_calls)
        not_found = []
        for kall in expected:
            try:
                all_calls.remove(kall)
            except ValueError:
                not_found.append(kall)
        if not_found:
            raise AssertionError('%r does not contain all of %r in its call list, found %r instead' % (self._mock_name or 'mock', tuple(not_found), all_calls)) from cause

    def _get_child_mock(self, /, **kw):
        """What attributes and return values are made of."""
        if self._mock_sealed:
            attribute = f'.{kw["name"]}' if 'name' in kw else '()'
            raise AttributeError(self._extract_mock_name() + attribute)
        _new_name = kw.get('_new_name')
        if _new_name in self.__dict__.get('_spec_asyncs', ()):
            return AsyncMock(**kw)
        cls = type(self).__mro__[1]
        if issubclass(type(self), MagicMock) and _new_name in ('__aenter__', '__aexit__', '__anext__'):
            klass = AsyncMock
        elif issubclass(type(self), AsyncMockMixin):
            sync = _new_name in _MAGICS | {'__aiter__'} or self._mock_methods and _new_name in self._mock_methods
            klass = MagicMock if sync else AsyncMock
        elif issubclass(cls, CallableMixin):
            klass = cls
        else:
            klass = MagicMock if issubclass(cls, NonCallableMagicMock) else Mock
        return klass(**kw)


_SETTERS = {'return_value', '_mock_return_value', 'side_effect', '_mock_side_effect', '_mock_parent', '_mock_new_parent', '_mock_name', '_mock_new_name',
            'called', 'call_count', 'call_args', 'call_args_list', 'mock_calls', 'await_count', 'await_args', 'await_args_list', 'method_calls', '_mock_sealed',
            '_mock_children', '_mock_wraps', '_mock_delegate'}
_ATTRIB_DENY = {n.removeprefix('assert_') for n in dir(NonCallableMock) if n.startswith('assert_')} | {'called_once', 'called_with', 'has_awaits', 'not_awaited',
                                                                                                     'awaited_with', 'awaited_once_with', 'any_await'}
_ATTRIB_DENY -= {'called'}
_deleted = sentinel.DELETED


def _safe(obj):
    from unittest._asserts import safe_repr
    return safe_repr(obj)


def _is_exception(obj):
    return isinstance(obj, BaseException) or isinstance(obj, type) and issubclass(obj, BaseException)


def _extract_mock(obj):
    if type(obj).__name__ == 'function' and hasattr(obj, 'mock'):
        return obj.mock
    return obj


def _check_and_set_parent(parent, value, name, new_name):
    """Adopt a mock that has no parent and no name yet."""
    value = _extract_mock(value)
    if not isinstance(value, NonCallableMock) or '_mock_methods' not in value.__dict__:
        return False
    if value._mock_name or value._mock_new_name or value._mock_parent is not None or value._mock_new_parent is not None:
        return False
    p = parent
    while p is not None:
        if p is value:
            return False
        p = p._mock_new_parent
    if new_name:
        value._mock_new_parent = parent
        value._mock_new_name = new_name
    if name:
        value._mock_parent = parent
        value._mock_name = name
    return True


def _method_of(name, func):
    """A function set as a magic method gets the mock as its first argument."""
    def method(self, /, *args, **kw):
        return func(self, *args, **kw)
    method.__name__ = name
    return method


class CallableMixin(Base):
    def __init__(self, spec=None, side_effect=None, return_value=DEFAULT, wraps=None, name=None, spec_set=None, parent=None, _spec_state=None,
                 _new_name='', _new_parent=None, **kwargs):
        self.__dict__['_mock_return_value'] = return_value
        super().__init__(spec, wraps, name, spec_set, parent, _spec_state, _new_name, _new_parent, **kwargs)
        if side_effect is not None:
            self.side_effect = side_effect

    def _mock_check_sig(self, /, *args, **kwargs):
        sig = self.__dict__.get('_checked_signature')
        if sig is not None:
            sig.bind(*args, **kwargs)

    def __call__(self, /, *args, **kwargs):
        self._mock_check_sig(*args, **kwargs)
        self._increment_mock_call(*args, **kwargs)
        return self._mock_call(*args, **kwargs)

    def _mock_call(self, /, *args, **kwargs):
        return self._execute_mock_call(*args, **kwargs)

    def _increment_mock_call(self, /, *args, **kwargs):
        self.called = True
        self.call_count += 1
        self.call_args = this = _Call((args, kwargs), two=True)
        self.call_args_list.append(this)
        do_method_calls = self._mock_parent is not None
        method_name = self._mock_name
        new_name = self._mock_new_name
        is_call = new_name == '()'
        self.mock_calls.append(_Call(('', args, kwargs)))
        parent = self._mock_new_parent
        while parent is not None:
            if do_method_calls:
                parent.method_calls.append(_Call((method_name, args, kwargs)))
                do_method_calls = parent._mock_parent is not None
                if do_method_calls:
                    method_name = parent._mock_name + '.' + method_name
            parent.mock_calls.append(_Call((new_name, args, kwargs)))
            if parent._mock_new_name:
                dot = '' if is_call else '.'
                is_call = parent._mock_new_name == '()'
                new_name = parent._mock_new_name + dot + new_name
            parent = parent._mock_new_parent

    def _execute_mock_call(self, /, *args, **kwargs):
        effect = self.side_effect
        if effect is not None:
            if _is_exception(effect):
                raise effect
            if not callable(effect):
                result = next(effect)
                if _is_exception(result):
                    raise result
            else:
                result = effect(*args, **kwargs)
            if result is not DEFAULT:
                return result
        if self._mock_return_value is not DEFAULT:
            return self.return_value
        delegate = self.__dict__.get('_mock_delegate')
        if delegate and delegate.return_value is not DEFAULT:
            return delegate.return_value
        if self._mock_wraps is not None:
            return self._mock_wraps(*args, **kwargs)
        return self.return_value


class Mock(CallableMixin, NonCallableMock):
    """A flexible mock: attributes and calls are recorded, and answered with more mocks."""


class MagicMixin(Base):
    def __init__(self, /, *args, **kw):
        self._mock_set_magics()
        super().__init__(*args, **kw)
        self._mock_set_magics()

    def _mock_set_magics(self):
        names = _MAGIC_SETUP
        methods = self.__dict__.get('_mock_methods')
        cls = type(self)
        if methods is not None:
            names = names & set(methods)
            for name in _MAGIC_SETUP - names:
                if name in cls.__dict__:
                    delattr(cls, name)
        for name in names - set(cls.__dict__):
            setattr(cls, name, _MagicProxy(name))

    def mock_add_spec(self, spec, spec_set=False):
        self._mock_add_spec(spec, spec_set)
        self._mock_set_magics()


class NonCallableMagicMock(MagicMixin, NonCallableMock):
    """A version of `MagicMock` that isn't callable."""


class MagicMock(MagicMixin, Mock):
    """A Mock with default implementations of most of the magic methods."""

    def reset_mock(self, /, *args, return_value=False, **kwargs):
        if return_value and self._mock_name and _is_magic(self._mock_name):
            return_value = False
        super().reset_mock(*args, return_value=return_value, **kwargs)


def _is_magic(name):
    return name[:2] == '__' == name[-2:]


class _MagicProxy:
    """Makes a magic method of a MagicMock when it is first used."""

    def __init__(self, name):
        self.name = name

    def __get__(self, obj, _type=None):
        if obj is None:
            return self
        name = self.name
        m = obj._get_child_mock(name=name, _new_name=name, _new_parent=obj)
        obj._mock_children[name] = m
        m.__dict__['_mock_name'] = name
        _set_return(obj, m, name)
        setattr(type(obj), name, m)
        return m


def _set_return(mock, method, name):
    if name in _RETURN_VALUES:
        method.return_value = _RETURN_VALUES[name]
        return
    if name in _DEFAULT_RETURN:
        method.return_value = _DEFAULT_RETURN[name](mock)
        return
    if name in ('__eq__', '__ne__'):
        def compare(other):
            ret = getattr(mock, name)._mock_return_value
            if ret is not DEFAULT:
                return ret
            return NotImplemented if mock is not other else name == '__eq__'
        method.side_effect = compare
    elif name == '__iter__':
        def iterate():
            ret = mock.__iter__._mock_return_value
            return iter([]) if ret is DEFAULT else iter(ret)
        method.side_effect = iterate
    elif name == '__aiter__':
        def aiterate():
            ret = mock.__aiter__._mock_return_value
            return _AsyncIterator(iter([] if ret is DEFAULT else ret))
        method.side_effect = aiterate


class _AsyncIterator:
    """Wraps an iterator in an asynchronous iterator."""

    def __init__(self, iterator):
        self.iterator = iterator

    def __aiter__(self):
        return self

    async def __anext__(self):
        for value in self.iterator:
            return value
        raise StopAsyncIteration


class AsyncMockMixin(Base):
    await_count = _delegate('await_count', 0)
    await_args = _delegate('await_args')
    await_args_list = _delegate('await_args_list')

    def __init__(self, /, *args, **kwargs):
        super().__init__(*args, **kwargs)
        d = self.__dict__
        d['_is_coroutine'] = getattr(asyncio.coroutines, '_is_coroutine', True) if hasattr(asyncio, 'coroutines') else True
        d['_is_coroutine_mark'] = inspect._coroutine_mark if hasattr(inspect, '_coroutine_mark') else None
        d['_mock_await_count'] = 0
        d['_mock_await_args'] = None
        d['_mock_await_args_list'] = _CallList()
        d['__code__'] = _async_code
        d['__name__'] = 'AsyncMock'
        d['__defaults__'] = ()
        d['__kwdefaults__'] = {}
        d['__annotations__'] = None

    async def _execute_mock_call(self, /, *args, **kwargs):
        this = _Call((args, kwargs), two=True)
        self.await_count += 1
        self.await_args = this
        self.await_args_list.append(this)
        effect = self.side_effect
        if effect is not None:
            if _is_exception(effect):
                raise effect
            if not callable(effect):
                try:
                    result = next(effect)
                except StopIteration:
                    raise StopAsyncIteration
                if _is_exception(result):
                    raise result
            elif inspect.iscoroutinefunction(effect):
                result = await effect(*args, **kwargs)
            else:
                result = effect(*args, **kwargs)
            if result is not DEFAULT:
                return result
        if self._mock_return_value is not DEFAULT:
            return self.return_value
        if self._mock_wraps is not None:
            if inspect.iscoroutinefunction(self._mock_wraps):
                return await self._mock_wraps(*args, **kwargs)
            return self._mock_wraps(*args, **kwargs)
        return self.return_value

    def assert_awaited(self):
        if self.await_count == 0:
            raise AssertionError(f"Expected {self._mock_name or 'mock'} to have been awaited.")

    def assert_awaited_once(self):
        if self.await_count != 1:
            raise AssertionError(f"Expected {self._mock_name or 'mock'} to have been awaited once. Awaited {self.await_count} times.")

    def assert_awaited_with(self, /, *args, **kwargs):
        if self.await_args is None:
            raise AssertionError(f'Expected await: {self._format_call(args, kwargs)}\nNot awaited')
        expected = self._call_matcher(_Call((args, kwargs), two=True))
        actual = self._call_matcher(self.await_args)
        if actual != expected:
            raise AssertionError(self._error_message(args, kwargs, action='await')) from (expected if isinstance(expected, Exception) else None)

    def assert_awaited_once_with(self, /, *args, **kwargs):
        if self.await_count != 1:
            raise AssertionError(f"Expected {self._mock_name or 'mock'} to have been awaited once. Awaited {self.await_count} times.")
        return self.assert_awaited_with(*args, **kwargs)

    def assert_any_await(self, /, *args, **kwargs):
        expected = self._call_matcher(_Call((args, kwargs), two=True))
        if isinstance(expected, Exception) or expected not in [self._call_matcher(c) for c in self.await_args_list]:
            raise AssertionError(f'{self._format_call(args, kwargs)} await not found')

    def assert_has_awaits(self, calls, any_order=False):
        expected = [self._call_matcher(c) for c in calls]
        all_awaits = _CallList(self._call_matcher(c) for c in self.await_args_list)
        if not any_order:
            if expected not in all_awaits:
                raise AssertionError(f'Awaits not found.\nExpected: {_CallList(calls)}\nActual: {self.await_args_list}')
            return
        left = list(all_awaits)
        not_found = []
        for kall in expected:
            try:
                left.remove(kall)
            except ValueError:
                not_found.append(kall)
        if not_found:
            raise AssertionError('%r not all found in await list' % (tuple(not_found),))

    def assert_not_awaited(self):
        if self.await_count != 0:
            raise AssertionError(f"Expected {self._mock_name or 'mock'} to not have been awaited. Awaited {self.await_count} times.")

    def reset_mock(self, /, *args, **kwargs):
        super().reset_mock(*args, **kwargs)
        self.await_count = 0
        self.await_args = None
        self.await_args_list = _CallList()


async def _async_like(*args, **kwargs):
    pass


_async_code = _async_like.__code__


class AsyncMagicMixin(MagicMixin):
    """The magic methods of an AsyncMock."""


class AsyncMock(AsyncMockMixin, AsyncMagicMixin, Mock):
    """A Mock whose calls are awaited."""


class PropertyMock(Mock):
    """A mock intended to be used as a property, or other descriptor, on a class."""

    def _get_child_mock(self, /, **kwargs):
        return MagicMock(**kwargs)

    def __get__(self, obj, obj_type=None):
        return self()

    def __set__(self, obj, val):
        self(val)


class ThreadingMock(MagicMock):
    """A mock that can be waited for from another thread."""
    DEFAULT_TIMEOUT = None

    def __init__(self, /, *args, timeout=_missing, **kwargs):
        import threading
        super().__init__(*args, **kwargs)
        self.__dict__['_wait_timeout'] = self.DEFAULT_TIMEOUT if timeout is _missing else timeout
        self.__dict__['_wait_condition'] = threading.Condition()

    def _get_child_mock(self, /, **kw):
        kw.setdefault('timeout', self._wait_timeout)
        return ThreadingMock(**kw)

    def _mock_call(self, *args, **kwargs):
        result = super()._mock_call(*args, **kwargs)
        with self._wait_condition:
            self._wait_condition.notify_all()
        return result

    def wait_until_called(self, *, timeout=_missing):
        with self._wait_condition:
            t = self._wait_timeout if timeout is _missing else timeout
            if not self._wait_condition.wait_for(lambda: self.called, t):
                raise AssertionError(f"{self._mock_name or 'mock'} was not called before timeout({t}).")

    def wait_until_any_call_with(self, *args, **kwargs):
        with self._wait_condition:
            if not self._wait_condition.wait_for(lambda: call(*args, **kwargs) in self.call_args_list, self._wait_timeout):
                raise AssertionError(f'{self._format_call(args, kwargs)} call not found before timeout.')


def mock_open(mock=None, read_data=''):
    """A mock to replace open(), for files that give read_data."""
    import io

    def fresh():
        return io.StringIO(read_data, newline='') if isinstance(read_data, str) else io.BytesIO(read_data)
    state = [fresh()]
    handle = MagicMock(spec=list(dict.fromkeys(dir(io.TextIOWrapper) + dir(io.BytesIO))))
    handle.__enter__.return_value = handle
    handle.write.return_value = None
    handle.read.return_value = handle.readline.return_value = handle.readlines.return_value = None
    handle.read.side_effect = lambda *a: state[0].read(*a) if handle.read.return_value is None else handle.read.return_value
    handle.readline.side_effect = lambda *a: state[0].readline(*a)
    handle.readlines.side_effect = lambda *a: state[0].readlines(*a)
    handle.__iter__.side_effect = lambda: iter(state[0].readlines())
    handle.__next__ = Mock(side_effect=lambda: next(state[0]))
    handle.__exit__.side_effect = lambda *a: handle.close()
    if mock is None:
        mock = MagicMock(name='open', spec=open)

    def reset(*args, **kwargs):
        state[0] = fresh()
        return DEFAULT
    mock.side_effect = reset
    mock.return_value = handle
    return mock


def seal(mock):
    """Disable the automatic generation of child mocks."""
    mock._mock_sealed = True
    for attr in dir(mock):
        try:
            m = getattr(mock, attr)
        except AttributeError:
            continue
        if isinstance(m, NonCallableMock) and not isinstance(m._mock_children.get(attr), _SpecState) and m._mock_new_parent is mock:
            seal(m)


class _SpecState:
    """An attribute of an autospec that has not been asked for yet."""

    def __init__(self, spec, spec_set=False, parent=None, name=None, ids=None, instance=False):
        self.spec, self.spec_set, self.parent, self.name, self.instance = spec, spec_set, parent, name, instance


def create_autospec(spec, spec_set=False, instance=False, _parent=None, _name=None, *, unsafe=False, **kwargs):
    """Create a mock object using another object as a spec, whose methods check their arguments."""
    if isinstance(spec, NonCallableMock):
        raise InvalidSpecError(f'Cannot autospec a Mock object. [object={spec!r}]')
    is_type = isinstance(spec, type)
    is_function = inspect.isfunction(spec)
    kw = {'spec_set' if spec_set else 'spec': None if spec is None else spec}
    kw.update(kwargs)
    klass = MagicMock
    if inspect.isdatadescriptor(spec):
        kw = dict(kwargs)
    elif is_type and instance and not hasattr(spec, '__call__'):
        klass = NonCallableMagicMock
    elif not callable(spec):
        klass = NonCallableMagicMock
    elif is_type and instance and '__call__' not in {n for c in spec.__mro__[:-1] for n in c.__dict__}:
        klass = NonCallableMagicMock
    elif _is_async(spec):
        klass = AsyncMock
    _name = kw.pop('name', _name)
    mock = klass(parent=_parent, _new_parent=_parent, _new_name='' if _parent is None else _name, name=_name, unsafe=unsafe, **kw)
    sig = _spec_signature(spec, instance, _parent is not None and not is_type)
    if is_function:
        mock = _function_for(mock, spec, sig)
    elif sig is not None and not (is_type and instance):
        mock.__dict__['_checked_signature'] = sig
        mock.__dict__['_spec_signature'] = sig
    if _parent is not None and not instance:
        _parent._mock_children[_name] = mock
    if is_type and not instance and 'return_value' not in kwargs:
        mock.return_value = create_autospec(spec, spec_set, instance=True, _name='()', _parent=mock)
    owner = _extract_mock(mock)
    if is_function:
        return mock
    for entry in dir(spec):
        if _is_magic(entry):
            continue
        try:
            original = getattr(spec, entry)
        except AttributeError:
            continue
        if inspect.isroutine(original) or isinstance(original, type):
            static = inspect.getattr_static(spec, entry, None)
            eat = not isinstance(static, staticmethod) and (is_type or not inspect.ismethod(original)) and inspect.isfunction(original) and (instance or not is_type)
            child_klass = AsyncMock if _is_async(original) else MagicMock
            child = child_klass(parent=owner, name=entry, _new_name=entry, _new_parent=owner, **{'spec_set' if spec_set else 'spec': original})
            child.__dict__['_checked_signature'] = child.__dict__['_spec_signature'] = _spec_signature(original, False, eat)
            owner._mock_children[entry] = child
        else:
            owner._mock_children[entry] = _SpecState(original, spec_set, owner, entry)
    return mock


def _function_for(mock, original, sig):
    """A function with the mock behind it, so that it binds, and prints, like the function it stands for."""
    if inspect.iscoroutinefunction(original):
        async def funcopy(*args, **kwargs):
            sig.bind(*args, **kwargs)
            return await mock(*args, **kwargs)
    else:
        def funcopy(*args, **kwargs):
            sig.bind(*args, **kwargs)
            return mock(*args, **kwargs)
    funcopy.__name__, funcopy.__doc__, funcopy.__module__ = original.__name__, original.__doc__, original.__module__
    funcopy.__signature__ = sig
    funcopy.mock = mock
    for name in ('assert_called_with', 'assert_called_once_with', 'assert_called', 'assert_called_once', 'assert_not_called', 'assert_has_calls', 'assert_any_call',
                 'reset_mock', 'call_args_list', 'mock_calls', 'method_calls'):
        setattr(funcopy, name, getattr(mock, name))
    funcopy.called, funcopy.call_count, funcopy.call_args = False, 0, None
    mock.__dict__['_mock_delegate'] = None
    inner = mock._increment_mock_call

    def counting(*args, **kwargs):
        inner(*args, **kwargs)
        funcopy.called, funcopy.call_count, funcopy.call_args = mock.called, mock.call_count, mock.call_args
    mock.__dict__['_increment_mock_call'] = counting
    return funcopy


from unittest._patch import patch
