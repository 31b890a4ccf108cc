import asyncio
import time


async def tick():
    for i in range(3):
        await asyncio.sleep(0.05)
        print('tick', i)


async def bad():
    await asyncio.sleep(0.01)
    time.sleep(0.5)


async def main():
    await asyncio.gather(tick(), bad())


asyncio.run(main())
