from _real_hashlib import new
from zlib import crc32
