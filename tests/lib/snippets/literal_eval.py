import ast

for text in ('1', '-1.5', '[1, "a", (2,), {3: None}, {4}]', "'a' \"b\"", 'b"x"', '1+2j', '()', '(1)', '{}', 'set()', 'True', '0x1f', '{"a": [1,2,],}', '1, 2'):
    print(repr(ast.literal_eval(text)))
for text in ('foo', 'f(1)', '1+1', 'a.b', '__import__("os")', '[1', '1 2', ''):
    try:
        print(ast.literal_eval(text))
    except (ValueError, SyntaxError) as e:
        print(type(e).__name__, str(e)[:38] if type(e) is ValueError else e.msg)
