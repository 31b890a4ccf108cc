"""Puts the project's Python library in the place of CPython's: install() makes the next imports of those names load our files.

The native helpers our files ask for (`_re`, `_os`, `_hashes`, …) come from tests/lib/natives, built on CPython's own modules.
"""
import importlib.machinery
import importlib.util
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
LIB = os.path.normpath(os.path.join(HERE, '..', '..', 'runtime', 'script', 'lib'))
NATIVES = os.path.join(HERE, 'natives')


def ours():
    """Top-level names in the library."""
    names = set()
    for entry in os.listdir(LIB):
        if entry.endswith('.py'):
            names.add(entry[:-3])
        elif os.path.exists(os.path.join(LIB, entry, '__init__.py')):
            names.add(entry)
    return names


class Finder:
    def __init__(self, names):
        self.names = names

    def find_spec(self, fullname, path=None, target=None):
        top = fullname.split('.')[0]
        if top not in self.names:
            return None
        for base in (LIB, NATIVES):
            stem = os.path.join(base, *fullname.split('.'))
            for file, package in ((os.path.join(stem, '__init__.py'), True), (stem + '.py', False)):
                if os.path.exists(file):
                    return importlib.util.spec_from_file_location(fullname, file, submodule_search_locations=[stem] if package else None)
        return None


def install(keep=()):
    import types
    import _functools
    import asyncio                      # keeps the real modules it has imported
    import unittest.mock, traceback, linecache, tokenize, concurrent.futures.thread
    _functools._mark_iterable_coroutine = types.coroutine
    natives = {n[:-3] for n in os.listdir(NATIVES) if n.endswith('.py')}
    names = (ours() | natives) - set(keep) - {'asyncio', 'ast', 'codecs', 'importlib'}  # CPython itself needs its own of these
    sys.modules['_real_re'] = sys.modules['re']
    sys.modules['_real_traceback'] = traceback
    sys.modules['_real_linecache'] = linecache
    import hashlib
    import zlib
    sys.modules['_real_hashlib'] = hashlib
    sys.modules['_real_zlib'] = zlib
    sys.modules['_real_os'] = os
    import threading
    sys.modules['_real_threading'] = threading
    for name in list(sys.modules):
        if name.split('.')[0] in names and not name.startswith('_real_'):
            del sys.modules[name]
    sys.meta_path.insert(0, Finder(names))
