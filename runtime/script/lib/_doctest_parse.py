"""Finds the examples in a docstring: prompts, sources, what is expected, options."""
import re

OPTIONFLAGS_BY_NAME = {}


def register_optionflag(name):
    return OPTIONFLAGS_BY_NAME.setdefault(name, 1 << len(OPTIONFLAGS_BY_NAME))


DONT_ACCEPT_TRUE_FOR_1 = register_optionflag('DONT_ACCEPT_TRUE_FOR_1')
DONT_ACCEPT_BLANKLINE = register_optionflag('DONT_ACCEPT_BLANKLINE')
NORMALIZE_WHITESPACE = register_optionflag('NORMALIZE_WHITESPACE')
ELLIPSIS = register_optionflag('ELLIPSIS')
SKIP = register_optionflag('SKIP')
IGNORE_EXCEPTION_DETAIL = register_optionflag('IGNORE_EXCEPTION_DETAIL')
COMPARISON_FLAGS = (1 << 6) - 1
REPORT_UDIFF = register_optionflag('REPORT_UDIFF')
REPORT_CDIFF = register_optionflag('REPORT_CDIFF')
REPORT_NDIFF = register_optionflag('REPORT_NDIFF')
REPORT_ONLY_FIRST_FAILURE = register_optionflag('REPORT_ONLY_FIRST_FAILURE')
FAIL_FAST = register_optionflag('FAIL_FAST')
REPORTING_FLAGS = REPORT_UDIFF | REPORT_CDIFF | REPORT_NDIFF | REPORT_ONLY_FIRST_FAILURE | FAIL_FAST


def indented(text, by=4):
    return re.sub('(?m)^(?!$)', by * ' ', text)


class Example:
    """One source and what it should print."""

    def __init__(self, source, want, exc_msg=None, lineno=0, indent=0, options=None):
        ended = lambda s: s if not s or s.endswith('\n') else s + '\n'
        self.source = source if source.endswith('\n') else source + '\n'
        self.want = ended(want)
        self.exc_msg = None if exc_msg is None else exc_msg if exc_msg.endswith('\n') else exc_msg + '\n'
        self.lineno, self.indent, self.options = lineno, indent, options or {}

    def _key(self):
        return self.source, self.want, self.lineno, self.indent, self.options, self.exc_msg

    def __eq__(self, other):
        return self._key() == other._key() if type(self) is type(other) else NotImplemented

    def __hash__(self):
        return hash((self.source, self.want, self.lineno, self.indent, self.exc_msg))


class DocTest:
    """The examples of one docstring and the names they see."""

    def __init__(self, examples, globs, name, filename, lineno, docstring):
        self.examples, self.globs, self.docstring = examples, globs.copy(), docstring
        self.name, self.filename, self.lineno = name, filename, lineno

    def __repr__(self):
        count = len(self.examples)
        examples = 'no examples' if not count else '1 example' if count == 1 else f'{count} examples'
        return f'<{type(self).__name__} {self.name} from {self.filename}:{self.lineno} ({examples})>'

    def __lt__(self, other):
        if not isinstance(other, DocTest):
            return NotImplemented
        key = lambda t: (t.name, t.filename or '', -1 if t.lineno is None else t.lineno, id(t))
        return key(self) < key(other)


class DocTestParser:
    _PROMPT = re.compile(r'^( *)>>>')
    _CONTINUED = re.compile(r'^ *\.\.\.')
    _OPTION = re.compile(r'#\s*doctest:\s*([^\n\'"]*)$', re.MULTILINE)

    def parse(self, string, name='<string>'):
        """The docstring cut into prose (str) and examples."""
        string = string.expandtabs()
        lines = string.split('\n')
        margin = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
        lines = [line[margin:] for line in lines]
        pieces, prose, i = [], [], 0
        while i < len(lines):
            prompt = self._PROMPT.match(lines[i])
            if not prompt:
                prose.append(lines[i])
                i += 1
                continue
            start, indent = i, len(prompt[1])
            i += 1
            while i < len(lines) and self._CONTINUED.match(lines[i]):
                i += 1
            source_end = i
            while i < len(lines) and lines[i].strip(' ') and not self._PROMPT.match(lines[i]):
                i += 1
            pieces.append('\n'.join(prose) + ('\n' if prose else ''))
            prose = []
            example = self._example(lines[start:source_end], lines[source_end:i], indent, name, start)
            if example is not None:
                pieces.append(example)
        pieces.append('\n'.join(prose))
        return pieces

    def _example(self, source_lines, want_lines, indent, name, lineno):
        for k, line in enumerate(source_lines):
            if len(line) >= indent + 4 and line[indent + 3] != ' ':
                raise ValueError(f'line {lineno + k + 1} of the docstring for {name} lacks blank after {line[indent:indent + 3]}: {line!r}')
        self._same_indent(source_lines[1:], ' ' * indent + '.', name, lineno)
        source = '\n'.join(line[indent + 4:] for line in source_lines)
        want_lines = want_lines[:]
        self._same_indent(want_lines, ' ' * indent, name, lineno + len(source_lines))
        want = '\n'.join(line[indent:] for line in want_lines)
        options = self._options(source, name, lineno)
        if all(not line.strip(' ') or line.lstrip(' ').startswith('#') for line in source.split('\n')):
            return None
        return Example(source, want, _expected_message(want), lineno, indent, options)

    def _same_indent(self, lines, prefix, name, lineno):
        for k, line in enumerate(lines):
            if line and not line.startswith(prefix):
                raise ValueError(f'line {lineno + k + 1} of the docstring for {name} has inconsistent leading whitespace: {line!r}')

    def _options(self, source, name, lineno):
        options = {}
        for found in self._OPTION.finditer(source):
            for option in found[1].replace(',', ' ').split():
                if option[0] not in '+-' or option[1:] not in OPTIONFLAGS_BY_NAME:
                    raise ValueError(f'line {lineno + 1} of the doctest for {name} has an invalid option: {option!r}')
                options[OPTIONFLAGS_BY_NAME[option[1:]]] = option[0] == '+'
        return options

    def get_doctest(self, string, globs, name, filename, lineno):
        return DocTest(self.get_examples(string, name), globs, name, filename, lineno, string)

    def get_examples(self, string, name='<string>'):
        return [piece for piece in self.parse(string, name) if isinstance(piece, Example)]


def _expected_message(want):
    """The exception line of an expected traceback, None if want is no traceback."""
    head, _, rest = want.partition('\n')
    if head.rstrip() not in ('Traceback (most recent call last):', 'Traceback (innermost last):'):
        return None
    lines = rest.split('\n')
    for i, line in enumerate(lines):
        if line and (line[0].isalnum() or line[0] == '_'):
            return '\n'.join(lines[i:])
    return None
