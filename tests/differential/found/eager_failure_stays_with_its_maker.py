import asyncio


async def fails():
    raise ValueError


async def main():
    asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
    asyncio.create_task(fails())
    await asyncio.sleep(0.1)
    print("main ends")


asyncio.run(main())
