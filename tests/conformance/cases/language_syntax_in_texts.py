"""Syntax errors of texts that are no file: which line they show, and where."""
for source, mode in (
    ('x=1', 'eval'), ('1+', 'eval'), ('(1', 'eval'), ('f(a b)', 'eval'), ('x = = 1', 'exec'), ('a\nx = = 1', 'exec'),
    ('if x:', 'exec'), ("'abc", 'exec'), ('1=2', 'exec'), ('def f():\n  return\n x', 'exec'), ('0x', 'eval'),
):
    try:
        compile(source, '<string>', mode)
    except SyntaxError as error:
        print(repr(source), type(error).__name__, error.args)

for source in ('return', 'nonlocal x', 'break', 'def f(a, a): pass', 'x: int = (yield)'):
    try:
        exec(source)
    except SyntaxError as error:
        print(repr(source), error.msg, error.lineno, error.offset, error.text, error.end_offset)

for value in (set(), 5):
    try:
        print(format(value, value))
    except TypeError as error:
        print(error)
try:
    bytearray(b'abc') % 'abc'
except TypeError as error:
    print(error)
view = memoryview(b'abc')
view.release()
print(view == view, view == b'abc')
try:
    view.nbytes
except ValueError as error:
    print(error)
try:
    True.bit_count.__call__(1)
except TypeError as error:
    print(error)
exec("if 1is 1: print('warned')\nraise SystemError('no line of this')")
