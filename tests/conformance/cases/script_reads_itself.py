# A script finds its own file, and the examples in its docstrings are run.
import doctest


def half(n):
    """Half of n.

    >>> half(4)
    2.0
    >>> half(3)
    2
    """
    return n / 2


with open(__file__) as f:
    print(f.readline(), end='')
print(doctest.testmod())
