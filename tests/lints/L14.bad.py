import asyncio


async def slow():
    try:
        await asyncio.sleep(10)
    finally:
        await asyncio.sleep(2)


async def main():
    task = asyncio.create_task(slow())
    await asyncio.sleep(0.1)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        print('at last')


asyncio.run(main())
