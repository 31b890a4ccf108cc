import asyncio


async def hamlet():
    try:
        print("to be or not to be")
        await asyncio.sleep(1)
        print("the rest is silence")
    finally:
        print("falls")
        print("lies still")


async def main():
    actor = asyncio.create_task(hamlet())
    try:
        await asyncio.wait_for(actor, timeout=0.1)
    except TimeoutError:
        print("curtain, too late")


asyncio.run(main())
