"""The C locale: the only one of the simulated machine."""
LC_CTYPE, LC_NUMERIC, LC_TIME, LC_COLLATE, LC_MONETARY, LC_MESSAGES, LC_ALL = range(7)
CHAR_MAX = 127


class Error(Exception):
    pass


Error.__module__ = 'locale'
_current = {}
_CATEGORIES = ('LC_CTYPE', 'LC_NUMERIC', 'LC_TIME', 'LC_COLLATE', 'LC_MONETARY', 'LC_MESSAGES')


def setlocale(category, locale=None):
    """Set or ask for a locale. The machine runs in C.UTF-8."""
    if locale is None:
        return _current.get(category, 'C.UTF-8' if category == LC_CTYPE else 'C' if category != LC_ALL else _all())
    if not isinstance(locale, type('')):
        locale = '.'.join(part for part in locale if part)
    known = {'': 'C.UTF-8', 'C': 'C', 'POSIX': 'C', 'C.UTF-8': 'C.UTF-8', 'C.utf8': 'C.utf8', 'C.UTF8': 'C.UTF8'}
    if locale not in known:
        raise Error('unsupported locale setting')
    for each in range(6) if category == LC_ALL else (category,):
        _current[each] = known[locale]
    return known[locale]


def _all():
    values = [_current.get(i, 'C.UTF-8' if i == LC_CTYPE else 'C') for i in range(6)]
    if len(set(values)) == 1:
        return values[0]
    order = (0, 1, 2, 3, 4, 5)
    rest = ';LC_PAPER=C;LC_NAME=C;LC_ADDRESS=C;LC_TELEPHONE=C;LC_MEASUREMENT=C;LC_IDENTIFICATION=C'
    return ';'.join(f'{_CATEGORIES[i]}={values[i]}' for i in order) + rest


def localeconv():
    """The C locale's conventions."""
    numbers = ('int_frac_digits', 'p_cs_precedes', 'p_sep_by_space', 'n_cs_precedes', 'n_sep_by_space', 'p_sign_posn', 'n_sign_posn', 'frac_digits')
    made = {'decimal_point': '.', 'thousands_sep': '', 'grouping': [], 'int_curr_symbol': '', 'currency_symbol': '', 'mon_decimal_point': '',
            'mon_thousands_sep': '', 'mon_grouping': [], 'positive_sign': '', 'negative_sign': ''}
    made.update(dict.fromkeys(numbers, CHAR_MAX))
    return made


def getlocale(category=LC_CTYPE):
    return (None, None) if setlocale(category) == 'C' else ('C', 'UTF-8')


def getdefaultlocale(envvars=()):
    return 'C', 'UTF-8'


def getpreferredencoding(do_setlocale=True):
    return 'utf-8'


def getencoding():
    return 'utf-8'


def resetlocale(category=LC_ALL):
    setlocale(category, '')


def normalize(localename):
    return {'en_US': 'en_US.ISO8859-1', 'de_DE': 'de_DE.ISO8859-1', 'en': 'en_US.ISO8859-1', 'fr': 'fr_FR.ISO8859-1'}.get(localename, localename)


def strcoll(a, b, /):
    return (a > b) - (a < b)


def strxfrm(string, /):
    return string


def format_string(f, val, grouping=False, monetary=False):
    return f % val


def currency(val, symbol=True, grouping=False, international=False):
    raise ValueError("Currency formatting is not possible using the 'C' locale.")


def str(val):
    return f'{val:.12g}'


def delocalize(string):
    return string


def localize(string, grouping=False, monetary=False):
    return string


def atof(string, func=float):
    return func(delocalize(string))


def atoi(string):
    return int(delocalize(string))
