import asyncio


async def count_down(n):
    if n:
        await count_down(n - 1)


async def main():
    await count_down(800)


asyncio.run(main())
