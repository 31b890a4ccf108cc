import asyncio


async def serve(dish, minutes):
    print("start", dish)
    await asyncio.sleep(minutes)
    print("serve", dish)


async def main():
    await asyncio.gather(
        serve("pasta", 0.3),
        serve("salad", 0.1),
        serve("soup", 0.2),
    )


asyncio.run(main())
