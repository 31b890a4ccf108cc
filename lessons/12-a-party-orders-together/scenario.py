import asyncio


async def steak():
    await asyncio.sleep(0.1)
    raise RuntimeError("steak burnt")


async def soup():
    try:
        await asyncio.sleep(0.2)
        print("soup served")
    except asyncio.CancelledError:
        print("soup called back")
        raise


async def main():
    try:
        async with asyncio.TaskGroup() as party:
            party.create_task(steak())
            party.create_task(soup())
    except* RuntimeError as group:
        print("sorry:", *group.exceptions)
    await asyncio.sleep(0.2)
    print("closing")


asyncio.run(main())
