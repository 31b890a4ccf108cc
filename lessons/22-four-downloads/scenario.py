import asyncio
import time

import aiohttp

PAGES = {
    "dagster": "https://dagster.io",
    "python": "http://python.org",
    "docs": "https://docs.python.org/3/library/asyncio.html",
    "github": "https://github.com/python/asyncio",
}


async def fetch(session, name, url):
    async with session.get(url) as response:
        text = await response.text()
        print(name, len(text))


async def main():
    start = time.time()
    async with aiohttp.ClientSession() as session:
        async with asyncio.TaskGroup() as group:
            for name, url in PAGES.items():
                page = fetch(session, name, url)
                group.create_task(page, name=name)
    took = time.time() - start
    print(f"all in {took:.2f} seconds")


asyncio.run(main())


# /// script
# [tool.loopglass.http."https://dagster.io"]
# latency = 0.5
# transfer = 0.12
# size = 80938
# [tool.loopglass.http."http://python.org"]
# latency = 0.8
# transfer = 0.11
# size = 50310
# [tool.loopglass.http."https://docs.python.org/3/library/asyncio.html"]
# latency = 0.65
# transfer = 0.06
# size = 19704
# [tool.loopglass.http."https://github.com/python/asyncio"]
# latency = 0.85
# transfer = 0.18
# size = 189502
# ///
