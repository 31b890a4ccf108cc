"""Filename globbing."""
import os
from fnmatch import fnmatchcase

__all__ = ['escape', 'glob', 'iglob', 'translate']


def has_magic(s):
    return any(c in s for c in '*?[')


def glob(pathname, *, root_dir=None, dir_fd=None, recursive=False, include_hidden=False):
    """Return a list of paths matching a pathname pattern."""
    return list(iglob(pathname, root_dir=root_dir, recursive=recursive, include_hidden=include_hidden))


def iglob(pathname, *, root_dir=None, dir_fd=None, recursive=False, include_hidden=False):
    """Return an iterator which yields the paths matching a pathname pattern."""
    it = _find(os.fspath(pathname), '' if root_dir is None else os.fspath(root_dir), recursive, False, include_hidden)
    if not pathname or recursive and pathname[:2] == '**':
        it = (p for p in it if p)
    return it


def _names(folder, root, dironly):
    where = os.path.join(root, folder) if folder or root else '.'
    try:
        names = os.listdir(where)
    except OSError:
        return []
    return [n for n in names if not dironly or os.path.isdir(os.path.join(where, n))]


def _deep(folder, root, dironly, hidden):
    for n in _names(folder, root, dironly):
        if hidden or not n.startswith('.'):
            yield n
            inner = os.path.join(folder, n) if folder else n
            for x in _deep(inner, root, dironly, hidden):
                yield os.path.join(n, x)


def _find(pathname, root, recursive, dironly, hidden):
    folder, base = os.path.split(pathname)
    if not has_magic(pathname):
        full = os.path.join(root, pathname)
        if base:
            if os.path.lexists(full):
                yield pathname
        elif os.path.isdir(os.path.join(root, folder)):
            yield pathname
        return
    if folder and folder != pathname and has_magic(folder):
        folders = _find(folder, root, recursive, True, hidden)
    else:
        folders = [folder]
    for f in folders:
        if recursive and base == '**':
            found = ['', *_deep(f, root, dironly, hidden)] if not f or os.path.isdir(os.path.join(root, f)) else []
        elif has_magic(base):
            found = [n for n in _names(f, root, dironly) if fnmatchcase(n, base) and (hidden or base.startswith('.') or not n.startswith('.'))]
        elif base:
            found = [base] if os.path.lexists(os.path.join(root, f, base)) else []
        else:
            found = [base] if os.path.isdir(os.path.join(root, f)) else []
        for n in found:
            yield os.path.join(f, n)


def escape(pathname):
    """Escape all special characters."""
    return ''.join(f'[{c}]' if c in '*?[' else c for c in pathname)
