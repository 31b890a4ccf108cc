# Generators: loops over them, chains of them, yield from, expressions.
def numbers(n):
    for i in range(n):
        yield i


def evens(source):
    for i in source:
        if i % 2 == 0:
            yield i


def tree(depth):
    if depth:
        yield from tree(depth - 1)
        yield depth
        yield from tree(depth - 1)


def fibonacci():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, (a + b) % 1000003


def work(n):
    total = sum(evens(numbers(n)))
    for value in numbers(n):
        total += value
    total += sum(i * 2 for i in range(n))
    total += sum(tree(13))
    source = fibonacci()
    for _ in range(n):
        total += next(source)
    return total


work(500000)
