"""Types of files by the ends of their names."""
suffix_map = {'.svgz': '.svg.gz', '.tgz': '.tar.gz', '.taz': '.tar.gz', '.tz': '.tar.gz', '.tbz2': '.tar.bz2', '.txz': '.tar.xz'}
encodings_map = {'.gz': 'gzip', '.Z': 'compress', '.bz2': 'bzip2', '.xz': 'xz', '.br': 'br'}
types_map = {
    '.js': 'text/javascript', '.mjs': 'text/javascript', '.json': 'application/json', '.webmanifest': 'application/manifest+json',
    '.doc': 'application/msword', '.bin': 'application/octet-stream', '.exe': 'application/octet-stream', '.so': 'application/octet-stream',
    '.pdf': 'application/pdf', '.ai': 'application/postscript', '.ps': 'application/postscript', '.xls': 'application/vnd.ms-excel',
    '.ppt': 'application/vnd.ms-powerpoint', '.wasm': 'application/wasm', '.h5': 'application/x-hdf5', '.pyc': 'application/x-python-code',
    '.sh': 'application/x-sh', '.tar': 'application/x-tar', '.tex': 'application/x-tex', '.zip': 'application/zip', '.xml': 'application/xml',
    '.mp3': 'audio/mpeg', '.wav': 'audio/x-wav', '.aac': 'audio/aac', '.bmp': 'image/bmp', '.gif': 'image/gif', '.ico': 'image/vnd.microsoft.icon',
    '.jpg': 'image/jpeg', '.jpe': 'image/jpeg', '.jpeg': 'image/jpeg', '.png': 'image/png', '.svg': 'image/svg+xml', '.tiff': 'image/tiff',
    '.tif': 'image/tiff', '.webp': 'image/webp', '.eml': 'message/rfc822', '.css': 'text/css', '.csv': 'text/csv', '.html': 'text/html', '.htm': 'text/html',
    '.md': 'text/markdown', '.n3': 'text/n3', '.txt': 'text/plain', '.c': 'text/plain', '.h': 'text/plain', '.pl': 'text/plain', '.bat': 'text/plain',
    '.py': 'text/x-python', '.rtf': 'text/rtf', '.tsv': 'text/tab-separated-values', '.vcf': 'text/x-vcard', '.mp4': 'video/mp4', '.mpeg': 'video/mpeg',
    '.mpg': 'video/mpeg', '.mov': 'video/quicktime', '.webm': 'video/webm', '.avi': 'video/x-msvideo', '.woff': 'font/woff', '.woff2': 'font/woff2',
    '.ttf': 'font/ttf', '.otf': 'font/otf'}
common_types = {'.rtf': 'application/rtf', '.xul': 'text/xul', '.webp': 'image/webp'}
inited = True
knownfiles = []


def init(files=None):
    pass


def guess_type(url, strict=True):
    """(type, encoding) of a name or URL."""
    import posixpath
    name = str(url.__fspath__() if hasattr(url, '__fspath__') else url)
    if '://' in name:
        from urllib.parse import urlparse
        name = urlparse(name).path
    base, ext = posixpath.splitext(name)
    while ext.lower() in suffix_map:
        base, ext = posixpath.splitext(base + suffix_map[ext.lower()])
    encoding = encodings_map.get(ext)
    if encoding is not None:
        base, ext = posixpath.splitext(base)
    found = types_map.get(ext.lower())
    if found is None and not strict:
        found = common_types.get(ext.lower())
    return found, encoding


def guess_file_type(path, *, strict=True):
    return guess_type(path, strict)


def guess_all_extensions(type, strict=True):
    return [ext for ext, found in types_map.items() if found == type.lower()]


def guess_extension(type, strict=True):
    found = guess_all_extensions(type, strict)
    return found[0] if found else None


def add_type(type, ext, strict=True):
    types_map[ext] = type


class MimeTypes:
    def __init__(self, filenames=(), strict=True):
        self.types_map = ({}, dict(types_map))

    guess_type = staticmethod(guess_type)
    guess_extension = staticmethod(guess_extension)
    guess_all_extensions = staticmethod(guess_all_extensions)
    add_type = staticmethod(add_type)
