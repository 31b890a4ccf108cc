# Each frame of a traceback marks the place that failed.
import traceback
def divide(number):
    return number / 0
def call():
    return 1 + divide(3)
def index(table):
    return table["key"]["missing"]
for action in (call, lambda: index({"key": {}}), lambda: None.attribute):
    try:
        action()
    except Exception:
        print(traceback.format_exc().split("\n", 3)[3].replace(__file__, "FILE"), end="")

# expect:     ~~~~~~^^
# expect:   File "FILE", line 6, in call
# expect:     return 1 + divide(3)
# expect:                ~~~~~~^^^
# expect:   File "FILE", line 4, in divide
# expect:     return number / 0
# expect:            ~~~~~~~^~~
# expect: ZeroDivisionError: division by zero
# expect:     ~~~~~~^^
# expect:   File "FILE", line 9, in <lambda>
# expect:     for action in (call, lambda: index({"key": {}}), lambda: None.attribute):
# expect:                                  ~~~~~^^^^^^^^^^^^^
# expect:   File "FILE", line 8, in index
# expect:     return table["key"]["missing"]
# expect:            ~~~~~~~~~~~~^^^^^^^^^^^
# expect: KeyError: 'missing'
# expect:     ~~~~~~^^
# expect:   File "FILE", line 9, in <lambda>
# expect:     for action in (call, lambda: index({"key": {}}), lambda: None.attribute):
# expect:                                                              ^^^^^^^^^^^^^^
# expect: AttributeError: 'NoneType' object has no attribute 'attribute'
