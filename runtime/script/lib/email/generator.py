"""Messages as text."""
import random
import sys
from email.header import Header, _encoded

__all__ = ['Generator', 'BytesGenerator']


def _fold(name, value, policy):
    limit = policy.max_line_length or 10 ** 9
    lines, line = [], f'{name}: '
    for at, word in enumerate(value.split(' ')):
        if at and len(line) + 1 + len(word) > limit and line.strip() != name + ':':
            lines.append(line)
            line = ''
        line += (' ' if at else '') + word
    return '\n'.join(lines + [line])


def _header(name, value, policy):
    if isinstance(value, Header):
        value = value.encode()
    elif not value.isascii():
        value = ' '.join(w if w.isascii() else _encoded(w) for w in [value])
    return _fold(name, value, policy) if '\n' not in value else f'{name}: {value}'


def _boundary(texts):
    token = '=' * 15 + ('%0*d' % (len(repr(sys.maxsize - 1)), random.randrange(sys.maxsize))) + '=='
    extra, boundary = 0, token
    while any(boundary in text for text in texts):
        boundary = f'{token}.{extra}'
        extra += 1
    return boundary


def flatten(message, unixfrom, policy):
    body = message.get_payload()
    if isinstance(body, list):
        texts = [flatten(part, False, policy) for part in body]
        boundary = message.get_boundary()
        if boundary is None:
            boundary = _boundary(texts)
            message.set_boundary(boundary)
        text = (message.preamble + '\n' if message.preamble else '') + '--' + boundary
        text += ''.join('\n' + part + '\n--' + boundary for part in texts) if texts else '\n\n--' + boundary
        text += '--\n' + (message.epilogue or '')
    else:
        text = '' if body is None else body if isinstance(body, str) else body.decode('ascii', 'surrogateescape')
    head = ''.join(_header(name, value, policy) + '\n' for name, value in message.items())
    whole = head + '\n' + text
    return whole if policy.linesep == '\n' else whole.replace('\n', policy.linesep)


class Generator:
    def __init__(self, outfp, mangle_from_=None, maxheaderlen=None, *, policy=None):
        self._fp, self.policy = outfp, policy

    def flatten(self, msg, unixfrom=False, linesep=None):
        self._fp.write(flatten(msg, unixfrom, self.policy or msg.policy))


class BytesGenerator(Generator):
    def flatten(self, msg, unixfrom=False, linesep=None):
        self._fp.write(flatten(msg, unixfrom, self.policy or msg.policy).encode('utf-8', 'surrogateescape'))
