import asyncio


async def never():
    pass


async def main():
    task = asyncio.create_task(asyncio.wait_for(never(), 1))
    task.cancel()
    await asyncio.wait([task])
    print("waited")
    await asyncio.sleep(0.1)
    del task
    await asyncio.sleep(0.1)
    print("main ends")


asyncio.run(main())
