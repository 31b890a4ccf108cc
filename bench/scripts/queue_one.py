# A producer and a consumer over a queue of one: every item is a hand-over.
import asyncio


async def producer(queue, count):
    for number in range(count):
        await queue.put(number)


async def consumer(queue, count):
    total = 0
    for _ in range(count):
        total += await queue.get()
    return total


async def main():
    queue = asyncio.Queue(1)
    count = 60000
    _, total = await asyncio.gather(producer(queue, count), consumer(queue, count))
    assert total == count * (count - 1) // 2


asyncio.run(main())
