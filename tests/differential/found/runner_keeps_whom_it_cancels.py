import asyncio


async def ticks():
    try:
        yield 1
    finally:
        print("ticks end")


async def waits():
    ticking = ticks()
    async for i in ticking:
        print(i)
        await asyncio.sleep(1)


async def main():
    asyncio.create_task(waits())
    await asyncio.sleep(0)


asyncio.run(main())
