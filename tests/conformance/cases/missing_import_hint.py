# The hints of a NameError: a module that could be imported; none for an unbound local.
import traceback


def unbound():
    print(value)
    value = 1


def report(call):
    try:
        call()
    except NameError as error:
        print(traceback.format_exception_only(error)[-1], end='')


report(lambda: json.dumps(1))
report(unbound)
