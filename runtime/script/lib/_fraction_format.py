"""format() of fractions: exact decimal digits, whatever the precision."""


def _read(spec):
    """A format specification, taken apart."""
    rest = spec
    fill, align = ' ', '>'
    explicit = False
    if len(rest) > 1 and rest[1] in '<>=^':
        fill, align, rest = rest[0], rest[1], rest[2:]
        explicit = True
    elif rest[:1] in ('<', '>', '=', '^') and rest:
        align, rest = rest[0], rest[1:]
        explicit = True
    sign = '-'
    if rest[:1] in ('-', '+', ' ') and rest:
        sign, rest = rest[0], rest[1:]
    no_neg_zero = rest[:1] == 'z'
    rest = rest[1:] if no_neg_zero else rest
    alternate = rest[:1] == '#'
    rest = rest[1:] if alternate else rest
    if rest[:1] == '0' and not explicit:
        fill, align = '0', '='
    digits = ''
    while rest[:1].isdigit():
        digits, rest = digits + rest[0], rest[1:]
    sep = ''
    if rest[:1] in (',', '_') and rest:
        sep, rest = rest[0], rest[1:]
    precision = None
    if rest[:1] == '.':
        rest = rest[1:]
        number = ''
        while rest[:1].isdigit():
            number, rest = number + rest[0], rest[1:]
        precision = int(number) if number else None
        if not number:
            rest = '!'
    return fill, align, sign, no_neg_zero, alternate, int(digits or 0), sep, precision, rest


def _pad(sign, body, fill, align, width):
    padding = fill * (width - len(sign) - len(body))
    if align == '>':
        return padding + sign + body
    if align == '<':
        return sign + body + padding
    if align == '^':
        half = len(padding) // 2
        return padding[:half] + sign + body + padding[half:]
    return sign + padding + body


def format_general(x, spec):
    fill, align, sign, _, alternate, width, sep, precision, rest = _read(spec)
    if rest or precision is not None:
        raise ValueError(f'Invalid format specifier {spec!r} for object of type {type(x).__name__!r}')
    n, d = x._numerator, x._denominator
    body = f'{abs(n):{sep}}'
    if d > 1 or alternate:
        body += f'/{d:{sep}}'
    return _pad('-' if n < 0 else '' if sign == '-' else sign, body, fill, align, width)


def _to_exponent(n, d, exponent):
    """n/d rounded to a multiple of 10**exponent, half to even: (negative, multiple)."""
    if exponent >= 0:
        d *= 10 ** exponent
    else:
        n *= 10 ** -exponent
    q, r = divmod(n + (d >> 1), d)
    if r == 0 and d & 1 == 0:
        q &= -2
    return q < 0 or n < 0, abs(q)


def _to_figures(n, d, figures):
    """n/d rounded to a number of significant figures: (negative, significand, exponent)."""
    if n == 0:
        return False, 0, 1 - figures
    str_n, str_d = str(abs(n)), str(d)
    m = len(str_n) - len(str_d) + (str_d <= str_n)
    exponent = m - figures
    negative, significand = _to_exponent(n, d, exponent)
    if len(str(significand)) == figures + 1:
        significand //= 10
        exponent += 1
    return negative, significand, exponent


def format_float_style(x, spec):
    fill, align, sign, no_neg_zero, alternate, width, sep, precision, kind = _read(spec)
    if len(kind) != 1:
        raise ValueError(f'Invalid format specifier {spec!r} for object of type {type(x).__name__!r}')
    precision = 6 if precision is None else precision
    n, d = x._numerator, x._denominator
    if kind in 'fF%':
        exponent = -precision - (2 if kind == '%' else 0)
        negative, significand = _to_exponent(n, d, exponent)
        scientific, point = False, precision
    else:
        figures = max(precision, 1) if kind in 'gG' else precision + 1
        negative, significand, exponent = _to_figures(n, d, figures)
        scientific = kind in 'eE' or exponent > 0 or exponent + figures <= -4
        point = figures - 1 if scientific else -exponent
    if no_neg_zero and not significand:
        negative = False
    suffix = '%' if kind == '%' else ''
    if scientific:
        suffix = f'{"E" if kind in "EG" else "e"}{exponent + point:+03d}'
    digits = f'{significand:0{point + 1}d}'
    leading, frac = digits[:len(digits) - point], digits[len(digits) - point:]
    if kind in 'gG' and not alternate:
        frac = frac.rstrip('0')
    tail = ('.' if frac or alternate else '') + frac + suffix
    mark = '-' if negative else '' if sign == '-' else sign
    if fill == '0' and align == '=':
        want = width - len(mark) - len(tail)
        leading = leading.zfill(3 * want // 4 + 1 if sep else want)
    if sep:
        first = 1 + (len(leading) - 1) % 3
        leading = leading[:first] + ''.join(sep + leading[i:i + 3] for i in range(first, len(leading), 3))
    return _pad(mark, leading + tail, fill, align, width)
