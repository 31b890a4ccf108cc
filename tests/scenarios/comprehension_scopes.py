# Comprehensions keep their variables to themselves and see those around.
x = "outer"
print([x for x in range(2)], x)
print([(a, b) for a in range(2) for b in "ab" if a])
print({k: [k for _ in range(2)] for k in "ab"})
print([last := n for n in range(3)], last)
def inside():
    y = 10
    return [y + z for z in range(2)], list(y * z for z in range(3))
print(inside())
class Body:
    width = 3
    doubled = [i * 2 for i in range(width)]
print(Body.doubled)

# expect: [0, 1] outer
# expect: [(1, 'a'), (1, 'b')]
# expect: {'a': ['a', 'a'], 'b': ['b', 'b']}
# expect: [0, 1, 2] 2
# expect: ([10, 11], [0, 10, 20])
# expect: [0, 2, 4]
