import asyncio


async def pasta():
    print("order pasta")
    await asyncio.sleep(0.1)
    print("serve pasta")


async def salad():
    print("order salad")
    await asyncio.sleep(0.2)
    print("serve salad")


async def soup():
    print("order soup")
    await asyncio.sleep(0.3)
    print("serve soup")


async def main():
    await asyncio.gather(pasta(), salad(), soup())


asyncio.run(main())
