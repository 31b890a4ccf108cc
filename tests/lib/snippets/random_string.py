import random, string
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
for s in (0, 42, -5, 'hello', b'xyz', 3.7, 10 ** 40, None and 1):
    if s is None: continue
    random.seed(s)
    r = random
    l = list(range(10)); r.shuffle(l)
    print(s, r.random(), r.randint(1, 100), r.randrange(0, 50, 7), r.uniform(2, 3), r.choice('abc'), r.choices([1, 2, 3], weights=[5, 1, 1], k=4), r.choices('xy', k=3), r.sample(range(1000), 5), r.sample(range(30), 12), l, r.gauss(0, 1), r.gauss(), r.normalvariate(), r.expovariate(2), r.triangular(0, 10, 3), r.betavariate(2, 3), r.getrandbits(70), r.randbytes(5), r.gammavariate(0.5, 1), r.gammavariate(3, 2), r.lognormvariate(0, 1), r.vonmisesvariate(1, 2), r.paretovariate(3), r.weibullvariate(1, 2), r.binomialvariate(10, 0.3), r.binomialvariate(200, 0.4), r.sample('abc', 2, counts=[1, 2, 3]))
st = random.getstate(); a = random.random(); random.setstate(st); print(a == random.random(), st[0], len(st[1]))
x = random.Random(7); y = random.Random('7'); print(x.random(), y.random(), x.randrange(10 ** 20), random.Random(1).sample([1, 2, 3], 0))
random.seed('abc', version=1); print(random.random())
for f in (lambda: random.choice([]), lambda: random.sample([1], 2), lambda: random.randrange(0), lambda: random.randrange(5, 2), lambda: random.randint(5, 1), lambda: random.sample({1}, 1), lambda: random.choices([1], weights=[0]), lambda: random.choices([1, 2], weights=[1]), lambda: random.seed([]), lambda: random.randrange(1.5), lambda: random.randrange(1, 5, 0), lambda: random.choices([], k=1), lambda: random.setstate((1, 2, 3)), lambda: random.choices([1], 3), lambda: random.gammavariate(-1, 1)): attempt(f)
class R(random.Random):
    def random(self): return 0.5
print(R().uniform(0, 10), R().choices('ab', k=2))
print(string.ascii_letters, string.punctuation, repr(string.whitespace), repr(string.printable), string.capwords('hello  wOrld x'), string.capwords('a-b', '-'))
T = string.Template
t = T('$who owes ${amt}x $$5 $Who'); print(t.substitute(who='a', amt=1, Who='B'), t.safe_substitute(who='x'), t.template, T('$a').substitute({'a': 1}, a=2), t.get_identifiers(), t.is_valid())
attempt(lambda: t.substitute(who=1)); attempt(lambda: T('a\n $ 5').substitute()); attempt(lambda: T('${').substitute()); print(T('$ $$ ${ $x').safe_substitute())
class My(T):
    delimiter = '%'
print(My('%a $b').substitute(a=1))
F = string.Formatter()
print(F.format('{} {x!r:>5} {0[1]} {a.real:.2f} {{}}', 'ab', x='q', a=3) if 0 else F.format('{0} {x!r:>5} {0[1]} {a.real:.2f} {{}} {1:{w}}', 'ab', 7, x='q', a=3, w=4), F.format('{}-{}', 1, 2), list(F.parse('a{b!r:c}d{{')))
attempt(lambda: F.format('{0} {}', 1)); attempt(lambda: F.format('{')); attempt(lambda: F.format('}')); attempt(lambda: F.format('{x}')); attempt(lambda: F.format('{!z}', 1))
