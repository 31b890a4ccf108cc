import asyncio
import time

till = 0


def take_money(name):
    global till
    seen = till
    print(name, "sees", seen)
    time.sleep(0.1)
    till = seen + 10
    print(name, "writes", till)


async def ann():
    take_money("Ann")


async def bob():
    take_money("Bob")


async def main():
    await asyncio.gather(ann(), bob())
    print("in the till:", till)


asyncio.run(main())
