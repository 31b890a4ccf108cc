# What every run costs before its own work.
import asyncio


async def main():
    pass


asyncio.run(main())
