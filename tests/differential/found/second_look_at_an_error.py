import asyncio
import traceback


async def fails():
    raise ValueError(1)


async def main():
    task = asyncio.create_task(fails())
    for _ in range(3):
        try:
            await asyncio.shield(task)
        except ValueError as error:
            print([frame.name for frame in traceback.extract_tb(error.__traceback__) if frame.filename == "prog.py"])


asyncio.run(main())
