import asyncio


async def child(number):
    print("child", number)


async def main():
    print("main 1")
    first = asyncio.create_task(child(1))
    print("main 2")
    second = asyncio.create_task(child(2))
    print("main 3")
    await second
    print("main 4")


asyncio.run(main())
