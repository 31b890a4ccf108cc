import asyncio


async def cook(dishes):
    for dish in ("soup", "fish", "cake"):
        await dishes.put(dish)
        print("cook put", dish)


async def waiter(dishes):
    for _ in range(3):
        dish = await dishes.get()
        print("waiter got", dish)


async def main():
    dishes = asyncio.Queue(maxsize=0)
    await asyncio.gather(
        cook(dishes), waiter(dishes)
    )


asyncio.run(main())
