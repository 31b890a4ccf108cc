"""The classes of syntax tree nodes, made from a table of their fields, and trees made of them."""
import sys

# One line for each sum type: its kinds with their fields, * a list, ? one that may be missing.
_GRAMMAR = '''
mod = Module(stmt* body, type_ignore* type_ignores) Interactive(stmt* body) Expression(expr body) FunctionType(expr* argtypes, expr returns)
stmt @ = FunctionDef(identifier name, arguments args, stmt* body, expr* decorator_list, expr? returns, string? type_comment, type_param* type_params) AsyncFunctionDef(identifier name, arguments args, stmt* body, expr* decorator_list, expr? returns, string? type_comment, type_param* type_params) ClassDef(identifier name, expr* bases, keyword* keywords, stmt* body, expr* decorator_list, type_param* type_params) Return(expr? value) Delete(expr* targets) Assign(expr* targets, expr value, string? type_comment) TypeAlias(expr name, type_param* type_params, expr value) AugAssign(expr target, operator op, expr value) AnnAssign(expr target, expr annotation, expr? value, int simple) For(expr target, expr iter, stmt* body, stmt* orelse, string? type_comment) AsyncFor(expr target, expr iter, stmt* body, stmt* orelse, string? type_comment) While(expr test, stmt* body, stmt* orelse) If(expr test, stmt* body, stmt* orelse) With(withitem* items, stmt* body, string? type_comment) AsyncWith(withitem* items, stmt* body, string? type_comment) Match(expr subject, match_case* cases) Raise(expr? exc, expr? cause) Try(stmt* body, excepthandler* handlers, stmt* orelse, stmt* finalbody) TryStar(stmt* body, excepthandler* handlers, stmt* orelse, stmt* finalbody) Assert(expr test, expr? msg) Import(alias* names) ImportFrom(identifier? module, alias* names, int? level) Global(identifier* names) Nonlocal(identifier* names) Expr(expr value) Pass() Break() Continue()
expr @ = BoolOp(boolop op, expr* values) NamedExpr(expr target, expr value) BinOp(expr left, operator op, expr right) UnaryOp(unaryop op, expr operand) Lambda(arguments args, expr body) IfExp(expr test, expr body, expr orelse) Dict(expr?* keys, expr* values) Set(expr* elts) ListComp(expr elt, comprehension* generators) SetComp(expr elt, comprehension* generators) DictComp(expr key, expr value, comprehension* generators) GeneratorExp(expr elt, comprehension* generators) Await(expr value) Yield(expr? value) YieldFrom(expr value) Compare(expr left, cmpop* ops, expr* comparators) Call(expr func, expr* args, keyword* keywords) FormattedValue(expr value, int conversion, expr? format_spec) JoinedStr(expr* values) Constant(constant value, string? kind) Attribute(expr value, identifier attr, expr_context ctx) Subscript(expr value, expr slice, expr_context ctx) Starred(expr value, expr_context ctx) Name(identifier id, expr_context ctx) List(expr* elts, expr_context ctx) Tuple(expr* elts, expr_context ctx) Slice(expr? lower, expr? upper, expr? step)
expr_context = Load() Store() Del()
boolop = And() Or()
operator = Add() Sub() Mult() MatMult() Div() Mod() Pow() LShift() RShift() BitOr() BitXor() BitAnd() FloorDiv()
unaryop = Invert() Not() UAdd() USub()
cmpop = Eq() NotEq() Lt() LtE() Gt() GtE() Is() IsNot() In() NotIn()
excepthandler @ = ExceptHandler(expr? type, identifier? name, stmt* body)
pattern @ = MatchValue(expr value) MatchSingleton(constant value) MatchSequence(pattern* patterns) MatchMapping(expr* keys, pattern* patterns, identifier? rest) MatchClass(expr cls, pattern* patterns, identifier* kwd_attrs, pattern* kwd_patterns) MatchStar(identifier? name) MatchAs(pattern? pattern, identifier? name) MatchOr(pattern* patterns)
type_ignore = TypeIgnore(int lineno, string tag)
type_param @ = TypeVar(identifier name, expr? bound, expr? default_value) ParamSpec(identifier name, expr? default_value) TypeVarTuple(identifier name, expr? default_value)
- comprehension(expr target, expr iter, expr* ifs, int is_async)
- arguments(arg* posonlyargs, arg* args, arg? vararg, arg* kwonlyargs, expr?* kw_defaults, arg? kwarg, expr* defaults)
- arg @(identifier arg, expr? annotation, string? type_comment)
- keyword @(identifier? arg, expr value)
- alias @(identifier name, identifier? asname)
- withitem(expr context_expr, expr? optional_vars)
- match_case(pattern pattern, expr? guard, stmt* body)
'''
_PLACE = ('lineno', 'col_offset', 'end_lineno', 'end_col_offset')


class AST:
    _fields = ()
    _attributes = ()
    _field_types = {}
    __match_args__ = ()
    __module__ = 'ast'

    def __init__(self, *args, **kwargs):
        kind = type(self)
        fields = self._fields
        if len(args) > len(fields):
            raise TypeError(f'{kind.__name__} constructor takes at most {len(fields)} positional argument{"s" * (len(fields) != 1)}')
        for name, value in zip(fields, args):
            setattr(self, name, value)
        missing = set(fields[len(args):])
        for name, value in kwargs.items():
            if name in fields:
                if name not in missing:
                    raise TypeError(f'{kind.__name__} got multiple values for argument {name!r}')
                missing.discard(name)
            elif name not in self._attributes:
                _deprecated(f"{kind.__name__}.__init__ got an unexpected keyword argument {name!r}. "
                            "Support for arbitrary keyword arguments is deprecated and will be removed in Python 3.15.")
            setattr(self, name, value)
        for name in fields:
            if name in missing:
                self._default(kind, name)

    def _default(self, kind, name):
        wanted = kind._field_types.get(name, object)
        if getattr(wanted, '__origin__', None) is list:
            setattr(self, name, [])
        elif wanted is expr_context:
            setattr(self, name, Load())
        elif not hasattr(kind, name) and kind._field_types:
            _deprecated(f"{kind.__name__}.__init__ missing 1 required positional argument: {name!r}. "
                        "This will become an error in Python 3.15.")

    def __reduce__(self):
        return type(self), (), self.__dict__

    def __replace__(self, /, **changes):
        new = type(self).__new__(type(self))
        new.__dict__.update(self.__dict__)
        for name, value in changes.items():
            if name not in self._fields and name not in self._attributes:
                raise TypeError(f'{type(self).__name__}.__replace__ got an unexpected keyword argument {name!r}.')
            setattr(new, name, value)
        return new


def _deprecated(message):
    import warnings
    warnings.warn(message, DeprecationWarning, stacklevel=4)


def _define(name, base, attributes, fields=None):
    body = {'__module__': 'ast', '__doc__': name}
    if attributes:
        body['_attributes'] = _PLACE
        body['end_lineno'] = body['end_col_offset'] = None
    if fields is not None:
        pairs = [field.split() for field in fields.split(', ') if field]
        body['_fields'] = body['__match_args__'] = tuple(name for _, name in pairs)
        body['_declared'] = pairs
        for kind, field in pairs:
            if kind.endswith('?'):
                body[field] = None
    made = globals()[name] = type(AST)(name, (base,), body)
    __all__.append(name)
    return made


def _define_all():
    for line in _GRAMMAR.strip().split('\n'):
        if line.startswith('- '):
            name, _, fields = line[2:-1].partition('(')
            _define(name.rstrip(' @'), AST, '@' in name, fields)
            continue
        name, _, kinds = line.partition(' = ')
        base = _define(name.rstrip(' @'), AST, '@' in name)
        if base.__name__ == 'expr':
            base.end_lineno = base.end_col_offset = None
        for kind in kinds.rstrip(')').split(') '):
            kind, _, fields = kind.partition('(')
            _define(kind, base, False, fields)


__all__ = ['AST']
_define_all()


def _type_of(kind):
    plain = {'identifier': str, 'string': str, 'int': int, 'constant': object}
    name = kind.rstrip('?*')
    found = plain.get(name) or globals()[name]
    if kind.endswith('*'):
        return list[found]
    return found | None if kind.endswith('?') else found


for _made in [globals()[_name] for _name in __all__]:
    _made._field_types = {field: _type_of(kind) for kind, field in _made.__dict__.get('_declared', ())}
    if '_declared' in _made.__dict__:
        del _made._declared

_SINGLE = {name: globals()[name]() for name in __all__
           if issubclass(globals()[name], (expr_context, boolop, operator, unaryop, cmpop)) and '_fields' in globals()[name].__dict__}


def _build(tree):
    """The node of a tuple (kind, place, fields …), the nodes of a list of them."""
    if type(tree) is list:
        return [_build(item) for item in tree]
    if type(tree) is not tuple:
        return tree
    name, place = tree[0], tree[1]
    if name in _SINGLE:
        return _SINGLE[name]
    kind = globals()[name]
    made = kind.__new__(kind)
    if name == 'Constant':
        made.value, made.kind = tree[2], tree[3]
    else:
        made.__dict__.update(zip(kind._fields, map(_build, tree[2:])))
    if place:
        made.lineno, made.col_offset, made.end_lineno, made.end_col_offset = place
    return made
