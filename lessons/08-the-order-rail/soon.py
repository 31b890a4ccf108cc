import asyncio


def note(text):
    print("note:", text)


async def main():
    loop = asyncio.get_running_loop()
    loop.call_soon(note, "the bill, at once!")
    loop.call_soon(note, "bread")
    loop.call_soon(note, "water")
    print("main talks on")
    await asyncio.sleep(0)
    print("main is back")
    await asyncio.sleep(0)
    print("main has finished")


asyncio.run(main())
