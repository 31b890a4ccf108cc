"""Options of a command line, as C's getopt reads them."""
__all__ = ['GetoptError', 'error', 'getopt', 'gnu_getopt']


class GetoptError(Exception):
    def __init__(self, msg, opt=''):
        self.msg, self.opt = msg, opt
        Exception.__init__(self, msg, opt)

    def __str__(self):
        return self.msg


error = GetoptError
GetoptError.__module__ = 'getopt'


def getopt(args, shortopts, longopts=[]):
    return _read(args, shortopts, longopts, False)


def gnu_getopt(args, shortopts, longopts=[]):
    return _read(args, shortopts.removeprefix('+'), longopts, not shortopts.startswith('+'))


def _read(args, short, long, mixed):
    found, rest, args = [], [], list(args)
    long = [long] if isinstance(long, str) else list(long)
    while args:
        arg = args[0]
        if arg == '--':
            rest += args[1:]
            break
        if arg.startswith('--'):
            args = _long(found, arg[2:], long, args[1:])
        elif arg.startswith('-') and arg != '-':
            args = _short(found, arg[1:], short, args[1:])
        elif mixed:
            rest.append(arg)
            args = args[1:]
        else:
            rest += args
            break
    return found, rest


def _long(found, text, known, args):
    name, given, value = text.partition('=')
    name, wants = _match(name, known)
    if wants:
        if not given:
            if not args:
                raise GetoptError(f'option --{name} requires argument', name)
            value, args = args[0], args[1:]
    elif given:
        raise GetoptError(f'option --{name} must not have an argument', name)
    found.append(('--' + name, value))
    return args


def _match(name, known):
    """The whole name that `name` begins, and whether it takes a value."""
    candidates = [k for k in known if k.startswith(name)]
    if not candidates:
        raise GetoptError(f'option --{name} not recognized', name)
    if name in candidates:
        return name, False
    if name + '=' in candidates:
        return name, True
    if len(candidates) > 1:
        raise GetoptError(f'option --{name} not a unique prefix', name)
    return candidates[0].removesuffix('='), candidates[0].endswith('=')


def _short(found, letters, known, args):
    while letters:
        letter, letters = letters[0], letters[1:]
        at = known.find(letter)
        if at < 0 or letter == ':':
            raise GetoptError(f'option -{letter} not recognized', letter)
        if known[at + 1:at + 2] != ':':
            found.append(('-' + letter, ''))
            continue
        if not letters:
            if not args:
                raise GetoptError(f'option -{letter} requires argument', letter)
            letters, args = args[0], args[1:]
        found.append(('-' + letter, letters))
        letters = ''
    return args
