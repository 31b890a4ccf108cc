"""Abstract base classes. Instantiation is refused by the type machinery, which looks at __abstractmethods__."""


def abstractmethod(funcobj):
    funcobj.__isabstractmethod__ = True
    return funcobj


class abstractclassmethod(classmethod):
    __isabstractmethod__ = True

    def __init__(self, callable):
        callable.__isabstractmethod__ = True
        super().__init__(callable)


class abstractstaticmethod(staticmethod):
    __isabstractmethod__ = True

    def __init__(self, callable):
        callable.__isabstractmethod__ = True
        super().__init__(callable)


class abstractproperty(property):
    __isabstractmethod__ = True


class _abc_data:
    """What an abstract class knows: who was registered, and cached answers, valid until the next registration anywhere."""

    def __init__(self):
        self.registry = {}
        self.yes = set()
        self.no = set()
        self.version = 0


_registrations = 0


def get_cache_token():
    return _registrations


def _find_abstract(cls, namespace, bases):
    names = {n for n, v in namespace.items() if getattr(v, '__isabstractmethod__', False)}
    for base in bases:
        for n in getattr(base, '__abstractmethods__', ()):
            if getattr(getattr(cls, n, None), '__isabstractmethod__', False):
                names.add(n)
    cls.__abstractmethods__ = frozenset(names)


class ABCMeta(type):
    def __new__(mcls, name, bases, namespace, /, **kwargs):
        cls = super().__new__(mcls, name, bases, namespace, **kwargs)
        _find_abstract(cls, namespace, bases)
        cls._abc_impl = _abc_data()
        return cls

    def register(cls, subclass):
        """Register a virtual subclass of an ABC."""
        global _registrations
        if not isinstance(subclass, type):
            raise TypeError('Can only register classes')
        if issubclass(subclass, cls):
            return subclass
        if issubclass(cls, subclass):
            raise RuntimeError('Refusing to create an inheritance cycle')
        cls._abc_impl.registry[subclass] = True
        _registrations += 1
        return subclass

    def __instancecheck__(cls, instance):
        subclass = instance.__class__
        if subclass in cls._abc_impl.yes:
            return True
        subtype = type(instance)
        if subtype is subclass:
            return cls.__subclasscheck__(subclass)
        return cls.__subclasscheck__(subclass) or cls.__subclasscheck__(subtype)

    def __subclasscheck__(cls, subclass):
        if not isinstance(subclass, type):
            raise TypeError('issubclass() arg 1 must be a class')
        data = cls._abc_impl
        if subclass in data.yes:
            return True
        if data.version < _registrations:
            data.no = set()
            data.version = _registrations
        elif subclass in data.no:
            return False
        ok = cls.__subclasshook__(subclass)
        if ok is NotImplemented:
            ok = (cls in getattr(subclass, '__mro__', ())
                  or any(issubclass(subclass, r) for r in list(data.registry))
                  or any(issubclass(subclass, s) for s in type.__subclasses__(cls)))
        (data.yes if ok else data.no).add(subclass)
        return bool(ok)

    def _dump_registry(cls, file=None):
        print(f'Class: {cls.__module__}.{cls.__qualname__}', file=file)
        print(f'_abc_registry: {set(cls._abc_impl.registry)!r}', file=file)


class ABC(metaclass=ABCMeta):
    __slots__ = ()


def update_abstractmethods(cls):
    """Recalculate the set of abstract methods of an abstract class."""
    if hasattr(cls, '__abstractmethods__'):
        _find_abstract(cls, cls.__dict__, cls.__bases__)
    return cls
