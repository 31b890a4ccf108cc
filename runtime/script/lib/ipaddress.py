"""IPv4 and IPv6 addresses, networks and interfaces."""
from _ipaddress_parts import AddressValueError, NetmaskValueError, _Address, _Network, v4_text, v6_text, v4_number, v6_number

IPV4LENGTH, IPV6LENGTH = 32, 128


class IPv4Address(_Address):
    version, max_prefixlen = 4, 32
    _number, _text = staticmethod(v4_number), staticmethod(v4_text)
    _PRIVATE = ('0.0.0.0/8', '10.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24', '192.0.0.170/31', '192.0.2.0/24',
                '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '240.0.0.0/4', '255.255.255.255/32')
    _PUBLIC = ('192.0.0.9/32', '192.0.0.10/32')
    _MULTICAST, _LOOPBACK, _LINK_LOCAL, _RESERVED = '224.0.0.0/4', '127.0.0.0/8', '169.254.0.0/16', ('240.0.0.0/4',)

    @property
    def is_global(self):
        return self not in _network('100.64.0.0/10') and not self.is_private

    @property
    def ipv6_mapped(self):
        return IPv6Address(0xffff << 32 | self._ip)

    @property
    def reverse_pointer(self):
        return '.'.join(reversed(str(self).split('.'))) + '.in-addr.arpa'

    @property
    def exploded(self):
        return str(self)


class IPv6Address(_Address):
    version, max_prefixlen = 6, 128
    _number, _text = staticmethod(v6_number), staticmethod(v6_text)
    _PRIVATE = ('::1/128', '::/128', '::ffff:0:0/96', '64:ff9b:1::/48', '100::/64', '2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20', 'fc00::/7',
                'fe80::/10')
    _PUBLIC = ('2001:1::1/128', '2001:1::2/128', '2001:3::/32', '2001:4:112::/48', '2001:20::/28', '2001:30::/28')
    _MULTICAST, _LOOPBACK, _LINK_LOCAL = 'ff00::/8', '::1/128', 'fe80::/10'
    _RESERVED = ('::/8', '100::/8', '200::/7', '400::/6', '800::/5', '1000::/4', '4000::/3', '6000::/3', '8000::/3', 'A000::/3', 'C000::/3', 'E000::/4',
                 'F000::/5', 'F800::/6', 'FE00::/9')

    @property
    def is_global(self):
        return not self.is_private

    @property
    def is_private(self):
        mapped = self.ipv4_mapped
        return super().is_private if mapped is None else mapped.is_private

    @property
    def is_site_local(self):
        return self in _network('fec0::/10')

    @property
    def ipv4_mapped(self):
        return IPv4Address(self._ip & 0xffffffff) if self._ip >> 32 == 0xffff else None

    @property
    def exploded(self):
        if self._ip >> 32 == 0xffff:
            return '0000:' * 5 + 'ffff:' + v4_text(self._ip & 0xffffffff)
        digits = f'{self._ip:032x}'
        return ':'.join(digits[i:i + 4] for i in range(0, 32, 4))

    @property
    def reverse_pointer(self):
        return '.'.join(reversed(f'{self._ip:032x}')) + '.ip6.arpa'


class IPv4Network(_Network):
    version, max_prefixlen, _address_class = 4, 32, IPv4Address


class IPv6Network(_Network):
    version, max_prefixlen, _address_class = 6, 128, IPv6Address


def _network(text):
    return IPv6Network(text) if ':' in text else IPv4Network(text)


class _Interface:
    """An address and the network it is in."""

    def __init__(self, address):
        text = address
        if isinstance(address, tuple):
            text = f'{type(self).__mro__[2](address[0])}/{address[1]}'
        elif not isinstance(address, str) or '/' not in address:
            text = f'{type(self).__mro__[2](address)}/{self.max_prefixlen}'
        head = text.partition('/')[0]
        super().__init__(head)
        self.network = self._network_class(text, strict=False)
        self.netmask, self.hostmask = self.network.netmask, self.network.hostmask

    @property
    def ip(self):
        return self._plain_class(self._ip)

    def __str__(self):
        return f'{self._text(self._ip)}/{self.network.prefixlen}'

    def __eq__(self, other):
        return isinstance(other, _Interface) and (self._ip, self.network) == (other._ip, other.network)

    def __hash__(self):
        return hash((self._ip, self.network))

    @property
    def with_prefixlen(self):
        return str(self)

    @property
    def with_netmask(self):
        return f'{self._text(self._ip)}/{self.netmask}'

    @property
    def with_hostmask(self):
        return f'{self._text(self._ip)}/{self.hostmask}'


class IPv4Interface(_Interface, IPv4Address):
    _plain_class, _network_class = IPv4Address, IPv4Network


class IPv6Interface(_Interface, IPv6Address):
    _plain_class, _network_class = IPv6Address, IPv6Network


def _either(kinds, value, what):
    for kind in kinds:
        try:
            return kind(value) if what != 'network' else kind(value[0], value[1])
        except (AddressValueError, NetmaskValueError):
            pass
    shown = value[0] if what == 'network' else value
    raise ValueError(f'{shown!r} does not appear to be an IPv4 or IPv6 {what}')


def ip_address(address):
    return _either((IPv4Address, IPv6Address), address, 'address')


def ip_network(address, strict=True):
    return _either((IPv4Network, IPv6Network), (address, strict), 'network')


def ip_interface(address):
    return _either((IPv4Interface, IPv6Interface), address, 'interface')


def summarize_address_range(first, last):
    """The networks that make up the addresses from first to last."""
    if first.version != last.version:
        raise TypeError(f'{first} and {last} are not of the same version')
    if first > last:
        raise ValueError('last IP address must be greater than first')
    kind = IPv4Network if first.version == 4 else IPv6Network
    low, high, width = int(first), int(last), first.max_prefixlen
    while low <= high:
        bits = min(width if not low else (low & -low).bit_length() - 1, (high - low + 1).bit_length() - 1)
        yield kind((low, width - bits))
        low += 1 << bits


def collapse_addresses(addresses):
    """The fewest networks that hold exactly what is given."""
    networks = sorted(n if isinstance(n, _Network) else _network(f'{n}/{n.max_prefixlen}') for n in addresses)
    merged = []
    for network in networks:
        if merged and network.subnet_of(merged[-1]):
            continue
        merged.append(network)
        while len(merged) > 1 and merged[-2].prefixlen == merged[-1].prefixlen and merged[-1].prefixlen and merged[-2] != merged[-1] \
                and merged[-2].supernet() == merged[-1].supernet():
            merged[-2:] = [merged[-1].supernet()]
    return iter(merged)


def get_mixed_type_key(obj):
    return (obj.version, obj._ip) if isinstance(obj, _Address) else (obj.version, obj.network_address, obj.netmask)


def v4_int_to_packed(address):
    return address.to_bytes(4, 'big')


def v6_int_to_packed(address):
    return address.to_bytes(16, 'big')
