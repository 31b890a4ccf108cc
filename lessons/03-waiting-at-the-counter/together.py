import asyncio


async def order(dish, seconds):
    print("order", dish)
    await asyncio.sleep(seconds)
    print("serve", dish)


async def main():
    await asyncio.gather(
        order("soup", 0.2),
        order("salad", 0.1),
    )
    print("both served")


asyncio.run(main())
