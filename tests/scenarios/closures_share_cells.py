# Inner functions see later assignments; nonlocal writes through; loop variables are shared.
def counter():
    n = 0
    def increment():
        nonlocal n
        n += 1
        return n
    return increment
count = counter()
count()
print(count(), count.__closure__[0].cell_contents)
print([f() for f in [lambda: i for i in range(3)]])
print([f() for f in [lambda i=i: i for i in range(3)]])
def late():
    def read(): return value
    try:
        read()
    except NameError as error:
        print(error)
    value = 1
    return read()
print(late())

# expect: 2 2
# expect: [2, 2, 2]
# expect: [0, 1, 2]
# expect: cannot access free variable 'value' where it is not associated with a value in enclosing scope
# expect: 1
