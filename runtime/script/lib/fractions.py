"""Exact rational numbers."""
import math
import numbers
import sys

__all__ = ['Fraction']
_P = sys.hash_info.modulus
_INF = sys.hash_info.inf


def _parse(text):
    """(numerator, denominator) of a string like '3/4', '-1.25' or '1e-3'; None if it is none."""
    s = text.strip()
    sign = 1
    if s[:1] in ('+', '-') and s:
        sign = -1 if s[0] == '-' else 1
        s = s[1:]

    def digits(t):
        if not t or t[0] == '_' or t[-1] == '_' or '__' in t:
            return None
        t = t.replace('_', '')
        return t if t.isdecimal() else None
    if '/' in s:
        num, _, den = s.partition('/')
        num, den = digits(num.rstrip()), digits(den.lstrip())
        return None if num is None or den is None else (sign * int(num), int(den))
    mantissa, e, exp = s.partition('e') if 'e' in s else s.partition('E')
    exponent = 0
    if e:
        bare = exp[1:] if exp[:1] in ('+', '-') else exp
        if digits(bare) is None:
            return None
        exponent = int(exp.replace('_', ''))
    whole, point, frac = mantissa.partition('.')
    if not whole and not frac or whole and digits(whole) is None or frac and digits(frac) is None:
        return None
    whole, frac = whole.replace('_', ''), frac.replace('_', '')
    num = int(whole + frac or '0')
    exponent -= len(frac)
    return (sign * num * 10 ** exponent, 1) if exponent >= 0 else (sign * num, 10 ** -exponent)


class Fraction(numbers.Rational):
    """This class implements rational numbers."""
    __slots__ = ('_numerator', '_denominator')

    def __new__(cls, numerator=0, denominator=None):
        self = super().__new__(cls)
        if denominator is None:
            if type(numerator) is int:
                self._numerator, self._denominator = numerator, 1
                return self
            if isinstance(numerator, numbers.Rational):
                self._numerator, self._denominator = numerator.numerator, numerator.denominator
                return self
            if isinstance(numerator, float) or not isinstance(numerator, str) and hasattr(numerator, 'as_integer_ratio'):
                self._numerator, self._denominator = numerator.as_integer_ratio()
                return self
            if not isinstance(numerator, str):
                raise TypeError('argument should be a string or a Rational instance')
            found = _parse(numerator)
            if found is None:
                raise ValueError('Invalid literal for Fraction: %r' % numerator)
            numerator, denominator = found
        elif type(numerator) is int is type(denominator):
            pass
        elif isinstance(numerator, numbers.Rational) and isinstance(denominator, numbers.Rational):
            numerator, denominator = numerator.numerator * denominator.denominator, denominator.numerator * numerator.denominator
        else:
            raise TypeError('both arguments should be Rational instances')
        if denominator == 0:
            raise ZeroDivisionError(f'Fraction({numerator}, 0)')
        g = math.gcd(numerator, denominator)
        if denominator < 0:
            g = -g
        self._numerator, self._denominator = numerator // g, denominator // g
        return self

    @classmethod
    def from_float(cls, f):
        if isinstance(f, numbers.Integral):
            return cls(f)
        if not isinstance(f, float):
            raise TypeError('%s.from_float() only takes floats, not %r (%s)' % (cls.__name__, f, type(f).__name__))
        return cls(*f.as_integer_ratio())

    @classmethod
    def from_decimal(cls, dec):
        return cls(*dec.as_integer_ratio())

    def is_integer(self):
        return self._denominator == 1

    def as_integer_ratio(self):
        return self._numerator, self._denominator

    def limit_denominator(self, max_denominator=1000000):
        """Closest Fraction to self with denominator at most max_denominator."""
        if max_denominator < 1:
            raise ValueError('max_denominator should be at least 1')
        if self._denominator <= max_denominator:
            return Fraction(self)
        p0, q0, p1, q1 = 0, 1, 1, 0
        n, d = self._numerator, self._denominator
        while True:
            a = n // d
            q2 = q0 + a * q1
            if q2 > max_denominator:
                break
            p0, q0, p1, q1 = p1, q1, p0 + a * p1, q2
            n, d = d, n - a * d
        k = (max_denominator - q0) // q1
        if 2 * d * (q0 + k * q1) <= self._denominator:
            return Fraction(p1, q1)
        return Fraction(p0 + k * p1, q0 + k * q1)

    numerator = property(lambda a: a._numerator)
    denominator = property(lambda a: a._denominator)

    def __repr__(self):
        return '%s(%s, %s)' % (self.__class__.__name__, self._numerator, self._denominator)

    def __str__(self):
        return str(self._numerator) if self._denominator == 1 else '%s/%s' % (self._numerator, self._denominator)

    def __format__(self, format_spec, /):
        if not format_spec:
            return str(self)
        kind = format_spec[-1]
        if kind in 'eEfFgG%':
            from _fraction_format import format_float_style
            return format_float_style(self, format_spec)
        if kind.isdigit() or kind in '<>^=+- _,#':
            from _fraction_format import format_general
            return format_general(self, format_spec)
        raise ValueError(f'Invalid format specifier {format_spec!r} for object of type {type(self).__name__!r}')

    def _operands(self, other):
        """other as a fraction, or the type in which to compute; None if neither."""
        if isinstance(other, Fraction):
            return other
        if isinstance(other, int):
            return Fraction(other)
        if isinstance(other, (float, complex)):
            return type(other)
        if isinstance(other, numbers.Rational):
            return Fraction(other.numerator, other.denominator)
        return None

    def _arith(self, other, exact, op, swap=False):
        b = self._operands(other)
        if b is None:
            return NotImplemented
        if b is float or b is complex:
            mine = float(self) if b is float else complex(self)
            return op(other, mine) if swap else op(mine, other)
        return exact(b, self) if swap else exact(self, b)

    def __add__(a, b):
        return a._arith(b, _add, lambda x, y: x + y)

    def __radd__(a, b):
        return a._arith(b, _add, lambda x, y: x + y, True)

    def __sub__(a, b):
        return a._arith(b, _sub, lambda x, y: x - y)

    def __rsub__(a, b):
        return a._arith(b, _sub, lambda x, y: x - y, True)

    def __mul__(a, b):
        return a._arith(b, _mul, lambda x, y: x * y)

    def __rmul__(a, b):
        return a._arith(b, _mul, lambda x, y: x * y, True)

    def __truediv__(a, b):
        return a._arith(b, _div, lambda x, y: x / y)

    def __rtruediv__(a, b):
        return a._arith(b, _div, lambda x, y: x / y, True)

    def __floordiv__(a, b):
        return a._arith(b, _floordiv, lambda x, y: x // y)

    def __rfloordiv__(a, b):
        return a._arith(b, _floordiv, lambda x, y: x // y, True)

    def __mod__(a, b):
        return a._arith(b, _mod, lambda x, y: x % y)

    def __rmod__(a, b):
        return a._arith(b, _mod, lambda x, y: x % y, True)

    def __divmod__(a, b):
        return a._arith(b, lambda x, y: (_floordiv(x, y), _mod(x, y)), divmod)

    def __rdivmod__(a, b):
        return a._arith(b, lambda x, y: (_floordiv(x, y), _mod(x, y)), divmod, True)

    def __pow__(a, b):
        if isinstance(b, numbers.Rational):
            if b.denominator != 1:
                return float(a) ** float(b)
            power = b.numerator
            if power >= 0:
                return Fraction(a._numerator ** power, a._denominator ** power)
            if a._numerator == 0:
                raise ZeroDivisionError(f'Fraction({a._denominator ** -power}, 0)')
            return Fraction(a._denominator ** -power, a._numerator ** -power)
        if isinstance(b, (float, complex)):
            return float(a) ** b
        return NotImplemented

    def __rpow__(b, a):
        if b._denominator == 1 and b._numerator >= 0:
            return a ** b._numerator
        if isinstance(a, numbers.Rational):
            return Fraction(a.numerator, a.denominator) ** b
        if b._denominator == 1:
            return a ** b._numerator
        return a ** float(b)

    def __pos__(a):
        return Fraction(a._numerator, a._denominator)

    def __neg__(a):
        return Fraction(-a._numerator, a._denominator)

    def __abs__(a):
        return Fraction(abs(a._numerator), a._denominator)

    def __int__(a):
        return -(-a._numerator // a._denominator) if a._numerator < 0 else a._numerator // a._denominator

    __trunc__ = __int__

    def __floor__(a):
        return a._numerator // a._denominator

    def __ceil__(a):
        return -(-a._numerator // a._denominator)

    def __round__(self, ndigits=None):
        if ndigits is None:
            floor, remainder = divmod(self._numerator, self._denominator)
            if remainder * 2 < self._denominator:
                return floor
            if remainder * 2 > self._denominator:
                return floor + 1
            return floor if floor % 2 == 0 else floor + 1
        shift = 10 ** abs(ndigits)
        return Fraction(round(self * shift), shift) if ndigits > 0 else Fraction(round(self / shift) * shift)

    def __hash__(self):
        try:
            dinv = pow(self._denominator, -1, _P)
        except ValueError:
            result = _INF
        else:
            result = hash(hash(abs(self._numerator)) * dinv)
        result = result if self._numerator >= 0 else -result
        return -2 if result == -1 else result

    def __eq__(a, b):
        if isinstance(b, int):
            return a._numerator == b and a._denominator == 1
        if isinstance(b, numbers.Rational):
            return a._numerator == b.numerator and a._denominator == b.denominator
        if isinstance(b, complex) and b.imag == 0:
            b = b.real
        if isinstance(b, float):
            return 0.0 == b if math.isnan(b) or math.isinf(b) else a == Fraction(*b.as_integer_ratio())
        return NotImplemented

    def _richcmp(self, other, op):
        if isinstance(other, numbers.Rational):
            return op(self._numerator * other.denominator, self._denominator * other.numerator)
        if isinstance(other, float):
            if math.isnan(other) or math.isinf(other):
                return op(0.0, other)
            n, d = other.as_integer_ratio()
            return op(self._numerator * d, self._denominator * n)
        return NotImplemented

    def __lt__(a, b):
        return a._richcmp(b, lambda x, y: x < y)

    def __gt__(a, b):
        return a._richcmp(b, lambda x, y: x > y)

    def __le__(a, b):
        return a._richcmp(b, lambda x, y: x <= y)

    def __ge__(a, b):
        return a._richcmp(b, lambda x, y: x >= y)

    def __bool__(a):
        return bool(a._numerator)

    def __reduce__(self):
        return self.__class__, (self._numerator, self._denominator)

    def __copy__(self):
        return self if type(self) == Fraction else self.__class__(self._numerator, self._denominator)

    def __deepcopy__(self, memo):
        return self.__copy__()


def _add(a, b):
    return Fraction(a._numerator * b._denominator + b._numerator * a._denominator, a._denominator * b._denominator)


def _sub(a, b):
    return Fraction(a._numerator * b._denominator - b._numerator * a._denominator, a._denominator * b._denominator)


def _mul(a, b):
    return Fraction(a._numerator * b._numerator, a._denominator * b._denominator)


def _div(a, b):
    if not b._numerator:
        raise ZeroDivisionError(f'Fraction({b._denominator}, 0)')
    return Fraction(a._numerator * b._denominator, a._denominator * b._numerator)


def _floordiv(a, b):
    return (a._numerator * b._denominator) // (a._denominator * b._numerator)


def _mod(a, b):
    return Fraction((a._numerator * b._denominator) % (b._numerator * a._denominator), a._denominator * b._denominator)
