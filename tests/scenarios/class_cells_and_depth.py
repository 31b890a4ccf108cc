"""__class__ in comprehensions of a class body; classes that only look like classes; deep nesting."""


def attempt(text):
    try:
        exec(text, {})
    except Exception as error:
        print(type(error).__name__, error)


attempt('class C:\n    def f(self): super()\n    r = [__class__ for x in [1]]')
attempt('class C:\n    [super for _ in [1]]\n    [__class__ for _ in [1]]')
attempt('class C:\n    __class__ = 2\n    r = [__class__ for x in [1]]')


class LikeClass:
    def __init__(self, bases=()):
        self.bases = bases

    @property
    def __bases__(self):
        return self.bases


base = LikeClass()
derived = LikeClass((base,))
print(issubclass(derived, base), issubclass(base, derived), isinstance(1, base))


class Claims:
    @property
    def __class__(self):
        return derived


print(isinstance(Claims(), base), isinstance(Claims(), LikeClass((base,))))
for call in (lambda: isinstance(1, 1), lambda: issubclass(1, int), lambda: issubclass(base, 1)):
    try:
        call()
    except TypeError as error:
        print(error)

nested = ()
for _ in range(60_000):
    nested = nested, int
group = TypeError(1)
for _ in range(30_000):
    group = ExceptionGroup('g', [group])
for call in (lambda: isinstance('', nested), lambda: issubclass(str, nested), lambda: group.split(ValueError)):
    try:
        call()
    except RecursionError as error:
        print(error)


class Number(int):
    pass


print(Number('1' * 60), Number(-1 << 80) + 1, type(Number(2) + 1))
for call in (lambda: str.upper.__get__(None, None), lambda: classmethod(len).__get__(None)):
    try:
        print(call())
    except TypeError as error:
        print(error)

# expect: NameError name '__class__' is not defined
# expect: NameError name '__class__' is not defined
# expect: NameError name '__class__' is not defined
# expect: True False False
# expect: True False
# expect: isinstance() arg 2 must be a type, a tuple of types, or a union
# expect: issubclass() arg 1 must be a class
# expect: issubclass() arg 2 must be a class, a tuple of classes, or a union
# expect: maximum recursion depth exceeded in __instancecheck__
# expect: maximum recursion depth exceeded in __subclasscheck__
# expect: maximum recursion depth exceeded in exceptiongroup_split_recursive
# expect: 111111111111111111111111111111111111111111111111111111111111 -1208925819614629174706175 <class 'int'>
# expect: __get__(None, None) is invalid
# expect: __get__(None, None) is invalid
