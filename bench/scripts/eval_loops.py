# Nested loops over small integers.
def work(n):
    total = 0
    for i in range(n):
        j = 0
        while j < 10:
            total += (i ^ j) & 7
            j += 1
        if total % 3 == 0:
            total -= 1
    return total


work(180000)
