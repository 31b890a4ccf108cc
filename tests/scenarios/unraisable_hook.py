# What cannot be raised goes to sys.unraisablehook; list() of a proxy for an iterator asks no length.
import sys
import weakref


class Fails:
    def __del__(self):
        raise RuntimeError('in del')


seen = []
sys.unraisablehook = lambda u: seen.append((u.exc_type.__name__, str(u.exc_value), u.err_msg, u.object == Fails.__del__))
made = Fails()
del made


def stubborn():
    try:
        yield
    except GeneratorExit:
        yield 'more'


kept = stubborn()
next(kept)
del kept
print(seen)


def numbers():
    yield 1
    yield 2


source = numbers()
print(list(weakref.proxy(source)), sys.int_info, sys.hash_info.width)


class Plain:
    __slots__ = ('x',)


print(Plain.x.__objclass__ is Plain, Plain.x.__name__, Plain.x.__doc__)

# expect: [('RuntimeError', 'in del', None, True), ('RuntimeError', 'generator ignored GeneratorExit', None, False)]
# expect: [1, 2] sys.int_info(bits_per_digit=30, sizeof_digit=4, default_max_str_digits=4300, str_digits_check_threshold=640) 64
# expect: True x None
