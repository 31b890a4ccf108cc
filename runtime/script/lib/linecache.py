"""Lines of source files, as tracebacks show them."""
cache = {}


def getline(filename, lineno, module_globals=None):
    entry = cache.get(filename)
    if entry is not None:
        lines = entry[2] if len(entry) > 2 else ()
        return lines[lineno - 1] if 1 <= lineno <= len(lines) else ''
    from _traceback import source_line
    line = source_line(filename, lineno) if lineno > 0 else ''
    return line + '\n' if line and not line.endswith('\n') else line


def getlines(filename, module_globals=None):
    if filename in cache:
        return cache[filename][2]
    try:
        with open(filename, encoding='utf-8') as f:
            return f.readlines()
    except OSError:
        return []


def updatecache(filename, module_globals=None):
    cache.pop(filename, None)
    return getlines(filename)


def checkcache(filename=None):
    pass


def clearcache():
    cache.clear()


def lazycache(filename, module_globals):
    return False
