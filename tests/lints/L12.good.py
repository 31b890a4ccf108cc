import asyncio


async def fetch(page):
    await asyncio.sleep(0.5)
    return page


async def main():
    print(await asyncio.gather(fetch(1), fetch(2), fetch(3)))


asyncio.run(main())
