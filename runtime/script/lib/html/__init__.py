"""Escaping for HTML."""
_NAMED = {'amp': '&', 'lt': '<', 'gt': '>', 'quot': '"', 'apos': "'", 'nbsp': '\xa0', 'copy': '©', 'reg': '®', 'hellip': '…', 'mdash': '—', 'ndash': '–',
          'lsquo': '‘', 'rsquo': '’', 'ldquo': '“', 'rdquo': '”', 'euro': '€', 'times': '×', 'middot': '·', 'bull': '•', 'deg': '°'}


def escape(s, quote=True):
    """Replace special characters "&", "<" and ">" to HTML-safe sequences."""
    s = s.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;')
    return s.replace('"', '&quot;').replace("'", '&#x27;') if quote else s


def unescape(s):
    """Convert all named and numeric character references in the string s."""
    out, i = [], 0
    while True:
        at = s.find('&', i)
        if at < 0:
            return ''.join(out) + s[i:]
        out.append(s[i:at])
        end = s.find(';', at)
        name = s[at + 1:end] if end > 0 else ''
        value = None
        if name[:2] in ('#x', '#X') and name[2:] and all(c in '0123456789abcdefABCDEF' for c in name[2:]):
            value = chr(int(name[2:], 16))
        elif name[:1] == '#' and name[1:].isdigit():
            value = chr(int(name[1:]))
        else:
            value = _NAMED.get(name)
        if value is None:
            out.append('&')
            i = at + 1
        else:
            out.append(value)
            i = end + 1
