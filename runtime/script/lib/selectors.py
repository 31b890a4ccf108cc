"""Selectors by name: the event loop waits with the simulated machine's own."""
from collections import namedtuple

EVENT_READ, EVENT_WRITE = 1, 2
SelectorKey = namedtuple('SelectorKey', ['fileobj', 'fd', 'events', 'data'])


class BaseSelector:
    """What asyncio.SelectorEventLoop takes; it holds nothing here."""

    def __init__(self):
        self._keys = {}

    def register(self, fileobj, events, data=None):
        if not events or events & ~3:
            raise ValueError('Invalid events: {!r}'.format(events))
        fd = fileobj if isinstance(fileobj, int) else fileobj.fileno()
        if fd in self._keys:
            raise KeyError('{!r} (FD {}) is already registered'.format(fileobj, fd))
        key = self._keys[fd] = SelectorKey(fileobj, fd, events, data)
        return key

    def unregister(self, fileobj):
        fd = fileobj if isinstance(fileobj, int) else fileobj.fileno()
        try:
            return self._keys.pop(fd)
        except KeyError:
            raise KeyError('{!r} is not registered'.format(fileobj)) from None

    def select(self, timeout=None):
        if timeout is not None and timeout > 0:
            from time import sleep
            sleep(timeout)
        return []

    def get_map(self):
        return self._keys

    def close(self):
        self._keys.clear()

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()


class SelectSelector(BaseSelector):
    """Select-based selector."""


class PollSelector(BaseSelector):
    """Poll-based selector."""


class EpollSelector(BaseSelector):
    """Epoll-based selector."""


DefaultSelector = EpollSelector
