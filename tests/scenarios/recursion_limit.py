# Endless recursion ends in RecursionError at depth 1000.
depth = 0
def deeper():
    global depth
    depth += 1
    deeper()
try:
    deeper()
except RecursionError as error:
    print(error, depth)
def sum_to(n): return n and n + sum_to(n - 1)
print(sum_to(900))

# expect: maximum recursion depth exceeded 999
# expect: 405450
