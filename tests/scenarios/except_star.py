# except* splits groups over handlers, wraps plain exceptions, and puts the rest together.
group = ExceptionGroup("g", [ValueError(1), TypeError(2), ExceptionGroup("h", [ValueError(3), OSError(4)])])
try:
    try:
        raise group
    except* ValueError as error:
        print("values", error.exceptions)
    except* TypeError as error:
        print("types", error.exceptions)
except ExceptionGroup as rest:
    print("rest", rest.exceptions)
try:
    raise ValueError("plain")
except* ValueError as error:
    print(repr(error))
try:
    try:
        raise ExceptionGroup("q", [ValueError(1)])
    except* ValueError:
        raise KeyError("new")
except BaseException as error:
    print(type(error).__name__, error)

# expect: values (ValueError(1), ExceptionGroup('h', [ValueError(3)]))
# expect: types (TypeError(2),)
# expect: rest (ExceptionGroup('h', [OSError(4)]),)
# expect: ExceptionGroup('', (ValueError('plain'),))
# expect: KeyError 'new'
