import sys, warnings, io
sys.stderr = sys.stdout
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
def w(n=1): warnings.warn('hello', stacklevel=n)
w(); w(); w(2)
for i in range(2): warnings.warn('loop')
warnings.warn('dep', DeprecationWarning); warnings.warn('pend', PendingDeprecationWarning); warnings.warn(RuntimeWarning('inst'))
with warnings.catch_warnings(record=True) as log:
    warnings.simplefilter('always')
    warnings.warn('a'); warnings.warn('b', FutureWarning)
    print([(str(x.message), x.category.__name__, x.lineno) for x in log])
    print(log[0])
with warnings.catch_warnings():
    warnings.simplefilter('error')
    attempt(lambda: warnings.warn('x', ResourceWarning))
    warnings.filterwarnings('ignore', message='foo.*')
    warnings.warn('foobar')
    attempt(lambda: warnings.warn('bar'))
with warnings.catch_warnings(action='ignore'):
    warnings.warn('nothing')
warnings.filterwarnings('once', category=UserWarning)
for i in range(3): warnings.warn('once only')
warnings.warn_explicit('exp', UserWarning, 'file.py', 12); print(warnings.formatwarning('m', UserWarning, 'f.py', 3, 'the line'), end='')
for f in (lambda: warnings.warn('x', int), lambda: warnings.simplefilter('bad'), lambda: warnings.filterwarnings('error', category=int), lambda: warnings.filterwarnings('error', message=3)): attempt(f)
old = warnings.showwarning
warnings.showwarning = lambda m, c, f, l, file=None, line=None: print('custom', m, c.__name__, l)
warnings.warn('cust', RuntimeWarning); warnings.showwarning = old
@warnings.deprecated('use g')
def f(): return 1
warnings.simplefilter('always')
print(f(), f.__deprecated__)
warnings.resetwarnings(); print(warnings.filters, repr(warnings.catch_warnings(record=True)))
