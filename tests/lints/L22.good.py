import asyncio


async def main():
    for _ in range(300):
        await asyncio.sleep(0.01)


asyncio.run(main())
