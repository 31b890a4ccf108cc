"""`_os` on CPython's posix."""
from posix import (listdir, mkdir, rmdir, remove, rename, replace, truncate, chmod, access, getcwd, chdir, symlink, link, readlink, getpid, getppid, urandom, _exit,
                   strerror, isatty, kill, open, close, read, write, pipe, getuid, umask)
import posix

environ = {k.decode(): v.decode() for k, v in posix.environ.items()}


def stat(path):
    return tuple(posix.stat(path))[:7] + (posix.stat(path).st_atime, posix.stat(path).st_mtime, posix.stat(path).st_ctime)


def lstat(path):
    return tuple(posix.lstat(path))[:7] + (posix.lstat(path).st_atime, posix.lstat(path).st_mtime, posix.lstat(path).st_ctime)


def utime(path, atime, mtime):
    posix.utime(path, (atime, mtime))


def cpu_count():
    return 4


def get_terminal_size():
    return 80, 24


def getlogin():
    return 'user'
