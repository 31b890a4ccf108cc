"""Sockets of the simulated network."""
import _socket
from enum import IntEnum, IntFlag

for _n in dir(_socket):
    if not _n.startswith('__'):
        globals()[_n] = getattr(_socket, _n)
error = OSError
timeout = TimeoutError


def _named(title, prefix, base=IntEnum):
    """The constants of one kind as an enumeration, and its members in this module."""
    members = [(n, getattr(_socket, n)) for n in dir(_socket) if n.startswith(prefix) and n.isupper()]
    made = base(title, members, module='socket')
    globals().update(made.__members__)
    return made


AddressFamily = _named('AddressFamily', 'AF_')
SocketKind = _named('SocketKind', 'SOCK_')
AddressInfo = _named('AddressInfo', 'AI_', IntFlag)
MsgFlag = _named('MsgFlag', 'MSG_', IntFlag)


def getfqdn(name=''):
    """Get fully qualified domain name from name."""
    return name.strip() or _socket.gethostname()


def getaddrinfo(host, port, family=0, type=0, proto=0, flags=0):
    """Resolve host and port into list of address info entries."""
    found = []
    for af, kind, protocol, name, address in _socket.getaddrinfo(host, port, int(family), int(type), proto, int(flags)):
        found.append((AddressFamily(af), SocketKind(kind), protocol, name, address))
    return found


def create_connection(address, timeout=None, source_address=None, *, all_errors=False):
    """Connect to *address* and return the socket object."""
    host, port = address
    failed = None
    for af, kind, proto, _, where in _socket.getaddrinfo(host, port, 0, _socket.SOCK_STREAM):
        sock = _socket.socket(af, kind, proto)
        try:
            if timeout is not None:
                sock.settimeout(timeout)
            if source_address:
                sock.bind(source_address)
            sock.connect(where)
            return sock
        except OSError as e:
            failed = failed or e
            sock.close()
    try:
        raise failed or OSError('getaddrinfo returns an empty list')
    finally:
        failed = None


def create_server(address, *, family=2, backlog=None, reuse_port=False, dualstack_ipv6=False):
    """Convenience function which creates a SOCK_STREAM type socket bound to *address* and return the socket object."""
    sock = _socket.socket(int(family), _socket.SOCK_STREAM)
    try:
        sock.bind(address)
        sock.listen() if backlog is None else sock.listen(backlog)
        return sock
    except OSError:
        sock.close()
        raise


def has_dualstack_ipv6():
    return False


__all__ = [_n for _n in globals() if not _n.startswith('_') and _n not in ('IntEnum', 'IntFlag')]
