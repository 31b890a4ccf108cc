"""Examples in docstrings, run and compared: testmod, run_docstring_examples, DocTestSuite."""
import difflib
import inspect
import re
import sys

from _doctest_parse import (COMPARISON_FLAGS, DONT_ACCEPT_BLANKLINE, DONT_ACCEPT_TRUE_FOR_1, ELLIPSIS, FAIL_FAST, IGNORE_EXCEPTION_DETAIL,
                            NORMALIZE_WHITESPACE, OPTIONFLAGS_BY_NAME, REPORT_CDIFF, REPORT_NDIFF, REPORT_ONLY_FIRST_FAILURE, REPORT_UDIFF,
                            REPORTING_FLAGS, SKIP, DocTest, DocTestParser, Example, indented, register_optionflag)

BLANKLINE_MARKER = '<BLANKLINE>'
ELLIPSIS_MARKER = '...'
_DIVIDER = '*' * 70
# What CPython's own frame looks like in the traceback of a failed example.
_RUN_FRAME = '''\
  File "<lib>/doctest.py", line 1395, in __run
    exec(compile(example.source, filename, "single",
    ~~~~^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
                 compileflags, True), test.globs)
                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
'''


class TestResults(tuple):
    """(failed, attempted), with the number of skipped examples beside it."""
    __slots__ = ()
    _skipped = {}
    failed = property(lambda self: self[0])
    attempted = property(lambda self: self[1])
    _fields = ('failed', 'attempted')

    def __new__(cls, failed, attempted, *, skipped=0):
        kind = cls if cls is not TestResults or not skipped else _SkippedResults
        self = tuple.__new__(kind, (failed, attempted))
        if skipped:
            self.skipped = skipped
        return self

    skipped = 0

    def __repr__(self):
        if self.skipped:
            return f'TestResults(failed={self[0]}, attempted={self[1]}, skipped={self.skipped})'
        return f'TestResults(failed={self[0]}, attempted={self[1]})'


class _SkippedResults(TestResults):
    pass


class OutputChecker:
    """Says whether what an example printed is what its docstring shows."""

    def check_output(self, want, got, optionflags):
        want, got = (str(s.encode('ASCII', 'backslashreplace'), 'ASCII') for s in (want, got))
        if got == want:
            return True
        if not optionflags & DONT_ACCEPT_TRUE_FOR_1 and (got, want) in (('True\n', '1\n'), ('False\n', '0\n')):
            return True
        if not optionflags & DONT_ACCEPT_BLANKLINE:
            want = re.sub(rf'(?m)^{BLANKLINE_MARKER}\s*?$', '', want)
            got = re.sub(r'(?m)^[^\S\n]+$', '', got)
            if got == want:
                return True
        if optionflags & NORMALIZE_WHITESPACE:
            want, got = ' '.join(want.split()), ' '.join(got.split())
            if got == want:
                return True
        return bool(optionflags & ELLIPSIS) and _matches_with_gaps(want, got)

    def output_difference(self, example, got, optionflags):
        want = example.want
        if not optionflags & DONT_ACCEPT_BLANKLINE:
            got = re.sub('(?m)^[ ]*(?=\n)', BLANKLINE_MARKER, got)
        if self._wants_a_diff(want, got, optionflags):
            return self._diff(want.splitlines(keepends=True), got.splitlines(keepends=True), optionflags)
        expected = f'Expected:\n{indented(want)}' if want else 'Expected nothing\n'
        return expected + (f'Got:\n{indented(got)}' if got else 'Got nothing\n')

    def _wants_a_diff(self, want, got, optionflags):
        if not optionflags & (REPORT_UDIFF | REPORT_CDIFF | REPORT_NDIFF):
            return False
        return bool(optionflags & REPORT_NDIFF) or (want.count('\n') > 2 and got.count('\n') > 2)

    def _diff(self, want, got, optionflags):
        if optionflags & REPORT_UDIFF:
            kind, lines = 'unified diff with -expected +actual', list(difflib.unified_diff(want, got, n=2))[2:]
        elif optionflags & REPORT_CDIFF:
            kind, lines = 'context diff with expected followed by actual', list(difflib.context_diff(want, got, n=2))[2:]
        else:
            kind = 'ndiff with -expected +actual'
            lines = list(difflib.Differ(charjunk=difflib.IS_CHARACTER_JUNK).compare(want, got))
        return f'Differences ({kind}):\n' + indented(''.join(lines))


def _matches_with_gaps(want, got):
    """Whether got is want with anything in the place of each '...'."""
    if ELLIPSIS_MARKER not in want:
        return want == got
    first, *middle, last = want.split(ELLIPSIS_MARKER)
    if not got.startswith(first) or not got.endswith(last) or len(first) + len(last) > len(got):
        return False
    at, end = len(first), len(got) - len(last)
    for piece in middle:
        at = got.find(piece, at, end)
        if at < 0:
            return False
        at += len(piece)
    return True


def _without_details(message):
    """'pkg.Error: why' -> 'Error'."""
    first = message.partition('\n')[0]
    return first.partition(':')[0].rpartition('.')[2]


class DocTestFinder:
    """Collects the examples of an object and of what it contains."""

    def __init__(self, verbose=False, parser=None, recurse=True, exclude_empty=True):
        self._verbose, self._parser, self._recurse, self._exclude_empty = verbose, parser or DocTestParser(), recurse, exclude_empty

    def find(self, obj, name=None, module=None, globs=None, extraglobs=None):
        if name is None:
            name = getattr(obj, '__name__', None)
            if name is None:
                raise ValueError(f"DocTestFinder.find: name must be given when obj.__name__ doesn't exist: {type(obj)!r}")
        if module is None:
            module = obj if inspect.ismodule(obj) else sys.modules.get(getattr(obj, '__module__', None))
        globs = dict(globs if globs is not None else module.__dict__ if module else {})
        globs.update(extraglobs or {})
        globs.setdefault('__name__', '__main__')
        found = []
        self._find(found, obj, name, module, _source_lines(module), globs, set())
        return sorted(found)

    def _find(self, found, obj, name, module, lines, globs, seen):
        if self._verbose:
            print(f'Finding tests in {name}')
        if id(obj) in seen:
            return
        seen.add(id(obj))
        test = self._test_of(obj, name, module, globs, lines)
        if test is not None:
            found.append(test)
        if not self._recurse:
            return
        for inner_name, inner in self._contents(obj, module):
            self._find(found, inner, f'{name}.{inner_name}', module, lines, globs, seen)

    def _contents(self, obj, module):
        if inspect.ismodule(obj):
            for name, value in list(obj.__dict__.items()):
                if (self._is_routine(value) or inspect.isclass(value)) and self._belongs(module, value):
                    yield name, value
            for name, value in getattr(obj, '__test__', {}).items():
                if not isinstance(name, str):
                    raise ValueError(f'DocTestFinder.find: __test__ keys must be strings: {type(name)!r}')
                if not (inspect.isroutine(value) or inspect.isclass(value) or inspect.ismodule(value) or isinstance(value, str)):
                    raise ValueError(f'DocTestFinder.find: __test__ values must be strings, functions, methods, classes, or modules: {type(value)!r}')
                yield f'__test__.{name}', value
        elif inspect.isclass(obj):
            for name, value in list(obj.__dict__.items()):
                if isinstance(value, (staticmethod, classmethod)):
                    value = value.__func__
                if (inspect.isroutine(value) or inspect.isclass(value) or isinstance(value, property)) and self._belongs(module, value):
                    yield name, value

    def _is_routine(self, value):
        try:
            value = inspect.unwrap(value)
        except ValueError:
            pass
        return inspect.isroutine(value)

    def _belongs(self, module, value):
        """Whether value was defined in module, not imported there."""
        if module is None:
            return True
        if inspect.isfunction(value):
            return module.__dict__ is value.__globals__
        if isinstance(value, property):
            return True
        owner = getattr(value, '__module__', None)
        if owner is None and hasattr(value, '__objclass__'):
            owner = value.__objclass__.__module__
        return owner == module.__name__

    def _test_of(self, obj, name, module, globs, lines):
        doc = obj if isinstance(obj, str) else getattr(obj, '__doc__', None)
        doc = '' if doc is None else str(doc)
        if not doc and self._exclude_empty:
            return None
        lineno = _docstring_line(obj, lines)
        filename = None if module is None else getattr(module, '__file__', None) or module.__name__
        return self._parser.get_doctest(doc, globs, name, filename, lineno)


def _source_lines(module):
    if module is None or not getattr(module, '__file__', None):
        return None
    import linecache
    return linecache.getlines(module.__file__) or None


def _docstring_line(obj, lines):
    """The index of the line on which obj's docstring begins, None if unknown."""
    lineno = None
    doc = getattr(obj, '__doc__', None)
    if inspect.ismodule(obj) and doc is not None:
        lineno = 0
    elif inspect.isclass(obj) and doc is not None and lines is not None:
        head = re.compile(rf'^\s*class\s*{re.escape(getattr(obj, "__name__", "-"))}\b')
        lineno = next((i for i, line in enumerate(lines) if head.match(line)), None)
    obj = getattr(obj, '__func__', obj) if inspect.ismethod(obj) else obj
    obj = obj.fget if isinstance(obj, property) else obj
    if inspect.isfunction(obj) and getattr(obj, '__doc__', None):
        code = getattr(inspect.unwrap(obj), '__code__', None)
        if code is None:
            return None
        lineno = code.co_firstlineno - 1
    if lineno is None or lines is None:
        return None if lineno is None else lineno + 1
    quote = re.compile(r'''(^|.*:)\s*\w*("|')''')
    return next((i for i in range(lineno, len(lines)) if quote.match(lines[i])), None)


class _Capture:
    """Stands for sys.stdout while an example runs."""
    encoding = 'utf-8'

    def __init__(self):
        self.parts = []

    def write(self, text):
        self.parts.append(text)
        return len(text)

    def flush(self):
        pass

    def isatty(self):
        return False

    def take(self):
        text = ''.join(self.parts)
        self.parts.clear()
        return text + '\n' if text and not text.endswith('\n') else text


def _exception_text(exc):
    import traceback
    text = ''.join(traceback.format_exception(exc))
    head = 'Traceback (most recent call last):\n'
    return text.replace(head, head + _RUN_FRAME, 1)


class DocTestRunner:
    """Runs the examples of tests and keeps the score."""
    DIVIDER = _DIVIDER

    def __init__(self, checker=None, verbose=None, optionflags=0):
        self._checker = checker or OutputChecker()
        self._verbose = '-v' in sys.argv if verbose is None else verbose
        self.optionflags = self.original_optionflags = optionflags
        self._stats = {}
        self.tries = self.failures = self.skips = 0

    def report_start(self, out, test, example):
        if self._verbose:
            expecting = f'Expecting:\n{indented(example.want)}' if example.want else 'Expecting nothing\n'
            out(f'Trying:\n{indented(example.source)}{expecting}')

    def report_success(self, out, test, example, got):
        if self._verbose:
            out('ok\n')

    def report_failure(self, out, test, example, got):
        out(self._failure_header(test, example) + self._checker.output_difference(example, got, self.optionflags))

    def report_unexpected_exception(self, out, test, example, exc_info):
        out(self._failure_header(test, example) + 'Exception raised:\n' + indented(_exception_text(exc_info[1])))

    def _failure_header(self, test, example):
        if test.filename:
            line = test.lineno + example.lineno + 1 if test.lineno is not None and example.lineno is not None else '?'
            where = f'File "{test.filename}", line {line}, in {test.name}'
        else:
            where = f'Line {example.lineno + 1}, in {test.name}'
        return '\n'.join((self.DIVIDER, where, 'Failed example:', indented(example.source)))

    def run(self, test, compileflags=None, out=None, clear_globs=True):
        import linecache
        self.test = test
        stdout, hook = sys.stdout, sys.displayhook
        out = out or stdout.write
        capture = _Capture()
        sys.stdout, sys.displayhook = capture, sys.__displayhook__
        for number, example in enumerate(test.examples):
            name = f'<doctest {test.name}[{number}]>'
            linecache.cache[name] = (len(example.source), None, example.source.splitlines(True), name)
        try:
            return self._run_examples(test, out, capture)
        finally:
            sys.stdout, sys.displayhook = stdout, hook
            if clear_globs:
                test.globs.clear()
                import builtins
                builtins._ = None

    def _run_examples(self, test, out, capture):
        failures = attempted = skips = 0
        original = self.optionflags
        for number, example in enumerate(test.examples):
            attempted += 1
            quiet = self.optionflags & REPORT_ONLY_FIRST_FAILURE and failures > 0
            self.optionflags = original
            for flag, on in example.options.items():
                self.optionflags = self.optionflags | flag if on else self.optionflags & ~flag
            if self.optionflags & SKIP:
                skips += 1
                continue
            if not quiet:
                self.report_start(out, test, example)
            failures += not self._run_one(test, number, example, out, capture, quiet)
            if failures and self.optionflags & FAIL_FAST:
                break
        self.optionflags = original
        old = self._stats.get(test.name, (0, 0, 0))
        self._stats[test.name] = (old[0] + failures, old[1] + attempted, old[2] + skips)
        self.failures, self.tries, self.skips = self.failures + failures, self.tries + attempted, self.skips + skips
        return TestResults(failures, attempted, skipped=skips)

    def _run_one(self, test, number, example, out, capture, quiet):
        """Runs one example and reports it; True if it does what it says."""
        exc = None
        try:
            _hidden_exec(compile(example.source, f'<doctest {test.name}[{number}]>', 'single', 0, True), test.globs)
        except KeyboardInterrupt:
            raise
        except BaseException as e:
            exc = e.with_traceback(e.__traceback__.tb_next if e.__traceback__ is not None else None)
            while exc.__traceback__ is not None and exc.__traceback__.tb_frame.f_code.co_filename.endswith('doctest.py'):
                exc = exc.with_traceback(exc.__traceback__.tb_next)
        got = capture.take()
        if exc is None:
            good = self._checker.check_output(example.want, got, self.optionflags)
        else:
            good = example.exc_msg is not None and self._expected_exception(example, exc)
            if not quiet:
                got += _exception_text(exc)
        if quiet:
            return good
        if good:
            self.report_success(out, test, example, got)
        elif exc is not None and example.exc_msg is None:
            self.report_unexpected_exception(out, test, example, (type(exc), exc, exc.__traceback__))
        else:
            self.report_failure(out, test, example, got)
        return good

    def _expected_exception(self, example, exc):
        import traceback
        lines = traceback.format_exception_only(exc)
        if isinstance(exc, SyntaxError):
            heads = (f'{type(exc).__qualname__}:', f'{type(exc).__module__}.{type(exc).__qualname__}:')
            while lines and not lines[0].startswith(heads):
                lines = lines[1:]
        message = ''.join(lines)
        check = self._checker.check_output
        if check(example.exc_msg, message, self.optionflags):
            return True
        return bool(self.optionflags & IGNORE_EXCEPTION_DETAIL) and check(_without_details(example.exc_msg), _without_details(message), self.optionflags)

    def summarize(self, verbose=None):
        verbose = self._verbose if verbose is None else verbose
        stats = sorted(self._stats.items())
        if verbose:
            self._summarize_good(stats)
        failed = [(name, s) for name, s in stats if s[0]]
        if failed:
            print(self.DIVIDER)
            print(f'{_items(len(failed))} had failures:')
            for name, (failures, tries, _) in failed:
                print(f' {failures:3d} of {tries:3d} in {name}')
        failures, tries, skips = (sum(s[i] for _, s in stats) for i in range(3))
        if verbose:
            print(f'{_counted(tries, "test")} in {_items(len(stats))}.')
            print(f'{tries - failures} passed{f" and {failures} failed" if failures else ""}.')
        if failures:
            skipped = f' and {_counted(skips, "skipped test")}' if skips else ''
            print(f'***Test Failed*** {_counted(failures, "failure")}{skipped}.')
        elif verbose:
            print('Test passed.')
        return TestResults(failures, tries, skipped=skips)

    def _summarize_good(self, stats):
        empty = [name for name, s in stats if s[1] == 0]
        passed = [(name, s[1]) for name, s in stats if s[1] and not s[0]]
        if empty:
            print(f'{_items(len(empty))} had no tests:')
            for name in empty:
                print(f'    {name}')
        if passed:
            print(f'{_items(len(passed))} passed all tests:')
            for name, count in passed:
                print(f' {count:3d} test{"" if count == 1 else "s"} in {name}')


def _hidden_exec(code, globs):
    exec(code, globs)


def _counted(n, word):
    return f'{n} {word}{"" if n == 1 else "s"}'


def _items(n):
    return _counted(n, 'item')


class DocTestFailure(Exception):
    def __init__(self, test, example, got):
        self.test, self.example, self.got = test, example, got

    def __str__(self):
        return str(self.test)


class UnexpectedException(Exception):
    def __init__(self, test, example, exc_info):
        self.test, self.example, self.exc_info = test, example, exc_info

    def __str__(self):
        return str(self.test)


class DebugRunner(DocTestRunner):
    """Raises at the first example that fails."""

    def run(self, test, compileflags=None, out=None, clear_globs=True):
        result = DocTestRunner.run(self, test, compileflags, out, False)
        if clear_globs:
            test.globs.clear()
        return result

    def report_unexpected_exception(self, out, test, example, exc_info):
        raise UnexpectedException(test, example, exc_info)

    def report_failure(self, out, test, example, got):
        raise DocTestFailure(test, example, got)


master = None


def testmod(m=None, name=None, globs=None, verbose=None, report=True, optionflags=0, extraglobs=None, raise_on_error=False, exclude_empty=False):
    """Runs the examples of a module's docstrings, by default of the script itself."""
    if m is None:
        m = sys.modules.get('__main__')
    if not inspect.ismodule(m):
        raise TypeError(f'testmod: module required; {m!r}')
    finder = DocTestFinder(exclude_empty=exclude_empty)
    return _run_all(finder.find(m, m.__name__ if name is None else name, globs=globs, extraglobs=extraglobs), verbose, optionflags, raise_on_error, report)


def testfile(filename, module_relative=True, name=None, package=None, globs=None, verbose=None, report=True, optionflags=0, extraglobs=None,
             raise_on_error=False, parser=DocTestParser(), encoding=None):
    """Runs the examples of a text file."""
    with open(filename, encoding=encoding or 'utf-8') as f:
        text = f.read()
    globs = dict(globs or {}, **(extraglobs or {}))
    globs.setdefault('__name__', '__main__')
    test = parser.get_doctest(text, globs, name or filename.rpartition('/')[2], filename, 0)
    return _run_all([test], verbose, optionflags, raise_on_error, report)


def _run_all(tests, verbose, optionflags, raise_on_error, report):
    global master
    kind = DebugRunner if raise_on_error else DocTestRunner
    runner = kind(verbose=verbose, optionflags=optionflags)
    for test in tests:
        runner.run(test)
    if report:
        runner.summarize()
    if master is None:
        master = runner
    return TestResults(runner.failures, runner.tries, skipped=runner.skips)


def run_docstring_examples(f, globs, verbose=False, name='NoName', compileflags=None, optionflags=0):
    """Runs the examples of one object and prints those that fail."""
    runner = DocTestRunner(verbose=verbose, optionflags=optionflags)
    for test in DocTestFinder(verbose=verbose, recurse=False).find(f, name, globs=globs):
        runner.run(test, compileflags=compileflags)


def script_from_examples(s):
    """Examples as a script, the prose as comments."""
    out = []
    for piece in DocTestParser().parse(s):
        if isinstance(piece, Example):
            out.append(piece.source[:-1])
            if piece.want:
                out.append('# Expected:')
                out += ['## ' + line for line in piece.want.split('\n')[:-1]]
        else:
            out += [('# ' + line).rstrip() if line else '#' for line in piece.split('\n')[:-1]]
    while out and out[-1] == '#':
        out.pop()
    while out and out[0] == '#':
        out.pop(0)
    return '\n'.join(out) + '\n'


def DocTestSuite(module=None, globs=None, extraglobs=None, test_finder=None, **options):
    from _doctest_unittest import suite
    return suite(module, globs, extraglobs, test_finder or DocTestFinder(), options)


def DocFileSuite(*paths, **options):
    from _doctest_unittest import file_suite
    return file_suite(paths, options)
