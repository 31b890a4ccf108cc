"""Syntax trees: what ast.parse makes, how dump and unparse show it, what visitors see."""
import ast
t = ast.parse("x = [1, -2.5, 'a'] + f(y, *z, k=1)\ndef g(a, /, b=1, *c, d, **e) -> int:\n  'doc'\n  return lambda q: q\nclass A(B, metaclass=C):\n  x: int = 3\nfor i in range(3): print(f'{i!r:>{w}} ok')\n")
print(ast.dump(t))
print(ast.dump(t, indent=2))
print(ast.dump(t, False))
print(ast.dump(t, include_attributes=True, indent='\t'))
for n in ast.walk(t): print(type(n).__name__, getattr(n, 'lineno', None), n._fields)
print(ast.literal_eval("{'a': [1, 2, (3, 4.5)], 'b': {1, 2}, 'c': None, 'd': -3+4j, b'x': 'é' 'f'}"))
for bad in ('f(1)', '1+1', 'x', '[1,', '"a" "b" + "c"', 'a.b', '{**a}'):
    try: print(ast.literal_eval(bad))
    except (ValueError, SyntaxError) as e: print(type(e).__name__, str(e).split(' object')[0])
class V(ast.NodeVisitor):
    def visit_Name(self, n): print('name', n.id, n.col_offset)
    def visit_FunctionDef(self, n): print(n.name, ast.get_docstring(n)); self.generic_visit(n)
V().visit(t)
class T(ast.NodeTransformer):
    def visit_Constant(self, n): return ast.copy_location(ast.Name('K', ast.Load()), n)
print(ast.dump(T().visit(ast.parse('a + 1 < 2', mode='eval'))))
n = ast.Constant(3, kind=None); print(n.value, n.kind, ast.dump(n))
print(ast.get_source_segment("a = b + c\n", ast.parse("a = b + c\n").body[0].value))
match ast.parse("print(1)").body[0]:
    case ast.Expr(value=ast.Call(func=ast.Name(id=name), args=[ast.Constant(v)])): print(name, v)
try: ast.parse("a b")
except SyntaxError as e: print(e, e.filename, e.lineno)
print(ast.dump(ast.parse('match x:\n case {"a": 1, **r}: pass\n case A(1, b=2) | [_, *_] if y: pass\ntype X[T: int] = list[T]\nasync def f():\n async with a as b, c: await d\ntry: pass\nexcept* E as e: raise X from e\nimport a.b as c, d\nfrom . import q\nglobal zz\n'), indent=1))
print(ast.unparse(t))
print(ast.unparse(ast.parse('match x:\n case {"a": 1, **r}: pass\n case A(1, b=2) | [_, *_] if y: pass\ntype X[T: int] = list[T]\nasync def f():\n async with a as b, c: await d\ntry: pass\nexcept* E as e: raise X from e\nimport a.b as c, d\nfrom . import q\nglobal zz\n')))
