"""literal_eval: the values of literals. The simulated machine has no syntax trees for scripts."""
import re

_TOKEN = re.compile(r'''\s*(?:(?P<string>(?P<prefix>[rRbBuU]{0,2})(?P<quoted>"""(?:\\.|[^\\])*?"""|\'\'\'(?:\\.|[^\\])*?\'\'\'|"(?:\\.|[^\\"\n])*"|'(?:\\.|[^\\'\n])*'))'''
                    r'''|(?P<number>0[xX][0-9a-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d+)?[jJ]?)'''
                    r'''|(?P<name>[^\W\d]\w*)|(?P<mark>\.\.\.|[-+()\[\]{},:]))''', re.DOTALL)
_WORDS = {'None': None, 'True': True, 'False': False}


class _Literal:
    """Reads one literal; anything else is what CPython calls a malformed node."""

    def __init__(self, text):
        self.text, self.at = text, 0
        self.advance()

    def advance(self):
        found = _TOKEN.match(self.text, self.at)
        if found is None:
            if self.text[self.at:].strip():
                self.invalid()
            self.kind, self.token = 'end', ''
            return
        self.kind, self.token, self.at, self.found = found.lastgroup, found[found.lastgroup], found.end(), found
        if self.kind in ('quoted', 'prefix'):
            self.kind, self.token = 'string', found['string']

    def invalid(self):
        compile(self.text.strip(), '<unknown>', 'eval')
        self.malformed('Call')

    def malformed(self, kind, name=''):
        raise ValueError(f'malformed node or string on line 1: <ast.{kind} object at {hex(id(self))}>')

    def take(self, token):
        if self.token != token or self.kind != 'mark':
            self.invalid()
        self.advance()

    def whole(self):
        value = self.sum()
        if self.kind == 'mark' and self.token == ',':
            value = (value, *self.items('', self.sum))
        if self.kind != 'end':
            self.invalid()
        return value

    def sum(self):
        left = self.signed()
        while self.kind == 'mark' and self.token in '+-':
            sign = self.token
            self.advance()
            right = self.signed()
            if type(left) not in (int, float) or type(right) is not complex:
                self.malformed('BinOp')
            left = left + right if sign == '+' else left - right
        return left

    def signed(self):
        if self.kind == 'mark' and self.token in ('-', '+'):
            sign = self.token
            self.advance()
            value = self.signed()
            if type(value) not in (int, float, complex):
                self.malformed('UnaryOp')
            return -value if sign == '-' else +value
        return self.atom()

    def items(self, closing, read):
        """What stands between commas, after the first item."""
        found = []
        while self.kind == 'mark' and self.token == ',':
            self.advance()
            if self.kind == 'end' or self.token == closing and self.kind == 'mark':
                break
            found.append(read())
        return found

    def atom(self):
        kind, token = self.kind, self.token
        if kind == 'string':
            return self.strings()
        if kind == 'number':
            self.advance()
            return eval(token, {})
        if kind == 'name':
            self.advance()
            if token in _WORDS:
                return _WORDS[token]
            if token == 'set' and self.token == '(':
                self.advance()
                self.take(')')
                return set()
            compile(self.text.strip(), '<unknown>', 'eval')
            self.malformed('Call' if self.token == '(' else 'Attribute' if self.text[self.at - 1:self.at] == '.' else 'Name')
        if kind == 'mark' and token in ('(', '[', '{'):
            self.advance()
            return {'(': self.parenthesised, '[': self.list, '{': self.braces}[token]()
        if kind == 'mark' and token == '...':
            self.advance()
            return ...
        self.invalid()

    def strings(self):
        parts = []
        while self.kind == 'string':
            parts.append(eval(self.token, {}))
            self.advance()
        return (b'' if isinstance(parts[0], bytes) else '').join(parts)

    def parenthesised(self):
        if self.token == ')' and self.kind == 'mark':
            self.advance()
            return ()
        value = self.sum()
        if self.kind == 'mark' and self.token == ',':
            value = (value, *self.items(')', self.sum))
        self.take(')')
        return value

    def list(self):
        made = []
        if not (self.kind == 'mark' and self.token == ']'):
            made = [self.sum(), *self.items(']', self.sum)]
        self.take(']')
        return made

    def pair(self):
        key = self.sum()
        self.take(':')
        return key, self.sum()

    def braces(self):
        if self.kind == 'mark' and self.token == '}':
            self.advance()
            return {}
        first = self.sum()
        if self.kind == 'mark' and self.token == ':':
            self.advance()
            made = dict([(first, self.sum()), *self.items('}', self.pair)])
        else:
            made = {first, *self.items('}', self.sum)}
        self.take('}')
        return made


def literal_eval(node_or_string):
    """The value of a Python literal or of a container of literals."""
    if not isinstance(node_or_string, str):
        raise ValueError(f'malformed node or string: {node_or_string!r}')
    return _Literal(node_or_string.lstrip(' \t')).whole()


def __getattr__(name):
    if name in ('parse', 'dump', 'walk', 'unparse', 'NodeVisitor', 'NodeTransformer', 'fix_missing_locations', 'AST'):
        raise NotImplementedError(f'ast.{name} is not available: only literal_eval is; a scenario runs without syntax trees')
    raise AttributeError(f"module 'ast' has no attribute {name!r}")
