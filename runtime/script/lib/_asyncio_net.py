"""Transports, servers and connections of asyncio (selector_events.py, base_events.py of 3.13)."""
import asyncio
import _socket

_HIGH_WATER = 64 * 1024
_CHUNK = 256 * 1024
_EAGAIN = (BlockingIOError, InterruptedError)


# --- protocols and transports: what programs derive from ----------------------------------------

class BaseProtocol:
    __module__ = 'asyncio.protocols'
    __slots__ = ()

    def connection_made(self, transport):
        """Called when a connection is made."""

    def connection_lost(self, exc):
        """Called when the connection is lost or closed."""

    def pause_writing(self):
        """Called when the transport's buffer goes over the high-water mark."""

    def resume_writing(self):
        """Called when the transport's buffer drains below the low-water mark."""


class Protocol(BaseProtocol):
    __module__ = 'asyncio.protocols'
    __slots__ = ()

    def data_received(self, data):
        """Called when some data is received."""

    def eof_received(self):
        """Called when the other end calls write_eof() or equivalent."""


class BufferedProtocol(BaseProtocol):
    __module__ = 'asyncio.protocols'
    __slots__ = ()

    def get_buffer(self, sizehint):
        """Called to allocate a new receive buffer."""

    def buffer_updated(self, nbytes):
        """Called when the buffer was updated with the received data."""

    def eof_received(self):
        """Called when the other end calls write_eof() or equivalent."""


class DatagramProtocol(BaseProtocol):
    __module__ = 'asyncio.protocols'
    __slots__ = ()

    def datagram_received(self, data, addr):
        """Called when some datagram is received."""

    def error_received(self, exc):
        """Called when a send or receive operation raises an OSError."""


class SubprocessProtocol(BaseProtocol):
    __module__ = 'asyncio.protocols'
    __slots__ = ()

    def pipe_data_received(self, fd, data):
        """Called when the subprocess writes data into its stdout or stderr pipe."""

    def pipe_connection_lost(self, fd, exc):
        """Called when a file descriptor of the child is closed."""

    def process_exited(self):
        """Called when the subprocess has exited."""


class BaseTransport:
    __module__ = 'asyncio.transports'

    def __init__(self, extra=None):
        self._extra = {} if extra is None else extra

    def get_extra_info(self, name, default=None):
        return self._extra.get(name, default)


def _abstract(cls, *names):
    for name in names:
        def method(self, *args, **kwargs):
            raise NotImplementedError
        method.__name__ = name
        setattr(cls, name, method)
    return cls


_abstract(BaseTransport, 'is_closing', 'close', 'set_protocol', 'get_protocol')


class ReadTransport(BaseTransport):
    __module__ = 'asyncio.transports'


_abstract(ReadTransport, 'is_reading', 'pause_reading', 'resume_reading')


class WriteTransport(BaseTransport):
    __module__ = 'asyncio.transports'

    def writelines(self, list_of_data):
        self.write(b''.join(list_of_data))


_abstract(WriteTransport, 'set_write_buffer_limits', 'get_write_buffer_size', 'get_write_buffer_limits', 'write', 'write_eof',
          'can_write_eof', 'abort')


class Transport(ReadTransport, WriteTransport):
    __module__ = 'asyncio.transports'


class DatagramTransport(BaseTransport):
    __module__ = 'asyncio.transports'


_abstract(DatagramTransport, 'sendto', 'abort')


class SubprocessTransport(BaseTransport):
    __module__ = 'asyncio.transports'


_abstract(SubprocessTransport, 'get_pid', 'get_returncode', 'get_pipe_transport', 'send_signal', 'terminate', 'kill')


class TransportSocket:
    """What a transport shows of its socket: enough to ask and to set options, not to read or write."""
    __module__ = 'asyncio.trsock'
    __slots__ = ('_sock',)

    def __init__(self, sock):
        self._sock = sock

    family = property(lambda self: self._sock.family)
    type = property(lambda self: self._sock.type)
    proto = property(lambda self: self._sock.proto)

    def __repr__(self):
        sock = self._sock
        text = f'<asyncio.TransportSocket fd={sock.fileno()}, family={sock.family!s}, type={sock.type!s}, proto={sock.proto}'
        if sock.fileno() != -1:
            for label, ask in (('laddr', sock.getsockname), ('raddr', sock.getpeername)):
                try:
                    address = ask()
                except OSError:
                    continue
                if address:
                    text += f', {label}={address}'
        return text + '>'

    def __getstate__(self):
        raise TypeError('Cannot serialize asyncio.TransportSocket object')

    def setblocking(self, flag):
        if flag:
            raise ValueError('setblocking(): transport sockets cannot be blocking')

    def settimeout(self, value):
        if value:
            raise ValueError('settimeout(): only 0 timeout is allowed on transport sockets')

    def gettimeout(self):
        return 0


def _passed_on(name):
    def call(self, *args):
        return getattr(self._sock, name)(*args)
    call.__name__ = name
    return call


for _name in ('dup', 'fileno', 'getsockopt', 'setsockopt', 'getpeername', 'getsockname', 'shutdown'):
    setattr(TransportSocket, _name, _passed_on(_name))


class _SelectorSocketTransport(Transport):
    """A connected stream socket, its protocol, and the bytes that wait to be sent."""
    __module__ = 'asyncio.selector_events'

    def __init__(self, loop, sock, protocol, waiter=None, extra=None, server=None):
        super().__init__(extra)
        self._extra['socket'] = TransportSocket(sock)
        self._extra['sockname'] = sock.getsockname()
        if 'peername' not in self._extra:
            try:
                self._extra['peername'] = sock.getpeername()
            except OSError:
                self._extra['peername'] = None
        self._loop = loop
        self._sock = sock
        self._sock_fd = sock.fileno()
        self._protocol = protocol
        self._server = server
        self._buffer = bytearray()
        self._conn_lost = 0
        self._closing = False
        self._eof = False
        self._paused = False
        self._protocol_paused = False
        self.set_write_buffer_limits()
        if server is not None:
            server._attach(self)
        loop.call_soon(protocol.connection_made, self)
        loop.call_soon(self._add_reader, self._sock_fd, self._read_ready)
        if waiter is not None:
            loop.call_soon(asyncio.futures._set_result_unless_cancelled, waiter, None)

    def __repr__(self):
        info = [self.__class__.__name__]
        if self._sock is None:
            info.append('closed')
        elif self._closing:
            info.append('closing')
        info.append(f'fd={self._sock_fd}')
        if self._loop is not None and not self._loop.is_closed():
            info.append('read=polling' if self.is_reading() else 'read=idle')
            info.append(f'write=<{"polling" if self._buffer else "idle"}, bufsize={self.get_write_buffer_size()}>')
        return f'<{" ".join(info)}>'

    # reading
    def _add_reader(self, fd, callback):
        if self.is_reading():
            self._loop.add_reader(fd, callback)

    def is_closing(self):
        return self._closing

    def is_reading(self):
        return not self._closing and not self._paused

    def pause_reading(self):
        if not self.is_reading():
            return
        self._paused = True
        self._loop.remove_reader(self._sock_fd)

    def resume_reading(self):
        if self._closing or not self._paused:
            return
        self._paused = False
        self._add_reader(self._sock_fd, self._read_ready)

    def set_protocol(self, protocol):
        self._protocol = protocol

    def get_protocol(self):
        return self._protocol

    def _read_ready(self):
        if self._conn_lost:
            return
        if isinstance(self._protocol, BufferedProtocol):
            return self._read_into_buffer()
        try:
            data = self._sock.recv(_CHUNK)
        except _EAGAIN:
            return
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as exc:
            self._fatal_error(exc, 'Fatal read error on socket transport')
            return
        if not data:
            self._read_eof()
            return
        try:
            self._protocol.data_received(data)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as exc:
            self._fatal_error(exc, 'Fatal error: protocol.data_received() call failed.')

    def _read_into_buffer(self):
        try:
            buffer = self._protocol.get_buffer(-1)
            if not len(buffer):
                raise RuntimeError('get_buffer() returned an empty buffer')
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as exc:
            self._fatal_error(exc, 'Fatal error: protocol.get_buffer() call failed.')
            return
        try:
            data = self._sock.recv(len(buffer))
        except _EAGAIN:
            return
        except BaseException as exc:
            self._fatal_error(exc, 'Fatal read error on socket transport')
            return
        if not data:
            self._read_eof()
            return
        buffer[:len(data)] = data
        try:
            self._protocol.buffer_updated(len(data))
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as exc:
            self._fatal_error(exc, 'Fatal error: protocol.buffer_updated() call failed.')

    def _read_eof(self):
        try:
            keep_open = self._protocol.eof_received()
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as exc:
            self._fatal_error(exc, 'Fatal error: protocol.eof_received() call failed.')
            return
        if keep_open:
            self._loop.remove_reader(self._sock_fd)
        else:
            self.close()

    # writing
    def set_write_buffer_limits(self, high=None, low=None):
        if high is None:
            high = _HIGH_WATER if low is None else 4 * low
        if low is None:
            low = high // 4
        if not high >= low >= 0:
            raise ValueError(f'high ({high!r}) must be >= low ({low!r}) must be >= 0')
        self._high_water, self._low_water = high, low
        self._maybe_pause_protocol()

    def get_write_buffer_limits(self):
        return (self._low_water, self._high_water)

    def get_write_buffer_size(self):
        return len(self._buffer)

    def _maybe_pause_protocol(self):
        if self.get_write_buffer_size() > self._high_water and not self._protocol_paused:
            self._protocol_paused = True
            self._call_protocol('pause_writing')

    def _maybe_resume_protocol(self):
        if self._protocol_paused and self.get_write_buffer_size() <= self._low_water:
            self._protocol_paused = False
            self._call_protocol('resume_writing')

    def _call_protocol(self, name):
        try:
            getattr(self._protocol, name)()
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as exc:
            self._loop.call_exception_handler({'message': f'protocol.{name}() failed', 'exception': exc,
                                               'transport': self, 'protocol': self._protocol})

    def write(self, data):
        if not isinstance(data, (bytes, bytearray, memoryview)):
            raise TypeError(f'data argument must be a bytes-like object, not {type(data).__name__!r}')
        if self._eof:
            raise RuntimeError('Cannot call write() after write_eof()')
        if not data:
            return
        if self._conn_lost:
            if self._conn_lost >= 5:
                asyncio.log.logger.warning('socket.send() raised exception.')
            self._conn_lost += 1
            return
        data = bytes(data)
        if not self._buffer:
            try:
                sent = self._sock.send(data)
            except _EAGAIN:
                sent = 0
            except (SystemExit, KeyboardInterrupt):
                raise
            except BaseException as exc:
                self._fatal_error(exc, 'Fatal write error on socket transport')
                return
            data = data[sent:]
            if not data:
                return
            self._loop.add_writer(self._sock_fd, self._write_ready)
        self._buffer += data
        self._maybe_pause_protocol()

    def _write_ready(self):
        if self._conn_lost:
            return
        try:
            sent = self._sock.send(bytes(self._buffer))
        except _EAGAIN:
            return
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as exc:
            self._loop.remove_writer(self._sock_fd)
            self._buffer.clear()
            self._fatal_error(exc, 'Fatal write error on socket transport')
            return
        del self._buffer[:sent]
        self._maybe_resume_protocol()
        if self._buffer:
            return
        self._loop.remove_writer(self._sock_fd)
        if self._closing:
            self._call_connection_lost(None)
        elif self._eof:
            self._sock.shutdown(_socket.SHUT_WR)

    def can_write_eof(self):
        return True

    def write_eof(self):
        if self._closing or self._eof:
            return
        self._eof = True
        if not self._buffer:
            self._sock.shutdown(_socket.SHUT_WR)

    # the end
    def close(self):
        if self._closing:
            return
        self._closing = True
        self._loop.remove_reader(self._sock_fd)
        if not self._buffer:
            self._conn_lost += 1
            self._loop.remove_writer(self._sock_fd)
            self._loop.call_soon(self._call_connection_lost, None)

    def abort(self):
        self._force_close(None)

    def _fatal_error(self, exc, message):
        if isinstance(exc, OSError):
            if self._loop.get_debug():
                asyncio.log.logger.debug('%r: %s', self, message, exc_info=True)
        else:
            self._loop.call_exception_handler({'message': message, 'exception': exc, 'transport': self,
                                               'protocol': self._protocol})
        self._force_close(exc)

    def _force_close(self, exc):
        if self._conn_lost:
            return
        if self._buffer:
            self._buffer.clear()
            self._loop.remove_writer(self._sock_fd)
        if not self._closing:
            self._closing = True
            self._loop.remove_reader(self._sock_fd)
        self._conn_lost += 1
        self._loop.call_soon(self._call_connection_lost, exc)

    def _call_connection_lost(self, exc):
        try:
            self._protocol.connection_lost(exc)
        finally:
            self._sock.close()
            self._sock = None
            self._protocol = None
            self._loop = None
            server, self._server = self._server, None
            if server is not None:
                server._detach(self)


# --- servers -------------------------------------------------------------------------------------

class AbstractServer:
    __module__ = 'asyncio.events'

    async def __aenter__(self):
        return self

    async def __aexit__(self, *exc):
        self.close()
        await self.wait_closed()


_abstract(AbstractServer, 'close', 'get_loop', 'is_serving', 'start_serving', 'serve_forever', 'wait_closed')


class Server(AbstractServer):
    __module__ = 'asyncio.base_events'

    def __init__(self, loop, sockets, protocol_factory, backlog):
        self._loop = loop
        self._sockets = sockets
        self._clients = {}
        self._waiters = []
        self._protocol_factory = protocol_factory
        self._backlog = backlog
        self._serving = False
        self._serving_forever_fut = None

    def __repr__(self):
        return f'<{self.__class__.__name__} sockets={self.sockets!r}>'

    @property
    def sockets(self):
        return () if self._sockets is None else tuple(map(TransportSocket, self._sockets))

    def get_loop(self):
        return self._loop

    def is_serving(self):
        return self._serving

    def _attach(self, transport):
        assert self._sockets is not None
        self._clients[id(transport)] = transport

    def _detach(self, transport):
        self._clients.pop(id(transport), None)
        if not self._clients and self._sockets is None:
            self._wakeup()

    def _wakeup(self):
        waiters, self._waiters = self._waiters, None
        for waiter in waiters or ():
            if not waiter.done():
                waiter.set_result(None)

    def _start_serving(self):
        if self._serving:
            return
        self._serving = True
        for sock in self._sockets:
            sock.listen(self._backlog)
            self._loop.add_reader(sock.fileno(), _accept_connection, self._loop, self._protocol_factory, sock, self,
                                  self._backlog)

    def close(self):
        sockets = self._sockets
        if sockets is None:
            return
        self._sockets = None
        for sock in sockets:
            self._loop.remove_reader(sock.fileno())
            sock.close()
        self._serving = False
        forever = self._serving_forever_fut
        if forever is not None and not forever.done():
            forever.cancel()
            self._serving_forever_fut = None
        if not self._clients:
            self._wakeup()

    def close_clients(self):
        for transport in list(self._clients.values()):
            transport.close()

    def abort_clients(self):
        for transport in list(self._clients.values()):
            transport.abort()

    async def start_serving(self):
        self._start_serving()
        await asyncio.sleep(0)

    async def serve_forever(self):
        if self._serving_forever_fut is not None:
            raise RuntimeError(f'server {self!r} is already being awaited on serve_forever()')
        if self._sockets is None:
            raise RuntimeError(f'server {self!r} is closed')
        self._start_serving()
        self._serving_forever_fut = self._loop.create_future()
        try:
            await self._serving_forever_fut
        except asyncio.CancelledError:
            try:
                self.close()
                await self.wait_closed()
            finally:
                raise
        finally:
            self._serving_forever_fut = None

    async def wait_closed(self):
        if self._waiters is None:
            return
        waiter = self._loop.create_future()
        self._waiters.append(waiter)
        await waiter


def _accept_connection(loop, protocol_factory, sock, server, backlog):
    for _ in range(backlog):
        try:
            conn, peer = sock.accept()
        except (BlockingIOError, InterruptedError, ConnectionAbortedError):
            return
        conn.setblocking(False)
        loop.create_task(_accept_connection2(loop, protocol_factory, conn, {'peername': peer}, server))


async def _accept_connection2(loop, protocol_factory, conn, extra, server):
    protocol = transport = None
    try:
        protocol = protocol_factory()
        waiter = loop.create_future()
        transport = _SelectorSocketTransport(loop, conn, protocol, waiter, extra, server)
        try:
            await waiter
        except BaseException:
            transport.close()
            raise
    except (SystemExit, KeyboardInterrupt):
        raise
    except BaseException as exc:
        if loop.get_debug():
            loop.call_exception_handler({'message': 'Error on transport creation for incoming connection',
                                         'exception': exc, 'protocol': protocol, 'transport': transport})


# --- names and addresses -------------------------------------------------------------------------

def _numeric(host, port):
    """The address itself where nothing has to be looked up, else None."""
    if host is None:
        return None
    if isinstance(host, bytes):
        host = host.decode()
    if isinstance(port, (str, bytes)):
        try:
            port = int(port or 0)
        except ValueError:
            return None
    parts = host.split('.')
    if len(parts) == 4 and all(p.isdigit() and int(p) < 256 for p in parts):
        return [(_socket.AF_INET, _socket.SOCK_STREAM, _socket.IPPROTO_TCP, '', (host, port or 0))]
    return None


async def getaddrinfo(loop, host, port, family, type, proto, flags):
    return await loop.run_in_executor(None, _socket.getaddrinfo, host, port, family or 0, type or 0, proto or 0, flags or 0)


async def _resolve(loop, address, family=0, type=0, proto=0, flags=0):
    host, port = address[:2]
    return _numeric(host, port) or await loop.getaddrinfo(host, port, family=family or 0, type=type, proto=proto or 0, flags=flags or 0)


async def _resolve_for_server(loop, host, port, family, flags):
    found = await _resolve(loop, (host, port), family=family, type=_socket.SOCK_STREAM, flags=flags)
    if not found:
        raise OSError(f'getaddrinfo({host!r}) returned empty list')
    return found


# --- connecting ----------------------------------------------------------------------------------

def _connected(fut, sock, address):
    if fut.done():
        return
    error = sock.getsockopt(_socket.SOL_SOCKET, _socket.SO_ERROR)
    if error:
        fut.set_exception(OSError(error, f'Connect call failed {address}'))
    else:
        fut.set_result(None)


async def sock_connect(loop, sock, address):
    if sock.family in (_socket.AF_INET, _socket.AF_INET6):
        address = (await _resolve(loop, address, family=sock.family, type=sock.type))[0][4]
    fut = loop.create_future()
    fd = sock.fileno()
    try:
        sock.connect(address)
    except (BlockingIOError, InterruptedError):
        loop.add_writer(fd, _connected, fut, sock, address)
        fut.add_done_callback(lambda _: loop.remove_writer(fd))
    except (SystemExit, KeyboardInterrupt):
        raise
    except BaseException as exc:
        fut.set_exception(exc)
    else:
        fut.set_result(None)
    return await fut


async def _connect(loop, exceptions, info, local_addr):
    mine = []
    exceptions.append(mine)
    family, type_, proto, _, address = info
    sock = None
    try:
        sock = _socket.socket(family, type_, proto)
        sock.setblocking(False)
        if local_addr is not None:
            sock.bind(tuple(local_addr))
        await loop.sock_connect(sock, address)
        return sock
    except OSError as exc:
        mine.append(exc)
        if sock is not None:
            sock.close()
        raise
    except BaseException:
        if sock is not None:
            sock.close()
        raise


def _all_failed(exceptions, all_errors):
    flat = [exc for each in exceptions for exc in each]
    if all_errors:
        raise ExceptionGroup('create_connection failed', flat)
    if len(flat) == 1:
        raise flat[0]
    if all(str(exc) == str(flat[0]) for exc in flat):
        raise flat[0]
    raise OSError(f"Multiple exceptions: {', '.join(str(exc) for exc in flat)}")


async def create_connection(loop, protocol_factory, host, port, ssl, family, proto, flags, sock, local_addr, options):
    if ssl:
        raise NotImplementedError('TLS is not simulated')
    if host is not None or port is not None:
        if sock is not None:
            raise ValueError('host/port and sock can not be specified at the same time')
        infos = await _resolve(loop, (host, port), family=family, type=_socket.SOCK_STREAM, proto=proto, flags=flags)
        if not infos:
            raise OSError('getaddrinfo() returned empty list')
        exceptions = []
        for info in infos:
            try:
                sock = await _connect(loop, exceptions, info, local_addr)
                break
            except OSError:
                continue
        if sock is None:
            _all_failed(exceptions, options.get('all_errors'))
    elif sock is None:
        raise ValueError('host and port was not specified and no sock specified')
    protocol = protocol_factory()
    waiter = loop.create_future()
    transport = _SelectorSocketTransport(loop, sock, protocol, waiter)
    try:
        await waiter
    except BaseException:
        transport.close()
        raise
    return transport, protocol


async def create_server(loop, protocol_factory, host, port, family, flags, sock, backlog, ssl, start_serving, options):
    if ssl:
        raise NotImplementedError('TLS is not simulated')
    if host is not None or port is not None:
        if sock is not None:
            raise ValueError('host/port and sock can not be specified at the same time')
        if host == '':
            hosts = [None]
        elif isinstance(host, str) or host is None:
            hosts = [host]
        else:
            hosts = host
        found = await asyncio.gather(*[_resolve_for_server(loop, each, port, family, 1 if flags is None else flags) for each in hosts])
        infos = list(dict.fromkeys(info for each in found for info in each))
        sockets = []
        try:
            for af, type_, proto, _, address in infos:
                each = _socket.socket(af, type_, proto)
                sockets.append(each)
                try:
                    each.bind(address)
                except OSError as err:
                    raise OSError(err.errno, f'error while attempting to bind on address {address!r}: {str(err.strerror).lower()}') from None
        except BaseException:
            for each in sockets:
                each.close()
            raise
    elif sock is None:
        raise ValueError('Neither host/port nor sock were specified')
    else:
        sockets = [sock]
    for each in sockets:
        each.setblocking(False)
    server = Server(loop, sockets, protocol_factory, 100 if backlog is None else backlog)
    if start_serving is None or start_serving:
        server._start_serving()
        await asyncio.sleep(0)
    return server


# --- plain sockets -------------------------------------------------------------------------------

async def _until_ready(add, remove, fd):
    fut = asyncio.get_running_loop().create_future()
    add(fd, asyncio.futures._set_result_unless_cancelled, fut, None)
    try:
        await fut
    finally:
        remove(fd)


async def sock_recv(loop, sock, n):
    while True:
        try:
            return sock.recv(n)
        except _EAGAIN:
            await _until_ready(loop.add_reader, loop.remove_reader, sock.fileno())


async def sock_recv_into(loop, sock, buffer):
    data = await sock_recv(loop, sock, len(buffer))
    buffer[:len(data)] = data
    return len(data)


async def sock_sendall(loop, sock, data):
    data = bytes(data)
    while data:
        try:
            data = data[sock.send(data):]
        except _EAGAIN:
            await _until_ready(loop.add_writer, loop.remove_writer, sock.fileno())


async def sock_accept(loop, sock):
    while True:
        try:
            conn, address = sock.accept()
        except _EAGAIN:
            await _until_ready(loop.add_reader, loop.remove_reader, sock.fileno())
        else:
            conn.setblocking(False)
            return conn, address
