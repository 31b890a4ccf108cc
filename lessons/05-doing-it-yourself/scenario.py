import asyncio


async def quick():
    print("quick")


async def other():
    print("other")


async def main():
    task = asyncio.create_task(other())
    await quick()
    await quick()
    await task
    print("end")


asyncio.run(main())
