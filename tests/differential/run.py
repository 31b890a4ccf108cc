#!/usr/bin/env python3
"""Compares Loopglass with CPython 3.13 on generated programs, event by event. See README.md.

    run.py LOOPGLASS --count 20000 --first 0 --jobs 2      compare; shrink and keep what differs
    run.py LOOPGLASS --check                               the test: found/, and the programs of seeds.txt
    run.py LOOPGLASS --show SEED|FILE                      the program and its first difference
    run.py LOOPGLASS --write-seeds COUNT                   rewrite seeds.txt from CPython
    run.py LOOPGLASS --expect FILE…                        write FILE.expected from CPython
"""

import argparse
import hashlib
import multiprocessing
import re
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import engines  # noqa: E402
import generate  # noqa: E402
import shrink  # noqa: E402

FOUND = HERE / "found"
SEEDS = HERE / "seeds.txt"
SKIPPED = 77


def digest(lines):
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


class Pair:
    def __init__(self, binary, python):
        self.cpython = engines.CPython(python)
        self.loopglass = engines.Loopglass(binary)

    def both(self, source):
        return self.cpython.run(source), self.loopglass.run(source)

    def close(self):
        self.cpython.close()
        self.loopglass.close()


# --- many programs ---------------------------------------------------------------------------------------------------

pair = None


def start_worker(binary, python):
    global pair
    pair = Pair(binary, python)


def compare_seed(seed):
    """(seed, how many lines CPython's log has, None or (a signature, the first difference))."""
    expected, got = pair.both(generate.program(seed))
    index = engines.first_difference(expected, got)
    if index is None:
        return seed, len(expected), None
    return seed, len(expected), (signature(expected, got, index), engines.describe(expected, got))


def difference_kind(both, text):
    expected, got = both.both(text)
    index = engines.first_difference(expected, got)
    return None if index is None else signature(expected, got, index)


def signature(expected, got, index):
    """What kind of difference: the two lines without their numbers."""
    sides = [lines[index] if index < len(lines) else "(end)" for lines in (expected, got)]
    return " | ".join(re.sub(r"\d+", "N", side.split(" ", 1)[-1])[:60] for side in sides)


def compare_many(arguments, python):
    began = time.monotonic()
    seeds = range(arguments.first, arguments.first + arguments.count)
    different, events = [], 0
    with multiprocessing.Pool(arguments.jobs, start_worker, (arguments.loopglass, python)) as pool:
        for done, (seed, lines, difference) in enumerate(pool.imap_unordered(compare_seed, seeds, 16), 1):
            events += lines
            if difference:
                different.append((seed, *difference))
                print(f"seed {seed}: {difference[0]}", flush=True)
            if done % 1000 == 0:
                print(f"{done} programs, {len(different)} differ, {time.monotonic() - began:.0f} s", flush=True)
    print(
        f"{len(seeds)} programs (seeds {seeds.start} to {seeds.stop - 1}), {events} events of CPython compared, "
        f"{len(different)} differ, {time.monotonic() - began:.0f} s"
    )
    if different and arguments.shrink:
        shrink_some(arguments, python, different)
    return 1 if different else 0


def shrink_some(arguments, python, different):
    """Shrinks one program of each kind of difference and keeps it in found/."""
    kinds = {}
    for seed, kind, _ in sorted(different):
        kinds.setdefault(kind, seed)
    both = Pair(arguments.loopglass, python)
    for kind, seed in list(kinds.items())[: arguments.shrink]:
        text = shrink.shrink(generate.program(seed), lambda text: difference_kind(both, text) == kind)
        keep(text, f"seed_{seed}", both)
        print(f"--- {kind}\n{text}{engines.describe(*both.both(text))}\n", flush=True)
    both.close()


def keep(text, name, both):
    FOUND.mkdir(exist_ok=True)
    (FOUND / f"{name}.py").write_text(text, encoding="utf-8")
    (FOUND / f"{name}.expected").write_text("\n".join(both.cpython.run(text)) + "\n", encoding="utf-8")


# --- the test --------------------------------------------------------------------------------------------------------


def check(arguments, python):
    """Without CPython 3.13 the expectations are the stored ones; with it, its own answers as well."""
    ours = engines.Loopglass(arguments.loopglass)
    theirs = engines.CPython(python) if python else None
    failures = checked = 0
    for path in sorted(FOUND.glob("*.py")):
        expected = path.with_suffix(".expected").read_text(encoding="utf-8").splitlines()
        got = ours.run(path.read_text(encoding="utf-8"))
        checked += 1
        if expected != got:
            failures += 1
            print(f"{path.name}: {engines.describe(expected, got)}")
    for line in SEEDS.read_text().splitlines():
        if line.startswith("#"):
            continue
        seed, wanted = line.split()
        source = generate.program(int(seed))
        got = ours.run(source)
        checked += 1
        if digest(got) != wanted:
            failures += 1
            print(f"seed {seed}: " + (engines.describe(theirs.run(source), got) if theirs else "not what CPython does"))
    ours.close()
    if theirs:
        theirs.close()
    print(f"{checked} programs, {failures} differ" + ("" if python else " (CPython 3.13 not found: stored answers only)"))
    return 1 if failures else 0


def write_seeds(count, python):
    theirs = engines.CPython(python)
    lines = [f"{seed} {digest(theirs.run(generate.program(seed)))}" for seed in range(count)]
    theirs.close()
    head = "# What CPython 3.13 does with program(SEED): the seed, a digest of its canonical lines. run.py --write-seeds\n"
    SEEDS.write_text(head + "\n".join(lines) + "\n")
    return 0


def show(arguments, python):
    both = Pair(arguments.loopglass, python)
    what = arguments.show
    text = generate.program(int(what)) if what.isdigit() else Path(what).read_text(encoding="utf-8")
    if arguments.shrink:
        kind = difference_kind(both, text)
        text = shrink.shrink(text, lambda text: difference_kind(both, text) == kind)
    print(text)
    print(engines.describe(*both.both(text), around=20))
    both.close()
    return 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("loopglass")
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--shrink", type=int, default=0, metavar="KINDS", help="shrink and keep that many kinds of difference")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--show")
    parser.add_argument("--write-seeds", type=int, default=0, metavar="COUNT")
    parser.add_argument("--expect", nargs="+", default=[], metavar="FILE")
    arguments = parser.parse_args()
    python = engines.find_cpython()
    if arguments.check:
        return check(arguments, python)
    if not python:
        print("skipped: no CPython 3.13 (set LOOPGLASS_CPYTHON to one)")
        return SKIPPED
    if arguments.write_seeds:
        return write_seeds(arguments.write_seeds, python)
    if arguments.show:
        return show(arguments, python)
    if arguments.expect:
        both = Pair(arguments.loopglass, python)
        for path in map(Path, arguments.expect):
            lines = both.cpython.run(path.read_text(encoding="utf-8"))
            path.with_suffix(".expected").write_text("\n".join(lines) + "\n", encoding="utf-8")
        both.close()
        return 0
    return compare_many(arguments, python)


if __name__ == "__main__":
    sys.exit(main())
