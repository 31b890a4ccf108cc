import asyncio


async def fetch(page):
    await asyncio.sleep(0.5)
    return page


async def main():
    one = await fetch(1)
    two = await fetch(2)
    three = await fetch(3)
    print(one, two, three)


asyncio.run(main())
