"""What dir() and __dict__ show, and how builtins word their refusals."""


class Plain:
    size = 1

    def grow(self):
        self.size += 1


class Slotted(Plain):
    __slots__ = ('mark',)


print(Plain.__dict__.keys())
print(Slotted.__dict__.keys())
print(dir(Plain()), dir(3), dir('text'), dir([]), dir(()), dir({}), dir(2.5), sep='\n')
error = ValueError('bad')
error.code = 7
print(error.__dict__, '__notes__' in dir(error), error.__reduce__())
error.add_note('a note')
print('__notes__' in dir(error), Plain().__weakref__, type[int])

for attempt in (
    "type('A', (Plain,), {'__slots__': '__weakref__'})",
    "type('A', (Plain,), {'__slots__': '__dict__'})",
    "sorted()",
    "sorted([1], None)",
    "sorted([1], kye=len)",
    "'a'.__add__(1)",
    "[].__mul__('x')",
    "'' .__class__.__new__(int)",
    "bytearray([256])",
    "bytes([256])",
    "b'ab'.hex(3)",
    "str.maketrans(1, 2)",
    "delattr(1, 'x')",
    "type(None)(1)",
    "type('A', (), {'__slots__': 'two words'})",
    "type('A', (), {}, extra=1)",
    "complex(type('C', (), {'__complex__': lambda self: 1})())",
    "{**1}",
    "(lambda *, a: a)()",
    "len(5)",
    "'%d' % 'x'",
):
    try:
        print(attempt, eval(attempt))
    except Exception as error:
        print(attempt, '->', type(error).__name__, error)
try:
    exec("if x:\n")
except SyntaxError as error:
    print(error.args)
1()
