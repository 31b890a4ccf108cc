import asyncio
import time


async def work():
    for _ in range(3):
        time.sleep(0.02)
        await asyncio.sleep(0)


async def main():
    await asyncio.gather(*(work() for _ in range(20)))


asyncio.run(main())
