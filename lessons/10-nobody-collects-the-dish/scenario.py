import asyncio


async def steak():
    await asyncio.sleep(0.1)
    raise RuntimeError("the steak is burnt")


async def main():
    try:
        order = asyncio.create_task(steak())
        for hour in (7, 8, 9):
            print(hour, "o'clock, all is well")
            await asyncio.sleep(0.1)
        await order
    except RuntimeError as error:
        print("sorry:", error)
    print("closing")


asyncio.run(main())
