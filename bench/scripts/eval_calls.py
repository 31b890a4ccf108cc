# Calls of functions: recursion, defaults, keywords, closures.
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def scaled(value, factor=2, *, offset=0):
    return value * factor + offset


def adder(amount):
    def add(value):
        return value + amount

    return add


def work(n):
    total = fib(23)
    add = adder(3)
    for i in range(n):
        total += scaled(i) + scaled(i, 3) + scaled(i, offset=1) + add(i)
    return total


work(120000)
