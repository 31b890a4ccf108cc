# 1,000,000 timers in scrambled order, all of which fire.
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    count = 1_000_000
    done = loop.create_future()
    step = 0.001 / count
    start = loop.time()

    def nothing():
        pass

    for number in range(count):
        loop.call_at(start + (number * 7919 % count) * step, nothing)
    loop.call_at(start + 1, done.set_result, None)
    await done


asyncio.run(main())
