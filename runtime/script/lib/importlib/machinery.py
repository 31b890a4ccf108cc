"""Specifications of modules and what loads them."""
SOURCE_SUFFIXES, BYTECODE_SUFFIXES, EXTENSION_SUFFIXES = ['.py'], ['.pyc'], ['.cpython-313-x86_64-linux-gnu.so', '.abi3.so', '.so']


def all_suffixes():
    return SOURCE_SUFFIXES + BYTECODE_SUFFIXES + EXTENSION_SUFFIXES


class ModuleSpec:
    """Where a module comes from and how it is loaded."""

    def __init__(self, name, loader, *, origin=None, loader_state=None, is_package=None):
        self.name, self.loader, self.origin, self.loader_state = name, loader, origin, loader_state
        self.submodule_search_locations = [] if is_package else None
        self.cached, self.has_location = None, origin not in (None, 'built-in')

    @property
    def parent(self):
        return self.name.rpartition('.')[0]

    def __repr__(self):
        args = [f'name={self.name!r}', f'loader={self.loader!r}']
        if self.origin is not None:
            args.append(f'origin={self.origin!r}')
        return f'ModuleSpec({", ".join(args)})'


class SourceFileLoader:
    """Loads a module from a Python file."""

    def __init__(self, fullname, path):
        self.name, self.path = fullname, path

    def __repr__(self):
        return f'<_frozen_importlib_external.SourceFileLoader object at {hex(id(self))}>'

    def get_filename(self, name=None):
        return self.path

    def get_data(self, path):
        with open(path, 'rb') as f:
            return f.read()

    def get_source(self, fullname=None):
        return self.get_data(self.path).decode()

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        exec(compile(self.get_source(), self.path, 'exec'), module.__dict__)

    def load_module(self, fullname=None):
        import sys
        module = type(sys)(self.name)
        module.__file__ = self.path
        sys.modules[self.name] = module
        self.exec_module(module)
        return module
