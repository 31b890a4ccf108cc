"""Reads the lines of a configuration into a parser."""
import re

from _configparser_errors import (DuplicateOptionError, DuplicateSectionError, MissingSectionHeaderError, MultilineContinuationError, ParsingError)

_HEADER = re.compile(r'\[(?P<header>.+)\]')


class _Reader:
    """The state of reading one source."""

    def __init__(self, parser, name):
        self.parser, self.name = parser, name
        self.section = self.section_name = self.option = None
        self.indent, self.lineno = 0, 0
        self.seen, self.error = set(), None

    def read(self, lines):
        for self.lineno, line in enumerate(lines, start=1):
            self._line(line)
        self._join()
        if self.error:
            raise self.error

    def _without_comments(self, line):
        """The text before a comment, and whether there was one."""
        parser = self.parser
        stripped = line.strip()
        if parser._comment_prefixes and stripped.startswith(parser._comment_prefixes):
            return '', True
        cut = len(line)
        for prefix in parser._inline_comment_prefixes:
            at = line.find(prefix)
            while at > 0 and not line[at - 1].isspace():
                at = line.find(prefix, at + 1)
            if at >= 0:
                cut = min(cut, at)
        return line[:cut].strip(), cut < len(line)

    def _line(self, line):
        value, comment = self._without_comments(line)
        if not value:
            if self.parser._empty_lines_in_values:
                if not comment and self.section is not None and self.option and self.section[self.option] is not None:
                    self.section[self.option].append('')
            else:
                self.indent = 1 << 60
            return
        indent = len(line) - len(line.lstrip())
        if self.section is not None and self.option and indent > self.indent:
            if self.section[self.option] is None:
                raise MultilineContinuationError(self.name, self.lineno, line)
            self.section[self.option].append(value)
            return
        self.indent = indent
        header = _HEADER.match(value)
        if header:
            self._header(header['header'])
        elif self.section is None:
            raise MissingSectionHeaderError(self.name, self.lineno, line)
        else:
            self._option(value, line)

    def _header(self, name):
        parser = self.parser
        self.section_name, self.option = name, None
        if name in parser._sections:
            if parser._strict and name in self.seen:
                raise DuplicateSectionError(name, self.name, self.lineno)
            self.section = parser._sections[name]
            self.seen.add(name)
        elif name == parser.default_section:
            self.section = parser._defaults
        else:
            parser.add_section(name)
            self.section = parser._sections[name]
            self.seen.add(name)

    def _option(self, text, line):
        parser = self.parser
        at = min((text.find(d) for d in parser._delimiters if d in text), default=-1)
        if at < 0 and not parser._allow_no_value or at == 0:
            return self._bad(line)
        name = (text if at < 0 else text[:at]).rstrip()
        width = max((len(d) for d in parser._delimiters if at >= 0 and text.startswith(d, at)), default=0)
        value = None if at < 0 else text[at + width:].strip()
        self.option = parser.optionxform(name)
        key = (self.section_name, self.option)
        if parser._strict and key in self.seen:
            raise DuplicateOptionError(self.section_name, self.option, self.name, self.lineno)
        self.seen.add(key)
        self.section[self.option] = None if value is None else [value]

    def _bad(self, line):
        if self.error is None:
            self.error = ParsingError(self.name)
        self.error.append(self.lineno, repr(line))

    def _join(self):
        parser = self.parser
        for section, options in [(parser.default_section, parser._defaults), *parser._sections.items()]:
            for name, value in options.items():
                if isinstance(value, list):
                    value = '\n'.join(value).rstrip()
                options[name] = parser._interpolation.before_read(parser, section, name, value)
