#!/usr/bin/env python3
"""Run conformance cases through loopglass and compare with what CPython 3.13 did.

  check.py LOOPGLASS [CASE_DIR_OR_FILE ...] [--group NAME] [-j N] [--fails] [--json OUT] [--timeout S]

A case is NAME.py beside NAME.expected.json. Each is run as
  LOOPGLASS run --json --world WORLD [--until T] [--files NAME.files] NAME.py        (current directory: the case's)
which must print one JSON object:
  {"stdout": str, "stderr": str, "status": int, "end": "exit"|"hang"|"until",
   "duration": seconds, "timeline": [[seconds, line], ...], "error": null | {"type": str, "message": str}}
What must agree (the case's "compare" object says how): stdout (exact, or as a set of lines), end, status, the timeline to
the microsecond, the error's type and message, and on stderr the messages ("key": the lines that are neither traceback
frames nor source excerpts; "exact": every line). Object addresses are normalised to 0xADDR on both sides.
Prints a line per group, 'score: P/N', and with --fails the first difference of each failing case. Exit 0 when all agree.
"""
import argparse, collections, concurrent.futures, glob, json, os, re, subprocess, sys

HERE = os.path.dirname(os.path.abspath(__file__))
ADDR = re.compile(r'0x[0-9a-f]{7,16}\b')
SKIP = ('Traceback (most recent', 'During handling', 'The above exception', 'Coroutine created at', 'Object created at', 'source_traceback')


def norm(s):
    return ADDR.sub('0xADDR', s)


def key_lines(s):
    return [l for l in s.split('\n') if l.strip() and l[0] not in ' \t|+' and not l.startswith(SKIP)]


def first_difference(a, b):
    a, b = a.split('\n'), b.split('\n')
    for i in range(max(len(a), len(b))):
        x, y = (v[i] if i < len(v) else '<end>' for v in (a, b))
        if x != y:
            return f'line {i + 1}: expected {x[:160]!r}, got {y[:160]!r}'
    return 'no difference'


def check(binary, case, world, timeout):
    want = json.load(open(case[:-3] + '.expected.json', encoding='utf-8'))
    cmd = [binary, 'run', '--json', '--world', world]
    if want.get('stop_at') is not None:
        cmd += ['--until', str(want['stop_at'])]
    if os.path.isdir(case[:-3] + '.files'):
        cmd += ['--files', case[:-3] + '.files']
    try:
        p = subprocess.run(cmd + [os.path.basename(case)], cwd=os.path.dirname(case), stdin=subprocess.DEVNULL, capture_output=True, timeout=timeout)
    except subprocess.TimeoutExpired:
        return want, f'no answer in {timeout} s'
    if p.returncode < 0:
        return want, f'killed by signal {-p.returncode}'
    try:
        got = json.loads(p.stdout.decode('utf-8', 'replace'))
    except ValueError:
        return want, 'no JSON: ' + (p.stderr.decode('utf-8', 'replace').strip().split('\n') or [''])[-1][:200]
    how = want['compare']
    out = norm(got.get('stdout', ''))
    if how['stdout'] == 'unordered':
        if sorted(out.split('\n')) != sorted(want['stdout'].split('\n')):
            return want, 'stdout (as a set of lines) differs'
    elif out != want['stdout']:
        return want, 'stdout ' + first_difference(want['stdout'], out)
    for field in ('end', 'status'):
        if got.get(field) != want[field]:
            return want, f'{field}: expected {want[field]!r}, got {got.get(field)!r}'
    if want['error']:
        e = got.get('error') or {}
        short = lambda t: (t or '').split('.')[-1]
        if short(e.get('type')) != short(want['error']['type']) or norm(e.get('message') or '') != want['error']['message']:
            return want, f"error: expected {want['error']['line'][:160]!r}, got {str(e)[:160]}"
    elif got.get('error'):
        return want, f"unexpected error {str(got['error'])[:160]}"
    if how['timeline'] == 'exact':
        mine = [[round(t, 6), norm(l)] for t, l in got.get('timeline', [])]
        theirs = [[round(t, 6), l] for t, l in want['timeline']]
        for i, (x, y) in enumerate(zip(theirs, mine)):
            if x != y:
                return want, f'timeline entry {i + 1}: expected {x}, got {y}'
        if len(mine) != len(theirs) or round(got.get('duration', -1), 6) != round(want['duration'], 6):
            return want, f"duration: expected {want['duration']}, got {got.get('duration')}; entries {len(theirs)}, got {len(mine)}"
    if how['stderr'] != 'none':
        a = want['stderr_key'] if how['stderr'] == 'key' else want['stderr'].split('\n')
        b = key_lines(norm(got.get('stderr', ''))) if how['stderr'] == 'key' else norm(got.get('stderr', '')).split('\n')
        if a != b:
            return want, 'stderr ' + first_difference('\n'.join(a), '\n'.join(b))
    return want, None


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument('binary')
    ap.add_argument('where', nargs='*')
    ap.add_argument('--group')
    ap.add_argument('-j', type=int, default=2)
    ap.add_argument('--fails', action='store_true')
    ap.add_argument('--json')
    ap.add_argument('--timeout', type=float, default=20)
    ap.add_argument('--world', default=os.path.join(HERE, 'world.toml'))
    a = ap.parse_args()
    binary = os.path.abspath(a.binary)
    cases = []
    for w in a.where or [os.path.join(HERE, 'cases')]:
        cases += [w] if w.endswith('.py') else sorted(glob.glob(os.path.join(w, '*.py')))
    cases = [os.path.abspath(c) for c in cases if os.path.exists(c[:-3] + '.expected.json')]
    ok, total, rows = collections.Counter(), collections.Counter(), {}
    with concurrent.futures.ThreadPoolExecutor(a.j) as pool:
        for case, (want, why) in zip(cases, pool.map(lambda c: check(binary, c, a.world, a.timeout), cases)):
            g = want['group']
            if a.group and g != a.group:
                continue
            total[g] += 1
            ok[g] += why is None
            rows[os.path.basename(case)[:-3]] = why or 'ok'
            if why and a.fails:
                print(f'FAIL {g}/{os.path.basename(case)[:-3]}: {why}')
    for g in sorted(total):
        print(f'{g:12} {ok[g]}/{total[g]}')
    n, p = sum(total.values()), sum(ok.values())
    print(f'score: {p}/{n}' + (f' {100 * p / n:.1f} %' if n else ''))
    if a.json:
        json.dump(rows, open(a.json, 'w'), indent=1)
    return 0 if n and p == n else 1


if __name__ == '__main__':
    sys.exit(main())
