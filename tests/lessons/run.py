#!/usr/bin/env python3
"""The scripts of the lessons do what CPython 3.13 does: the same lines, at the same times, with the same end.
And the list of lessons in COURSE.md says what the lessons say.

Usage: run.py LOOPGLASS [--update]

expected.json holds what CPython did. Nobody writes it by hand: --update runs ../conformance/oracle.py on every script below
lessons/ (needs CPython 3.13). A script without an expectation fails, so no lesson can be added without asking CPython.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
LESSONS = HERE.parent.parent / "lessons"
EXPECTED = HERE / "expected.json"
COMPARED = ("stdout", "status", "end", "timeline", "complaints")


def facts(report):
    """What must agree; of stderr only the messages, for tracebacks name files."""
    lines = report["stderr"].splitlines()
    report["complaints"] = [line for line in lines if line[:1] not in ("", " ") and "scenario.py" not in line and ".py:" not in line]
    return {name: report[name] for name in COMPARED}


def run(command):
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    return json.loads(done.stdout)


def rows_of_the_course():
    """What the table of COURSE.md should hold, and the minutes together."""
    rows, minutes = [], 0
    for text in sorted(LESSONS.glob("[0-9]*/lesson.md")):
        words = text.read_text()
        title = re.search(r"^# (.*)", words, re.M)[1]
        wrong_idea = re.search(r'^misconception = "(.*)"', words, re.M)[1]
        took = int(re.search(r"^minutes = (\d+)", words, re.M)[1])
        minutes += took
        folder = text.parent.name
        rows.append(f"| {int(folder[:2])} | [{title}]({folder}/lesson.md) | {wrong_idea} | {took} |")
    return [*rows, f"{len(rows)} lessons, {minutes} minutes."]


def main():
    binary = sys.argv[1]
    scripts = sorted(LESSONS.glob("*/*.py"))
    names = {str(script.relative_to(LESSONS)): script for script in scripts}
    if "--update" in sys.argv:
        oracle = [sys.executable, HERE.parent / "conformance" / "oracle.py"]
        said = {name: facts(run([*oracle, script])) for name, script in names.items()}
        rows = [f"{json.dumps(name)}: {json.dumps(row)}" for name, row in said.items()]
        EXPECTED.write_text("{\n" + ",\n".join(rows) + "\n}\n")
    expected = json.loads(EXPECTED.read_text())
    wrong = 0
    for name, script in names.items():
        if name not in expected:
            print(f"FAIL lessons/{name}: CPython has not been asked; run.py LOOPGLASS --update")
            wrong += 1
            continue
        got = facts(run([binary, "run", "--json", script]))
        for what in COMPARED:
            if got[what] != expected[name][what]:
                print(f"FAIL lessons/{name}: {what}: CPython {expected[name][what]!r}, here {got[what]!r}")
                wrong += 1
    for name in sorted(set(expected) - set(names)):
        print(f"no longer there: lessons/{name}; run.py LOOPGLASS --update")
        wrong += 1
    course = (LESSONS / "COURSE.md").read_text()
    for row in rows_of_the_course():
        if row not in course:
            print(f"FAIL lessons/COURSE.md has not: {row}")
            wrong += 1
    print(f"{len(names)} scripts of lessons, {wrong} differences")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
