import asyncio

ready = False


async def poll():
    while not ready:
        await asyncio.sleep(0)


async def count():
    global ready
    for _ in range(60):
        await asyncio.sleep(0)
    ready = True


async def main():
    await asyncio.gather(poll(), count())


asyncio.run(main())
