# Coroutines run when they are sent into, and only once.
async def five(): return 5
async def ten(): return await five() + await five()
c = ten()
try:
    c.send(None)
except StopIteration as stop:
    print(stop.value)
try:
    c.send(None)
except RuntimeError as error:
    print(error)

# expect: 10
# expect: cannot reuse already awaited coroutine
