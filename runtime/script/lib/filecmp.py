"""Comparing files and directories."""
import os
import stat

__all__ = ['clear_cache', 'cmp', 'dircmp', 'cmpfiles', 'DEFAULT_IGNORES']
DEFAULT_IGNORES = ['RCS', 'CVS', 'tags', '.git', '.hg', '.bzr', '_darcs', '__pycache__']


def clear_cache():
    pass


def _signature(st):
    return stat.S_IFMT(st.st_mode), st.st_size, st.st_mtime


def cmp(f1, f2, shallow=True):
    """Whether two files are (or with shallow seem) the same."""
    one, two = _signature(os.stat(f1)), _signature(os.stat(f2))
    if one[0] != stat.S_IFREG or two[0] != stat.S_IFREG:
        return False
    if shallow and one == two:
        return True
    if one[1] != two[1]:
        return False
    with open(f1, 'rb') as a, open(f2, 'rb') as b:
        return a.read() == b.read()


def cmpfiles(a, b, common, shallow=True):
    """Three lists: equal, different, not comparable."""
    result = [], [], []
    for name in common:
        try:
            where = 0 if cmp(os.path.join(a, name), os.path.join(b, name), shallow) else 1
        except (OSError, ValueError):
            where = 2
        result[where].append(name)
    return result


class dircmp:
    """Two directories compared; each list is made when it is asked for."""

    def __init__(self, a, b, ignore=None, hide=None, *, shallow=True):
        self.left, self.right, self.shallow = a, b, shallow
        self.hide = [os.curdir, os.pardir] if hide is None else hide
        self.ignore = DEFAULT_IGNORES if ignore is None else ignore

    def _list(self, where):
        skip = {*self.hide, *self.ignore}
        return sorted(name for name in os.listdir(where) if name not in skip)

    def __getattr__(self, name):
        maker = _DIRCMP.get(name)
        if maker is None:
            raise AttributeError(name)
        maker(self)
        return self.__dict__[name]

    def _lists(self):
        self.left_list, self.right_list = self._list(self.left), self._list(self.right)

    def _common(self):
        both = set(self.left_list) & set(self.right_list)
        self.common = [n for n in self.left_list if n in both]
        self.left_only = [n for n in self.left_list if n not in both]
        self.right_only = [n for n in self.right_list if n not in both]

    def _kinds(self):
        self.common_dirs, self.common_files, self.common_funny = [], [], []
        for name in self.common:
            try:
                kinds = [stat.S_IFMT(os.stat(os.path.join(d, name)).st_mode) for d in (self.left, self.right)]
            except OSError:
                kinds = [0, 1]
            target = self.common_funny
            if kinds[0] == kinds[1]:
                target = {stat.S_IFDIR: self.common_dirs, stat.S_IFREG: self.common_files}.get(kinds[0], self.common_funny)
            target.append(name)

    def _files(self):
        self.same_files, self.diff_files, self.funny_files = cmpfiles(self.left, self.right, self.common_files, self.shallow)

    def _subdirs(self):
        self.subdirs = {n: type(self)(os.path.join(self.left, n), os.path.join(self.right, n), self.ignore, self.hide, shallow=self.shallow)
                        for n in self.common_dirs}

    def report(self):
        print('diff', self.left, self.right)
        if self.left_only:
            print('Only in', self.left, ':', sorted(self.left_only))
        if self.right_only:
            print('Only in', self.right, ':', sorted(self.right_only))
        for label, names in (('Identical files :', self.same_files), ('Differing files :', self.diff_files), ('Trouble with common files :', self.funny_files),
                             ('Common subdirectories :', self.common_dirs), ('Common funny cases :', self.common_funny)):
            if names:
                print(label, sorted(names))

    def report_partial_closure(self):
        self.report()
        for sub in self.subdirs.values():
            print()
            sub.report()

    def report_full_closure(self):
        self.report()
        for sub in self.subdirs.values():
            print()
            sub.report_full_closure()


_DIRCMP = {'left_list': dircmp._lists, 'right_list': dircmp._lists, 'common': dircmp._common, 'left_only': dircmp._common, 'right_only': dircmp._common,
           'common_dirs': dircmp._kinds, 'common_files': dircmp._kinds, 'common_funny': dircmp._kinds, 'same_files': dircmp._files,
           'diff_files': dircmp._files, 'funny_files': dircmp._files, 'subdirs': dircmp._subdirs}
