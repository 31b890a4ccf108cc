"""Values that name other options."""
import re

from _configparser_errors import (InterpolationDepthError, InterpolationMissingOptionError, InterpolationSyntaxError, NoOptionError, NoSectionError)

_MAX_DEPTH = 10


class Interpolation:
    """Leaves values as they are."""

    def before_get(self, parser, section, option, value, defaults):
        return value

    def before_set(self, parser, section, option, value):
        return value

    def before_read(self, parser, section, option, value):
        return value

    def before_write(self, parser, section, option, value):
        return value


class BasicInterpolation(Interpolation):
    """%(option)s stands for another option of the section or of the defaults."""
    _KEY = re.compile(r'%\(([^)]+)\)s')

    def before_get(self, parser, section, option, value, defaults):
        out = []
        self._expand(parser, option, out, value, section, defaults, 1)
        return ''.join(out)

    def before_set(self, parser, section, option, value):
        rest = self._KEY.sub('', value.replace('%%', ''))
        if '%' in rest:
            raise ValueError(f'invalid interpolation syntax in {value!r} at position {rest.find("%")}')
        return value

    def _expand(self, parser, option, out, rest, section, values, depth):
        raw = parser.get(section, option, raw=True, fallback=rest)
        if depth > _MAX_DEPTH:
            raise InterpolationDepthError(option, section, raw)
        while rest:
            before, sign, rest = rest.partition('%')
            out.append(before)
            if not sign:
                return
            if rest[:1] == '%':
                out.append('%')
                rest = rest[1:]
                continue
            if rest[:1] != '(':
                raise InterpolationSyntaxError(option, section, f"'%' must be followed by '%' or '(', found: {'%' + rest!r}")
            key = self._KEY.match('%' + rest)
            if key is None:
                raise InterpolationSyntaxError(option, section, f'bad interpolation variable reference {"%" + rest!r}')
            name = parser.optionxform(key[1])
            rest = rest[key.end() - 1:]
            try:
                value = values[name]
            except KeyError:
                raise InterpolationMissingOptionError(option, section, raw, name) from None
            if '%' in value:
                self._expand(parser, option, out, value, section, values, depth + 1)
            else:
                out.append(value)


class ExtendedInterpolation(Interpolation):
    """${option} and ${section:option}."""
    _KEY = re.compile(r'\$\{([^}]+)\}')

    def before_get(self, parser, section, option, value, defaults):
        out = []
        self._expand(parser, option, out, value, section, defaults, 1)
        return ''.join(out)

    def before_set(self, parser, section, option, value):
        rest = self._KEY.sub('', value.replace('$$', ''))
        if '$' in rest:
            raise ValueError(f'invalid interpolation syntax in {value!r} at position {rest.find("$")}')
        return value

    def _expand(self, parser, option, out, rest, section, values, depth):
        raw = parser.get(section, option, raw=True, fallback=rest)
        if depth > _MAX_DEPTH:
            raise InterpolationDepthError(option, section, raw)
        while rest:
            before, sign, rest = rest.partition('$')
            out.append(before)
            if not sign:
                return
            if rest[:1] == '$':
                out.append('$')
                rest = rest[1:]
                continue
            if rest[:1] != '{':
                raise InterpolationSyntaxError(option, section, f"'$' must be followed by '$' or '{{', found: {'$' + rest!r}")
            key = self._KEY.match('$' + rest)
            if key is None:
                raise InterpolationSyntaxError(option, section, f'bad interpolation variable reference {"$" + rest!r}')
            path = key[1].split(':')
            rest = rest[key.end() - 1:]
            where, name = section, option
            try:
                if len(path) == 1:
                    name = parser.optionxform(path[0])
                    value = values[name]
                elif len(path) == 2:
                    where, name = path[0], parser.optionxform(path[1])
                    value = parser.get(where, name, raw=True)
                else:
                    raise InterpolationSyntaxError(option, section, f"More than one ':' found: {'$' + rest!r}")
            except (KeyError, NoSectionError, NoOptionError):
                raise InterpolationMissingOptionError(option, section, raw, ':'.join(path)) from None
            if value is not None and '$' in value:
                self._expand(parser, name, out, value, where, dict(parser.items(where, raw=True)), depth + 1)
            else:
                out.append(value)
