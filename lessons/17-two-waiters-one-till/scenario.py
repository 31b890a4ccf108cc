import asyncio

till = 0


async def take_money(waiter):
    global till
    seen = till
    print(waiter, "sees", seen)
    await asyncio.sleep(0.1)
    till = seen + 10
    print(waiter, "writes", till)


async def main():
    await asyncio.gather(take_money("Ann"), take_money("Bob"))
    print("in the till:", till)


asyncio.run(main())
