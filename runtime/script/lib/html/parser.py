"""A forgiving reader of HTML that calls a method for each thing it finds."""
import re
from html import unescape

__all__ = ['HTMLParser']
_TAG = re.compile(r'<(/?)([a-zA-Z][^\t\n\r\f />\x00]*)')
_ATTRIBUTE = re.compile(r'''\s*((?<=['"\s/])[^\s/>][^\s/=>]*)(\s*=+\s*('[^']*'|"[^"]*"|(?!['"])[^>\s]*))?(?:\s|/(?!>))*''')
_REFERENCE = re.compile(r'&(#(?:[0-9]+|[xX][0-9a-fA-F]+)|[a-zA-Z][-.a-zA-Z0-9]*)[^a-zA-Z0-9-.]')


class HTMLParser:
    CDATA_CONTENT_ELEMENTS = ('script', 'style')

    def __init__(self, *, convert_charrefs=True):
        self.convert_charrefs = convert_charrefs
        self.reset()

    def reset(self):
        self.rawdata, self.lasttag, self.cdata_elem = '', '???', None
        self.lineno, self.offset, self._start_text = 1, 0, None

    def feed(self, data):
        self.rawdata += data
        self._go(False)

    def close(self):
        self._go(True)

    def getpos(self):
        return self.lineno, self.offset

    def get_starttag_text(self):
        return self._start_text

    def _move(self, text):
        lines = text.count('\n')
        if lines:
            self.lineno += lines
            self.offset = len(text) - text.rfind('\n') - 1
        else:
            self.offset += len(text)

    def _go(self, end):
        while self.rawdata:
            data = self.rawdata
            used = self._text(data, end)
            if used == 0 and data[0] == '<':
                used = self._markup(data, end)
            elif used == 0 and data[0] == '&' and not self.convert_charrefs:
                used = self._reference(data, end)
            if used <= 0:
                if not end:
                    return
                used = len(data)
                self.handle_data(unescape(data) if self.convert_charrefs and not self.cdata_elem else data)
            self._move(data[:used])
            self.rawdata = data[used:]

    def _text(self, data, end):
        """Hands over the text before the next markup; how much that was."""
        if self.cdata_elem:
            found = re.search(rf'</{self.cdata_elem}(?=[\t\n\r\f />])', data, re.IGNORECASE)
            stop = found.start() if found else len(data) if end else -1
            if stop < 0:
                return -1
        else:
            stop = data.find('<')
            if not self.convert_charrefs and '&' in data:
                stop = min(stop if stop >= 0 else len(data), data.find('&'))
            if stop < 0:
                amp = data.rfind('&', max(0, len(data) - 34))
                if self.convert_charrefs and not end and amp >= 0 and not re.search(r'[\s;]', data[amp:]):
                    return -1
                stop = len(data)
        if stop > 0:
            text = data[:stop]
            self.handle_data(unescape(text) if self.convert_charrefs and not self.cdata_elem else text)
        return stop

    def _markup(self, data, end):
        if data.startswith('<!--'):
            return self._until(data, '-->', 4, self.handle_comment)
        if data.startswith('<?'):
            return self._until(data, '>', 2, self.handle_pi)
        if data.startswith('<!['):
            return self._until(data, ']>' if not data.startswith('<![CDATA[') else ']]>', 3, self.unknown_decl)
        if data[:9].lower() == '<!doctype':
            return self._until(data, '>', 2, self.handle_decl)
        if data.startswith('<!') or data.startswith('</') and len(data) > 2 and not data[2].isalpha():
            return self._until(data, '>', 2, self.handle_comment)
        found = _TAG.match(data)
        if not found:
            if len(data) > 1 or end:
                self.handle_data('<')
                return 1
            return -1
        return self._end_tag(data, found) if found[1] else self._start_tag(data, found)

    def _until(self, data, mark, skip, handler):
        at = data.find(mark, skip)
        if at < 0:
            return -1
        handler(data[skip:at])
        return at + len(mark)

    def _end_tag(self, data, found):
        close = data.find('>', found.end())
        if close < 0:
            return -1
        tag = found[2].lower()
        if self.cdata_elem and tag != self.cdata_elem:
            self.handle_data(data[:close + 1])
            return close + 1
        self.handle_endtag(tag)
        self.cdata_elem = None
        return close + 1

    def _start_tag(self, data, found):
        tag = self.lasttag = found[2].lower()
        at, attributes = found.end(), []
        while True:
            match = _ATTRIBUTE.match(data, at)
            if not match:
                break
            name, given, value = match.groups()
            if not given:
                value = None
            elif value and value[0] in '\'"' and value[-1] == value[0]:
                value = value[1:-1]
            attributes.append((name.lower(), unescape(value) if value else value if given else None))
            at = match.end()
        rest = re.compile(r'\s*(/?>)').match(data, at)
        if not rest:
            close = data.find('>', at)
            if close < 0:
                return -1
            self.handle_data(data[:close + 1])
            return close + 1
        self._start_text = data[:rest.end()]
        if rest[1] == '/>':
            self.handle_startendtag(tag, attributes)
        else:
            self.handle_starttag(tag, attributes)
            if tag in self.CDATA_CONTENT_ELEMENTS:
                self.cdata_elem = tag
        return rest.end()

    def _reference(self, data, end):
        found = _REFERENCE.match(data + (' ' if end else ''))
        if not found:
            if len(data) > 40 or end or len(data) > 1 and not (data[1].isalpha() or data[1] == '#'):
                self.handle_data('&')
                return 1
            return -1
        name = found[1]
        self.handle_charref(name[1:]) if name[0] == '#' else self.handle_entityref(name)
        stop = found.end(1)
        return stop + (data[stop:stop + 1] == ';')

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def _ignore(self, *found):
        pass

    handle_starttag = handle_endtag = handle_charref = handle_entityref = handle_data = handle_comment = handle_decl = handle_pi = unknown_decl = _ignore
