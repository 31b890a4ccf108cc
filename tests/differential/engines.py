"""The two that are compared, each given a program's text and answering with canonical lines."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import canonical

HERE = Path(__file__).resolve().parent
WANTED = (3, 13)
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "TZ": "UTC", "LANG": "C.UTF-8", "PYTHONHASHSEED": "0", "PYTHON_COLORS": "0"}


def find_cpython():
    """The path of a CPython 3.13, or None. Other versions schedule differently in places (wait_for, gather)."""
    candidates = [os.environ.get("LOOPGLASS_CPYTHON"), shutil.which("python3.13"), sys.executable]
    candidates += sorted(map(str, Path.home().glob(".pyenv/versions/3.13*/bin/python3")))
    for candidate in filter(None, candidates):
        code = "import sys; print(sys.implementation.name, *sys.version_info[:2])"
        done = subprocess.run([candidate, "-c", code], capture_output=True, text=True, check=False)
        if done.stdout.split() == ["cpython", *map(str, WANTED)]:
            return candidate
    return None


class CPython:
    def __init__(self, python):
        self.folder = tempfile.mkdtemp(prefix="differential")
        self.server = subprocess.Popen(
            [python, HERE / "cpython_events.py"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=ENVIRONMENT,
        )

    def run(self, source):
        Path(self.folder, "prog.py").write_text(source, encoding="utf-8")
        self.server.stdin.write(json.dumps({"file": "prog.py", "cwd": self.folder}) + "\n")
        self.server.stdin.flush()
        answer = json.loads(self.server.stdout.readline())
        end = f"exit {answer['status']}" if answer["end"] == "exit" else str(answer["end"])
        return [*canonical.of_cpython(answer["events"]), "# " + end]

    def close(self):
        self.server.stdin.close()
        self.server.wait()
        shutil.rmtree(self.folder)


ENDS = {"stuck": "hang"}


class Loopglass:
    def __init__(self, binary):
        self.folder = tempfile.mkdtemp(prefix="differential")
        self.binary = str(Path(binary).resolve())

    def run(self, source):
        Path(self.folder, "prog.py").write_text(source, encoding="utf-8")
        command = [self.binary, "trace", "prog.py", "--format", "jsonl"]
        try:
            done = subprocess.run(
                command, cwd=self.folder, capture_output=True, text=True, check=False, timeout=20, env=ENVIRONMENT
            )
        except subprocess.TimeoutExpired:
            return ["# no end within 20 s"]
        if not done.stdout.startswith("{"):
            return [f"# no recording, exit status {done.returncode}: {done.stderr.strip()[-300:]}"]
        lines, header = canonical.of_loopglass(done.stdout)
        end = header["end"]
        return [*lines, "# " + (ENDS.get(end) or f"exit {header['exit_status']}")]

    def close(self):
        shutil.rmtree(self.folder)


def first_difference(expected, got):
    """None, or the index of the first line that differs."""
    for index, (left, right) in enumerate(zip(expected, got)):
        if left != right:
            return index
    return None if len(expected) == len(got) else min(len(expected), len(got))


def describe(expected, got, around=6):
    """The lines around the first difference."""
    index = first_difference(expected, got)
    if index is None:
        return "the same"
    shown = [f"    {line}" for line in expected[max(0, index - around) : index]]
    shown += [f"  - {line}" for line in expected[index : index + around]]
    shown += [f"  + {line}" for line in got[index : index + around]]
    return "\n".join([f"line {index + 1} (- CPython, + Loopglass):", *shown])
