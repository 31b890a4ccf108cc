"""File system operations, each after one sleep of a millisecond."""
import asyncio
import os as _os
from aiofiles import OP


def _operation(function):
    async def op(*args, **kwargs):
        await asyncio.sleep(OP)
        return function(*args, **kwargs)
    return op


remove, unlink, rename, mkdir, makedirs, rmdir, listdir, stat = map(
    _operation, (_os.remove, _os.unlink, _os.rename, _os.mkdir, _os.makedirs, _os.rmdir, _os.listdir, _os.stat))


class path:
    exists, isfile, isdir, getsize = map(staticmethod, map(_operation, (_os.path.exists, _os.path.isfile, _os.path.isdir, _os.path.getsize)))
