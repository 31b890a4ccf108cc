"""Messages from text."""
import re
from email.policy import compat32

__all__ = ['Parser', 'HeaderParser', 'BytesParser', 'BytesHeaderParser', 'FeedParser', 'BytesFeedParser']


class Parser:
    def __init__(self, _class=None, *, policy=compat32):
        self._class, self.policy = _class, policy

    def parse(self, fp, headersonly=False):
        return self.parsestr(fp.read(), headersonly)

    def _new(self):
        from email.message import EmailMessage, Message
        if self._class is not None:
            return self._class()
        return Message(policy=self.policy) if self.policy is compat32 else EmailMessage(policy=self.policy)

    def parsestr(self, text, headersonly=False):
        message = self._new()
        lines = text.replace('\r\n', '\n').split('\n')
        at = 0
        while at < len(lines) and (found := re.match(r'([^\s:]+):[ \t]?(.*)', lines[at])):
            name, value = found.groups()
            at += 1
            while at < len(lines) and lines[at][:1] in (' ', '\t') and lines[at].strip():
                value += ('\n' if self.policy is compat32 else '') + lines[at]
                at += 1
            message._headers.append((name, value))
        if at < len(lines) and not lines[at].strip():
            at += 1
        body = '\n'.join(lines[at:])
        if message.get_content_maintype() == 'multipart' and not headersonly and message.get_boundary():
            self._parts(message, body)
        else:
            message._payload = body
        return message

    def _parts(self, message, body):
        mark = re.escape('--' + message.get_boundary())
        pieces = re.split(rf'(?:^|\n){mark}(--)?[ \t]*(?:\n|$)', body)
        message.preamble = pieces[0] or None
        message._payload = []
        for at in range(1, len(pieces), 2):
            if pieces[at] == '--':
                message.epilogue = pieces[at + 1]
                break
            message._payload.append(self.parsestr(pieces[at + 1]))


class HeaderParser(Parser):
    def parsestr(self, text, headersonly=True):
        return super().parsestr(text, True)


class BytesParser(Parser):
    def parsebytes(self, text, headersonly=False):
        return self.parsestr(bytes(text).decode('utf-8', 'surrogateescape'), headersonly)

    def parse(self, fp, headersonly=False):
        return self.parsebytes(fp.read(), headersonly)


class BytesHeaderParser(BytesParser):
    pass


class FeedParser(Parser):
    def __init__(self, _factory=None, *, policy=compat32):
        super().__init__(_factory, policy=policy)
        self._text = ''

    def feed(self, data):
        self._text += data if isinstance(data, str) else data.decode('utf-8', 'surrogateescape')

    def close(self):
        return self.parsestr(self._text)


class BytesFeedParser(FeedParser):
    pass
