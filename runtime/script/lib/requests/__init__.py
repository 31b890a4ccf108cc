"""A stand-in for requests on the simulated network: every call is one blocking time.sleep of latency plus transfer."""
import time
from requests import exceptions
from requests.exceptions import ConnectionError, ConnectTimeout, HTTPError, MissingSchema, ReadTimeout, RequestException, Timeout, TooManyRedirects
from _net import Page, with_params


class Response:
    def __init__(self, page):
        self._page, self.url, self.status_code = page, page.url, page.status
        self.reason, self.ok = page.reason, page.status < 400
        self.text, self.encoding = page.text, 'utf-8'
        self.content = self.text.encode()
        self.headers = {'Content-Type': 'application/json' if page.is_json else 'text/html; charset=utf-8', 'Content-Length': str(len(self.content)),
                        'Server': 'stub'}

    @property
    def elapsed(self):
        from datetime import timedelta
        return timedelta(seconds=self._page.latency)

    def json(self, **kwargs):
        return self._page.json

    def raise_for_status(self):
        if not self.ok:
            kind = 'Client' if self.status_code < 500 else 'Server'
            raise HTTPError(f'{self.status_code} {kind} Error: {self.reason} for url: {self.url}', self)

    def iter_content(self, n=1):
        for i in range(0, len(self.content), n):
            yield self.content[i:i + n]

    def iter_lines(self):
        yield from self.content.splitlines()

    def close(self):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        pass

    def __bool__(self):
        return self.ok

    def __repr__(self):
        return f'<Response [{self.status_code}]>'


def request(method, url, params=None, timeout=None, **kwargs):
    page = Page(with_params(str(url), params))
    if page.error == 'InvalidURL':
        raise MissingSchema(f'Invalid URL {page.url!r}: No scheme supplied. Perhaps you meant https://{page.url}?')
    limit = timeout[1] if isinstance(timeout, tuple) else timeout
    if limit is not None and page.latency > limit:
        time.sleep(limit)
        raise ReadTimeout(f'HTTPSConnectionPool(host={page.host!r}, port=443): Read timed out. (read timeout={limit})')
    if page.error:
        time.sleep(page.latency)
        raise ConnectionError(f'Failed to resolve {page.host!r}')
    time.sleep(page.latency + page.transfer)
    return Response(page)


def get(url, **kwargs):
    return request('GET', url, **kwargs)


def post(url, data=None, json=None, **kwargs):
    return request('POST', url, **kwargs)


def put(url, data=None, **kwargs):
    return request('PUT', url, **kwargs)


def patch(url, data=None, **kwargs):
    return request('PATCH', url, **kwargs)


def delete(url, **kwargs):
    return request('DELETE', url, **kwargs)


def head(url, **kwargs):
    return request('HEAD', url, **kwargs)


class Session:
    def __init__(self):
        self.headers = {}
        self.params = {}

    def request(self, method, url, **kwargs):
        return request(method, url, **kwargs)

    def get(self, url, **kwargs):
        return self.request('GET', url, **kwargs)

    def post(self, url, data=None, json=None, **kwargs):
        return self.request('POST', url, **kwargs)

    def put(self, url, data=None, **kwargs):
        return self.request('PUT', url, **kwargs)

    def delete(self, url, **kwargs):
        return self.request('DELETE', url, **kwargs)

    def head(self, url, **kwargs):
        return self.request('HEAD', url, **kwargs)

    def mount(self, *args):
        pass

    def close(self):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        pass


session = Session
