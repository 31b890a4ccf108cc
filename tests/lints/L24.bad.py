import asyncio

total = 0


async def add():
    global total
    seen = total
    await asyncio.sleep(0.1)
    total = seen + 10


async def main():
    await asyncio.gather(add(), add())
    print(total)


asyncio.run(main())
