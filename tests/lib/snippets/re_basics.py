import re, sys
sys.stderr = sys.stdout
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e, getattr(e, 'pos', ''))
CASES = [(r'a+b', 'xaab aab'), (r'(a)(b)?', 'ac ab'), (r'(?P<y>\d{4})-(?P<m>\d\d)', 'on 2024-05-06 2023-01-02'), (r'^\w+$', 'hello'), (r'(?m)^\w+$', 'a\nbc\n'), (r'(?i)HELLO', 'say hello'),
  (r'[^abc\]-]+', 'axyz-]b'), (r'[a-z\d_.-]+@[\w.]+', 'me.x@site.org, you@b.co'), (r'(\w)\1', 'hello aa'), (r'(?<=a)b', 'ab cb'), (r'(?<!a)b', 'ab cb'), (r'a(?=b)', 'ab ac'), (r'a(?!b)', 'ab ac'),
  (r'x*', 'axxb'), (r'', 'abc'), (r'\b', 'one two'), (r'a|b|', 'xaby'), (r'(a)|(b)', 'ab'), (r'(?:ab)+', 'ababx'), (r'a{2,3}?', 'aaaa'), (r'a{,2}', 'aaa'), (r'a{2}', 'aaaa'), (r'a{x', 'a{x'), (r'{', '{'), (r'a{}', 'a{}'), (r'x{1,2', 'x{1,2'),
  (r'(?x) a  b # c', 'ab'), (r'\.\*\\', r'.*\ '), (r'[]]', ']'), (r'[\w-]', '-'), (r'[a\-z]', '-'), (r'\d+(?:\.\d+)?', '1 2.5 .3'), (r'(?s).+', 'a\nb'), (r'.+', 'a\nb'), (r'\Aab\Z', 'ab'), (r'ab$', 'ab\n'), (r'\x41\u0042\t', 'AB\t'), (r'\101', 'A'),
  (r'(a+)+b', 'aaab'), (r'(?i:A)b', 'ab aB'), (r'(?-i:A)', 'aA'), (r'((a)(b))', 'ab'), (r'(?P<q>[\'"]).*?(?P=q)', '''say "hi" 'x' '''), (r'(a)?(?(1)b|c)', 'ab c'), (r'a++b', 'aab'), (r'(?>a+)b', 'aab'), (r'é+\w', 'éèx'), (r'(?a)\w+', 'éabc'), (r'[\W\d]', 'a1 '),
  (r'\s+', 'a \t\n b'), (r'\S+', 'a bb'), (r'\D', '1a'), (r'(?#comment)a', 'a'), (r'[[]', '['), (r'a.c', 'abc a\nc'), (r'(\d+)-(\d+)?', '1-2 3-'), (r'\$\d+', '$5'), (r'[$^.|]', '.|'), (r'^$', ''), (r'(?m)$', 'a\nb\n'), (r'(?m)^', 'a\nb\n'), ('\U0001F600+', 'x😀😀y'), (r'(?i)straße', 'STRASSE straße')]
for p, s in CASES:
    try:
        r = re.compile(p)
        m = r.search(s)
        print(p, r.flags, r.groups, dict(r.groupindex), m, m and (m.groups(), m.regs, m.lastindex, m.lastgroup, m.groupdict()), r.findall(s), r.split(s), r.sub('<>', s), r.subn(lambda m: m.group().upper(), s, 1), r.match(s), r.fullmatch(s), [x.span() for x in r.finditer(s)])
    except Exception as e:
        print(p, type(e).__name__, e)
for p in ['(', ')', 'a)', '*', 'a**', 'a{2}{3}', '[', '[a', '[z-a]', r'\q', '\\', r'(?P<a>x)(?P<a>y)', r'(?P<1>x)', r'(?P<a', r'(?P=zz)', r'\2', r'(a\1)', r'(?<=a+)b', r'a{3,1}', '(?z)', '(?P>a)', 'a(?i)b', r'\x1', r'\u12', '(?', '(?P', '(?:', '(?<a)', '(?(1)a|b|c)', '(?(9)a)', r'(?P<>a)', '^*', '(?#', r'[\d-z]', '(?i-i:a)', '(?-', '(?i', 'a\nb(', '+', '|*', '(?L)a', r'\8', r'[\8]', '(?P<n>', '(?au)x', r'\N{foo}', '(?(x)a)', '(?-a:x)', 'a{99999999999}', '(?i:']:
    attempt(lambda: re.compile(p))
for t in [r'\1', r'\g<0>', r'\g<w>!', r'\2', r'\q', r'\g<', r'\g<>', r'\g<zz>', r'\n\t\\', r'\0', r'\g<1', r'a\g', r'\07', r'\g<-1>']:
    attempt(lambda: re.sub(r'(?P<w>\w+)', t, 'one two'))
m = re.match(r'(?P<a>\w)(\d)?', 'x')
print(m['a'], m[2], m.group('a', 2), m.groups('d'), m.groupdict(), m.start('a'), m.end(2), m.span(1), m.expand(r'<\1\2>'), m.string, m.re, m.pos, m.endpos, bool(m))
for f in (lambda: m.group(3), lambda: m['zz'], lambda: m.start(9), lambda: re.match('a', b'a'), lambda: re.match(b'a', 'a'), lambda: re.match('a', 5), lambda: re.compile(5), lambda: re.compile(re.compile('a'), re.I), lambda: re.sub('a', 5, 'a'), lambda: re.sub('a', b'b', 'a'), lambda: re.compile('a', re.L), lambda: re.compile(b'a', re.U), lambda: re.compile('a', re.A | re.U)): attempt(f)
print(re.compile('a', re.I | re.M), re.compile(b'x'), re.compile('a', re.X | re.S | re.A), re.I, repr(re.I | re.M), re.IGNORECASE is re.I, int(re.S), re.compile('a', re.I).flags, re.RegexFlag, re.NOFLAG, str(re.I), f'{re.I}', re.compile('a') == re.compile('a'), re.compile('a') is re.compile('a'))
print(re.escape('a.b*c [x]-{1}\n#'), re.escape(b'a.b'), re.findall(b'\\w+', b'ab cd'), re.sub(b'a', b'b', b'aa'), re.split(r'(,)\s*', 'a, b,c'), re.split(r'\W+', 'a b c', maxsplit=1), re.sub('a', 'b', 'aaa', count=2))
print(re.split(',', 'a,b,c', 1), re.sub('x', 'y', 'xx', 1))
r = re.compile('a'); print(r.match('ba', 1), r.search('aaa', 1, 2), r.findall('aaaa', 1, 3), re.compile('^a').match('ba', 1), re.compile('a$').search('ab', 0, 1), re.search('a', 'b'), r.fullmatch('aa'), re.fullmatch('a|ab', 'ab'))
print(re.error, re.error is re.PatternError, re.Pattern, re.Match, isinstance(r, re.Pattern), re.purge(), re.compile('(?P<a>b)').groupindex, type(re.finditer('a', 'a')).__name__ if 0 else '', list(re.finditer('a*', 'baac')))
try: re.compile('ab\n(c')
except re.error as e: print(e.msg, e.pattern, e.pos, e.lineno, e.colno, e.args)
TOK = re.compile(r'(?P<NUM>\d+(\.\d*)?)|(?P<ID>[A-Za-z]+)|(?P<OP>[+*/-])|(?P<WS>\s+)|(?P<BAD>.)')
print([(m.lastgroup, m.group()) for m in TOK.finditer('x1 = 3.5*y')])
print(re.sub(r'(?P<first>\w+) (?P<second>\w+)', r'\g<second> \g<first>', 'hello world'), re.sub('', '-', 'abc'), re.sub('x*', '-', 'abxd'), re.findall(r'\w*', 'ab c'), re.sub(r'\b(\w)', lambda m: m[1].upper(), 'the cat'))
import copy; print(copy.copy(r) is r, copy.deepcopy(r) is r, hash(r) == hash(re.compile('a')))
