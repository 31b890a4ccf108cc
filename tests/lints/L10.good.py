import asyncio


async def fail():
    raise ValueError('somebody looks')


async def main():
    task = asyncio.create_task(fail())
    try:
        await task
    except ValueError as error:
        print(error)


asyncio.run(main())
