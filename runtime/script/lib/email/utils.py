"""Addresses and dates of mail."""
import datetime
import re
import time

__all__ = ['collapse_rfc2231_value', 'encode_rfc2231', 'formataddr', 'formatdate', 'format_datetime', 'getaddresses', 'make_msgid', 'mktime_tz',
           'parseaddr', 'parsedate', 'parsedate_tz', 'parsedate_to_datetime', 'quote', 'unquote', 'localtime']
_DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
_MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
_ZONES = {'UT': 0, 'UTC': 0, 'GMT': 0, 'Z': 0, 'EST': -500, 'EDT': -400, 'CST': -600, 'CDT': -500, 'MST': -700, 'MDT': -600, 'PST': -800, 'PDT': -700}
_count = 0


def quote(str):
    return str.replace('\\', '\\\\').replace('"', '\\"')


def unquote(str):
    if len(str) > 1:
        if str.startswith('"') and str.endswith('"'):
            return str[1:-1].replace('\\\\', '\\').replace('\\"', '"')
        if str.startswith('<') and str.endswith('>'):
            return str[1:-1]
    return str


def formataddr(pair, charset='utf-8'):
    name, address = pair
    address.encode('ascii')
    if not name:
        return address
    if not name.isascii():
        from email.header import _encoded
        return f'{_encoded(name, str(charset))} <{address}>'
    quotes = '"' if re.search(r'[][\\()<>@,:;".]', name) else ''
    return f'{quotes}{re.sub(r"[\\\"]", lambda m: chr(92) + m[0], name)}{quotes} <{address}>'


def _split_addresses(text):
    out, depth, quoted, angle, start = [], 0, False, False, 0
    for at, c in enumerate(text):
        if c == '"' and text[at - 1:at] != '\\':
            quoted = not quoted
        elif not quoted and c in '()':
            depth += 1 if c == '(' else -1
        elif not quoted and c in '<>':
            angle = c == '<'
        elif c == ',' and not quoted and not depth and not angle:
            out.append(text[start:at])
            start = at + 1
    return out + [text[start:]]


def parseaddr(addr, *, strict=True):
    text = addr.strip() if isinstance(addr, str) else str(addr).strip()
    if strict and len([part for part in _split_addresses(text) if part.strip()]) > 1:
        return '', ''
    if found := re.fullmatch(r'(.*?)\s*<([^<>]*)>\s*', text, re.S):
        name = found[1].strip()
        if name.startswith('"') and name.endswith('"') and len(name) > 1:
            name = re.sub(r'\\(.)', r'\1', name[1:-1])
        return name, found[2].strip()
    if found := re.fullmatch(r'(\S+)\s*\((.*)\)', text):
        return found[2], found[1]
    return ('', text.replace(' ', '')) if text else ('', '')


def getaddresses(fieldvalues, *, strict=True):
    out = []
    for value in fieldvalues:
        out.extend(parseaddr(part) for part in _split_addresses(str(value)) if part.strip())
    return out


def _format(t, zone):
    return '%s, %02d %s %04d %02d:%02d:%02d %s' % (_DAYS[t[6]], t[2], _MONTHS[t[1] - 1], t[0], t[3], t[4], t[5], zone)


def formatdate(timeval=None, localtime=False, usegmt=False):
    moment = datetime.datetime.fromtimestamp(time.time() if timeval is None else timeval, datetime.timezone.utc)
    if localtime:
        moment = moment.astimezone()
    elif not usegmt:
        moment = moment.replace(tzinfo=None)
    return format_datetime(moment, usegmt)


def format_datetime(dt, usegmt=False):
    if usegmt:
        if dt.tzinfo is None or dt.tzinfo != datetime.timezone.utc:
            raise ValueError('usegmt option requires a UTC datetime')
        zone = 'GMT'
    else:
        zone = '-0000' if dt.tzinfo is None else dt.strftime('%z')
    return _format(dt.timetuple(), zone)


def make_msgid(idstring=None, domain=None):
    import os
    import random
    import socket
    domain = socket.getfqdn() if domain is None else domain
    middle = '' if idstring is None else '.' + idstring
    return '<%d.%d.%d%s@%s>' % (int(time.time() * 100), os.getpid(), random.getrandbits(64), middle, domain)


def parsedate_tz(data):
    found = re.match(r'\s*(?:\w{3,9},\s*)?(\d{1,2})[\s-]+(\w{3})\w*[\s-]+(\d{2,4})\s+(\d{1,2}):(\d\d)(?::(\d\d))?\s*(\S+)?', data or '')
    if not found or found[2].title() not in _MONTHS:
        return None
    year = int(found[3])
    if year < 100:
        year += 1900 if year > 68 else 2000
    zone, offset = found[7], None
    if zone:
        number = _ZONES.get(zone.upper()) if not re.fullmatch(r'[+-]\d{4}', zone) else int(zone)
        if zone == '-0000':
            number = None
        if number is not None:
            sign = -1 if number < 0 else 1
            offset = sign * (abs(number) // 100 * 3600 + abs(number) % 100 * 60)
    else:
        offset = 0
    return year, _MONTHS.index(found[2].title()) + 1, int(found[1]), int(found[4]), int(found[5]), int(found[6] or 0), 0, 1, -1, offset


def parsedate(data):
    found = parsedate_tz(data)
    return found[:9] if found else None


def mktime_tz(data):
    import calendar
    return calendar.timegm(data) - (data[9] or 0)


def parsedate_to_datetime(data):
    found = parsedate_tz(data)
    if found is None:
        raise ValueError('Invalid date value or format "%s"' % str(data))
    zone = None if found[9] is None else datetime.timezone(datetime.timedelta(seconds=found[9]))
    return datetime.datetime(*found[:6], tzinfo=zone)


def localtime(dt=None):
    return (datetime.datetime.now() if dt is None else dt).astimezone()


def encode_rfc2231(s, charset=None, language=None):
    from urllib.parse import quote as percent
    s = percent(s, safe='', encoding=charset or 'ascii')
    return s if charset is None and language is None else "%s'%s'%s" % (charset, language or '', s)


def collapse_rfc2231_value(value, errors='replace', fallback_charset='us-ascii'):
    return unquote(value) if isinstance(value, str) else unquote(value[2])
