"""Is a text a whole command, the beginning of one, or wrong?"""
import __future__
import warnings

__all__ = ['compile_command', 'Compile', 'CommandCompiler']
PyCF_ALLOW_INCOMPLETE_INPUT = 0x4000
PyCF_DONT_IMPLY_DEDENT = 0x200
_features = [getattr(__future__, name) for name in __future__.all_feature_names]


def _unfinished(error, source):
    message = str(error.msg or '')
    return ('was never closed' in message or 'unterminated triple-quoted' in message or 'expected an indented block' in message
            or 'unexpected EOF' in message or (message.startswith('expected') and "'except' or 'finally'" in message)
            or (message.startswith('unexpected character after line continuation') and source.endswith('\\')))


_COMPOUND = ('if', 'for', 'while', 'with', 'try', 'def', 'class', 'async', 'match')


def _opens_block(source):
    """Its last statement is a block to which more lines may come, and no empty line has ended it."""
    last = source.split('\n')[-1]
    first = source.lstrip().split(maxsplit=1)[:1]
    compound = first and (first[0].rstrip(':') in _COMPOUND or first[0].startswith('@'))
    return bool(last.strip()) and bool(last[:1] in ' \t' or compound or last.rstrip().endswith(':'))


def _maybe_compile(compiler, source, filename, symbol):
    for line in source.split('\n'):
        line = line.strip()
        if line and line[0] != '#':
            break
    else:
        if symbol != 'eval':
            source = 'pass'
    if symbol == 'eval':
        return compiler(source, filename, symbol)
    if source.rstrip(' \t').endswith('\\') or (_opens_block(source) and symbol == 'single'):
        try:
            compiler(source + ('' if not source.rstrip().endswith(':') else '\n  pass') + '\n', filename, symbol)
        except SyntaxError as error:
            decorates = source.split('\n')[-1].startswith('@')
            if not _unfinished(error, source) and not source.endswith('\\') and not decorates:
                raise
        return None
    try:
        return compiler(source + '\n', filename, symbol)
    except SyntaxError as error:
        if _unfinished(error, source):
            return None
        raise


def compile_command(source, filename='<input>', symbol='single'):
    return _maybe_compile(Compile(), source, filename, symbol)


class Compile:
    def __init__(self):
        self.flags = PyCF_DONT_IMPLY_DEDENT | PyCF_ALLOW_INCOMPLETE_INPUT

    def __call__(self, source, filename, symbol, flags=0, **kwargs):
        return compile(source, filename, symbol)


class CommandCompiler:
    def __init__(self):
        self.compiler = Compile()

    def __call__(self, source, filename='<input>', symbol='single'):
        return _maybe_compile(self.compiler, source, filename, symbol)
