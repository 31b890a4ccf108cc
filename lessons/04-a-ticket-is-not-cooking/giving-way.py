import asyncio


async def soup():
    print("soup is cooking")


async def fish():
    print("fish is cooking")


async def main():
    print("main writes a ticket")
    first = asyncio.create_task(soup())
    await asyncio.sleep(0)
    print("main writes another")
    second = asyncio.create_task(fish())
    print("main waits for the fish")
    await second
    print("main has the fish")


asyncio.run(main())
