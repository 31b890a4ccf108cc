# with enters and leaves in order, __exit__ may swallow, and objects without the protocol are refused.
class Room:
    def __init__(self, name): self.name = name
    def __enter__(self):
        print("enter", self.name)
        return self
    def __exit__(self, kind, value, traceback):
        print("exit", self.name, kind and kind.__name__)
        return kind is ValueError
with Room("a") as a, Room("b"):
    print("inside", a.name)
with Room("c"):
    raise ValueError
def leave():
    with Room("d"):
        return "returned"
print(leave())
try:
    with 5: pass
except TypeError as error:
    print(error)
class Half:
    def __enter__(self): pass
try:
    with Half(): pass
except TypeError as error:
    print(error)

# expect: enter a
# expect: enter b
# expect: inside a
# expect: exit b None
# expect: exit a None
# expect: enter c
# expect: exit c ValueError
# expect: enter d
# expect: exit d None
# expect: returned
# expect: 'int' object does not support the context manager protocol
# expect: 'Half' object does not support the context manager protocol (missed __exit__ method)
