import asyncio


async def wait(ready):
    await ready.wait()


async def work(ready):
    await asyncio.sleep(0.1)
    ready.set()


async def main():
    ready = asyncio.Event()
    await asyncio.gather(wait(ready), work(ready))


asyncio.run(main())
