"""Comma-separated values."""
__all__ = ['QUOTE_MINIMAL', 'QUOTE_ALL', 'QUOTE_NONNUMERIC', 'QUOTE_NONE', 'Error', 'Dialect', 'excel', 'excel_tab', 'unix_dialect', 'reader', 'writer',
           'DictReader', 'DictWriter', 'register_dialect', 'get_dialect', 'list_dialects', 'unregister_dialect', 'Sniffer',
           'field_size_limit']
QUOTE_MINIMAL, QUOTE_ALL, QUOTE_NONNUMERIC, QUOTE_NONE = range(4)


class Error(Exception):
    pass


class Dialect:
    """How values are separated and quoted."""
    delimiter, quotechar, escapechar, doublequote, skipinitialspace, lineterminator, quoting, strict = ',', '"', None, True, False, '\r\n', QUOTE_MINIMAL, False


class excel(Dialect):
    """The usual properties of an Excel-generated CSV file."""


class excel_tab(excel):
    delimiter = '\t'


class unix_dialect(Dialect):
    lineterminator, quoting = '\n', QUOTE_ALL


_dialects = {'excel': excel, 'excel-tab': excel_tab, 'unix': unix_dialect}


def _make(dialect, options):
    if isinstance(dialect, str):
        dialect = get_dialect(dialect)
    made = type('Dialect', (dialect if isinstance(dialect, type) else type(dialect),), {})()
    for name, value in options.items():
        if not hasattr(Dialect, name):
            raise TypeError(f"'{name}' is an invalid keyword argument for this function")
        setattr(made, name, value)
    if not isinstance(made.delimiter, str) or len(made.delimiter) != 1:
        raise TypeError('"delimiter" must be a 1-character string')
    return made


def register_dialect(name, dialect=excel, **options):
    _dialects[name] = _make(dialect, options)


def unregister_dialect(name):
    if name not in _dialects:
        raise Error('unknown dialect')
    del _dialects[name]


def get_dialect(name):
    if name not in _dialects:
        raise Error('unknown dialect')
    return _dialects[name]


def list_dialects():
    return list(_dialects)


class reader:
    """Rows of a file, or of any iterable of lines."""

    def __init__(self, csvfile, dialect='excel', **options):
        self._lines = iter(csvfile)
        self.dialect = _make(dialect, options)
        self.line_num = 0

    def __iter__(self):
        return self

    def __next__(self):
        d = self.dialect
        row, field, quoted, was_quoted, started = [], '', False, False, False
        while True:
            try:
                line = next(self._lines)
            except StopIteration:
                if not started:
                    raise
                if quoted and d.strict:
                    raise Error('unexpected end of data')
                break
            if not isinstance(line, str):
                raise Error(f'iterator should return strings, not {type(line).__name__} (the file should be opened in text mode)')
            self.line_num += 1
            started = True
            i, n = 0, len(line)
            while i < n:
                c = line[i]
                i += 1
                if d.escapechar and c == d.escapechar:
                    field += line[i:i + 1]
                    i += 1
                elif quoted:
                    if c == d.quotechar:
                        if d.doublequote and line[i:i + 1] == d.quotechar:
                            field += c
                            i += 1
                        else:
                            quoted = False
                    else:
                        field += c
                elif c == d.quotechar and d.quoting != QUOTE_NONE and not field and not was_quoted:
                    quoted = was_quoted = True
                elif c == d.delimiter:
                    row.append(self._done(field, was_quoted))
                    field, was_quoted = '', False
                    if d.skipinitialspace:
                        while line[i:i + 1] == ' ':
                            i += 1
                elif c in '\r\n':
                    if i < n and line[i:].strip('\r\n'):
                        raise Error('new-line character seen in unquoted field - do you need to open the file with newline=\'\'?')
                    break
                else:
                    field += c
            if not quoted:
                break
        if not row and not field and not was_quoted:
            return []
        row.append(self._done(field, was_quoted))
        return row

    def _done(self, field, was_quoted):
        return float(field) if self.dialect.quoting == QUOTE_NONNUMERIC and not was_quoted else field


class writer:
    """Writes rows to a file."""

    def __init__(self, csvfile, dialect='excel', **options):
        if not hasattr(csvfile, 'write'):
            raise TypeError('argument 1 must have a "write" method')
        self._write = csvfile.write
        self.dialect = _make(dialect, options)

    def _text(self, value, alone):
        d = self.dialect
        text = '' if value is None else repr(value) if isinstance(value, float) else str(value)
        number = isinstance(value, (int, float))
        special = any(c in text for c in (d.delimiter, d.quotechar or '"', '\n', '\r')) or bool(d.escapechar) and d.escapechar in text
        if d.quoting == QUOTE_NONE:
            if special:
                if not d.escapechar:
                    raise Error('need to escape, but no escapechar set')
                for c in (d.escapechar, d.delimiter, d.quotechar or '', '\n', '\r'):
                    text = text.replace(c, d.escapechar + c) if c else text
            return text
        if d.quoting == QUOTE_ALL or d.quoting == QUOTE_NONNUMERIC and not number or special or alone and not text:
            q = d.quotechar
            text = text.replace(q, q + q) if d.doublequote else text.replace(q, (d.escapechar or '') + q)
            return f'{q}{text}{q}'
        return text

    def writerow(self, row):
        try:
            values = list(row)
        except TypeError:
            raise Error(f'iterable expected, not {type(row).__name__}') from None
        alone = len(values) == 1
        return self._write(self.dialect.delimiter.join([self._text(v, alone) for v in values]) + self.dialect.lineterminator)

    def writerows(self, rows):
        for row in rows:
            self.writerow(row)


class DictReader:
    """Rows as dictionaries, with keys from the first row or given."""

    def __init__(self, f, fieldnames=None, restkey=None, restval=None, dialect='excel', *args, **kwds):
        self._fieldnames, self.restkey, self.restval = fieldnames, restkey, restval
        self.reader = reader(f, dialect, *args, **kwds)
        self.dialect, self.line_num = dialect, 0

    def __iter__(self):
        return self

    @property
    def fieldnames(self):
        if self._fieldnames is None:
            try:
                self._fieldnames = next(self.reader)
            except StopIteration:
                pass
        self.line_num = self.reader.line_num
        return self._fieldnames

    @fieldnames.setter
    def fieldnames(self, value):
        self._fieldnames = value

    def __next__(self):
        names = self.fieldnames
        row = next(self.reader)
        self.line_num = self.reader.line_num
        while row == []:
            row = next(self.reader)
        d = dict(zip(names, row))
        if len(names) < len(row):
            d[self.restkey] = row[len(names):]
        for key in names[len(row):]:
            d[key] = self.restval
        return d


class DictWriter:
    """Writes dictionaries as rows."""

    def __init__(self, f, fieldnames, restval='', extrasaction='raise', dialect='excel', *args, **kwds):
        if extrasaction.lower() not in ('raise', 'ignore'):
            raise ValueError("extrasaction (%s) must be 'raise' or 'ignore'" % extrasaction)
        self.fieldnames, self.restval, self.extrasaction = fieldnames, restval, extrasaction.lower()
        self.writer = writer(f, dialect, *args, **kwds)

    def writeheader(self):
        return self.writerow(dict(zip(self.fieldnames, self.fieldnames)))

    def _row(self, rowdict):
        if self.extrasaction == 'raise':
            wrong = rowdict.keys() - self.fieldnames
            if wrong:
                raise ValueError('dict contains fields not in fieldnames: ' + ', '.join([repr(x) for x in wrong]))
        return (rowdict.get(key, self.restval) for key in self.fieldnames)

    def writerow(self, rowdict):
        return self.writer.writerow(self._row(rowdict))

    def writerows(self, rowdicts):
        return self.writer.writerows(map(self._row, rowdicts))


_limit = 131072


def field_size_limit(new_limit=None, /):
    global _limit
    old = _limit
    if new_limit is not None:
        if not isinstance(new_limit, int):
            raise TypeError('limit must be an integer')
        _limit = new_limit
    return old


def __getattr__(name):
    if name != 'Sniffer':
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    from _csv_sniffer import Sniffer
    globals()[name] = Sniffer
    return Sniffer
