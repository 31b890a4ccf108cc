import asyncio


async def ticks():
    yield 1


async def fails(n):
    raise ValueError(n)


async def main():
    generator = ticks()
    print(await anext(generator))
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fails(8))
    except* ValueError as error:
        print(repr(error))


asyncio.run(main())
