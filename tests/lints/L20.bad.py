import asyncio


async def main():
    loop = asyncio.get_running_loop()
    for _ in range(150):
        handles = [loop.call_later(60, print) for _ in range(2)]
        await asyncio.sleep(0.001)
        for handle in handles:
            handle.cancel()


asyncio.run(main())
