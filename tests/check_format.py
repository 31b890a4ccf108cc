#!/usr/bin/env python3
"""Checks that every C++ file looks as clang-format 14 leaves it.

Usage: check_format.py [ROOT]. The exit status is 77 (skipped) where that version is not installed: others differ.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

SKIPPED = 77


def find_clang_format():
    for name in ("clang-format-14", "clang-format"):
        program = shutil.which(name)
        if program:
            version = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
            if re.search(r"version 14\.", version):
                return program
    return None


def main():
    root = Path(sys.argv[1] if len(sys.argv) > 1 else ".")
    program = find_clang_format()
    if program is None:
        print("skipped: clang-format 14 is not installed")
        return SKIPPED
    files = sorted(str(path) for top in ("runtime", "app", "tests") for path in (root / top).rglob("*")
                   if path.suffix in (".cpp", ".hpp"))
    result = subprocess.run([program, "--dry-run", "--Werror", "-ferror-limit=1", *files], capture_output=True,
                            text=True, check=False)
    print(result.stderr, end="")
    print(f"{len(files)} files; clang-format -i puts them right")
    return 1 if result.returncode else 0


if __name__ == "__main__":
    sys.exit(main())
