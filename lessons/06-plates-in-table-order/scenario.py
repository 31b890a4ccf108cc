import asyncio


async def cook(dish, seconds):
    await asyncio.sleep(seconds)
    print(dish, "is done")
    return dish


async def main():
    plates = await asyncio.gather(
        cook("A", 0.3),
        cook("B", 0.1),
        cook("C", 0.2),
    )
    print("served:", plates)


asyncio.run(main())
