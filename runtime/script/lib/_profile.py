"""Profiles of the simulated machine: the code runs, and no function takes any time."""
import sys


class Profile:
    """Runs code as a profiler does."""

    def __init__(self, *args, **kwargs):
        self._on = False

    def enable(self, subcalls=True, builtins=True):
        if self._on:
            raise ValueError('Another profiling tool is already active')
        self._on = True

    def disable(self):
        self._on = False

    def create_stats(self):
        self.disable()
        self.stats = {}

    def clear(self):
        pass

    def getstats(self):
        return []

    def print_stats(self, sort=-1):
        print(_summary())

    def dump_stats(self, file):
        with open(file, 'wb') as f:
            f.write(b'{0')

    def run(self, cmd):
        import __main__
        return self.runctx(cmd, __main__.__dict__, __main__.__dict__)

    def runctx(self, cmd, globals, locals):
        exec(cmd, globals, locals)
        return self

    def runcall(self, func, /, *args, **kw):
        return func(*args, **kw)

    def __enter__(self):
        self.enable()
        return self

    def __exit__(self, *exc):
        self.disable()


def _summary():
    return '         0 function calls in 0.000 seconds\n\n   Random listing order was used\n\n   ncalls  tottime  percall  cumtime  percall filename:lineno(function)\n\n'


def run(statement, filename=None, sort=-1):
    import __main__
    runctx(statement, __main__.__dict__, __main__.__dict__, filename, sort)


def runctx(statement, globals, locals, filename=None, sort=-1):
    made = Profile().runctx(statement, globals, locals)
    made.print_stats(sort) if filename is None else made.dump_stats(filename)
