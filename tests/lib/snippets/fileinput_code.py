"""Lines of several files; commands typed line by line."""
import fileinput, code, codeop, sys, io
with open('t1.txt', 'w') as f: f.write('a\nb\n')
with open('t2.txt', 'w') as f: f.write('c\n')
for line in fileinput.input(['t1.txt', 't2.txt']): print(fileinput.filename(), fileinput.lineno(), fileinput.filelineno(), fileinput.isfirstline(), line, end='')
fileinput.close()
with fileinput.input(('t1.txt',), inplace=True, backup='.bak') as f:
    for line in f: print(line.upper(), end='')
print(open('t1.txt').read(), open('t1.txt.bak').read())
try: fileinput.lineno()
except RuntimeError as e: print(e)
for s in ('1+1', 'x = (', 'if 1:', 'if 1:\n  x', 'if 1:\n  x\n', 'a b', 'def f():\n  return 1\n', '"""a', '', '# c', 'try:', 'for x in y: pass', 'class A:\n  x=1', '@d', 'x = \\', '[1,\n2', 'print("a'):
    try: r = codeop.compile_command(s); print(repr(s), r is not None)
    except SyntaxError as e: print(repr(s), 'SyntaxError', e.msg)
i = code.InteractiveInterpreter({'y': 5}); print(i.runsource('print(y)'), i.runsource('if y:'))
sys.stderr = sys.stdout; i.runsource('1/0'); i.runsource('a b')
c = code.InteractiveConsole(); print(c.push('x = 3'), c.push('def f():'), c.push('  return x'), c.push(''), c.push('f()'))
lines = iter(['z = 1', 'z + 1', 'for i in range(2):', '  print(i)', '', 'exit_me'])
def rd(p):
    print(p, end='')
    try: l = next(lines); print(l); return l
    except StopIteration: raise EOFError
code.interact('banner', rd, {}, 'bye')
import os; [os.remove(x) for x in ('t1.txt', 't2.txt', 't1.txt.bak')]
