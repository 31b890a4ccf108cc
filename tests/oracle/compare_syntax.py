"""Compares the parser with CPython's own, which must be 3.13.

compare_syntax.py TOOL ast FILE…         the trees, with every span
compare_syntax.py TOOL scopes FILE…      the frames: parameters, variables, captured ones
compare_syntax.py TOOL errors FILE…      errors of broken variants of the files
    [--count N] [--seed N] [--show N]

TOOL is the executable built from syntax_tool.cpp.
"""

import argparse
import ast
import collections
import json
import os
import random
import struct
import subprocess
import sys
import tempfile
import tokenize
import warnings

SKIPPED = {"type_comment", "type_ignores"}


def quoted(data):
    return "'" + "".join(
        chr(b) if 0x20 <= b < 0x7F and b not in b"'\\" else f"\\x{b:02x}" for b in data) + "'"


def constant(value):
    if isinstance(value, str):
        return quoted(value.encode("utf-8", "surrogatepass"))
    if isinstance(value, bytes):
        return "b" + quoted(value)
    if isinstance(value, bool) or value is None:
        return str(value)
    if value is Ellipsis:
        return "Ellipsis"
    if isinstance(value, int):
        return str(value) if value < 2**63 else "big"
    if isinstance(value, complex):
        return "j:" + struct.pack(">d", value.imag).hex()
    return "f:" + struct.pack(">d", value).hex()


def dump(node):
    if node is None:
        return "~"
    if isinstance(node, list):
        return "[" + " ".join(dump(n) for n in node) + "]"
    if not isinstance(node, ast.AST):
        return str(node)
    name = type(node).__name__
    if not node._fields:
        if not hasattr(node, "lineno"):
            return name
    out = "(" + name
    if hasattr(node, "lineno"):
        out += f"@{node.lineno}:{node.col_offset}-{node.end_lineno}:{node.end_col_offset}"
    for field in node._fields:
        if field in SKIPPED:
            continue
        value = getattr(node, field, None)
        if field == "value" and isinstance(node, (ast.Constant, ast.MatchSingleton)):
            out += " " + constant(value)
        else:
            out += " " + dump(value)
    return out + ")"


def compare_trees(tool, files):
    bad = 0
    for path in files:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                tree = ast.parse(open(path, "rb").read())
                compile(tree, path, "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
                expected = dump(tree.body)
        except SyntaxError:
            continue
        run = subprocess.run([tool, "ast", path], capture_output=True, text=True)
        actual = run.stdout.rstrip("\n")
        if actual == expected:
            continue
        bad += 1
        at = next((i for i, (a, b) in enumerate(zip(actual, expected)) if a != b), 0)
        start = max(0, at - 100)
        print(f"{path}\n  ours:    …{actual[start:at + 150]}\n  CPython: …{expected[start:at + 150]}")
    print(f"{len(files) - bad} of {len(files)} trees are equal")
    return bad


def code_objects(code):
    yield code
    for constant in code.co_consts:
        if hasattr(constant, "co_qualname"):
            yield from code_objects(constant)


def describe_code(code):
    flags = code.co_flags
    count = code.co_argcount + code.co_kwonlyargcount + bool(flags & 4) + bool(flags & 8)
    function = bool(flags & 2) and code.co_name[:1] + code.co_name[-1:] != "<>" or code.co_name in (
        "<lambda>", "<genexpr>")
    hidden = {".0", ".defaults", ".type_params", ".generic_base", "__classdict__", ".kwdefaults"}
    return {"name": code.co_qualname, "parameters": [
                n for n in code.co_varnames[:count] if n not in hidden],
            "names": sorted({*code.co_varnames, *code.co_cellvars} - hidden) if function else None,
            "frees": sorted({*code.co_freevars} - hidden),
            "flags": [bool(flags & 0x20), bool(flags & 0x80), bool(flags & 0x200)]}


def describe_scope(scope):
    function = scope["kind"] in (1, 2, 4) or scope["kind"] > 8
    return {"name": scope["name"], "parameters": scope["parameters"],
            "names": sorted({*scope["locals"], *scope["cells"]}) if function else None,
            "frees": sorted(scope["frees"]),
            "flags": [scope["generator"], scope["coroutine"], scope["async_generator"]]}


def compare_scopes(tool, files):
    """Frames against CPython's code objects, which come in another order and may be fewer: unused
    lambdas and the like are optimised away."""
    bad = 0
    for path in files:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                code = compile(open(path, "rb").read(), path, "exec", dont_inherit=True)
        except (SyntaxError, UnicodeDecodeError):
            continue
        expected = [describe_code(c) for c in code_objects(code)]
        run = subprocess.run([tool, "scopes", path], capture_output=True, text=True)
        if not run.stdout.startswith("["):
            continue
        actual = [describe_scope(s) for s in json.loads(run.stdout)]
        missing = [e for e in expected if e not in actual]
        if missing:
            bad += 1
            same = [a for a in actual if a["name"] == missing[0]["name"]]
            print(f"{path}: {len(missing)} of {len(expected)}\n  CPython: {missing[0]}\n  ours: {same}")
    print(f"the frames of {len(files) - bad} of {len(files)} files are equal")
    return bad


def cpython_error(source, path):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            compile(source, path, "exec", dont_inherit=True)
            found = {"type": "", "msg": "", "at": [0, 0, 0, 0], "text": None}
        except SyntaxError as e:
            found = {"type": type(e).__name__, "msg": e.msg,
                     "at": [e.lineno or 0, e.offset or 0, e.end_lineno or 0, e.end_offset or 0],
                     "text": e.text}
        except (ValueError, RecursionError, MemoryError, OverflowError) as e:
            return None
    found["warnings"] = [[str(w.message), w.lineno] for w in caught
                         if issubclass(w.category, SyntaxWarning)]
    return found


EXTRA = ["(", ")", "[", "]", "{", "}", ":", ",", "=", "==", ".", "+", "*", "**", ":=", "->", "x",
         "1", "'s'", "f'{x}'", "if", "else", "elif", "for", "in", "is", "not", "and", "or", "def",
         "class", "return", "lambda", "await", "async", "yield", "from", "import", "as", "with",
         "try", "except", "finally", "raise", "del", "global", "nonlocal", "pass", "break",
         "continue", "while", "None", "True", "print", "match", "case", "type", "!", "$", "?", ";",
         "\\", "\n", "'", '"', "#", "    ", "@", "assert", "...", "0777", "1_", "é"]


def mutants(sources, count, rng):
    """Programs with one or two tokens deleted, doubled, replaced, swapped or put in."""
    tokens = {}
    for _ in range(count):
        path = rng.choice(sources)
        if path not in tokens:
            text = open(path, encoding="utf-8").read()
            if len(text) > 60000:
                lines = text.splitlines(keepends=True)
                text = "".join(lines[:800])
            starts = [0]
            for line in text.splitlines(keepends=True):
                starts.append(starts[-1] + len(line))
            found = []
            try:
                for t in tokenize.generate_tokens(iter(text.splitlines(keepends=True)).__next__):
                    if t.type in (tokenize.ENDMARKER, tokenize.COMMENT, tokenize.NL):
                        continue
                    found.append((starts[t.start[0] - 1] + t.start[1],
                                  starts[t.end[0] - 1] + t.end[1]))
            except (tokenize.TokenError, SyntaxError):
                pass
            tokens[path] = text, [p for p in found if p[1] <= len(text)]
        text, places = tokens[path]
        if len(places) < 10:
            continue
        for _ in range(1 if rng.random() < 0.8 else 2):
            begin, end = rng.choice(places)
            if end > len(text):
                continue
            kind = rng.randrange(6)
            if kind == 0:
                text = text[:begin] + text[end:]
            elif kind == 1:
                text = text[:begin] + rng.choice(EXTRA) + " " + text[begin:]
            elif kind == 2:
                text = text[:begin] + rng.choice(EXTRA) + text[end:]
            elif kind == 3:
                text = text[:end] + text[begin:end] + text[end:]
            elif kind == 4:
                other = rng.choice(places)
                text = text[:begin] + text[other[0]:other[1]] + text[end:]
            else:
                text = text[:begin] + text[begin:end][:rng.randrange(3)] + text[end:]
        yield text


def compare_errors(tool, files, count, seed, show, keep):
    rng = random.Random(seed)
    directory = keep or tempfile.mkdtemp()
    os.makedirs(directory, exist_ok=True)
    paths, expected = [], []
    for i, text in enumerate(mutants(files, count, rng)):
        path = os.path.join(directory, f"m{i}.py")
        with open(path, "w", encoding="utf-8", newline="") as f:
            f.write(text)
        found = cpython_error(text, path)
        if found is None:
            continue
        paths.append(path)
        expected.append(found)
    actual = []
    for i in range(0, len(paths), 200):
        run = subprocess.run([tool, "error", *paths[i:i + 200]], capture_output=True, text=True,
                             errors="replace")
        lines = run.stdout.splitlines()
        if run.returncode != 0:
            print(f"crash ({run.returncode}) at {paths[i + len(lines)]}\n{run.stderr[:500]}")
            return 1
        actual += [json.loads(line) for line in lines]
    errors = sum(bool(e["type"]) for e in expected)
    classes = collections.Counter()
    examples = {}
    wrong = {"type": 0, "msg": 0, "at": 0, "text": 0, "warnings": 0}
    for path, e, a in zip(paths, expected, actual):
        for field in ("type", "msg", "at", "text", "warnings"):
            left, right = e[field], a[field]
            if field == "text":
                left, right = (left or "").rstrip("\n"), (right or "").rstrip("\n")
                if not e["type"]:
                    continue
            if field == "warnings" and (e["type"] or left == right):
                continue
            if left != right:
                wrong[field] += 1
                key = (field, e["msg"] or "(no error)", a["msg"] or "(no error)")
                classes[key] += 1
                examples.setdefault(key, []).append((path, e, a))
                break
    total = sum(wrong.values())
    print(f"{len(paths)} programs, {errors} broken: {len(paths) - total} equal; different: {wrong}")
    for (field, theirs, ours), n in classes.most_common(show):
        path, e, a = min(examples[field, theirs, ours], key=lambda x: os.path.getsize(x[0]))
        print(f"{n:4} {field}\n     CPython: {theirs} {e['at']}\n     ours:    {ours} {a['at']}")
        print(f"     {path}:{e['at'][0]}")
        lines = open(path, encoding="utf-8").read().split("\n")
        for k in range(max(0, e["at"][0] - 2), min(len(lines), e["at"][0] + 1)):
            print(f"       {k + 1}| {lines[k][:110]}")
        if field == "warnings":
            print("      ", e["warnings"], a["warnings"])
    return total


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("tool")
    parser.add_argument("what", choices=["ast", "scopes", "errors"])
    parser.add_argument("files", nargs="+")
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=15)
    parser.add_argument("--keep", help="directory for the broken programs")
    options = parser.parse_args()
    if sys.version_info[:2] != (3, 13):
        sys.exit("this needs CPython 3.13")
    if options.what == "ast":
        bad = compare_trees(options.tool, options.files)
    elif options.what == "scopes":
        bad = compare_scopes(options.tool, options.files)
    else:
        bad = compare_errors(options.tool, options.files, options.count, options.seed,
                             options.show, options.keep)
    sys.exit(bad != 0)


main()
