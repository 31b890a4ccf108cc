# Dicts, lists and sets as programs use them.
def work(n):
    counts = {}
    for i in range(n):
        key = i * 7 % 1013
        counts[key] = counts.get(key, 0) + 1
        if key in counts and counts[key] % 100 == 0:
            counts.pop(key)
    names = {f"k{i}": i for i in range(2000)}
    total = 0
    for _ in range(n // 2000):
        for name, value in names.items():
            total += value + len(name)
        total += sum(v for v in counts.values())
    pairs = [(i * 37 % 1009, i) for i in range(n)]
    pairs.sort()
    seen = set()
    for a, _b in pairs:
        seen.add(a)
    return total + len(seen)


work(300000)
