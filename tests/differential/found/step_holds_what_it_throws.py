import asyncio


async def ticks():
    try:
        yield 1
    finally:
        print("ticks end")


async def waits():
    ticking = ticks()
    try:
        async for i in ticking:
            await asyncio.sleep(1)
    except BaseException as e:
        print(type(e))
    del ticking
    return 3


async def main():
    task = asyncio.create_task(waits())
    task.add_done_callback(print)
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.sleep(0.5)
    print(await task)


asyncio.run(main())
