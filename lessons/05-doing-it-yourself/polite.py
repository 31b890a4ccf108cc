import asyncio


async def bread(number):
    print("bread", number)


async def soup():
    print("soup")


async def main():
    ticket = asyncio.create_task(soup())
    await bread(1)
    await asyncio.sleep(0)
    await bread(2)
    await ticket
    print("end")


asyncio.run(main())
