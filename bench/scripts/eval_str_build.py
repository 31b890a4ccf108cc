# One long text, grown a piece at a time.
def work(n):
    text = ""
    for i in range(n):
        text += str(i)
        text += " "
    return len(text)


work(700000)
