# Text: building, splitting, joining, formatting, searching.
def work(n):
    text = ""
    parts = []
    for i in range(n):
        text += chr(97 + i % 26)
        if i % 10 == 9:
            parts.append(text.upper())
            text = ""
        if i % 5 == 0:
            parts.append(f"{i:05d}:{i * 1.5:.2f}")
    joined = ",".join(parts)
    words = joined.split(",")
    total = 0
    for word in words:
        if word.startswith("0") or "Q" in word:
            total += word.find(":") + len(word.replace("A", "bb").strip())
    return total


work(600000)
