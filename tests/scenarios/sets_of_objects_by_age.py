"""A set of objects without a hash of their own goes by age, and what is called an address is the same in every run."""
import asyncio


class Thing:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return self.name


things = [Thing(name) for name in "abcdefghijklmnopqrstuvwxyz"]
everything = set(things)
print(*everything)
for thing in things[3:20]:
    everything.discard(thing)
print(*everything, len(everything))
everything |= set(things[10:12])
print(*everything)
print(everything.pop(), everything.pop(), *everything)
print(*(everything - set(things[20:])), *(everything & set(things[22:])))


async def nothing():
    pass


async def main():
    tasks = [asyncio.create_task(nothing(), name=str(i)) for i in range(12)]
    done, pending = await asyncio.wait(reversed(tasks))
    print(*(task.get_name() for task in done))


asyncio.run(main())
print(len({object(), object(), 1, "a", None}), {*()} == set(), sorted({1, 2} | {3}))

# expect: a b c d e f g h i j k l m n o p q r s t u v w x y z
# expect: a b c u v w x y z 9
# expect: a b c k l u v w x y z
# expect: a b c k l u v w x y z
# expect: c k l w x y z
# expect: 0 1 2 3 4 5 6 7 8 9 10 11
# expect: 5 True [1, 2, 3]
