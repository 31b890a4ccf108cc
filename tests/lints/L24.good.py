import asyncio

total = 0


async def add():
    global total
    await asyncio.sleep(0.1)
    total = total + 10


async def main():
    await asyncio.gather(add(), add())
    print(total)


asyncio.run(main())
