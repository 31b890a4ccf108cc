import asyncio


async def inner():
    print('never')


async def main():
    work = inner()
    try:
        asyncio.run(work)
    except RuntimeError as error:
        print(error)
    work.close()


asyncio.run(main())
