"""Signals, rounding modes and contexts of decimal arithmetic."""
_hidden_frames = True
ROUND_DOWN, ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_CEILING = 'ROUND_DOWN', 'ROUND_HALF_UP', 'ROUND_HALF_EVEN', 'ROUND_CEILING'
ROUND_FLOOR, ROUND_UP, ROUND_HALF_DOWN, ROUND_05UP = 'ROUND_FLOOR', 'ROUND_UP', 'ROUND_HALF_DOWN', 'ROUND_05UP'
_ROUNDINGS = (ROUND_DOWN, ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_HALF_DOWN, ROUND_05UP)


class DecimalException(ArithmeticError):
    pass


class Clamped(DecimalException):
    pass


class InvalidOperation(DecimalException):
    pass


class ConversionSyntax(InvalidOperation):
    pass


class DivisionImpossible(InvalidOperation):
    pass


class DivisionUndefined(InvalidOperation, ZeroDivisionError):
    pass


class InvalidContext(InvalidOperation):
    pass


class DivisionByZero(DecimalException, ZeroDivisionError):
    pass


class Inexact(DecimalException):
    pass


class Rounded(DecimalException):
    pass


class Subnormal(DecimalException):
    pass


class Overflow(Inexact, Rounded):
    pass


class Underflow(Inexact, Rounded, Subnormal):
    pass


class FloatOperation(DecimalException, TypeError):
    pass


_signals = [InvalidOperation, FloatOperation, DivisionByZero, Overflow, Subnormal, Underflow, Rounded, Inexact, Clamped]
_REPR_ORDER = [Clamped, InvalidOperation, DivisionByZero, Inexact, FloatOperation, Overflow, Rounded, Subnormal, Underflow]


def _round_up(rounding, sign, q, r, unit):
    """1 if the quotient q with remainder r (of unit) is to be rounded away from zero, else 0."""
    if not r:
        return 0
    if rounding == ROUND_HALF_EVEN:
        return int(2 * r > unit or 2 * r == unit and q & 1)
    if rounding == ROUND_HALF_UP:
        return int(2 * r >= unit)
    if rounding == ROUND_HALF_DOWN:
        return int(2 * r > unit)
    if rounding == ROUND_DOWN:
        return 0
    if rounding == ROUND_UP:
        return 1
    if rounding == ROUND_CEILING:
        return int(not sign)
    if rounding == ROUND_FLOOR:
        return int(bool(sign))
    return int(q % 10 in (0, 5))


class _SignalDict(dict):
    def __repr__(self):
        return '{' + ', '.join(f'{s!r}:{bool(self[s])}' for s in _signals) + '}'

    def copy(self):
        return dict(self)


class Context:
    """Contains the context for a Decimal instance: precision, rounding, traps, flags."""
    __tp_name__ = 'decimal.Context'

    def __init__(self, prec=None, rounding=None, Emin=None, Emax=None, capitals=None, clamp=None, flags=None, traps=None):
        base = DefaultContext if 'DefaultContext' in globals() else None
        pick = lambda value, name, default: value if value is not None else getattr(base, name) if base is not None else default
        self.prec = pick(prec, 'prec', 28)
        self.rounding = pick(rounding, 'rounding', ROUND_HALF_EVEN)
        self.Emin = pick(Emin, 'Emin', -999999)
        self.Emax = pick(Emax, 'Emax', 999999)
        self.capitals = pick(capitals, 'capitals', 1)
        self.clamp = pick(clamp, 'clamp', 0)
        if traps is None:
            traps = base.traps if base is not None else [InvalidOperation, DivisionByZero, Overflow]
        self.traps = traps
        self.flags = [] if flags is None else flags

    def __setattr__(self, name, value):
        if name in ('traps', 'flags'):
            if not isinstance(value, dict):
                chosen = value
                for s in chosen:
                    if s not in _signals:
                        raise TypeError('invalid signal dict')
                value = {s: s in chosen for s in _signals}
            value = _SignalDict((s, bool(value[s])) for s in _signals)
        elif name == 'rounding':
            if value not in _ROUNDINGS:
                raise TypeError('valid values for rounding are:\n  [ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_DOWN,\n   ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN,\n   ROUND_05UP]')
        elif name == 'prec':
            if not isinstance(value, int) or not 1 <= value <= 999999999999999999:
                raise ValueError('valid range for prec is [1, MAX_PREC]') if isinstance(value, int) else TypeError(_not_int(value))
        elif name == 'Emin':
            if not isinstance(value, int) or not -999999999999999999 <= value <= 0:
                raise ValueError('valid range for Emin is [MIN_EMIN, 0]') if isinstance(value, int) else TypeError(_not_int(value))
        elif name == 'Emax':
            if not isinstance(value, int) or not 0 <= value <= 999999999999999999:
                raise ValueError('valid range for Emax is [0, MAX_EMAX]') if isinstance(value, int) else TypeError(_not_int(value))
        elif name in ('capitals', 'clamp'):
            if value not in (0, 1):
                raise ValueError(f'valid values for {name} are 0 or 1')
        else:
            raise AttributeError(f"'decimal.Context' object has no attribute {name!r}")
        object.__setattr__(self, name, value)

    def __repr__(self):
        shown = lambda d: '[' + ', '.join(s.__name__ for s in _REPR_ORDER if d[s]) + ']'
        return (f'Context(prec={self.prec}, rounding={self.rounding}, Emin={self.Emin}, Emax={self.Emax}, capitals={self.capitals}, clamp={self.clamp}, '
                f'flags={shown(self.flags)}, traps={shown(self.traps)})')

    def _signal(self, signal):
        self.flags[signal] = True
        if self.traps[signal]:
            raise signal([signal])

    def _raise(self, signal, condition, result):
        """Record a signal; raise it if it is trapped, else let result stand."""
        self.flags[signal] = True
        if self.traps[signal]:
            raise signal([condition])
        return result

    def _raise_both(self, result):
        """Division by zero in divmod: two signals, of which the invalid operation comes first."""
        from decimal import Decimal
        self.flags[DivisionByZero] = self.flags[InvalidOperation] = True
        both = [s for s in (InvalidOperation, DivisionByZero) if self.traps[s]]
        if both:
            raise both[0](both)
        return Decimal('NaN')

    def clear_flags(self):
        self.flags = []

    def clear_traps(self):
        self.traps = []

    def copy(self):
        return Context(self.prec, self.rounding, self.Emin, self.Emax, self.capitals, self.clamp, dict(self.flags), dict(self.traps))

    __copy__ = copy

    def Etiny(self):
        return self.Emin - self.prec + 1

    def Etop(self):
        return self.Emax - self.prec + 1

    def create_decimal(self, num='0'):
        """Creates a new Decimal instance but using self as context."""
        from decimal import Decimal
        d = Decimal(num, context=self)
        return d._fix(self)

    def create_decimal_from_float(self, f):
        from decimal import Decimal
        return Decimal.from_float(f)._fix(self)

    def __reduce__(self):
        return Context, (self.prec, self.rounding, self.Emin, self.Emax, self.capitals, self.clamp, [s for s in _signals if self.flags[s]],
                         [s for s in _signals if self.traps[s]])


def _not_int(value):
    return f"'{type(value).__name__}' object cannot be interpreted as an integer"


def _context_methods():
    """abs, add, divide, … of a context: the Decimal's own operations under that context."""
    table = {'abs': '__abs__', 'minus': '__neg__', 'plus': '__pos__', 'add': '__add__', 'subtract': '__sub__', 'multiply': '__mul__', 'divide': '__truediv__',
             'divide_int': '__floordiv__', 'remainder': '__mod__', 'divmod': '__divmod__'}
    same = ('quantize compare compare_signal compare_total normalize to_integral_value to_integral_exact sqrt exp ln log10 logb scaleb fma max min max_mag min_mag '
            'next_plus next_minus next_toward remainder_near shift rotate number_class same_quantum is_normal is_subnormal to_eng_string copy_sign')
    table.update((n, n) for n in same.split())

    def make(name, target):
        def method(self, a, *args):
            from decimal import Decimal, _operand
            a = _operand(a)
            return getattr(Decimal, target)(a, *args, context=self)
        method.__name__ = name
        return method
    for name, target in table.items():
        setattr(Context, name, make(name, target))
    for name in 'is_nan is_infinite is_finite is_zero is_signed is_qnan is_snan copy_abs copy_negate canonical is_canonical radix'.split():
        setattr(Context, name, (lambda n: lambda self, a=0: getattr(__import__('decimal')._operand(a), n)())(name))

    def power(self, a, b, modulo=None):
        from decimal import _operand
        return _operand(a).__pow__(b, modulo, self)
    Context.power = power
    Context.to_sci_string = lambda self, a: str(__import__('decimal')._operand(a))
    Context.to_integral = Context.to_integral_value


_context_methods()
for _c in (*_signals, ConversionSyntax, DivisionImpossible, DivisionUndefined, InvalidContext, DecimalException, Context):
    _c.__module__ = 'decimal'
DefaultContext = Context()
BasicContext = Context(prec=9, rounding=ROUND_HALF_UP, traps=[DivisionByZero, Overflow, InvalidOperation, Clamped, Underflow], flags=[])
ExtendedContext = Context(prec=9, rounding=ROUND_HALF_EVEN, traps=[], flags=[])
_current = None


def _variable():
    """The context variable that holds each task's context."""
    global _current
    if _current is None:
        from _contextvars import ContextVar
        _current = ContextVar('decimal_context')
    return _current


def getcontext():
    """Get the current default context."""
    var = _variable()
    try:
        return var.get()
    except LookupError:
        context = Context()
        var.set(context)
        return context


def setcontext(context, /):
    """Set a new default context."""
    if not isinstance(context, Context):
        raise TypeError('argument must be a context')
    if context in (DefaultContext, BasicContext, ExtendedContext):
        context = context.copy()
        context.clear_flags()
    _variable().set(context)


class _ContextManager:
    def __init__(self, new_context):
        self.new_context = new_context

    def __enter__(self):
        self.saved_context = getcontext()
        setcontext(self.new_context)
        return self.new_context

    def __exit__(self, t, v, tb):
        setcontext(self.saved_context)


def localcontext(ctx=None, **kwargs):
    """Return a context manager for a copy of the supplied context."""
    if ctx is None:
        ctx = getcontext()
    elif not isinstance(ctx, Context):
        raise TypeError('optional argument must be a context')
    copy = ctx.copy()
    for key, value in kwargs.items():
        if key not in ('prec', 'rounding', 'Emin', 'Emax', 'capitals', 'clamp', 'flags', 'traps'):
            raise TypeError(f"this function got an unexpected keyword argument '{key}'")
        setattr(copy, key, value)
    return _ContextManager(copy)
