import asyncio

ovens = asyncio.Semaphore(2)


async def bake(cake, seconds):
    async with ovens:
        print(cake, "in")
        await asyncio.sleep(seconds)
        print(cake, "out")


async def main():
    await asyncio.gather(
        bake("A", 0.3),
        bake("B", 0.1),
        bake("C", 0.1),
        bake("D", 0.1),
    )


asyncio.run(main())
