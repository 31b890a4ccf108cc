"""Statistics of profiles; on the simulated machine all times are zero."""
import sys
from enum import StrEnum

__all__ = ['Stats', 'SortKey']


class SortKey(StrEnum):
    CALLS = 'calls'
    CUMULATIVE = 'cumulative'
    FILENAME = 'filename'
    LINE = 'line'
    NAME = 'name'
    NFL = 'nfl'
    PCALLS = 'pcalls'
    STDNAME = 'stdname'
    TIME = 'time'


class Stats:
    def __init__(self, *args, stream=None):
        self.stream = stream or sys.stdout
        self.total_tt = self.total_calls = self.prim_calls = 0

    def _same(self, *args, **kwargs):
        return self

    sort_stats = strip_dirs = reverse_order = add = print_callers = print_callees = _same

    def dump_stats(self, filename):
        with open(filename, 'wb') as f:
            f.write(b'{0')

    def print_stats(self, *amount):
        from _profile import _summary
        print(_summary(), file=self.stream)
        return self
