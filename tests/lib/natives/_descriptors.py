"""`_descriptors` on CPython's posix."""
import posix
from posix import close, write, lseek, pipe, dup, dup2, ftruncate as truncate


def open(path, flags):
    return posix.open(path, flags)


def read(fd, length, blocking):
    return posix.read(fd, length)


def kind(fd):
    mode = posix.fstat(fd).st_mode & 0o170000
    return 'p' if mode in (0o010000, 0o140000) else 'c' if mode == 0o020000 else 'f'
