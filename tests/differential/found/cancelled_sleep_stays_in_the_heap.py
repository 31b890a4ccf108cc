import asyncio


async def main():
    loop = asyncio.get_running_loop()
    tasks = [asyncio.create_task(asyncio.sleep(delay)) for delay in (0.1, 0.2, 0.1)]
    loop.call_later(0.1, tasks[2].cancel)
    handle = loop.call_later(0.1, print, "never")
    loop.call_at(0.1, handle.cancel)
    await asyncio.wait(tasks)


asyncio.run(main())
