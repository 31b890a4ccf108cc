"""Makes a program smaller while it keeps showing a difference: lines with what is under them go, or only their heads."""


def indent_of(line):
    return len(line) - len(line.lstrip(" "))


def end_of_block(lines, start):
    """The index after the line at `start` and all that is indented under it."""
    end = start + 1
    while end < len(lines) and (not lines[end].strip() or indent_of(lines[end]) > indent_of(lines[start])):
        end += 1
    return end


def with_bodies(lines):
    """Adds `pass` where a block has lost its body."""
    whole = []
    for index, line in enumerate(lines):
        whole.append(line)
        if line.rstrip().endswith(":") and (index + 1 == len(lines) or indent_of(lines[index + 1]) <= indent_of(line)):
            whole.append(" " * (indent_of(line) + 4) + "pass")
    return whole


def candidates(lines):
    """Smaller programs, the much smaller ones first. Each is a list of lines; many do not compile."""
    sizes = sorted(range(len(lines)), key=lambda start: start - end_of_block(lines, start))
    for start in sizes:
        end = end_of_block(lines, start)
        yield lines[:start] + lines[end:]
        if lines[start].lstrip().startswith("try:"):
            tail = end
            while tail < len(lines) and indent_of(lines[tail]) == indent_of(lines[start]) and lines[tail].lstrip().startswith(
                ("except", "else:", "finally:")
            ):
                tail = end_of_block(lines, tail)
            yield lines[:start] + lines[tail:]
            yield lines[:start] + [line[4:] for line in lines[start + 1 : end]] + lines[tail:]
        elif end > start + 1:
            yield lines[:start] + [line[4:] for line in lines[start + 1 : end]] + lines[end:]


def compiles(source):
    try:
        compile(source, "prog.py", "exec", dont_inherit=True)
    except (SyntaxError, ValueError):
        return False
    return True


def shrink(source, still_differs, most_tries=2000):
    lines = [line for line in source.splitlines() if line.strip()]
    tries = 0
    smaller = True
    while smaller and tries < most_tries:
        smaller = False
        for candidate in candidates(lines):
            candidate = with_bodies(candidate)
            text = "\n".join(candidate) + "\n"
            if len(candidate) >= len(lines) or not compiles(text):
                continue
            tries += 1
            if still_differs(text):
                lines, smaller = candidate, True
                break
            if tries >= most_tries:
                break
    return "\n".join(lines) + "\n"
