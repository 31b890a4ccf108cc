import time

import requests

PAGES = {
    "dagster": "https://dagster.io",
    "python": "http://python.org",
    "docs": "https://docs.python.org/3/library/asyncio.html",
    "github": "https://github.com/python/asyncio",
}


def fetch(name, url):
    text = requests.get(url).text
    print(name, len(text))


def main():
    start = time.time()
    for name, url in PAGES.items():
        fetch(name, url)
    took = time.time() - start
    print(f"all in {took:.2f} seconds")


main()


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
