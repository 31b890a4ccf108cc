"""Decimal arithmetic as the General Decimal Arithmetic specification describes it, on Python's integers."""
import sys
from _decimal_context import (BasicContext, Clamped, Context, ConversionSyntax, DecimalException, DefaultContext, DivisionByZero, DivisionImpossible,
                              DivisionUndefined, ExtendedContext, FloatOperation, Inexact, InvalidContext, InvalidOperation, Overflow, ROUND_05UP,
                              ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Rounded, Subnormal,
                              Underflow, getcontext, localcontext, setcontext, _round_up)

_hidden_frames = True
__all__ = ['Decimal', 'Context', 'DecimalTuple', 'DefaultContext', 'BasicContext', 'ExtendedContext', 'DecimalException', 'Clamped', 'InvalidOperation',
           'DivisionByZero', 'Inexact', 'Rounded', 'Subnormal', 'Overflow', 'Underflow', 'FloatOperation', 'DivisionImpossible', 'InvalidContext',
           'ConversionSyntax', 'DivisionUndefined', 'ROUND_DOWN', 'ROUND_HALF_UP', 'ROUND_HALF_EVEN', 'ROUND_CEILING', 'ROUND_FLOOR', 'ROUND_UP',
           'ROUND_HALF_DOWN', 'ROUND_05UP', 'setcontext', 'getcontext', 'localcontext', 'MAX_PREC', 'MAX_EMAX', 'MIN_EMIN', 'MIN_ETINY', 'HAVE_THREADS',
           'HAVE_CONTEXTVAR']
MAX_PREC = MAX_EMAX = 999999999999999999
MIN_EMIN, MIN_ETINY = -MAX_EMAX, -1999999999999999997
HAVE_THREADS = HAVE_CONTEXTVAR = True
__version__ = '1.70'


def __getattr__(name):
    if name == 'DecimalTuple':
        from collections import namedtuple
        globals()[name] = namedtuple('DecimalTuple', 'sign digits exponent', module='decimal')
        return globals()[name]
    raise AttributeError(f"module 'decimal' has no attribute {name!r}")


def _dec(sign, coeff, exp):
    """A Decimal from its parts; exp is an int, 'F' for infinity, 'n' or 'N' for a quiet or signaling NaN."""
    self = object.__new__(Decimal)
    self._sign, self._coeff, self._exp = sign, coeff, exp
    return self


def _ndigits(n):
    return len(str(n))


def _parse(text):
    """(sign, coefficient, exponent) of a numeric string; None if it is none."""
    s = text.strip().replace('_', '')
    sign = 0
    if s[:1] in ('+', '-') and s:
        sign = int(s[0] == '-')
        s = s[1:]
    low = s.lower()
    if low in ('inf', 'infinity'):
        return sign, 0, 'F'
    for word, kind in (('snan', 'N'), ('nan', 'n')):
        if low.startswith(word):
            rest = s[len(word):]
            return (sign, int(rest or 0), kind) if not rest or rest.isdecimal() else None
    mantissa, e, exp = low.partition('e')
    if e and not (exp[1:] if exp[:1] in ('+', '-') else exp).isdecimal():
        return None
    whole, _, frac = mantissa.partition('.')
    digits = whole + frac
    if not digits.isdecimal() or '.' in frac:
        return None
    return sign, int(digits), (int(exp) if e else 0) - len(frac)


class Decimal:
    """A decimal floating-point number: (-1)**sign * coefficient * 10**exponent."""
    __slots__ = ('_sign', '_coeff', '_exp')
    __tp_name__ = 'decimal.Decimal'

    def __new__(cls, value='0', context=None):
        if isinstance(value, str):
            parts = _parse(value)
            if parts is None:
                return (context or getcontext())._raise(InvalidOperation, ConversionSyntax, _dec(0, 0, 'n'))
        elif isinstance(value, int):
            parts = int(value < 0), abs(int(value)), 0
        elif isinstance(value, Decimal):
            if cls is Decimal and type(value) is Decimal:
                return value
            parts = value._sign, value._coeff, value._exp
        elif isinstance(value, (tuple, list)):
            parts = _from_tuple(value)
        elif isinstance(value, float):
            (context or getcontext())._signal(FloatOperation)
            parts = _from_float(value)
        else:
            raise TypeError('conversion from %s to Decimal is not supported' % type(value).__name__)
        self = object.__new__(cls)
        self._sign, self._coeff, self._exp = parts
        return self

    @classmethod
    def from_float(cls, f, /):
        """Converts a float to a decimal number, exactly."""
        if isinstance(f, int):
            return cls(f)
        if not isinstance(f, float):
            raise TypeError('argument must be int or float')
        result = _dec(*_from_float(f))
        return result if cls is Decimal else cls(result)

    # -- what it is

    def is_nan(self):
        return self._exp in ('n', 'N')

    def is_qnan(self):
        return self._exp == 'n'

    def is_snan(self):
        return self._exp == 'N'

    def is_infinite(self):
        return self._exp == 'F'

    def is_finite(self):
        return isinstance(self._exp, int)

    def is_signed(self):
        return self._sign == 1

    def is_zero(self):
        return isinstance(self._exp, int) and not self._coeff

    def is_normal(self, context=None):
        return self.is_finite() and bool(self._coeff) and (context or getcontext()).Emin <= self.adjusted()

    def is_subnormal(self, context=None):
        return self.is_finite() and bool(self._coeff) and self.adjusted() < (context or getcontext()).Emin

    def is_canonical(self):
        return True

    def canonical(self):
        return self

    def __bool__(self):
        return not isinstance(self._exp, int) or bool(self._coeff)

    def as_tuple(self):
        """Returns a tuple representation of the number."""
        exp = self._exp
        digits = (0,) if exp == 'F' else () if not isinstance(exp, int) and not self._coeff else tuple(map(int, str(self._coeff)))
        return (globals().get('DecimalTuple') or __getattr__('DecimalTuple'))(self._sign, digits, exp)

    def as_integer_ratio(self):
        if not self.is_finite():
            if self.is_nan():
                raise ValueError('cannot convert NaN to integer ratio')
            raise OverflowError('cannot convert Infinity to integer ratio')
        from math import gcd
        n, d = (self._coeff * 10 ** self._exp, 1) if self._exp >= 0 else (self._coeff, 10 ** -self._exp)
        g = gcd(n, d)
        return (-n if self._sign else n) // g, d // g

    def adjusted(self):
        """Return the adjusted exponent of self"""
        return self._exp + _ndigits(self._coeff) - 1 if isinstance(self._exp, int) else 0

    def radix(self):
        return Decimal(10)

    def number_class(self, context=None):
        if self.is_nan():
            return 'sNaN' if self._exp == 'N' else 'NaN'
        mark = '-' if self._sign else '+'
        if self.is_infinite():
            return mark + 'Infinity'
        if not self._coeff:
            return mark + 'Zero'
        return mark + ('Subnormal' if self.is_subnormal(context) else 'Normal')

    # -- texts

    def __repr__(self):
        return f"Decimal('{self}')"

    def __str__(self, eng=False, capitals=None):
        sign = '-' if self._sign else ''
        exp = self._exp
        if not isinstance(exp, int):
            if exp == 'F':
                return sign + 'Infinity'
            return sign + ('NaN' if exp == 'n' else 'sNaN') + (str(self._coeff) if self._coeff else '')
        digits = str(self._coeff)
        leftdigits = exp + len(digits)
        if exp <= 0 and leftdigits > -6:
            point = leftdigits
        elif not eng:
            point = 1
        elif digits == '0':
            point = (leftdigits + 1) % 3 - 1
        else:
            point = (leftdigits - 1) % 3 + 1
        if point <= 0:
            text = '0.' + '0' * -point + digits
        elif point >= len(digits):
            text = digits + '0' * (point - len(digits))
        else:
            text = f'{digits[:point]}.{digits[point:]}'
        if leftdigits != point:
            letter = 'E' if (getcontext().capitals if capitals is None else capitals) else 'e'
            text += f'{letter}{leftdigits - point:+d}'
        return sign + text

    def to_eng_string(self, context=None):
        return self.__str__(eng=True)

    def __format__(self, spec, context=None):
        from _decimal_more import format_decimal
        return format_decimal(self, spec, context or getcontext())

    # -- numbers of other kinds

    def __int__(self):
        if not self.is_finite():
            if self.is_nan():
                raise ValueError('cannot convert NaN to integer')
            raise OverflowError('cannot convert Infinity to integer')
        n = self._coeff * 10 ** self._exp if self._exp >= 0 else self._coeff // 10 ** -self._exp
        return -n if self._sign else n

    __trunc__ = __int__

    def __float__(self):
        if self.is_snan():
            raise ValueError('cannot convert signaling NaN to float')
        if self.is_nan():
            return float('-nan' if self._sign else 'nan')
        return float(str(self))

    def __complex__(self):
        return complex(float(self))

    def __floor__(self):
        return self._to_int(ROUND_FLOOR)

    def __ceil__(self):
        return self._to_int(ROUND_CEILING)

    def _to_int(self, rounding):
        if not self.is_finite():
            return int(self)
        return int(self._rescale(0, rounding)) if self._exp < 0 else int(self)

    def __round__(self, n=None):
        if n is not None:
            if not isinstance(n, int):
                raise TypeError("optional arg must be an integer")
            return self.quantize(_dec(0, 1, -n), ROUND_HALF_EVEN)
        return self._to_int(ROUND_HALF_EVEN)

    real = property(lambda self: self)
    imag = property(lambda self: Decimal(0))

    def conjugate(self):
        return self

    def __hash__(self):
        if not self.is_finite():
            if self._exp == 'N':
                raise TypeError('Cannot hash a signaling NaN value')
            if self._exp == 'n':
                return object.__hash__(self)
            return -sys.hash_info.inf if self._sign else sys.hash_info.inf
        p = sys.hash_info.modulus
        power = pow(10, self._exp, p) if self._exp >= 0 else pow(pow(10, -1, p), -self._exp, p)
        h = self._coeff * power % p
        h = h if not self._sign else -h
        return -2 if h == -1 else h

    # -- comparing

    def _cmp(self, other):
        """-1, 0 or 1, for numbers that are no NaN."""
        if self._exp == 'F' or other._exp == 'F':
            a = (-1 if self._sign else 1) if self._exp == 'F' else 0
            b = (-1 if other._sign else 1) if other._exp == 'F' else 0
            return (a > b) - (a < b)
        if not self._coeff or not other._coeff:
            a = 0 if not self._coeff else -1 if self._sign else 1
            b = 0 if not other._coeff else -1 if other._sign else 1
            return (a > b) - (a < b)
        if self._sign != other._sign:
            return -1 if self._sign else 1
        a, b = self.adjusted(), other.adjusted()
        if a == b:
            low = min(self._exp, other._exp)
            a, b = self._coeff * 10 ** (self._exp - low), other._coeff * 10 ** (other._exp - low)
        c = (a > b) - (a < b)
        return -c if self._sign else c

    def _rich(self, other, equality):
        """The other operand of a comparison as a Decimal; None if it has no place here."""
        if isinstance(other, Decimal):
            return other
        if isinstance(other, int):
            return Decimal(other)
        if isinstance(other, complex) and equality and other.imag == 0:
            other = other.real
        if isinstance(other, float):
            ctx = getcontext()
            ctx.flags[FloatOperation] = True
            if not equality:
                ctx._signal(FloatOperation)
            return Decimal.from_float(other)
        if hasattr(other, 'numerator') and hasattr(other, 'denominator'):
            return _dec(int(other.numerator < 0), 0, 0) if not other.numerator else _Ratio(other.numerator, other.denominator)
        return None

    def _compare_op(self, other, test, equality=False):
        o = self._rich(other, equality)
        if o is None:
            return NotImplemented
        if isinstance(o, _Ratio):
            if not self.is_finite():
                return test(0 if self.is_nan() else -1 if self._sign else 1) if not self.is_nan() else False
            n, d = self.as_integer_ratio()
            a, b = n * o.d, o.n * d
            return test((a > b) - (a < b))
        if self.is_nan() or o.is_nan():
            if not equality or self._exp == 'N' or o._exp == 'N':
                getcontext()._raise(InvalidOperation, InvalidOperation, None)
            return False
        return test(self._cmp(o))

    def __eq__(self, other):
        return self._compare_op(other, lambda c: c == 0, True)

    def __lt__(self, other):
        return self._compare_op(other, lambda c: c < 0)

    def __le__(self, other):
        return self._compare_op(other, lambda c: c <= 0)

    def __gt__(self, other):
        return self._compare_op(other, lambda c: c > 0)

    def __ge__(self, other):
        return self._compare_op(other, lambda c: c >= 0)

    def compare(self, other, context=None):
        other = _operand(other)
        nan = self._nans(other, context)
        return nan if nan is not None else Decimal(self._cmp(other))

    def compare_signal(self, other, context=None):
        other = _operand(other)
        if self.is_nan() or other.is_nan():
            return (context or getcontext())._raise(InvalidOperation, InvalidOperation, _dec(0, 0, 'n'))
        return Decimal(self._cmp(other))

    def compare_total(self, other, context=None):
        def key(d):
            kind = {'F': 1, 'N': 2, 'n': 3}.get(d._exp, 0)
            return kind
        other = _operand(other)
        if self._sign != other._sign:
            return Decimal(-1 if self._sign else 1)
        a, b = key(self), key(other)
        if a == b:
            if a >= 2:
                a, b = self._coeff, other._coeff
            elif a == 0:
                c = self.copy_abs()._cmp(other.copy_abs())
                a, b = (c, 0) if c else (self._exp, other._exp)
        c = (a > b) - (a < b)
        return Decimal(-c if self._sign else c)

    def _nans(self, other=None, context=None):
        """The NaN an operation on these operands gives; None where there is none."""
        if not self.is_nan() and (other is None or not other.is_nan()):
            return None
        for d in (self, other):
            if d is not None and d._exp == 'N':
                return (context or getcontext())._raise(InvalidOperation, InvalidOperation, _dec(d._sign, d._coeff, 'n'))
        for d in (self, other):
            if d is not None and d._exp == 'n':
                return d

    # -- rounding

    def _rescale(self, exp, rounding):
        """With the given exponent, without looking at any context."""
        if not self._coeff:
            return _dec(self._sign, 0, exp)
        if self._exp >= exp:
            return _dec(self._sign, self._coeff * 10 ** (self._exp - exp), exp)
        shift = exp - self._exp
        q, r = divmod(self._coeff, 10 ** shift) if shift <= _ndigits(self._coeff) + 1 else (0, self._coeff)
        half = 10 ** shift
        return _dec(self._sign, q + _round_up(rounding, self._sign, q, r, half), exp)

    def _fix(self, ctx):
        """Rounded to what the context can hold."""
        if not isinstance(self._exp, int):
            if self.is_nan() and _ndigits(self._coeff) > ctx.prec - ctx.clamp:
                return _dec(self._sign, self._coeff % 10 ** (ctx.prec - ctx.clamp), self._exp)
            return self
        etiny, etop = ctx.Etiny(), ctx.Etop()
        if not self._coeff:
            top = etop if ctx.clamp else ctx.Emax
            exp = min(max(self._exp, etiny), top)
            if exp != self._exp:
                ctx._signal(Clamped)
                return _dec(self._sign, 0, exp)
            return self
        n = _ndigits(self._coeff)
        exp_min = n + self._exp - ctx.prec
        if exp_min > etop:
            return self._overflow(ctx)
        subnormal = exp_min < etiny
        exp_min = max(exp_min, etiny)
        if self._exp < exp_min:
            done = self._rescale(exp_min, ctx.rounding)
            exact = self._cmp(done) == 0
            if _ndigits(done._coeff) > ctx.prec:
                done = _dec(done._sign, done._coeff // 10, done._exp + 1)
            if done._exp > etop:
                return self._overflow(ctx)
            if not exact and subnormal:
                ctx._signal(Underflow)
            if subnormal:
                ctx._signal(Subnormal)
            if not exact:
                ctx._signal(Inexact)
            ctx._signal(Rounded)
            if not done._coeff:
                ctx._signal(Clamped)
            return done
        if subnormal:
            ctx._signal(Subnormal)
        if ctx.clamp and self._exp > etop:
            ctx._signal(Clamped)
            return _dec(self._sign, self._coeff * 10 ** (self._exp - etop), etop)
        return self

    def _overflow(self, ctx):
        towards_zero = ctx.rounding in (ROUND_DOWN, ROUND_05UP) or ctx.rounding == ROUND_CEILING and self._sign or ctx.rounding == ROUND_FLOOR and not self._sign
        result = _dec(self._sign, 10 ** ctx.prec - 1, ctx.Etop()) if towards_zero else _dec(self._sign, 0, 'F')
        ctx._signal(Overflow)
        ctx._signal(Inexact)
        ctx._signal(Rounded)
        return result

    def quantize(self, exp, rounding=None, context=None):
        """Quantize self so its exponent is the same as that of exp."""
        exp = _operand(exp)
        ctx = context or getcontext()
        rounding = ctx.rounding if rounding is None else rounding
        nan = self._nans(exp, ctx)
        if nan is not None:
            return nan._fix(ctx)
        bad = _dec(0, 0, 'n')
        if self._exp == 'F' or exp._exp == 'F':
            if self._exp == exp._exp:
                return self
            return ctx._raise(InvalidOperation, InvalidOperation, bad)
        if not ctx.Etiny() <= exp._exp <= ctx.Emax:
            return ctx._raise(InvalidOperation, InvalidOperation, bad)
        if not self._coeff:
            return _dec(self._sign, 0, exp._exp)._fix(ctx)
        if self.adjusted() > ctx.Emax or self.adjusted() - exp._exp + 1 > ctx.prec:
            return ctx._raise(InvalidOperation, InvalidOperation, bad)
        done = self._rescale(exp._exp, rounding)
        if done.adjusted() > ctx.Emax or _ndigits(done._coeff) > ctx.prec:
            return ctx._raise(InvalidOperation, InvalidOperation, bad)
        if done and done.adjusted() < ctx.Emin:
            ctx._signal(Subnormal)
        if done._exp > self._exp:
            if done._cmp(self) != 0:
                ctx._signal(Inexact)
            ctx._signal(Rounded)
        return done._fix(ctx)

    def to_integral_value(self, rounding=None, context=None):
        """Rounds to a nearby integer without raising inexact, rounded."""
        ctx = context or getcontext()
        nan = self._nans(None, ctx)
        if nan is not None:
            return nan
        if self._exp == 'F' or self._exp >= 0:
            return self
        return self._rescale(0, ctx.rounding if rounding is None else rounding)

    to_integral = to_integral_value

    def to_integral_exact(self, rounding=None, context=None):
        ctx = context or getcontext()
        done = self.to_integral_value(rounding, ctx)
        if self.is_finite() and self._exp < 0:
            if done._cmp(self) != 0:
                ctx._signal(Inexact)
            ctx._signal(Rounded)
        return done

    def normalize(self, context=None):
        """Strip trailing 0s, change 0 to 0e0."""
        ctx = context or getcontext()
        nan = self._nans(None, ctx)
        if nan is not None:
            return nan
        d = self._fix(ctx)
        if d._exp == 'F':
            return d
        if not d._coeff:
            return _dec(d._sign, 0, 0)
        coeff, exp = d._coeff, d._exp
        top = ctx.Etop() if ctx.clamp else ctx.Emax
        while coeff % 10 == 0 and exp < top:
            coeff //= 10
            exp += 1
        return _dec(d._sign, coeff, exp)

    # -- arithmetic

    def __neg__(self, context=None):
        ctx = context or getcontext()
        nan = self._nans(None, ctx)
        if nan is not None:
            return nan
        if not self and ctx.rounding != ROUND_FLOOR:
            return self.copy_abs()._fix(ctx)
        return self.copy_negate()._fix(ctx)

    def __pos__(self, context=None):
        ctx = context or getcontext()
        nan = self._nans(None, ctx)
        if nan is not None:
            return nan
        return (self.copy_abs() if not self and ctx.rounding != ROUND_FLOOR else self)._fix(ctx)

    def __abs__(self, context=None):
        nan = self._nans(None, context)
        return nan if nan is not None else self.copy_abs()._fix(context or getcontext())

    def __add__(self, other, context=None):
        other = _operand(other, False)
        if other is NotImplemented:
            return other
        ctx = context or getcontext()
        nan = self._nans(other, ctx)
        if nan is not None:
            return nan._fix(ctx)
        if self._exp == 'F' or other._exp == 'F':
            if self._exp == other._exp and self._sign != other._sign:
                return ctx._raise(InvalidOperation, InvalidOperation, _dec(0, 0, 'n'))
            return self if self._exp == 'F' else other
        a, b = self, other
        exp = min(a._exp, b._exp)
        if a and b and abs(a._exp - b._exp) > 4 * ctx.prec + 100:
            # one is too small to matter beyond its sign: stand for it by one unit far to the right
            if a.adjusted() < b.adjusted() and a.adjusted() < b._exp - ctx.prec - 4:
                a = _dec(a._sign, 1, b._exp - ctx.prec - 4 if b._exp - ctx.prec - 4 > a._exp else a._exp)
            elif b.adjusted() < a.adjusted() and b.adjusted() < a._exp - ctx.prec - 4:
                b = _dec(b._sign, 1, a._exp - ctx.prec - 4 if a._exp - ctx.prec - 4 > b._exp else b._exp)
            if a._exp > exp and b._exp > exp:
                exp = min(a._exp, b._exp)
        if not a or not b:
            if not a and not b:
                sign = min(a._sign, b._sign)
                if ctx.rounding == ROUND_FLOOR and a._sign != b._sign:
                    sign = 1
                return _dec(sign, 0, exp)._fix(ctx)
            full = b if not a else a
            exp = max(exp, full._exp - ctx.prec - 1)
            return full._rescale(exp, ctx.rounding)._fix(ctx)
        x, y = a._coeff * 10 ** (a._exp - exp), b._coeff * 10 ** (b._exp - exp)
        total = (-x if a._sign else x) + (-y if b._sign else y)
        if not total:
            return _dec(int(ctx.rounding == ROUND_FLOOR) if a._sign != b._sign else a._sign, 0, min(self._exp, other._exp))._fix(ctx)
        return _dec(int(total < 0), abs(total), exp)._fix(ctx)

    __radd__ = __add__

    def __sub__(self, other, context=None):
        other = _operand(other, False)
        if other is NotImplemented:
            return other
        if self.is_nan() or other.is_nan():
            ctx = context or getcontext()
            return self._nans(other, ctx)._fix(ctx)
        return self.__add__(other.copy_negate(), context)

    def __rsub__(self, other, context=None):
        other = _operand(other, False)
        return other if other is NotImplemented else other.__sub__(self, context)

    def __mul__(self, other, context=None):
        other = _operand(other, False)
        if other is NotImplemented:
            return other
        ctx = context or getcontext()
        sign = self._sign ^ other._sign
        nan = self._nans(other, ctx)
        if nan is not None:
            return nan._fix(ctx)
        if self._exp == 'F' or other._exp == 'F':
            if not self or not other:
                return ctx._raise(InvalidOperation, InvalidOperation, _dec(0, 0, 'n'))
            return _dec(sign, 0, 'F')
        return _dec(sign, self._coeff * other._coeff, self._exp + other._exp)._fix(ctx)

    __rmul__ = __mul__

    def __truediv__(self, other, context=None):
        other = _operand(other, False)
        if other is NotImplemented:
            return other
        ctx = context or getcontext()
        sign = self._sign ^ other._sign
        nan = self._nans(other, ctx)
        if nan is not None:
            return nan._fix(ctx)
        if self._exp == 'F':
            if other._exp == 'F':
                return ctx._raise(InvalidOperation, InvalidOperation, _dec(0, 0, 'n'))
            return _dec(sign, 0, 'F')
        if other._exp == 'F':
            ctx._signal(Clamped)
            return _dec(sign, 0, ctx.Etiny())
        if not other:
            if not self:
                return ctx._raise(InvalidOperation, DivisionUndefined, _dec(0, 0, 'n'))
            return ctx._raise(DivisionByZero, DivisionByZero, _dec(sign, 0, 'F'))
        if not self:
            return _dec(sign, 0, self._exp - other._exp)._fix(ctx)
        shift = _ndigits(other._coeff) - _ndigits(self._coeff) + ctx.prec + 1
        exp = self._exp - other._exp - shift
        if shift >= 0:
            coeff, remainder = divmod(self._coeff * 10 ** shift, other._coeff)
        else:
            coeff, remainder = divmod(self._coeff, other._coeff * 10 ** -shift)
        if remainder:
            if coeff % 5 == 0:
                coeff += 1
        else:
            ideal = self._exp - other._exp
            while exp < ideal and coeff % 10 == 0:
                coeff //= 10
                exp += 1
        return _dec(sign, coeff, exp)._fix(ctx)

    def __rtruediv__(self, other, context=None):
        other = _operand(other, False)
        return other if other is NotImplemented else other.__truediv__(self, context)

    def _divide(self, other, ctx):
        """(self // other, self % other) of finite numbers, other not zero."""
        sign = self._sign ^ other._sign
        ideal = self._exp if other._exp == 'F' else min(self._exp, other._exp)
        expdiff = self.adjusted() - other.adjusted()
        if not self or other._exp == 'F' or expdiff <= -2:
            return _dec(sign, 0, 0), self._rescale(ideal, ctx.rounding)
        if expdiff <= ctx.prec:
            a, b = self._coeff, other._coeff
            if self._exp >= other._exp:
                a *= 10 ** (self._exp - other._exp)
            else:
                b *= 10 ** (other._exp - self._exp)
            q, r = divmod(a, b)
            if q < 10 ** ctx.prec:
                return _dec(sign, q, 0), _dec(self._sign, r, ideal)
        ans = ctx._raise(InvalidOperation, DivisionImpossible, _dec(0, 0, 'n'))
        return ans, ans

    def _divmod(self, other, ctx):
        nan = self._nans(other, ctx)
        if nan is not None:
            return nan, nan
        sign = self._sign ^ other._sign
        bad = _dec(0, 0, 'n')
        if self._exp == 'F':
            if other._exp == 'F':
                ans = ctx._raise(InvalidOperation, InvalidOperation, bad)
                return ans, ans
            return _dec(sign, 0, 'F'), ctx._raise(InvalidOperation, InvalidOperation, bad)
        if not other:
            if not self:
                ans = ctx._raise(InvalidOperation, DivisionUndefined, bad)
                return ans, ans
            return None, None
        q, r = self._divide(other, ctx)
        return q, r if r.is_nan() else r._fix(ctx)

    def __floordiv__(self, other, context=None):
        other = _operand(other, False)
        if other is NotImplemented:
            return other
        ctx = context or getcontext()
        if self._exp == 'F' and other.is_finite():
            return _dec(self._sign ^ other._sign, 0, 'F')
        q, r = self._divmod(other, ctx)
        if q is None:
            return ctx._raise(DivisionByZero, DivisionByZero, _dec(self._sign ^ other._sign, 0, 'F'))
        return q

    def __mod__(self, other, context=None):
        other = _operand(other, False)
        if other is NotImplemented:
            return other
        ctx = context or getcontext()
        q, r = self._divmod(other, ctx)
        if q is None:
            return ctx._raise(InvalidOperation, InvalidOperation, _dec(0, 0, 'n'))
        return r

    def __divmod__(self, other, context=None):
        other = _operand(other, False)
        if other is NotImplemented:
            return other
        ctx = context or getcontext()
        q, r = self._divmod(other, ctx)
        if q is None:
            inf = _dec(self._sign ^ other._sign, 0, 'F')
            nan = ctx._raise_both(inf)
            return inf, nan
        return q, r

    def __rfloordiv__(self, other, context=None):
        other = _operand(other, False)
        return other if other is NotImplemented else other.__floordiv__(self, context)

    def __rmod__(self, other, context=None):
        other = _operand(other, False)
        return other if other is NotImplemented else other.__mod__(self, context)

    def __rdivmod__(self, other, context=None):
        other = _operand(other, False)
        return other if other is NotImplemented else other.__divmod__(self, context)

    def __pow__(self, other, modulo=None, context=None):
        other = _operand(other, False)
        if other is NotImplemented:
            return other
        from _decimal_more import power
        return power(self, other, modulo, context or getcontext())

    def __rpow__(self, other, modulo=None, context=None):
        other = _operand(other, False)
        return other if other is NotImplemented else other.__pow__(self, modulo, context)

    # -- signs and copies

    def copy_abs(self):
        return _dec(0, self._coeff, self._exp)

    def copy_negate(self):
        return _dec(1 - self._sign, self._coeff, self._exp)

    def copy_sign(self, other, context=None):
        return _dec(_operand(other)._sign, self._coeff, self._exp)

    def same_quantum(self, other, context=None):
        other = _operand(other)
        if not self.is_finite() or not other.is_finite():
            return self.is_nan() and other.is_nan() or self.is_infinite() and other.is_infinite()
        return self._exp == other._exp

    def __reduce__(self):
        return self.__class__, (str(self),)

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self


class _Ratio:
    """A rational other operand of a comparison."""

    def __init__(self, n, d):
        self.n, self.d = n, d


def _operand(other, strict=True):
    """The other operand as a Decimal."""
    if isinstance(other, Decimal):
        return other
    if isinstance(other, int):
        return Decimal(other)
    if not strict:
        return NotImplemented
    raise TypeError(f'conversion from {type(other).__name__} to Decimal is not supported')


def _from_tuple(value):
    if len(value) != 3:
        raise ValueError('argument must be a sequence of length 3')
    sign, digits, exp = value
    if not isinstance(sign, int) or sign not in (0, 1):
        raise ValueError('sign must be an integer with the value 0 or 1')
    if exp == 'F':
        return sign, 0, 'F'
    for d in digits:
        if not isinstance(d, int) or not 0 <= d <= 9:
            raise ValueError('coefficient must be a tuple of digits')
    coeff = int(''.join(map(str, digits)) or 0)
    if exp not in ('n', 'N') and not isinstance(exp, int):
        raise ValueError("string argument in the third position must be 'F', 'n' or 'N'" if isinstance(exp, str) else 'exponent must be an integer')
    return sign, coeff, exp


def _from_float(f):
    if f != f:
        return 0, 0, 'n'
    from math import copysign
    sign = int(copysign(1.0, f) < 0)
    if f in (float('inf'), float('-inf')):
        return sign, 0, 'F'
    n, d = abs(f).as_integer_ratio()
    k = d.bit_length() - 1
    return sign, n * 5 ** k, -k


def _more_method(name):
    """A method whose code is loaded when it is first called."""
    def method(self, *args, **kwargs):
        import _decimal_more
        return getattr(_decimal_more, name)(self, *args, **kwargs)
    method.__name__ = name
    method.__qualname__ = 'Decimal.' + name
    return method


for _n in ('sqrt', 'exp', 'ln', 'log10', 'logb', 'scaleb', 'fma', 'max', 'min', 'max_mag', 'min_mag', 'next_plus', 'next_minus', 'next_toward', 'remainder_near',
           'shift', 'rotate', 'compare_total_mag', 'logical_and', 'logical_or', 'logical_xor', 'logical_invert'):
    setattr(Decimal, _n, _more_method(_n))


def _register():
    import numbers
    numbers.Number.register(Decimal)


if 'numbers' in sys.modules:
    _register()
