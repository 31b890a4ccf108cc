import asyncio


async def ticks():
    try:
        yield 1
    finally:
        print("ticks end")


async def main():
    async for i in (ticking := ticks()):
        break
    try:
        await asyncio.wait_for(asyncio.gather(asyncio.sleep(1)), 0)
    except TimeoutError as e:
        print(type(e))
    await asyncio.sleep(2)


asyncio.run(main())
