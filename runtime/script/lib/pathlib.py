"""Object-oriented paths."""
import os
import posixpath

__all__ = ['UnsupportedOperation', 'PurePath', 'PurePosixPath', 'PureWindowsPath', 'Path', 'PosixPath', 'WindowsPath']


class UnsupportedOperation(NotImplementedError):
    """An exception that is raised when an unsupported operation is attempted."""


class _Parents:
    """Sequence-like access to the logical ancestors of a path."""

    def __init__(self, path):
        self._path, self._drv, self._root, self._tail = path, '', path.root, path._tail

    def __len__(self):
        return len(self._tail)

    def __getitem__(self, i):
        if isinstance(i, slice):
            return tuple(self[j] for j in range(*i.indices(len(self))))
        if i >= len(self) or i < -len(self):
            raise IndexError(i)
        if i < 0:
            i += len(self)
        return self._path._make(self._root, self._tail[:-i - 1])

    def __repr__(self):
        return f'<{type(self._path).__name__}.parents>'


class PurePath(os.PathLike):
    """Base class for manipulating paths without I/O."""

    def __new__(cls, *args, **kwargs):
        if cls is PurePath:
            cls = PurePosixPath
        return object.__new__(cls)

    def __init__(self, *args):
        texts = []
        for arg in args:
            if isinstance(arg, PurePath):
                texts.append(str(arg))
                continue
            path = os.fspath(arg) if hasattr(arg, '__fspath__') else arg
            if not isinstance(path, str):
                raise TypeError('argument should be a str or an os.PathLike object where __fspath__ returns a str, '
                                f'not {type(path).__name__!r}')
            texts.append(path)
        path = posixpath.join(*texts) if texts else ''
        _, self.root, rest = posixpath.splitroot(path)
        self._tail = [x for x in rest.split('/') if x and x != '.']

    def _make(self, root, tail):
        new = object.__new__(type(self))
        new.root, new._tail = root, list(tail)
        for name, value in self.__dict__.items():
            if name not in ('root', '_tail'):
                new.__dict__[name] = value
        return new

    def with_segments(self, *pathsegments):
        return type(self)(*pathsegments)

    drive = ''

    @property
    def anchor(self):
        return self.root

    @property
    def parts(self):
        return (self.root, *self._tail) if self.root else tuple(self._tail)

    def __str__(self):
        return self.root + '/'.join(self._tail) or '.'

    def __fspath__(self):
        return str(self)

    def as_posix(self):
        return str(self)

    def __bytes__(self):
        return os.fsencode(self)

    def __repr__(self):
        return '{}({!r})'.format(self.__class__.__name__, self.as_posix())

    def as_uri(self):
        if not self.is_absolute():
            raise ValueError("relative path can't be expressed as a file URI")
        from urllib.parse import quote_from_bytes
        return 'file://' + quote_from_bytes(bytes(self))

    def __eq__(self, other):
        if not isinstance(other, PurePath):
            return NotImplemented
        return str(self) == str(other)

    def __hash__(self):
        return hash(str(self))

    def __lt__(self, other):
        return str(self).split('/') < str(other).split('/') if isinstance(other, PurePath) else NotImplemented

    def __le__(self, other):
        return str(self).split('/') <= str(other).split('/') if isinstance(other, PurePath) else NotImplemented

    def __gt__(self, other):
        return str(self).split('/') > str(other).split('/') if isinstance(other, PurePath) else NotImplemented

    def __ge__(self, other):
        return str(self).split('/') >= str(other).split('/') if isinstance(other, PurePath) else NotImplemented

    @property
    def name(self):
        return self._tail[-1] if self._tail else ''

    @property
    def suffix(self):
        name = self.name.lstrip('.')
        i = name.rfind('.')
        return name[i:] if 0 < i < len(name) - 1 else ''

    @property
    def suffixes(self):
        name = self.name
        if name.endswith('.'):
            return []
        return ['.' + s for s in name.lstrip('.').split('.')[1:]]

    @property
    def stem(self):
        name = self.name
        i = name.rfind('.')
        return name[:i] if 0 < i < len(name) - 1 and name[:i].lstrip('.') else name

    @property
    def parent(self):
        return self._make(self.root, self._tail[:-1]) if self._tail else self

    @property
    def parents(self):
        return _Parents(self)

    def with_name(self, name):
        """Return a new path with the file name changed."""
        if not name or '/' in name or name == '.':
            raise ValueError(f'Invalid name {name!r}')
        if not self.name:
            raise ValueError(f'{self!r} has an empty name')
        return self._make(self.root, self._tail[:-1] + [name])

    def with_stem(self, stem):
        suffix = self.suffix
        if not suffix:
            return self.with_name(stem)
        if not stem:
            raise ValueError(f'{self!r} has a non-empty suffix')
        return self.with_name(stem + suffix)

    def with_suffix(self, suffix):
        stem = self.stem
        if not stem:
            raise ValueError(f'{self!r} has an empty name')
        if suffix and not (suffix.startswith('.') and len(suffix) > 1 and '/' not in suffix):
            raise ValueError(f'Invalid suffix {suffix!r}')
        return self.with_name(stem + suffix)

    def relative_to(self, other, *, walk_up=False):
        """Return the relative path to another path identified by the passed arguments."""
        other = self.with_segments(other)
        for step, path in enumerate([other, *other.parents]):
            if path == self or path in self.parents:
                break
            if not walk_up:
                raise ValueError(f'{str(self)!r} is not in the subpath of {str(other)!r}')
            if path.name == '..':
                raise ValueError(f"'..' segment in {str(other)!r} cannot be walked")
        else:
            raise ValueError(f'{str(self)!r} and {str(other)!r} have different anchors')
        return self._make('', ['..'] * step + self._tail[len(path._tail):])

    def is_relative_to(self, other):
        other = self.with_segments(other)
        return other == self or other in self.parents

    def is_absolute(self):
        return bool(self.root)

    def is_reserved(self):
        return False

    def joinpath(self, *pathsegments):
        """Combine this path with one or several arguments."""
        return self.with_segments(self, *pathsegments)

    def __truediv__(self, key):
        try:
            return self.with_segments(self, key)
        except TypeError:
            return NotImplemented

    def __rtruediv__(self, key):
        try:
            return self.with_segments(key, self)
        except TypeError:
            return NotImplemented

    def match(self, path_pattern, *, case_sensitive=None):
        """Return True if this path matches the given pattern, from the right."""
        from fnmatch import fnmatchcase
        pattern = path_pattern if isinstance(path_pattern, PurePath) else self.with_segments(path_pattern)
        parts, wanted = self.parts, pattern.parts
        if not wanted:
            raise ValueError('empty pattern')
        if len(parts) < len(wanted) or len(parts) > len(wanted) and pattern.root:
            return False
        return all(fnmatchcase(p, w) for p, w in zip(reversed(parts), reversed(wanted)))

    def full_match(self, pattern, *, case_sensitive=None):
        pattern = pattern if isinstance(pattern, PurePath) else self.with_segments(pattern)
        return _match_parts(self.parts, pattern.parts)

    def __reduce__(self):
        return self.__class__, self.parts


def _match_parts(parts, wanted):
    from fnmatch import fnmatchcase
    if not wanted:
        return not parts
    if wanted[0] == '**':
        return any(_match_parts(parts[i:], wanted[1:]) for i in range(len(parts) + 1))
    return bool(parts) and fnmatchcase(parts[0], wanted[0]) and _match_parts(parts[1:], wanted[1:])


class PurePosixPath(PurePath):
    """PurePath subclass for non-Windows systems."""


class PureWindowsPath(PurePath):
    """Only its name: the simulated machine has no drives."""


class Path(PurePath):
    """PurePath subclass that can make system calls."""

    def __new__(cls, *args, **kwargs):
        if cls is Path:
            cls = PosixPath
        return object.__new__(cls)

    def stat(self, *, follow_symlinks=True):
        return os.stat(self, follow_symlinks=follow_symlinks)

    def lstat(self):
        return os.lstat(self)

    def exists(self, *, follow_symlinks=True):
        return os.path.exists(self) if follow_symlinks else os.path.lexists(self)

    def is_dir(self, *, follow_symlinks=True):
        return os.path.isdir(self)

    def is_file(self, *, follow_symlinks=True):
        return os.path.isfile(self)

    def is_symlink(self):
        return os.path.islink(self)

    def is_mount(self):
        return os.path.ismount(self)

    def samefile(self, other_path):
        return os.path.samefile(self, other_path)

    def open(self, mode='r', buffering=-1, encoding=None, errors=None, newline=None):
        """Open the file pointed to by this path and return a file object, as the built-in open() function does."""
        import _io
        return _io.open(self, mode, buffering, encoding, errors, newline)

    def read_bytes(self):
        with self.open(mode='rb') as f:
            return f.read()

    def read_text(self, encoding=None, errors=None, newline=None):
        with self.open(mode='r', encoding=encoding, errors=errors, newline=newline) as f:
            return f.read()

    def write_bytes(self, data):
        with self.open(mode='wb') as f:
            return f.write(data)

    def write_text(self, data, encoding=None, errors=None, newline=None):
        if not isinstance(data, str):
            raise TypeError('data must be str, not %s' % data.__class__.__name__)
        with self.open(mode='w', encoding=encoding, errors=errors, newline=newline) as f:
            return f.write(data)

    def iterdir(self):
        """Yield path objects of the directory contents."""
        names = os.listdir(self)
        for name in names:
            yield self._make(self.root, self._tail + [name])

    def glob(self, pattern, *, case_sensitive=None, recurse_symlinks=False):
        """Iterate over this subtree and yield all existing files matching the given relative pattern."""
        pattern = str(pattern)
        if not pattern:
            raise ValueError(f'Unacceptable pattern: {self.with_segments()!r}')
        if pattern.startswith('/'):
            raise NotImplementedError('Non-relative patterns are unsupported')
        return self._glob(pattern)

    def _glob(self, pattern):
        import glob
        seen = set()
        for p in glob.iglob(pattern, root_dir=str(self), recursive=True, include_hidden=True):
            path = self.with_segments(self, p)
            if path not in seen:
                seen.add(path)
                yield path

    def rglob(self, pattern, *, case_sensitive=None, recurse_symlinks=False):
        return self.glob('**/' + str(pattern))

    def walk(self, top_down=True, on_error=None, follow_symlinks=False):
        for folder, dirs, files in os.walk(self, top_down, on_error, follow_symlinks):
            yield self.with_segments(folder), dirs, files

    @classmethod
    def cwd(cls):
        return cls(os.getcwd())

    @classmethod
    def home(cls):
        return cls(os.path.expanduser('~'))

    def absolute(self):
        return self if self.is_absolute() else self.with_segments(os.getcwd(), self)

    def resolve(self, strict=False):
        return self.with_segments(os.path.realpath(self, strict=strict))

    def expanduser(self):
        if not self.root and self._tail and self._tail[0][:1] == '~':
            return self.with_segments(os.path.expanduser(self._tail[0]), *self._tail[1:])
        return self

    def touch(self, mode=0o666, exist_ok=True):
        if self.exists():
            if not exist_ok:
                raise FileExistsError(17, 'File exists', str(self))
            os.utime(self)
            return
        self.open('a').close()

    def mkdir(self, mode=0o777, parents=False, exist_ok=False):
        """Create a new directory at this given path."""
        try:
            os.mkdir(self, mode)
        except FileNotFoundError:
            if not parents or self.parent == self:
                raise
            self.parent.mkdir(parents=True, exist_ok=True)
            self.mkdir(mode, parents=False, exist_ok=exist_ok)
        except OSError:
            if not exist_ok or not self.is_dir():
                raise

    def chmod(self, mode, *, follow_symlinks=True):
        os.chmod(self, mode)

    def unlink(self, missing_ok=False):
        try:
            os.unlink(self)
        except FileNotFoundError:
            if not missing_ok:
                raise

    def rmdir(self):
        os.rmdir(self)

    def rename(self, target):
        os.rename(self, target)
        return self.with_segments(target)

    def replace(self, target):
        os.replace(self, target)
        return self.with_segments(target)

    def symlink_to(self, target, target_is_directory=False):
        os.symlink(target, self)

    def readlink(self):
        return self.with_segments(os.readlink(self))

    def owner(self, *, follow_symlinks=True):
        return os.getlogin()


class PosixPath(Path, PurePosixPath):
    """Path subclass for non-Windows systems."""


class WindowsPath(Path, PureWindowsPath):
    """Path subclass for Windows systems: cannot be made here."""

    def __new__(cls, *args, **kwargs):
        raise UnsupportedOperation(f'cannot instantiate {cls.__name__!r} on your system')


UnsupportedOperation.__module__ = 'pathlib._abc'
for _c in (PurePath, PurePosixPath, PureWindowsPath, Path, PosixPath, WindowsPath):
    _c.__module__ = 'pathlib._local'
