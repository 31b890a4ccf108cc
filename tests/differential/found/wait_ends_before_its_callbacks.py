import asyncio


async def nap(seconds):
    await asyncio.sleep(seconds)


async def waits(tasks):
    done, pending = await asyncio.wait(tasks, timeout=0.2)
    print(sorted(task.get_name() for task in done), sorted(task.get_name() for task in pending))


async def main():
    tasks = [asyncio.create_task(nap(0.2), name=str(n)) for n in range(4)]
    waiting = asyncio.create_task(waits(tasks))
    await asyncio.sleep(0.2)
    waiting.cancel()
    await asyncio.wait([waiting])
    await asyncio.sleep(0)
    print([task.done() for task in tasks])


asyncio.run(main())
