import asyncio


async def wash_up():
    try:
        print("washing up")
        await asyncio.sleep(0.3)
        print("all clean")
    finally:
        print("tap off")


async def main():
    dishes = asyncio.create_task(wash_up())
    await asyncio.sleep(0.1)
    await dishes
    print("main goes home")


asyncio.run(main())
print("the house is dark")
