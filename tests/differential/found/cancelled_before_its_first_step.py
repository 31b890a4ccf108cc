import asyncio
import traceback


async def never():
    print("not printed")


async def main():
    task = asyncio.create_task(never())
    task.cancel("early")
    try:
        await task
    except asyncio.CancelledError as error:
        print([(frame.name, frame.lineno) for frame in traceback.extract_tb(error.__traceback__) if frame.filename == "prog.py"])
        print(error.args, task.cancelled())


asyncio.run(main())
