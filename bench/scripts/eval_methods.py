# Instances: attributes, methods, inheritance, properties.
class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def add(self, other):
        return Point(self.x + other.x, self.y + other.y)

    def norm(self):
        return self.x * self.x + self.y * self.y


class Named(Point):
    def __init__(self, x, y, name):
        super().__init__(x, y)
        self.name = name

    @property
    def label(self):
        return self.name

    def norm(self):
        return super().norm() + 1


def work(n):
    here, step, total = Point(0, 0), Point(1, 2), 0
    for i in range(n):
        here = here.add(step)
        total += here.norm() % 7
        if i % 4 == 0:
            named = Named(i, i, "p")
            total += named.norm() % 5 + len(named.label)
    return total


work(250000)
