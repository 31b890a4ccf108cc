"""Finding tests in classes, modules and names."""
import functools
import sys
from unittest import case, suite

__unittest = True


def _compare(x, y):
    return (x > y) - (x < y)


class TestLoader:
    """Loads tests according to various criteria and returns them wrapped in a TestSuite."""
    testMethodPrefix = 'test'
    sortTestMethodsUsing = staticmethod(_compare)
    testNamePatterns = None
    suiteClass = suite.TestSuite
    _top_level_dir = None

    def __init__(self):
        self.errors = []

    def loadTestsFromTestCase(self, testCaseClass):
        if issubclass(testCaseClass, suite.TestSuite):
            raise TypeError('Test cases should not be derived from TestSuite. Maybe you meant to derive from TestCase?')
        if testCaseClass in (case.TestCase, case.FunctionTestCase):
            names = []
        else:
            names = self.getTestCaseNames(testCaseClass)
            if not names and hasattr(testCaseClass, 'runTest'):
                names = ['runTest']
        return self.suiteClass(map(testCaseClass, names))

    def loadTestsFromModule(self, module, *, pattern=None):
        tests = []
        for name in dir(module):
            obj = getattr(module, name)
            if isinstance(obj, type) and issubclass(obj, case.TestCase) and obj not in (case.TestCase, case.FunctionTestCase) and not _is_async_base(obj):
                tests.append(self.loadTestsFromTestCase(obj))
        tests = self.suiteClass(tests)
        load_tests = getattr(module, 'load_tests', None)
        return load_tests(self, tests, pattern) if load_tests is not None else tests

    def loadTestsFromName(self, name, module=None):
        parts = name.split('.')
        obj = module
        if module is None:
            head = parts[:]
            while head:
                try:
                    __import__('.'.join(head))
                    obj = sys.modules['.'.join(head)]
                    break
                except ImportError as e:
                    head.pop()
                    if not head:
                        return self._failed('ImportError', parts[0], f'Failed to import test module: {parts[0]}\n', e)
            parts = parts[len(head):]
        parent = None
        for part in parts:
            try:
                parent, obj = obj, getattr(obj, part)
            except AttributeError as e:
                return self._failed('AttributeError', part, '', e)
        if isinstance(obj, type(sys)):
            return self.loadTestsFromModule(obj)
        if isinstance(obj, type) and issubclass(obj, case.TestCase):
            return self.loadTestsFromTestCase(obj)
        if callable(obj) and isinstance(parent, type) and issubclass(parent, case.TestCase):
            return self.suiteClass([parent(parts[-1])])
        if isinstance(obj, suite.TestSuite):
            return obj
        if callable(obj):
            test = obj()
            if isinstance(test, suite.TestSuite):
                return test
            if isinstance(test, case.TestCase):
                return self.suiteClass([test])
            raise TypeError(f'calling {obj} returned {test}, not a test')
        raise TypeError(f"don't know how to make test from: {obj}")

    def _failed(self, kind, name, message, exception):
        import traceback
        if kind == 'ImportError':
            message += traceback.format_exc()
            exception = ImportError(message)
        self.errors.append(message)

        def fail(self):
            raise exception
        cls = type('_FailedTest', (case.TestCase,), {name: fail, '__module__': 'unittest.loader'})
        return cls(name)

    def loadTestsFromNames(self, names, module=None):
        return self.suiteClass([self.loadTestsFromName(name, module) for name in names])

    def getTestCaseNames(self, testCaseClass):
        """Return a sorted sequence of method names found within testCaseClass."""
        def wanted(name):
            if not name.startswith(self.testMethodPrefix) or not callable(getattr(testCaseClass, name)):
                return False
            if self.testNamePatterns is None:
                return True
            from fnmatch import fnmatchcase
            full = f'{testCaseClass.__module__}.{testCaseClass.__qualname__}.{name}'
            return any(fnmatchcase(full, pattern) for pattern in self.testNamePatterns)
        names = list(filter(wanted, dir(testCaseClass)))
        if self.sortTestMethodsUsing:
            names.sort(key=functools.cmp_to_key(self.sortTestMethodsUsing))
        return names

    def discover(self, start_dir, pattern='test*.py', top_level_dir=None):
        from fnmatch import fnmatch
        import os
        tests = []
        for name in sorted(os.listdir(start_dir)):
            if fnmatch(name, pattern) and name.endswith('.py'):
                tests.append(self.loadTestsFromName(name[:-3]))
        return self.suiteClass(tests)


def _is_async_base(cls):
    return cls.__module__ == 'unittest.async_case'


defaultTestLoader = TestLoader()
