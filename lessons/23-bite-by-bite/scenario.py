import asyncio


async def courses():
    for dish in ("soup", "fish", "cake"):
        await asyncio.sleep(0.1)
        yield dish


async def main():
    async for dish in courses():
        print("here comes the", dish)
        await asyncio.sleep(0.2)
        print("eaten:", dish)
    print("the bill, please")


asyncio.run(main())
