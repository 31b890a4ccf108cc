import asyncio

till = 0


async def take(name):
    global till
    seen = till
    print(name, "sees", seen)
    await asyncio.sleep(0.1)
    till = seen + 10
    print(name, "writes", till)


async def main():
    async with asyncio.TaskGroup() as shift:
        shift.create_task(take("Ann"), name="Ann")
        shift.create_task(take("Bob"), name="Bob")
    print("in the till:", till)


asyncio.run(main())
