"""strptime for datetime and time."""
_DAYS = ('monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday')
_MONTHS = ('january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december')
_PATTERNS = {'d': r'3[0-1]|[1-2]\d|0[1-9]|[1-9]| [1-9]', 'f': r'[0-9]{1,6}', 'H': r'2[0-3]|[0-1]\d|\d', 'I': r'1[0-2]|0[1-9]|[1-9]| [1-9]',
             'G': r'\d\d\d\d', 'j': r'36[0-6]|3[0-5]\d|[1-2]\d\d|0[1-9]\d|00[1-9]|[1-9]\d|0[1-9]|[1-9]', 'm': r'1[0-2]|0[1-9]|[1-9]', 'M': r'[0-5]\d|\d',
             'S': r'6[0-1]|[0-5]\d|\d', 'U': r'5[0-3]|[0-4]\d|\d', 'w': r'[0-6]', 'u': r'[1-7]', 'V': r'5[0-3]|0[1-9]|[1-4]\d|\d', 'y': r'\d\d', 'Y': r'\d\d\d\d',
             'z': r'([+-]\d\d:?[0-5]\d(:?[0-5]\d(\.\d{1,6})?)?)|(?-i:Z)', 'A': '|'.join(sorted(_DAYS, key=len, reverse=True)),
             'a': '|'.join(d[:3] for d in _DAYS), 'B': '|'.join(sorted(_MONTHS, key=len, reverse=True)), 'b': '|'.join(m[:3] for m in _MONTHS),
             'p': 'am|pm', 'Z': 'utc|gmt'}
_PATTERNS['W'] = _PATTERNS['U']
_WHOLE = {'c': '%a %b %d %H:%M:%S %Y', 'x': '%m/%d/%y', 'X': '%H:%M:%S', 'T': '%H:%M:%S', 'D': '%m/%d/%y', 'F': '%Y-%m-%d', 'R': '%H:%M'}
_regex_cache = {}
_AMBIGUOUS = '''Parsing dates involving a day of month without a year specified is ambiguious
and fails to parse leap day. The default behavior will change in Python 3.15
to either always raise an exception or to use a different default year (TBD).
To avoid trouble, add a specific year to the input & format.
See https://github.com/python/cpython/issues/70647.'''


def _regex(format):
    import re
    if format in _regex_cache:
        return _regex_cache[format]
    expanded = ''
    i = 0
    while i < len(format):
        if format[i] == '%' and format[i + 1:i + 2] in ('c', 'x', 'X') and format[i + 1:i + 2]:
            expanded += _WHOLE[format[i + 1]]
            i += 2
        elif format[i] == '%':
            expanded += format[i:i + 2]
            i += 2
        else:
            expanded += format[i]
            i += 1
    text = re.sub(r'([\\.^$*+?\(\){}\[\]|])', r'\\\1', expanded)
    text = re.sub(r'\s+', lambda m: r'\s+', text)
    out, used, i = '', set(), 0
    while i < len(text):
        c = text[i]
        if c != '%':
            out += c
            i += 1
            continue
        d = text[i + 1:i + 2]
        if not d or d == '\\' and text[i + 2:i + 4] == 's+':
            if not d:
                raise ValueError(f"stray % in format '{format}'")
        if d == '%':
            out += '%'
        elif d in _PATTERNS:
            if d in used:
                raise re.PatternError(f'redefinition of group name {d!r} as group {len(used) + 1}; was group 1')
            used.add(d)
            out += f'(?P<{d}>{_PATTERNS[d]})'
        else:
            raise ValueError(f"'{d}' is a bad directive in format '{format}'")
        i += 2
    if 'd' in used and not used & {'y', 'Y', 'G'}:
        import warnings
        warnings.warn(_AMBIGUOUS, DeprecationWarning, skip_file_prefixes=(_regex.__code__.co_filename.rpartition('/')[0] + '/',))
    _regex_cache[format] = re.compile(out, re.IGNORECASE)
    return _regex_cache[format]


def _week_to_yday(year, week, weekday, monday_first):
    from _datetime_parts import _days_before_year
    first = (_days_before_year(year) + 7) % 7                # weekday of January 1, Monday is 0
    if not monday_first:
        first = (first + 1) % 7
        weekday = (weekday + 1) % 7
    length = (7 - first) % 7
    if week == 0:
        return 1 + weekday - first
    return 1 + length + 7 * (week - 1) + weekday


def _strptime(data_string, format):
    """((year, month, day, hour, minute, second, weekday, yday, dst, tzname, gmtoff), microsecond, gmtoff microseconds)"""
    for i, arg in enumerate((data_string, format)):
        if not isinstance(arg, str):
            raise TypeError(f'strptime() argument {i} must be str, not {type(arg)}')
    found = _regex(format).match(data_string)
    if not found:
        raise ValueError(f'time data {data_string!r} does not match format {format!r}')
    if len(data_string) != found.end():
        raise ValueError('unconverted data remains: %s' % data_string[found.end():])
    g = {k: v for k, v in found.groupdict().items() if v is not None}
    iso_year = iso_week = year = None
    month = day = 1
    hour = minute = second = fraction = 0
    tz, gmtoff, gmtoff_fraction = -1, None, 0
    week = week_monday = weekday = julian = tzname = None
    for key, value in g.items():
        if key == 'y':
            year = int(value)
            year += 2000 if year <= 68 else 1900
        elif key == 'Y':
            year = int(value)
        elif key == 'G':
            iso_year = int(value)
        elif key == 'm':
            month = int(value)
        elif key == 'B':
            month = _MONTHS.index(value.lower()) + 1
        elif key == 'b':
            month = [m[:3] for m in _MONTHS].index(value.lower()) + 1
        elif key == 'd':
            day = int(value)
        elif key == 'H':
            hour = int(value)
        elif key == 'I':
            hour = int(value)
            ampm = g.get('p', '').lower()
            if ampm in ('', 'am'):
                hour = 0 if hour == 12 else hour
            else:
                hour = 12 if hour == 12 else hour + 12
        elif key == 'M':
            minute = int(value)
        elif key == 'S':
            second = int(value)
        elif key == 'f':
            fraction = int(value.ljust(6, '0'))
        elif key == 'A':
            weekday = _DAYS.index(value.lower())
        elif key == 'a':
            weekday = [d[:3] for d in _DAYS].index(value.lower())
        elif key == 'w':
            weekday = (int(value) - 1) % 7
        elif key == 'u':
            weekday = int(value) - 1
        elif key == 'j':
            julian = int(value)
        elif key in 'UW':
            week, week_monday = int(value), key == 'W'
        elif key == 'V':
            iso_week = int(value)
        elif key == 'z':
            gmtoff, gmtoff_fraction = _offset(value, data_string)
        elif key == 'Z':
            tzname, tz = value.upper(), 0
    return _complete(format, iso_year, iso_week, year, month, day, hour, minute, second, fraction, tz, gmtoff, gmtoff_fraction, week, week_monday, weekday,
                     julian, tzname)


def _offset(z, data_string):
    if z == 'Z':
        return 0, 0
    if z[3] == ':':
        z = z[:3] + z[4:]
        if len(z) > 5:
            if z[5] != ':':
                raise ValueError(f'Inconsistent use of : in {z[:3]}:{z[3:]}')
            z = z[:5] + z[6:]
    hours, minutes, seconds = int(z[1:3]), int(z[3:5]), int(z[5:7] or 0)
    off = hours * 3600 + minutes * 60 + seconds
    fraction = int(z[8:].ljust(6, '0')) if len(z) > 8 else 0
    return (-off, -fraction) if z[0] == '-' else (off, fraction)


def _complete(format, iso_year, iso_week, year, month, day, hour, minute, second, fraction, tz, gmtoff, gmtoff_fraction, week, week_monday, weekday, julian,
              tzname):
    """Fill in what the given fields imply: day of year, weekday, date from week numbers."""
    from _datetime_parts import _days_before_month, _days_before_year, _from_isocalendar, _from_ordinal, _is_leap
    if iso_year is not None:
        if julian is not None:
            raise ValueError("Day of the year directive '%j' is not compatible with ISO year directive '%G'. Use '%Y' instead.")
        if iso_week is None or weekday is None:
            raise ValueError("ISO year directive '%G' must be used with the ISO week directive '%V' and a weekday directive ('%A', '%a', '%w', or '%u').")
    elif iso_week is not None:
        if year is None or weekday is None:
            raise ValueError("ISO week directive '%V' must be used with the ISO year directive '%G' and a weekday directive ('%A', '%a', '%w', or '%u').")
        raise ValueError("ISO week directive '%V' is incompatible with the year directive '%Y'. Use the ISO year '%G' instead.")
    leap_fix = False
    if year is None and month == 2 and day == 29:
        year, leap_fix = 1904, True
    elif year is None:
        year = 1900
    if julian is None and weekday is not None:
        if week is not None:
            julian = _week_to_yday(year, week, weekday, week_monday)
        elif iso_year is not None and iso_week is not None:
            year, month, day = _from_isocalendar(iso_year, iso_week, weekday + 1)
        if julian is not None and julian <= 0:
            year -= 1
            julian += 366 if _is_leap(year) else 365
    if julian is None:
        from _datetime_parts import _check_date
        _check_date(year, month, day)
        julian = _days_before_month(year, month) + day
    else:
        year, month, day = _from_ordinal(_days_before_year(year) + julian)
    if weekday is None:
        weekday = (_days_before_year(year) + _days_before_month(year, month) + day + 6) % 7
    if leap_fix:
        year = 1900
    return (year, month, day, hour, minute, second, weekday, julian, tz, tzname, gmtoff), fraction, gmtoff_fraction


def _strptime_time(data_string, format='%a %b %d %H:%M:%S %Y'):
    from time import struct_time
    return struct_time(_strptime(data_string, format)[0][:9])


def _strptime_datetime(cls, data_string, format='%a %b %d %H:%M:%S %Y'):
    from _datetime_parts import timedelta, timezone
    tt, fraction, gmtoff_fraction = _strptime(data_string, format)
    tzname, gmtoff = tt[-2:]
    args = tt[:6] + (fraction,)
    if gmtoff is not None:
        delta = timedelta(seconds=gmtoff, microseconds=gmtoff_fraction)
        args += (timezone(delta, tzname) if tzname else timezone(delta),)
    return cls(*args)
