import colorsys
import tomllib
print(tomllib.loads('''
title = "T" # c
n = 1_000
f = 3.14
e = 1e3
h = 0xff
b = true
d = 1979-05-27T07:32:00Z
dd = 1979-05-27
t = 07:32:00.5
a = [1, 2,
  3,]
s = 'lit\\'
m = """
multi
line\\
   joined"""
i = { x = 1, y.z = "q" }
a.b = 1
'''.replace('a.b = 1\n','')+'''
[owner]
name = "x\\u00e9"
"quoted key" = 2
[owner.sub]
k.l = 1
[[p]]
n = 1
[[p]]
n = 2
[p.q]
z = 3
'''))
for bad in ('a', 'a = ', 'a = 1 b = 2', '= 1', '[a', 'a = "x', 'a = 1\na = 2', '[a]\n[a]', 'a = [1', 'a = tru'):
    try: print(tomllib.loads(bad))
    except tomllib.TOMLDecodeError as e: print(repr(bad), e)
for c in ((0.2,0.4,0.4),(1,0,0),(0.1,0.9,0.3),(0.5,0.5,0.5)):
    for f in ('rgb_to_yiq','yiq_to_rgb','rgb_to_hls','hls_to_rgb','rgb_to_hsv','hsv_to_rgb'): print(getattr(colorsys,f)(*c))
