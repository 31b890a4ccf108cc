#!/usr/bin/env python3.13
"""Writes names.json: the public names of CPython 3.13's modules that a scenario can import. Run by CPython 3.13.

    collect_names.py MODULE…          the modules' names, as supported.py lists them
"""

import importlib
import inspect
import json
import sys
from pathlib import Path

BUILTIN_TYPES = "bool bytearray bytes complex dict float frozenset int list memoryview object range set slice str tuple type".split()


def public(owner):
    names = getattr(owner, "__all__", None) or [name for name in dir(owner) if not name.startswith("_")]
    return [name for name in names if not name.startswith("_") and not inspect.ismodule(getattr(owner, name, None))]


def main():
    modules = {}
    for name in sys.argv[1:]:
        try:
            module = importlib.import_module(name)
        except ImportError:
            continue  # a stand-in for somebody else's library
        if "site-packages" in (getattr(module, "__file__", None) or ""):
            continue
        modules[name] = sorted(set(public(module)))
    types = {name: sorted(n for n in dir(getattr(__import__("builtins"), name)) if not n.startswith("_")) for name in BUILTIN_TYPES}
    import asyncio

    loop = asyncio.new_event_loop()
    types["asyncio loop"] = sorted(n for n in dir(loop) if not n.startswith("_"))
    loop.close()
    for name in ("Task", "Future", "TaskGroup", "Timeout", "Runner", "Lock", "Event", "Condition", "Semaphore", "Barrier", "Queue",
                 "StreamReader", "StreamWriter", "Server"):  # fmt: skip
        types["asyncio." + name] = sorted(n for n in dir(getattr(asyncio, name)) if not n.startswith("_"))
    others = sorted(n for n in sys.stdlib_module_names if not n.startswith("_") and n not in modules)
    data = {"modules": modules, "types": types, "not importable": others}
    lines = json.dumps(data, indent=1, sort_keys=True)
    Path(__file__).with_name("names.json").write_text(lines + "\n")


if __name__ == "__main__":
    main()
