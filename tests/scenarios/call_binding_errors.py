# Calls with wrong arguments are worded as CPython words them.
def show(f, *args, **keywords):
    try:
        print(f(*args, **keywords))
    except TypeError as error:
        print(error)

def two(a, b): return a, b
def defaults(a, b=2): return a, b
def only(*, x, y, z): return x, y, z
def positional(a, b, /, c): return a, b, c
def rest(a, *args, k=1, **more): return a, args, k, more

show(two, 1)
show(two)
show(two, 1, 2, 3)
show(two, 1, a=2)
show(defaults, 1, bb=3)
show(defaults, 1, 2, 3)
show(only, x=1)
show(positional, 1, b=2, c=3)
show(rest, 1, 2, 3, k=4, z=5)
show(lambda: 0, 1)

# expect: two() missing 1 required positional argument: 'b'
# expect: two() missing 2 required positional arguments: 'a' and 'b'
# expect: two() takes 2 positional arguments but 3 were given
# expect: two() got multiple values for argument 'a'
# expect: defaults() got an unexpected keyword argument 'bb'. Did you mean 'b'?
# expect: defaults() takes from 1 to 2 positional arguments but 3 were given
# expect: only() missing 2 required keyword-only arguments: 'y' and 'z'
# expect: positional() got some positional-only arguments passed as keyword arguments: 'b'
# expect: (1, (2, 3), 4, {'z': 5})
# expect: <lambda>() takes 0 positional arguments but 1 was given
