import asyncio


async def save():
    await asyncio.sleep(0.1)
    print('saved')


async def main():
    asyncio.create_task(save())
    await asyncio.sleep(0.05)


asyncio.run(main())
