"""Recursion inside builtins ends in a RecursionError, not in the end of the process."""


def attempt(what, function):
    try:
        print(what, function())
    except RecursionError as error:
        print(what, error)


first, second = [], []
first.append(second)
second.append(first)
attempt('lists in each other', lambda: first == second)


class Mirror:
    pass


mirror = Mirror()
Mirror.__call__ = mirror
attempt('an instance that is its own __call__', lambda: mirror())

tower = None
for _ in range(50000):
    tower = [tower]
del tower
print('a tower of lists is gone')
