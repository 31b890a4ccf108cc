import asyncio


async def steak():
    await asyncio.sleep(0.1)
    raise RuntimeError("the steak is burnt")


async def apologise(order):
    try:
        await order
    except RuntimeError as error:
        print("sorry:", error)


async def main():
    order = asyncio.create_task(steak())
    listener = asyncio.create_task(apologise(order))
    for hour in (7, 8, 9):
        print(hour, "o'clock, all is well")
        await asyncio.sleep(0.1)
    await listener
    print("closing")


asyncio.run(main())
