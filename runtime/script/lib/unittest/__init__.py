"""Unit tests."""
from unittest.case import (FunctionTestCase, SkipTest, TestCase, addModuleCleanup, doModuleCleanups, enterModuleContext, expectedFailure, skip, skipIf,
                           skipUnless)
from unittest.result import TestResult
from unittest.suite import BaseTestSuite, TestSuite

__all__ = ['IsolatedAsyncioTestCase', 'TestResult', 'TestCase', 'TestSuite', 'TextTestRunner', 'TestLoader', 'FunctionTestCase', 'main', 'defaultTestLoader',
           'SkipTest', 'skip', 'skipIf', 'skipUnless', 'expectedFailure', 'TextTestResult', 'installHandler', 'registerResult', 'removeResult', 'removeHandler',
           'addModuleCleanup', 'doModuleCleanups', 'enterModuleContext', 'TestProgram']
_LAZY = {'IsolatedAsyncioTestCase': 'async_case', 'TextTestRunner': 'runner', 'TextTestResult': 'runner', 'TestLoader': 'loader', 'defaultTestLoader': 'loader',
         'main': 'main', 'TestProgram': 'main'}
__unittest = True


def __getattr__(name):
    if name in _LAZY:
        module = _LAZY[name]
        __import__('unittest.' + module)
        import sys
        value = getattr(sys.modules['unittest.' + module], name)
        globals()[name] = value
        return value
    raise AttributeError(f"module 'unittest' has no attribute {name!r}")


def load_tests(loader, tests, pattern):
    return tests


def _nothing(*args):
    """Interrupt handling is the simulated machine's business."""


installHandler = registerResult = removeResult = removeHandler = _nothing
