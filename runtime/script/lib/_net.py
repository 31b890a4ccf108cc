"""The simulated network behind aiohttp, httpx, requests and urllib.request.

A page is found by its exact URL in the world's table; what the table does not say follows from the FNV-1a hash of the URL, so that every page of the world
exists and always answers alike. `…/status/N` answers with status N, `…/delay/N` after N seconds; hosts named dead, or *.invalid, refuse after 0.05 s.
"""
import _world

_LINE = '<p>The quick brown fox jumps over the lazy dog.</p>\n'
REASON = {200: 'OK', 201: 'Created', 202: 'Accepted', 204: 'No Content', 301: 'Moved Permanently', 302: 'Found', 304: 'Not Modified', 400: 'Bad Request',
          401: 'Unauthorized', 403: 'Forbidden', 404: 'Not Found', 418: "I'm a teapot", 429: 'Too Many Requests', 500: 'Internal Server Error',
          502: 'Bad Gateway', 503: 'Service Unavailable'}
_defaults = None


def _world_defaults():
    global _defaults
    if _defaults is None:
        found = _world.http_defaults()
        _defaults = frozenset(found['dead_hosts']), frozenset(found['json_hosts'])
    return _defaults


def _hash(url):
    h = 0x811c9dc5
    for byte in url.encode():
        h = ((h ^ byte) * 0x01000193) & 0xffffffff
    return h


def host_of(url):
    """The host in scheme://host…, or '' where there is none."""
    scheme, sep, rest = url.partition('://')
    if not sep or not scheme or any(not 'a' <= c <= 'z' for c in scheme):
        return ''
    end = 0
    while end < len(rest) and rest[end] not in '/:?#':
        end += 1
    return rest[:end]


def with_params(url, params):
    """The URL with a query made of params."""
    if not params:
        return url
    items = params.items() if hasattr(params, 'items') else params
    return url + ('&' if '?' in url else '?') + '&'.join([f'{k}={v}' for k, v in items])


def _number_after(url, marker, fraction):
    """The number that follows /status/ or /delay/ in a URL, or None."""
    at = url.find(marker)
    while at >= 0:
        i = j = at + len(marker)
        while j < len(url) and '0' <= url[j] <= '9':
            j += 1
        if j > i:
            if fraction and url[j:j + 1] == '.' and '0' <= url[j + 1:j + 2] <= '9' and url[j + 1:j + 2]:
                j += 1
                while j < len(url) and '0' <= url[j] <= '9':
                    j += 1
            return url[i:j]
        at = url.find(marker, at + 1)
    return None


class Page:
    """What one request finds: url, status, latency, transfer (seconds), error ('InvalidURL', 'connect' or None), json, is_json, text."""

    def __init__(self, url):
        self.url = url = str(url)
        dead, json_hosts = _world_defaults()
        h = _hash(url)
        entry = _world.http(url)
        self.host = host = host_of(url)
        self.status, self.latency, self.transfer, self.error = 200, (50 + h % 451) / 1000, (10 + (h >> 9) % 91) / 1000, None
        self._size = 1000 + (h >> 16) % 50000
        self._text = self._json = None
        self.is_json = False
        if not url.startswith(('http://', 'https://')):
            self.error = 'InvalidURL'
        elif entry is None and (host.endswith('.invalid') or host in dead):
            self.error, self.latency = 'connect', 0.05
        number = _number_after(url, '/status/', False)
        if number is not None:
            self.status, self._size = int(number), 0
        number = _number_after(url, '/delay/', True)
        if number is not None:
            self.latency, self.transfer, self.is_json = float(number), 0.0, True
        if entry is not None:
            self.status = entry.get('status', 200)
            self.latency, self.transfer = entry.get('latency', self.latency), entry.get('transfer', self.transfer)
            self._size = entry.get('size', self._size)
            self.error = entry.get('error')
            self._text = entry.get('text')
            if 'json' in entry:
                self._json, self.is_json = entry['json'], True
        if host in json_hosts:
            self.is_json = True
        self._number = h % 1000

    @property
    def json(self):
        """A fresh copy of the JSON value."""
        if self._json is None:
            n = self._number
            return {'id': n, 'name': f'name-{n}', 'title': f'title-{n}', 'url': self.url, 'userId': n % 10, 'completed': n % 2 == 0,
                    'ip': f'203.0.113.{n % 256}', 'types': [], 'results': []}
        from copy import deepcopy
        return deepcopy(self._json)

    @property
    def text(self):
        if self._text is None:
            if self.is_json:
                from json import dumps
                self._text = dumps(self.json)
            else:
                head = f'<!doctype html><title>{self.url}</title>\n'
                self._text = (head + _LINE * (self._size // len(_LINE) + 1))[:self._size]
        return self._text

    @property
    def reason(self):
        return REASON.get(self.status, '')
