import asyncio


async def count_down(n):
    while n:
        await asyncio.sleep(0.001)
        n -= 1


async def main():
    await count_down(800)


asyncio.run(main())
