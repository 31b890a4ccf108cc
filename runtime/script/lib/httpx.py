"""A stand-in for httpx on the simulated network: a request is one sleep of latency plus transfer; entering and leaving clients never suspends."""
import asyncio
import time
from _net import Page, with_params


class HTTPError(Exception):
    pass


class RequestError(HTTPError):
    pass


class TransportError(RequestError):
    pass


class NetworkError(TransportError):
    pass


class ConnectError(NetworkError):
    pass


class TimeoutException(TransportError):
    pass


class ReadTimeout(TimeoutException):
    pass


class ConnectTimeout(TimeoutException):
    pass


class UnsupportedProtocol(TransportError):
    pass


class InvalidURL(Exception):
    pass


class HTTPStatusError(HTTPError):
    def __init__(self, message, *, request=None, response=None):
        super().__init__(message)
        self.request, self.response = request, response


class codes:
    OK, CREATED, NOT_FOUND, INTERNAL_SERVER_ERROR = 200, 201, 404, 500


class Limits:
    def __init__(self, **kwargs):
        self.__dict__.update(kwargs)


class Timeout:
    def __init__(self, timeout=5.0, **kwargs):
        self.read = kwargs.get('read', timeout)


class Response:
    def __init__(self, page):
        self._page, self.url, self.status_code = page, page.url, page.status
        self.reason_phrase = page.reason
        self.text = page.text
        self.content = self.text.encode()
        self.is_success, self.is_error = page.status < 400, page.status >= 400
        self.headers = {'content-type': 'application/json' if page.is_json else 'text/html', 'content-length': str(len(self.content))}

    @property
    def elapsed(self):
        from datetime import timedelta
        return timedelta(seconds=self._page.latency)

    def json(self, **kwargs):
        return self._page.json

    def raise_for_status(self):
        if self.status_code >= 400:
            kind = 'Client' if self.status_code < 500 else 'Server'
            raise HTTPStatusError(f"{kind} error '{self.status_code} {self.reason_phrase}' for url '{self.url}'", response=self)
        return self

    def read(self):
        return self.content

    async def aread(self):
        return self.content

    def __repr__(self):
        return f'<Response [{self.status_code} {self.reason_phrase}]>'


def _plan(base, url, params, timeout):
    """The page, how long the request takes, and what it raises then."""
    page = Page(with_params(base + str(url), params))
    if page.error == 'InvalidURL':
        raise UnsupportedProtocol("Request URL is missing an 'http://' or 'https://' protocol.")
    limit = timeout.read if isinstance(timeout, Timeout) else timeout
    if limit is not None and page.latency > limit:
        return page, limit, ReadTimeout('')
    if page.error:
        return page, page.latency, ConnectError('[Errno -2] Name or service not known')
    return page, page.latency + page.transfer, None


class _Stream:
    """client.stream(): the response inside `async with`."""

    def __init__(self, coro):
        self._coro = coro

    async def __aenter__(self):
        return await self._coro

    async def __aexit__(self, *exc_info):
        pass


class AsyncClient:
    def __init__(self, *, base_url='', timeout=5.0, headers=None, limits=None, **kwargs):
        self._base, self._timeout, self.headers, self.is_closed = base_url, timeout, dict(headers or {}), False

    async def request(self, method, url, *, params=None, timeout=None, **kwargs):
        page, delay, error = _plan(self._base, url, params, self._timeout if timeout is None else timeout)
        await asyncio.sleep(delay)
        if error:
            raise error
        return Response(page)

    async def get(self, url, **kwargs):
        return await self.request('GET', url, **kwargs)

    async def post(self, url, **kwargs):
        return await self.request('POST', url, **kwargs)

    async def put(self, url, **kwargs):
        return await self.request('PUT', url, **kwargs)

    async def patch(self, url, **kwargs):
        return await self.request('PATCH', url, **kwargs)

    async def delete(self, url, **kwargs):
        return await self.request('DELETE', url, **kwargs)

    async def head(self, url, **kwargs):
        return await self.request('HEAD', url, **kwargs)

    def stream(self, method, url, **kwargs):
        return _Stream(self.request(method, url, **kwargs))

    async def aclose(self):
        self.is_closed = True

    async def __aenter__(self):
        return self

    async def __aexit__(self, *exc_info):
        await self.aclose()


class Client:
    def __init__(self, *, base_url='', timeout=5.0, headers=None, **kwargs):
        self._base, self._timeout, self.headers, self.is_closed = base_url, timeout, dict(headers or {}), False

    def request(self, method, url, *, params=None, timeout=None, **kwargs):
        page, delay, error = _plan(self._base, url, params, self._timeout if timeout is None else timeout)
        time.sleep(delay)
        if error:
            raise error
        return Response(page)

    def get(self, url, **kwargs):
        return self.request('GET', url, **kwargs)

    def post(self, url, **kwargs):
        return self.request('POST', url, **kwargs)

    def put(self, url, **kwargs):
        return self.request('PUT', url, **kwargs)

    def delete(self, url, **kwargs):
        return self.request('DELETE', url, **kwargs)

    def head(self, url, **kwargs):
        return self.request('HEAD', url, **kwargs)

    def close(self):
        self.is_closed = True

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.close()


def request(method, url, **kwargs):
    return Client().request(method, url, **kwargs)


def get(url, **kwargs):
    return request('GET', url, **kwargs)


def post(url, **kwargs):
    return request('POST', url, **kwargs)


def head(url, **kwargs):
    return request('HEAD', url, **kwargs)
