"""Temporary files and directories; their names are the same in every run."""
import os
from random import Random as _Random

__all__ = ['NamedTemporaryFile', 'TemporaryFile', 'SpooledTemporaryFile', 'TemporaryDirectory', 'mkstemp', 'mkdtemp', 'mktemp', 'TMP_MAX', 'gettempprefix',
           'tempdir', 'gettempdir']
TMP_MAX = 10000
template = 'tmp'
tempdir = None
_rng = _Random(0)
_open_files = []


def gettempprefix():
    return template


def gettempdir():
    """The directory of temporary files; made when first asked for."""
    global tempdir
    if tempdir is None:
        tempdir = os.environ.get('TMPDIR', '/tmp')
        os.makedirs(tempdir, exist_ok=True)
    return tempdir


def _name(suffix, prefix, dir):
    dir = gettempdir() if dir is None else os.fspath(dir)
    while True:
        name = ''.join(_rng.choices('abcdefghijklmnopqrstuvwxyz0123456789_', k=8))
        path = os.path.join(dir, f'{template if prefix is None else prefix}{name}{suffix or ""}')
        if not os.path.lexists(path):
            return os.path.abspath(path)


def mktemp(suffix='', prefix=template, dir=None):
    return _name(suffix, prefix, dir)


def mkdtemp(suffix=None, prefix=None, dir=None):
    """User-callable function to create and return a unique temporary directory."""
    path = _name(suffix, prefix, dir)
    os.mkdir(path, 0o700)
    return path


def mkstemp(suffix=None, prefix=None, dir=None, text=False):
    """User-callable function to create and return a unique temporary file."""
    path = _name(suffix, prefix, dir)
    f = open(path, 'w+b')
    _open_files.append(f)               # the descriptor is open until the script is over
    return f.fileno(), path


class _TemporaryFileWrapper:
    """A file that disappears when it is closed."""

    def __init__(self, file, name, delete=True, delete_on_close=True):
        self.file, self.name, self.delete, self._delete_on_close = file, name, delete, delete_on_close

    def __getattr__(self, name):
        value = getattr(self.__dict__['file'], name)
        if not isinstance(value, int):
            self.__dict__[name] = value
        return value

    def __enter__(self):
        self.file.__enter__()
        return self

    def __exit__(self, *exc_info):
        self.file.close()
        self._remove()

    def _remove(self):
        if self.delete and os.path.exists(self.name):
            os.unlink(self.name)

    def close(self):
        self.file.close()
        if self._delete_on_close:
            self._remove()

    def __iter__(self):
        for line in self.file:
            yield line

    def __del__(self):
        try:
            self.file.close()
            self._remove()
        except Exception:
            pass


def NamedTemporaryFile(mode='w+b', buffering=-1, encoding=None, newline=None, suffix=None, prefix=None, dir=None, delete=True, *, errors=None,
                       delete_on_close=True):
    """Create and return a temporary file."""
    path = _name(suffix, prefix, dir)
    return _TemporaryFileWrapper(open(path, mode, buffering, encoding, errors, newline), path, delete, delete_on_close)


def TemporaryFile(mode='w+b', buffering=-1, encoding=None, newline=None, suffix=None, prefix=None, dir=None, *, errors=None):
    """A temporary file without a name: it lives in memory."""
    import io
    return io.BytesIO() if 'b' in mode else io.StringIO(newline=newline)


class SpooledTemporaryFile:
    """A temporary file that stays in memory."""

    def __init__(self, max_size=0, mode='w+b', **kwargs):
        self._file = TemporaryFile(mode)
        self.mode = mode

    def __getattr__(self, name):
        return getattr(self.__dict__['_file'], name)

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self._file.close()

    def rollover(self):
        pass


class TemporaryDirectory:
    """Create and return a temporary directory, which disappears at the end of the block."""

    def __init__(self, suffix=None, prefix=None, dir=None, ignore_cleanup_errors=False, *, delete=True):
        self.name = mkdtemp(suffix, prefix, dir)
        self._ignore, self._delete = ignore_cleanup_errors, delete

    def __repr__(self):
        return '<{} {!r}>'.format(self.__class__.__name__, self.name)

    def __enter__(self):
        return self.name

    def __exit__(self, exc, value, tb):
        if self._delete:
            self.cleanup()

    def cleanup(self):
        if os.path.exists(self.name):
            from shutil import rmtree
            rmtree(self.name, ignore_errors=self._ignore)
