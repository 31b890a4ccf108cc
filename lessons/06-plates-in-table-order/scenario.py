import asyncio


async def pasta():
    await asyncio.sleep(0.3)
    print("pasta is done")
    return "pasta"


async def salad():
    await asyncio.sleep(0.1)
    print("salad is done")
    return "salad"


async def soup():
    await asyncio.sleep(0.2)
    print("soup is done")
    return "soup"


async def main():
    tray = await asyncio.gather(
        pasta(), salad(), soup()
    )
    print("on the tray:", tray)


asyncio.run(main())
