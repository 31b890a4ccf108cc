import traceback, sys, io
def a(n): return b(n) + 1
def b(n):
    if n: return a(n - 1)
    return {}['k']
def grab(f):
    try: f()
    except BaseException as e: return e
e = grab(lambda: a(2))
print(traceback.format_exception_only(e), traceback.format_exception_only(type(e), e), len(traceback.format_exception(e)))
tb = traceback.extract_tb(e.__traceback__); print([(f.name, f.lineno, f.line) for f in tb], tb[0], len(tb), tb[0][2], tuple(tb[1])[:3])
print([f.name for f in traceback.extract_tb(e.__traceback__, limit=2)], [f.name for f in traceback.extract_tb(e.__traceback__, limit=-1)], type(tb).__name__)
try:
    try: 1 / 0
    except ZeroDivisionError as z: raise ValueError('v') from z
except ValueError:
    s = traceback.format_exc(); print(s.count('Traceback'), traceback.format_exc(chain=False).count('Traceback'), s.splitlines()[-1])
    out = io.StringIO(); traceback.print_exc(file=out); print(out.getvalue() == s)
    traceback.print_exc(limit=0, file=sys.stdout)
te = traceback.TracebackException.from_exception(e); print(str(te), te.exc_type_str if hasattr(te, 'exc_type_str') else '', ''.join(te.format_exception_only()), len(te.stack))
print(traceback.format_exc(), traceback.format_list([('f.py', 3, 'fn', 'code here')]), traceback.format_list([('f.py', 3, 'fn', 'x')] * 6))
def st(): return traceback.extract_stack()
print([f.name for f in st()][-2:], traceback.format_stack()[-1].count('File'))
for f in (lambda: traceback.format_exception(5), lambda: traceback.format_exception(ValueError, ValueError('x'))):
    x = grab(f); print(type(x).__name__, x)
print(traceback.format_exception(None), traceback.format_exception_only(None), list(traceback.walk_tb(e.__traceback__))[0][1])
e.add_note('note 1'); print(traceback.format_exception_only(e))
g = ExceptionGroup('grp', [ValueError(1), TypeError(2)]); print(traceback.format_exception_only(g), ''.join(traceback.format_exception(g)))
fs = traceback.FrameSummary('a', 1, 'b', line='  c '); print(fs, fs.line, fs == ('a', 1, 'b', 'c'))
