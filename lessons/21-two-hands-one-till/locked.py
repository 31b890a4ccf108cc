import asyncio
import threading
import time

till = 0
key = threading.Lock()


def take_money(name):
    global till
    with key:
        seen = till
        print(name, "sees", seen)
        time.sleep(0.1)
        till = seen + 10
        print(name, "writes", till)


async def ann():
    await asyncio.to_thread(take_money, "Ann")


async def bob():
    await asyncio.to_thread(take_money, "Bob")


async def main():
    await asyncio.gather(ann(), bob())
    print("in the till:", till)


asyncio.run(main())
