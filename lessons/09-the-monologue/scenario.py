import asyncio


async def breathe():
    pass


async def hamlet():
    for line in range(1, 4):
        print("Hamlet, line", line)
        await breathe()


async def chorus():
    for line in range(1, 4):
        print("chorus, line", line)
        await breathe()


async def main():
    await asyncio.gather(hamlet(), chorus())
    print("curtain")


asyncio.run(main())
