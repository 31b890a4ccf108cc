import asyncio, time

async def tick():
    for i in range(4):
        print("tick", i)
        await asyncio.sleep(0.1)

async def bad():
    await asyncio.sleep(0.1)
    print("block")
    await asyncio.sleep(0.5)
    print("unblock")

async def main():
    await asyncio.gather(tick(), bad())

asyncio.run(main())
