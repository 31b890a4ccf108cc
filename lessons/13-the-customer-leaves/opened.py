import asyncio


async def steak():
    try:
        print("steak in the pan")
        await asyncio.sleep(1)
        print("steak served")
    finally:
        print("pan cleaned")


async def main():
    order = asyncio.create_task(steak())
    await asyncio.sleep(0.1)
    order.cancel()
    await asyncio.sleep(0)
    print("cancelled; done?", order.done())
    try:
        await order
    except asyncio.CancelledError:
        print("the order is gone")


asyncio.run(main())
