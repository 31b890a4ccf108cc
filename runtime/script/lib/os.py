"""The harmless part of the operating system, on the simulated machine."""
import abc
import sys
import _descriptors
import _os
import posixpath as path
from _os import _exit, getcwd, getpid, getppid, kill, strerror, urandom
from posixpath import curdir, pardir, sep, pathsep, defpath, extsep, altsep, devnull, _fspath as fspath

sys.modules['os.path'] = path
name = 'posix'
linesep = '\n'
F_OK, R_OK, W_OK, X_OK = 0, 4, 2, 1
O_RDONLY, O_WRONLY, O_RDWR, O_CREAT, O_EXCL, O_NOCTTY, O_TRUNC, O_APPEND, O_NONBLOCK = 0, 1, 2, 0o100, 0o200, 0o400, 0o1000, 0o2000, 0o4000
O_ACCMODE, O_NDELAY, O_DSYNC, O_DIRECTORY, O_NOFOLLOW, O_CLOEXEC, O_SYNC = 3, 0o4000, 0o10000, 0o200000, 0o400000, 0o2000000, 0o4010000
SEEK_SET, SEEK_CUR, SEEK_END = 0, 1, 2
EX_OK, EX_USAGE, EX_DATAERR, EX_NOINPUT, EX_NOUSER, EX_NOHOST, EX_UNAVAILABLE, EX_SOFTWARE = 0, 64, 65, 66, 67, 68, 69, 70
EX_OSERR, EX_OSFILE, EX_CANTCREAT, EX_IOERR, EX_TEMPFAIL, EX_PROTOCOL, EX_NOPERM, EX_CONFIG = 71, 72, 73, 74, 75, 76, 77, 78
WNOHANG, WUNTRACED, F_ULOCK, F_LOCK, F_TLOCK, F_TEST, PRIO_PROCESS, PRIO_PGRP, PRIO_USER = 1, 2, 0, 1, 2, 3, 0, 1, 2
P_WAIT, P_NOWAIT, RTLD_LAZY, RTLD_NOW, RTLD_GLOBAL, RTLD_LOCAL = 0, 1, 1, 2, 256, 0
NGROUPS_MAX, TMP_MAX, SCHED_OTHER, SCHED_FIFO, SCHED_RR = 65536, 238328, 0, 1, 2
error = OSError
supports_follow_symlinks = supports_fd = supports_dir_fd = frozenset()
_FIELDS = ('st_mode', 'st_ino', 'st_dev', 'st_nlink', 'st_uid', 'st_gid', 'st_size', 'st_atime', 'st_mtime', 'st_ctime')


def _nanoseconds(seconds):
    whole = int(seconds)
    return whole * 10 ** 9 + round((seconds - whole) * 1e6) * 1000


class stat_result(tuple):
    """What stat() gives: a 10-tuple with names; the times are also there as floats and nanoseconds."""
    n_fields, n_sequence_fields, n_unnamed_fields = 19, 10, 3
    __tp_name__ = 'os.stat_result'

    def __new__(cls, values):
        self = tuple.__new__(cls, [*values[:7], *map(int, values[7:10])])
        self._times = tuple(values[7:10])
        return self

    st_mode, st_ino, st_dev, st_nlink, st_uid, st_gid, st_size = (property(lambda self, i=i: self[i]) for i in range(7))
    st_atime, st_mtime, st_ctime = (property(lambda self, i=i: float(self._times[i])) for i in range(3))
    st_atime_ns, st_mtime_ns, st_ctime_ns = (property(lambda self, i=i: _nanoseconds(self._times[i])) for i in range(3))

    st_blksize, st_rdev = property(lambda self: 4096), property(lambda self: 0)
    st_blocks = property(lambda self: (self[6] + 4095) // 4096 * 8)

    def __repr__(self):
        return f'os.stat_result({", ".join(f"{n}={v}" for n, v in zip(_FIELDS, self))})'


def _target(path, what):
    """A path, or a descriptor where the system call takes one."""
    if isinstance(path, int):
        return path
    if isinstance(path, (str, bytes)) or hasattr(type(path), '__fspath__'):
        return fspath(path)
    raise TypeError(f'{what}: path should be string, bytes, os.PathLike or integer, not {type(path).__name__}')


def stat(path, *, dir_fd=None, follow_symlinks=True):
    """Perform a stat system call on the given path."""
    return stat_result((_os.stat if follow_symlinks else _os.lstat)(_target(path, 'stat')))


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
    if isinstance(path, int):
        _descriptors.truncate(path, length)
    else:
        _os.truncate(fspath(path), length)


def utime(path, times=None, *, ns=None, dir_fd=None, follow_symlinks=True):
    if times is not None and ns is not None:
        raise ValueError("utime: you may specify either 'times' or 'ns' but not both")
    if times is None and ns is None:
        import time
        now = time.time()
        times = (now, now)
    elif ns is not None:
        times = ns[0] / 1e9, ns[1] / 1e9
    _os.utime(_target(path, 'utime'), *times)


def chmod(path, mode, *, dir_fd=None, follow_symlinks=True):
    _os.chmod(_target(path, 'chmod'), mode)


def fchmod(fd, mode):
    """Change the access permissions of the file given by file descriptor fd."""
    _os.chmod(fd, mode)


def chown(path, uid, gid, *, dir_fd=None, follow_symlinks=True):
    """The simulated disk has one owner: only giving a file to that one, or to root, works."""
    stat(path)
    if not {uid, gid} <= {-1, 0, getuid()}:
        raise PermissionError(1, strerror(1), path)


def fchown(fd, uid, gid):
    chown(fd, uid, gid)


def lchown(path, uid, gid):
    chown(path, uid, gid)


def link(src, dst, *, src_dir_fd=None, dst_dir_fd=None, follow_symlinks=True):
    """Create a hard link to a file."""
    _os.link(fspath(src), fspath(dst))


def access(path, mode, *, dir_fd=None, effective_ids=False, follow_symlinks=True):
    return _os.access(fspath(path), mode)


def symlink(src, dst, target_is_directory=False, *, dir_fd=None):
    _os.symlink(fspath(src), fspath(dst))


def readlink(path, *, dir_fd=None):
    target = _os.readlink(fspath(path))
    return target.encode() if isinstance(path, bytes) else target


def getcwdb():
    return getcwd().encode()


def chdir(path):
    """Change the current working directory to the specified path."""
    if isinstance(path, int):
        return fchdir(path)
    _os.chdir(fspath(path))


_folders = {}


def fchdir(fd):
    """Change to the directory of the given file descriptor."""
    if fd not in _folders:
        _descriptors.kind(fd)
        raise NotADirectoryError(20, strerror(20))
    _os.chdir(_folders[fd])


def chroot(path):
    raise PermissionError(1, strerror(1), path)


def open(path, flags, mode=0o777, *, dir_fd=None):
    """Open a file for low level IO.  Returns a file descriptor (integer)."""
    if isinstance(path, bool) or not isinstance(path, (str, bytes)) and not hasattr(type(path), '__fspath__'):
        raise TypeError(f'open: path should be string, bytes or os.PathLike, not {type(path).__name__}')
    text = fsdecode(path)
    new = flags & O_CREAT and not _os.access(text, F_OK)
    fd = _descriptors.open(text, flags)
    if new:
        _os.chmod(text, mode & ~_umask)
    if _os.stat(text)[0] & 0o40000:
        _folders[fd] = _abspath(text)
    return fd


_abspath = path.abspath
_umask = 0o022


def umask(mask, /):
    """Set the current numeric umask and return the previous umask."""
    global _umask
    before, _umask = _umask, mask & 0o777
    return before


_unblocked = set()


def close(fd):
    """Close a file descriptor."""
    _descriptors.close(fd)
    _folders.pop(fd, None)
    _unblocked.discard(fd)


def closerange(fd_low, fd_high, /):
    for fd in range(fd_low, min(fd_high, 4096)):
        try:
            close(fd)
        except OSError:
            pass


def read(fd, length, /):
    """Read from a file descriptor.  Returns a bytes object."""
    return _descriptors.read(fd, length, fd not in _unblocked)


def write(fd, data, /):
    """Write a bytes object to a file descriptor."""
    return _descriptors.write(fd, data)


def pread(fd, length, offset, /):
    before = lseek(fd, 0, SEEK_CUR)
    lseek(fd, offset, SEEK_SET)
    try:
        return read(fd, length)
    finally:
        lseek(fd, before, SEEK_SET)


def pwrite(fd, data, offset, /):
    before = lseek(fd, 0, SEEK_CUR)
    lseek(fd, offset, SEEK_SET)
    try:
        return write(fd, data)
    finally:
        lseek(fd, before, SEEK_SET)


def readv(fd, buffers, /):
    total = 0
    for buffer in buffers:
        data = read(fd, len(buffer))
        buffer[:len(data)] = data
        total += len(data)
    return total


def writev(fd, buffers, /):
    return sum(write(fd, buffer) for buffer in buffers)


def sendfile(out_fd, in_fd, offset, count):
    return write(out_fd, read(in_fd, count) if offset is None else pread(in_fd, count, offset))


def copy_file_range(src, dst, count, offset_src=None, offset_dst=None):
    data = read(src, count) if offset_src is None else pread(src, count, offset_src)
    return write(dst, data) if offset_dst is None else pwrite(dst, data, offset_dst)


def lseek(fd, position, whence, /):
    """Set the position of a file descriptor.  Return the new position."""
    return _descriptors.lseek(fd, position, whence)


def ftruncate(fd, length, /):
    _descriptors.truncate(fd, length)


def pipe():
    """Create a pipe: a tuple of two file descriptors, (read, write)."""
    return _descriptors.pipe()


def pipe2(flags, /):
    ends = pipe()
    if flags & O_NONBLOCK:
        _unblocked.update(ends)
    return ends


def dup(fd, /):
    """Return a duplicate of a file descriptor."""
    return _descriptors.dup(fd)


def dup2(fd, fd2, inheritable=True):
    """Duplicate file descriptor."""
    return _descriptors.dup2(fd, fd2)


def fstat(fd):
    """Perform a stat system call on the given file descriptor."""
    kind = _descriptors.kind(fd)
    if kind == 'f':
        return stat_result(_os.stat(fd))
    mode = 0o10600 if kind == 'p' else 0o20620
    return stat_result((mode, fd + 1, 1, 1, getuid(), getuid(), 0, 0.0, 0.0, 0.0))


def get_blocking(fd, /):
    """Get the blocking mode of the file descriptor."""
    _descriptors.kind(fd)
    return fd not in _unblocked


def set_blocking(fd, blocking, /):
    """Set the blocking mode of the specified file descriptor."""
    _descriptors.kind(fd)
    (_unblocked.discard if blocking else _unblocked.add)(fd)


_inherited = set()


def get_inheritable(fd, /):
    _descriptors.kind(fd)
    return fd in _inherited or fd < 3


def set_inheritable(fd, inheritable, /):
    _descriptors.kind(fd)
    (_inherited.add if inheritable else _inherited.discard)(fd)


def fdopen(fd, mode='r', buffering=-1, encoding=None, *args, **kwargs):
    import _io
    if not isinstance(fd, int):
        raise TypeError('invalid fd type (%s, expected integer)' % type(fd))
    return _io.open(fd, mode, buffering, encoding, *args, **kwargs)


def fsync(fd):
    """Force write of fd to disk."""
    _descriptors.kind(fd if isinstance(fd, int) else fd.fileno())


fdatasync = fsync


def sync():
    """Force write of everything to disk."""


def posix_fallocate(fd, offset, length, /):
    if fstat(fd).st_size < offset + length:
        ftruncate(fd, offset + length)


def posix_fadvise(fd, offset, length, advice, /):
    _descriptors.kind(fd)


def lockf(fd, command, length, /):
    _descriptors.kind(fd)


def isatty(fd, /):
    """Return True if the fd is connected to a terminal."""
    return False


def ttyname(fd, /):
    _descriptors.kind(fd)
    raise OSError(25, strerror(25))


tcgetpgrp = ttyname


def ctermid():
    """Return the name of the controlling terminal for this process."""
    return '/dev/tty'


def device_encoding(fd):
    _descriptors.kind(fd)


def makedev(major, minor, /):
    return (minor & 0xff) | ((major & 0xfff) << 8) | ((minor & ~0xff) << 12) | ((major & ~0xfff) << 32)


def major(device, /):
    return ((device >> 8) & 0xfff) | ((device >> 32) & ~0xfff)


def minor(device, /):
    return (device & 0xff) | ((device >> 12) & ~0xff)


class statvfs_result(tuple):
    """What statvfs() gives."""
    __tp_name__ = 'os.statvfs_result'
    _FIELDS = ('f_bsize', 'f_frsize', 'f_blocks', 'f_bfree', 'f_bavail', 'f_files', 'f_ffree', 'f_favail', 'f_flag', 'f_namemax')
    f_bsize, f_frsize, f_blocks, f_bfree, f_bavail, f_files, f_ffree, f_favail, f_flag, f_namemax = (
        property(lambda self, i=i: self[i]) for i in range(10))
    f_fsid = property(lambda self: 0)

    def __repr__(self):
        return f'os.statvfs_result({", ".join(f"{n}={v}" for n, v in zip(self._FIELDS, self))})'


def statvfs(path):
    """Perform a statvfs system call on the given path."""
    stat(path)
    return statvfs_result((4096, 4096, 262144, 245760, 245760, 65536, 65000, 65000, 4096, 255))


def fstatvfs(fd, /):
    fstat(fd)
    return statvfs('/')


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


def getgroups():
    return [getuid()]


def getresuid():
    return (getuid(),) * 3


getresgid = getresuid


def getpgrp():
    return getpid()


def getpgid(pid):
    return getpid()


getsid = getpgid


def getpriority(which, who):
    return 0


def nice(increment, /):
    return max(0, min(19, increment))


def sched_yield():
    """Voluntarily relinquish the CPU."""


def sched_getaffinity(pid, /):
    return set(range(cpu_count()))


def get_exec_path(env=None):
    """The directories that will be searched for a named executable."""
    return (environ if env is None else env).get('PATH', defpath).split(pathsep)


def getrandom(size, flags=0):
    return urandom(size)


def getlogin():
    return _os.getlogin()


class times_result(tuple):
    __tp_name__ = 'posix.times_result'
    user, system, children_user, children_system, elapsed = (property(lambda self, i=i: self[i]) for i in range(5))

    def __repr__(self):
        return 'posix.times_result(user={}, system={}, children_user={}, children_system={}, elapsed={})'.format(*self)


def times():
    """Return a collection containing process timing information."""
    return times_result((0.0, 0.0, 0.0, 0.0, 0.0))


def getloadavg():
    return (0.0, 0.0, 0.0)


class uname_result(tuple):
    """Result from os.uname()."""
    __tp_name__ = 'posix.uname_result'
    n_fields = n_sequence_fields = 5
    sysname, nodename, release, version, machine = (property(lambda self, i=i: self[i]) for i in range(5))

    def __repr__(self):
        return "posix.uname_result(sysname={!r}, nodename={!r}, release={!r}, version={!r}, machine={!r})".format(*self)


def uname():
    """Return an object identifying the current operating system."""
    import platform
    return uname_result(platform.uname()[:5])


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
        raise PermissionError(1, f'os.{what} is not available: the simulated machine has one process and one user')
    function.__name__ = function.__qualname__ = what
    return function


for _name in ('system fork forkpty popen execl execle execlp execlpe execv execve execvp execvpe spawnl spawnle spawnlp spawnlpe spawnv spawnve spawnvp '
              'spawnvpe posix_spawn posix_spawnp wait wait3 wait4 waitpid waitid setuid setgid seteuid setegid setsid setpgid setpgrp setgroups killpg '
              'mkfifo mknod abort').split():
    globals()[_name] = _refuse(_name)
__all__ = [n for n in globals() if not n.startswith('_') and n not in ('abc', 'sys')] + ['_exit']
