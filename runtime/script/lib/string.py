"""Constants, templates and the formatter class behind str.format."""
__all__ = ['ascii_letters', 'ascii_lowercase', 'ascii_uppercase', 'capwords', 'digits', 'hexdigits', 'octdigits', 'printable', 'punctuation', 'whitespace',
           'Formatter', 'Template']
whitespace = ' \t\n\r\v\f'
ascii_lowercase = 'abcdefghijklmnopqrstuvwxyz'
ascii_uppercase = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
ascii_letters = ascii_lowercase + ascii_uppercase
digits = '0123456789'
hexdigits = digits + 'abcdef' + 'ABCDEF'
octdigits = '01234567'
punctuation = r"""!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~"""
printable = digits + ascii_letters + punctuation + whitespace


def capwords(s, sep=None):
    """Split the argument into words, capitalize each, and join them."""
    return (sep or ' ').join(map(str.capitalize, s.split(sep)))


_unset = {}


class Template:
    """A string class for supporting $-substitutions."""
    delimiter = '$'
    idpattern = r'(?a:[_a-z][_a-z0-9]*)'
    braceidpattern = None
    flags = 2                           # re.IGNORECASE

    def __init_subclass__(cls):
        super().__init_subclass__()
        cls.__dict__.get('pattern') and cls._regex()

    def __init__(self, template):
        self.template = template

    @classmethod
    def _regex(cls):
        import re
        own = cls.__dict__.get('_compiled')
        if own is None:
            text = getattr(cls, 'pattern', None)
            if text is None:
                delim = re.escape(cls.delimiter)
                text = (rf'{delim}(?:(?P<escaped>{delim})|(?P<named>{cls.idpattern})|{{(?P<braced>{cls.braceidpattern or cls.idpattern})}}|(?P<invalid>))')
            own = re.compile(text, int(cls.flags) | 64) if isinstance(text, str) else text
            cls._compiled = own
        return own

    def _invalid(self, mo):
        i = mo.start('invalid')
        lines = self.template[:i].splitlines(keepends=True)
        if not lines:
            colno = lineno = 1
        else:
            colno = i - len(''.join(lines[:-1]))
            lineno = len(lines)
        raise ValueError('Invalid placeholder in string: line %d, col %d' % (lineno, colno))

    def _fill(self, mapping, kws, safe):
        if mapping is _unset:
            mapping = kws
        elif kws:
            from collections import ChainMap
            mapping = ChainMap(kws, mapping)

        def convert(mo):
            named = mo.group('named') or mo.group('braced')
            if named is not None:
                if not safe:
                    return str(mapping[named])
                try:
                    return str(mapping[named])
                except KeyError:
                    return mo.group()
            if mo.group('escaped') is not None:
                return self.delimiter
            if mo.group('invalid') is not None:
                if safe:
                    return mo.group()
                self._invalid(mo)
            raise ValueError('Unrecognized named group in pattern', self._regex())
        return self._regex().sub(convert, self.template)

    def substitute(self, mapping=_unset, /, **kws):
        return self._fill(mapping, kws, False)

    def safe_substitute(self, mapping=_unset, /, **kws):
        return self._fill(mapping, kws, True)

    def is_valid(self):
        return all(mo.group('invalid') is None for mo in self._regex().finditer(self.template))

    def get_identifiers(self):
        ids = []
        for mo in self._regex().finditer(self.template):
            named = mo.group('named') or mo.group('braced')
            if named is not None and named not in ids:
                ids.append(named)
        return ids


class Formatter:
    """str.format, with every step open to overriding."""

    def format(self, format_string, /, *args, **kwargs):
        return self.vformat(format_string, args, kwargs)

    def vformat(self, format_string, args, kwargs):
        used = set()
        result, _ = self._vformat(format_string, args, kwargs, used, 2)
        self.check_unused_args(used, args, kwargs)
        return result

    def _vformat(self, format_string, args, kwargs, used, depth, auto=0):
        if depth < 0:
            raise ValueError('Max string recursion exceeded')
        result = []
        for literal, field_name, spec, conversion in self.parse(format_string):
            if literal:
                result.append(literal)
            if field_name is None:
                continue
            head = field_name.replace('[', '.').split('.')[0]
            if head == '':
                if auto is False:
                    raise ValueError('cannot switch from manual field specification to automatic field numbering')
                field_name = str(auto) + field_name
                auto += 1
            elif head.isdigit():
                if auto:
                    raise ValueError('cannot switch from manual field specification to automatic field numbering')
                auto = False
            obj, arg_used = self.get_field(field_name, args, kwargs)
            used.add(arg_used)
            obj = self.convert_field(obj, conversion)
            spec, auto = self._vformat(spec, args, kwargs, used, depth - 1, auto)
            result.append(self.format_field(obj, spec))
        return ''.join(result), auto

    def get_value(self, key, args, kwargs):
        return args[key] if isinstance(key, int) else kwargs[key]

    def check_unused_args(self, used_args, args, kwargs):
        pass

    def format_field(self, value, format_spec):
        return format(value, format_spec)

    def convert_field(self, value, conversion):
        if conversion is None:
            return value
        if conversion in ('s', 'r', 'a'):
            return {'s': str, 'r': repr, 'a': ascii}[conversion](value)
        raise ValueError(f'Unknown conversion specifier {conversion!s}')

    def parse(self, s):
        """(literal, field, spec, conversion) for each replacement field, None for what is absent."""
        i, n = 0, len(s)
        literal = []
        while i < n:
            c = s[i]
            if c == '{':
                if s[i + 1:i + 2] == '{':
                    yield ''.join(literal) + '{', None, None, None
                    literal, i = [], i + 2
                    continue
                if i + 1 >= n:
                    raise ValueError("Single '{' encountered in format string")
                depth, j = 1, i + 1
                while j < n and depth:
                    depth += (s[j] == '{') - (s[j] == '}')
                    j += 1
                if depth:
                    raise ValueError("expected '}' before end of string")
                yield (''.join(literal), *_field(s[i + 1:j - 1]))
                literal, i = [], j
            elif c == '}':
                if s[i + 1:i + 2] != '}':
                    raise ValueError("Single '}' encountered in format string")
                yield ''.join(literal) + '}', None, None, None
                literal, i = [], i + 2
            else:
                literal.append(c)
                i += 1
        if literal:
            yield ''.join(literal), None, None, None

    def get_field(self, field_name, args, kwargs):
        first, rest = _split_field(field_name)
        obj = self.get_value(first, args, kwargs)
        for is_attr, key in rest:
            obj = getattr(obj, key) if is_attr else obj[key]
        return obj, first


def _field(text):
    """name!conversion:spec, taken apart; brackets in the name may hold ! and :"""
    i, bracket = 0, False
    while i < len(text):
        c = text[i]
        if c == '[':
            bracket = True
        elif c == ']':
            bracket = False
        elif not bracket and c in '!:':
            break
        i += 1
    name, rest = text[:i], text[i:]
    conversion, spec = None, ''
    if rest[:1] == '!':
        if len(rest) < 2:
            raise ValueError('end of string while looking for conversion specifier')
        conversion, rest = rest[1], rest[2:]
        if rest and rest[0] != ':':
            raise ValueError("expected ':' after conversion specifier")
    if rest[:1] == ':':
        spec = rest[1:]
    return name, spec, conversion


def _split_field(name):
    i = 0
    while i < len(name) and name[i] not in '.[':
        i += 1
    first, rest = name[:i], []
    while i < len(name):
        if name[i] == '.':
            j = i + 1
            while j < len(name) and name[j] not in '.[':
                j += 1
            if j == i + 1:
                raise ValueError('Empty attribute in format string')
            rest.append((True, name[i + 1:j]))
        elif name[i] == '[':
            j = name.find(']', i)
            if j < 0:
                raise ValueError("Missing ']' in format string")
            if j == i + 1:
                raise ValueError('Empty attribute in format string')
            key = name[i + 1:j]
            rest.append((False, int(key) if key.isdigit() else key))
            j += 1
        else:
            raise ValueError("Only '.' or '[' may follow ']' in format field specifier")
        i = j
    return (int(first) if first.isdigit() else first), rest
