import asyncio


async def polite():
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        print('clean')
        raise


async def main():
    task = asyncio.create_task(polite())
    await asyncio.sleep(0.1)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        print('cancelled')


asyncio.run(main())
