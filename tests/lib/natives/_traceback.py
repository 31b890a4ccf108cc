"""`_traceback` on CPython's traceback module."""
import _real_traceback as _t
import _real_linecache


def format_exception(exc, limit, chain):
    return list(_t.TracebackException(type(exc), exc, exc.__traceback__, limit=limit, compact=True).format(chain=chain))


def format_exception_only(exc, show_group=False):
    return list(_t.TracebackException(type(exc), exc, None, compact=True).format_exception_only(show_group=show_group))


def format_tb_entries(tb, limit):
    return _t.format_tb(tb, limit)


def source_line(filename, lineno):
    return _real_linecache.getline(filename, lineno)
