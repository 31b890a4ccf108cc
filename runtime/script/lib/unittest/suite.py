"""Groups of tests, and the fixtures of classes and modules."""
import sys
from unittest import case

__unittest = True


class BaseTestSuite:
    """A simple test suite that doesn't provide class or module shared fixtures."""
    _cleanup = True

    def __init__(self, tests=()):
        self._tests = []
        self._removed_tests = 0
        self.addTests(tests)

    def __repr__(self):
        return '<%s.%s tests=%s>' % (self.__class__.__module__, self.__class__.__qualname__, list(self))

    def __eq__(self, other):
        return list(self) == list(other) if isinstance(other, self.__class__) else NotImplemented

    def __iter__(self):
        return iter(self._tests)

    def countTestCases(self):
        return self._removed_tests + sum(test.countTestCases() for test in self if test)

    def addTest(self, test):
        if not callable(test):
            raise TypeError('{} is not callable'.format(repr(test)))
        if isinstance(test, type) and issubclass(test, (case.TestCase, TestSuite)):
            raise TypeError('TestCases and TestSuites must be instantiated before passing them to addTest()')
        self._tests.append(test)

    def addTests(self, tests):
        if isinstance(tests, str):
            raise TypeError('tests must be an iterable of tests, not a string')
        for test in tests:
            self.addTest(test)

    def run(self, result):
        for index, test in enumerate(self):
            if result.shouldStop:
                break
            test(result)
            if self._cleanup:
                self._drop(index)
        return result

    def _drop(self, index):
        test = self._tests[index]
        if hasattr(test, 'countTestCases'):
            self._removed_tests += test.countTestCases()
        self._tests[index] = None

    def __call__(self, *args, **kwds):
        return self.run(*args, **kwds)

    def debug(self):
        for test in self:
            test.debug()


class _ErrorHolder:
    """Stands for a failed fixture in a result."""
    failureException = None

    def __init__(self, description):
        self.description = description

    def id(self):
        return self.description

    def shortDescription(self):
        return None

    def __repr__(self):
        return '<ErrorHolder description=%r>' % (self.description,)

    def __str__(self):
        return self.id()

    def countTestCases(self):
        return 0


def _fixture(obj, name):
    return getattr(obj, name, lambda: None)


class TestSuite(BaseTestSuite):
    """A test suite is a composite test consisting of a number of TestCases."""

    def run(self, result, debug=False):
        top = False
        if not getattr(result, '_testRunEntered', False):
            result._testRunEntered = top = True
        for index, test in enumerate(self):
            if result.shouldStop:
                break
            if not isinstance(test, BaseTestSuite) and hasattr(test, '__class__') and isinstance(test, case.TestCase):
                self._tear_down_previous(test, result)
                self._module_fixture(test, result)
                self._class_set_up(test, result)
                result._previousTestClass = test.__class__
                if getattr(test.__class__, '_classSetupFailed', False) or getattr(result, '_moduleSetUpFailed', False):
                    continue
            test.debug() if debug else test(result)
            if self._cleanup:
                self._drop(index)
        if top:
            self._tear_down_previous(None, result)
            self._module_tear_down(result)
            result._testRunEntered = False
        return result

    def debug(self):
        from unittest.result import TestResult
        self.run(TestResult(), True)

    def _class_set_up(self, test, result):
        previous, current = getattr(result, '_previousTestClass', None), test.__class__
        if current == previous or getattr(result, '_moduleSetUpFailed', False) or getattr(current, '__unittest_skip__', False):
            return
        try:
            current._classSetupFailed = False
        except TypeError:
            pass
        set_up = getattr(current, 'setUpClass', None)
        if set_up is None:
            return
        failed = False
        _fixture(result, '_setupStdout')()
        try:
            try:
                set_up()
            except Exception as e:
                failed = True
                current._classSetupFailed = True
                self._report(result, 'setUpClass', case.strclass(current), sys.exc_info())
            if failed and hasattr(current, 'doClassCleanups'):
                current.doClassCleanups()
                for info in current.tearDown_exceptions:
                    self._report(result, 'setUpClass', case.strclass(current), info)
        finally:
            _fixture(result, '_restoreStdout')()

    def _tear_down_previous(self, test, result):
        previous, current = getattr(result, '_previousTestClass', None), test.__class__
        if current == previous or previous is None or getattr(previous, '_classSetupFailed', False) or getattr(result, '_moduleSetUpFailed', False) \
                or getattr(previous, '__unittest_skip__', False):
            return
        _fixture(result, '_setupStdout')()
        try:
            if hasattr(previous, 'tearDownClass'):
                try:
                    previous.tearDownClass()
                except Exception:
                    self._report(result, 'tearDownClass', case.strclass(previous), sys.exc_info())
            if hasattr(previous, 'doClassCleanups'):
                previous.doClassCleanups()
                for info in previous.tearDown_exceptions:
                    self._report(result, 'tearDownClass', case.strclass(previous), info)
        finally:
            _fixture(result, '_restoreStdout')()

    def _module_fixture(self, test, result):
        previous = getattr(getattr(result, '_previousTestClass', None), '__module__', None)
        current = test.__class__.__module__
        if current == previous:
            return
        self._module_tear_down(result)
        result._moduleSetUpFailed = False
        module = sys.modules.get(current)
        set_up = getattr(module, 'setUpModule', None)
        if set_up is not None:
            try:
                set_up()
            except Exception:
                result._moduleSetUpFailed = True
                self._report(result, 'setUpModule', current, sys.exc_info())
                case.doModuleCleanups()

    def _module_tear_down(self, result):
        previous = getattr(getattr(result, '_previousTestClass', None), '__module__', None)
        module = sys.modules.get(previous)
        if previous is None or getattr(result, '_moduleSetUpFailed', False) or module is None:
            return
        try:
            _fixture(module, 'tearDownModule')()
        except Exception:
            self._report(result, 'tearDownModule', previous, sys.exc_info())
        try:
            case.doModuleCleanups()
        except Exception:
            self._report(result, 'tearDownModule', previous, sys.exc_info())

    def _report(self, result, method, parent, info):
        error = _ErrorHolder(f'{method} ({parent})')
        if isinstance(info[1], case.SkipTest) and getattr(result, 'addSkip', None):
            result.addSkip(error, str(info[1]))
        else:
            result.addError(error, info)
