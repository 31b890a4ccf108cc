"""csv.Sniffer: which dialect a sample is written in, and whether its first row is a header."""
import re
from csv import Dialect, Error, reader

_QUOTED = (r'(?P<delim>[^\w\n"\'])(?P<space> ?)(?P<quote>["\']).*?(?P=quote)(?P=delim)',   # ,".*?",
           r'(?:^|\n)(?P<quote>["\']).*?(?P=quote)(?P<delim>[^\w\n"\'])(?P<space> ?)',     # ".*?",
           r'(?P<delim>[^\w\n"\'])(?P<space> ?)(?P<quote>["\']).*?(?P=quote)(?:$|\n)',     # ,".*?"
           r'(?:^|\n)(?P<quote>["\']).*?(?P=quote)(?:$|\n)')                               # ".*?"


class Sniffer:
    __module__ = 'csv'

    def __init__(self):
        self.preferred = [',', '\t', ';', ' ', ':']

    def sniff(self, sample, delimiters=None):
        quote, doubled, separator, skip = self._guess_quote_and_delimiter(sample, delimiters)
        if not separator:
            separator, skip = self._guess_delimiter(sample, delimiters)
        if not separator:
            raise Error('Could not determine delimiter')

        class dialect(Dialect):
            _name = 'sniffed'
            lineterminator = '\r\n'
            quoting = 0
        dialect.doublequote, dialect.delimiter, dialect.skipinitialspace = doubled, separator, skip
        dialect.quotechar = quote or '"'
        return dialect

    def _guess_quote_and_delimiter(self, data, delimiters):
        for pattern in _QUOTED:
            compiled = re.compile(pattern, re.DOTALL | re.MULTILINE)
            matches = compiled.findall(data)
            if matches:
                break
        else:
            return '', False, None, 0
        quotes, separators, spaces, places = {}, {}, 0, compiled.groupindex
        for found in matches:
            quote = found[places['quote'] - 1] if isinstance(found, tuple) else found
            if quote:
                quotes[quote] = quotes.get(quote, 0) + 1
            if 'delim' not in places:
                continue
            separator = found[places['delim'] - 1]
            if separator and (delimiters is None or separator in delimiters):
                separators[separator] = separators.get(separator, 0) + 1
            if found[places['space'] - 1]:
                spaces += 1
        quote = max(quotes, key=quotes.get)
        if separators:
            separator = max(separators, key=separators.get)
            skip = separators[separator] == spaces
            if separator == '\n':
                separator = ''
        else:
            separator, skip = '', 0
        d, q = re.escape(separator), quote
        inside = re.compile(rf'(({d})|^)\W*{q}[^{d}\n]*{q}[^{d}\n]*{q}\W*(({d})|$)', re.MULTILINE)
        return quote, bool(inside.search(data)), separator, skip

    def _guess_delimiter(self, data, delimiters):
        rows = [line for line in data.split('\n') if line]
        characters = [chr(c) for c in range(127)]
        step = min(10, len(rows))
        counts, modes, found, start, end, seen = {}, {}, {}, 0, step, 0
        while start < len(rows):
            seen += 1
            for line in rows[start:end]:
                for c in characters:
                    table = counts.setdefault(c, {})
                    frequency = line.count(c)
                    table[frequency] = table.get(frequency, 0) + 1
            for c, table in counts.items():
                items = list(table.items())
                if len(items) == 1 and items[0][0] == 0:
                    continue
                if len(items) > 1:
                    best = max(items, key=lambda x: x[1])
                    items.remove(best)
                    modes[c] = best[0], best[1] - sum(x[1] for x in items)
                else:
                    modes[c] = items[0]
            total, consistency = float(min(step * seen, len(rows))), 1.0
            while not found and consistency >= 0.9:
                for c, (frequency, rows_with) in modes.items():
                    if frequency > 0 and rows_with > 0 and rows_with / total >= consistency and (delimiters is None or c in delimiters):
                        found[c] = frequency, rows_with
                consistency -= 0.01
            if len(found) == 1:
                separator = list(found)[0]
                return separator, self._skips(rows[0], separator)
            start, end = end, end + step
        if not found:
            return '', 0
        if len(found) > 1:
            for separator in self.preferred:
                if separator in found:
                    return separator, self._skips(rows[0], separator)
        separator = sorted((frequency, c) for c, frequency in found.items())[-1][1]
        return separator, self._skips(rows[0], separator)

    @staticmethod
    def _skips(row, separator):
        return row.count(separator) == row.count('%c ' % separator)

    def has_header(self, sample):
        import io
        rows = reader(io.StringIO(sample), self.sniff(sample))
        header = next(rows)
        kinds = dict.fromkeys(range(len(header)))
        for checked, row in enumerate(rows):
            if checked > 20:
                break
            if len(row) != len(header):
                continue
            for column in list(kinds):
                kind = complex
                try:
                    kind(row[column])
                except (ValueError, OverflowError):
                    kind = len(row[column])
                if kind != kinds[column]:
                    if kinds[column] is None:
                        kinds[column] = kind
                    else:
                        del kinds[column]
        votes = 0
        for column, kind in kinds.items():
            if isinstance(kind, int):
                votes += 1 if len(header[column]) != kind else -1
                continue
            try:
                kind(header[column])
            except (ValueError, TypeError):
                votes += 1
            else:
                votes -= 1
        return votes > 0
