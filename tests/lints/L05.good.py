import asyncio
import time


async def tick():
    for i in range(3):
        await asyncio.sleep(0.05)
        print('tick', i)


async def polite():
    await asyncio.to_thread(time.sleep, 0.5)


async def main():
    await asyncio.gather(tick(), polite())


asyncio.run(main())
