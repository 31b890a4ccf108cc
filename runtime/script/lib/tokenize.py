"""The tokens of a Python text."""
import re
from collections import namedtuple
import token as _token
from token import *
from token import EXACT_TOKEN_TYPES

__all__ = _token.__all__ + ['tokenize', 'generate_tokens', 'detect_encoding', 'untokenize', 'TokenInfo', 'open', 'TokenError']


class TokenError(Exception):
    pass


class TokenInfo(namedtuple('TokenInfo', 'type string start end line')):
    def __repr__(self):
        return 'TokenInfo(type=%d (%s), string=%r, start=%r, end=%r, line=%r)' % (self.type, tok_name[self.type], *self[1:])

    @property
    def exact_type(self):
        return EXACT_TOKEN_TYPES.get(self.string, self.type) if self.type == OP else self.type


_PREFIX = r'(?i:rb|br|b|r|u)?'
_FPREFIX = r'(?i:fr|rf|f)'
_NUMBER = (r'(?:0[xX](?:_?[0-9a-fA-F])+|0[bB](?:_?[01])+|0[oO](?:_?[0-7])+|'
           r'(?:(?:\d(?:_?\d)*\.(?:\d(?:_?\d)*)?|\.\d(?:_?\d)*)(?:[eE][-+]?\d(?:_?\d)*)?|\d(?:_?\d)*[eE][-+]?\d(?:_?\d)*|\d(?:_?\d)*)[jJ]?)')
_OPERATORS = '|'.join(re.escape(sign) for sign in sorted(EXACT_TOKEN_TYPES, key=len, reverse=True))
_NEXT = re.compile(rf'(?P<comment>#[^\r\n]*)|(?P<fstring>{_FPREFIX}(?:"""|\'\'\'|"|\'))|(?P<string>{_PREFIX}(?:"""|\'\'\'|"|\'))'
                   rf'|(?P<number>{_NUMBER})|(?P<name>[^\W\d]\w*)|(?P<op>{_OPERATORS})')
_SPACE = re.compile(r'[ \f\t]*')


class _Tokens:
    """One run over the lines; `read` is where tokens come from."""

    def __init__(self, readline):
        self.readline = readline
        self.lines, self.row, self.line, self.at = [], 0, '', 0
        self.depth, self.indents, self.strings = 0, [0], []
        self.continued = False

    def next_line(self):
        try:
            line = self.readline()
        except StopIteration:
            line = ''
        self.row += 1
        self.line, self.at = line, 0
        return line

    def make(self, kind, start, end_at, line=None):
        row, column = start
        return TokenInfo(kind, self.line[column:end_at], start, (self.row, end_at), self.line if line is None else line)

    def read(self):
        while line := self.next_line():
            if self.depth == 0 and not self.continued:
                yield from self.indentation()
                if self.at is None:
                    continue
            self.continued = False
            yield from self.rest_of_line()
        if self.depth:
            raise TokenError('unexpected EOF in multi-line statement', (self.row - (not self.last.endswith('\n')), 0))
        if self.last and not self.last.endswith('\n') and self.last.strip() and not self.last.strip().startswith('#'):
            column = len(self.last)
            yield TokenInfo(NEWLINE, '', (self.row - 1, column), (self.row - 1, column + 1), self.last)
        for _ in self.indents[1:]:
            yield TokenInfo(DEDENT, '', (self.row, 0), (self.row, 0), '')
        yield TokenInfo(ENDMARKER, '', (self.row, 0), (self.row, 0), '')

    last = ''

    def indentation(self):
        self.last = self.line
        space = _SPACE.match(self.line)[0]
        column = 0
        for c in space:
            column = (column // 8 + 1) * 8 if c == '\t' else 0 if c == '\f' else column + 1
        at = len(space)
        rest = self.line[at:]
        if rest[:1] in ('#', '\r', '\n', ''):
            if rest.startswith('#'):
                text = rest.rstrip('\r\n')
                yield self.make(COMMENT, (self.row, at), at + len(text))
                at += len(text)
            if self.line[at:]:
                yield self.make(NL, (self.row, at), len(self.line))
            elif rest:
                yield TokenInfo(NL, '', (self.row, at), (self.row, at + 1), self.line)
            self.at = None
            return
        if column > self.indents[-1]:
            self.indents.append(column)
            yield self.make(INDENT, (self.row, 0), at)
        while column < self.indents[-1]:
            if column not in self.indents:
                raise IndentationError('unindent does not match any outer indentation level', ('<string>', self.row, at + 1, self.line, self.row, len(self.line)))
            self.indents.pop()
            yield TokenInfo(DEDENT, '', (self.row, at), (self.row, at), self.line)
        self.at = at

    def rest_of_line(self):
        self.last = self.line
        while self.at < len(self.line):
            self.at = _SPACE.match(self.line, self.at).end()
            rest = self.line[self.at:]
            if not rest:
                return
            if rest in ('\n', '\r\n', '\r'):
                yield self.make(NL if self.depth else NEWLINE, (self.row, self.at), len(self.line))
                return
            if rest.rstrip('\r\n') == '\\':
                self.continued = True
                return
            yield from self.one()

    def one(self, stop=''):
        found = _NEXT.match(self.line, self.at)
        start = self.row, self.at
        if not found:
            raise TokenError('invalid character', start) if self.line[self.at] not in '$?`' else TokenError(f"invalid token", start)
        kind = found.lastgroup
        if kind == 'string':
            yield self.string(found.end())
            return
        if kind == 'fstring':
            yield from self.fstring(found.end())
            return
        text = found[0]
        if kind == 'op':
            if text in '([{':
                self.depth += 1
            elif text in ')]}':
                self.depth = max(self.depth - 1, 0)
        self.at = found.end()
        yield self.make({'comment': COMMENT, 'number': NUMBER, 'name': NAME, 'op': OP}[kind], start, self.at)

    def string(self, at):
        start, first_column = (self.row, self.at), self.at
        triple = self.line[at - 3:at] if self.line[at - 3:at] in ('"""', "'''") and at - first_column >= 3 else ''
        quote = triple or self.line[at - 1]
        text, whole = self.line[first_column:at], self.line
        while True:
            if at >= len(self.line):
                if not triple and not text.endswith('\\\n'):
                    raise TokenError('unterminated string literal (detected at line %d)' % start[0], (start[0], start[1] + 1))
                if not self.next_line():
                    raise TokenError('EOF in multi-line string', (start[0], start[1] + 1))
                at = 0
                whole += self.line
                continue
            if self.line.startswith(quote, at):
                at += len(quote)
                text += quote
                break
            step = 2 if self.line[at] == '\\' else 1
            if not triple and self.line[at] == '\n':
                raise TokenError('unterminated string literal (detected at line %d)' % start[0], (start[0], start[1] + 1))
            text += self.line[at:at + step]
            at += step
        self.at = at
        self.last = self.line
        return TokenInfo(STRING, text, start, (self.row, at), whole)

    def fstring(self, at):
        triple = self.line[at - 3:at] in ('"""', "'''") and at - self.at >= 3
        quote = self.line[at - 3:at] if triple else self.line[at - 1]
        yield self.make(FSTRING_START, (self.row, self.at), at)
        self.at = at
        yield from self.fstring_middle(quote, False)
        yield self.make(FSTRING_END, (self.row, self.at), self.at + len(quote))
        self.at += len(quote)

    def fstring_middle(self, quote, in_spec):
        start, text, whole, nested = (self.row, self.at), '', self.line, False
        while True:
            if self.at >= len(self.line):
                if not self.next_line():
                    raise TokenError('unterminated f-string literal', start)
                whole += self.line
                continue
            if self.line.startswith(quote, self.at) or (in_spec and self.line[self.at] == '}'):
                if text or in_spec and nested:
                    yield TokenInfo(FSTRING_MIDDLE, text, start, (self.row, self.at), whole)
                return
            c = self.line[self.at]
            if c in '{}' and self.line[self.at + 1:self.at + 2] == c and not in_spec:
                text += c
                self.at += 1
                yield TokenInfo(FSTRING_MIDDLE, text, start, (self.row, self.at), whole)
                self.at += 1
                start, text = (self.row, self.at), ''
            elif c == '{':
                if text:
                    yield TokenInfo(FSTRING_MIDDLE, text, start, (self.row, self.at), whole)
                yield from self.replacement(quote)
                nested = True
                start, text, whole = (self.row, self.at), '', self.line
            else:
                step = 2 if c == '\\' else 1
                text += self.line[self.at:self.at + step]
                self.at += step

    def replacement(self, quote):
        yield self.make(OP, (self.row, self.at), self.at + 1)
        self.at += 1
        self.depth += 1
        outer = self.depth
        while True:
            self.at = _SPACE.match(self.line, self.at).end()
            if self.at >= len(self.line) or self.line[self.at] in '\r\n':
                if self.at < len(self.line):
                    yield self.make(NL, (self.row, self.at), len(self.line))
                if not self.next_line():
                    raise TokenError('unexpected EOF in multi-line statement', (self.row, 0))
                continue
            c = self.line[self.at]
            if self.depth == outer and c == '}':
                yield self.make(OP, (self.row, self.at), self.at + 1)
                self.at += 1
                self.depth -= 1
                return
            if self.depth == outer and (c == ':' or (c == '!' and self.line[self.at + 1:self.at + 2] != '=')):
                yield self.make(OP, (self.row, self.at), self.at + 1)
                self.at += 1
                if c == ':':
                    yield from self.fstring_middle(quote, True)
                continue
            yield from self.one()


def generate_tokens(readline):
    return _Tokens(readline).read()


def tokenize(readline):
    encoding, consumed = detect_encoding(readline)
    lines = iter(consumed)

    def decoded():
        line = next(lines, None)
        return (readline() if line is None else line).decode(encoding)

    if encoding is not None:
        if encoding == 'utf-8-sig':
            encoding = 'utf-8'
        yield TokenInfo(ENCODING, encoding, (0, 0), (0, 0), '')
    yield from _Tokens(decoded).read()


def detect_encoding(readline):
    cookie = re.compile(r'^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)', re.ASCII)

    def read():
        try:
            return readline()
        except StopIteration:
            return b''

    first, bom, default, lines = read(), False, 'utf-8', []
    if first.startswith(b'\xef\xbb\xbf'):
        first, default = first[3:], 'utf-8-sig'
    if not first:
        return default, []
    lines.append(first)
    for _ in range(2):
        found = cookie.match(lines[-1].decode('utf-8', 'replace'))
        if found:
            name = found[1].lower().replace('_', '-')
            name = 'utf-8' if name == 'utf-8' or name.startswith('utf-8-') else 'iso-8859-1' if name in ('latin-1', 'iso-latin-1') else found[1]
            try:
                b''.decode(name)
            except LookupError:
                raise SyntaxError('unknown encoding: ' + found[1]) from None
            return name, lines
        if len(lines) == 2 or lines[0].strip() and not lines[0].lstrip().startswith(b'#'):
            break
        second = read()
        if not second:
            break
        lines.append(second)
    return default, lines


def open(filename):
    import builtins
    import io
    buffer = builtins.open(filename, 'rb')
    encoding, _ = detect_encoding(buffer.readline)
    buffer.seek(0)
    text = io.TextIOWrapper(buffer, encoding, line_buffering=True)
    text.mode = 'r'
    return text


def untokenize(iterable):
    pieces, row, column, encoding, indents, compact = [], 1, 0, None, [], False
    for item in iterable:
        if len(item) == 2:
            compact = True
        kind, text = item[:2]
        if kind == ENCODING:
            encoding = text
        elif compact:
            column = _compact(pieces, kind, text, indents, column)
        elif kind not in (ENDMARKER, INDENT, DEDENT) or kind == INDENT:
            start, end = item[2], item[3]
            if kind == INDENT:
                continue
            if start[0] > row:
                pieces.append('\\\n' * (start[0] - row) if pieces and not pieces[-1].endswith('\n') else '\n' * (start[0] - row))
                row, column = start[0], 0
            pieces.append(' ' * (start[1] - column))
            if kind == FSTRING_MIDDLE:
                text = text.replace('{', '{{').replace('}', '}}')
            pieces.append(text)
            row, column = end
            if kind in (NEWLINE, NL):
                row, column = row + 1, 0
    out = ''.join(pieces)
    return out.encode(encoding) if encoding is not None else out


def _compact(pieces, kind, text, indents, fresh):
    """Appends a token whose place is not known; answers whether a line begins next (1) or not (0)."""
    if kind == INDENT:
        indents.append(text)
        return 1
    if kind == DEDENT:
        indents.pop()
        return 1
    if kind in (NEWLINE, NL):
        pieces.append(text or '\n')
        return 1
    if (fresh or not pieces) and indents:
        pieces.append(indents[-1])
    pieces.append(text + ' ' if kind in (NAME, NUMBER, STRING) else text)
    return 0
