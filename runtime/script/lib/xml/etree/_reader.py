"""Reads XML and calls start, end, data, comment of what builds the tree."""
import re

_NAME = re.compile(r'[^\s<>/=&"\'!?]+')
_ATTRIBUTE = re.compile(r'\s+([^\s<>/=&"\']+)\s*=\s*("[^"<]*"|\'[^\'<]*\')')
_ENTITY = re.compile(r'&(#x?[0-9a-fA-F]+|[\w.-]+)?(;?)')
_ENTITIES = {'lt': '<', 'gt': '>', 'amp': '&', 'quot': '"', 'apos': "'"}


class ParseError(SyntaxError):
    """The document is not well-formed."""


ParseError.__module__ = 'xml.etree.ElementTree'
_CODES = {'no element found': 3, 'not well-formed (invalid token)': 4, 'unclosed token': 5, 'mismatched tag': 7, 'duplicate attribute': 8,
          'junk after document element': 9, 'undefined entity': 11, 'unbound prefix': 27}


class Reader:
    def __init__(self, data, target):
        if isinstance(data, (bytes, bytearray)):
            head = re.match(rb'''<\?xml[^>]*encoding=["']([A-Za-z0-9._-]+)["']''', bytes(data))
            data = bytes(data).decode(head[1].decode() if head else 'utf-8-sig')
        self.text = data.lstrip('\ufeff').replace('\r\n', '\n').replace('\r', '\n')
        self.at, self.target, self.open, self.spaces = 0, target, [], [{'xml': 'http://www.w3.org/XML/1998/namespace'}]
        self.done, self.entities = False, dict(_ENTITIES)

    def fail(self, message, at=None):
        at = self.at if at is None else at
        line = self.text.count('\n', 0, at) + 1
        column = at - self.text.rfind('\n', 0, at) - 1
        error = ParseError(f'{message}: line {line}, column {column}')
        error.code, error.position = _CODES.get(message, 0), (line, column)
        raise error

    def read(self):
        text = self.text
        while self.at < len(text):
            if text[self.at] == '<':
                self.markup()
            else:
                end = text.find('<', self.at)
                end = len(text) if end < 0 else end
                self.data(text[self.at:end], self.at)
                self.at = end
        if self.open or not self.done:
            self.fail('no element found')

    def data(self, chunk, at):
        if not self.open:
            stripped = chunk.lstrip()
            if stripped:
                at += len(chunk) - len(stripped)
                self.fail('junk after document element' if self.done else 'syntax error', at)
            return
        self.target.data(self.expand(chunk, at))

    def expand(self, chunk, at):
        if '&' not in chunk:
            return chunk

        def value(found):
            name = found[1]
            if not name or not found[2]:
                self.fail('not well-formed (invalid token)', at + found.end())
            if name[0] == '#':
                return chr(int(name[2:], 16) if name[1] == 'x' else int(name[1:]))
            if name not in self.entities:
                self.fail('undefined entity', at + found.start())
            return self.entities[name]
        return _ENTITY.sub(value, chunk)

    def until(self, mark, skip):
        end = self.text.find(mark, self.at + skip)
        if end < 0:
            self.fail('unclosed token')
        content = self.text[self.at + skip:end]
        self.at = end + len(mark)
        return content

    def markup(self):
        text = self.text
        if text.startswith('<!--', self.at):
            comment = self.until('-->', 4)
            if hasattr(self.target, 'comment'):
                self.target.comment(comment)
        elif text.startswith('<![CDATA[', self.at):
            self.target.data(self.until(']]>', 9))
        elif text.startswith('<?', self.at):
            target, _, content = self.until('?>', 2).partition(' ')
            if target != 'xml' and hasattr(self.target, 'pi'):
                self.target.pi(target, content)
        elif text.startswith('<!DOCTYPE', self.at):
            self.doctype()
        elif text.startswith('</', self.at):
            self.end_tag()
        else:
            self.start_tag()

    def doctype(self):
        end, bracket = self.text.find('>', self.at), self.text.find('[', self.at)
        if -1 < bracket < end:
            close = self.text.find(']', bracket)
            for name, value in re.findall(r'<!ENTITY\s+([\w.-]+)\s+["\']([^"\']*)["\']', self.text[bracket:close]):
                self.entities[name] = value
            end = self.text.find('>', close)
        if end < 0:
            self.fail('unclosed token')
        self.at = end + 1

    def start_tag(self):
        start, text = self.at, self.text
        name = _NAME.match(text, start + 1)
        if name is None:
            self.fail('not well-formed (invalid token)', start + 1)
        if self.done and not self.open:
            self.fail('junk after document element')
        at, attributes, scope = name.end(), {}, self.spaces[-1]
        while True:
            found = _ATTRIBUTE.match(text, at)
            if not found:
                break
            if found[1] in attributes:
                self.fail('duplicate attribute', found.start(1))
            value = found[2][1:-1].replace('\n', ' ').replace('\t', ' ')
            attributes[found[1]] = self.expand(value, found.start(2) + 1)
            at = found.end()
        close = re.compile(r'\s*(/?>)').match(text, at)
        if not close:
            rest = re.compile(r'\s*(?:[^\s<>/=&"\']+\s*=\s*)?').match(text, at).end()
            self.fail('not well-formed (invalid token)' if rest < len(text) else 'unclosed token', rest if rest < len(text) else start)
        self.at = close.end()
        declared = {k[6:]: v for k, v in attributes.items() if k.startswith('xmlns:')}
        if 'xmlns' in attributes:
            declared[''] = attributes['xmlns']
        scope = {**scope, **declared} if declared else scope
        plain = {self.qualified(k, scope, True, start): v for k, v in attributes.items() if k != 'xmlns' and not k.startswith('xmlns:')}
        tag = self.qualified(name[0], scope, False, start)
        self.target.start(tag, plain)
        if close[1] == '/>':
            self.target.end(tag)
            self.done = True
        else:
            self.open.append((name[0], tag))
            self.spaces.append(scope)

    def qualified(self, name, scope, attribute, at):
        prefix, colon, local = name.partition(':')
        if not colon:
            uri = '' if attribute else scope.get('', '')
            return f'{{{uri}}}{name}' if uri else name
        if prefix not in scope:
            self.fail('unbound prefix', at)
        return f'{{{scope[prefix]}}}{local}'

    def end_tag(self):
        start = self.at
        name = self.until('>', 2).rstrip()
        if not self.open or self.open[-1][0] != name:
            self.fail('mismatched tag' if self.open else 'not well-formed (invalid token)', start + 2)
        self.target.end(self.open.pop()[1])
        self.spaces.pop()
        self.done = True
