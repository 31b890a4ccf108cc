import json, enum, collections
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e, [getattr(e, n, None) for n in ('msg', 'pos', 'lineno', 'colno')])
class IE(enum.IntEnum): A = 1
class F(float): pass
data = {'a': [1, 2.5, None, True, False, 'x"\\\n\t\u00e9\U0001F600\x7f\x01/'], 'b': {}, 'c': [], 1: 2, None: 3, True: 4, 1.5: 5, 't': (1, (2,)), 'big': 10 ** 30, 'e': 1e100, 's': -0.0, 'ie': IE.A, 'f': F(2.5), 'inf': float('inf'), 'n': float('nan')}
for kw in ({}, {'indent': 2}, {'indent': '\t'}, {'indent': 0}, {'separators': (',', ':')}, {'ensure_ascii': False}, {'indent': 1, 'separators': ('; ', ' = ')}):
    print(json.dumps(data, **kw))
print(json.dumps({'b': 1, 'a': {'z': 1, 'y': 2}}, sort_keys=True, indent=4), json.dumps('x'), json.dumps(3), json.dumps([]), json.dumps({(1, 2): 3, 'a': 1}, skipkeys=True), json.dumps([[]], indent=2), json.dumps({'a': []}, indent=2))
attempt(lambda: json.dumps({1, 2})); attempt(lambda: json.dumps({(1,): 2})); attempt(lambda: json.dumps(float('nan'), allow_nan=False)); attempt(lambda: json.dumps({'a': 1, 2: 3}, sort_keys=True))
l = []; l.append(l); attempt(lambda: json.dumps(l)); d = {}; d['d'] = d; attempt(lambda: json.dumps(d)); attempt(lambda: json.dumps([{'k': object}])); attempt(lambda: json.dumps({'a': b'x'}))
print(json.dumps({1, 2}, default=sorted), json.dumps([complex(1, 2)], default=lambda o: [o.real, o.imag]))
class E(json.JSONEncoder):
    def default(self, o):
        if isinstance(o, set): return sorted(o)
        return super().default(o)
print(json.dumps({'s': {3, 1}}, cls=E), ''.join(E().iterencode([1, {'a': 2}]))); attempt(lambda: json.dumps(1j, cls=E))
for s in ('{"a": [1, 2.5, -3e2, true, false, null, "\\u00e9\\ud83d\\ude00\\n\\/"], "b": {}}', '[]', ' [1 , 2 ] ', '"x"', '-0', '1E5', 'NaN', '-Infinity', '[1.0, 10000000000000000000000]', b'{"a": 1}', '\t{"k" : "v"}\n', '{"a":1,"a":2}', '"\\ud800"'):
    attempt(lambda: ascii(json.loads(s)))
for s in ('', '{', '[', '[1', '[1,', '[1,]', '{"a"', '{"a":', '{"a":1', '{"a":1,', '{"a":1,}', '{a:1}', "{'a':1}", '"abc', '"\\x"', '"\\u12"', '"a\nb"', 'nul', '01', '1.', '-', '[1] x', '{"a" 1}', '[1 2]', 'tru', '\ufeff{}', '"\\', '{"a": }', '[,]', '\n\n  {"x": ?}', '1.5.2', '+1', '.5', '"\\ud83d\\uzz"'):
    attempt(lambda: json.loads(s))
attempt(lambda: json.loads(5)); attempt(lambda: json.loads(None))
print(json.loads('{"a": 1.5, "b": 2}', parse_float=str, parse_int=lambda s: s + '!'), json.loads('{"a": {"b": 1}}', object_hook=lambda d: sorted(d)), json.loads('{"a": 1, "b": 2}', object_pairs_hook=list), json.loads('[NaN]', parse_constant=lambda c: c), json.JSONDecoder().raw_decode('[1] tail'), json.loads('"a\tb"', strict=False))
import io
f = io.StringIO(); json.dump({'a': [1]}, f, indent=1); print(f.getvalue(), json.load(io.StringIO('[1]')), json.dumps(collections.OrderedDict(a=1)), json.dumps(collections.namedtuple('P', 'x')(1)), issubclass(json.JSONDecodeError, ValueError), json.JSONDecodeError)
