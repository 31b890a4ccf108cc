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


_PROTOCOLS = {'ip': 0, 'icmp': 1, 'igmp': 2, 'tcp': 6, 'egp': 8, 'udp': 17, 'ipv6': 41, 'gre': 47, 'esp': 50, 'ah': 51, 'ipv6-icmp': 58, 'sctp': 132}
_SERVICES = {'echo': 7, 'discard': 9, 'ftp': 21, 'ssh': 22, 'telnet': 23, 'smtp': 25, 'domain': 53, 'gopher': 70, 'finger': 79, 'http': 80, 'pop3': 110,
             'ntp': 123, 'imap2': 143, 'snmp': 161, 'irc': 194, 'ldap': 389, 'https': 443, 'submission': 587, 'ldaps': 636, 'imaps': 993, 'pop3s': 995}
IPPROTO_ICMP, IPPROTO_IP, IPPROTO_UDP, IPPROTO_RAW, INADDR_ANY, INADDR_BROADCAST, INADDR_LOOPBACK = 1, 0, 17, 255, 0, 0xffffffff, 0x7f000001
IP_TTL, IP_MULTICAST_TTL, IP_MULTICAST_LOOP, IP_ADD_MEMBERSHIP, IP_DROP_MEMBERSHIP = 2, 33, 34, 35, 36


def getprotobyname(protocolname, /):
    """Return the protocol number for the named protocol."""
    if protocolname not in _PROTOCOLS:
        raise OSError('protocol not found')
    return _PROTOCOLS[protocolname]


def getservbyname(servicename, protocolname='tcp', /):
    """Return a port number from a service name and protocol name."""
    if servicename not in _SERVICES or protocolname not in ('tcp', 'udp'):
        raise OSError('service/proto not found')
    return _SERVICES[servicename]


def getservbyport(port, protocolname='tcp', /):
    """Return the service name from a port number and protocol name."""
    for name, number in _SERVICES.items():
        if number == port:
            return name
    raise OSError('port/proto not found')


def gethostbyname_ex(host, /):
    """Return the true host name, a list of aliases, and a list of IP addresses, for a host."""
    return host, [], [_socket.gethostbyname(host)]


def gethostbyaddr(host, /):
    """Return the true host name, a list of aliases, and a list of IP addresses, for a host."""
    address = _socket.gethostbyname(host)
    if address != '127.0.0.1':
        raise _socket.herror(1, 'Unknown host')
    return 'localhost', [], [address]


def getnameinfo(sockaddr, flags, /):
    host, port = sockaddr[:2]
    return ('localhost' if host == '127.0.0.1' and not flags & 1 else host), str(port)


def setdefaulttimeout(timeout, /):
    """Only None, what it is already: sockets made from now on block."""
    if timeout is not None:
        raise NotImplementedError('socket.setdefaulttimeout() is not available: use settimeout() of the socket')


def inet_pton(address_family, ip_string, /):
    """Convert an IP address from string format to a packed string suitable for use with low-level network functions."""
    import ipaddress
    kinds = {int(_socket.AF_INET): ipaddress.IPv4Address, int(_socket.AF_INET6): ipaddress.IPv6Address}
    if int(address_family) not in kinds:
        raise OSError(97, 'Address family not supported by protocol')
    try:
        return kinds[int(address_family)](ip_string).packed
    except ValueError:
        raise OSError('illegal IP address string passed to inet_pton') from None


def inet_ntop(address_family, packed_ip, /):
    """Convert a packed IP address of the given family to string format."""
    import ipaddress
    kinds = {int(_socket.AF_INET): (4, ipaddress.IPv4Address), int(_socket.AF_INET6): (16, ipaddress.IPv6Address)}
    if int(address_family) not in kinds:
        raise ValueError(f'unknown address family {int(address_family)}')
    size, kind = kinds[int(address_family)]
    if len(packed_ip) != size:
        raise ValueError('invalid length of packed IP address string')
    return str(kind(bytes(packed_ip)))


def has_dualstack_ipv6():
    return False


__all__ = [_n for _n in globals() if not _n.startswith('_') and _n not in ('IntEnum', 'IntFlag')]
