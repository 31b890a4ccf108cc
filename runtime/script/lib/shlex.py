"""Splitting text as a shell would."""
__all__ = ['shlex', 'split', 'quote', 'join']
_SAFE = frozenset('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_@%+=:,./-')


def split(s, comments=False, posix=True):
    """Split the string *s* using shell-like syntax."""
    if s is None:
        raise ValueError('s argument must not be None')
    words, word, i, n = [], None, 0, len(s)
    while i < n:
        c = s[i]
        i += 1
        if c in ' \t\r\n':
            if word is not None:
                words.append(word)
                word = None
        elif comments and c == '#' and word is None:
            while i < n and s[i] != '\n':
                i += 1
        elif c == '\\' and posix:
            if i >= n:
                raise ValueError('No escaped character')
            word = (word or '') + s[i]
            i += 1
        elif c in '\'"':
            word = (word or '') + ('' if posix else c)
            while True:
                if i >= n:
                    raise ValueError('No closing quotation')
                d = s[i]
                i += 1
                if d == c:
                    word += '' if posix else c
                    break
                if d == '\\' and c == '"' and posix and i < n and s[i] in '"\\':
                    d = s[i]
                    i += 1
                word += d
        else:
            word = (word or '') + c
    if word is not None:
        words.append(word)
    return words


def quote(s):
    """Return a shell-escaped version of the string *s*."""
    if not s:
        return "''"
    if all(c in _SAFE for c in s):
        return s
    return "'" + s.replace("'", "'\"'\"'") + "'"


def join(split_command):
    """Return a shell-escaped string from *split_command*."""
    return ' '.join(quote(arg) for arg in split_command)


def __getattr__(name):
    if name != 'shlex':
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    from _shlex import shlex
    globals()[name] = shlex
    return shlex
