import pprint, difflib, textwrap, collections, types, dataclasses
from pprint import *
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
d = {'zeta': list(range(30)), 'alpha': {'x': 'a long string value ' * 6, 'y': (1, 2, 3), 't': ('one',)}, 3: None, 'set': {3, 1, 2}, 'fs': frozenset('ab') if 0 else frozenset([1]), 'b': b'bytes' * 20, 'nested': [[1, [2, [3, [4]]]]], 'multi': 'line one\nline two\n' * 3}
try: pprint(d)
except TypeError as e: print(e)
d.pop(3); pprint(d); pprint(d, width=40, indent=2, compact=True); pprint(d, depth=2); pp({'b': 1, 'a': 2}); print(pformat([1, 2]), pformat('x' * 100), pformat({'k': 'word ' * 30}, width=50), pformat(list(range(50)), compact=True), pformat({}), pformat(()), pformat([{'a': 1, 'b': [{'c': 2}] * 5}] * 4))
l = [1]; l.append(l); print(isrecursive(l), isreadable([1, 'a']), isreadable(object()), saferepr({'b': 1, 'a': 2}))
@dataclasses.dataclass
class DC:
    name: str
    values: list
    other: dict = dataclasses.field(default_factory=dict)
pprint(DC('n' * 30, list(range(30)), {'k': 'v' * 30})); pprint(collections.Counter('abracadabra' * 2), width=20); pprint(collections.OrderedDict((c, c * 20) for c in 'abcd')); pprint(collections.defaultdict(int, {c: ord(c) for c in 'abcdefghijklmnop'})); pprint(collections.deque(range(40))); pprint(collections.deque(range(40), 50)); pprint(types.SimpleNamespace(a='x' * 40, b='y' * 40)); pprint(collections.ChainMap({'a': 'x' * 50}, {'b': 'y' * 50})); pprint(10 ** 12, underscore_numbers=True); pprint({1: 2, 'a': 3, None: 4}); pprint([('a', 1), ('b', 2)] * 10, width=30); pprint(bytearray(b'abc' * 30)); pprint(collections.UserDict(a='x' * 80, b=1)); pprint({'tuple': (1,) * 40}); pprint(types.MappingProxyType({'a': 'x' * 80, 'b': 2}))
pprint(collections.namedtuple('P', 'x y')(1, 'y' * 90)); pprint({'date': __import__('fractions').Fraction(1, 2), 'c': 1j, 'f': 1.5, 'n': None, 'e': Exception('x' * 70)})
attempt(lambda: PrettyPrinter(indent=-1)); attempt(lambda: PrettyPrinter(width=0)); attempt(lambda: PrettyPrinter(depth=0))
a = 'one two three four five six'.split(); b = 'one 2 three four FIVE six seven'.split()
s = difflib.SequenceMatcher(None, 'private Thread currentThread;', 'private volatile Thread currentThread;'); print(s.ratio(), s.get_matching_blocks(), s.get_opcodes(), s.quick_ratio(), s.real_quick_ratio(), s.find_longest_match(0, 10, 0, 10))
print('\n'.join(difflib.ndiff(a, b)), list(difflib.unified_diff(a, b, 'x', 'y', lineterm='')), list(difflib.context_diff(a, b, 'x', 'y', lineterm='')), difflib.get_close_matches('appel', ['ape', 'apple', 'peach', 'puppy']), difflib.get_close_matches('zzz', a))
t1 = 'Beautiful is beter than ugly.\nExplicit is better than implicit.\nSimple is better than complex.\n'.splitlines(True); t2 = 'Beautiful is better than ugly.\nSimple is better than complex.\nComplicated is better than complex.\n'.splitlines(True)
print(''.join(difflib.ndiff(t1, t2)), ''.join(difflib.restore(difflib.ndiff(t1, t2), 1)), ''.join(difflib.unified_diff(t1, t2)), ''.join(difflib.Differ().compare(t1, t2)))
attempt(lambda: difflib.get_close_matches('a', [], n=0)); attempt(lambda: list(difflib.unified_diff([1], [2])))
text = "The quick brown fox jumps over the lazy-dog.  This is a well-known pangram -- used for testing; it's long_enough_to_wrap_several_times_in_a_row.\n\nNew para\twith tab."
for kw in ({}, {'width': 20}, {'width': 15, 'break_long_words': False}, {'width': 30, 'initial_indent': '* ', 'subsequent_indent': '  '}, {'width': 25, 'break_on_hyphens': False}, {'width': 40, 'fix_sentence_endings': True}, {'width': 30, 'max_lines': 2}, {'width': 30, 'max_lines': 2, 'placeholder': '…'}, {'width': 12, 'drop_whitespace': False}, {'width': 20, 'replace_whitespace': False}):
    print(textwrap.wrap(text, **kw))
print(textwrap.fill(text, 30), textwrap.shorten(text, 40), textwrap.shorten('Hello world', 8), repr(textwrap.dedent('    a\n      b\n\n    c\n   \n')), repr(textwrap.dedent('\ta\n  b')), textwrap.indent('a\n\nb\n', '> '), textwrap.indent('a\n\nb', '> ', lambda l: True), textwrap.wrap(''), textwrap.dedent('no'), textwrap.wrap('a-b-c foo--bar x', 5))
attempt(lambda: textwrap.wrap('a', 0)); attempt(lambda: textwrap.shorten('a b', 2))
