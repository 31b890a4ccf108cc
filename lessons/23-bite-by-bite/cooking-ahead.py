import asyncio


async def kitchen(counter):
    for dish in ("soup", "fish", "cake"):
        await asyncio.sleep(0.1)
        await counter.put(dish)


async def main():
    counter = asyncio.Queue()
    cooking = asyncio.create_task(kitchen(counter))
    for _ in range(3):
        dish = await counter.get()
        print("here comes the", dish)
        await asyncio.sleep(0.2)
        print("eaten:", dish)
    await cooking
    print("the bill, please")


asyncio.run(main())
