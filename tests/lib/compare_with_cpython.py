#!/usr/bin/env python3
"""Runs snippets with CPython's standard library and with ours in its place, and compares what they print.

  compare_with_cpython.py [--python PYTHON3.13] [-j N] [-v] [NAME ...]      the snippets of this folder, or those whose name contains NAME
  compare_with_cpython.py --corpus CONFORMANCE_DIR [NAME ...]               conformance cases, under the oracle's simulated machine, with our library
  compare_with_cpython.py --loopglass BINARY [NAME ...]                     the snippets on our interpreter, against CPython

Exit status 0 when all agree.
"""
import argparse
import concurrent.futures
import difflib
import glob
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ADDR = re.compile(r'0x[0-9a-f]{7,16}\b')
RUN = ("import sys; sys.path.insert(0, {here!r}); import bootstrap; {install}; sys.path.pop(0); sys.argv = [{name!r}]; "
       "src = open({file!r}, encoding='utf-8').read(); code = compile(src, {name!r}, 'exec'); import builtins; "
       "m = type(sys)('__main__'); sys.modules['__main__'] = m; m.__dict__['__builtins__'] = builtins; m.__file__ = {name!r}; exec(code, m.__dict__)")


def run_snippet(python, file, mine):
    code = RUN.format(here=HERE, file=file, name=os.path.basename(file), install='bootstrap.install()' if mine else 'pass')
    env = {'PATH': '/usr/bin:/bin', 'TZ': 'UTC', 'LANG': 'C.UTF-8', 'PYTHONHASHSEED': '0', 'PYTHONDONTWRITEBYTECODE': '1', 'PYTHON_COLORS': '0', 'COLUMNS': '80'}
    with tempfile.TemporaryDirectory() as cwd:
        p = subprocess.run([python, '-c', code], cwd=cwd, env=env, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=120)
    return ADDR.sub('0xADDR', p.stdout), ADDR.sub('0xADDR', p.stderr)


def compare_snippet(python, file):
    (a, ae), (b, be) = run_snippet(python, file, False), run_snippet(python, file, True)
    if a == b and not ae and not be:
        return ''
    diff = list(difflib.unified_diff(a.splitlines(), b.splitlines(), 'cpython', 'ours', lineterm='', n=1))
    return '\n'.join(diff[:40] + ([] if not (ae or be) else ['-- stderr cpython:', ae[-600:], '-- stderr ours:', be[-1500:]]))


def compare_interpreter(python, binary, file):
    env = {'PATH': '/usr/bin:/bin', 'TZ': 'UTC', 'LANG': 'C.UTF-8', 'PYTHONHASHSEED': '0', 'PYTHON_COLORS': '0', 'COLUMNS': '80'}
    with tempfile.TemporaryDirectory() as cwd:
        name = os.path.basename(shutil.copy(file, cwd))
        a, b = (subprocess.run([*command, name], cwd=cwd, env=env, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=120)
                for command in ([python], [os.path.abspath(binary), 'run']))
    out, mine = (re.sub(r'<lib>/|/[^ "\n]*/lib/python3\.13/', '<lib>/', ADDR.sub('0xADDR', p.stdout)).replace(os.path.realpath(cwd) + '/', '') for p in (a, b))
    if out == mine and not b.stderr:
        return ''
    diff = list(difflib.unified_diff(out.splitlines(), mine.splitlines(), 'cpython', 'loopglass', lineterm='', n=1))
    return '\n'.join(diff[:40] + ['-- stderr:', b.stderr[-1200:]])


def compare_case(oracle, file):
    want = json.load(open(file[:-3] + '.expected.json', encoding='utf-8'))
    got = oracle.run(file, stop_at=want.get('stop_at'))
    how = want['compare']
    out = ADDR.sub('0xADDR', got['stdout'])
    if out == want['stdout'] or how['stdout'] == 'unordered' and sorted(out.split('\n')) == sorted(want['stdout'].split('\n')):
        if (got.get('error') or {}).get('line') == (want.get('error') or {}).get('line') or not want.get('error'):
            return ''
    diff = list(difflib.unified_diff(want['stdout'].splitlines(), out.splitlines(), 'expected', 'ours', lineterm='', n=1))
    return '\n'.join(diff[:25] + ['-- error: ' + str(got.get('error')), got['stderr'][-1200:], got.get('raw', '')[-600:]])


def corpus_oracle(folder):
    """The oracle of the conformance folder, with its runner changed to use our library."""
    sys.path.insert(0, folder)
    import oracle
    runtime = os.path.join(tempfile.mkdtemp(prefix='libcmp'), 'oracle_rt')
    shutil.copytree(oracle.RT, runtime)
    os.rename(os.path.join(runtime, 'stubs', 'nest_asyncio.py'), os.path.join(runtime, 'oracle_nesting.py'))
    shutil.rmtree(os.path.join(runtime, 'stubs'))
    runner = os.path.join(runtime, 'runner.py')
    text = open(runner, encoding='utf-8').read()
    hook = f"\nsys.path.insert(0, {HERE!r}); import bootstrap; bootstrap.install(keep=('concurrent', 'queue', 'threading', 'signal', 'socket', 'selectors', 'ssl')); sys.path.pop(0)\nimport random; random.seed(0)\nsys.path.insert(0, here); import oracle_nesting; sys.path.pop(0); asyncio._allow_nesting = oracle_nesting.apply\n"
    text = text.replace('\n_keep = []', hook + '\n_keep = []').replace("if 'urllib' in src:\n    import _urllib_stub", '')
    open(runner, 'w', encoding='utf-8').write(text)
    oracle.RT = runtime
    return oracle


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument('names', nargs='*')
    ap.add_argument('--python', default=sys.executable)
    ap.add_argument('--corpus')
    ap.add_argument('--loopglass')
    ap.add_argument('-j', type=int, default=2)
    ap.add_argument('-v', action='store_true')
    a = ap.parse_args()
    folder = os.path.join(a.corpus, 'public') if a.corpus else os.path.join(HERE, 'snippets')
    files = [f for f in sorted(glob.glob(os.path.join(folder, '*.py'))) if not a.names or any(n in os.path.basename(f) for n in a.names)]
    oracle = corpus_oracle(os.path.abspath(a.corpus)) if a.corpus else None
    if a.loopglass:
        check = lambda f: compare_interpreter(a.python, a.loopglass, f)
    else:
        check = (lambda f: compare_case(oracle, f)) if oracle else (lambda f: compare_snippet(a.python, f))
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(a.j) as pool:
        for file, result in zip(files, pool.map(check, files)):
            if result:
                failed += 1
                print(f'FAIL {os.path.basename(file)}\n{result}\n')
            elif a.v:
                print(f'ok   {os.path.basename(file)}')
    print(f'{len(files) - failed} of {len(files)} agree')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
