# Generators keep their place in loops, hand over to others, and end in every way there is.
def numbers(n):
    for i in range(n):
        x = yield i
        if x: print("got", x)
    else:
        yield "else"
g = numbers(3)
print(next(g), g.send(5), next(g), next(g))
try: next(g)
except StopIteration as e: print("stop", e.value)
def d():
    r = yield from numbers(2)
    print("r", r)
    while True:
        v = yield r
        if v is None: break
        r = v
    return 7
g=d()
print(list(g))
def e():
    yield 1
    raise ValueError("x")
def f():
    yield from e()
import traceback
try: list(f())
except ValueError as error: print([line.lineno for line in traceback.extract_tb(error.__traceback__)])
def h():
    for i in (1,2,3):
        for j in "ab":
            if j == "b" and i == 2: continue
            if i == 3: return i
            yield i, j
print(list(h()))
g = f(); next(g)
print(g.gi_yieldfrom.__name__, g.gi_running, g.gi_suspended)
try: g.throw(KeyError("k"))
except KeyError as error: print([line.lineno for line in traceback.extract_tb(error.__traceback__)])
print(g.gi_frame, sum(x*y for x in range(10) if x % 2 for y in range(x)))
def gg():
    yield
g=gg(); next(g); g.close(); print(list(g))
def cell():
    a = 1
    def inner():
        nonlocal a
        a += 1
        return a
    for _ in range(3):
        yield inner() + a
print(list(cell()))
def rec(n):
    if n: yield from rec(n-1)
    yield n
try: print(len(list(rec(990))))
except RecursionError as e: print(e)
try: print(len(list(rec(2000))))
except RecursionError as e: print(e)
def bad():
    yield next(iter([]))
try: list(bad())
except RuntimeError as e: print(repr(e), repr(e.__cause__))
print(list(locals_ for locals_ in (sorted(k for k in ['b','a']))))
def lo():
    q = 5
    yield sorted(locals())
    yield from [1]
print(list(lo()))

# expect: got 5
# expect: 0 1 2 else
# expect: stop None
# expect: r None
# expect: [0, 1, 'else', None]
# expect: [28, 26, 24]
# expect: [(1, 'a'), (1, 'b'), (2, 'a')]
# expect: e False True
# expect: [39, 26, 23]
# expect: None 530
# expect: []
# expect: [4, 6, 8]
# expect: 991
# expect: maximum recursion depth exceeded
# expect: RuntimeError('generator raised StopIteration') StopIteration()
# expect: ['a', 'b']
# expect: [['q'], 1]
