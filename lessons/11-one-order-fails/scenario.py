import asyncio


async def cook(dish, seconds, burns=False):
    await asyncio.sleep(seconds)
    if burns:
        raise RuntimeError(dish + " burnt")
    print(dish, "served")


async def main():
    try:
        await asyncio.gather(
            cook("steak", 0.1, burns=True),
            cook("soup", 0.2),
        )
    except RuntimeError as error:
        print("sorry:", error)
    await asyncio.sleep(0.2)
    print("closing")


asyncio.run(main())
