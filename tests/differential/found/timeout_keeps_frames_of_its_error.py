import asyncio
def log(*words):
    task = asyncio.current_task()
def say(error):
    return f"{type(error).__name__}({', '.join(map(repr, error.args))})"
def started(task):
    return task
event = asyncio.Event()
async def ticks(count, delay):
    got = yield i
async def w3(n):
    finished, pending = await asyncio.wait([started(asyncio.create_task(asyncio.sleep(0.5, 8))), started(asyncio.create_task(asyncio.sleep(0, 7)))], return_when=asyncio.FIRST_EXCEPTION)
async def w0(n):
    return n + 8
async def main():
    g5 = ticks(4, 0)
    try:
        async for i in g5:
            log('tick', i)
    except Exception as e:
        log("caught", say(e))
    try:
        for next_one in asyncio.as_completed([event.wait(), asyncio.wait_for(asyncio.shield(started(asyncio.create_task(w3(2)))), 0), w0(1)]):
            log('completed', await next_one)
    except Exception as e:
        log("caught", say(e))
asyncio.run(main())
