import asyncio


async def steak():
    try:
        await asyncio.sleep(0.1)
        raise RuntimeError("steak burnt")
    except RuntimeError as error:
        print("sorry:", error)


async def soup():
    try:
        await asyncio.sleep(0.2)
        print("soup served")
    except asyncio.CancelledError:
        print("soup called back")
        raise


async def main():
    async with asyncio.TaskGroup() as party:
        party.create_task(steak())
        party.create_task(soup())
    await asyncio.sleep(0.2)
    print("closing")


asyncio.run(main())
