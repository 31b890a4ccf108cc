"""Time zones by name, the hashes written in Python, base 85, and what help() shows."""
import base64
import datetime as d
import hashlib
import pickle
import socket
from typing import SupportsAbs

for name in ('sha3_224', 'sha3_256', 'sha3_512', 'blake2b', 'blake2s'):
    h = hashlib.new(name, b'hello')
    h.update(b' world')
    print(name, h.hexdigest(), h.digest_size, h.block_size, h.copy().digest() == h.digest())
print(hashlib.shake_128(b'x').hexdigest(20), hashlib.blake2b(b'abc', digest_size=16, key=b'k').hexdigest(), hashlib.blake2s(b'q' * 130, salt=b'ss').hexdigest())
data = b'In the clear.\x00\x00\x00\x00 end'
print(base64.b85encode(data), base64.b85decode(base64.b85encode(data)) == data, base64.a85encode(data, adobe=True, wrapcol=20), base64.b32hexencode(b'hi'))
print(base64.a85decode(base64.a85encode(data)) == data, base64.z85encode(b'12345678'), base64.a85encode(b'    ', foldspaces=True))
print(socket.inet_pton(socket.AF_INET6, '2002:ac10::1').hex(), socket.inet_ntop(socket.AF_INET, b'\x7f\0\0\1'), socket.getprotobyname('tcp'))
print(SupportsAbs[float], isinstance(3, SupportsAbs), issubclass(str, SupportsAbs))

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

NY, London, Tokyo, Sydney, Kolkata = map(ZoneInfo, ('America/New_York', 'Europe/London', 'Asia/Tokyo', 'Australia/Sydney', 'Asia/Kolkata'))
for when in (d.datetime(2024, 1, 15, 12), d.datetime(2024, 7, 1, 12), d.datetime(2024, 3, 10, 2, 30), d.datetime(2024, 11, 3, 1, 30), d.datetime(2024, 10, 6, 2, 30)):
    for zone in (NY, London, Tokyo, Sydney, Kolkata):
        local = when.replace(tzinfo=zone)
        print(local, local.tzname(), local.dst(), local.astimezone(d.timezone.utc), when.replace(tzinfo=d.timezone.utc).astimezone(zone))
twice = d.datetime(2024, 11, 3, 1, 30, tzinfo=NY)
print(twice.utcoffset(), twice.replace(fold=1).utcoffset(), twice.replace(fold=1).tzname(), d.datetime(2024, 11, 3, 6, 30, tzinfo=d.timezone.utc).astimezone(NY).fold)
print(repr(NY), str(NY), NY.key, ZoneInfo('America/New_York') is NY, NY.utcoffset(None), ZoneInfo('UTC').utcoffset(None), pickle.loads(pickle.dumps(NY)) is NY)
print(d.datetime(2024, 7, 4, 9, 30, tzinfo=NY).isoformat(), d.datetime(2024, 7, 4, 9, 30, tzinfo=NY) - d.datetime(2024, 7, 4, 9, 30, tzinfo=London))
try:
    ZoneInfo('Mars/Base')
except ZoneInfoNotFoundError as e:
    print(repr(e))


import sys

print([sys.getsizeof(x) for x in ([], [1], [1, 2, 3], [1, 2, 3, 4, 5], list(range(10)), [i for i in range(10)], (1, 2, 3), {}, {'a': 1}, {1, 2}, '', 'abc', 1, 10**10,
                                  1.5, None, True, b'ab', range(3))])


def starred(*args: *tuple[int, ...]):
    pass


print(starred.__annotations__)
