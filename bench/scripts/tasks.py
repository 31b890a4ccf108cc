# Many tasks at once, each of which sleeps and ends: creation, a timer, the end.
import asyncio
import sys


async def worker():
    await asyncio.sleep(1)


async def main(count):
    tasks = [asyncio.create_task(worker()) for _ in range(count)]
    for task in tasks:
        await task


asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000))
