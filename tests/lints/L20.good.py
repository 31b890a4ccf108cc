import asyncio


async def main():
    async with asyncio.timeout(60):
        for _ in range(150):
            await asyncio.sleep(0.001)


asyncio.run(main())
