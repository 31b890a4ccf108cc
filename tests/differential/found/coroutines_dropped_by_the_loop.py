import asyncio
async def w(): pass
def cb(c): print("cb")
async def main():
    loop = asyncio.get_running_loop()
    loop.call_soon(cb, w())
    loop.call_soon(cb, w())
    await asyncio.sleep(0)
    loop.call_later(0.1, cb, w())
    await asyncio.sleep(0.2)
    h = loop.call_later(0.1, cb, w())
    h.cancel(); del h
    await asyncio.sleep(0.2)
    loop.call_later(1, cb, w())
    asyncio.create_task(asyncio.sleep(3))
asyncio.run(main())
print("end")
