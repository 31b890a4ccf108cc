# Unpacking checks counts, spreads stars, and assigns from left to right.
a, (b, *c), d = 1, (2, 3, 4), 5
print(a, b, c, d)
i, items = 0, [0, 0]
i, items[i] = 1, 9
print(i, items)
for source in ("a, b = 1, 2, 3", "a, b = [1]", "a, *b, c = [1]", "a, b = 5"):
    try:
        exec(source)
    except (ValueError, TypeError) as error:
        print(error)
print([*range(2), *"ab"], {**{"x": 1}, "y": 2}, (*[1], 2))

# expect: 1 2 [3, 4] 5
# expect: 1 [0, 9]
# expect: too many values to unpack (expected 2)
# expect: not enough values to unpack (expected 2, got 1)
# expect: not enough values to unpack (expected at least 2, got 1)
# expect: cannot unpack non-iterable int object
# expect: [0, 1, 'a', 'b'] {'x': 1, 'y': 2} (1, 2)
