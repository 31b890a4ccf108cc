# Raising and catching, through frames, with finally.
class Refused(Exception):
    pass


def inner(i):
    if i % 2:
        raise Refused(i)
    return i


def outer(i):
    try:
        return inner(i)
    finally:
        i += 1


def work(n):
    total = 0
    for i in range(n):
        try:
            total += outer(i)
        except Refused as error:
            total += error.args[0]
        try:
            {}[i]
        except KeyError:
            total += 1
    return total


work(250000)
