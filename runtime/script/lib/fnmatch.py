"""Filename matching with shell patterns."""
__all__ = ['filter', 'fnmatch', 'fnmatchcase', 'translate']
_cache = {}


def fnmatch(name, pat):
    """Test whether FILENAME matches PATTERN."""
    return fnmatchcase(name, pat)


def _matcher(pat):
    if pat not in _cache:
        import re
        if len(_cache) > 500:
            _cache.clear()
        if isinstance(pat, bytes):
            _cache[pat] = re.compile(translate(pat.decode('latin-1')).encode('latin-1')).match
        else:
            _cache[pat] = re.compile(translate(pat)).match
    return _cache[pat]


def filter(names, pat):
    """Construct a list from those elements of the iterable NAMES that match PAT."""
    match = _matcher(pat)
    return [name for name in names if match(name)]


def fnmatchcase(name, pat):
    """Test whether FILENAME matches PATTERN, including case."""
    return _matcher(pat)(name) is not None


def _set(stuff):
    """A shell's [...] as a regular expression's; empty and inverted ranges match nothing."""
    import re
    if '-' in stuff:
        chunks, i, n = [], 0, len(stuff)
        k = 2 if stuff[0] == '!' else 1
        while True:
            k = stuff.find('-', k)
            if k < 0:
                break
            chunks.append(stuff[i:k])
            i = k + 1
            k += 3
        chunk = stuff[i:]
        if chunk:
            chunks.append(chunk)
        else:
            chunks[-1] += '-'
        for k in range(len(chunks) - 1, 0, -1):
            if chunks[k - 1][-1] > chunks[k][0]:
                chunks[k - 1] = chunks[k - 1][:-1] + chunks[k][1:]
                del chunks[k]
        stuff = '-'.join(s.replace('\\', r'\\').replace('-', r'\-') for s in chunks)
    else:
        stuff = stuff.replace('\\', r'\\')
    if not stuff:
        return '(?!)'
    if stuff == '!':
        return '.'
    stuff = re.sub(r'([&~|])', r'\\\1', stuff)
    if stuff[0] == '!':
        stuff = '^' + stuff[1:]
    elif stuff[0] in ('^', '['):
        stuff = '\\' + stuff
    return f'[{stuff}]'


def translate(pat):
    """Translate a shell PATTERN to a regular expression."""
    import re
    STAR = object()
    res, i, n = [], 0, len(pat)
    while i < n:
        c = pat[i]
        i += 1
        if c == '*':
            if not res or res[-1] is not STAR:
                res.append(STAR)
        elif c == '?':
            res.append('.')
        elif c == '[':
            j = i
            if j < n and pat[j] == '!':
                j += 1
            if j < n and pat[j] == ']':
                j += 1
            while j < n and pat[j] != ']':
                j += 1
            if j >= n:
                res.append('\\[')
            else:
                res.append(_set(pat[i:j]))
                i = j + 1
        else:
            res.append(re.escape(c))
    out, i, n = [], 0, len(res)
    while i < n and res[i] is not STAR:
        out.append(res[i])
        i += 1
    while i < n:
        i += 1
        if i == n:
            out.append('.*')
            break
        fixed = []
        while i < n and res[i] is not STAR:
            fixed.append(res[i])
            i += 1
        fixed = ''.join(fixed)
        if i == n:
            out.append('.*')
            out.append(fixed)
        else:
            out.append(f'(?>.*?{fixed})')
    return rf'(?s:{"".join(out)})\Z'
