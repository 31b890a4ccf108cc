#!/usr/bin/env python3
"""Checks the words of the sources and lessons: one name per idea, no unfinished marks, no paths of one machine.

Usage: check_words.py [ROOT]. A line that must use a forbidden word carries the mark `words: allow`.
"""

import re
import subprocess
import sys
from pathlib import Path

# pattern: what to write instead. asyncio's own words are the only ones.
WORDS = {
    r"micro-?tasks?\b": "ready queue",
    r"\b(a|an|the|this|each|every|pending|resolved) promises?\b": "Future",
    r"\bgreen threads?\b": "fiber",
    r"\brun queue\b": "ready queue",
    r"\bgoroutines?\b": "task",
    r"\bevent-?loop tick\b": "iteration",
    r"\b(TODO|FIXME|XXX|HACK)\b": "finish it, or say why it is so",
}
PROSE = {".md", ".cpp", ".hpp", ".py", ".cmake"}
# These have to speak of other systems, or quote scripts that other people wrote.
FREE = re.compile(r"tests/check_words\.py|tests/(corpus|conformance|scenarios|golden)/|bench/|LICENSE|assets/")
MACHINE_PATHS = re.compile("/" + r"(?:work|root)/|/home/\w+/|/tmp/\w*bash_jobs")


def tracked_files(root):
    listed = subprocess.run(["git", "-C", root, "ls-files", "-z"], capture_output=True, check=False)
    if listed.returncode == 0:
        return [name for name in listed.stdout.decode().split("\0") if name]
    tops = ("app", "assets", "bench", "cmake", "lessons", "runtime", "scripts", "tests")
    return [str(path.relative_to(root)) for top in tops for path in (Path(root) / top).rglob("*") if path.is_file()]


def offences(name, text):
    for number, line in enumerate(text.splitlines(), 1):
        if "words: allow" in line:
            continue
        if MACHINE_PATHS.search(line):
            yield number, "a path that exists on one machine only"
        if Path(name).suffix in PROSE and not FREE.match(name):
            for pattern, instead in WORDS.items():
                found = re.search(pattern, line, re.IGNORECASE if pattern.islower() else 0)
                if found:
                    yield number, f'"{found.group()}": {instead}'


def main():
    root = sys.argv[1] if len(sys.argv) > 1 else "."
    count = bad = 0
    for name in tracked_files(root):
        try:
            text = (Path(root) / name).read_text()
        except (UnicodeDecodeError, OSError):
            continue  # an image, a recording, a file deleted but not yet committed so
        count += 1
        for number, sentence in offences(name, text):
            bad += 1
            print(f"{name}:{number}: {sentence}")
    print(f"{count} files, {bad} offences")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
