"""Carets under text that takes more bytes or columns than characters."""
def greet(x): raise ValueError(x)
def f():
    return greet("é€")
def g():
    x = greet("日本語")
def h():
    return greet("日本語") + 1
def i():
    a = "日本" + 1 ; return a
for z in (f,g,h,i):
    try: z()
    except Exception:
        import traceback; traceback.print_exc()
