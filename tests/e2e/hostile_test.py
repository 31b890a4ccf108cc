"""Scripts nobody means to write, given to `loopglass run`: each ends with a clear message and the exit status the README
gives, within bounded time and memory.

Usage: hostile_test.py PROGRAM
"""

import os
import pathlib
import subprocess
import sys
import tempfile
import time

PROGRAM = sys.argv[1]
SECONDS = 120  # far above what any takes: a machine may be busy
MILLION_TASKS = """
import asyncio

async def work(number):
    await asyncio.sleep(number % 10)
    return number

async def main():
    tasks = [asyncio.create_task(work(number)) for number in range(1_000_000)]
    print(sum(await asyncio.gather(*tasks)))

asyncio.run(main())
"""
# name: (script, options, exit status, what standard output holds, what standard error holds, MiB at most)
HOSTILE = {
    "malformed": (b"def f(:\n    pass\n", [], 2, "", "SyntaxError: invalid syntax", 100),
    "empty": (b"", [], 0, "", "", 100),
    "only a comment without an end": (b"# nothing", [], 0, "", "", 100),
    "binary": (bytes(range(256)) * 40, [], 2, "", "SyntaxError: source code cannot contain null bytes", 100),
    "not UTF-8": (b"print('caf\xe9')\n", [], 2, "", "Non-UTF-8 code starting with '\\xe9' in file", 100),
    "ten megabytes": (b"x = [1, 2]\n" * 950_000, [], 0, "", "", 1500),
    "above the limit of a file": (b"#" * (17 << 20), [], 4, "", "larger than 16 MiB", 100),
    "endless": (b"while True: pass\n", ["--fuel", "50000000"], 3, "", "used up all the steps it may take", 100),
    "endless in native code": (b"sum(iter(int, 1))\n", ["--fuel", "50000000"], 3, "", "used up all the steps", 100),
    "endless awaits": (b"import asyncio\nasync def main():\n    while True: await asyncio.sleep(0)\nasyncio.run(main())\n",
                       ["--events", "300000"], 3, "", "", 200),
    "endless recursion": (b"def f():\n    return f()\nf()\n", [], 1, "", "RecursionError: maximum recursion depth exceeded", 100),
    "endless recursion in native code": (b"class A: pass\na = A()\nA.__call__ = a\na()\n", [], 1, "",
                                         "RecursionError: maximum recursion depth exceeded", 150),
    "endless output": (b"while True: print('x' * 1000)\n", ["--output", "1"], 3, "x" * 1000, "", 200),
    "endless growth": (b"x = []\nwhile True: x.append(bytes(1000))\n", ["--memory", "100"], 1, "", "MemoryError", 400),
    "a million tasks": (MILLION_TASKS.encode(), [], 3, "", "needed more memory than it may have", 1500),
    "ten thousand brackets": (b"(" * 10_000, [], 2, "", "SyntaxError: too many nested parentheses", 100),
}


def run(path, options):
    """Exit status, both outputs (cut), the most memory in MiB; never longer than SECONDS."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = subprocess.Popen([PROGRAM, "run", path, *options], stdin=subprocess.DEVNULL, stdout=out, stderr=err)
        end = time.monotonic() + SECONDS
        while True:
            pid, status, used = os.wait4(process.pid, os.WNOHANG)
            if pid:
                break
            if time.monotonic() > end:
                process.kill()
                os.wait4(process.pid, 0)
                return "not within the time", "", "", 0
            time.sleep(0.01)
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        return (process.returncode, out.read(4000).decode(errors="replace"), err.read().decode(errors="replace"),
                used.ru_maxrss / 1024)


def main():
    failures = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, (script, options, status, out, err, most) in HOSTILE.items():
            path = pathlib.Path(folder, "script.py")
            path.write_bytes(script)
            got_status, got_out, got_err, memory = run(path, options)
            good = got_status == status and out in got_out and err in got_err and memory <= most
            good = good and (got_err != "" if status else got_err == "")
            print(f"{'ok' if good else 'FAILED':6} {name}: exit {got_status}, {memory:.0f} MiB, {got_err.strip()[-160:]!r}")
            failures += not good
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
