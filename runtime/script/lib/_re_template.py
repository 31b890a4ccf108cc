"""Replacement templates of re.sub: \\1, \\g<name>, \\n."""
_hidden_frames = True
_DIGITS = '0123456789'
_OCT = '01234567'
_CONTROL = {'a': '\a', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t', 'v': '\v', '\\': '\\'}


def _parts(pattern, source, fail):
    """Strings and group numbers, alternating as they stand."""
    out, literal = [], []

    def add_group(number, pos):
        if number > pattern.groups:
            fail(f'invalid group reference {number}', pos)
        if literal:
            out.append(''.join(literal))
            literal.clear()
        out.append(number)

    i, n = 0, len(source)
    while i < n:
        c = source[i]
        if c != '\\':
            end = source.find('\\', i)
            literal.append(source[i:n if end < 0 else end])
            i = n if end < 0 else end
            continue
        if i + 1 >= n:
            fail('bad escape (end of pattern)', i)
        c = source[i + 1]
        start = i
        i += 2
        if c == 'g':
            if source[i:i + 1] != '<':
                fail('missing <', i)
            end = source.find('>', i)
            if end < 0:
                fail('missing group name' if i + 1 >= n else 'missing >, unterminated name', i + 1)
            name = source[i + 1:end]
            if not name:
                fail('missing group name', i + 1)
            if name.isdecimal() and name.isascii():
                number = int(name)
                if number >= 100000000:
                    fail(f'invalid group reference {number}', i + 1)
            elif not name.isidentifier():
                fail(f'bad character in group name {name!r}', i + 1)
            else:
                try:
                    number = pattern.groupindex[name]
                except KeyError:
                    raise IndexError(f'unknown group name {name!r}') from None
            add_group(number, i + 1)
            i = end + 1
        elif c == '0':
            digits = ''
            while len(digits) < 2 and source[i:i + 1] in _OCT and i < n:
                digits += source[i]
                i += 1
            literal.append(chr(int('0' + digits, 8) & 0xff))
        elif c in _DIGITS:
            digits = c
            if i < n and source[i] in _DIGITS:
                digits += source[i]
                i += 1
                if c in _OCT and digits[1] in _OCT and i < n and source[i] in _OCT:
                    digits += source[i]
                    i += 1
                    value = int(digits, 8)
                    if value > 0o377:
                        fail(f'octal escape value \\{digits} outside of range 0-0o377', start)
                    literal.append(chr(value))
                    continue
            add_group(int(digits), start + 1)
        elif c in _CONTROL:
            literal.append(_CONTROL[c])
        elif c.isalpha() and c.isascii():
            fail(f'bad escape \\{c}', start)
        else:
            literal.append('\\' + c)
    if literal:
        out.append(''.join(literal))
    return out


def compile_template(pattern, template):
    """A function from a Match to the text the template stands for."""
    text = isinstance(template, str)
    source = template if text else bytes(template).decode('latin-1')

    def fail(message, pos):
        from re import PatternError
        raise PatternError(message, template, pos)
    parts = [p if isinstance(p, int) or text else p.encode('latin-1') for p in _parts(pattern, source, fail)]
    empty = '' if text else b''

    def expand(match):
        return empty.join([match._slice(p, empty) if isinstance(p, int) else p for p in parts])
    return expand
