"""Splitting, joining and quoting URLs."""
from collections import namedtuple

__all__ = ['urlparse', 'urlunparse', 'urljoin', 'urldefrag', 'urlsplit', 'urlunsplit', 'urlencode', 'parse_qs', 'parse_qsl', 'quote', 'quote_plus',
           'quote_from_bytes', 'unquote', 'unquote_plus', 'unquote_to_bytes', 'DefragResult', 'ParseResult', 'SplitResult']
_RELATIVE = ('', 'ftp', 'http', 'gopher', 'nntp', 'imap', 'wais', 'file', 'https', 'shttp', 'mms', 'prospero', 'rtsp', 'rtsps', 'rtspu', 'sftp', 'svn', 'svn+ssh', 'ws', 'wss')
_NETLOC = (*_RELATIVE, 'telnet', 'snews', 'rsync', 'nfs', 'git', 'git+ssh', 'itms-services')
_PARAMS = ('', 'ftp', 'hdl', 'prospero', 'http', 'imap', 'https', 'shttp', 'rtsp', 'rtsps', 'rtspu', 'sip', 'sips', 'mms', 'sftp', 'tel')
_SAFE = frozenset(b'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~')
_SCHEME = frozenset('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.')


class _Netloc:
    """user:password@host:port, taken apart."""
    __slots__ = ()

    def _userinfo(self):
        info, have, _ = self.netloc.rpartition('@')
        if not have:
            return None, None
        user, have, password = info.partition(':')
        return user, password if have else None

    def _hostinfo(self):
        hostinfo = self.netloc.rpartition('@')[2]
        _, bracket, rest = hostinfo.partition('[')
        if bracket:
            host, _, port = rest.partition(']')
            port = port.partition(':')[2]
        else:
            host, _, port = hostinfo.partition(':')
        return host, port or None

    username = property(lambda self: self._userinfo()[0])
    password = property(lambda self: self._userinfo()[1])

    @property
    def hostname(self):
        host = self._hostinfo()[0]
        if not host:
            return None
        name, sep, zone = host.partition('%')
        return name.lower() + sep + zone

    @property
    def port(self):
        port = self._hostinfo()[1]
        if port is not None:
            if not (port.isdigit() and port.isascii()):
                raise ValueError(f'Port could not be cast to integer value as {port!r}')
            port = int(port)
            if port > 65535:
                raise ValueError('Port out of range 0-65535')
        return port


class DefragResult(namedtuple('DefragResult', 'url fragment', module='urllib.parse')):
    __slots__ = ()

    def geturl(self):
        return self.url + '#' + self.fragment if self.fragment else self.url


class SplitResult(namedtuple('SplitResult', 'scheme netloc path query fragment', module='urllib.parse'), _Netloc):
    __slots__ = ()

    def geturl(self):
        return urlunsplit(self)


class ParseResult(namedtuple('ParseResult', 'scheme netloc path params query fragment', module='urllib.parse'), _Netloc):
    __slots__ = ()

    def geturl(self):
        return urlunparse(self)


def _text(*args):
    """Decode bytes arguments; says whether the results must be encoded again."""
    given = [a for a in args if a]
    if any(isinstance(a, str) for a in given) or not given:
        if any(not isinstance(a, str) for a in given):
            raise TypeError('Cannot mix str and non-str arguments')
        return False, args
    return True, tuple(a.decode('ascii') if a else '' for a in args)


def urlsplit(url, scheme='', allow_fragments=True):
    """Parse a URL into 5 components: <scheme>://<netloc>/<path>?<query>#<fragment>"""
    coded, (url, scheme) = _text(url, scheme)
    url = url.lstrip(''.join(map(chr, range(33))))
    for c in '\t\r\n':
        url, scheme = url.replace(c, ''), scheme.replace(c, '')
    scheme = scheme.strip(''.join(map(chr, range(33))))
    netloc = query = fragment = ''
    i = url.find(':')
    if i > 0 and url[0].isascii() and url[0].isalpha() and all(c in _SCHEME for c in url[:i]):
        scheme, url = url[:i].lower(), url[i + 1:]
    if url[:2] == '//':
        end = min([e for e in (url.find(c, 2) for c in '/?#') if e >= 0], default=len(url))
        netloc, url = url[2:end], url[end:]
        if ('[' in netloc) != (']' in netloc):
            raise ValueError('Invalid IPv6 URL')
    if allow_fragments and '#' in url:
        url, fragment = url.split('#', 1)
    if '?' in url:
        url, query = url.split('?', 1)
    parts = (scheme, netloc, url, query, fragment)
    return SplitResult(*(p.encode() for p in parts)) if coded else SplitResult(*parts)


def urlparse(url, scheme='', allow_fragments=True):
    """Parse a URL into 6 components: <scheme>://<netloc>/<path>;<params>?<query>#<fragment>"""
    coded, (url, scheme) = _text(url, scheme)
    scheme, netloc, path, query, fragment = urlsplit(url, scheme, allow_fragments)
    params = ''
    if scheme in _PARAMS and ';' in path:
        if '/' in path:
            i = path.find(';', path.rfind('/'))
            if i >= 0:
                path, params = path[:i], path[i + 1:]
        else:
            path, _, params = path.partition(';')
    parts = (scheme, netloc, path, params, query, fragment)
    return ParseResult(*(p.encode() for p in parts)) if coded else ParseResult(*parts)


def urlunparse(components):
    coded, (scheme, netloc, path, params, query, fragment) = _text(*components)
    if params:
        path = f'{path};{params}'
    result = urlunsplit((scheme, netloc, path, query, fragment))
    return result.encode() if coded else result


def urlunsplit(components):
    coded, (scheme, netloc, path, query, fragment) = _text(*components)
    if netloc:
        if path and path[:1] != '/':
            path = '/' + path
        path = '//' + netloc + path
    elif path[:2] == '//' or scheme and scheme in _NETLOC and (not path or path[:1] == '/'):
        path = '//' + path
    if scheme:
        path = scheme + ':' + path
    if query:
        path += '?' + query
    if fragment:
        path += '#' + fragment
    return path.encode() if coded else path


def urljoin(base, url, allow_fragments=True):
    """Join a base URL and a possibly relative URL to form an absolute interpretation of the latter."""
    if not base:
        return url
    if not url:
        return base
    coded, (base, url) = _text(base, url)
    bscheme, bnetloc, bpath, bparams, bquery, bfragment = urlparse(base, '', allow_fragments)
    scheme, netloc, path, params, query, fragment = urlparse(url, bscheme, allow_fragments)
    done = lambda s: s.encode() if coded else s
    if scheme != bscheme or scheme not in _RELATIVE:
        return done(url)
    if scheme in _NETLOC:
        if netloc:
            return done(urlunparse((scheme, netloc, path, params, query, fragment)))
        netloc = bnetloc
    if not path and not params:
        return done(urlunparse((scheme, netloc, bpath, bparams, query or bquery, fragment)))
    base_parts = bpath.split('/')
    if base_parts[-1] != '':
        del base_parts[-1]
    if path[:1] == '/':
        segments = path.split('/')
    else:
        segments = base_parts + path.split('/')
        segments[1:-1] = filter(None, segments[1:-1])
    resolved = []
    for seg in segments:
        if seg == '..':
            if resolved:
                resolved.pop()
        elif seg != '.':
            resolved.append(seg)
    if segments[-1] in ('.', '..'):
        resolved.append('')
    return done(urlunparse((scheme, netloc, '/'.join(resolved) or '/', params, query, fragment)))


def urldefrag(url):
    """Removes any existing fragment from URL."""
    coded, (url,) = _text(url)
    if '#' in url:
        s, n, p, a, q, frag = urlparse(url)
        defrag = urlunparse((s, n, p, a, q, ''))
    else:
        defrag, frag = url, ''
    return DefragResult(defrag.encode(), frag.encode()) if coded else DefragResult(defrag, frag)


def unquote_to_bytes(string):
    if not string:
        return b''
    if isinstance(string, str):
        string = string.encode()
    bits = string.split(b'%')
    out = [bits[0]]
    for item in bits[1:]:
        try:
            out.append(bytes([int(item[:2], 16)]) if len(item[:2]) == 2 and item[:2].isalnum() else b'%' + item[:2])
            out.append(item[2:])
        except ValueError:
            out.append(b'%' + item[:2])
            out.append(item[2:])
    return b''.join(out)


def unquote(string, encoding='utf-8', errors='replace'):
    """Replace %xx escapes by their single-character equivalent."""
    if isinstance(string, bytes):
        return unquote_to_bytes(string).decode(encoding, errors)
    if '%' not in string:
        return string
    out, i = [], 0
    n = len(string)
    while i < n:
        if string[i].isascii():
            j = i
            while j < n and string[j].isascii():
                j += 1
            out.append(unquote_to_bytes(string[i:j]).decode(encoding, errors))
        else:
            j = i
            while j < n and not string[j].isascii():
                j += 1
            out.append(string[i:j])
        i = j
    return ''.join(out)


def unquote_plus(string, encoding='utf-8', errors='replace'):
    return unquote(string.replace('+', ' '), encoding, errors)


def quote(string, safe='/', encoding=None, errors=None):
    """quote('abc def') -> 'abc%20def'"""
    if isinstance(string, str):
        if not string:
            return string
        string = string.encode(encoding or 'utf-8', errors or 'strict')
    else:
        if encoding is not None:
            raise TypeError("quote() doesn't support 'encoding' for bytes")
        if errors is not None:
            raise TypeError("quote() doesn't support 'errors' for bytes")
    return quote_from_bytes(string, safe)


def quote_plus(string, safe='', encoding=None, errors=None):
    if isinstance(string, str) and ' ' not in string or isinstance(string, bytes) and b' ' not in string:
        return quote(string, safe, encoding, errors)
    space = ' ' if isinstance(safe, str) else b' '
    return quote(string, safe + space, encoding, errors).replace(' ', '+')


def quote_from_bytes(bs, safe='/'):
    if not isinstance(bs, (bytes, bytearray)):
        raise TypeError('quote_from_bytes() expected bytes')
    if not bs:
        return ''
    keep = _SAFE | frozenset(safe.encode('ascii', 'ignore') if isinstance(safe, str) else [c for c in safe if c < 128])
    return ''.join([chr(c) if c in keep else '%{:02X}'.format(c) for c in bs])


def urlencode(query, doseq=False, safe='', encoding=None, errors=None, quote_via=quote_plus):
    """Encode a dict or sequence of two-element tuples into a URL query string."""
    if hasattr(query, 'items'):
        query = query.items()
    else:
        try:
            if len(query) and not isinstance(query[0], tuple):
                raise TypeError
        except TypeError as err:
            raise TypeError('not a valid non-string sequence or mapping object') from err
    conv = lambda x: quote_via(x, safe) if isinstance(x, bytes) else quote_via(str(x), safe, encoding, errors)
    pairs = []
    for k, v in query:
        if doseq and not isinstance(v, (str, bytes)):
            try:
                values = list(v)
            except TypeError:
                values = [v]
        else:
            values = [v]
        pairs.extend(f'{conv(k)}={conv(x)}' for x in values)
    return '&'.join(pairs)


def parse_qsl(qs, keep_blank_values=False, strict_parsing=False, encoding='utf-8', errors='replace', max_num_fields=None, separator='&'):
    """Parse a query given as a string argument, into a list of name, value pairs."""
    if not separator or not isinstance(separator, (str, bytes)):
        raise ValueError('Separator must be of type string or bytes.')
    if not qs:
        return []
    coded = isinstance(qs, bytes)
    if coded:
        qs = qs.decode('ascii')
    if max_num_fields is not None and max_num_fields < 1 + qs.count(separator):
        raise ValueError('Max number of fields exceeded')
    out = []
    for pair in qs.split(separator):
        if pair or strict_parsing:
            name, has_eq, value = pair.partition('=')
            if not has_eq and strict_parsing:
                raise ValueError('bad query field: %r' % (pair,))
            if value or keep_blank_values:
                name, value = unquote_plus(name, encoding, errors), unquote_plus(value, encoding, errors)
                out.append((name.encode(), value.encode()) if coded else (name, value))
    return out


def parse_qs(qs, keep_blank_values=False, strict_parsing=False, encoding='utf-8', errors='replace', max_num_fields=None, separator='&'):
    """Parse a query given as a string argument, into a dictionary of lists."""
    result = {}
    for name, value in parse_qsl(qs, keep_blank_values, strict_parsing, encoding, errors, max_num_fields, separator):
        result.setdefault(name, []).append(value)
    return result
