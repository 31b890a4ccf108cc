import asyncio
def log(*words):
    task = asyncio.current_task()
cond = asyncio.Condition()
async def notified():
    async with cond:
        await cond.wait()
async def w2(n):
    await asyncio.sleep(0.3)
async def w0(n):
    log(await notified())
async def main():
    async for next_one in asyncio.as_completed([asyncio.wait_for(w0(3), 0.2), w0(5), w2(5)], timeout=0.2):
        asyncio.create_task(notify(9))
asyncio.run(main())
