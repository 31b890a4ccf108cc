import asyncio, contextlib, io, sys
from contextlib import *

@contextmanager
def cm(name, swallow=False):
    "cm doc"
    print('enter', name)
    try:
        yield name
    except ValueError as e:
        print('caught', e)
        if not swallow:
            raise
    finally:
        print('exit', name)

with cm('a') as x:
    print(x)
with cm('b', True):
    raise ValueError('v')
try:
    with cm('c'):
        raise ValueError('w')
except ValueError as e:
    print('out', e, e.__context__)
print(cm.__name__, cm.__doc__, type(cm('q')).__name__)

@cm('deco')
def deco(a):
    print('in', a)
deco(1); deco(2)

@contextmanager
def never():
    if 0:
        yield
@contextmanager
def twice():
    yield 1
    yield 2
@contextmanager
def twice_exc():
    try:
        yield 1
    except Exception:
        yield 2
for f, exc in ((never, None), (twice, None), (twice_exc, KeyError('k'))):
    try:
        with f():
            if exc: raise exc
    except RuntimeError as e:
        print(type(e).__name__, e, repr(e.__context__), repr(e.__cause__))
@contextmanager
def stops():
    yield
try:
    with stops():
        raise StopIteration('x')
except StopIteration as e:
    print('stop', e)

with suppress(KeyError, IndexError):
    {}['a']
try:
    with suppress(KeyError):
        raise ExceptionGroup('g', [KeyError('a'), ValueError('b')])
except ExceptionGroup as e:
    print(repr(e))
s = io.StringIO()
with redirect_stdout(s):
    print('hidden')
print(repr(s.getvalue()))
with redirect_stderr(s):
    print('err', file=sys.stderr)
print(repr(s.getvalue()))
class T:
    def close(self): print('closed')
with closing(T()) as t: print(type(t).__name__)
with nullcontext(5) as n: print(n)

class Cm:
    def __init__(self, n, sup=False, fail=None): self.n, self.sup, self.fail = n, sup, fail
    def __enter__(self): print('e', self.n); return self
    def __exit__(self, t, v, tb):
        print('x', self.n, t and t.__name__, v)
        if self.fail: raise self.fail
        return self.sup
with ExitStack() as st:
    st.enter_context(Cm(1))
    st.enter_context(Cm(2, True))
    st.callback(print, 'cb', end='!\n')
    st.push(lambda *a: print('push', a[0]))
    raise KeyError('z')
print('after')
try:
    with ExitStack() as st:
        st.enter_context(Cm(1))
        st.enter_context(Cm(2, fail=ValueError('two')))
        st.enter_context(Cm(3, fail=TypeError('three')))
        raise KeyError('orig')
except Exception as e:
    while e:
        print(repr(e)); e = e.__context__
st = ExitStack()
st.enter_context(Cm(9))
new = st.pop_all()
st.close(); print('nothing'); new.close()
try:
    st.enter_context(5)
except TypeError as e: print(e)

@asynccontextmanager
async def acm(n):
    print('aenter', n)
    try:
        yield n
    finally:
        await asyncio.sleep(0)
        print('aexit', n)
@asynccontextmanager
async def anever():
    if 0: yield
async def agen():
    try:
        yield 1
        yield 2
    finally:
        print('agen closed')
class A:
    async def __aenter__(self): return 'A'
    async def __aexit__(self, *a): print('A out', a[0]); return True
async def cbk(*a): print('acb', a)
async def main():
    async with acm(1) as x: print(x)
    try:
        async with acm(2): raise ValueError('in')
    except ValueError as e: print('got', e)
    try:
        async with anever(): pass
    except RuntimeError as e: print(e)
    async with aclosing(agen()) as g:
        async for v in g:
            print(v); break
    async with AsyncExitStack() as st:
        print(await st.enter_async_context(acm('s')))
        st.push_async_callback(cbk, 1, 2)
        st.enter_context(Cm('sync'))
        st.push_async_exit(A())
        raise LookupError('l')
    print('end')
    async with nullcontext(3) as z: print(z)
    try:
        await AsyncExitStack().enter_async_context(3)
    except TypeError as e: print(e)
    @acm('d')
    async def fn(): print('fn')
    await fn()
asyncio.run(main())
print(isinstance(Cm(1), AbstractContextManager), isinstance(A(), AbstractAsyncContextManager), isinstance(3, AbstractContextManager))
class D(ContextDecorator):
    def __enter__(self): print('D in'); return self
    def __exit__(self, *a): print('D out'); return False
@D()
def fd(): print('body')
fd()
