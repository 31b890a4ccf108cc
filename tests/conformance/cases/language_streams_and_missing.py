"""The standard streams are io's, and an AttributeError knows what it is about."""
import io
import sys

for stream in (sys.stdin, sys.stdout, sys.stderr):
    print(isinstance(stream, io.TextIOWrapper), isinstance(stream, io.TextIOBase), isinstance(stream, io.IOBase))
print(type(sys.stdout).__name__, sys.stdout.writable(), sys.stdin.readable())


class Strict:
    colour = 'red'

    def __getattr__(self, name):
        raise AttributeError(f'{name} is not here')

    @property
    def broken(self):
        raise AttributeError('inside')


thing = Strict()
for name in ('size', 'colur'):
    try:
        getattr(thing, name)
    except AttributeError as error:
        print(error, error.name, error.obj is thing)
try:
    thing.broken
except AttributeError as error:
    print(error, error.name)
thing.colur
