# Comprehensions, sorting with keys, lambdas, unpacking.
def work(n):
    total = 0
    for _ in range(n):
        squares = [i * i for i in range(200) if i % 3]
        table = {i: -i for i in squares}
        order = sorted(squares, key=lambda i: -i)
        first, *rest = order
        total += first + len(rest) + len(table) + max(squares) + sum(map(abs, table.values()))
    return total


work(3000)
