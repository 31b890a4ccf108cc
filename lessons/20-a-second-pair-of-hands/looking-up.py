import asyncio
import threading

stop = threading.Event()


def peel():
    print("hand: peeling")
    if stop.wait(0.3):
        print("hand: stops")
    else:
        print("hand: peeled")


async def potatoes():
    await asyncio.to_thread(peel)
    print("potatoes done")


async def main():
    order = asyncio.create_task(potatoes())
    await asyncio.sleep(0.1)
    order.cancel()
    stop.set()
    try:
        await order
    except asyncio.CancelledError:
        print("the order is gone")
    print("good night")


asyncio.run(main())
print("the door is locked")
