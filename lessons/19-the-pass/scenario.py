import asyncio


async def cook(dishes):
    for dish in ("soup", "fish", "cake"):
        await dishes.put(dish)
        print("put", dish)


async def serve(dishes):
    for _ in range(3):
        dish = await dishes.get()
        print("got", dish)


async def main():
    dishes = asyncio.Queue(maxsize=1)
    await asyncio.gather(cook(dishes), serve(dishes))


asyncio.run(main())
