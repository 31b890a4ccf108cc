"""Docstrings, names of characters and formats.

    This line is indented by itself.
"""
import unicodedata


def documented():
    """First line.

    Second paragraph:
        indented
    """


class Documented:
    '''
    Only
      this.
    '''


print(repr(__doc__), repr(documented.__doc__), repr(Documented.__doc__), sep='\n')

print('\N{GREEK SMALL LETTER PI} \N{snake}', f'\N{EURO SIGN}{12:,}', '\N{HANGUL SYLLABLE HAN}', '\N{LINE FEED}' == '\n')
for character in 'é€½²中한':
    print(unicodedata.name(character), unicodedata.east_asian_width(character), unicodedata.numeric(character, None))
print(unicodedata.lookup('black heart suit'), unicodedata.name('\x07', 'nameless'))
for wrong in ("unicodedata.name('\\x07')", "unicodedata.lookup('no such thing')", "'\\N{no such thing}'"):
    try:
        eval(wrong)
    except Exception as error:
        print(type(error).__name__, error)

for form, value in (('%(a)s %s', {'a': 1}), ('%s %(a)s', {'a': 1}), ('%(a)*d', {'a': 1})):
    try:
        print(form % value)
    except TypeError as error:
        print(error)

numbers = range(10)
print(numbers[2:8:4], numbers[::-1], numbers[20:], numbers[8:1:-3], range(3)[-9:2])
try:
    print({*1.5})
except TypeError as error:
    print(error)


def counter():
    count = 0

    class Counter:
        nonlocal count
        count = 5

    return count, hasattr(Counter, 'count')


print(counter())


class Point:
    def __init__(self):
        self.x = 1


point = Point()
print(point.__reduce_ex__(2)[2], type(...)() is ...)
del point.__dict__
print(vars(point))
try:
    object.__new__(int)
except TypeError as error:
    print(error)
exec('x = 1\nx.y')
