"""The tokens of a text."""
import tokenize, io, token
src = '''# c
def f(a, b=0x1F):
    """doc
    string"""
    if a >= 3.5e-3:  # cm

        return f"x{a!r:>{b}} {{y}} {b}" + 'q' \\
            + r"\\d"
    x = [1,
         2]
    return (a
            := 3)
class A: pass
async def g(): await h; x **= 2; y: int = -1j
\tz = 1
''' [:-7]
for t in tokenize.generate_tokens(io.StringIO(src).readline): print(t)
toks = list(tokenize.tokenize(io.BytesIO(src.encode()).readline)); print(toks[0], toks[5].exact_type, token.tok_name[toks[5].exact_type])
print(tokenize.untokenize(toks).decode() == src)
print(tokenize.untokenize([(token.NAME, 'x'), (token.OP, '='), (token.NUMBER, '1'), (token.NEWLINE, '\n')]))
for bad in ('x = (', '"""a', "x = 'a", 'if 1:\n   a\n  b\n'):
    try: list(tokenize.generate_tokens(io.StringIO(bad).readline))
    except (tokenize.TokenError, IndentationError, SyntaxError) as e: print(type(e).__name__, e)
print(tokenize.detect_encoding(io.BytesIO(b'# -*- coding: latin-1 -*-\n').readline), tokenize.detect_encoding(io.BytesIO(b'x\n').readline))
for t in tokenize.generate_tokens(io.StringIO('a = 1').readline): print(t.type, t.string, t.start, t.end)
