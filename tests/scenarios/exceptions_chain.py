# Context, cause and the name bound by except follow CPython.
import sys
try:
    try:
        1 / 0
    except ZeroDivisionError as error:
        raise ValueError("v") from error
except ValueError as error:
    print(repr(error.__cause__), repr(error.__context__), error.__suppress_context__)
try:
    try:
        1 / 0
    except ZeroDivisionError:
        {}["k"]
except KeyError as error:
    print(repr(error.__context__), error.__cause__, sys.exception() is error)
print(sys.exception())
try:
    e = 1
    try:
        1 / 0
    except ZeroDivisionError as e:
        pass
    print(e)
except NameError as error:
    print(error)
try:
    raise
except RuntimeError as error:
    print(error)

# expect: ZeroDivisionError('division by zero') ZeroDivisionError('division by zero') True
# expect: ZeroDivisionError('division by zero') None True
# expect: None
# expect: name 'e' is not defined
# expect: No active exception to reraise
