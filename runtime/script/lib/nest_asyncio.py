"""A stand-in for nest_asyncio: the event loop itself knows how to nest, once it is told to."""
import asyncio


def apply(loop=None):
    """Let run_until_complete() and asyncio.run() be called while the loop runs."""
    asyncio._allow_nesting()
