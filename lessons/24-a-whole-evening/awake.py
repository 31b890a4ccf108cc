import asyncio
import time


async def table(number, rail):
    plate = asyncio.Future()
    print("table", number, "orders")
    await rail.put((number, plate))
    dish = await plate
    if number == 2:
        await asyncio.sleep(0.5)  # flambé at the table
    print("table", number, "eats", dish)


async def cook(name, rail):
    while True:
        number, plate = await rail.get()
        print(name, "cooks for table", number)
        await asyncio.sleep(0.1)
        plate.set_result(name + "'s stew")


async def main():
    rail = asyncio.Queue()
    ada = asyncio.create_task(
        cook("Ada", rail), name="Ada"
    )
    ben = asyncio.create_task(
        cook("Ben", rail), name="Ben"
    )
    async with asyncio.TaskGroup() as room:
        for n in range(1, 6):
            guests = table(n, rail)
            name = f"table {n}"
            room.create_task(guests, name=name)
    ada.cancel()
    ben.cancel()
    print("closing")


asyncio.run(main())
