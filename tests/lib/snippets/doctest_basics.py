import doctest


def half(n):
    """
    >>> half(4)
    2
    >>> half(3)
    1.5
    >>> half('x')
    Traceback (most recent call last):
        ...
    TypeError: unsupported operand type(s) for /: 'str' and 'int'
    >>> print('a  b')  # doctest: +NORMALIZE_WHITESPACE
    a b
    >>> list(range(20))  # doctest: +ELLIPSIS
    [0, 1, ..., 19]
    >>> half(0)
    0.0
    """
    return n / 2


parser = doctest.DocTestParser()
for example in parser.get_examples(half.__doc__):
    print(repr(example.source), repr(example.want), example.exc_msg, example.options, example.lineno)
test = parser.get_doctest(half.__doc__, {'half': half}, 'half', None, 0)
print(test.name, len(test.examples))
runner = doctest.DocTestRunner(verbose=True)
print(runner.run(test))
print(runner.summarize())
quiet = doctest.DocTestRunner(verbose=False)
print(tuple(quiet.run(parser.get_doctest(half.__doc__, {'half': half}, 'half', 'f.py', 3))))
quiet.summarize()
print(doctest.OutputChecker().check_output('a...c\n', 'abbc\n', doctest.ELLIPSIS))
print(doctest.script_from_examples('Prose\n\n>>> 1 + 1\n2\n'))
