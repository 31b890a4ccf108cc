import asyncio


async def worker(condition, items):
    async with condition:
        while not items:
            await condition.wait()
        items.pop()


async def main():
    condition, items = asyncio.Condition(), []
    workers = [asyncio.create_task(worker(condition, items)) for _ in range(12)]
    await asyncio.sleep(0.1)
    for _ in workers:
        async with condition:
            items.append('item')
            condition.notify_all()
        await asyncio.sleep(0.1)
    await asyncio.gather(*workers)


asyncio.run(main())
