import asyncio
import time


async def work():
    for _ in range(4):
        time.sleep(0.4)
        await asyncio.sleep(0)


async def main():
    await asyncio.gather(work(), asyncio.sleep(1))


asyncio.run(main())
