"""A stand-in for aiofiles on the simulated files: every operation, and every step of `async for`, is one sleep of a millisecond and then the operation."""
import asyncio
import builtins

OP = 0.001


class _File:
    def __init__(self, file):
        self._f = file
        self.name, self.mode = file.name, file.mode

    def __aiter__(self):
        return self

    async def __anext__(self):
        await asyncio.sleep(OP)
        line = self._f.readline()
        if not line:
            raise StopAsyncIteration
        return line

    @property
    def closed(self):
        return self._f.closed

    def fileno(self):
        return self._f.fileno()

    async def __aenter__(self):
        return self

    async def __aexit__(self, *exc_info):
        await self.close()


def _operation(name):
    async def op(self, *args):
        await asyncio.sleep(OP)
        return getattr(self._f, name)(*args)
    op.__name__ = name
    return op


for _name in ('read', 'readline', 'readlines', 'write', 'writelines', 'seek', 'tell', 'flush', 'truncate', 'close'):
    setattr(_File, _name, _operation(_name))


class _Open:
    """What open() gives: awaitable, and an async context manager."""

    def __init__(self, args, kwargs):
        self._args, self._kwargs = args, kwargs

    async def _go(self):
        await asyncio.sleep(OP)
        return _File(builtins.open(*self._args, **self._kwargs))

    def __await__(self):
        return self._go().__await__()

    async def __aenter__(self):
        self._file = await self._go()
        return self._file

    async def __aexit__(self, *exc_info):
        await self._file.close()


def open(file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, **kwargs):
    return _Open((file, mode), {'encoding': encoding, 'errors': errors, 'newline': newline})
