"""Time zones by name. The simulated machine has no zone files: the rules of today's most used zones stand in a table, with those of before 2007 for
North America; a zone whose rules have changed otherwise shows the present ones for all years."""
import datetime as _datetime

__all__ = ['ZoneInfo', 'reset_tzpath', 'available_timezones', 'TZPATH', 'ZoneInfoNotFoundError', 'InvalidTZPathWarning']
TZPATH = ()
_HOUR = 3600
# Rule: month, which Sunday (1 first, -1 last), hour; what the hour is told in: 'u' UTC, 'w' the wall clock, 's' standard time.
_EU = ((3, -1, 1, 'u'), (10, -1, 1, 'u'))
_US = ((3, 2, 2, 'w'), (11, 1, 2, 'w'))
_US_OLD = ((4, 1, 2, 'w'), (10, -1, 2, 'w'))
_AU = ((10, 1, 2, 's'), (4, 1, 2, 's'))
_NZ = ((9, -1, 2, 's'), (4, 1, 2, 's'))
_TABLE = '''
0 UTC - - UTC Etc/UTC Etc/GMT Zulu Etc/UCT Universal|0 GMT - - GMT Africa/Abidjan Africa/Accra Atlantic/Reykjavik Iceland
0 GMT BST EU Europe/London Europe/Belfast GB|0 GMT IST EU Europe/Dublin|0 WET WEST EU Europe/Lisbon Atlantic/Canary
1 CET CEST EU Europe/Paris Europe/Berlin Europe/Madrid Europe/Rome Europe/Amsterdam Europe/Brussels Europe/Vienna Europe/Zurich Europe/Stockholm
1 CET CEST EU Europe/Oslo Europe/Copenhagen Europe/Prague Europe/Warsaw Europe/Budapest Europe/Belgrade Europe/Luxembourg Europe/Monaco CET
2 EET EEST EU Europe/Athens Europe/Helsinki Europe/Kiev Europe/Kyiv Europe/Bucharest Europe/Sofia Europe/Riga Europe/Vilnius Europe/Tallinn EET
3 MSK - - Europe/Moscow|3 +03 - - Europe/Istanbul Asia/Riyadh Asia/Baghdad Europe/Minsk|2 SAST - - Africa/Johannesburg|3 EAT - - Africa/Nairobi
1 WAT - - Africa/Lagos|2 EET - - Africa/Tripoli|4 +04 - - Asia/Dubai|3.5 +0330 - - Asia/Tehran|5 PKT - - Asia/Karachi|5.5 IST - - Asia/Kolkata Asia/Calcutta
5.75 +0545 - - Asia/Kathmandu|6 +06 - - Asia/Dhaka|7 +07 - - Asia/Bangkok Asia/Ho_Chi_Minh|7 WIB - - Asia/Jakarta|8 CST - - Asia/Shanghai Asia/Taipei
8 HKT - - Asia/Hong_Kong|8 +08 - - Asia/Singapore|8 PST - - Asia/Manila|8 AWST - - Australia/Perth|9 JST - - Asia/Tokyo Japan|9 KST - - Asia/Seoul
9.5 ACST - - Australia/Darwin|9.5 ACST ACDT AU Australia/Adelaide|10 AEST - - Australia/Brisbane|10 AEST AEDT AU Australia/Sydney Australia/Melbourne
10 AEST AEDT AU Australia/Hobart Australia/Canberra|12 NZST NZDT NZ Pacific/Auckland NZ|14 +14 - - Pacific/Kiritimati|-10 HST - - Pacific/Honolulu US/Hawaii
-9 AKST AKDT US America/Anchorage|-8 PST PDT US America/Los_Angeles America/Vancouver US/Pacific|-7 MST - - America/Phoenix|-7 MST MDT US America/Denver US/Mountain
-6 CST CDT US America/Chicago US/Central America/Winnipeg|-6 CST - - America/Mexico_City|-5 EST EDT US America/New_York America/Toronto US/Eastern America/Detroit
-5 EST - - America/Panama America/Jamaica EST|-5 -05 - - America/Bogota America/Lima|-4 AST ADT US America/Halifax|-4 AST - - America/Puerto_Rico
-4 -04 - - America/Caracas|-3.5 NST NDT US America/St_Johns|-3 -03 - - America/Sao_Paulo America/Buenos_Aires America/Argentina/Buenos_Aires
'''
_ZONES = {}
for _row in _TABLE.replace('\n', '|').split('|'):
    if _row:
        _offset, _standard, _summer, _rules, *_names = _row.split()
        for _name in _names:
            _ZONES[_name] = int(float(_offset) * _HOUR), _standard, _summer, _rules


class ZoneInfoNotFoundError(KeyError):
    """Exception raised when a ZoneInfo key is not found."""


class InvalidTZPathWarning(RuntimeWarning):
    """Warning raised if an invalid path is specified in PYTHONTZPATH."""


def available_timezones():
    """Returns a set containing all available time zones."""
    return set(_ZONES)


def reset_tzpath(to=None):
    """There are no zone files to look for."""


def _sunday(year, month, which):
    if which > 0:
        first = _datetime.date(year, month, 1)
        return first + _datetime.timedelta(days=(6 - first.weekday()) % 7 + 7 * (which - 1))
    last = _datetime.date(year + month // 12, month % 12 + 1, 1) - _datetime.timedelta(days=1)
    return last - _datetime.timedelta(days=(last.weekday() + 1) % 7)


def _seconds(dt):
    return dt.toordinal() * 86400 + dt.hour * 3600 + dt.minute * 60 + dt.second


class ZoneInfo(_datetime.tzinfo):
    __module__ = 'zoneinfo'
    _cache = {}

    def __new__(cls, key):
        made = ZoneInfo._cache.get((cls, key))
        if made is None:
            made = ZoneInfo._cache[cls, key] = cls.no_cache(key)
        return made

    @classmethod
    def no_cache(cls, key):
        if not isinstance(key, str):
            raise TypeError(f'expected str, bytes or os.PathLike object, not {type(key).__name__}')
        if key.startswith('/') or '..' in key:
            raise ValueError(f'ZoneInfo keys may not be absolute paths, got: {key}')
        if key not in _ZONES:
            raise ZoneInfoNotFoundError(f'No time zone found with key {key}')
        self = _datetime.tzinfo.__new__(cls)
        self._key = key
        self._offset, self._standard, self._summer, self._rules = _ZONES[key]
        return self

    @classmethod
    def clear_cache(cls, *, only_keys=None):
        for key in [k for k in ZoneInfo._cache if only_keys is None or k[1] in only_keys]:
            del ZoneInfo._cache[key]

    @property
    def key(self):
        return self._key

    def _turns(self, year):
        """When summer time begins and ends in a year, in seconds of UTC."""
        rules = {'EU': _EU, 'US': _US if year >= 2007 else _US_OLD, 'AU': _AU, 'NZ': _NZ}[self._rules]
        for (month, which, hour, kind), summer in zip(rules, (0, _HOUR)):
            at = _sunday(year, month, which).toordinal() * 86400 + hour * _HOUR
            yield at if kind == 'u' else at - self._offset - (summer if kind == 'w' else 0)

    def _is_summer(self, utc):
        if self._rules == '-':
            return False
        begin, end = self._turns(_datetime.date.fromordinal((utc + self._offset) // 86400).year)
        return begin <= utc < end if begin < end else not end <= utc < begin

    def _saving(self, dt):
        """An hour of summer time, or 0, at a wall clock's time: where it stands twice or never, fold decides."""
        wall = _seconds(dt)
        standard = self._is_summer(wall - self._offset)
        summer = self._is_summer(wall - self._offset - _HOUR)
        if standard == summer:
            return _HOUR if summer else 0
        twice = summer
        return _HOUR if twice != bool(dt.fold) else 0

    def utcoffset(self, dt, /):
        return None if dt is None and self._rules != '-' else _datetime.timedelta(seconds=self._offset + (self._saving(dt) if dt is not None else 0))

    def dst(self, dt, /):
        return None if dt is None and self._rules != '-' else _datetime.timedelta(seconds=self._saving(dt) if dt is not None else 0)

    def tzname(self, dt, /):
        if dt is None:
            return None if self._rules != '-' else self._standard
        return self._summer if self._saving(dt) else self._standard

    def fromutc(self, dt, /):
        if not isinstance(dt, _datetime.datetime):
            raise TypeError('fromutc: argument must be a datetime')
        if dt.tzinfo is not self:
            raise ValueError('fromutc: dt.tzinfo is not self')
        utc = _seconds(dt)
        summer = self._is_summer(utc)
        made = dt + _datetime.timedelta(seconds=self._offset + (_HOUR if summer else 0))
        second = not summer and self._rules != '-' and self._is_summer(utc - _HOUR)
        return made.replace(fold=1) if second else made

    def __repr__(self):
        return f'{type(self).__module__}.{type(self).__qualname__}(key={self._key!r})'

    def __str__(self):
        return self._key

    def __reduce__(self):
        return type(self), (self._key,)
