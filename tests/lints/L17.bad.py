import asyncio


async def produce(queue):
    for item in range(200):
        await queue.put(item)
        await asyncio.sleep(0.001)


async def consume(queue):
    while True:
        await queue.get()
        await asyncio.sleep(1)


async def main():
    queue = asyncio.Queue()
    consumer = asyncio.create_task(consume(queue))
    await produce(queue)
    consumer.cancel()


asyncio.run(main())
