import inspect, asyncio, functools
from inspect import *
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
def f(a, b: int, /, c=3, *args: str, d, e: float = 2.5, **kw) -> bool:
    """Doc.

        indented
      less
    """
async def co(x): await asyncio.sleep(0)
def g(): yield 1
async def ag(): yield 1
class C:
    "class doc"
    def __init__(self, x, y=2): pass
    def m(self, a): "m doc"
    @classmethod
    def cm(cls, z): pass
    @staticmethod
    def sm(q): pass
    @property
    def p(self): return 1
    def __call__(self, k): pass
    pm = functools.partialmethod(m, 3)
class D(C):
    def m(self, a): pass
for o in (f, co, C, C.m, C(1).m, C.cm, C.sm, C(1), D, lambda: 0, lambda *, a: 0, lambda a, /: 0, functools.partial(f, 1), functools.partial(f, 1, 2, d=5), functools.partial(lambda a, b, c: 0, b=1), functools.wraps(f)(lambda: 0), type('E', (), {}), D(1).m):
    attempt(lambda: signature(o))
s = signature(f)
print(s.parameters['c'], repr(s.parameters['b']), s.return_annotation, s.parameters['args'].kind, s.parameters['d'].kind.description, repr(s), s.parameters['d'].default is Parameter.empty, list(s.parameters))
b = s.bind(1, 2, 3, 4, d=5, z=6); print(b, b.args, b.kwargs, b.arguments); b = s.bind(1, 2, d=1); b.apply_defaults(); print(b)
for a in (lambda: s.bind(), lambda: s.bind(1), lambda: s.bind(1, 2), lambda: signature(lambda a: 0).bind(1, 2), lambda: signature(lambda a: 0).bind(1, a=2), lambda: signature(lambda a: 0).bind(b=1), lambda: s.bind(1, b=2, d=1), lambda: signature(5), lambda: s.bind_partial(1)): attempt(a)
print(getfullargspec(f)); print(getfullargspec(C(1).m)); print(s.replace(return_annotation=int), s.parameters['c'].replace(default=9), s == signature(f))
attempt(lambda: Parameter('1', Parameter.KEYWORD_ONLY)); attempt(lambda: Signature([Parameter('a', 3), Parameter('b', 0)]))
k = co(1); gg = g(); aa = ag()
vals = [f, co, g, ag, k, gg, aa, C, C.m, C(1).m, C.cm, C.p, len, inspect, C(1), 'x', functools.partial(co, 1), functools.partial(f)]
for n in ('isfunction', 'iscoroutinefunction', 'isgeneratorfunction', 'isasyncgenfunction', 'iscoroutine', 'isgenerator', 'isasyncgen', 'isawaitable', 'isclass', 'ismethod', 'isbuiltin', 'ismodule', 'isroutine', 'isabstract', 'isdatadescriptor', 'ismethoddescriptor'):
    print(n, [getattr(inspect, n)(v) for v in vals])
print(getcoroutinestate(k), getgeneratorstate(gg), getasyncgenstate(aa)); next(gg); print(getgeneratorstate(gg), getgeneratorlocals(gg)); gg.close(); k.close(); print(getgeneratorstate(gg), getcoroutinestate(k))
print(getdoc(f), getdoc(D), getdoc(D.m), getdoc(D(1).m), [n for n, v in getmembers(C(1), ismethod)], [n for n, _ in getmembers(C, isfunction)], cleandoc('  a\n    b\n   c\n\n'), getmro(D), getattr_static(C(1), 'p'))
print(unwrap(functools.wraps(f)(lambda: 0)) is f, getcallargs(lambda a, b=2, *c: 0, 1), get_annotations(f), currentframe().f_lineno, inspect.stack()[0].function)
print(markcoroutinefunction(lambda: 0) is not None, Parameter.VAR_KEYWORD, repr(Parameter.VAR_KEYWORD), Signature.empty, CO_COROUTINE, isawaitable(asyncio.Future(loop=asyncio.new_event_loop())))
