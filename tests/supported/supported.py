#!/usr/bin/env python3
"""Writes runtime/script/SUPPORTED.md from the program itself, or says that it is stale.

    supported.py LOOPGLASS            the test: exit status 1 when SUPPORTED.md is not what the program offers
    supported.py LOOPGLASS --write    writes it
    supported.py --modules            lists the importable modules (for collect_names.py)

What exists comes from the tables that implement it: the native modules of registry.cpp, the files of runtime/script/lib
and what the running program finds in them. What CPython 3.13 has comes from names.json (collect_names.py).
"""

import difflib
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
DOCUMENT = ROOT / "runtime" / "script" / "SUPPORTED.md"
LIBRARY = ROOT / "runtime" / "script" / "lib"
REGISTRY = ROOT / "runtime" / "script" / "modules" / "registry.cpp"
STAND_INS = {"aiofiles", "aiohttp", "httpx", "requests", "nest_asyncio"}

ASK = """
import json, sys
asked = json.loads(sys.argv[1])
found = {}
for name in asked["modules"]:
    try:
        exec("import " + name)
        module = sys.modules[name]
    except ImportError as error:
        found[name] = str(error)
        continue
    names = asked["names"].get(name)
    found[name] = sorted(n for n in dir(module) if not n.startswith("_")) if names is None else [n for n in names if not hasattr(module, n)]
import asyncio, builtins
types = {}
for name, names in asked["types"].items():
    if name == "asyncio loop":
        owner = asyncio.new_event_loop()
    elif name.startswith("asyncio."):
        owner = getattr(asyncio, name.partition(".")[2])
    else:
        owner = getattr(builtins, name)
    types[name] = [n for n in names if not hasattr(owner, n)]
print(json.dumps({"modules": found, "types": types}))
"""


def importable():
    """Public module names: what registry.cpp and the library's files define."""
    table = re.search(r"#define MODULES\(X\)(.*?)\n\n", REGISTRY.read_text(), re.S).group(1)
    names = set(re.findall(r"X\((\w+)\)", table))
    for path in LIBRARY.rglob("*.py"):
        parts = list(path.relative_to(LIBRARY).with_suffix("").parts)
        names.add(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    return sorted(name for name in names if not any(part.startswith("_") for part in name.split(".")))


def run(binary, source, *arguments):
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "scenario.py").write_text(source, encoding="utf-8")
        command = [Path(binary).resolve(), "run", "scenario.py", *arguments]
        return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=60)


def ask(binary, names):
    question = {"modules": importable(), "names": names["modules"], "types": names["types"]}
    done = run(binary, ASK, json.dumps(question))
    if done.returncode:
        sys.exit(f"the program could not be asked: {done.stderr}")
    return json.loads(done.stdout)


def refused_syntax(binary):
    """[(what, the message)] of the constructs in syntax.txt that CPython compiles and the program refuses."""
    refused = []
    for block in (HERE / "syntax.txt").read_text(encoding="utf-8").split("\n--- ")[1:]:
        title, _, source = block.partition("\n")
        done = run(binary, source)
        if done.returncode == 2 or "SyntaxError" in done.stderr:
            refused.append((title, done.stderr.strip().splitlines()[-1]))
    return refused


def wrapped(names):
    """Names in a line; a crowd of constants is only counted."""
    constants = [name for name in names if name.isupper()]
    if len(constants) > 12:
        rest = [name for name in names if not name.isupper()]
        return ", ".join([*(f"`{name}`" for name in rest), f"{len(constants)} constants (`{constants[0]}` …)"])
    return ", ".join(f"`{name}`" for name in names)


def refusing_methods():
    """The loop's methods that raise NotImplementedError with a reason: kRefusals."""
    source = (ROOT / "runtime" / "loop" / "event_loop_methods.cpp").read_text()
    table = re.search(r"kRefusals\[\] = \{(.*?)\n\};", source, re.S).group(1)
    return sorted(re.findall(r'\{"(\w+)",', table))


def write(binary):
    names = json.loads((HERE / "names.json").read_text())
    found = ask(binary, names)
    out = [
        "# What a scenario can use",
        "",
        "Written by `tests/supported/supported.py` from the program itself; a test fails when it is stale. Compared with CPython 3.13.0.",
        "Whatever is missing says so where it is used: with file, line, the reason where there is one, and for modules the ones that exist.",
        "",
        "## Syntax",
        "",
        "Everything of CPython 3.13's grammar is read, except:" if (refused := refused_syntax(binary)) else "Everything of CPython 3.13's grammar is read.",
        *([""] + [f"- {title}: `{message}`" for title, message in refused] if refused else []),
        "",
        "## Modules",
        "",
        "| module | without |",
        "|---|---|",
    ]
    broken = {name: message for name, message in found["modules"].items() if isinstance(message, str)}
    for name, missing in found["modules"].items():
        if name in broken:
            out.append(f"| `{name}` | everything; importing it says: {found['modules'][name]} |")
        elif name.partition(".")[0] not in STAND_INS:
            out.append(f"| `{name}` | {wrapped(missing) if name in names['modules'] else ''} |")
    out += ["", "## Stand-ins with simulated latency", "", "| module | offers |", "|---|---|"]
    for name, offered in found["modules"].items():
        if name not in broken and name.partition(".")[0] in STAND_INS:
            out.append(f"| `{name}` | {wrapped(offered)} |")
    out += ["", "## Methods of types", "", "Public attributes that CPython's have and ours have not. All others are there.", ""]
    out += [f"- {name}: {wrapped(missing)}" for name, missing in found["types"].items() if missing] or ["None."]
    out += ["", "The loop has these and they raise `NotImplementedError` with the reason: " + wrapped(refusing_methods()) + "."]
    out += [
        "",
        "## Modules of CPython that cannot be imported",
        "",
        "`ModuleNotFoundError` with a list of those that can: " + wrapped(names["not importable"]) + ".",
        "",
    ]
    return "\n".join(out)


def check_messages(binary):
    """A sample of what is missing, and what is said about it."""
    failures = []
    for line in (HERE / "messages.txt").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        source, wanted = line.split("  =>  ")
        done = run(binary, source.replace("; ", "\n") + "\n")
        if wanted not in done.stderr or "scenario.py" not in done.stderr:
            failures.append(f"{source}: says {done.stderr.strip().splitlines()[-2:]}, not {wanted!r} with a place")
    return failures


def main():
    if sys.argv[1] == "--modules":
        print(*importable())
        return 0
    text = write(sys.argv[1])
    if "--write" in sys.argv:
        DOCUMENT.write_text(text)
        return 0
    failures = check_messages(sys.argv[1])
    print(*failures, sep="\n")
    if text == DOCUMENT.read_text():
        return 1 if failures else 0
    print("SUPPORTED.md is stale: run tests/supported/supported.py LOOPGLASS --write")
    sys.stdout.writelines(difflib.unified_diff(DOCUMENT.read_text().splitlines(True), text.splitlines(True), "SUPPORTED.md", "the program"))
    return 1


if __name__ == "__main__":
    sys.exit(main())
