"""A stand-in for aiohttp on the simulated network.

A request is one sleep of the page's latency; the first read of a body is one sleep of its transfer time; nothing else suspends. A total timeout shorter than
either ends that sleep early with TimeoutError.
"""
import asyncio
from _net import Page, with_params

__version__ = '3.9.5'


class ClientError(Exception):
    pass


class ClientConnectionError(ClientError):
    pass


class ClientOSError(ClientConnectionError, OSError):
    pass


class ClientConnectorError(ClientOSError):
    def __init__(self, host):
        self.host = host
        super().__init__(f'Cannot connect to host {host}:80 ssl:default [Name or service not known]')

    def __str__(self):
        return self.args[0]


class ServerConnectionError(ClientConnectionError):
    pass


class ServerDisconnectedError(ServerConnectionError):
    pass


class ServerTimeoutError(ServerConnectionError, asyncio.TimeoutError):
    pass


class ClientPayloadError(ClientError):
    pass


class InvalidURL(ClientError, ValueError):
    pass


class ContentTypeError(ClientError):
    pass


class TooManyRedirects(ClientError):
    pass


class ClientResponseError(ClientError):
    def __init__(self, status, message, url):
        self.status, self.message, self.request_info = status, message, None
        super().__init__(f'{status}, message={message!r}, url={url!r}')


class ClientTimeout:
    def __init__(self, total=300.0, connect=None, sock_read=None, sock_connect=None):
        self.total, self.connect, self.sock_read, self.sock_connect = total, connect, sock_read, sock_connect


class TCPConnector:
    def __init__(self, *args, limit=100, limit_per_host=0, ssl=True, **kwargs):
        self.limit, self.limit_per_host = limit, limit_per_host


class BasicAuth:
    def __init__(self, login, password=''):
        self.login, self.password = login, password


class FormData:
    def __init__(self, fields=()):
        self.fields = list(fields.items() if hasattr(fields, 'items') else fields)

    def add_field(self, name, value, **kwargs):
        self.fields.append((name, value))


def _seconds(timeout):
    if timeout is None:
        return None
    return timeout.total if isinstance(timeout, ClientTimeout) else float(timeout)


class _Content:
    """The body as a stream."""

    def __init__(self, response):
        self._response, self._pos = response, 0

    async def read(self, n=-1):
        await self._response._load()
        body = self._response._bytes()
        end = len(body) if n < 0 else self._pos + n
        out = body[self._pos:end]
        self._pos = min(len(body), max(end, 0))
        return out

    async def iter_chunked(self, n):
        while chunk := await self.read(n):
            yield chunk

    def iter_any(self):
        return self.iter_chunked(65536)


class ClientResponse:
    def __init__(self, page, method, total):
        self._page, self._total, self._loaded, self._body = page, total, False, None
        self.method, self.url, self.real_url = method, page.url, page.url
        self.status, self.reason, self.ok = page.status, page.reason, page.status < 400
        self.content_type = 'application/json' if page.is_json else 'text/html'
        self.content = _Content(self)
        self.closed = False

    def _bytes(self):
        if self._body is None:
            self._body = self._page.text.encode()
        return self._body

    @property
    def content_length(self):
        return len(self._bytes())

    @property
    def headers(self):
        return {'Content-Type': self.content_type + '; charset=utf-8', 'Content-Length': str(self.content_length), 'Server': 'stub'}

    async def _load(self):
        if not self._loaded:
            page = self._page
            if self._total is not None and page.latency + page.transfer > self._total:
                await asyncio.sleep(self._total - page.latency)
                raise asyncio.TimeoutError()
            await asyncio.sleep(page.transfer)
            self._loaded = True

    async def text(self, encoding=None, errors='strict'):
        await self._load()
        return self._page.text

    async def read(self):
        await self._load()
        return self._bytes()

    async def json(self, **kwargs):
        await self._load()
        return self._page.json

    def raise_for_status(self):
        if not self.ok:
            raise ClientResponseError(self.status, self.reason, self.url)

    def release(self):
        pass

    def close(self):
        self.closed = True

    async def __aenter__(self):
        return self

    async def __aexit__(self, *exc_info):
        return None

    def __repr__(self):
        return f'<ClientResponse({self.url}) [{self.status} {self.reason}]>'


class _Req:
    """What session.get() gives: awaitable, and an async context manager."""

    def __init__(self, coro):
        self._coro = coro

    def __await__(self):
        return self._coro.__await__()

    async def __aenter__(self):
        self._resp = await self._coro
        return self._resp

    async def __aexit__(self, *exc_info):
        return None


class ClientSession:
    def __init__(self, base_url=None, *, connector=None, timeout=None, headers=None, raise_for_status=False, **kwargs):
        self._base, self.connector, self._timeout = base_url or '', connector, timeout
        self.headers, self._raise, self.closed = dict(headers or {}), raise_for_status, False

    async def _do(self, method, url, timeout, params, raise_for_status):
        if self.closed:
            raise RuntimeError('Session is closed')
        page = Page(with_params(self._base + str(url), params))
        total = _seconds(timeout if timeout is not None else self._timeout)
        if page.error == 'InvalidURL':
            raise InvalidURL(page.url)
        if total is not None and page.latency > total:
            await asyncio.sleep(total)
            raise asyncio.TimeoutError()
        await asyncio.sleep(page.latency)
        if page.error:
            raise ClientConnectorError(page.host)
        response = ClientResponse(page, method, total)
        if self._raise if raise_for_status is None else raise_for_status:
            response.raise_for_status()
        return response

    def request(self, method, url, *, timeout=None, params=None, raise_for_status=None, **kwargs):
        return _Req(self._do(method, url, timeout, params, raise_for_status))

    def get(self, url, **kwargs):
        return self.request('GET', url, **kwargs)

    def post(self, url, **kwargs):
        return self.request('POST', url, **kwargs)

    def put(self, url, **kwargs):
        return self.request('PUT', url, **kwargs)

    def patch(self, url, **kwargs):
        return self.request('PATCH', url, **kwargs)

    def delete(self, url, **kwargs):
        return self.request('DELETE', url, **kwargs)

    def head(self, url, **kwargs):
        return self.request('HEAD', url, **kwargs)

    def options(self, url, **kwargs):
        return self.request('OPTIONS', url, **kwargs)

    async def close(self):
        self.closed = True

    async def __aenter__(self):
        return self

    async def __aexit__(self, *exc_info):
        await self.close()


def request(method, url, **kwargs):
    return ClientSession().request(method, url, **kwargs)
