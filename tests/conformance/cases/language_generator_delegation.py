"""How close(), throw() and StopIteration pass through generators that delegate."""


def leaf(swallow):
    try:
        yield 'leaf'
    except GeneratorExit:
        print('the leaf is closed')
        if not swallow:
            raise


def branch(swallow):
    try:
        yield from leaf(swallow)
        print('never printed')
    except GeneratorExit:
        print('so is the branch')
        raise


for swallow in (False, True):
    generator = branch(swallow)
    print(next(generator))
    generator.close()


class Source:
    """An iterator with a throw() and an end of its own."""

    def __init__(self):
        self.left = 2

    def __iter__(self):
        return self

    def __next__(self):
        self.left -= 1
        if self.left < 0:
            raise StopIteration('empty')
        return self.left

    def throw(self, *arguments):
        print('thrown:', arguments)
        return 'from throw'


def reader():
    print('the source says', (yield from Source()))


print(list(reader()))
generator = reader()
next(generator)
print(generator.throw(KeyError), generator.throw(42))

source = Source()
try:
    while True:
        next(source)
except StopIteration as stop:
    print('next() lets it through:', stop.args)


def picky(number):
    if number == 3:
        raise StopIteration
    return number


print(list(map(picky, range(9))), list(filter(picky, range(1, 9))))


class Refuses(Exception):
    def __new__(cls, *arguments):
        return 7


generator = leaf(False)
next(generator)
try:
    generator.throw(Refuses)
except TypeError as error:
    print(error)


class Suspended:
    def __await__(self):
        yield 'waiting'


async def inner():
    try:
        await Suspended()
    except GeneratorExit:
        print('the inner coroutine keeps it to itself')


async def outer():
    try:
        await inner()
        print('never printed')
    except GeneratorExit:
        print('the outer one is closed all the same')
        raise


coroutine = outer()
print(coroutine.send(None))
coroutine.close()
next(iter(Source().__next__, 0))
