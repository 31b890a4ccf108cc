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
        await asyncio.gather(
            steak(),
            soup(),
        )
    except RuntimeError as error:
        print("sorry:", error)
    await asyncio.sleep(0.2)
    print("closing")


asyncio.run(main())
