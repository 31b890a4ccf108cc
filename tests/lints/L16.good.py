import asyncio


async def work(lock):
    await asyncio.sleep(0.2)
    async with lock:
        print('quick')


async def main():
    lock = asyncio.Lock()
    await asyncio.gather(work(lock), work(lock))


asyncio.run(main())
