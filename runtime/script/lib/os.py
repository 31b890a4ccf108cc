"""The harmless part of the operating system, on the simulated machine."""
import abc
import sys
import _os
import posixpath as path
from _os import _exit, getcwd, getpid, getppid, kill, strerror, umask, urandom
from posixpath import curdir, pardir, sep, pathsep, defpath, extsep, altsep, devnull, _fspath as fspath

sys.modules['os.path'] = path
name = 'posix'
linesep = '\n'
F_OK, R_OK, W_OK, X_OK = 0, 4, 2, 1
O_RDONLY, O_WRONLY, O_RDWR, O_CREAT, O_EXCL, O_TRUNC, O_APPEND, O_NONBLOCK = 0, 1, 2, 0o100, 0o200, 0o1000, 0o2000, 0o4000
SEEK_SET, SEEK_CUR, SEEK_END = 0, 1, 2
EX_OK = 0
error = OSError
supports_follow_symlinks = supports_fd = supports_dir_fd = frozenset()
_FIELDS = ('st_mode', 'st_ino', 'st_dev', 'st_nlink', 'st_uid', 'st_gid', 'st_size', 'st_atime', 'st_mtime', 'st_ctime')


class stat_result(tuple):
    """What stat() gives: a 10-tuple with names; the times are also there as floats and nanoseconds."""
    __tp_name__ = 'os.stat_result'

    def __new__(cls, values):
        self = tuple.__new__(cls, [*values[:7], *map(int, values[7:10])])
        self._times = tuple(values[7:10])
        return self

    st_mode, st_ino, st_dev, st_nlink, st_uid, st_gid, st_size = (property(lambda self, i=i: self[i]) for i in range(7))
    st_atime, st_mtime, st_ctime = (property(lambda self, i=i: float(self._times[i])) for i in range(3))
    st_atime_ns, st_mtime_ns, st_ctime_ns = (property(lambda self, i=i: round(self._times[i] * 1e9)) for i in range(3))

    def __repr__(self):
        return f'os.stat_result({", ".join(f"{n}={v}" for n, v in zip(_FIELDS, self))})'


def stat(path, *, dir_fd=None, follow_symlinks=True):
    """Perform a stat system call on the given path."""
    return stat_result((_os.stat if follow_symlinks else _os.lstat)(fspath(path)))


def lstat(path, *, dir_fd=None):
    return stat_result(_os.lstat(fspath(path)))


def listdir(path=None):
    """Return a list containing the names of the files in the directory."""
    names = _os.listdir('.' if path is None else fspath(path))
    return [n.encode() for n in names] if isinstance(path, bytes) and names and isinstance(names[0], str) else names


def mkdir(path, mode=0o777, *, dir_fd=None):
    _os.mkdir(fspath(path), mode)


def makedirs(name, mode=0o777, exist_ok=False):
    """Super-mkdir; create a leaf directory and all intermediate ones."""
    head, tail = path.split(name)
    if not tail:
        head, tail = path.split(head)
    if head and tail and not path.exists(head):
        try:
            makedirs(head, exist_ok=exist_ok)
        except FileExistsError:
            pass
        if tail == '.':
            return
    try:
        mkdir(name, mode)
    except OSError:
        if not exist_ok or not path.isdir(name):
            raise


def remove(path, *, dir_fd=None):
    """Remove a file (same as unlink())."""
    _os.remove(fspath(path))


def unlink(path, *, dir_fd=None):
    _os.remove(fspath(path))


def rmdir(path, *, dir_fd=None):
    _os.rmdir(fspath(path))


def removedirs(name):
    rmdir(name)
    head, tail = path.split(name)
    while head and tail:
        try:
            rmdir(head)
        except OSError:
            break
        head, tail = path.split(head)


def rename(src, dst, *, src_dir_fd=None, dst_dir_fd=None):
    _os.rename(fspath(src), fspath(dst))


def renames(old, new):
    head = path.split(new)[0]
    if head and not path.exists(head):
        makedirs(head)
    rename(old, new)


def replace(src, dst, *, src_dir_fd=None, dst_dir_fd=None):
    """Rename a file or directory, overwriting the destination."""
    _os.replace(fspath(src), fspath(dst))


def truncate(path, length):
    _os.truncate(fspath(path), length)


def utime(path, times=None, *, ns=None, dir_fd=None, follow_symlinks=True):
    if times is None:
        import time
        now = time.time()
        times = (now, now) if ns is None else (ns[0] / 1e9, ns[1] / 1e9)
    _os.utime(fspath(path), *times)


def chmod(path, mode, *, dir_fd=None, follow_symlinks=True):
    _os.chmod(fspath(path), mode)


def access(path, mode, *, dir_fd=None, effective_ids=False, follow_symlinks=True):
    return _os.access(fspath(path), mode)


def symlink(src, dst, target_is_directory=False, *, dir_fd=None):
    _os.symlink(fspath(src), fspath(dst))


def readlink(path, *, dir_fd=None):
    return _os.readlink(fspath(path))


def getcwdb():
    return getcwd().encode()


def chdir(path):
    """Change the current working directory to the specified path."""
    _os.chdir(fspath(path))


def fdopen(fd, mode='r', buffering=-1, encoding=None, *args, **kwargs):
    import _io
    return _io.open(fd, mode, buffering, encoding, *args, **kwargs)


def fsync(fd):
    pass


def isatty(fd):
    return _os.isatty(fd)


class terminal_size(tuple):
    """Terminal size in columns and lines."""
    __tp_name__ = 'os.terminal_size'
    columns = property(lambda self: self[0])
    lines = property(lambda self: self[1])

    def __repr__(self):
        return f'os.terminal_size(columns={self[0]}, lines={self[1]})'


def get_terminal_size(fd=1):
    return terminal_size(_os.get_terminal_size())


def cpu_count():
    """Return the number of logical CPUs of the simulated machine."""
    return _os.cpu_count()


process_cpu_count = cpu_count


def getuid():
    return _os.getuid()


geteuid = getgid = getegid = getuid


def getlogin():
    return _os.getlogin()


def times():
    return (0.0, 0.0, 0.0, 0.0, 0.0)


def getloadavg():
    return (0.0, 0.0, 0.0)


def uname():
    import platform
    return platform.uname()[:3] + platform.uname()[3:5]


class DirEntry:
    """What scandir() yields."""

    def __init__(self, folder, name):
        self.name = name
        self.path = name if folder is None else path.join(folder, name)

    def is_dir(self, *, follow_symlinks=True):
        return path.isdir(self.path) and (follow_symlinks or not path.islink(self.path))

    def is_file(self, *, follow_symlinks=True):
        return path.isfile(self.path) and (follow_symlinks or not path.islink(self.path))

    def is_symlink(self):
        return path.islink(self.path)

    def stat(self, *, follow_symlinks=True):
        return stat(self.path, follow_symlinks=follow_symlinks)

    def inode(self):
        return self.stat().st_ino

    def __fspath__(self):
        return self.path

    def __repr__(self):
        return f'<DirEntry {self.name!r}>'


class _Scan:
    def __init__(self, folder):
        shown = '.' if folder is None else fspath(folder)
        self._entries = iter([DirEntry(shown, n) if folder is not None else DirEntry('.', n) for n in listdir(shown)])

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._entries)

    def close(self):
        self._entries = iter(())

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.close()


def scandir(path=None):
    """Return an iterator of DirEntry objects for given path."""
    return _Scan(path)


def walk(top, topdown=True, onerror=None, followlinks=False):
    """Directory tree generator."""
    top = fspath(top)
    try:
        names = listdir(top)
    except OSError as error:
        if onerror is not None:
            onerror(error)
        return
    dirs, files = [], []
    for n in names:
        (dirs if path.isdir(path.join(top, n)) else files).append(n)
    if topdown:
        yield top, dirs, files
    for d in dirs:
        new = path.join(top, d)
        if followlinks or not path.islink(new):
            yield from walk(new, topdown, onerror, followlinks)
    if not topdown:
        yield top, dirs, files


class PathLike(abc.ABC):
    """Abstract base class for implementing the file system path protocol."""
    __slots__ = ()

    @abc.abstractmethod
    def __fspath__(self):
        raise NotImplementedError

    @classmethod
    def __subclasshook__(cls, subclass):
        return hasattr(subclass, '__fspath__') if cls is PathLike else NotImplemented

    __class_getitem__ = classmethod(type(list[int]))


def fsencode(filename):
    filename = fspath(filename)
    return filename.encode('utf-8', 'surrogateescape') if isinstance(filename, str) else filename


def fsdecode(filename):
    filename = fspath(filename)
    return filename.decode('utf-8', 'surrogateescape') if isinstance(filename, bytes) else filename


class _Environ(dict):
    """The environment; values are strings."""

    def __setitem__(self, key, value):
        for x in (key, value):
            if not isinstance(x, str):
                raise TypeError('str expected, not %s' % type(x).__name__)
        super().__setitem__(key, value)

    def __repr__(self):
        return f'environ({{{", ".join(f"{k!r}: {v!r}" for k, v in self.items())}}})'

    def copy(self):
        return dict(self)

    def setdefault(self, key, value):
        if key not in self:
            self[key] = value
        return self[key]

    def update(self, *args, **kwargs):
        for key, value in dict(*args, **kwargs).items():
            self[key] = value


environ = _Environ(_os.environ)


def getenv(key, default=None):
    """Get an environment variable, return None if it doesn't exist."""
    return environ.get(key, default)


def putenv(key, value):
    environ[key] = value


def unsetenv(key):
    environ.pop(key, None)


def _refuse(what):
    def function(*args, **kwargs):
        raise PermissionError(1, f'os.{what} is not available: a script of the simulated machine starts no processes')
    function.__name__ = function.__qualname__ = what
    return function


def _no_descriptors(what):
    def function(*args, **kwargs):
        raise OSError(38, f'os.{what} is not available: use open(), whose files the simulated machine keeps')
    function.__name__ = function.__qualname__ = what
    return function


system, fork, popen, execv, execvp, spawnv = (_refuse(n) for n in ('system', 'fork', 'popen', 'execv', 'execvp', 'spawnv'))
open, close, read, write, pipe = (getattr(_os, n, None) or _no_descriptors(n) for n in ('open', 'close', 'read', 'write', 'pipe'))
__all__ = [n for n in globals() if not n.startswith('_') and n not in ('abc', 'sys')] + ['_exit']
