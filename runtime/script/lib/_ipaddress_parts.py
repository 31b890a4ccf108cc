"""What IPv4 and IPv6 have in common."""


class AddressValueError(ValueError):
    pass


class NetmaskValueError(ValueError):
    pass


AddressValueError.__module__ = NetmaskValueError.__module__ = 'ipaddress'


def v4_number(text):
    if not text:
        raise AddressValueError('Address cannot be empty')
    parts = text.split('.')
    if len(parts) != 4:
        raise AddressValueError(f'Expected 4 octets in {text!r}')
    value = 0
    for part in parts:
        why = _octet_fault(part)
        if why:
            raise AddressValueError(f'{why} in {text!r}')
        value = value << 8 | int(part)
    return value


def _octet_fault(part):
    if not part:
        return 'Empty octet not permitted'
    if not (part.isascii() and part.isdigit()):
        return f'Only decimal digits permitted in {part!r}'
    if len(part) > 3:
        return f'At most 3 characters permitted in {part!r}'
    if part != '0' and part[0] == '0':
        return f'Leading zeros are not permitted in {part!r}'
    return f'Octet {int(part)} (> 255) not permitted' if int(part) > 255 else ''


def v4_text(value):
    return '.'.join(str(value >> shift & 255) for shift in (24, 16, 8, 0))


def v6_number(text):
    if not text:
        raise AddressValueError('Address cannot be empty')
    parts = text.split(':')
    if len(parts) < 3:
        raise AddressValueError(f'At least 3 parts expected in {text!r}')
    if '.' in parts[-1]:
        low = v4_number(parts.pop())
        parts += [f'{low >> 16:x}', f'{low & 0xffff:x}']
    if len(parts) > 9:
        raise AddressValueError(f'At most 8 colons permitted in {text!r}')
    gaps = [i for i in range(1, len(parts) - 1) if not parts[i]]
    if len(gaps) > 1:
        raise AddressValueError(f"At most one '::' permitted in {text!r}")
    if gaps:
        head, tail = parts[:gaps[0]], parts[gaps[0] + 1:]
        head = [] if head == [''] else head
        tail = [] if tail == [''] else tail
        parts = head + ['0'] * (8 - len(head) - len(tail)) + tail
    if len(parts) != 8:
        raise AddressValueError(f"Exactly 8 parts expected without '::' in {text!r}")
    value = 0
    for part in parts:
        if not part or len(part) > 4 or any(c not in '0123456789abcdefABCDEF' for c in part):
            what = f'At most 4 characters permitted in {part!r}' if len(part) > 4 else f'Only hex digits permitted in {part!r}'
            raise AddressValueError(f'{what} in {text!r}')
        value = value << 16 | int(part, 16)
    return value


def v6_text(value):
    if value >> 32 == 0xffff:
        return f'::ffff:{v4_text(value & 0xffffffff)}'
    groups = [f'{value >> shift & 0xffff:x}' for shift in range(112, -1, -16)]
    best, best_length, start = -1, 1, -1
    for i in range(9):
        if i < 8 and groups[i] == '0':
            start = i if start < 0 else start
            continue
        if start >= 0 and i - start > best_length:
            best, best_length = start, i - start
        start = -1
    if best < 0:
        return ':'.join(groups)
    return ':'.join(groups[:best]) + '::' + ':'.join(groups[best + best_length:])


class _Address:
    """One address: a number and its text."""
    __slots__ = ('_ip', '__weakref__', '__dict__')

    def __init__(self, address):
        if isinstance(address, int):
            if address < 0:
                raise AddressValueError(f'{address} (< 0) is not permitted as an IPv{self.version} address')
            if address >> self.max_prefixlen:
                raise AddressValueError(f'{address} (>= 2**{self.max_prefixlen}) is not permitted as an IPv{self.version} address')
            self._ip = address
        elif isinstance(address, bytes):
            if len(address) * 8 != self.max_prefixlen:
                raise AddressValueError(f'{address!r} (len {len(address)} != {self.max_prefixlen // 8}) is not permitted as an IPv{self.version} address')
            self._ip = int.from_bytes(address, 'big')
        else:
            text = str(address)
            if '/' in text:
                raise AddressValueError(f"Unexpected '/' in {address!r}")
            self._ip = self._number(text)

    def __str__(self):
        return self._text(self._ip)

    def __repr__(self):
        return f'{type(self).__name__}({str(self)!r})'

    def __int__(self):
        return self._ip

    def __hash__(self):
        return hash(hex(self._ip))

    def __eq__(self, other):
        return self._ip == other._ip and self.version == other.version if isinstance(other, _Address) else NotImplemented

    def _order(self, other):
        if not isinstance(other, _Address):
            return NotImplemented
        if self.version != other.version:
            raise TypeError(f'{self} and {other} are not of the same version')
        return self._ip - other._ip

    def __lt__(self, other):
        order = self._order(other)
        return order if order is NotImplemented else order < 0

    def __le__(self, other):
        order = self._order(other)
        return order if order is NotImplemented else order <= 0

    def __gt__(self, other):
        order = self._order(other)
        return order if order is NotImplemented else order > 0

    def __ge__(self, other):
        order = self._order(other)
        return order if order is NotImplemented else order >= 0

    def __add__(self, other):
        return type(self)(self._ip + other) if isinstance(other, int) else NotImplemented

    def __sub__(self, other):
        return type(self)(self._ip - other) if isinstance(other, int) else NotImplemented

    def __format__(self, spec):
        if not spec or spec[-1] == 's':
            return format(str(self), spec)
        kind = spec[-1]
        plain = spec[:-1].strip('#_0')
        if plain or kind not in 'bnxX':
            return format(str(self), spec)
        kind = ('b' if self.version == 4 else 'x') if kind == 'n' else kind
        width = self.max_prefixlen if kind == 'b' else self.max_prefixlen // 4
        if '_' in spec:
            width += width // 4 - 1
        if '#' in spec:
            width += 2
        return format(self._ip, f"{'#' if '#' in spec else ''}0{width}{'_' if '_' in spec else ''}{kind}")

    def _in(self, ranges):
        from ipaddress import _network
        return any(self in _network(r) for r in ((ranges,) if isinstance(ranges, str) else ranges))

    @property
    def packed(self):
        return self._ip.to_bytes(self.max_prefixlen // 8, 'big')

    @property
    def compressed(self):
        return str(self)

    is_private = property(lambda self: self._in(self._PRIVATE) and not self._in(self._PUBLIC))
    is_multicast = property(lambda self: self._in(self._MULTICAST))
    is_loopback = property(lambda self: self._in(self._LOOPBACK))
    is_link_local = property(lambda self: self._in(self._LINK_LOCAL))
    is_reserved = property(lambda self: self._in(self._RESERVED))
    is_unspecified = property(lambda self: self._ip == 0)


class _Network:
    """A range of addresses with a common prefix."""

    def __init__(self, address, strict=True):
        head, mask = self._parts(address)
        first = self._address_class(head)
        self.prefixlen = self._prefix(mask)
        netmask = ((1 << self.prefixlen) - 1) << (self.max_prefixlen - self.prefixlen)
        self.netmask = self._address_class(netmask)
        if strict and first._ip & ~netmask:
            raise ValueError(f'{self._address_class(first._ip)}/{self.prefixlen} has host bits set')
        self.network_address = self._address_class(first._ip & netmask)

    def _parts(self, address):
        if isinstance(address, (int, bytes)):
            return address, self.max_prefixlen
        if isinstance(address, tuple):
            return address[0], address[1] if len(address) > 1 else self.max_prefixlen
        pieces = str(address).split('/')
        if len(pieces) > 2:
            raise AddressValueError(f"Only one '/' permitted in {address!r}")
        return pieces[0], pieces[1] if len(pieces) > 1 else self.max_prefixlen

    def _prefix(self, mask):
        if isinstance(mask, int) or mask.isascii() and mask.isdigit():
            prefix = int(mask)
            if not 0 <= prefix <= self.max_prefixlen:
                raise NetmaskValueError(f'{mask!r} is not a valid netmask')
            return prefix
        if self.version == 4:
            try:
                value = v4_number(mask)
            except AddressValueError:
                raise NetmaskValueError(f'{mask!r} is not a valid netmask') from None
            for candidate in (value, value ^ 0xffffffff):
                ones = bin(candidate).count('1')
                if candidate == ((1 << ones) - 1) << (32 - ones):
                    return ones
        raise NetmaskValueError(f'{mask!r} is not a valid netmask')

    @property
    def broadcast_address(self):
        return self._address_class(self.network_address._ip | self.hostmask._ip)

    @property
    def hostmask(self):
        return self._address_class((1 << (self.max_prefixlen - self.prefixlen)) - 1)

    @property
    def num_addresses(self):
        return 1 << (self.max_prefixlen - self.prefixlen)

    def __str__(self):
        return f'{self.network_address}/{self.prefixlen}'

    def __repr__(self):
        return f'{type(self).__name__}({str(self)!r})'

    with_prefixlen = compressed = property(__str__)
    with_netmask = property(lambda self: f'{self.network_address}/{self.netmask}')
    with_hostmask = property(lambda self: f'{self.network_address}/{self.hostmask}')
    exploded = property(lambda self: f'{self.network_address.exploded}/{self.prefixlen}')

    def __iter__(self):
        for value in range(self.network_address._ip, self.broadcast_address._ip + 1):
            yield self._address_class(value)

    def hosts(self):
        first, last = self.network_address._ip, self.broadcast_address._ip
        if self.prefixlen == self.max_prefixlen:
            return [self._address_class(first)]
        if self.prefixlen == self.max_prefixlen - 1:
            return list(self)
        return map(self._address_class, range(first + 1, last + (self.version == 6)))

    def __getitem__(self, n):
        value = (self.network_address if n >= 0 else self.broadcast_address)._ip + (n if n >= 0 else n + 1)
        if not self.network_address._ip <= value <= self.broadcast_address._ip:
            raise IndexError('address out of range')
        return self._address_class(value)

    def __contains__(self, other):
        if self.version != other.version or isinstance(other, _Network):
            return False
        return other._ip & self.netmask._ip == self.network_address._ip

    def __eq__(self, other):
        if not isinstance(other, _Network):
            return NotImplemented
        return self.version == other.version and self.network_address == other.network_address and self.prefixlen == other.prefixlen

    def __lt__(self, other):
        if not isinstance(other, _Network):
            return NotImplemented
        if self.version != other.version:
            raise TypeError(f'{self} and {other} are not of the same version')
        return (self.network_address._ip, self.prefixlen) < (other.network_address._ip, other.prefixlen)

    def __gt__(self, other):
        return other < self if isinstance(other, _Network) else NotImplemented

    def __le__(self, other):
        return not other < self if isinstance(other, _Network) else NotImplemented

    def __ge__(self, other):
        return not self < other if isinstance(other, _Network) else NotImplemented

    def __hash__(self):
        return hash((self.network_address._ip, self.netmask._ip))

    def overlaps(self, other):
        return other.network_address in self or other.broadcast_address in self or self.network_address in other or self.broadcast_address in other

    def subnet_of(self, other):
        return _inside(self, other)

    def supernet_of(self, other):
        return _inside(other, self)

    def subnets(self, prefixlen_diff=1, new_prefix=None):
        if self.prefixlen == self.max_prefixlen:
            yield self
            return
        if new_prefix is not None:
            if new_prefix < self.prefixlen:
                raise ValueError('new prefix must be longer')
            if prefixlen_diff != 1:
                raise ValueError('cannot set prefixlen_diff and new_prefix')
            prefixlen_diff = new_prefix - self.prefixlen
        if prefixlen_diff < 0:
            raise ValueError('prefix length diff must be > 0')
        prefix = self.prefixlen + prefixlen_diff
        if prefix > self.max_prefixlen:
            raise ValueError(f'prefix length diff {prefix} is invalid for netblock {self}')
        for value in range(self.network_address._ip, self.broadcast_address._ip + 1, 1 << (self.max_prefixlen - prefix)):
            yield type(self)((value, prefix))

    def supernet(self, prefixlen_diff=1, new_prefix=None):
        if self.prefixlen == 0:
            return self
        if new_prefix is not None:
            if new_prefix > self.prefixlen:
                raise ValueError('new prefix must be shorter')
            prefixlen_diff = self.prefixlen - new_prefix
        prefix = self.prefixlen - prefixlen_diff
        if prefix < 0:
            raise ValueError(f'current prefixlen is {self.prefixlen}, cannot have a prefixlen_diff of {prefixlen_diff}')
        return type(self)((self.network_address._ip & (self.netmask._ip << prefixlen_diff), prefix), strict=False)

    def address_exclude(self, other):
        if not other.subnet_of(self):
            raise ValueError(f'{other} not contained in {self}')
        here = self
        while here != other:
            first, second = here.subnets()
            here, rest = (first, second) if other.subnet_of(first) else (second, first)
            yield rest

    def _both(name):
        return property(lambda self: getattr(self.network_address, name) and getattr(self.broadcast_address, name))

    is_private, is_global, is_multicast, is_loopback = _both('is_private'), _both('is_global'), _both('is_multicast'), _both('is_loopback')
    is_link_local, is_reserved, is_unspecified = _both('is_link_local'), _both('is_reserved'), _both('is_unspecified')


def _inside(a, b):
    if a.version != b.version:
        raise TypeError(f'{a} and {b} are not of the same version')
    return b.network_address <= a.network_address and b.broadcast_address >= a.broadcast_address
