"""Docstring examples as unittest cases."""
import sys
import unittest

import doctest


class DocTestCase(unittest.TestCase):
    def __init__(self, test, optionflags=0, setUp=None, tearDown=None, checker=None):
        super().__init__()
        self._test, self._flags, self._checker, self._set_up, self._tear_down = test, optionflags, checker, setUp, tearDown
        self._globs = test.globs.copy()

    def setUp(self):
        if self._set_up is not None:
            self._set_up(self._test)

    def tearDown(self):
        if self._tear_down is not None:
            self._tear_down(self._test)
        self._test.globs.clear()
        self._test.globs.update(self._globs)

    def runTest(self):
        parts = []
        runner = doctest.DocTestRunner(optionflags=self._flags, checker=self._checker, verbose=False)
        runner.DIVIDER = '-' * 70
        results = runner.run(self._test, out=parts.append, clear_globs=False)
        if results.skipped == results.attempted > 0:
            raise unittest.SkipTest('all examples were skipped')
        if results.failed:
            test = self._test
            line = 'unknown line number' if test.lineno is None else f'{test.lineno}'
            last = test.name.rpartition('.')[2]
            raise self.failureException(f'Failed doctest test for {test.name}\n  File "{test.filename}", line {line}, in {last}\n\n{"".join(parts).rstrip()}')

    def id(self):
        return self._test.name

    def __repr__(self):
        name = self._test.name.split('.')
        return f"{name[-1]} ({'.'.join(name[:-1])})"

    __str__ = __repr__

    def shortDescription(self):
        return 'Doctest: ' + self._test.name


def suite(module, globs, extraglobs, finder, options):
    if module is None or isinstance(module, str):
        module = sys.modules[module or '__main__']
    found = unittest.TestSuite()
    for test in finder.find(module, globs=globs, extraglobs=extraglobs):
        if test.examples:
            found.addTest(DocTestCase(test, **options))
    return found


def file_suite(paths, options):
    found = unittest.TestSuite()
    globs = options.pop('globs', None) or {}
    for path in paths:
        with open(path, encoding=options.pop('encoding', None) or 'utf-8') as f:
            found.addTest(DocTestCase(doctest.DocTestParser().get_doctest(f.read(), globs, path.rpartition('/')[2], path, 0), **options))
    return found
