import decimal, fractions, itertools, copy
from decimal import *
from fractions import Fraction
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, str(e).replace("'decimal.Decimal'", "'Decimal'"))
V = [Decimal(x) for x in ('0', '-0', '1', '-1', '1.10', '0.1', '2.5', '-3.75', '1E+5', '1E-10', '123456789.123456789', '9.99E+20', '0.000001', '1e-7', '7', '3', '0E+3', '0E-8', '12345678901234567890123456789012', '-2.675', 'Infinity', 'NaN')]
for a in V:
    print(repr(a), str(a), [attempt_ for attempt_ in (a.is_finite(), a.is_signed(), a.is_zero(), bool(a), a.adjusted(), a.number_class(), a.to_eng_string())], a.as_tuple())
    for f in (lambda: -a, lambda: +a, lambda: abs(a), lambda: int(a), lambda: float(a), lambda: round(a), lambda: round(a, 2), lambda: a.normalize(), lambda: a.sqrt(), lambda: hash(a) if not a.is_nan() else 0, lambda: a.as_integer_ratio(), lambda: a.to_integral_value(), lambda: a.quantize(Decimal('0.01')), lambda: a.ln(), lambda: a.log10(), lambda: a.exp() if abs(a) < 1000 else 0, lambda: a.logb(), lambda: a.next_plus(), lambda: a.next_minus(), lambda: f'{a:.2f} {a:,} {a:e} {a:g} {a:>12} {a:+.3e} {a:010.1f} {a:%} {a:^12.3}', lambda: str(a) if a.is_nan() else a.copy_sign(Decimal(-1))):
        attempt(f)
for a, b in itertools.product(V, V):
    out = []
    for f in (lambda: a + b, lambda: a - b, lambda: a * b, lambda: a / b, lambda: a // b, lambda: a % b, lambda: divmod(a, b), lambda: a == b, lambda: a < b, lambda: a >= b, lambda: a.compare(b), lambda: a.max(b), lambda: a.min(b), lambda: a ** b if b.is_finite() and abs(b) < 100 else None, lambda: a.remainder_near(b), lambda: a.compare_total(b), lambda: a.quantize(b), lambda: a.fma(b, 1)):
        try: out.append(str(f()))
        except Exception as e: out.append(f'{type(e).__name__}{e}')
    print(a, b, out)
for r in (ROUND_DOWN, ROUND_UP, ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_CEILING, ROUND_FLOOR, ROUND_05UP):
    print(r, [str(Decimal(x).quantize(Decimal('1'), rounding=r)) for x in ('2.5', '-2.5', '1.5', '0.51', '-0.49', '10.1', '5.1')], [str(Decimal(x).to_integral_value(r)) for x in ('2.5', '-7.5')])
for s in ('abc', '', '1.2.3', '1e', '--1', ' 5 ', '1_000', '+.5', '5.', 'inf', '-Infinity', 'nan123', 'sNaN', '1E5', '١٢', (0, (1, 2, 3), -2), (1, (), 'F'), 1.1, 0.1, 10, -3, True, None, [1], 2 ** 100): attempt(lambda: repr(Decimal(s)))
print(getcontext(), Decimal.from_float(0.5), Decimal(3).compare(2), sum([Decimal('0.1')] * 3), Decimal('1.1') + 1, 3 - Decimal('1.5'), 2 ** Decimal(3), 7 // Decimal(2), divmod(7, Decimal(2)), Decimal(2) ** -2, Decimal(2) ** Decimal('0.5'), Decimal('2').sqrt(), Decimal(10) ** 20, pow(Decimal(3), 4, 5), max(Decimal(1), 2), sorted([Decimal(3), 1, 2.5]), Decimal(1) == 1.0, Decimal('0.1') == 0.1, hash(Decimal(5)) == hash(5), hash(Decimal('0.5')) == hash(0.5), Decimal('0.5') == Fraction(1, 2), Decimal(1) < Fraction(3, 2), {Decimal(1): 'a'}[1], copy.deepcopy(V[3]) is V[3], isinstance(Decimal(1), Decimal))
for f in (lambda: Decimal(1) / 0, lambda: Decimal(0) / 0, lambda: Decimal(1) // 0, lambda: Decimal(1) % 0, lambda: Decimal(1) + 1.5, lambda: Decimal('sNaN') + 1, lambda: Decimal(-1).sqrt(), lambda: Decimal(10) ** 10000000, lambda: int(Decimal('NaN')), lambda: int(Decimal('inf')), lambda: Decimal('NaN') < 1, lambda: Decimal('NaN') == 1, lambda: hash(Decimal('sNaN')), lambda: Decimal('1e1000000') * 10, lambda: Decimal('1') < 'a', lambda: f'{Decimal(1):q}', lambda: Decimal(1).foo, lambda: Decimal('123.456').quantize(Decimal('1e-30')), lambda: divmod(Decimal(1), 0), lambda: Decimal(5).scaleb(2), lambda: Decimal('-3') ** Decimal('0.5'), lambda: Decimal(0) ** 0, lambda: Decimal(0) ** -1): attempt(f)
with localcontext() as c:
    c.prec = 5; print(Decimal(1) / 3, Decimal(2).sqrt(), Decimal('123456.789') + 0, c.flags[Inexact], +Decimal('1.234567'), Decimal(10).ln(), Decimal(1).exp())
    c.rounding = ROUND_UP; print(Decimal(1) / 3, c.create_decimal('1.234567'), c.divide(Decimal(1), Decimal(7)), c.sqrt(Decimal(3)), c.power(2, 10), c.add(1, 2), c.quantize(Decimal('1.23'), Decimal('0.1')))
    c.traps[Inexact] = True; attempt(lambda: Decimal(1) / 3); c.traps[DivisionByZero] = False; print(Decimal(1) / 0, -Decimal(1) / 0); c.traps[InvalidOperation] = False; print(Decimal(0) / 0, Decimal('x'))
with localcontext(prec=3) as c: print(Decimal('1.23456') * 1, c)
print(getcontext().prec, Decimal(1) / 3, Context(prec=4).divide(1, 3), ExtendedContext, BasicContext, DefaultContext.prec)
for f in (lambda: setattr(getcontext(), 'prec', 0), lambda: setattr(getcontext(), 'rounding', 'x'), lambda: localcontext(foo=1), lambda: setattr(getcontext(), 'nope', 1), lambda: setcontext(5)): attempt(f)
for n in (1, 2, 3, 10, 50): getcontext().prec = n; print(n, Decimal(2).sqrt(), Decimal(1).exp(), Decimal(2).ln(), Decimal(2).log10(), Decimal('1.5') ** Decimal('2.5'), Decimal(1) / 7, Decimal(355) / 113, Decimal('0.1').exp(), Decimal(100).sqrt(), Decimal('1000').log10(), Decimal(4) ** Decimal('0.5'), Decimal(8) ** (Decimal(1) / 3))
getcontext().prec = 28
F = [Fraction(0), Fraction(1, 2), Fraction(-3, 4), Fraction(7), Fraction('1.25'), Fraction('-2/6'), Fraction(0.1), Fraction('1e-3'), Fraction(Decimal('0.3'))]
for a in F:
    print(repr(a), a, float(a), int(a), round(a), round(a, 1), a.limit_denominator(10), -a, abs(a), hash(a) == hash(float(a)) if a.denominator in (1, 2, 4) else '', bool(a), a.numerator, a.denominator, f'{a:.3f}', f'{a:>10}', f'{a:.2e}', f'{a:.3g}', f'{a:,.1f}', f'{a:+.1%}', a.is_integer(), a ** 2, a.__floor__(), a.__ceil__())
    for b in F[1:4] + [2, 0.5, -3]:
        out = []
        for f in (lambda: a + b, lambda: a - b, lambda: a * b, lambda: a / b, lambda: a // b, lambda: a % b, lambda: divmod(a, b), lambda: a == b, lambda: a < b, lambda: b - a, lambda: b / a, lambda: b // a, lambda: a ** b, lambda: b ** a if a >= 0 else 0):
            try: out.append(str(f()))
            except Exception as e: out.append(f'{type(e).__name__}: {e}')
        print(a, b, out)
for x in ('a', '1/0', '1/', '', '1 / 2', ' 3/4 ', '+1', '1_0/2', '.5', 'nan'): attempt(lambda: Fraction(x))
for f in (lambda: Fraction(1, 0), lambda: Fraction(1.5, 2), lambda: Fraction(None), lambda: Fraction(float('inf')), lambda: Fraction(1, 2) + 'a', lambda: Fraction(1, 2) < 'a', lambda: Fraction.from_float('a'), lambda: Fraction(1, 2).limit_denominator(0), lambda: sum([Fraction(1, 3)] * 3), lambda: Fraction(1, 2) + Decimal(1), lambda: sorted([Fraction(1, 2), 0.3, 1]), lambda: Fraction(3, 2) + 1j): attempt(f)
