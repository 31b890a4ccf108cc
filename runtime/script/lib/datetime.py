"""Dates and times. The simulated machine's local time is UTC."""
import time as _time
from _datetime_parts import MAXYEAR, MINYEAR, UTC, IsoCalendarDate, timedelta, timezone, tzinfo
from _datetime_parts import _check_date, _check_time, _check_tz, _days_before_month, _days_before_year, _from_ordinal, \
    _iso_week1, _offset_text, _parse_iso_date, _parse_iso_time, _qualified, _strftime, _time_text, _index

__all__ = ('date', 'datetime', 'time', 'timedelta', 'timezone', 'tzinfo', 'MINYEAR', 'MAXYEAR', 'UTC')
_hidden_frames = True
_DAYS = ('Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun')
_MONTHS = ('', 'Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec')
_keep = object()


class date:
    """date(year, month, day) --> date object"""
    __slots__ = ('_year', '_month', '_day')

    def __new__(cls, year=_keep, month=_keep, day=_keep):
        for i, (name, value) in enumerate((('year', year), ('month', month), ('day', day)), 1):
            if value is _keep:
                raise TypeError(f'function missing required argument {name!r} (pos {i})')
        year, month, day = _check_date(year, month, day)
        self = object.__new__(cls)
        self._year, self._month, self._day = year, month, day
        return self

    @classmethod
    def fromtimestamp(cls, timestamp, /):
        t = datetime.fromtimestamp(timestamp)
        return cls(t._year, t._month, t._day)

    @classmethod
    def today(cls):
        """Current date or datetime: same as self.__class__.fromtimestamp(time.time())."""
        return cls.fromtimestamp(_time.time())

    @classmethod
    def fromordinal(cls, ordinal, /):
        if not 1 <= ordinal:
            raise ValueError('ordinal must be >= 1')
        if ordinal > 3652059:
            raise ValueError('year is out of range')
        return cls(*_from_ordinal(ordinal))

    @classmethod
    def fromisoformat(cls, date_string, /):
        if not isinstance(date_string, str):
            raise TypeError('fromisoformat: argument must be str')
        try:
            if len(date_string) not in (7, 8, 10):
                raise ValueError
            return cls(*_parse_iso_date(date_string))
        except ValueError as e:
            if e.args and ('range' in e.args[0] or 'must be' in e.args[0] or e.args[0].startswith('Invalid w')):
                raise
            raise ValueError(f'Invalid isoformat string: {date_string!r}') from None

    @classmethod
    def fromisocalendar(cls, year, week, day):
        from _datetime_parts import _from_isocalendar
        return cls(*_from_isocalendar(year, week, day))

    year = property(lambda self: self._year)
    month = property(lambda self: self._month)
    day = property(lambda self: self._day)

    def __repr__(self):
        return f'{_qualified(self, date)}({self._year}, {self._month}, {self._day})'

    def ctime(self):
        """Return ctime() style string."""
        return f'{_DAYS[self.weekday()]} {_MONTHS[self._month]} {self._day:2d} 00:00:00 {self._year:04d}'

    def strftime(self, format):
        """Return a string representing the date, controlled by an explicit format string."""
        return _strftime(self, format, self.timetuple())

    def __format__(self, fmt):
        if not isinstance(fmt, str):
            raise TypeError(f'__format__() argument 1 must be str, not {type(fmt).__name__}')
        return self.strftime(fmt) if fmt else str(self)

    def isoformat(self):
        """Return string in ISO 8601 format, YYYY-MM-DD."""
        return f'{self._year:04d}-{self._month:02d}-{self._day:02d}'

    __str__ = isoformat

    def timetuple(self):
        """Return time tuple, compatible with time.localtime()."""
        yday = _days_before_month(self._year, self._month) + self._day
        return _time.struct_time((self._year, self._month, self._day, 0, 0, 0, self.weekday(), yday, -1))

    def toordinal(self):
        """Return proleptic Gregorian ordinal."""
        return _days_before_year(self._year) + _days_before_month(self._year, self._month) + self._day

    def replace(self, year=_keep, month=_keep, day=_keep):
        """Return date with new specified fields."""
        return type(self)(self._year if year is _keep else year, self._month if month is _keep else month, self._day if day is _keep else day)

    __replace__ = replace

    def weekday(self):
        return (self.toordinal() + 6) % 7

    def isoweekday(self):
        return self.toordinal() % 7 or 7

    def isocalendar(self):
        """Return a named tuple containing ISO year, week number, and weekday."""
        year = self._year
        week1 = _iso_week1(year)
        today = self.toordinal()
        week, day = divmod(today - week1, 7)
        if week < 0:
            year -= 1
            week1 = _iso_week1(year)
            week, day = divmod(today - week1, 7)
        elif week >= 52 and today >= _iso_week1(year + 1):
            year += 1
            week = 0
        return IsoCalendarDate(year, week + 1, day + 1)

    def _fields(self):
        return self._year, self._month, self._day

    def _compare(self, other, op):
        if isinstance(other, date) and not isinstance(other, datetime):
            a, b = self._fields(), other._fields()
            return (a > b) - (a < b)
        return None

    def __eq__(self, other):
        c = self._compare(other, '==')
        return NotImplemented if c is None else c == 0

    def __lt__(self, other):
        c = self._compare(other, '<')
        return NotImplemented if c is None else c < 0

    def __le__(self, other):
        c = self._compare(other, '<=')
        return NotImplemented if c is None else c <= 0

    def __gt__(self, other):
        c = self._compare(other, '>')
        return NotImplemented if c is None else c > 0

    def __ge__(self, other):
        c = self._compare(other, '>=')
        return NotImplemented if c is None else c >= 0

    def __hash__(self):
        return hash(self._fields())

    def __add__(self, other):
        if isinstance(other, timedelta):
            o = self.toordinal() + other._days
            if 0 < o <= 3652059:
                return type(self)(*_from_ordinal(o))
            raise OverflowError('date value out of range')
        return NotImplemented

    __radd__ = __add__

    def __sub__(self, other):
        if isinstance(other, timedelta):
            return self + timedelta(-other._days)
        if isinstance(other, date):
            return timedelta(self.toordinal() - other.toordinal())
        return NotImplemented

    def __reduce__(self):
        return self.__class__, self._fields()


date.min = date(1, 1, 1)
date.max = date(9999, 12, 31)
date.resolution = timedelta(days=1)


class time:
    """time([hour[, minute[, second[, microsecond[, tzinfo]]]]]) --> a time object"""
    __tp_name__ = 'datetime.time'
    __slots__ = ('_hour', '_minute', '_second', '_microsecond', '_tzinfo', '_fold')

    def __new__(cls, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0):
        fields = _check_time(hour, minute, second, microsecond, fold)
        _check_tz(tzinfo)
        self = object.__new__(cls)
        self._hour, self._minute, self._second, self._microsecond, self._fold = fields
        self._tzinfo = tzinfo
        return self

    hour = property(lambda self: self._hour)
    minute = property(lambda self: self._minute)
    second = property(lambda self: self._second)
    microsecond = property(lambda self: self._microsecond)
    tzinfo = property(lambda self: self._tzinfo)
    fold = property(lambda self: self._fold)

    def _us(self):
        return ((self._hour * 60 + self._minute) * 60 + self._second) * 1000000 + self._microsecond

    def _compare(self, other, op):
        if not isinstance(other, time):
            return None
        mine, theirs = self.utcoffset(), other.utcoffset()
        if mine == theirs:
            a, b = self._us(), other._us()
        else:
            if mine is None or theirs is None:
                if op == '==':
                    return 2
                raise TypeError("can't compare offset-naive and offset-aware times")
            a, b = self._us() - mine // _US, other._us() - theirs // _US
        return (a > b) - (a < b)

    __eq__, __lt__, __le__, __gt__, __ge__ = date.__eq__, date.__lt__, date.__le__, date.__gt__, date.__ge__

    def __hash__(self):
        offset = self.utcoffset()
        return hash(self._us() if offset is None else self._us() - offset // _US)

    def __repr__(self):
        s = f', {self._second}, {self._microsecond}' if self._microsecond else f', {self._second}' if self._second else ''
        tail = (f', tzinfo={self._tzinfo!r}' if self._tzinfo is not None else '') + (f', fold={self._fold}' if self._fold else '')
        return f'{_qualified(self, time)}({self._hour}, {self._minute}{s}{tail})'

    def isoformat(self, timespec='auto'):
        """Return the time formatted according to ISO."""
        return _time_text(self, timespec) + _offset_text(self.utcoffset())

    def __str__(self):
        return self.isoformat()

    @classmethod
    def fromisoformat(cls, time_string, /):
        if not isinstance(time_string, str):
            raise TypeError('fromisoformat: argument must be str')
        try:
            fields, tz = _parse_iso_time(time_string.removeprefix('T'))
        except ValueError:
            raise ValueError(f'Invalid isoformat string: {time_string!r}') from None
        return cls(*fields, tz)

    def strftime(self, format):
        """format -> strftime() style string."""
        return _strftime(self, format, _time.struct_time((1900, 1, 1, self._hour, self._minute, self._second, 0, 1, -1)))

    __format__ = date.__format__

    def utcoffset(self):
        return None if self._tzinfo is None else self._tzinfo.utcoffset(None)

    def tzname(self):
        return None if self._tzinfo is None else self._tzinfo.tzname(None)

    def dst(self):
        return None if self._tzinfo is None else self._tzinfo.dst(None)

    def replace(self, hour=_keep, minute=_keep, second=_keep, microsecond=_keep, tzinfo=_keep, *, fold=_keep):
        """Return time with new specified fields."""
        pick = lambda new, old: old if new is _keep else new
        return type(self)(pick(hour, self._hour), pick(minute, self._minute), pick(second, self._second), pick(microsecond, self._microsecond),
                          pick(tzinfo, self._tzinfo), fold=pick(fold, self._fold))

    __replace__ = replace

    def __reduce__(self):
        return self.__class__, (self._hour, self._minute, self._second, self._microsecond, self._tzinfo)


time.min = time(0, 0, 0)
time.max = time(23, 59, 59, 999999)
time.resolution = timedelta(microseconds=1)
_US = timedelta(microseconds=1)


class datetime(date):
    """datetime(year, month, day[, hour[, minute[, second[, microsecond[,tzinfo]]]]])"""
    __slots__ = time.__slots__

    def __new__(cls, year=_keep, month=_keep, day=_keep, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0):
        for i, (name, value) in enumerate((('year', year), ('month', month), ('day', day)), 1):
            if value is _keep:
                raise TypeError(f'function missing required argument {name!r} (pos {i})')
        year, month, day = _check_date(year, month, day)
        fields = _check_time(hour, minute, second, microsecond, fold)
        _check_tz(tzinfo)
        self = object.__new__(cls)
        self._year, self._month, self._day = year, month, day
        self._hour, self._minute, self._second, self._microsecond, self._fold = fields
        self._tzinfo = tzinfo
        return self

    hour, minute, second, microsecond, tzinfo, fold = time.hour, time.minute, time.second, time.microsecond, time.tzinfo, time.fold
    _us = time._us

    @classmethod
    def _from_us(cls, us, tz=None):
        """From microseconds since the epoch."""
        days, us = divmod(us, 86400000000)
        days += 719163
        if not 0 < days <= 3652059:
            raise ValueError(f'year {1970 + (days - 719163) // 365} is out of range')
        seconds, us = divmod(us, 1000000)
        return cls(*_from_ordinal(days), seconds // 3600, seconds // 60 % 60, seconds % 60, us, tz)

    @classmethod
    def fromtimestamp(cls, timestamp, tz=None):
        """timestamp[, tz] -> tz's local time from POSIX timestamp."""
        _check_tz(tz)
        if not isinstance(timestamp, (int, float)):
            timestamp = _index(timestamp)
        whole = int(timestamp // 1)
        us = whole * 1000000 + round((timestamp - whole) * 1000000)
        if tz is None:
            return cls._from_us(us)
        return tz.fromutc(cls._from_us(us, tz))

    @classmethod
    def utcfromtimestamp(cls, timestamp, /):
        return cls.fromtimestamp(timestamp)

    @classmethod
    def now(cls, tz=None):
        """Returns new datetime object representing current time local to tz."""
        return cls.fromtimestamp(_time.time(), tz)

    @classmethod
    def utcnow(cls):
        """Return a new datetime representing UTC day and time."""
        return cls.fromtimestamp(_time.time())

    @classmethod
    def combine(cls, date, time, tzinfo=_keep):
        """date, time -> datetime with same date and time fields"""
        if not isinstance(date, _date):
            raise TypeError(f'combine() argument 1 must be datetime.date, not {type(date).__name__}')
        if not isinstance(time, _time_class):
            raise TypeError(f'combine() argument 2 must be datetime.time, not {type(time).__name__}')
        return cls(date._year, date._month, date._day, time._hour, time._minute, time._second, time._microsecond,
                   time._tzinfo if tzinfo is _keep else tzinfo, fold=time._fold)

    @classmethod
    def fromisoformat(cls, date_string, /):
        """string -> datetime from a string in most ISO 8601 formats"""
        if not isinstance(date_string, str):
            raise TypeError('fromisoformat: argument must be str')
        from _datetime_parts import _split_iso
        try:
            day, clock = _split_iso(date_string)
            fields = _parse_iso_date(day)
            rest, tz = _parse_iso_time(clock) if clock else ((0, 0, 0, 0), None)
        except ValueError as e:
            if e.args and e.args[0].startswith(('Invalid w', 'offset must')):
                raise
            raise ValueError(f'Invalid isoformat string: {date_string!r}') from None
        return cls(*fields, *rest, tz)

    @classmethod
    def strptime(cls, date_string, format, /):
        """string, format -> new datetime parsed from a string (like time.strptime())."""
        for i, arg in enumerate((date_string, format), 1):
            if not isinstance(arg, str):
                raise TypeError(f'strptime() argument {i} must be str, not {type(arg).__name__}')
        import _strptime
        return _strptime._strptime_datetime(cls, date_string, format)

    def timetuple(self):
        dst = self.dst()
        dst = -1 if dst is None else int(bool(dst))
        yday = _days_before_month(self._year, self._month) + self._day
        return _time.struct_time((self._year, self._month, self._day, self._hour, self._minute, self._second, self.weekday(), yday, dst))

    def utctimetuple(self):
        offset = self.utcoffset()
        t = self if not offset else self.replace(tzinfo=None) - offset
        return _time.struct_time((*t._fields()[:6], t.weekday(), _days_before_month(t._year, t._month) + t._day, 0))

    def _total_us(self):
        """Microseconds since year 1, of the fields as they stand."""
        return self.toordinal() * 86400000000 + self._us()

    def timestamp(self):
        """Return POSIX timestamp as float."""
        offset = self.utcoffset()
        us = self._total_us() - 719163 * 86400000000
        if offset is not None:
            us -= offset // _US
        return us / 1000000 if offset is not None else us // 1000000 + us % 1000000 / 1000000

    def date(self):
        """Return date object with same year, month and day."""
        return _date(self._year, self._month, self._day)

    def time(self):
        """Return time object with same time but with tzinfo=None."""
        return _time_class(self._hour, self._minute, self._second, self._microsecond, fold=self._fold)

    def timetz(self):
        return _time_class(self._hour, self._minute, self._second, self._microsecond, self._tzinfo, fold=self._fold)

    def replace(self, year=_keep, month=_keep, day=_keep, hour=_keep, minute=_keep, second=_keep, microsecond=_keep, tzinfo=_keep, *, fold=_keep):
        """Return datetime with new specified fields."""
        pick = lambda new, old: old if new is _keep else new
        return type(self)(pick(year, self._year), pick(month, self._month), pick(day, self._day), pick(hour, self._hour), pick(minute, self._minute),
                          pick(second, self._second), pick(microsecond, self._microsecond), pick(tzinfo, self._tzinfo), fold=pick(fold, self._fold))

    __replace__ = replace

    def astimezone(self, tz=None):
        """tz -> convert to local time in new timezone tz"""
        if tz is None:
            tz = timezone(timedelta(0), 'UTC')
        elif not isinstance(tz, tzinfo):
            _check_tz(tz)
        if tz is self._tzinfo:
            return self
        offset = self.utcoffset()
        naive = self.replace(tzinfo=None)
        return tz.fromutc((naive if offset is None else naive - offset).replace(tzinfo=tz))

    def ctime(self):
        return (f'{_DAYS[self.weekday()]} {_MONTHS[self._month]} {self._day:2d} {self._hour:02d}:{self._minute:02d}:{self._second:02d} {self._year:04d}')

    def isoformat(self, sep='T', timespec='auto'):
        """Return a string representing this datetime in ISO 8601 format."""
        if not isinstance(sep, str) or len(sep) != 1:
            raise TypeError('isoformat() argument 1 must be a unicode character, not str' if isinstance(sep, str)
                            else f'isoformat() argument 1 must be a unicode character, not {type(sep).__name__}')
        return f'{self._year:04d}-{self._month:02d}-{self._day:02d}{sep}{_time_text(self, timespec)}{_offset_text(self.utcoffset())}'

    def __repr__(self):
        parts = list(self._fields())
        if not parts[6]:
            del parts[6]
            if not parts[5]:
                del parts[5]
        tail = (f', tzinfo={self._tzinfo!r}' if self._tzinfo is not None else '') + (f', fold={self._fold}' if self._fold else '')
        return f'{_qualified(self, datetime)}({", ".join(map(str, parts))}{tail})'

    def __str__(self):
        return self.isoformat(sep=' ')

    def utcoffset(self):
        return None if self._tzinfo is None else self._tzinfo.utcoffset(self)

    def tzname(self):
        return None if self._tzinfo is None else self._tzinfo.tzname(self)

    def dst(self):
        return None if self._tzinfo is None else self._tzinfo.dst(self)

    def _fields(self):
        return self._year, self._month, self._day, self._hour, self._minute, self._second, self._microsecond

    def _compare(self, other, op):
        if not isinstance(other, datetime):
            return None
        mine, theirs = self.utcoffset(), other.utcoffset()
        if mine == theirs:
            a, b = self._fields(), other._fields()
        else:
            if mine is None or theirs is None:
                if op == '==':
                    return 2
                raise TypeError("can't compare offset-naive and offset-aware datetimes")
            a, b = self._total_us() - mine // _US, other._total_us() - theirs // _US
        return (a > b) - (a < b)

    def __hash__(self):
        offset = self.utcoffset()
        return hash(self._fields() if offset is None else self._total_us() - offset // _US)

    def __add__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        days, us = divmod(self._total_us() + other._total(), 86400000000)
        if not 0 < days <= 3652059:
            raise OverflowError('date value out of range')
        seconds, us = divmod(us, 1000000)
        return type(self)(*_from_ordinal(days), seconds // 3600, seconds // 60 % 60, seconds % 60, us, self._tzinfo)

    __radd__ = __add__

    def __sub__(self, other):
        if isinstance(other, timedelta):
            return self + -other
        if not isinstance(other, datetime):
            return NotImplemented
        us = self._total_us() - other._total_us()
        mine, theirs = self.utcoffset(), other.utcoffset()
        if mine != theirs:
            if mine is None or theirs is None:
                raise TypeError("can't subtract offset-naive and offset-aware datetimes")
            us -= (mine - theirs) // _US
        return timedelta(microseconds=us)

    def __reduce__(self):
        return self.__class__, (*self._fields(), self._tzinfo)


_date, _time_class = date, time
datetime.min = datetime(1, 1, 1)
datetime.max = datetime(9999, 12, 31, 23, 59, 59, 999999)
datetime.resolution = timedelta(microseconds=1)
