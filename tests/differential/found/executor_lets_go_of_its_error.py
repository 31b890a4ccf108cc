import asyncio


def fail(number):
    if number:
        raise ValueError(number)


class Local:
    def __init__(self, number):
        self.number = number

    def __del__(self):
        print(self.number, "ends")


async def work(number):
    local = Local(number)
    await asyncio.get_running_loop().run_in_executor(None, fail, number)


async def main():
    for number in range(3):
        try:
            await work(number)
        except ValueError as e:
            print(e)
        await asyncio.sleep(0.1)


asyncio.run(main())
