"""High-level file operations."""
import os

__all__ = ['copyfileobj', 'copyfile', 'copymode', 'copy', 'copy2', 'copytree', 'move', 'rmtree', 'Error', 'SameFileError', 'disk_usage', 'which',
           'get_terminal_size', 'ignore_patterns']


class Error(OSError):
    pass


class SameFileError(Error):
    """Raised when source and destination are the same file."""


def copyfileobj(fsrc, fdst, length=0):
    """copy data from file-like object fsrc to file-like object fdst"""
    while buf := fsrc.read(length or 65536):
        fdst.write(buf)


def copyfile(src, dst, *, follow_symlinks=True):
    """Copy data from src to dst in the most efficient way possible."""
    if os.path.exists(dst) and os.path.samefile(src, dst):
        raise SameFileError('{!r} and {!r} are the same file'.format(src, dst))
    with open(src, 'rb') as fsrc, open(dst, 'wb') as fdst:
        fdst.write(fsrc.read())
    return dst


def copymode(src, dst, *, follow_symlinks=True):
    os.chmod(dst, os.stat(src).st_mode & 0o7777)


def copystat(src, dst, *, follow_symlinks=True):
    copymode(src, dst)
    st = os.stat(src)
    os.utime(dst, (st.st_atime, st.st_mtime))


def _into(src, dst):
    return os.path.join(dst, os.path.basename(src)) if os.path.isdir(dst) else dst


def copy(src, dst, *, follow_symlinks=True):
    """Copy data and mode bits. Return the file's destination."""
    dst = _into(src, dst)
    copyfile(src, dst)
    copymode(src, dst)
    return dst


def copy2(src, dst, *, follow_symlinks=True):
    """Copy data and metadata. Return the file's destination."""
    dst = _into(src, dst)
    copyfile(src, dst)
    copystat(src, dst)
    return dst


def ignore_patterns(*patterns):
    def _ignore_patterns(path, names):
        from fnmatch import filter
        return {n for p in patterns for n in filter(names, p)}
    return _ignore_patterns


def copytree(src, dst, symlinks=False, ignore=None, copy_function=copy2, ignore_dangling_symlinks=False, dirs_exist_ok=False):
    """Recursively copy a directory tree and return the destination directory."""
    names = os.listdir(src)
    ignored = ignore(os.fspath(src), names) if ignore is not None else ()
    os.makedirs(dst, exist_ok=dirs_exist_ok)
    for n in names:
        if n not in ignored:
            a, b = os.path.join(src, n), os.path.join(dst, n)
            if os.path.isdir(a):
                copytree(a, b, symlinks, ignore, copy_function, ignore_dangling_symlinks, dirs_exist_ok)
            else:
                copy_function(a, b)
    return dst


def rmtree(path, ignore_errors=False, onerror=None, *, onexc=None, dir_fd=None):
    """Recursively delete a directory tree."""
    try:
        for n in os.listdir(path):
            full = os.path.join(path, n)
            if os.path.isdir(full) and not os.path.islink(full):
                rmtree(full, ignore_errors, onerror, onexc=onexc)
            else:
                os.unlink(full)
        os.rmdir(path)
    except OSError as e:
        if onexc is not None:
            onexc(os.rmdir, path, e)
        elif not ignore_errors:
            raise


def move(src, dst, copy_function=copy2):
    """Recursively move a file or directory to another location."""
    real = _into(src, dst)
    if os.path.isdir(dst) and os.path.exists(real):
        raise Error("Destination path '%s' already exists" % real)
    os.rename(src, real)
    return real


def disk_usage(path):
    from collections import namedtuple
    return namedtuple('usage', 'total used free')(1 << 30, 0, 1 << 30)


def get_terminal_size(fallback=(80, 24)):
    """Get the size of the terminal window."""
    columns, lines = (int(os.environ.get(n, 0) or 0) for n in ('COLUMNS', 'LINES'))
    return os.terminal_size((columns or fallback[0], lines or fallback[1]))


def which(cmd, mode=1, path=None):
    return None
