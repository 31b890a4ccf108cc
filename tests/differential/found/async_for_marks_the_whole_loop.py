import asyncio
futures = []
def log(*words):
    task = asyncio.current_task()
def started(task):
    tasks.append(task)
def done(future):
    log("done callback", state)
async def ticks(count, delay):
    for i in range(count):
        got = yield i
        await asyncio.sleep(delay)
async def w1(n):
    g1 = ticks(2, 0.2)
    try:
        async for i in g1:
            log('tick', i)
            futures.append(asyncio.get_running_loop().create_future())
            futures[-1].add_done_callback(done)
    except asyncio.CancelledError as e:
        raise ValueError('instead') from e
async def w0(n):
    started(asyncio.create_task(w1(7), name='f'))
async def main():
    asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
    t3 = started(asyncio.create_task(w0(4)))
asyncio.run(main())
