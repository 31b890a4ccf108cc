import asyncio


async def main():
    loop = asyncio.get_running_loop()

    def chain(n):
        if n:
            loop.call_soon(chain, n - 1)
        loop.call_soon(chain, 3)

    loop.call_soon(chain, 3)
    for _ in range(6):
        await asyncio.sleep(0)


asyncio.run(main())
asyncio.run(main())
