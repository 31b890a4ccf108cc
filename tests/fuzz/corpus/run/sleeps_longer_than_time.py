import asyncio

ovens = asyncio.Semaphore(3)


async def bake(cake, seconds):
    async with ovens:
        print(cake, "in")
        await asyncio.sleep(seconds)
        print(cake, "out")


async def main():
    async with asyncio.TaskGroup() as day:
        day.create_task(bake("A", 0.3), name="A")
        day.create_task(bake("B", 0.11e308), name="B")
        day.create_task(bake("C", 0.1), name="C")
        day.create_task(bake("D", 0.1), name="D")


asyncio.run(main())
