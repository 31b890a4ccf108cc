# Generators take values and exceptions in, clean up when closed or dropped, and convert StopIteration.
def talk():
    try:
        got = yield 1
        print("got", got)
        try:
            yield 2
        except ValueError as error:
            print("caught", error)
            yield 3
    finally:
        print("cleanup")
    return "done"
g = talk()
print(next(g), g.send("hello"), g.throw(ValueError("boo")))
try:
    next(g)
except StopIteration as stop:
    print("value", stop.value)
g = talk()
next(g)
g.close()
g = talk()
next(g)
del g
print("dropped")
def stops():
    raise StopIteration
    yield
try:
    list(stops())
except RuntimeError as error:
    print(error, repr(error.__cause__))
def outer():
    result = yield from inner()
    print("inner gave", result)
def inner():
    got = yield "a"
    return got * 2
d = outer()
print(next(d))
try:
    d.send(21)
except StopIteration:
    print("finished")

# expect: got hello
# expect: caught boo
# expect: 1 2 3
# expect: cleanup
# expect: value done
# expect: cleanup
# expect: cleanup
# expect: dropped
# expect: generator raised StopIteration StopIteration()
# expect: a
# expect: inner gave 42
# expect: finished
