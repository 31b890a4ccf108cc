"""Message: headers in order, and a payload; EmailMessage: with easier ways to fill it."""
import base64
import re
from email.charset import Charset
from email.header import Header, _encoded
from email.policy import compat32, default

__all__ = ['Message', 'EmailMessage', 'MIMEPart']


def _formatparam(name, value=None, quote=True):
    if not value:
        return name
    if quote or re.search(r'[ ()<>@,;:\\"/\[\]?=]', value):
        return '%s="%s"' % (name, value.replace('\\', '\\\\').replace('"', '\\"'))
    return '%s=%s' % (name, value)


def _split_params(text):
    parts, quoted, start = [], False, 0
    for at, c in enumerate(text):
        if c == '"' and text[at - 1:at] != '\\':
            quoted = not quoted
        elif c == ';' and not quoted:
            parts.append(text[start:at])
            start = at + 1
    out = []
    for part in parts + [text[start:]]:
        name, equals, value = part.strip().partition('=')
        value = value.strip()
        if value[:1] == value[-1:] == '"' and len(value) > 1:
            value = re.sub(r'\\(.)', r'\1', value[1:-1])
        if name or value:
            out.append((name.strip().lower() if equals else name.strip(), value))
    return out


class Message:
    def __init__(self, policy=compat32):
        self.policy = policy
        self._headers, self._payload, self._charset = [], None, None
        self._unixfrom, self._default_type = None, 'text/plain'
        self.preamble = self.epilogue = None
        self.defects = []

    def __str__(self):
        return self.as_string()

    def as_string(self, unixfrom=False, maxheaderlen=0, policy=None):
        from email.generator import flatten
        return flatten(self, unixfrom, policy or self.policy)

    def as_bytes(self, unixfrom=False, policy=None):
        return self.as_string(unixfrom, policy=policy).encode('utf-8', 'surrogateescape')

    __bytes__ = as_bytes

    def is_multipart(self):
        return isinstance(self._payload, list)

    # ---- headers

    def __len__(self):
        return len(self._headers)

    def __contains__(self, name):
        return name.lower() in [key.lower() for key, _ in self._headers]

    def __getitem__(self, name):
        return self.get(name)

    def __setitem__(self, name, value):
        self._headers.append((name, value))

    def __delitem__(self, name):
        self._headers = [(key, value) for key, value in self._headers if key.lower() != name.lower()]

    def __iter__(self):
        for key, _ in self._headers:
            yield key

    def keys(self):
        return [key for key, _ in self._headers]

    def values(self):
        return [value for _, value in self._headers]

    def items(self):
        return list(self._headers)

    def get(self, name, failobj=None):
        for key, value in self._headers:
            if key.lower() == name.lower():
                return value
        return failobj

    def get_all(self, name, failobj=None):
        return [value for key, value in self._headers if key.lower() == name.lower()] or failobj

    def add_header(self, _name, _value, **_params):
        parts = [] if _value is None else [_value]
        parts += [_formatparam(key.replace('_', '-'), value) for key, value in _params.items()]
        self[_name] = '; '.join(parts)

    def replace_header(self, _name, _value):
        for at, (key, _) in enumerate(self._headers):
            if key.lower() == _name.lower():
                self._headers[at] = key, _value
                return
        raise KeyError(_name)

    raw_items = items

    # ---- content type

    def get_content_type(self):
        value = self.get('content-type')
        if value is None:
            return self.get_default_type()
        found = _split_params(str(value))[0][0].lower()
        return found if found.count('/') == 1 else 'text/plain'

    def get_content_maintype(self):
        return self.get_content_type().split('/')[0]

    def get_content_subtype(self):
        return self.get_content_type().split('/')[1]

    def get_default_type(self):
        return self._default_type

    def set_default_type(self, ctype):
        self._default_type = ctype

    def get_params(self, failobj=None, header='content-type', unquote=True):
        value = self.get(header)
        return failobj if value is None else _split_params(str(value))

    def get_param(self, param, failobj=None, header='content-type', unquote=True):
        return dict(self.get_params([], header)[1:]).get(param.lower(), failobj)

    def set_param(self, param, value, header='Content-Type', requote=True, charset=None, language='', replace=False):
        params = self.get_params([('text/plain', '')] if header.lower() == 'content-type' else [('', '')], header)
        kept = [(name, old) for name, old in params[1:] if name != param.lower()]
        at = next((i for i, (name, _) in enumerate(params[1:]) if name == param.lower()), len(kept))
        kept.insert(at, (param, value))
        text = '; '.join([params[0][0]] + [_formatparam(name, old, requote) for name, old in kept])
        if header in self:
            self.replace_header(header, text)
        else:
            self[header] = text

    def set_type(self, type, header='Content-Type', requote=True):
        if type.count('/') != 1:
            raise ValueError
        params = self.get_params([('', '')], header)[1:]
        del self[header]
        if header.lower() == 'content-type':
            del self['mime-version']
            self['MIME-Version'] = '1.0'
        self[header] = '; '.join([type] + [_formatparam(name, value, requote) for name, value in params])

    def get_filename(self, failobj=None):
        return self.get_param('filename', self.get_param('name', failobj), 'content-disposition')

    def get_boundary(self, failobj=None):
        return self.get_param('boundary', failobj)

    def set_boundary(self, boundary):
        self.set_param('boundary', boundary)

    def get_content_charset(self, failobj=None):
        found = self.get_param('charset')
        return found.lower() if found else failobj

    def get_charset(self):
        return self._charset

    def get_charsets(self, failobj=None):
        return [part.get_content_charset(failobj) for part in self.walk()]

    def get_content_disposition(self):
        value = self.get('content-disposition')
        return None if value is None else _split_params(str(value))[0][0].lower()

    # ---- payload

    def attach(self, payload):
        if self._payload is None:
            self._payload = [payload]
        elif isinstance(self._payload, list):
            self._payload.append(payload)
        else:
            raise TypeError('Attach is not valid on a message with a non-multipart payload')

    def get_payload(self, i=None, decode=False):
        if self.is_multipart():
            if decode:
                return None
            return self._payload if i is None else self._payload[i]
        if i is not None and not isinstance(self._payload, list):
            raise TypeError('Expected list, got %s' % type(self._payload))
        payload = self._payload
        if not decode:
            return payload
        encoding = str(self.get('content-transfer-encoding', '')).lower()
        data = payload.encode('utf-8' if self.get_content_charset() is None else self.get_content_charset(), 'surrogateescape') if isinstance(payload, str) else payload
        if encoding == 'base64':
            return base64.b64decode(data)
        if encoding == 'quoted-printable':
            import re
            data = re.sub(rb'=\r?\n', b'', data)
            return re.sub(rb'=([0-9A-Fa-f]{2})', lambda m: bytes([int(m[1], 16)]), data)
        return data

    def set_payload(self, payload, charset=None):
        self._payload = payload
        if charset is not None:
            self.set_charset(charset)

    def set_charset(self, charset):
        charset = charset if isinstance(charset, Charset) else Charset(charset)
        self._charset = charset
        if 'MIME-Version' not in self:
            self.add_header('MIME-Version', '1.0')
        if 'Content-Type' not in self:
            self.add_header('Content-Type', 'text/plain', charset=charset.get_output_charset())
        else:
            self.set_param('charset', charset.get_output_charset())
        if 'Content-Transfer-Encoding' not in self:
            if charset.body_encoding:
                self._payload = base64.encodebytes(self._payload.encode(charset.output_charset)).decode('ascii')
            self.add_header('Content-Transfer-Encoding', 'base64' if charset.body_encoding else '7bit')

    def walk(self):
        yield self
        if self.is_multipart():
            for part in self._payload:
                yield from part.walk()


class MIMEPart(Message):
    def __init__(self, policy=None):
        super().__init__(policy or default)

    def __setitem__(self, name, value):
        once = {'subject', 'from', 'to', 'cc', 'bcc', 'date', 'reply-to', 'sender', 'message-id', 'mime-version', 'content-type'}
        if name.lower() in once and name in self:
            raise ValueError(f'There may be at most 1 {name} headers in a message')
        if hasattr(value, 'strftime'):
            from email.utils import format_datetime
            value = format_datetime(value)
        elif isinstance(value, (list, tuple)):
            value = ', '.join(map(str, value))
        super().__setitem__(name, value if isinstance(value, str) else str(value))

    def is_attachment(self):
        return self.get_content_disposition() == 'attachment'

    def set_content(self, content, subtype='plain', charset='utf-8', cte=None, **kw):
        for name in [key for key in self.keys() if key.lower().startswith('content-')]:
            del self[name]
        if isinstance(content, bytes):
            self['Content-Type'] = f"{kw['maintype']}/{subtype}"
            self['Content-Transfer-Encoding'] = cte or 'base64'
            self._payload = base64.encodebytes(content).decode('ascii')
        else:
            text = content if content.endswith('\n') or not content else content + '\n'
            self['Content-Type'] = f'text/{subtype}; charset="{charset}"'
            if text.isascii():
                self['Content-Transfer-Encoding'] = cte or '7bit'
                self._payload = text
            else:
                self._encode_text(text, charset, cte)
        if filename := kw.get('filename'):
            self['Content-Disposition'] = f'{kw.get("disposition") or "attachment"}; filename="{filename}"'
        elif kw.get('disposition'):
            self['Content-Disposition'] = kw['disposition']

    def _encode_text(self, text, charset, cte):
        if cte is None:
            cte = '8bit' if max(map(len, text.split('\n'))) <= 78 else 'base64'
        self['Content-Transfer-Encoding'] = cte
        self._payload = base64.encodebytes(text.encode(charset)).decode('ascii') if cte == 'base64' else text

    def get_content(self, *args, errors='replace', **kw):
        data = self.get_payload(decode=True)
        if self.get_content_maintype() == 'text':
            return data.decode(self.get_content_charset('ASCII') if not isinstance(self._payload, str) or self._payload.isascii() else 'utf-8', errors)
        return data

    def _make_multipart(self, subtype, boundary=None):
        if self.get_content_type() == 'multipart/' + subtype:
            return
        part = type(self)(policy=self.policy)
        part._headers = [(key, value) for key, value in self._headers if key.lower().startswith('content-')]
        part._payload = self._payload
        self._headers = [(key, value) for key, value in self._headers if not key.lower().startswith('content-')]
        self._payload = [part] if part._headers else []
        self['Content-Type'] = 'multipart/' + subtype + (f'; boundary="{boundary}"' if boundary else '')

    def make_mixed(self, boundary=None):
        self._make_multipart('mixed', boundary)

    def make_alternative(self, boundary=None):
        self._make_multipart('alternative', boundary)

    def make_related(self, boundary=None):
        self._make_multipart('related', boundary)

    def _add(self, kind, disposition, args, kw):
        if self.get_content_type() != 'multipart/' + kind:
            getattr(self, 'make_' + kind)()
        part = MIMEPart(policy=self.policy)
        part.set_content(*args, **kw)
        if disposition and 'content-disposition' not in part:
            part['Content-Disposition'] = disposition
        self.attach(part)

    def add_alternative(self, *args, **kw):
        self._add('alternative', None, args, kw)

    def add_related(self, *args, **kw):
        self._add('related', 'inline', args, kw)

    def add_attachment(self, *args, **kw):
        self._add('mixed', 'attachment', args, kw)

    def iter_parts(self):
        if self.is_multipart():
            yield from self._payload

    def iter_attachments(self):
        for part in self.iter_parts():
            if part.is_attachment():
                yield part

    def get_body(self, preferencelist=('related', 'html', 'plain')):
        for wanted in preferencelist:
            for part in self.walk():
                if not part.is_multipart() and part.get_content_type() == 'text/' + wanted and not part.is_attachment():
                    return part
        return None


class EmailMessage(MIMEPart):
    def set_content(self, *args, **kw):
        super().set_content(*args, **kw)
        if 'MIME-Version' not in self:
            self['MIME-Version'] = '1.0'
