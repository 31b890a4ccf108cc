import asyncio
async def w(): pass
async def v(): pass
async def task():
    c = w()
    await asyncio.sleep(0)
async def main():
    c = v()
    asyncio.create_task(task())
    await asyncio.sleep(1)
    f = asyncio.get_running_loop().create_future()
    f.add_done_callback(lambda f, c=w(): None)
    f.set_result(1)
    del f
    await asyncio.sleep(1)
asyncio.run(main())
print("end")
