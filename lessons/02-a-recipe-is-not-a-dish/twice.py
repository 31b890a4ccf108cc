import asyncio


async def soup():
    print("cooking soup")
    return "hot soup"


async def main():
    recipe = soup()
    print("main holds a", type(recipe).__name__)
    dish = await recipe
    dish = await soup()
    print("main holds", dish)


asyncio.run(main())
