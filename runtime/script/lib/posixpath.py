"""Paths with slashes."""
from _os import environ as _environ, getcwd as _getcwd, lstat as _lstat, readlink as _os_readlink, stat as _stat

__all__ = ['normcase', 'isabs', 'join', 'splitdrive', 'splitroot', 'split', 'splitext', 'basename', 'dirname', 'commonprefix', 'getsize', 'getmtime',
           'getatime', 'getctime', 'islink', 'exists', 'lexists', 'isdir', 'isfile', 'ismount', 'expanduser', 'expandvars', 'normpath', 'abspath', 'samefile',
           'curdir', 'pardir', 'sep', 'pathsep', 'defpath', 'altsep', 'extsep', 'devnull', 'realpath', 'supports_unicode_filenames', 'relpath', 'commonpath',
           'isjunction', 'isreserved']
curdir, pardir, extsep, sep, pathsep, defpath, altsep, devnull = '.', '..', '.', '/', ':', '/bin:/usr/bin', None, '/dev/null'
supports_unicode_filenames = False


def _fspath(path):
    if isinstance(path, (str, bytes)):
        return path
    method = getattr(type(path), '__fspath__', None)
    if method is None:
        raise TypeError(f'expected str, bytes or os.PathLike object, not {type(path).__name__}')
    return method(path)


def _seps(path):
    return (b'/', b'.', b'..') if isinstance(path, bytes) else ('/', '.', '..')


def normcase(s):
    return _fspath(s)


def isabs(s):
    s = _fspath(s)
    return s.startswith(_seps(s)[0])


def join(a, /, *p):
    """Join two or more pathname components, inserting '/' as needed."""
    a = _fspath(a)
    sep = _seps(a)[0]
    path = a
    for b in p:
        b = _fspath(b)
        if isinstance(b, bytes) != isinstance(a, bytes):
            raise TypeError("Can't mix strings and bytes in path components")
        if b.startswith(sep) or not path:
            path = b
        elif path.endswith(sep):
            path += b
        else:
            path += sep + b
    return path


def split(p):
    """Split a pathname into head and tail: tail is everything after the final slash."""
    p = _fspath(p)
    sep = _seps(p)[0]
    i = p.rfind(sep) + 1
    head, tail = p[:i], p[i:]
    if head and head != sep * len(head):
        head = head.rstrip(sep)
    return head, tail


def splitext(p):
    """Split the extension from a pathname."""
    p = _fspath(p)
    sep, dot, _ = _seps(p)
    start = p.rfind(sep) + 1
    at = p.rfind(dot)
    if at > start and p[start:at].lstrip(dot):
        return p[:at], p[at:]
    return p, p[:0]


def splitdrive(p):
    p = _fspath(p)
    return p[:0], p


def splitroot(p):
    p = _fspath(p)
    sep = _seps(p)[0]
    empty = p[:0]
    if p[:1] != sep:
        return empty, empty, p
    if p[1:2] != sep or p[2:3] == sep:
        return empty, sep, p[1:]
    return empty, p[:2], p[2:]


def basename(p):
    p = _fspath(p)
    return p[p.rfind(_seps(p)[0]) + 1:]


def dirname(p):
    return split(p)[0]


def _mode(path, follow=True):
    if not isinstance(path, (str, bytes)) and not hasattr(path, '__fspath__'):
        raise TypeError(f'stat: path should be string, bytes, os.PathLike or integer, not {type(path).__name__}')
    try:
        return (_stat if follow else _lstat)(_fspath(path))[0]
    except (OSError, ValueError):
        return None


def exists(path):
    """Test whether a path exists."""
    return _mode(path) is not None


def lexists(path):
    return _mode(path, False) is not None


def isfile(path):
    """Test whether a path is a regular file"""
    mode = _mode(path)
    return mode is not None and mode & 0o170000 == 0o100000


def isdir(path):
    """Return true if the pathname refers to an existing directory."""
    mode = _mode(path)
    return mode is not None and mode & 0o170000 == 0o040000


def islink(path):
    mode = _mode(path, False)
    return mode is not None and mode & 0o170000 == 0o120000


def isjunction(path):
    _fspath(path)
    return False


isreserved = isjunction


def ismount(path):
    return normpath(_fspath(path)) in ('/', b'/')


def getsize(filename):
    """Return the size of a file, reported by os.stat()."""
    return _stat(_fspath(filename))[6]


def getatime(filename):
    return float(_stat(_fspath(filename))[7])


def getmtime(filename):
    return float(_stat(_fspath(filename))[8])


def getctime(filename):
    return float(_stat(_fspath(filename))[9])


def samefile(f1, f2):
    a, b = _stat(_fspath(f1)), _stat(_fspath(f2))
    return a[1:3] == b[1:3]


def normpath(path):
    """Normalize path, eliminating double slashes, etc."""
    path = _fspath(path)
    sep, dot, dotdot = _seps(path)
    if not path:
        return dot
    _, root, rest = splitroot(path)
    comps = []
    for comp in rest.split(sep):
        if not comp or comp == dot:
            continue
        if comp != dotdot or not root and not comps or comps and comps[-1] == dotdot:
            comps.append(comp)
        elif comps:
            comps.pop()
    return root + sep.join(comps) or dot


def abspath(path):
    """Return an absolute path."""
    path = _fspath(path)
    if not isabs(path):
        cwd = _getcwd()
        path = join(cwd.encode() if isinstance(path, bytes) else cwd, path)
    return normpath(path)


def realpath(filename, *, strict=False):
    """Return the canonical path of the specified filename, eliminating any symbolic links encountered in the path."""
    filename = _fspath(filename)
    if strict:
        _stat(filename)
    sep, dot, dotdot = _seps(filename)
    start = filename if isabs(filename) else join(_getcwd().encode() if isinstance(filename, bytes) else _getcwd(), filename)
    ahead, done, links = start.split(sep)[::-1], sep, 0
    while ahead:
        part = ahead.pop()
        if part == dotdot:
            done = dirname(done)
        elif part and part != dot:
            new = join(done, part)
            if islink(new) and links < 40:
                links += 1
                target = _os_readlink(new)
                target = target.encode() if isinstance(new, bytes) and isinstance(target, str) else target
                if isabs(target):
                    done = sep
                ahead += target.split(sep)[::-1]
            else:
                done = new
    return done


def relpath(path, start=None):
    """Return a relative version of a path"""
    path = _fspath(path)
    if not path:
        raise ValueError('no path specified')
    sep, dot, dotdot = _seps(path)
    start = dot if start is None else _fspath(start)
    begin = [x for x in abspath(start).split(sep) if x]
    end = [x for x in abspath(path).split(sep) if x]
    i = len(commonprefix([begin, end]))
    rel = [dotdot] * (len(begin) - i) + end[i:]
    return sep.join(rel) if rel else dot


def commonprefix(m):
    """Given a list of pathnames, returns the longest common leading component"""
    if not m:
        return ''
    if not isinstance(m[0], (list, tuple)):
        m = tuple(map(_fspath, m))
    low, high = min(m), max(m)
    for i, c in enumerate(low):
        if c != high[i]:
            return low[:i]
    return low


def commonpath(paths):
    """Given an iterable of path names, returns the longest common sub-path."""
    paths = tuple(map(_fspath, paths))
    if not paths:
        raise ValueError('commonpath() arg is an empty sequence')
    sep, dot, _ = _seps(paths[0])
    absolute = {isabs(p) for p in paths}
    if len(absolute) > 1:
        raise ValueError("Can't mix absolute and relative paths")
    parts = [[c for c in p.split(sep) if c and c != dot] for p in paths]
    return (sep if absolute.pop() else sep[:0]) + sep.join(commonprefix(parts))


def expanduser(path):
    """Expand ~ and ~user constructions."""
    path = _fspath(path)
    if isinstance(path, bytes) or not path.startswith('~') or path[1:2] not in ('', '/'):
        return path
    home = _environ.get('HOME', '/').rstrip('/')
    return (home + path[1:]) or '/'


def expandvars(path):
    """Expand shell variables of form $var and ${var}."""
    path = _fspath(path)
    out, i, n = '', 0, len(path)
    while i < n:
        if path[i] != '$':
            out += path[i]
            i += 1
            continue
        j = i + 1
        if path[j:j + 1] == '{':
            end = path.find('}', j)
            name, after = (path[j + 1:end], end + 1) if end > 0 else ('', i + 1)
        else:
            while j < n and (path[j].isalnum() and path[j].isascii() or path[j] == '_'):
                j += 1
            name, after = path[i + 1:j], j
        if name in _environ:
            out += _environ[name]
        else:
            out += path[i:after]
        i = after
    return out
