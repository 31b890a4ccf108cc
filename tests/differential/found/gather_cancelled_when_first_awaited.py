import asyncio
def log(*words):
    task = asyncio.current_task()
def started(task):
    return task
event = asyncio.Event()
async def w3(n):
    return n + 0
async def w1(n):
    asyncio.current_task().cancel()
    log(await asyncio.gather(w3(0), event.wait(), w3(7)))
async def main():
    started(asyncio.create_task(w1(7))).add_done_callback(done)
asyncio.run(main())
