import asyncio


async def steak():
    await asyncio.sleep(0.1)
    raise RuntimeError("steak burnt")


async def soup():
    await asyncio.sleep(0.2)
    print("soup served")


async def main():
    tray = await asyncio.gather(
        steak(), soup(), return_exceptions=True
    )
    for thing in tray:
        if isinstance(thing, RuntimeError):
            print("sorry:", thing)
    await asyncio.sleep(0.2)
    print("closing")


asyncio.run(main())
