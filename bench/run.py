"""Runs the benchmarks: the same work by Loopglass and by others, in turns, and a table of the two.

Usage: run.py BUILD_FOLDER [--rounds N] [--only TEXT] [--markdown]

Times are CPU seconds of the whole process, user and system, less what an empty run costs; they are medians over
interleaved rounds, because a machine is rarely idle. Peers that are not installed are left out with a word.
"""

import argparse
import functools
import glob
import json
import math
import os
import shutil
import statistics
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
SCRIPTS = os.path.join(HERE, "scripts")
VIRTUAL = os.path.join(HERE, "virtual_clock.py")


def newest_python():
    """CPython 3.13 or the newest there is: what the scripts are compared with."""
    places = glob.glob(os.path.expanduser("~/.pyenv/versions/3.*/bin/python3"))
    places += [path for name in ("python3.14", "python3.13", "python3.12", "python3") if (path := shutil.which(name))]
    found = []
    for place in places:
        code = "import sys; print('%d.%d.%d' % sys.version_info[:3])"
        asked = subprocess.run([place, "-c", code], capture_output=True, text=True)
        if asked.returncode == 0:
            version = tuple(int(part) for part in asked.stdout.split("."))
            found.append((version[:2] == (3, 13), version, place))
    return max(found)[1:] if found else None


class Program:
    """A command whose own start-up cost is known and taken off."""

    def __init__(self, name, command, empty=None):
        self.name, self.command, self.empty = name, command, empty

    def measure(self, arguments):
        """CPU seconds and peak memory in kB; None if it fails."""
        command = [*self.command, *arguments]
        with open(os.devnull, "wb") as nowhere, tempfile.TemporaryFile() as errors:
            child = subprocess.Popen(command, stdout=nowhere, stderr=errors)
            _, status, usage = os.wait4(child.pid, 0)
            child.returncode = status
            if status != 0:
                errors.seek(0)
                print("failed:", " ".join(command), errors.read()[-400:].decode(errors="replace"), file=sys.stderr)
                return None
        return usage.ru_utime + usage.ru_stime, usage.ru_maxrss

    @functools.cached_property
    def start(self):
        if not self.empty:
            return 0.0, 0
        runs = [run for _ in range(5) if (run := self.measure(self.empty))]
        return statistics.median(run[0] for run in runs), statistics.median(run[1] for run in runs)


class Table:
    def __init__(self, markdown):
        self.rows, self.markdown = [], markdown

    def add(self, name, ours, theirs, peer, goal, better, unit="s"):
        """`better`: how many times better ours is. `goal`: what it should be at least."""
        verdict = "" if goal is None else ("yes" if better >= goal else "NO")
        row = [name, f"{ours:.3g} {unit}", f"{theirs:.3g} {unit}", peer, f"{better:.2f}",
               "" if goal is None else f"{goal:g}", verdict]
        self.rows.append(row)
        self.show(row)

    def show(self, row):
        if self.markdown:
            print("| " + " | ".join(row) + " |", flush=True)
        else:
            print(f"{row[0]:34} {row[1]:>11} {row[2]:>11} {row[3]:<22} {row[4]:>8} {row[5]:>6} {row[6]}", flush=True)

    def head(self):
        self.show(["row", "ours", "peer", "which", "ratio", "goal", "met"])
        if self.markdown:
            print("|---|---:|---:|---|---:|---:|---|", flush=True)


def compare(ours, theirs, our_arguments, their_arguments, rounds):
    """Medians of seconds, and of memory, of both, taken in turns."""
    measured = ([], [])
    for _ in range(rounds):
        for program, arguments, into in ((ours, our_arguments, measured[0]), (theirs, their_arguments, measured[1])):
            run = program.measure(arguments)
            if run is None:
                return None
            into.append((max(run[0] - program.start[0], 1e-6), max(run[1] - program.start[1], 1)))
    return [tuple(statistics.median(values) for values in zip(*runs)) for runs in measured]


EVALUATOR = ["loops", "calls", "fib", "methods", "dicts", "strings", "str_build", "exceptions", "generators",
             "comprehensions"]
# A million tasks are more than a run may make and keep unless told otherwise.
LARGE = ["--memory", "16000", "--events", "40000000"]
# name, script, arguments, under the virtual clock, goal
SCHEDULER = [
    ("sleep(0), 1,000 tasks", "sleep0", [], False, 15),
    ("queue of one", "queue_one", [], False, 15),
    ("1,000,000 timers", "timers", [], True, 30),
    ("1,000,000 tasks sleep once", "tasks", ["1000000"], True, 8),
]


def bench_scripts(table, ours, python, rounds, wanted):
    if not python:
        print("CPython is missing: its rows are left out")
        return
    version, place = python
    peer = "CPython " + ".".join(map(str, version))
    nothing = os.path.join(SCRIPTS, "nothing.py")
    plain = Program(peer, [place], [nothing])
    virtual = Program(peer + " virtual", [place, VIRTUAL], [nothing])
    for name, script, arguments, virtual_clock, goal in SCHEDULER:
        if wanted not in name and wanted not in script:
            continue
        path = os.path.join(SCRIPTS, script + ".py")
        long = script in ("timers", "tasks")
        options = LARGE if script == "tasks" else []
        result = compare(ours, virtual if virtual_clock else plain, [*options, path, *arguments], [path, *arguments],
                         2 if long else rounds)
        if result:
            (our_time, our_memory), (their_time, their_memory) = result
            table.add(name, our_time, their_time, peer, goal, their_time / our_time)
            if script == "tasks":
                count = int(arguments[0])
                each = our_memory * 1024 / count
                table.add("  bytes a task (goal: <= 4,500)", each, their_memory * 1024 / count, peer, None,
                          their_memory / our_memory, "B")
    # The evaluator's scripts do not import asyncio: another start to take off.
    hello = os.path.join(SCRIPTS, "hello.py")
    ours, plain = Program(ours.name, ours.command, [hello]), Program(peer, [place], [hello])
    ratios = []
    for script in EVALUATOR:
        if wanted not in "evaluator: " + script:
            continue
        path = os.path.join(SCRIPTS, f"eval_{script}.py")
        result = compare(ours, plain, [path], [path], rounds)
        if result:
            ratios.append(result[1][0] / result[0][0])
            table.add("evaluator: " + script, result[0][0], result[1][0], peer, 0.83, ratios[-1])
    if len(ratios) == len(EVALUATOR):
        mean = math.exp(statistics.mean(map(math.log, ratios)))
        table.add("evaluator: geometric mean", 1, mean, peer, 1.5, mean, "")


def bench_start(table, binary, python, rounds):
    hello = os.path.join(SCRIPTS, "hello.py")
    ours = Program("ours", [binary, "run"])
    nothing = os.path.join(SCRIPTS, "nothing.py")
    if python:
        for name, script, goal in (("start: print", hello, None), ("start: asyncio.run", nothing, 5)):
            result = compare(ours, Program("CPython", [python[1]]), [script], [script], 2 * rounds + 1)
            if result:
                table.add(name, result[0][0] * 1e3, result[1][0] * 1e3, "CPython", goal, result[1][0] / result[0][0],
                          "ms")


def peers(build):
    """Other schedulers at sleep(0) (yield), 1,000 tasks: those that are installed."""
    folder = os.path.join(HERE, "peers")
    found = []
    if node := shutil.which("node"):
        found.append(Program("Node", [node], [os.path.join(folder, "empty.js")]))
        found[-1].arguments = [os.path.join(folder, "yield.js")]
    else:
        print("Node is missing: its row is left out")
    if go := shutil.which("go"):
        built = os.path.join(build, "bench", "yield_go")
        os.makedirs(os.path.dirname(built), exist_ok=True)
        subprocess.run([go, "build", "-o", built, os.path.join(folder, "yield.go")], check=True)
        found.append(Program("Go", [built]))
        found[-1].arguments = []
    else:
        print("Go is missing: its row is left out")
    for name in ("lua5.4", "lua"):
        if lua := shutil.which(name):
            found.append(Program("Lua", [lua]))
            found[-1].arguments = [os.path.join(folder, "yield.lua")]
            break
    else:
        print("Lua is missing: its row is left out")
    fiber = os.path.join(build, "bench", "yield_boost_fiber")
    if os.path.exists(fiber):
        found.append(Program("Boost.Fiber", [fiber]))
        found[-1].arguments = []
    else:
        print("Boost.Fiber is missing: its row is left out")
    return found


def bench_peers(table, ours, build, python, rounds):
    path = os.path.join(SCRIPTS, "sleep0.py")
    # A distribution's uvloop belongs to its own Python.
    candidates = [place for place in ((python or (None, None))[1], "/usr/bin/python3") if place]
    for place in candidates:
        if subprocess.run([place, "-c", "import uvloop"], capture_output=True).returncode == 0:
            break
    else:
        place = None
    if place:
        uvloop = Program("uvloop", [place, os.path.join(HERE, "peers", "with_uvloop.py")],
                         [os.path.join(SCRIPTS, "nothing.py")])
        uvloop.arguments = [path]
    else:
        uvloop = None
        print("uvloop is missing: its row is left out")
    for peer in [*([uvloop] if uvloop else []), *peers(build)]:
        result = compare(ours, peer, [path], peer.arguments, rounds)
        if result:
            table.add("sleep(0) / yield, 1,000 tasks", result[0][0], result[1][0], peer.name, None,
                      result[1][0] / result[0][0])


def bench_channel(table, build, rounds):
    """A hand-over through a queue of one between native coroutines, and through Go's channel."""
    micro, go = os.path.join(build, "bench", "bench_micro"), shutil.which("go")
    if not go or not os.path.exists(micro):
        print("Go or Google Benchmark is missing: the row of channels is left out")
        return
    built = os.path.join(build, "bench", "channel_go")
    subprocess.run([go, "build", "-o", built, os.path.join(HERE, "peers", "channel.go")], check=True)
    items, channel, ours, theirs = 2_000_000, Program("Go", [built]), [], []
    for _ in range(rounds):
        said = subprocess.run([micro, "--benchmark_filter=native_queue_of_one", "--benchmark_format=json"],
                              capture_output=True, check=True)
        ours.append(1e9 / json.loads(said.stdout)["benchmarks"][0]["items_per_second"])
        theirs.append(channel.measure([])[0] / items * 1e9)
    our_time, their_time = statistics.median(ours), statistics.median(theirs)
    table.add("queue of one in C++ / channel, an item", our_time, their_time, "Go", 1, their_time / our_time, "ns")


def bench_recording(table, build, rounds):
    """Runs the program's own driver: what recording lines costs, and what an event costs in memory."""
    driver = os.path.join(build, "bench", "bench_session")
    if not os.path.exists(driver):
        print("bench_session is not built: recording rows are left out")
        return
    plain, lines, off = (Program(name, [driver, *option]) for name, option in
                         (("switch", []), ("lines", ["--lines"]), ("off", ["--off"])))
    for script in ("restaurant", "sleep0", "queue_one"):
        path = os.path.join(SCRIPTS, script + ".py")
        result = compare(plain, off, [path], [path], rounds)
        if result:
            table.add("recording: " + script, result[0][0], result[1][0], "ours without", 1 / 1.1,
                      result[1][0] / result[0][0])
    for script in ("eval_calls", "eval_loops", "eval_dicts", "sleep0"):
        path = os.path.join(SCRIPTS, script + ".py")
        result = compare(plain, lines, [path], [path], rounds)
        if result:
            table.add("line recording: " + script, result[1][0], result[0][0], "ours without", 1 / 1.3,
                      result[0][0] / result[1][0])
    subprocess.run([driver, "--recording", os.path.join(SCRIPTS, "sleep0.py")], check=False)


def bench_micro(build):
    micro = os.path.join(build, "bench", "bench_micro")
    if os.path.exists(micro):
        subprocess.run([micro, "--benchmark_min_time=0.2", "--benchmark_repetitions=3",
                        "--benchmark_report_aggregates_only=true"], check=False)
    else:
        print("Google Benchmark is missing: the C++ rows are left out")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", default="", help="scripts whose name contains this, and nothing else")
    parser.add_argument("--markdown", action="store_true")
    options = parser.parse_args()
    binary = os.path.join(options.build, "loopglass")
    python = newest_python()
    nothing = os.path.join(SCRIPTS, "nothing.py")
    ours = Program("ours", [binary, "run"], [nothing])
    print("load:", " ".join(f"{load:.2f}" for load in os.getloadavg()), " processors:", os.cpu_count())
    table = Table(options.markdown)
    table.head()
    bench_scripts(table, ours, python, options.rounds, options.only)
    if options.only:
        return
    bench_start(table, binary, python, options.rounds)
    bench_peers(table, ours, options.build, python, options.rounds)
    bench_channel(table, options.build, options.rounds)
    bench_recording(table, options.build, options.rounds)
    bench_micro(options.build)
    print("load:", " ".join(f"{load:.2f}" for load in os.getloadavg()))


if __name__ == "__main__":
    main()
