import asyncio
import time


async def spin():
    while True:
        time.sleep(0.4)


async def main():
    await asyncio.gather(spin(), asyncio.sleep(1))


asyncio.run(main())
