# Metaclasses, __prepare__, __set_name__, __init_subclass__ and super() work together.
class Meta(type):
    @classmethod
    def __prepare__(meta, name, bases, **keywords):
        print("prepare", name, keywords)
        return {}
    def __new__(meta, name, bases, namespace, **keywords):
        return super().__new__(meta, name, bases, namespace)
    def __init__(cls, name, bases, namespace, **keywords):
        super().__init__(name, bases, namespace)
class Named:
    def __set_name__(self, owner, name): print("name", owner.__name__, name)
class Base(metaclass=Meta, option=1):
    field = Named()
    def __init_subclass__(cls, tag=None): print("subclass", cls.__name__, tag)
class Child(Base, tag="t"):
    def who(self): return __class__.__name__
print(Child().who(), type(Child).__name__, Child.__mro__[1].__name__)
class Left:
    def f(self): return "L"
class A(Left):
    def f(self): return "A" + super().f()
class B(Left):
    def f(self): return "B" + super().f()
class C(A, B):
    def f(self): return "C" + super().f()
print(C().f())

# expect: prepare Base {'option': 1}
# expect: name Base field
# expect: prepare Child {'tag': 't'}
# expect: subclass Child None
# expect: Child Meta Base
# expect: CABL
