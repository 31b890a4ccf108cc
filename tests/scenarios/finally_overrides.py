# finally runs on every way out, and its own return wins.
def both():
    try:
        return "try"
    finally:
        print("finally")
print(both())
def swallow():
    try:
        1 / 0
    finally:
        return "swallowed"
print(swallow())
for i in range(3):
    try:
        if i == 0: continue
        if i == 2: break
        print("body", i)
    finally:
        print("finally", i)

# expect: finally
# expect: try
# expect: swallowed
# expect: finally 0
# expect: body 1
# expect: finally 1
# expect: finally 2
