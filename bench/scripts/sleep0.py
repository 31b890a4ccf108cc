# 1,000 tasks that hand over by sleep(0), 300 rounds.
import asyncio


async def worker(rounds):
    for _ in range(rounds):
        await asyncio.sleep(0)


async def main():
    await asyncio.gather(*[worker(300) for _ in range(1000)])


asyncio.run(main())
