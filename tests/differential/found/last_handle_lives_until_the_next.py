import asyncio
def log(*words):
    task = asyncio.current_task()
def started(task):
    return task
def done(future):
    state = "cancelled" if future.cancelled() else say(future.exception()) if future.exception() else repr(future.result())
async def w1(n):
    raise ValueError(n)
async def w0(n):
    for next_one in asyncio.as_completed([asyncio.shield(started(asyncio.create_task(w1(3)))), future_in(0.1, 5)], timeout=0.2):
        log('completed', await next_one)
async def main():
    started(asyncio.create_task(w0(1), name='a')).add_done_callback(done)
    log(await asyncio.sleep(0, 7))
asyncio.run(main())
