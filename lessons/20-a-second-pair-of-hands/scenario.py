import asyncio
import time


def peel():
    print("hand: peeling")
    time.sleep(0.3)
    print("hand: peeled")


async def potatoes():
    await asyncio.to_thread(peel)
    print("potatoes done")


async def main():
    order = asyncio.create_task(potatoes())
    await asyncio.sleep(0.1)
    order.cancel()
    try:
        await order
    except asyncio.CancelledError:
        print("the order is gone")
    print("good night")


asyncio.run(main())
print("the door is locked")
