"""Runs an asyncio script under CPython with a virtual clock: sleeping costs no time, only work does.

Usage: python3 virtual_clock.py SCRIPT [ARGUMENT...]
"""

import asyncio
import runpy
import selectors
import sys


class Selector(selectors.SelectSelector):
    """A selector that never waits: it moves the clock on by what it was asked to wait."""

    now = 0.0

    def select(self, timeout=None):
        if timeout is not None and timeout > 0:
            self.now += timeout
            return []
        return super().select(0)


class Loop(asyncio.SelectorEventLoop):
    def __init__(self):
        super().__init__(Selector())

    def time(self):
        return self._selector.now


class Policy(asyncio.DefaultEventLoopPolicy):
    _loop_factory = Loop


asyncio.set_event_loop_policy(Policy())
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
