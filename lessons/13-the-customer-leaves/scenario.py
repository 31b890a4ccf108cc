import asyncio


async def dish():
    try:
        print("cooking")
        await asyncio.sleep(1)
    finally:
        print("pan cleaned")


async def main():
    task = asyncio.create_task(dish())
    await asyncio.sleep(0.1)
    task.cancel()
    print("cancel called, done?", task.done())
    try:
        await task
    except asyncio.CancelledError:
        print("order is gone")


asyncio.run(main())
