"""The operations on decimals that are needed less often: roots, powers, logarithms, formatting."""
import decimal
from decimal import DivisionImpossible, DivisionUndefined, InvalidOperation, ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal, Rounded, _dec, _ndigits, _operand, getcontext

from builtins import max as _larger, min as _smaller

_hidden_frames = True


def _bad(ctx):
    return ctx._raise(InvalidOperation, InvalidOperation, _dec(0, 0, 'n'))


def sqrt(self, context=None):
    """Return the square root of self, correctly rounded."""
    ctx = context or getcontext()
    nan = self._nans(None, ctx)
    if nan is not None:
        return nan
    if self._exp == 'F' and self._sign == 0:
        return self
    if not self:
        return _dec(self._sign, 0, self._exp // 2)._fix(ctx)
    if self._sign:
        return _bad(ctx)
    prec = ctx.prec + 1
    e, c = self._exp, self._coeff
    if e & 1:
        c *= 10
        l = (_ndigits(self._coeff) >> 1) + 1
        e -= 1
    else:
        l = _ndigits(self._coeff) + 1 >> 1
    e //= 2
    shift = prec - l
    exact = True
    if shift >= 0:
        c *= 100 ** shift
    else:
        c, remainder = divmod(c, 100 ** -shift)
        exact = not remainder
    from math import isqrt
    n = isqrt(c)
    exact = exact and n * n == c
    ideal = self._exp // 2
    e -= shift
    if exact:
        while e < ideal and n % 10 == 0:
            n //= 10
            e += 1
        while e > ideal:
            n *= 10
            e -= 1
    elif n % 5 == 0:
        n += 1
    old = ctx.rounding
    ctx.rounding = ROUND_HALF_EVEN
    try:
        return _dec(0, n, e)._fix(ctx)
    finally:
        ctx.rounding = old


def _exp_scaled(n, d, digits):
    """exp(n/d) * 10**digits as an integer, good to about a unit."""
    guard = digits + 12
    scale = 10 ** guard
    x = n * scale // d
    k = 0
    while abs(x) > scale >> 4:
        x >>= 1
        k += 1
    scale_up = 1 << (2 * k)
    x, scale = x * scale_up, scale * scale_up
    total = term = scale
    i = 1
    while term:
        term = term * x // (scale * i)
        if term == -1:
            break
        total += term
        i += 1
    for _ in range(k):
        total = total * total // scale
    return total // (scale // 10 ** digits)


def _ln_scaled(n, d, digits):
    """ln(n/d) * 10**digits, for n/d > 0, good to about a unit."""
    guard = digits + 12
    scale = 10 ** guard
    k = n.bit_length() - d.bit_length()
    # m = n / (d * 2**k) lies near 1; ln(m) = 2 artanh((m-1)/(m+1))
    if k >= 0:
        d <<= k
    else:
        n <<= -k

    def artanh(num, den):
        y = num * scale // den
        y2 = y * y // scale
        total = term = y
        i = 3
        while term:
            term = term * y2 // scale
            if term == -1:
                break
            total += term // i
            i += 2
        return total
    result = 2 * artanh(n - d, n + d)
    if k:
        result += k * 2 * artanh(1, 3)
    return result // 10 ** 12


def _rounded_series(ctx, compute):
    """A transcendental result: more digits until the rounding is certain. compute(digits) gives (coefficient, exponent)."""
    extra = 5
    while True:
        coeff, e = compute(ctx.prec + extra)
        spare = _ndigits(abs(coeff)) - ctx.prec
        if spare > 2:
            unit = 10 ** spare
            r = abs(coeff) % (unit // 2)
            if 20 < r < unit // 2 - 20 or extra > 60:
                break
        extra += 4
    old, ctx.rounding = ctx.rounding, ROUND_HALF_EVEN
    try:
        c = abs(coeff)
        if c % 5 == 0:
            c += 1
        return _dec(int(coeff < 0), c, e)._fix(ctx)
    finally:
        ctx.rounding = old


def exp(self, context=None):
    """Returns e ** self."""
    ctx = context or getcontext()
    nan = self._nans(None, ctx)
    if nan is not None:
        return nan
    if self._exp == 'F':
        return _dec(0, 0, 0) if self._sign else self
    if not self:
        return _dec(0, 1, 0)
    if self.adjusted() > 20:
        return _dec(0, 1, ctx.Emax + 1 if not self._sign else ctx.Etiny() - 1)._fix(ctx)
    n, d = self.as_integer_ratio()

    def compute(digits):
        magnitude = int(n / d * 0.4342944819) if abs(n // d) < 10 ** 15 else 0
        digits -= _smaller(magnitude, 0)
        return _exp_scaled(n, d, digits), -digits
    return _rounded_series(ctx, compute)


def _check_log(self, ctx):
    nan = self._nans(None, ctx)
    if nan is not None:
        return nan
    if not self:
        return _dec(1, 0, 'F')
    if self._sign:
        return _bad(ctx)
    if self._exp == 'F':
        return self
    return None


def ln(self, context=None):
    """Returns the natural (base e) logarithm of self."""
    ctx = context or getcontext()
    done = _check_log(self, ctx)
    if done is not None:
        return done
    if self._cmp(Decimal(1)) == 0:
        return _dec(0, 0, 0)
    n, d = self.as_integer_ratio()
    return _rounded_series(ctx, lambda digits: (_ln_scaled(n, d, digits + 10), -digits - 10))


def log10(self, context=None):
    """Returns the base 10 logarithm of self."""
    ctx = context or getcontext()
    done = _check_log(self, ctx)
    if done is not None:
        return done
    if str(self._coeff).rstrip('0') == '1':
        return Decimal(self.adjusted())._fix(ctx)
    n, d = self.as_integer_ratio()

    def compute(digits):
        digits += 10
        return _ln_scaled(n, d, digits + 5) * 10 ** digits // _ln_scaled(10, 1, digits + 5), -digits
    return _rounded_series(ctx, compute)


def power(self, other, modulo, ctx):
    if modulo is not None:
        return _power_modulo(self, other, _operand(modulo), ctx)
    nan = self._nans(other, ctx)
    if nan is not None:
        return nan._fix(ctx)
    integral = other.is_finite() and (other._exp >= 0 or other._coeff % 10 ** -other._exp == 0)
    if not other:
        return _bad(ctx) if not self else _dec(0, 1, 0)
    odd = integral and int(other) & 1
    sign = int(self._sign and odd)
    if self._sign:
        if not integral and self:
            return _bad(ctx)
        self = self.copy_negate()
    if not self:
        return _dec(sign, 0, 0) if not other._sign else _dec(sign, 0, 'F')
    if self._exp == 'F':
        return _dec(sign, 0, 'F') if not other._sign else _dec(sign, 0, 0)
    if other._exp == 'F':
        c = self._cmp(Decimal(1))
        if c == 0:
            return _dec(sign, 10 ** (ctx.prec - 1), 1 - ctx.prec)
        return _dec(0, 0, 'F') if (c > 0) == (not other._sign) else _dec(0, 0, 0)
    if self._cmp(Decimal(1)) == 0 and integral:
        n = int(other)
        exp = _smaller(0, _larger(self._exp * abs(n), 1 - ctx.prec)) if self._exp < 0 else 0
        if exp < 0 and self._exp * n < exp:
            ctx._signal(Rounded)
        return _dec(sign, 10 ** -exp, exp)
    if integral and abs(int(other)) <= 4 * ctx.prec + 1000:
        n = int(other)
        top = abs(n) * (self.adjusted() + 1)
        if not (top > ctx.Emax + 10 or -top > ctx.Emax + ctx.prec + 10):
            if n > 0:
                return _dec(sign, self._coeff ** n, self._exp * n)._fix(ctx)
            return _dec(sign, 1, 0).__truediv__(_dec(0, self._coeff ** -n, self._exp * -n), ctx)
    n, d = self.as_integer_ratio()
    on, od = other.as_integer_ratio()
    magnitude = self.adjusted() * on // od if self.adjusted() else 0
    if magnitude > ctx.Emax + 1:
        return _dec(sign, 1, ctx.Emax + 1)._fix(ctx)
    if magnitude < ctx.Etiny() - 1 - ctx.prec:
        return _dec(sign, 1, ctx.Etiny() - 1)._fix(ctx)
    exact = _exact_root(self, other, ctx)
    if exact is not None:
        return exact._fix(ctx)

    def compute(digits):
        digits += _larger(0, -magnitude) + 5
        inner = digits + abs(magnitude) + 10
        x = _ln_scaled(n, d, inner) * on // od
        return _exp_scaled(x, 10 ** inner, digits), -digits
    result = _rounded_series(ctx, compute)
    return _dec(sign, result._coeff, result._exp)


def _exact_root(self, other, ctx):
    """self ** (p/q) where that is a short decimal; None otherwise."""
    p, q = other.as_integer_ratio()
    if q == 1 or q > 4 * ctx.prec or abs(p) > 4 * ctx.prec:
        return None
    c, e = self._coeff, self._exp
    while c % 10 == 0:
        c //= 10
        e += 1
    while e % q:
        c *= 10
        e -= 1
    root = round(c ** (1 / q)) if c < 2 ** 1000 else None
    if root is None:
        return None
    for r in (root - 1, root, root + 1):
        if r > 0 and r ** q == c:
            if p > 0:
                done = _dec(0, r ** p, e // q * p)
            else:
                done = _dec(0, 1, 0).__truediv__(_dec(0, r ** -p, e // q * -p), ctx)
            pad = ctx.prec - _ndigits(done._coeff)
            return _dec(0, done._coeff * 10 ** pad, done._exp - pad) if pad > 0 else done
    return None


def _power_modulo(self, other, modulo, ctx):
    for d in (self, other, modulo):
        if d.is_nan():
            return d
    whole = lambda d: d.is_finite() and (d._exp >= 0 or d._coeff % 10 ** -d._exp == 0)
    if not (whole(self) and whole(other) and whole(modulo)) or other < 0 or not modulo or modulo.adjusted() >= ctx.prec or not self and not other:
        return _bad(ctx)
    value = pow(abs(int(self)), int(other), abs(int(modulo)))
    return _dec(int(self._sign and int(other) & 1), value, 0)


def logb(self, context=None):
    ctx = context or getcontext()
    nan = self._nans(None, ctx)
    if nan is not None:
        return nan
    if self._exp == 'F':
        return _dec(0, 0, 'F')
    if not self:
        return ctx._raise(decimal.DivisionByZero, decimal.DivisionByZero, _dec(1, 0, 'F'))
    return Decimal(self.adjusted())._fix(ctx)


def scaleb(self, other, context=None):
    """Returns self operand after adding the second value to its exp."""
    ctx = context or getcontext()
    other = _operand(other)
    nan = self._nans(other, ctx)
    if nan is not None:
        return nan
    if other._exp != 0 or abs(int(other)) > 2 * (ctx.Emax + ctx.prec):
        return _bad(ctx)
    return self if self._exp == 'F' else _dec(self._sign, self._coeff, self._exp + int(other))._fix(ctx)


def fma(self, other, third, context=None):
    """Fused multiply-add: self*other+third with no rounding of the intermediate product."""
    ctx = context or getcontext()
    other, third = _operand(other), _operand(third)
    if not (self.is_finite() and other.is_finite()):
        return self.__mul__(other, ctx).__add__(third, ctx)
    return _dec(self._sign ^ other._sign, self._coeff * other._coeff, self._exp + other._exp).__add__(third, ctx)


def _pick(self, other, context, largest, mag):
    ctx = context or getcontext()
    other = _operand(other)
    if self.is_nan() or other.is_nan():
        if self._exp == 'n' and not other.is_nan():
            return other._fix(ctx)
        if other._exp == 'n' and not self.is_nan():
            return self._fix(ctx)
        return self._nans(other, ctx)
    c = self.copy_abs()._cmp(other.copy_abs()) if mag else self._cmp(other)
    if c == 0:
        c = int(self.compare_total(other)) if not mag else self._cmp(other) or int(self.compare_total(other))
    return (other if (c < 0) == largest else self)._fix(ctx)


def max(self, other, context=None):
    return _pick(self, other, context, True, False)


def min(self, other, context=None):
    return _pick(self, other, context, False, False)


def max_mag(self, other, context=None):
    return _pick(self, other, context, True, True)


def min_mag(self, other, context=None):
    return _pick(self, other, context, False, True)


def compare_total_mag(self, other, context=None):
    return self.copy_abs().compare_total(_operand(other).copy_abs())


def _neighbour(self, context, up):
    ctx = (context or getcontext()).copy()
    nan = self._nans(None, ctx)
    if nan is not None:
        return nan
    if self._exp == 'F':
        if bool(self._sign) == up:
            return _dec(self._sign, 10 ** ctx.prec - 1, ctx.Etop())
        return self
    ctx.rounding = ROUND_CEILING if up else ROUND_FLOOR
    ctx.traps = []
    new = self._fix(ctx)
    if new._cmp(self) != 0:
        return new
    return self.__add__(_dec(int(not up), 1, ctx.Etiny() - 1), ctx)


def next_plus(self, context=None):
    """Returns the smallest representable number larger than itself."""
    return _neighbour(self, context, True)


def next_minus(self, context=None):
    """Returns the largest representable number smaller than itself."""
    return _neighbour(self, context, False)


def next_toward(self, other, context=None):
    other = _operand(other)
    nan = self._nans(other, context)
    if nan is not None:
        return nan
    c = self._cmp(other)
    return self.copy_sign(other) if c == 0 else _neighbour(self, context, c < 0)


def remainder_near(self, other, context=None):
    """Remainder nearest to 0-  abs(remainder-near) <= other/2"""
    ctx = context or getcontext()
    other = _operand(other)
    nan = self._nans(other, ctx)
    if nan is not None:
        return nan
    if not self and not other:
        return ctx._raise(InvalidOperation, DivisionUndefined, _dec(0, 0, 'n'))
    if self._exp == 'F' or not other:
        return _bad(ctx)
    if other._exp == 'F':
        return self._fix(ctx)
    exp = self._exp if self._exp < other._exp else other._exp
    a, b = self._coeff * 10 ** (self._exp - exp), other._coeff * 10 ** (other._exp - exp)
    q, r = divmod(a, b)
    if 2 * r + (q & 1) > b:
        r -= b
        q += 1
    if q >= 10 ** ctx.prec:
        return ctx._raise(InvalidOperation, DivisionImpossible, _dec(0, 0, 'n'))
    sign = self._sign
    if r < 0:
        sign, r = 1 - sign, -r
    return _dec(sign, r, exp)._fix(ctx)


def _padded(self, other, ctx):
    """The digits of self, filled to the precision, and the amount to move them."""
    other = _operand(other)
    if other._exp != 0 or abs(int(other)) > ctx.prec:
        return None, None
    return str(self._coeff).zfill(ctx.prec)[-ctx.prec:], int(other)


def shift(self, other, context=None):
    ctx = context or getcontext()
    digits, n = _padded(self, other, ctx)
    if digits is None:
        return _bad(ctx)
    moved = digits[n:] + '0' * n if n >= 0 else digits[:n]
    return _dec(self._sign, int(moved or 0), self._exp)


def rotate(self, other, context=None):
    ctx = context or getcontext()
    digits, n = _padded(self, other, ctx)
    if digits is None:
        return _bad(ctx)
    return _dec(self._sign, int(digits[n:] + digits[:n]), self._exp)


def _logical(self, other, op, context):
    ctx = context or getcontext()
    other = _operand(other)
    for d in (self, other):
        if d._sign or d._exp != 0 or set(str(d._coeff)) - {'0', '1'}:
            return _bad(ctx)
    a, b = (str(d._coeff).zfill(ctx.prec)[-ctx.prec:] for d in (self, other))
    return _dec(0, int(''.join(str(op(int(x), int(y))) for x, y in zip(a, b))), 0)


def logical_and(self, other, context=None):
    return _logical(self, other, lambda x, y: x & y, context)


def logical_or(self, other, context=None):
    return _logical(self, other, lambda x, y: x | y, context)


def logical_xor(self, other, context=None):
    return _logical(self, other, lambda x, y: x ^ y, context)


def logical_invert(self, context=None):
    ctx = context or getcontext()
    return _logical(self, _dec(0, int('1' * ctx.prec), 0), lambda x, y: x ^ y, ctx)


def _read_spec(spec):
    rest = spec
    fill, align = ' ', None
    if len(rest) > 1 and rest[1] in '<>=^':
        fill, align, rest = rest[0], rest[1], rest[2:]
    elif rest and rest[0] in '<>=^':
        align, rest = rest[0], rest[1:]
    sign = '-'
    if rest and rest[0] in '+- ':
        sign, rest = rest[0], rest[1:]
    no_neg_0 = rest[:1] == 'z'
    rest = rest[1:] if no_neg_0 else rest
    alt = rest[:1] == '#'
    rest = rest[1:] if alt else rest
    zeropad = rest[:1] == '0' and rest != ''
    if zeropad:
        if align is None:
            fill, align = '0', '='
        rest = rest[1:]
    width = ''
    while rest and rest[0].isdigit():
        width, rest = width + rest[0], rest[1:]
    comma = rest[:1] in (',', '_') and rest[:1]
    rest = rest[1:] if comma else rest
    precision = None
    if rest[:1] == '.':
        digits, rest = '', rest[1:]
        while rest and rest[0].isdigit():
            digits, rest = digits + rest[0], rest[1:]
        if not digits:
            raise ValueError('invalid format string')
        precision = int(digits)
    if rest not in ('', 'e', 'E', 'f', 'F', 'g', 'G', 'n', '%') or comma == '_':
        raise ValueError('invalid format string')
    return fill, align or '>', sign, no_neg_0, alt, int(width or 0), comma, precision, rest


def format_decimal(self, spec, ctx):
    """format() of a Decimal."""
    if not isinstance(spec, str):
        raise TypeError('format arg must be str')
    fill, align, sign, no_neg_0, alt, width, comma, precision, kind = _read_spec(spec)
    if not self.is_finite():
        body = str(self.copy_abs()) + ('%' if kind == '%' else '')
        return _aligned('-' if self._sign else '' if sign == '-' else sign, body, fill if not (fill == '0' and align == '=') else ' ',
                        align if not (fill == '0' and align == '=') else '>', width)
    capitals = ctx.capitals
    if not kind:
        kind = 'g'
        letter = 'E' if capitals else 'e'
    else:
        letter = 'E' if kind in 'EG' else 'e'
    if kind == 'n':
        kind = 'g'
    rounding = ctx.rounding
    if kind == '%':
        self = _dec(self._sign, self._coeff, self._exp + 2)
    if precision is not None:
        if kind in 'eE':
            self = _significant(self, precision + 1, rounding)
        elif kind in 'fF%':
            self = self._rescale(-precision, rounding)
        elif kind in 'gG' and _ndigits(self._coeff) > (precision or 1):
            self = _significant(self, precision or 1, rounding)
    if not self and self._exp > 0 and kind in 'fF%':
        self = self._rescale(0, rounding)
    negative = self._sign and not (no_neg_0 and not self._coeff)
    digits = str(self._coeff)
    leftdigits = self._exp + len(digits)
    if kind in 'eE':
        point = 1 - precision if not self and precision is not None else 1
    elif kind in 'fF%':
        point = leftdigits
    else:
        point = leftdigits if self._exp <= 0 and leftdigits > -6 else 1
    if point < 0:
        whole, frac = '0', '0' * -point + digits
    elif point > len(digits):
        whole, frac = digits + '0' * (point - len(digits)), ''
    else:
        whole, frac = digits[:point] or '0', digits[point:]
    exp = leftdigits - point
    tail = ('.' + frac if frac or alt else '')
    if exp or kind in 'eE':
        tail += f'{letter}{exp:+}'
    if kind == '%':
        tail += '%'
    mark = '-' if negative else '' if sign == '-' else sign
    if comma:
        if fill == '0' and align == '=':
            room = width - len(mark) - len(tail)
            while len(whole) + (len(whole) - 1) // 3 < room:
                whole = '0' + whole
        first = 1 + (len(whole) - 1) % 3
        whole = whole[:first] + ''.join(comma + whole[i:i + 3] for i in range(first, len(whole), 3))
    return _aligned(mark, whole + tail, fill, align, width)


def _significant(self, places, rounding):
    """Rounded to a number of significant digits."""
    if not self._coeff:
        return self
    done = self._rescale(self.adjusted() + 1 - places, rounding)
    if done.adjusted() != self.adjusted():
        done = done._rescale(done.adjusted() + 1 - places, rounding)
    return done


def _aligned(sign, body, fill, align, width):
    padding = fill * (width - len(sign) - len(body))
    if align == '<':
        return sign + body + padding
    if align == '>':
        return padding + sign + body
    if align == '=':
        return sign + padding + body
    half = len(padding) // 2
    return padding[:half] + sign + body + padding[half:]
