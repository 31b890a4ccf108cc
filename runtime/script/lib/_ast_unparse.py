"""ast.unparse: a tree back to text that parses to the same tree."""
from _ast_nodes import *

# How tightly each operator binds; a tighter one stands for "needs brackets inside".
(_NAMED, _TUPLE, _YIELD, _TEST, _OR, _AND, _NOT, _CMP, _BOR, _BXOR, _BAND, _SHIFT, _ARITH, _TERM, _FACTOR, _POWER, _AWAIT,
 _ATOM) = range(18)
_EXPR = _BOR
_BINARY = {'Add': ('+', _ARITH), 'Sub': ('-', _ARITH), 'Mult': ('*', _TERM), 'MatMult': ('@', _TERM), 'Div': ('/', _TERM),
           'Mod': ('%', _TERM), 'LShift': ('<<', _SHIFT), 'RShift': ('>>', _SHIFT), 'BitOr': ('|', _BOR), 'BitXor': ('^', _BXOR),
           'BitAnd': ('&', _BAND), 'FloorDiv': ('//', _TERM), 'Pow': ('**', _POWER)}
_UNARY = {'Invert': ('~', _FACTOR), 'Not': ('not ', _NOT), 'UAdd': ('+', _FACTOR), 'USub': ('-', _FACTOR)}
_COMPARE = {'Eq': '==', 'NotEq': '!=', 'Lt': '<', 'LtE': '<=', 'Gt': '>', 'GtE': '>=', 'Is': 'is', 'IsNot': 'is not',
            'In': 'in', 'NotIn': 'not in'}
_HUGE = '1e309'


def _name(node):
    return type(node).__name__


class Unparser:
    def __init__(self):
        self.lines, self.level = [], 0

    def visit(self, node):
        if isinstance(node, list):
            self.block(node)
        elif isinstance(node, (Module, Interactive)):
            self.body(node)
        elif isinstance(node, Expression):
            return self.expr(node.body)
        elif isinstance(node, expr):
            return self.expr(node)
        elif isinstance(node, stmt):
            self.statement(node)
        elif isinstance(node, arguments):
            return self.arguments(node)
        else:
            return getattr(self, 'piece_' + _name(node))(node)
        return '\n'.join(self.lines).lstrip('\n')

    # ---- statements

    def put(self, text):
        self.lines.append('    ' * self.level + text if text else '')

    def statement(self, node):
        getattr(self, 'stmt_' + _name(node))(node)

    def block(self, statements):
        for node in statements:
            self.statement(node)

    def body(self, node):
        """Of a module, class or function: a docstring keeps its own form."""
        statements = node.body
        if (statements and not isinstance(node, Interactive) and isinstance(statements[0], Expr)
                and isinstance(statements[0].value, Constant) and isinstance(statements[0].value.value, str)):
            self.put(_docstring(statements[0].value.value))
            statements = statements[1:]
        self.block(statements)

    def suite(self, head, node_or_list):
        self.put(head + ':')
        self.level += 1
        if isinstance(node_or_list, list):
            self.block(node_or_list)
        else:
            self.body(node_or_list)
        self.level -= 1

    def stmt_Expr(self, node):
        self.put(self.expr(node.value, _YIELD))

    def function(self, word, node):
        self.put('')
        for decorator in node.decorator_list:
            self.put('@' + self.expr(decorator))
        returns = ' -> ' + self.expr(node.returns) if node.returns else ''
        self.suite(f'{word} {node.name}{self.type_params(node)}({self.arguments(node.args)}){returns}', node)

    def stmt_FunctionDef(self, node):
        self.function('def', node)

    def stmt_AsyncFunctionDef(self, node):
        self.function('async def', node)

    def stmt_ClassDef(self, node):
        self.put('')
        for decorator in node.decorator_list:
            self.put('@' + self.expr(decorator))
        inner = ', '.join([self.expr(base) for base in node.bases] + [self.piece_keyword(k) for k in node.keywords])
        self.suite(f'class {node.name}{self.type_params(node)}' + (f'({inner})' if inner else ''), node)

    def type_params(self, node):
        params = getattr(node, 'type_params', None)
        return f'[{", ".join(getattr(self, "piece_" + _name(p))(p) for p in params)}]' if params else ''

    def piece_TypeVar(self, node):
        bound = f': {self.expr(node.bound)}' if node.bound else ''
        return node.name + bound + (f' = {self.expr(node.default_value)}' if node.default_value else '')

    def piece_TypeVarTuple(self, node):
        return '*' + node.name + (f' = {self.expr(node.default_value)}' if node.default_value else '')

    def piece_ParamSpec(self, node):
        return '**' + node.name + (f' = {self.expr(node.default_value)}' if node.default_value else '')

    def stmt_Return(self, node):
        self.put('return' + (' ' + self.expr(node.value) if node.value else ''))

    def stmt_Delete(self, node):
        self.put('del ' + ', '.join(map(self.expr, node.targets)))

    def stmt_Assign(self, node):
        self.put(''.join(self.expr(t, _TUPLE) + ' = ' for t in node.targets) + self.expr(node.value))

    def stmt_TypeAlias(self, node):
        self.put(f'type {self.expr(node.name)}{self.type_params(node)} = {self.expr(node.value)}')

    def stmt_AugAssign(self, node):
        self.put(f'{self.expr(node.target)} {_BINARY[_name(node.op)][0]}= {self.expr(node.value)}')

    def stmt_AnnAssign(self, node):
        target = self.expr(node.target)
        if not node.simple and isinstance(node.target, Name):
            target = f'({target})'
        self.put(f'{target}: {self.expr(node.annotation)}' + (f' = {self.expr(node.value)}' if node.value else ''))

    def loop(self, word, node):
        self.suite(f'{word} {self.expr(node.target, _TUPLE)} in {self.expr(node.iter)}', node.body)
        self.otherwise(node)

    def otherwise(self, node):
        if node.orelse:
            self.suite('else', node.orelse)

    def stmt_For(self, node):
        self.loop('for', node)

    def stmt_AsyncFor(self, node):
        self.loop('async for', node)

    def stmt_While(self, node):
        self.suite('while ' + self.expr(node.test), node.body)
        self.otherwise(node)

    def stmt_If(self, node):
        self.suite('if ' + self.expr(node.test), node.body)
        while len(node.orelse) == 1 and isinstance(node.orelse[0], If):
            node = node.orelse[0]
            self.suite('elif ' + self.expr(node.test), node.body)
        self.otherwise(node)

    def with_(self, word, node):
        self.suite(f'{word} {", ".join(map(self.piece_withitem, node.items))}', node.body)

    def piece_withitem(self, node):
        return self.expr(node.context_expr) + (f' as {self.expr(node.optional_vars)}' if node.optional_vars else '')

    def stmt_With(self, node):
        self.with_('with', node)

    def stmt_AsyncWith(self, node):
        self.with_('async with', node)

    def stmt_Match(self, node):
        self.put(f'match {self.expr(node.subject)}:')
        self.level += 1
        for case in node.cases:
            self.suite('case ' + self.pattern(case.pattern) + (f' if {self.expr(case.guard)}' if case.guard else ''), case.body)
        self.level -= 1

    def stmt_Raise(self, node):
        self.put('raise' + (' ' + self.expr(node.exc) if node.exc else '') + (f' from {self.expr(node.cause)}' if node.cause else ''))

    def try_(self, word, node):
        self.suite('try', node.body)
        for handler in node.handlers:
            head = word + (' ' + self.expr(handler.type) if handler.type else '') + (f' as {handler.name}' if handler.name else '')
            self.suite(head, handler.body)
        self.otherwise(node)
        if node.finalbody:
            self.suite('finally', node.finalbody)

    def stmt_Try(self, node):
        self.try_('except', node)

    def stmt_TryStar(self, node):
        self.try_('except*', node)

    def stmt_Assert(self, node):
        self.put('assert ' + self.expr(node.test) + (f', {self.expr(node.msg)}' if node.msg else ''))

    def piece_alias(self, node):
        return node.name + (f' as {node.asname}' if node.asname else '')

    def stmt_Import(self, node):
        self.put('import ' + ', '.join(map(self.piece_alias, node.names)))

    def stmt_ImportFrom(self, node):
        self.put(f'from {"." * (node.level or 0)}{node.module or ""} import ' + ', '.join(map(self.piece_alias, node.names)))

    def stmt_Global(self, node):
        self.put('global ' + ', '.join(node.names))

    def stmt_Nonlocal(self, node):
        self.put('nonlocal ' + ', '.join(node.names))

    def stmt_Pass(self, node):
        self.put('pass')

    def stmt_Break(self, node):
        self.put('break')

    def stmt_Continue(self, node):
        self.put('continue')

    # ---- patterns

    def pattern(self, node, level=_TEST):
        return getattr(self, 'pattern_' + _name(node))(node, level)

    def pattern_MatchValue(self, node, level):
        return self.expr(node.value)

    def pattern_MatchSingleton(self, node, level):
        return repr(node.value)

    def pattern_MatchSequence(self, node, level):
        return f'[{", ".join(map(self.pattern, node.patterns))}]'

    def pattern_MatchStar(self, node, level):
        return '*' + (node.name or '_')

    def pattern_MatchMapping(self, node, level):
        pairs = [f'{self.expr(key)}: {self.pattern(value)}' for key, value in zip(node.keys, node.patterns)]
        return '{' + ', '.join(pairs + ([f'**{node.rest}'] if node.rest else [])) + '}'

    def pattern_MatchClass(self, node, level):
        inner = list(map(self.pattern, node.patterns))
        inner += [f'{name}={self.pattern(value)}' for name, value in zip(node.kwd_attrs, node.kwd_patterns)]
        return f'{self.expr(node.cls)}({", ".join(inner)})'

    def pattern_MatchAs(self, node, level):
        if node.name is None:
            return '_'
        if node.pattern is None:
            return node.name
        text = f'{self.pattern(node.pattern, _BOR)} as {node.name}'
        return f'({text})' if level > _TEST else text

    def pattern_MatchOr(self, node, level):
        text = ' | '.join(self.pattern(p, _BOR + 1) for p in node.patterns)
        return f'({text})' if level > _BOR else text

    # ---- expressions

    def expr(self, node, level=_TEST):
        return getattr(self, 'expr_' + _name(node))(node, level)

    def wrap(self, needed, level, text):
        return f'({text})' if level > needed else text

    def expr_BoolOp(self, node, level):
        word, own = ('and', _AND) if isinstance(node.op, And) else ('or', _OR)
        return self.wrap(own, level, f' {word} '.join(self.expr(v, min(own + at, _ATOM)) for at, v in enumerate(node.values, 1)))

    def expr_NamedExpr(self, node, level):
        return self.wrap(_NAMED, level, f'{self.expr(node.target, _ATOM)} := {self.expr(node.value, _ATOM)}')

    def expr_BinOp(self, node, level):
        sign, own = _BINARY[_name(node.op)]
        left, right = (own + 1, own) if sign == '**' else (own, own + 1)
        return self.wrap(own, level, f'{self.expr(node.left, left)} {sign} {self.expr(node.right, right)}')

    def expr_UnaryOp(self, node, level):
        sign, own = _UNARY[_name(node.op)]
        return self.wrap(own, level, sign + self.expr(node.operand, own))

    def expr_Lambda(self, node, level):
        inner = self.arguments(node.args)
        return self.wrap(_TEST, level, f'lambda{" " if inner else ""}{inner}: {self.expr(node.body)}')

    def expr_IfExp(self, node, level):
        return self.wrap(_TEST, level, f'{self.expr(node.body, _TEST + 1)} if {self.expr(node.test, _TEST + 1)} else {self.expr(node.orelse)}')

    def expr_Dict(self, node, level):
        pairs = [f'{self.expr(key)}: {self.expr(value)}' if key else '**' + self.expr(value, _EXPR)
                 for key, value in zip(node.keys, node.values)]
        return '{' + ', '.join(pairs) + '}'

    def expr_Set(self, node, level):
        return '{' + ', '.join(map(self.expr, node.elts)) + '}' if node.elts else '{*()}'

    def clauses(self, node):
        text = ''
        for clause in node.generators:
            text += ' async for ' if clause.is_async else ' for '
            text += f'{self.expr(clause.target, _TUPLE)} in {self.expr(clause.iter, _TEST + 1)}'
            text += ''.join(' if ' + self.expr(test, _TEST + 1) for test in clause.ifs)
        return text

    def expr_ListComp(self, node, level):
        return f'[{self.expr(node.elt)}{self.clauses(node)}]'

    def expr_SetComp(self, node, level):
        return f'{{{self.expr(node.elt)}{self.clauses(node)}}}'

    def expr_DictComp(self, node, level):
        return f'{{{self.expr(node.key)}: {self.expr(node.value)}{self.clauses(node)}}}'

    def expr_GeneratorExp(self, node, level):
        return f'({self.expr(node.elt)}{self.clauses(node)})'

    def expr_Await(self, node, level):
        return self.wrap(_AWAIT, level, 'await' + (f' {self.expr(node.value, _ATOM)}' if node.value else ''))

    def expr_Yield(self, node, level):
        return self.wrap(_YIELD, level, 'yield' + (f' {self.expr(node.value, _ATOM)}' if node.value else ''))

    def expr_YieldFrom(self, node, level):
        return self.wrap(_YIELD, level, f'yield from {self.expr(node.value, _ATOM)}')

    def expr_Compare(self, node, level):
        text = self.expr(node.left, _CMP + 1)
        for op, right in zip(node.ops, node.comparators):
            text += f' {_COMPARE[_name(op)]} {self.expr(right, _CMP + 1)}'
        return self.wrap(_CMP, level, text)

    def expr_Call(self, node, level):
        inner = list(map(self.expr, node.args)) + list(map(self.piece_keyword, node.keywords))
        if len(inner) == 1 and node.args and isinstance(node.args[0], GeneratorExp):
            return f'{self.expr(node.func, _ATOM)}({inner[0]})'
        return f'{self.expr(node.func, _ATOM)}({", ".join(inner)})'

    def piece_keyword(self, node):
        return f'{node.arg}={self.expr(node.value)}' if node.arg else f'**{self.expr(node.value)}'

    def expr_Constant(self, node, level):
        value = node.value
        if value is ...:
            return '...'
        if isinstance(value, tuple):
            inner = ', '.join(self.expr(Constant(item)) for item in value)
            return f'({inner},)' if len(value) == 1 else f'({inner})'
        text = repr(value)
        if isinstance(value, (float, complex)):
            text = text.replace('inf', _HUGE).replace('nan', f'({_HUGE}-{_HUGE})')
        return ('u' if node.kind == 'u' else '') + text

    def expr_Attribute(self, node, level):
        text = self.expr(node.value, _ATOM)
        if isinstance(node.value, Constant) and isinstance(node.value.value, int):
            text += ' '
        return f'{text}.{node.attr}'

    def expr_Subscript(self, node, level):
        inner = node.slice
        if isinstance(inner, Tuple) and inner.elts:
            text = self.items(inner.elts)
        else:
            text = self.expr(inner)
        return f'{self.expr(node.value, _ATOM)}[{text}]'

    def items(self, elts):
        return self.expr(elts[0]) + ',' if len(elts) == 1 else ', '.join(map(self.expr, elts))

    def expr_Starred(self, node, level):
        return '*' + self.expr(node.value, _EXPR)

    def expr_Name(self, node, level):
        return node.id

    def expr_List(self, node, level):
        return f'[{", ".join(map(self.expr, node.elts))}]'

    def expr_Tuple(self, node, level):
        if not node.elts:
            return '()'
        text = self.items(node.elts)
        return f'({text})' if level > _TUPLE else text

    def expr_Slice(self, node, level):
        text = (self.expr(node.lower) if node.lower else '') + ':' + (self.expr(node.upper) if node.upper else '')
        return text + (':' + self.expr(node.step) if node.step else '')

    def expr_JoinedStr(self, node, level):
        return _quoted_fstring(self.fstring_pieces(node))

    def expr_FormattedValue(self, node, level):
        return _quoted_fstring(self.fstring_pieces(JoinedStr([node])))

    def fstring_pieces(self, node, nested=False):
        """Pairs (text, is it literal)."""
        pieces = []
        for value in node.values:
            if isinstance(value, JoinedStr):
                pieces.extend(self.fstring_pieces(value, nested))
            elif isinstance(value, Constant):
                pieces.append((value.value.replace('{', '{{').replace('}', '}}'), True))
            else:
                inner = Unparser().expr(value.value, _TEST + 1)
                text = '{' + (' ' if inner.startswith('{') else '') + inner
                if value.conversion != -1:
                    text += '!' + chr(value.conversion)
                if value.format_spec:
                    text += ':' + ''.join(t for t, _ in self.fstring_pieces(value.format_spec, True))
                pieces.append((text + '}', False))
        return pieces

    # ---- parameters

    def parameter(self, node):
        return node.arg + (f': {self.expr(node.annotation)}' if node.annotation else '')

    piece_arg = parameter

    def arguments(self, node):
        plain = node.posonlyargs + node.args
        defaults = [None] * (len(plain) - len(node.defaults)) + node.defaults
        out = []
        for index, (each, default) in enumerate(zip(plain, defaults), 1):
            out.append(self.parameter(each) + ('=' + self.expr(default) if default else ''))
            if index == len(node.posonlyargs):
                out.append('/')
        if node.vararg or node.kwonlyargs:
            out.append('*' + (self.parameter(node.vararg) if node.vararg else ''))
        for each, default in zip(node.kwonlyargs, node.kw_defaults):
            out.append(self.parameter(each) + ('=' + self.expr(default) if default else ''))
        if node.kwarg:
            out.append('**' + self.parameter(node.kwarg))
        return ', '.join(out)


def _escaped(character, keep):
    if character in keep or character.isprintable() and character != '\\':
        return character
    return character.encode('unicode_escape').decode()


def _body_and_quotes(text, quotes, keep=''):
    """A string's text between quotes, and which of `quotes` may stand around it, best first."""
    shown = ''.join([_escaped(character, keep) for character in text])
    if '\n' in shown:
        quotes = [q for q in quotes if len(q) == 3]
    fitting = [q for q in quotes if q not in shown]
    if not fitting:
        text = repr(text)
        return text[1:-1], [next((q for q in quotes if text[0] in q), text[0])]
    if shown:
        fitting.sort(key=lambda q: q[0] == shown[-1])
        if fitting[0][0] == shown[-1]:
            shown = shown[:-1] + '\\' + shown[-1]
    return shown, fitting


def _docstring(text):
    shown, quotes = _body_and_quotes(text, ['"""', "'''"], '\n\t')
    return quotes[0] + shown + quotes[0]


def _quoted_fstring(pieces):
    quotes, texts = ["'", '"', '"""', "'''"], []
    for text, literal in pieces:
        if literal:
            text, fitting = _body_and_quotes(text, quotes)
            if not set(fitting) & set(quotes):
                break
            quotes = fitting
        else:
            if '\n' in text:
                quotes = [q for q in quotes if len(q) == 3]
        texts.append(text)
    else:
        return 'f' + quotes[0] + ''.join(texts) + quotes[0]
    texts = [repr('"' + text)[2:-1] if literal else text for text, literal in pieces]
    return "f'''" + ''.join(texts) + "'''"
