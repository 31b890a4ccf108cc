"""urlopen on the simulated network: one blocking time.sleep of latency plus transfer."""
import io
import time
from urllib.error import HTTPError, URLError
from urllib.parse import quote, unquote, urlparse
from _net import Page


class Request:
    def __init__(self, url, data=None, headers={}, origin_req_host=None, unverifiable=False, method=None):
        self.full_url, self.data, self.method = url, data, method
        self.headers = {k.capitalize(): v for k, v in headers.items()}
        parts = urlparse(url)
        self.host, self.type, self.selector = parts.netloc, parts.scheme, parts.path or '/'

    def get_method(self):
        return self.method or ('GET' if self.data is None else 'POST')

    def get_full_url(self):
        return self.full_url

    def add_header(self, key, val):
        self.headers[key.capitalize()] = val

    def get_header(self, name, default=None):
        return self.headers.get(name, default)

    def has_header(self, name):
        return name in self.headers


class _Response(io.BytesIO):
    def __init__(self, page):
        body = page.text.encode()
        super().__init__(body)
        self.url, self.status, self.code, self.reason = page.url, page.status, page.status, page.reason
        self.headers = {'Content-Type': 'application/json' if page.is_json else 'text/html', 'Content-Length': str(len(body))}

    def getcode(self):
        return self.status

    def getheader(self, name, default=None):
        return self.headers.get(name, default)

    def getheaders(self):
        return list(self.headers.items())

    def geturl(self):
        return self.url

    def info(self):
        return self.headers


def urlopen(url, data=None, timeout=None, **kwargs):
    """Open the URL, which can be a string or a Request."""
    if hasattr(url, 'full_url'):
        url = url.full_url
    page = Page(url)
    if timeout is not None and page.latency > timeout:
        time.sleep(timeout)
        raise TimeoutError('timed out')
    if page.error:
        time.sleep(page.latency)
        raise URLError(OSError(-2, 'Name or service not known'))
    time.sleep(page.latency + page.transfer)
    if page.status >= 400:
        raise HTTPError(url, page.status, page.reason, {}, None)
    return _Response(page)


def urlretrieve(url, filename=None, reporthook=None, data=None):
    """Save what a URL answers in a file."""
    with urlopen(url, data) as response:
        body = response.read()
        headers = response.headers
    if filename is None:
        filename = url.rpartition('/')[2] or 'index.html'
    with open(filename, 'wb') as f:
        f.write(body)
    return filename, headers
