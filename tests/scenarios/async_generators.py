# Async generators suspend, take values, close, and refuse to run twice at a time.
import asyncio
async def ticker():
    try:
        for i in range(3):
            await asyncio.sleep(0.1)
            yield i
    finally:
        print("closed")
async def main():
    print([i async for i in ticker()])
    agen = ticker()
    print(await agen.asend(None))
    await agen.aclose()
    try:
        await agen.__anext__()
    except StopAsyncIteration:
        print("ended")
    busy = ticker()
    task = asyncio.create_task(anext(busy))
    await asyncio.sleep(0)
    try:
        await anext(busy)
    except RuntimeError as error:
        print(error)
    print(await task)
asyncio.run(main())

# expect: closed
# expect: [0, 1, 2]
# expect: 0
# expect: closed
# expect: ended
# expect: anext(): asynchronous generator is already running
# expect: 0
# expect: closed
