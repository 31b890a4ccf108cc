import asyncio


async def greet():
    print("hi")
    return "done"


async def main():
    coro = greet()
    print("made a", type(coro).__name__)
    result = await coro
    print("result:", result)


asyncio.run(main())
