import asyncio


async def work():
    for _ in range(3):
        await asyncio.sleep(0.02)


async def main():
    await asyncio.gather(*(work() for _ in range(20)))


asyncio.run(main())
