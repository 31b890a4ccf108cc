import asyncio


async def inner():
    print('once')


async def main():
    await inner()


asyncio.run(main())
