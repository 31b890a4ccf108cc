#!/usr/bin/env python3
"""Runs every case through check.py and compares the failures with known_failures.txt.

Usage: run.py LOOPGLASS [--update]

Exit status 1 when a case fails that is not listed. A listed case that passes is named, so that the list can shrink;
--update rewrites the list.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
KNOWN = HERE / "known_failures.txt"
HEAD = "# Cases that do not agree with CPython yet. Written by run.py --update; it may only get shorter.\n"


def run_cases(binary):
    """Returns {case: "ok" or the first difference} and check.py's own summary."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = [sys.executable, HERE / "check.py", binary, HERE / "cases", "--json", report, "--timeout", "60"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if not report.exists():
            sys.exit(done.stderr or done.stdout)
        return json.loads(report.read_text()), done.stdout


def main():
    binary = sys.argv[1]
    results, summary = run_cases(binary)
    failing = {case for case, outcome in results.items() if outcome != "ok"}
    print(summary, end="")
    if "--update" in sys.argv:
        KNOWN.write_text(HEAD + "".join(case + "\n" for case in sorted(failing)))
        return 0
    known = {line for line in KNOWN.read_text().splitlines() if line and not line.startswith("#")}
    for case in sorted(failing - known):
        print(f"FAIL {case}: {results[case]}")
    for case in sorted(known - failing):
        print(f"now passes, take it off the list: {case}")
    return 1 if failing - known else 0


if __name__ == "__main__":
    sys.exit(main())
