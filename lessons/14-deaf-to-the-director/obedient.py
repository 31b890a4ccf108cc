import asyncio


async def hamlet():
    for line in range(1, 4):
        try:
            print("Hamlet, line", line)
            await asyncio.sleep(0.2)
        except BaseException:
            print("Hamlet: I stay!")
            raise


async def main():
    actor = asyncio.create_task(hamlet())
    await asyncio.sleep(0.3)
    actor.cancel()
    print("director: leave the stage")
    await asyncio.wait([actor])
    print("did he leave?", actor.cancelled())


asyncio.run(main())
