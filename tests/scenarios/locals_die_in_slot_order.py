# Locals are dropped when the frame returns, temporaries at once, a traceback keeps its frames.
class Noisy:
    def __init__(self, name): self.name = name
    def __del__(self): print("drop", self.name)
def ordered():
    first = Noisy("first")
    second = Noisy("second")
    first = Noisy("third")
    print("end of body")
ordered()
Noisy("temporary")
print("after temporary")
def failing():
    kept = Noisy("kept by traceback")
    raise ValueError
try:
    failing()
except ValueError:
    print("handling")
print("handled")

# expect: drop first
# expect: end of body
# expect: drop third
# expect: drop second
# expect: drop temporary
# expect: after temporary
# expect: handling
# expect: drop kept by traceback
# expect: handled
