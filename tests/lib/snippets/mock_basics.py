import asyncio, sys, os, re, inspect
from unittest import mock
from unittest.mock import *
def show(*a): print(*[re.sub(r"id='\d+'", "id=N", str(x)) for x in a])
def attempt(f):
    try:
        show(f())
    except BaseException as e:
        show(type(e).__name__, e)
m = Mock(); m.a.b(1, x=2); m(3); r = m.foo(); r.bar('z'); show(m.mock_calls, m.method_calls, m.call_args, m.a.b.call_args, m.called, m.call_count, m.a.b.called, repr(m), repr(m.a.b), repr(m()), m.foo.return_value is r, m.call_args_list)
m = Mock(return_value=5, name='nm'); show(m(), m(1), repr(m), m.x, m.call_args.args, m.call_args.kwargs, m.call_args == call(1), m.mock_calls == [call(), call(1)])
m = Mock(side_effect=[1, ValueError('e'), 3]); attempt(m); attempt(m); attempt(m); attempt(m)
m = Mock(side_effect=KeyError('k')); attempt(m); m.side_effect = lambda x: x * 2; show(m(4)); m.side_effect = None; m.return_value = 9; show(m()); m.reset_mock(); show(m.call_count, m.called, m.mock_calls)
m = Mock(); m(1, 2, a=3); m('x')
for f in (lambda: m.assert_called_with('x'), lambda: m.assert_called_with(1), lambda: m.assert_called_once(), lambda: m.assert_called_once_with('x'), lambda: m.assert_any_call(1, 2, a=3), lambda: m.assert_any_call(9), lambda: m.assert_not_called(), lambda: Mock().assert_called(), lambda: Mock().assert_called_with(1), lambda: Mock(name='q').assert_called_once_with(), lambda: m.assert_has_calls([call(1, 2, a=3), call('x')]), lambda: m.assert_has_calls([call('x'), call(1, 2, a=3)]), lambda: m.assert_has_calls([call('x')], any_order=True), lambda: m.assert_has_calls([call('y')], any_order=True), lambda: m.asert_foo, lambda: m.assert_foo, lambda: m.called_with): attempt(f)
class C:
    attr = 1
    def meth(self, a, b=2): return a
    async def am(self): pass
    @classmethod
    def cm(cls): pass
m = Mock(spec=C); show(repr(m), isinstance(m, C), m.meth(1), type(m.am).__name__); attempt(lambda: m.nope); attempt(lambda: setattr(Mock(spec_set=C), 'zz', 1)); attempt(lambda: Mock(['a', 'b']).c); show(Mock(spec=['a']).a)
mm = MagicMock(); show(len(mm), int(mm), bool(mm), list(mm), mm[1], 3 in mm, mm + 1, mm == mm, mm == 2, str(mm)[:10], hash(mm) == hash(mm), float(mm)); mm.__len__.return_value = 7; mm.__getitem__.side_effect = lambda k: k * 2; mm.__iter__.return_value = [1, 2]; show(len(mm), mm[4], list(mm), list(mm)); mm.__str__.return_value = 'S'; show(str(mm))
with mm as x: show(x)
show(mm.__enter__.called, mm.mock_calls); attempt(lambda: len(Mock())); attempt(lambda: mm < 3)
m = Mock(); m.__len__ = Mock(return_value=3); m.__getitem__ = lambda self, k: k; show(len(m), m['q'])
show(call(1).foo(2).bar.baz(3), call.a.b, call(1, x=2), call.foo(1) == call.foo(1), call(1) == call(2), call(ANY) == call(5), ANY == 3, repr(ANY), sentinel.foo, sentinel.foo is sentinel.foo, call(1).foo(2).call_list())
am = AsyncMock(return_value=4); show(asyncio.iscoroutinefunction(am), inspect.iscoroutinefunction(am), asyncio.run(am(1)), am.await_count, am.await_args, am.await_args_list, am.call_args); am.assert_awaited_once_with(1); attempt(lambda: am.assert_not_awaited()); attempt(lambda: am.assert_awaited_with(2)); attempt(lambda: AsyncMock().assert_awaited()); attempt(lambda: am.assert_awaited_once_with(3)); attempt(lambda: am.assert_any_await(8)); attempt(lambda: am.assert_has_awaits([call(7)]))
async def go():
    a = AsyncMock(side_effect=[1, ValueError('v')]); show(await a()); 
    try: await a()
    except ValueError as e: show(e)
    try: await a()
    except StopAsyncIteration as e: show('stop')
    b = MagicMock(); b.__aiter__.return_value = [1, 2]; show([x async for x in b])
    async with AsyncMock() as q: show(type(q).__name__)
    async with MagicMock() as q: show(type(q).__name__)
    c = AsyncMock(); show(type(c.method).__name__, await c.method(3)); c.method.assert_awaited_with(3)
    async def eff(x): return x + 1
    show(await AsyncMock(side_effect=eff)(4), await Mock(spec=C).am())
asyncio.run(go())
with patch('os.getcwd', return_value='/fake') as p: show(os.getcwd(), p.called)
show(os.getcwd() != '/fake')
with patch.object(C, 'attr', 42): show(C.attr)
show(C.attr)
@patch('os.getcwd')
@patch.object(C, 'meth')
def deco(a, b, c): show(a, b is C.meth, c is os.getcwd)
deco(1)
with patch.dict(os.environ, {'ZZ': '1'}): show(os.environ['ZZ'])
show('ZZ' in os.environ); d = {'a': 1}
with patch.dict(d, {'b': 2}, clear=True): show(d)
show(d)
with patch.multiple(C, attr=5, meth=DEFAULT) as ms: show(C.attr, list(ms))
attempt(lambda: patch('nodots')); attempt(lambda: patch.object(C, 'zip9').__enter__()); attempt(lambda: patch('unittest.mock.call.nope.q').start() and 0); p = patch.object(C, 'attr', 3); p.start(); show(C.attr); p.stop(); show(C.attr)
with patch('builtins.print') as pp: print('hidden')
show(pp.mock_calls)
@patch('os.getcwd', new=lambda: 'N')
async def ad(): return os.getcwd()
show(asyncio.run(ad()))
f = create_autospec(C().meth); show(f(1)); attempt(lambda: f()); attempt(lambda: f.assert_called_once_with(1)); k = create_autospec(C); i = k(); show(i.meth(1)); attempt(lambda: i.meth()); attempt(lambda: i.nope); attempt(lambda: k(1, 2))
def fn(a, b): "d"
g = create_autospec(fn, return_value=3); show(g(1, 2), g.__name__); attempt(lambda: g(1)); g.assert_called_once_with(1, b=2)
o = mock_open(read_data='l1\nl2\n')
with patch('builtins.open', o):
    with open('foo') as fh: show(fh.read())
    with open('foo') as fh: show(list(fh))
    with open('w', 'w') as fh: fh.write('x')
o.assert_any_call('foo'); show(o.mock_calls[:2]); o().write.assert_called_once_with('x')
m = Mock(); m.configure_mock(**{'a.b.return_value': 3, 'c': 4}); show(m.a.b(), m.c, Mock(x=1, **{'y.return_value': 2}).y()); del m.c; attempt(lambda: m.c); seal(m); attempt(lambda: m.newattr)
class P:
    @property
    def v(self): return 1
with patch.object(P, 'v', new_callable=PropertyMock, return_value=8) as pm: show(P().v); pm.assert_called_once_with()
show(Mock(wraps=len)([1, 2]), mock.DEFAULT, Mock(wraps=C()).meth(5)); parent = Mock(); c1, c2 = Mock(), Mock(); parent.attach_mock(c1, 'c1'); parent.c2 = c2; c1(1); c2(2); show(parent.mock_calls); nc = NonCallableMock(); attempt(lambda: nc())
