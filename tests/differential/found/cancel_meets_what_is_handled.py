import asyncio


async def main():
    try:
        async with asyncio.timeout(0.1):
            try:
                1 / 0
            finally:
                await asyncio.sleep(1)
    except TimeoutError as error:
        print(repr(error.__cause__), repr(error.__cause__.__context__))


asyncio.run(main())
