import asyncio


async def main():
    queue = asyncio.Queue()
    asyncio.get_running_loop().call_later(0.1, queue.put_nowait, 'news')
    print(await queue.get())


asyncio.run(main())
