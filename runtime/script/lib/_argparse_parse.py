"""Matching the words of a command line with the arguments of a parser."""
import re
from argparse import ONE_OR_MORE, OPTIONAL, PARSER, REMAINDER, SUPPRESS, ZERO_OR_MORE, ArgumentError, ArgumentTypeError, _get_action_name, _is_negative_number


def _pattern(action):
    """The words an action takes, as an expression over their kinds: A argument, O option, - the separator."""
    nargs = action.nargs
    if nargs is None:
        p = '([A])'
    elif nargs == OPTIONAL:
        p = '(A?)'
    elif nargs == ZERO_OR_MORE:
        p = '(A*)'
    elif nargs == ONE_OR_MORE:
        p = '(A+)'
    elif nargs == REMAINDER:
        p = '([AO]*)' if action.option_strings else '(.*)'
    elif nargs == PARSER:
        p = '(A[AO]*)' if action.option_strings else '(A[-AO]*)'
    elif nargs == SUPPRESS:
        p = '()'
    else:
        p = '([A]{%d})' % nargs
    return p


def _with_separator(pattern):
    """Positionals may have -- among their words."""
    if pattern.startswith('(A[-AO]'):
        return '(-*A[-AO]*)'
    return {'([A])': '(-*A-*)', '(A?)': '(-*A?-*)', '(A*)': '(-*[A-]*)', '(A+)': '(-*A[A-]*)'}.get(pattern) or \
        (pattern if not pattern.startswith('([A]{') else '(-*' + '-*'.join('A' * int(pattern[5:-2])) + '-*)' if int(pattern[5:-2]) else '(-*-*)')


class _Run:
    def __init__(self, parser, args, namespace):
        self.parser, self.args, self.namespace = parser, self._read_files(parser, args), namespace
        self.seen, self.seen_non_default = set(), set()
        self.extras = []
        self.conflicts = {}
        for group in parser._mutually_exclusive_groups:
            for i, action in enumerate(group._group_actions):
                self.conflicts.setdefault(action, []).extend(group._group_actions[:i] + group._group_actions[i + 1:])
        self.options = {}
        kinds = []
        it = iter(range(len(self.args)))
        for i in it:
            if self.args[i] == '--':
                kinds.append('-')
                kinds.extend('A' for _ in it)
            else:
                found = self.option(self.args[i])
                if found is None:
                    kinds.append('A')
                else:
                    self.options[i] = found
                    kinds.append('O')
        self.kinds = ''.join(kinds)
        self.positionals = parser._get_positional_actions()

    def _read_files(self, parser, args):
        if parser.fromfile_prefix_chars is None:
            return args
        new = []
        for arg in args:
            if not arg or arg[0] not in parser.fromfile_prefix_chars:
                new.append(arg)
                continue
            try:
                with open(arg[1:]) as f:
                    lines = [a for line in f.read().splitlines() for a in parser.convert_arg_line_to_args(line)]
            except OSError as err:
                raise ArgumentError(None, str(err))
            new.extend(self._read_files(parser, lines))
        return new

    def option(self, arg):
        """What option a word is: a list of (action, option string, separator, explicit argument); None if it is an argument."""
        parser = self.parser
        if not arg or arg[0] not in parser.prefix_chars:
            return None
        table = parser._option_string_actions
        if arg in table:
            return [(table[arg], arg, None, None)]
        if len(arg) == 1:
            return None
        name, sep, explicit = arg.partition('=')
        if sep and name in table:
            return [(table[name], name, sep, explicit)]
        found = self.abbreviations(arg)
        if found:
            return found
        if _is_negative_number(arg) and not parser._has_negative_number_optionals:
            return None
        if ' ' in arg:
            return None
        return [(None, arg, None, None)]

    def abbreviations(self, arg):
        parser, result = self.parser, []
        chars = parser.prefix_chars
        table = parser._option_string_actions
        if arg[0] in chars and arg[1] in chars:
            if parser.allow_abbrev:
                prefix, sep, explicit = arg.partition('=')
                for s in table:
                    if s.startswith(prefix):
                        result.append((table[s], s, sep or None, explicit if sep else None))
        elif arg[1] not in chars:
            short, rest = arg[:2], arg[2:]
            prefix, sep, explicit = arg.partition('=')
            for s in table:
                if s == short:
                    result.append((table[s], s, '', rest) if not rest.startswith('=') else (table[s], s, '=', rest[1:]))
                elif parser.allow_abbrev and s.startswith(prefix):
                    result.append((table[s], s, sep or None, explicit if sep else None))
        return result

    def take(self, action, words, option_string=None):
        self.seen.add(action)
        values = self.values(action, words)
        if values is not action.default:
            self.seen_non_default.add(action)
            for other in self.conflicts.get(action, []):
                if other in self.seen_non_default:
                    raise ArgumentError(action, f'not allowed with argument {_get_action_name(other)}')
        if values is not SUPPRESS:
            action(self.parser, self.namespace, values, option_string)

    def count(self, action, kinds):
        pattern = _pattern(action)
        m = re.match(pattern if action.option_strings else _with_separator(pattern), kinds)
        if m is None:
            messages = {None: 'expected one argument', OPTIONAL: 'expected at most one argument', ONE_OR_MORE: 'expected at least one argument'}
            msg = messages.get(action.nargs)
            if msg is None:
                msg = f"expected {action.nargs} argument{'' if action.nargs == 1 else 's'}"
            raise ArgumentError(action, msg)
        return len(m.group(1))

    def consume_option(self, start):
        found = self.options[start]
        if len(found) > 1:
            options = ', '.join(s for _, s, _, _ in found)
            raise ArgumentError(None, f'ambiguous option: {self.args[start]} could match {options}')
        action, option_string, sep, explicit = found[0]
        todo = []
        while True:
            if action is None:
                self.extras.append(self.args[start])
                return start + 1
            if explicit is not None:
                n = self.count(action, 'A')
                chars = self.parser.prefix_chars
                if n == 0 and option_string[1] not in chars and explicit != '':
                    if sep or explicit[0] in chars:
                        raise ArgumentError(action, f'ignored explicit argument {explicit!r}')
                    todo.append((action, [], option_string))
                    option_string = option_string[0] + explicit[0]
                    table = self.parser._option_string_actions
                    if option_string in table:
                        action = table[option_string]
                        explicit = explicit[1:]
                        if not explicit:
                            sep = explicit = None
                        elif explicit[0] == '=':
                            sep, explicit = '=', explicit[1:]
                        else:
                            sep = ''
                    else:
                        self.extras.append(option_string[0] + explicit)
                        stop = start + 1
                        break
                elif n == 1:
                    stop = start + 1
                    todo.append((action, [explicit], option_string))
                    break
                else:
                    raise ArgumentError(action, f'ignored explicit argument {explicit!r}')
            else:
                begin = start + 1
                n = self.count(action, self.kinds[begin:])
                stop = begin + n
                todo.append((action, self.args[begin:stop], option_string))
                break
        for action, words, option_string in todo:
            self.take(action, words, option_string)
        return stop

    def consume_positionals(self, start):
        """Give as many positionals as match their words, from here on."""
        kinds = self.kinds[start:]
        counts = []
        for i in range(len(self.positionals), 0, -1):
            m = re.match(''.join(_with_separator(_pattern(a)) for a in self.positionals[:i]), kinds)
            if m is not None:
                counts = [len(g) for g in m.groups()]
                # keep an optional positional for words that come after options
                if m.end() < len(kinds) and kinds[m.end()] == 'O' and i:
                    while counts and not counts[-1] and self.positionals[len(counts) - 1].nargs in (OPTIONAL, ZERO_OR_MORE):
                        counts.pop()
                break
        for action, n in zip(self.positionals, counts):
            words = self.args[start:start + n]
            if action.nargs == PARSER:
                if words and self.kinds[start] == '-':
                    words.remove('--')
            elif action.nargs != REMAINDER and '-' in self.kinds[start:start + n]:
                words.remove('--')
            start += n
            self.take(action, words)
        self.positionals = self.positionals[len(counts):]
        return start

    def run(self):
        start = 0
        last = max(self.options, default=-1)
        while start <= last:
            following = start
            while following <= last and following not in self.options:
                following += 1
            if start != following:
                end = self.consume_positionals(start)
                if end > start:
                    start = end
                    continue
                start = end
            if start not in self.options:
                strings = self.args[start:following]
                self.extras.extend(strings)
                start = following
            start = self.consume_option(start)
        stop = self.consume_positionals(start)
        self.extras.extend(self.args[stop:])
        self.check_required()
        return self.namespace, self.extras

    def check_required(self):
        missing = []
        for action in self.parser._actions:
            if action not in self.seen:
                if action.required:
                    missing.append(_get_action_name(action))
                elif action.default is not None and isinstance(action.default, str) and hasattr(self.namespace, action.dest) \
                        and action.default is getattr(self.namespace, action.dest):
                    setattr(self.namespace, action.dest, self.value(action, action.default))
        if missing:
            raise ArgumentError(None, f'the following arguments are required: {", ".join(missing)}')
        for group in self.parser._mutually_exclusive_groups:
            if group.required and not any(a in self.seen_non_default for a in group._group_actions):
                names = [_get_action_name(a) for a in group._group_actions if a.help is not SUPPRESS]
                raise ArgumentError(None, f'one of the arguments {" ".join(names)} is required')

    def values(self, action, words):
        """What an action gets for its words: converted, checked, alone or in a list."""
        if not words and action.nargs == OPTIONAL:
            value = action.const if action.option_strings else action.default
            if isinstance(value, str) and value is not SUPPRESS:
                value = self.value(action, value)
            return value
        if not words and action.nargs == ZERO_OR_MORE and not action.option_strings:
            return action.default if action.default is not None else []
        if len(words) == 1 and action.nargs in (None, OPTIONAL):
            value = self.value(action, words[0])
            self.check_choice(action, value)
            return value
        if action.nargs == REMAINDER:
            return [self.value(action, v) for v in words]
        if action.nargs == PARSER:
            value = [self.value(action, v) for v in words]
            self.check_choice(action, value[0])
            return value
        if action.nargs == SUPPRESS:
            return SUPPRESS
        value = [self.value(action, v) for v in words]
        for v in value:
            self.check_choice(action, v)
        return value

    def value(self, action, word):
        convert = self.parser._registry_get('type', action.type, action.type)
        try:
            return convert(word)
        except ArgumentTypeError as err:
            raise ArgumentError(action, str(err))
        except (TypeError, ValueError):
            name = getattr(action.type, '__name__', repr(action.type))
            raise ArgumentError(action, f'invalid {name} value: {word!r}')

    def check_choice(self, action, value):
        choices = action.choices
        if choices is None:
            return
        if isinstance(choices, str):
            choices = iter(choices)
        if value not in choices:
            shown = ', '.join(map(repr, action.choices))
            raise ArgumentError(action, f'invalid choice: {value!r} (choose from {shown})')


def parse(parser, args, namespace):
    return _Run(parser, args, namespace).run()
