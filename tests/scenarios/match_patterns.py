# match binds names only when the whole pattern matched.
class Point:
    __match_args__ = ("x", "y")
    def __init__(self, x, y): self.x, self.y = x, y
def describe(value):
    match value:
        case 0: return "zero"
        case 1 | 2: return "small"
        case int(n) if n > 100: return f"big {n}"
        case str() as text: return "text " + text
        case []: return "empty"
        case [first, *middle, last]: return f"{first} {middle} {last}"
        case {"k": v, **rest}: return f"map {v} {rest}"
        case None: return "none"
        case Point(x=0, y=y): return f"on the axis {y}"
        case Point(x, y): return f"point {x} {y}"
        case _: return "other"
for value in [0, 2, 500, 50, "s", [], [1, 2, 3], {"k": 1, "j": 2}, None, Point(0, 5), Point(1, 2)]:
    print(describe(value))
match [1, 2]:
    case [kept, 0]: pass
    case _: print("kept" in globals())

# expect: zero
# expect: small
# expect: big 500
# expect: other
# expect: text s
# expect: empty
# expect: 1 [2] 3
# expect: map 1 {'j': 2}
# expect: none
# expect: on the axis 5
# expect: point 1 2
# expect: False
