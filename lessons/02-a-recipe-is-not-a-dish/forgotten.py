import asyncio


async def soup():
    print("cooking soup")
    return "hot soup"


async def main():
    recipe = soup()
    print("main holds a", type(recipe).__name__)


asyncio.run(main())
