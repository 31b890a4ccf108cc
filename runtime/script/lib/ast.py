"""Syntax trees: the parser's tree as node objects, and what walks, shows and changes them."""
import _ast as _parser
from _ast_nodes import *
from _ast_nodes import AST, _build

PyCF_ONLY_AST = 1024
PyCF_OPTIMIZED_AST = 33792
PyCF_TYPE_COMMENTS = 4096
PyCF_ALLOW_TOP_LEVEL_AWAIT = 8192


def parse(source, filename='<unknown>', mode='exec', *, type_comments=False, feature_version=None, optimize=-1):
    if isinstance(source, AST):
        return source
    if isinstance(source, (bytes, bytearray, memoryview)):
        source = bytes(source).decode()
    if mode not in ('exec', 'eval', 'single', 'func_type'):
        raise ValueError("compile() mode must be 'exec', 'eval', 'single' or 'func_type'")
    if '\0' in source:
        raise SyntaxError('source code string cannot contain null bytes')
    tree = _build(_parser.tree(source, str(filename), mode == 'eval'))
    if mode == 'eval':
        return Expression(tree)
    return Module(tree, []) if mode == 'exec' else Interactive(tree)


def literal_eval(node_or_string):
    if isinstance(node_or_string, str):
        node_or_string = parse(node_or_string.lstrip(' \t'), mode='eval')
    if isinstance(node_or_string, Expression):
        node_or_string = node_or_string.body
    return _literal(node_or_string)


def _malformed(node):
    message = 'malformed node or string'
    if line := getattr(node, 'lineno', None):
        message += f' on line {line}'
    raise ValueError(message + f': {node!r}')


def _number(node):
    if not isinstance(node, Constant) or type(node.value) not in (int, float, complex):
        _malformed(node)
    return node.value


def _signed_number(node):
    if isinstance(node, UnaryOp) and isinstance(node.op, (UAdd, USub)):
        operand = _number(node.operand)
        return +operand if isinstance(node.op, UAdd) else -operand
    return _number(node)


def _literal(node):
    if isinstance(node, Constant):
        return node.value
    if isinstance(node, Tuple):
        return tuple(map(_literal, node.elts))
    if isinstance(node, List):
        return list(map(_literal, node.elts))
    if isinstance(node, Set):
        return set(map(_literal, node.elts))
    if isinstance(node, Call) and isinstance(node.func, Name) and node.func.id == 'set' and node.args == node.keywords == []:
        return set()
    if isinstance(node, Dict):
        if len(node.keys) != len(node.values):
            _malformed(node)
        return dict(zip(map(_literal, node.keys), map(_literal, node.values)))
    if isinstance(node, BinOp) and isinstance(node.op, (Add, Sub)):
        left, right = _signed_number(node.left), _number(node.right)
        if isinstance(left, (int, float)) and isinstance(right, complex):
            return left + right if isinstance(node.op, Add) else left - right
    return _signed_number(node)


def dump(node, annotate_fields=True, include_attributes=False, *, indent=None, show_empty=False):
    if not isinstance(node, AST):
        raise TypeError('expected AST, got %r' % node.__class__.__name__)
    if indent is not None and not isinstance(indent, str):
        indent = ' ' * indent
    return _Dumper(annotate_fields, include_attributes, indent, show_empty).show(node)[0]


class _Dumper:
    """Shows a tree; of each piece also whether it is short enough to stay on the line."""

    def __init__(self, named, attributes, indent, show_empty):
        self.named, self.attributes, self.indent, self.show_empty = named, attributes, indent, show_empty

    def show(self, node, level=0):
        level += 1
        prefix, separator = '', ', '
        if self.indent is not None:
            prefix = '\n' + self.indent * level
            separator = ',' + prefix
        if isinstance(node, AST):
            return self.show_node(node, level, prefix, separator)
        if isinstance(node, list):
            if not node:
                return '[]', True
            return '[%s%s]' % (prefix, separator.join(self.show(item, level)[0] for item in node)), False
        return repr(node), True

    def show_node(self, node, level, prefix, separator):
        kind, pieces, simple, named, skipped = type(node), [], True, self.named, []
        for name in node._fields:
            try:
                value = getattr(node, name)
            except AttributeError:
                named = True
                continue
            if value is None and getattr(kind, name, ...) is None:
                named = True
                continue
            if not self.show_empty and value == []:
                if not named:
                    skipped.append('[]')
                continue
            if not named:
                pieces.extend(skipped)
                skipped = []
            text, short = self.show(value, level)
            simple = simple and short
            pieces.append('%s=%s' % (name, text) if named else text)
        if self.attributes and node._attributes:
            for name in node._attributes:
                try:
                    value = getattr(node, name)
                except AttributeError:
                    continue
                if value is None and getattr(kind, name, ...) is None:
                    continue
                text, short = self.show(value, level)
                simple = simple and short
                pieces.append('%s=%s' % (name, text))
        called = kind.__name__
        if simple and len(pieces) <= 3:
            return '%s(%s)' % (called, ', '.join(pieces)), not pieces
        return '%s(%s%s)' % (called, prefix, separator.join(pieces)), False


def copy_location(new_node, old_node):
    for name in ('lineno', 'col_offset', 'end_lineno', 'end_col_offset'):
        if name in old_node._attributes and name in new_node._attributes:
            value = getattr(old_node, name, None)
            if value is not None or (hasattr(old_node, name) and name.startswith('end_')):
                setattr(new_node, name, value)
    return new_node


def fix_missing_locations(node):
    def fix(node, lineno, col_offset, end_lineno, end_col_offset):
        inherited = [('lineno', lineno), ('end_lineno', end_lineno), ('col_offset', col_offset), ('end_col_offset', end_col_offset)]
        found = []
        for name, value in inherited:
            if name in node._attributes:
                if getattr(node, name, None) is None:
                    setattr(node, name, value)
                else:
                    value = getattr(node, name)
            found.append(value)
        for child in iter_child_nodes(node):
            fix(child, found[0], found[2], found[1], found[3])
    fix(node, 1, 0, 1, 0)
    return node


def increment_lineno(node, n=1):
    for child in walk(node):
        if 'lineno' in child._attributes:
            child.lineno = getattr(child, 'lineno', 0) + n
        if 'end_lineno' in child._attributes and (end := getattr(child, 'end_lineno', 0)) is not None:
            child.end_lineno = end + n
    return node


def iter_fields(node):
    for field in node._fields:
        try:
            yield field, getattr(node, field)
        except AttributeError:
            pass


def iter_child_nodes(node):
    for name, field in iter_fields(node):
        if isinstance(field, AST):
            yield field
        elif isinstance(field, list):
            for item in field:
                if isinstance(item, AST):
                    yield item


def walk(node):
    from collections import deque
    todo = deque([node])
    while todo:
        node = todo.popleft()
        todo.extend(iter_child_nodes(node))
        yield node


def get_docstring(node, clean=True):
    if not isinstance(node, (AsyncFunctionDef, FunctionDef, ClassDef, Module)):
        raise TypeError("%r can't have docstrings" % node.__class__.__name__)
    if not (node.body and isinstance(node.body[0], Expr)):
        return None
    first = node.body[0].value
    if not (isinstance(first, Constant) and isinstance(first.value, str)):
        return None
    if clean:
        import inspect
        return inspect.cleandoc(first.value)
    return first.value


def get_source_segment(source, node, *, padded=False):
    try:
        if node.end_lineno is None or node.end_col_offset is None:
            return None
        line, end_line, column, end_column = node.lineno - 1, node.end_lineno - 1, node.col_offset, node.end_col_offset
    except AttributeError:
        return None
    lines = source.splitlines(keepends=True)
    if end_line == line:
        return lines[line].encode()[column:end_column].decode()
    padding = ''
    if padded:
        padding = ''.join(c if c in '\f\t' else ' ' for c in lines[line].encode()[:column].decode())
    first = padding + lines[line].encode()[column:].decode()
    return ''.join([first, *lines[line + 1:end_line], lines[end_line].encode()[:end_column].decode()])


class NodeVisitor(object):
    """Calls visit_KIND() for a node, or goes on to its children."""

    def visit(self, node):
        method = 'visit_' + node.__class__.__name__
        visitor = getattr(self, method, self.generic_visit)
        return visitor(node)

    def generic_visit(self, node):
        for field, value in iter_fields(node):
            if isinstance(value, list):
                for item in value:
                    if isinstance(item, AST):
                        self.visit(item)
            elif isinstance(value, AST):
                self.visit(value)


class NodeTransformer(NodeVisitor):
    """Puts what visit_KIND() answers in the node's place."""

    def generic_visit(self, node):
        for field, old_value in iter_fields(node):
            if isinstance(old_value, list):
                new_values = []
                for value in old_value:
                    if isinstance(value, AST):
                        value = self.visit(value)
                        if value is None:
                            continue
                        if not isinstance(value, AST):
                            new_values.extend(value)
                            continue
                    new_values.append(value)
                old_value[:] = new_values
            elif isinstance(old_value, AST):
                new_node = self.visit(old_value)
                if new_node is None:
                    delattr(node, field)
                else:
                    setattr(node, field, new_node)
        return node


def unparse(ast_obj):
    from _ast_unparse import Unparser
    return Unparser().visit(ast_obj)
