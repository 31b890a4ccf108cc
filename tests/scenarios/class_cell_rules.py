# The __class__ cell on its way through type.__new__, super() without it, global names under exec, warnings of compile().
import warnings


class Drops(type):
    def __new__(cls, name, bases, space):
        space.pop('__classcell__', None)
        return super().__new__(cls, name, bases, space)


class Sets(type):
    def __new__(cls, name, bases, space):
        space['__classcell__'] = 1
        return super().__new__(cls, name, bases, space)


class Asks(type):
    def mro(cls):
        print('mro asks', cls.__dict__.get('f') is not None)
        return super().mro()


for meta in Drops, Sets, Asks:
    try:
        class Made(metaclass=meta):
            def f(self):
                return __class__
        print(Made().f() is Made)
    except (RuntimeError, TypeError) as error:
        print(type(error).__name__, error)


def outside(x):
    return super()


def bare():
    super()


for call in (lambda: outside(1), bare, lambda: super(1, 2, 3), lambda: object.__init__(Made, 1), lambda: Made(1), lambda: Made().__init__(1)):
    try:
        call()
    except (RuntimeError, TypeError) as error:
        print(type(error).__name__, error)
spaces = {}, {}
exec('def f():\n y = 1\n def g():\n  global y\n  return y\n return g\ny = 9\nr = f()()', *spaces)
print(spaces[1]['r'], 'y' in spaces[0])
with warnings.catch_warnings(record=True) as seen:
    warnings.simplefilter('always')
    compile('x is 1\nassert (1, 2)', 'some.py', 'exec')
    print([(w.lineno, w.filename, w.category.__name__, str(w.message)) for w in seen])
with warnings.catch_warnings():
    warnings.simplefilter('error')
    try:
        compile('x = 1\nassert (x, "a")', 'some.py', 'exec')
    except SyntaxError as error:
        print(error, error.lineno)
    warnings.simplefilter('ignore')
    compile('1 is 1', 'some.py', 'exec')

import random
try:
    import pprint
    pprint({})
except TypeError as error:
    print(error)
try:
    random()
except TypeError as error:
    print(error)
try:
    warnings()
except TypeError as error:
    print(error)

# expect: RuntimeError __class__ not set defining 'Made' as <class '__main__.Made'>. Was __classcell__ propagated to type.__new__?
# expect: TypeError __classcell__ must be a nonlocal cell, not <class 'int'>
# expect: mro asks True
# expect: True
# expect: RuntimeError super(): __class__ cell not found
# expect: RuntimeError super(): no arguments
# expect: TypeError super() expected at most 2 arguments, got 3
# expect: TypeError object.__init__() takes exactly one argument (the instance to initialize)
# expect: TypeError Made() takes no arguments
# expect: TypeError Made.__init__() takes exactly one argument (the instance to initialize)
# expect: 9 True
# expect: [(1, 'some.py', 'SyntaxWarning', '"is" with \'int\' literal. Did you mean "=="?'), (2, 'some.py', 'SyntaxWarning', 'assertion is always true, perhaps remove parentheses?')]
# expect: assertion is always true, perhaps remove parentheses? (some.py, line 2) 2
# expect: 'module' object is not callable. Did you mean: 'pprint.pprint(...)'?
# expect: 'module' object is not callable. Did you mean: 'random.random(...)'?
# expect: 'module' object is not callable
