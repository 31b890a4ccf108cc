# Judged with room for three hundred events, as its twin is.
import asyncio


async def ping():
    pass


async def main():
    await asyncio.gather(*(ping() for _ in range(2)))


asyncio.run(main())
