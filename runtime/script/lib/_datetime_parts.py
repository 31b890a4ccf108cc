"""Durations, time zones, and the calendar arithmetic and text forms under datetime."""
import time as _time

_hidden_frames = True
MINYEAR, MAXYEAR = 1, 9999
_DAYS_IN_MONTH = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_BEFORE_MONTH = (0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)


def _is_leap(y):
    return y % 4 == 0 and (y % 100 != 0 or y % 400 == 0)


def _days_before_year(year):
    y = year - 1
    return y * 365 + y // 4 - y // 100 + y // 400


def _days_in_month(year, month):
    return 29 if month == 2 and _is_leap(year) else _DAYS_IN_MONTH[month]


def _days_before_month(year, month):
    return _BEFORE_MONTH[month] + (month > 2 and _is_leap(year))


def _from_ordinal(n):
    """Year, month, day of a proleptic Gregorian ordinal."""
    n -= 1
    n400, n = divmod(n, 146097)
    n100, n = divmod(n, 36524)
    n4, n = divmod(n, 1461)
    n1, n = divmod(n, 365)
    year = n400 * 400 + n100 * 100 + n4 * 4 + n1 + 1
    if n1 == 4 or n100 == 4:
        return year - 1, 12, 31
    month = (n + 50) >> 5
    preceding = _days_before_month(year, month)
    if preceding > n:
        month -= 1
        preceding -= _days_in_month(year, month)
    return year, month, n - preceding + 1


def _iso_week1(year):
    """Ordinal of the Monday starting week 1 of the ISO year."""
    first = _days_before_year(year) + 1
    weekday = (first + 6) % 7
    monday = first - weekday
    return monday + 7 if weekday > 3 else monday


def _from_isocalendar(year, week, day):
    if not MINYEAR <= year <= MAXYEAR:
        raise ValueError(f'Year is out of range: {year}')
    if not 0 < week < 53:
        first = (_days_before_year(year) + 1) % 7
        if not (week == 53 and (first == 4 or first == 3 and _is_leap(year))):
            raise ValueError(f'Invalid week: {week}')
    if not 0 < day < 8:
        raise ValueError(f'Invalid weekday: {day} (range is [1, 7])')
    return _from_ordinal(_iso_week1(year) + (week - 1) * 7 + day - 1)


def _index(x):
    if isinstance(x, int):
        return int(x)
    method = getattr(type(x), '__index__', None)
    if method is None:
        raise TypeError(f"'{type(x).__name__}' object cannot be interpreted as an integer")
    return method(x)


def _check_date(year, month, day):
    year, month, day = _index(year), _index(month), _index(day)
    if not MINYEAR <= year <= MAXYEAR:
        raise ValueError(f'year {year} is out of range')
    if not 1 <= month <= 12:
        raise ValueError('month must be in 1..12')
    if not 1 <= day <= _days_in_month(year, month):
        raise ValueError('day is out of range for month')
    return year, month, day


def _check_time(hour, minute, second, microsecond, fold):
    hour, minute, second, microsecond = _index(hour), _index(minute), _index(second), _index(microsecond)
    if not 0 <= hour <= 23:
        raise ValueError('hour must be in 0..23')
    if not 0 <= minute <= 59:
        raise ValueError('minute must be in 0..59')
    if not 0 <= second <= 59:
        raise ValueError('second must be in 0..59')
    if not 0 <= microsecond <= 999999:
        raise ValueError('microsecond must be in 0..999999')
    if fold not in (0, 1):
        raise ValueError('fold must be either 0 or 1')
    return hour, minute, second, microsecond, fold


def _check_tz(tz):
    if tz is not None and not isinstance(tz, tzinfo):
        raise TypeError(f"tzinfo argument must be None or of a tzinfo subclass, not type '{type(tz).__name__}'")


def _qualified(obj, base):
    """How a repr begins: subclasses show their bare name."""
    cls = type(obj)
    return f'datetime.{cls.__name__}' if cls.__module__ == 'datetime' else cls.__name__


def _offset_text(off, colon=':'):
    if off is None:
        return ''
    sign = '+'
    if off._days < 0:
        sign, off = '-', -off
    total = off._days * 86400 + off._seconds
    s = f'{sign}{total // 3600:02d}{colon}{total // 60 % 60:02d}'
    if total % 60 or off._microseconds:
        s += f'{colon}{total % 60:02d}'
        if off._microseconds:
            s += f'.{off._microseconds:06d}'
    return s


def _time_text(t, timespec):
    us = t._microsecond
    if timespec == 'auto':
        timespec = 'microseconds' if us else 'seconds'
    s = f'{t._hour:02d}:{t._minute:02d}:{t._second:02d}'
    if timespec == 'seconds':
        return s
    if timespec == 'microseconds':
        return f'{s}.{us:06d}'
    if timespec == 'milliseconds':
        return f'{s}.{us // 1000:03d}'
    if timespec == 'minutes':
        return s[:5]
    if timespec == 'hours':
        return s[:2]
    raise ValueError('Unknown timespec value')


def _strftime(obj, format, timetuple):
    """Replace what only datetime knows (%f, %z, %:z, %Z) and leave the rest to time.strftime."""
    if not isinstance(format, str):
        raise TypeError(f"strftime() argument 1 must be str, not {type(format).__name__}")
    out, i, n = [], 0, len(format)
    while i < n:
        c = format[i]
        i += 1
        if c != '%' or i >= n:
            out.append(c)
            continue
        c = format[i]
        i += 1
        if c == 'f':
            out.append('%06d' % getattr(obj, 'microsecond', 0))
        elif c == 'z':
            out.append(_offset_text(obj.utcoffset() if hasattr(obj, 'utcoffset') else None, ''))
        elif c == ':' and format[i:i + 1] == 'z':
            i += 1
            out.append(_offset_text(obj.utcoffset() if hasattr(obj, 'utcoffset') else None))
        elif c == 'Z':
            name = obj.tzname() if hasattr(obj, 'tzname') else None
            out.append('' if name is None else name.replace('%', '%%'))
        else:
            out.append('%' + c)
    return _time.strftime(''.join(out), timetuple)


def _digits(s):
    if not (s.isdigit() and s.isascii()):
        raise ValueError
    return int(s)


def _parse_iso_date(s):
    """YYYY-MM-DD, YYYYMMDD, YYYY-Www[-D], YYYYWww[D]"""
    year = _digits(s[:4])
    dash = s[4:5] == '-'
    pos = 4 + dash
    if s[pos:pos + 1] == 'W':
        week = _digits(s[pos + 1:pos + 3])
        if len(s) == pos + 3:
            return _from_isocalendar(year, week, 1)
        if dash:
            if s[pos + 3] != '-':
                raise ValueError
            pos += 1
        day = _digits(s[pos + 3:])
        if len(s) != pos + 4:
            raise ValueError
        return _from_isocalendar(year, week, day)
    month = _digits(s[pos:pos + 2])
    pos += 2
    if (s[pos:pos + 1] == '-') != dash:
        raise ValueError
    pos += dash
    if len(s) != pos + 2:
        raise ValueError
    return year, month, _digits(s[pos:])


def _split_iso(s):
    """The date and the time part of an ISO date and time; the separator is any character."""
    n = len(s)
    if n < 7:
        raise ValueError
    if n == 7:
        return s, ''
    if s[4] == '-':
        if s[5] == 'W':
            if n > 8 and s[8] == '-':
                at = 10
            else:
                at = 8
        else:
            at = 10
    elif s[4] == 'W':
        i = 7
        while i < n and s[i].isdigit():
            i += 1
        at = i if i < 9 else 7 if i % 2 == 0 else 8
    else:
        at = 8
    if n == at + 1:
        raise ValueError
    return s[:at], s[at + 1:]


def _hms(s):
    """hh[:mm[:ss[.ffffff]]] with or without colons."""
    values = [0, 0, 0, 0]
    n, pos = len(s), 0
    colon = s[2:3] == ':'
    for i in range(3):
        if n - pos < 2:
            raise ValueError
        values[i] = _digits(s[pos:pos + 2])
        pos += 2
        c = s[pos:pos + 1]
        if not c or i == 2:
            break
        if colon:
            if c != ':':
                raise ValueError
            pos += 1
    if pos < n:
        if s[pos] not in '.,' or i != 2:
            raise ValueError
        frac = s[pos + 1:]
        _digits(frac)
        values[3] = int(frac[:6].ljust(6, '0'))
    return values


def _parse_iso_time(s):
    """((hour, minute, second, microsecond), tzinfo or None)"""
    if len(s) < 2:
        raise ValueError
    at = next((i for i, c in enumerate(s) if c in '+-Z'), -1)
    clock = s if at < 0 else s[:at]
    values = _hms(clock)
    if at < 0:
        return values, None
    rest = s[at + 1:]
    if s[at] == 'Z':
        if rest:
            raise ValueError
        return values, UTC
    if len(rest) in (0, 1, 3):
        raise ValueError
    h, m, sec, us = _hms(rest)
    delta = timedelta(hours=h, minutes=m, seconds=sec, microseconds=us)
    if not delta:
        return values, UTC
    return values, timezone(-delta if s[at] == '-' else delta)


def _divide_and_round(a, b):
    """a / b to the nearest integer, ties to even."""
    q, r = divmod(a, b)
    r *= 2
    if (r > b if b > 0 else r < b) or r == b and q % 2 == 1:
        q += 1
    return q


_US_PER = (('days', 86400000000), ('seconds', 1000000), ('microseconds', 1), ('milliseconds', 1000), ('minutes', 60000000), ('hours', 3600000000), ('weeks', 604800000000))


class timedelta:
    """Difference between two datetime values."""
    __tp_name__ = 'datetime.timedelta'
    __slots__ = ('_days', '_seconds', '_microseconds')

    def __new__(cls, days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0):
        us = 0
        leftover = 0.0
        for (name, unit), value in zip(_US_PER, (days, seconds, microseconds, milliseconds, minutes, hours, weeks)):
            if isinstance(value, int):
                us += value * unit
            elif isinstance(value, float):
                if value != value:
                    raise ValueError('cannot convert float NaN to integer')
                if value in (float('inf'), float('-inf')):
                    raise OverflowError('cannot convert float infinity to integer')
                whole = int(value)
                us += whole * unit
                part = (value - whole) * unit
                iw = int(part)
                us += iw
                leftover += part - iw
            else:
                raise TypeError(f'unsupported type for timedelta {name} component: {type(value).__name__}')
        if leftover:
            whole = round(leftover)
            if abs(leftover - int(leftover)) == 0.5:
                odd = us & 1
                whole = 2 * round((leftover + odd) * 0.5) - odd
            us += int(whole)
        return cls._from_total(us)

    @classmethod
    def _from_total(cls, us):
        days, us = divmod(us, 86400000000)
        if not -999999999 <= days <= 999999999:
            raise OverflowError(f'days={days}; must have magnitude <= 999999999')
        self = object.__new__(cls)
        self._days = days
        self._seconds, self._microseconds = divmod(us, 1000000)
        return self

    days = property(lambda self: self._days)
    seconds = property(lambda self: self._seconds)
    microseconds = property(lambda self: self._microseconds)

    def _total(self):
        return (self._days * 86400 + self._seconds) * 1000000 + self._microseconds

    def total_seconds(self):
        """Total seconds in the duration."""
        return self._total() / 10 ** 6

    def __repr__(self):
        parts = [f'{n}={v}' for n, v in (('days', self._days), ('seconds', self._seconds), ('microseconds', self._microseconds)) if v]
        return f'{_qualified(self, timedelta)}({", ".join(parts) or 0})'

    def __str__(self):
        m, s = divmod(self._seconds, 60)
        h, m = divmod(m, 60)
        text = f'{h}:{m:02d}:{s:02d}'
        if self._days:
            text = f'{self._days} day{"" if abs(self._days) == 1 else "s"}, {text}'
        return text + (f'.{self._microseconds:06d}' if self._microseconds else '')

    def __add__(self, other):
        if isinstance(other, timedelta):
            return timedelta._from_total(self._total() + other._total())
        return NotImplemented

    __radd__ = __add__

    def __sub__(self, other):
        if isinstance(other, timedelta):
            return timedelta._from_total(self._total() - other._total())
        return NotImplemented

    def __rsub__(self, other):
        return timedelta._from_total(other._total() - self._total()) if isinstance(other, timedelta) else NotImplemented

    def __neg__(self):
        return timedelta._from_total(-self._total())

    def __pos__(self):
        return timedelta._from_total(self._total())

    def __abs__(self):
        return -self if self._days < 0 else +self

    def __mul__(self, other):
        if isinstance(other, int):
            return timedelta._from_total(self._total() * other)
        if isinstance(other, float):
            a, b = other.as_integer_ratio()
            return timedelta._from_total(_divide_and_round(self._total() * a, b))
        return NotImplemented

    __rmul__ = __mul__

    def __floordiv__(self, other):
        if isinstance(other, timedelta):
            other = other._total()
            if not other:
                raise ZeroDivisionError('integer division or modulo by zero')
            return self._total() // other
        if isinstance(other, int):
            if not other:
                raise ZeroDivisionError('integer division or modulo by zero')
            return timedelta._from_total(self._total() // other)
        return NotImplemented

    def __truediv__(self, other):
        if isinstance(other, timedelta):
            return self._total() / other._total()
        if isinstance(other, int):
            if not other:
                raise ZeroDivisionError('integer division or modulo by zero')
            return timedelta._from_total(_divide_and_round(self._total(), other))
        if isinstance(other, float):
            a, b = other.as_integer_ratio()
            if not a:
                raise ZeroDivisionError('division by zero')
            return timedelta._from_total(_divide_and_round(b * self._total(), a))
        return NotImplemented

    def __mod__(self, other):
        if isinstance(other, timedelta):
            return timedelta._from_total(self._total() % other._total())
        return NotImplemented

    def __divmod__(self, other):
        if isinstance(other, timedelta):
            q, r = divmod(self._total(), other._total())
            return q, timedelta._from_total(r)
        return NotImplemented

    def __eq__(self, other):
        return self._total() == other._total() if isinstance(other, timedelta) else NotImplemented

    def __lt__(self, other):
        return self._total() < other._total() if isinstance(other, timedelta) else NotImplemented

    def __le__(self, other):
        return self._total() <= other._total() if isinstance(other, timedelta) else NotImplemented

    def __gt__(self, other):
        return self._total() > other._total() if isinstance(other, timedelta) else NotImplemented

    def __ge__(self, other):
        return self._total() >= other._total() if isinstance(other, timedelta) else NotImplemented

    def __hash__(self):
        return hash((self._days, self._seconds, self._microseconds))

    def __bool__(self):
        return self._total() != 0

    def __reduce__(self):
        return self.__class__, (self._days, self._seconds, self._microseconds)


timedelta.__new__.__qualname__ = '__new__'
timedelta.min = timedelta(-999999999)
timedelta.max = timedelta(days=999999999, hours=23, minutes=59, seconds=59, microseconds=999999)
timedelta.resolution = timedelta(microseconds=1)


class tzinfo:
    """Abstract base class for time zone info objects."""
    __tp_name__ = 'datetime.tzinfo'

    def tzname(self, dt):
        raise NotImplementedError('a tzinfo subclass must implement tzname()')

    def utcoffset(self, dt):
        raise NotImplementedError('a tzinfo subclass must implement utcoffset()')

    def dst(self, dt):
        raise NotImplementedError('a tzinfo subclass must implement dst()')

    def fromutc(self, dt):
        """datetime in UTC -> datetime in local time."""
        if dt.tzinfo is not self:
            raise ValueError('fromutc: dt.tzinfo is not self')
        off = dt.utcoffset()
        if off is None:
            raise ValueError('fromutc: non-None utcoffset() result required')
        dst = dt.dst()
        if dst is None:
            raise ValueError('fromutc: non-None dst() result required')
        delta = off - dst
        if delta:
            dt += delta
            dst = dt.dst()
            if dst is None:
                raise ValueError('fromutc: tz.dst() gave inconsistent results; cannot convert')
        return dt + dst

    def __reduce__(self):
        state = getattr(self, '__getstate__', lambda: None)()
        return (self.__class__, ()) if not state else (self.__class__, (), state)


class timezone(tzinfo):
    """Fixed offset from UTC implementation of tzinfo."""
    __tp_name__ = 'datetime.timezone'
    __slots__ = ('_offset', '_name')

    def __new__(cls, offset, name=None):
        if not isinstance(offset, timedelta):
            raise TypeError(f'timezone() argument 1 must be datetime.timedelta, not {type(offset).__name__}')
        if name is None:
            if not offset:
                return cls.utc
        elif not isinstance(name, str):
            raise TypeError(f'timezone() argument 2 must be str, not {type(name).__name__}')
        if not -86400000000 < offset._total() < 86400000000:
            raise ValueError(f'offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24), not {offset!r}.')
        return cls._create(offset, name)

    @classmethod
    def _create(cls, offset, name=None):
        self = object.__new__(cls)
        self._offset, self._name = offset, name
        return self

    def __eq__(self, other):
        return self._offset == other._offset if isinstance(other, timezone) else NotImplemented

    def __hash__(self):
        return hash(self._offset)

    def __repr__(self):
        if self is timezone.utc:
            return 'datetime.timezone.utc'
        name = '' if self._name is None else f', {self._name!r}'
        return f'{_qualified(self, timezone)}({self._offset!r}{name})'

    def __str__(self):
        return self.tzname(None)

    def _check(self, dt, name):
        if dt is not None and not (hasattr(dt, 'tzinfo') and hasattr(dt, 'hour')):
            raise TypeError(f'{name}(dt) argument must be a datetime instance or None, not {type(dt).__name__}')

    def utcoffset(self, dt):
        self._check(dt, 'utcoffset')
        return self._offset

    def tzname(self, dt):
        self._check(dt, 'tzname')
        if self._name is not None:
            return self._name
        return 'UTC' if not self._offset else 'UTC' + _offset_text(self._offset)

    def dst(self, dt):
        self._check(dt, 'dst')
        return None

    def fromutc(self, dt):
        if not hasattr(dt, 'hour') or not hasattr(dt, 'year'):
            raise TypeError('fromutc: argument must be a datetime')
        if dt.tzinfo is not self:
            raise ValueError('fromutc: dt.tzinfo is not self')
        return dt + self._offset

    def __reduce__(self):
        return self.__class__, (self._offset,) if self._name is None else (self._offset, self._name)

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self


UTC = timezone.utc = timezone._create(timedelta(0))
timezone.min = timezone._create(-timedelta(hours=23, minutes=59))
timezone.max = timezone._create(timedelta(hours=23, minutes=59))


class IsoCalendarDate(tuple):
    def __new__(cls, year, week, weekday):
        return tuple.__new__(cls, (year, week, weekday))

    year = property(lambda self: self[0])
    week = property(lambda self: self[1])
    weekday = property(lambda self: self[2])

    def __repr__(self):
        return f'datetime.IsoCalendarDate(year={self[0]}, week={self[1]}, weekday={self[2]})'

    def __reduce__(self):
        return tuple, (tuple(self),)


for _c in (timedelta, tzinfo, timezone, IsoCalendarDate):
    _c.__module__ = 'datetime'
