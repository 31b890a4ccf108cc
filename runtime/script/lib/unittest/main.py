"""unittest.main()."""
import sys
from unittest import loader, runner

__unittest = True


class TestProgram:
    """A command-line program that runs a set of tests."""

    def __init__(self, module='__main__', defaultTest=None, argv=None, testRunner=None, testLoader=loader.defaultTestLoader, exit=True, verbosity=1,
                 failfast=None, catchbreak=None, buffer=None, warnings=None, *, tb_locals=False, durations=None):
        self.module = sys.modules[module] if isinstance(module, str) else module
        self.exit, self.verbosity, self.failfast, self.buffer, self.tb_locals, self.durations = exit, verbosity, failfast, buffer, tb_locals, durations
        self.warnings = 'default' if warnings is None and not sys.warnoptions else warnings
        self.defaultTest, self.testRunner, self.testLoader = defaultTest, testRunner, testLoader
        argv = sys.argv if argv is None else argv
        self.progName = argv[0].rpartition('/')[2] if argv else ''
        self.testNames = []
        self._options(argv[1:])
        self.createTests()
        self.runTests()

    def _options(self, args):
        patterns = []
        i = 0
        while i < len(args):
            a = args[i]
            if a in ('-v', '--verbose'):
                self.verbosity = 2
            elif a in ('-q', '--quiet'):
                self.verbosity = 0
            elif a in ('-f', '--failfast'):
                self.failfast = True
            elif a in ('-b', '--buffer'):
                self.buffer = True
            elif a in ('-c', '--catch', '--locals'):
                self.tb_locals = self.tb_locals or a == '--locals'
            elif a == '-k' and i + 1 < len(args):
                i += 1
                patterns.append(args[i] if '*' in args[i] else f'*{args[i]}*')
            elif a.startswith('-'):
                print(f'{self.progName}: error: unrecognized arguments: {a}', file=sys.stderr)
                sys.exit(2)
            else:
                self.testNames.append(a)
            i += 1
        if patterns:
            self.testLoader.testNamePatterns = patterns
        if not self.testNames and self.defaultTest is not None:
            self.testNames = [self.defaultTest] if isinstance(self.defaultTest, str) else list(self.defaultTest)

    def createTests(self):
        if self.testNames:
            self.test = self.testLoader.loadTestsFromNames(self.testNames, self.module)
        else:
            self.test = self.testLoader.loadTestsFromModule(self.module)

    def runTests(self):
        chosen = runner.TextTestRunner if self.testRunner is None else self.testRunner
        if isinstance(chosen, type):
            try:
                chosen = chosen(verbosity=self.verbosity, failfast=self.failfast, buffer=self.buffer, warnings=self.warnings, tb_locals=self.tb_locals,
                                durations=self.durations)
            except TypeError:
                chosen = chosen()
        self.result = chosen.run(self.test)
        if self.exit:
            if not self.result.wasSuccessful():
                sys.exit(1)
            elif self.result.testsRun == 0 and len(self.result.skipped) == 0:
                sys.exit(5)
            else:
                sys.exit(0)


main = TestProgram
