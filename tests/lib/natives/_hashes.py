from _real_hashlib import new
from _real_zlib import crc32
