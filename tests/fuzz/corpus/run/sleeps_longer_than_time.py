import asyncio
import time


async def main():
    loop = asyncio.get_running_loop()
    loop.call_at(-1e300, print, "long ago")
    loop.call_at(float("inf"), print, "never")
    for _ in range(6):
        time.sleep(4e9)
    await asyncio.sleep(0.11e308)


asyncio.run(main())
