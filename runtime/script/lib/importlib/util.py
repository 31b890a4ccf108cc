"""Looking for modules, and loading them from a file by hand."""
import sys
from importlib import import_module as _import_module
from importlib.machinery import ModuleSpec, SourceFileLoader


def find_spec(name, package=None):
    if name in sys.modules:
        module = sys.modules[name]
        return getattr(module, '__spec__', None) or ModuleSpec(name, None, origin=getattr(module, '__file__', 'built-in'))
    parent, _, _ = name.rpartition('.')
    if parent:
        _import_module(parent)
    before = set(sys.modules)
    try:
        module = _import_module(name)
    except ModuleNotFoundError:
        return None
    for new in set(sys.modules) - before:
        del sys.modules[new]
    return ModuleSpec(name, SourceFileLoader(name, module.__file__) if getattr(module, '__file__', None) else None,
                      origin=getattr(module, '__file__', 'built-in'))


def spec_from_file_location(name, location=None, *, loader=None, submodule_search_locations=None):
    import os
    location = os.path.abspath(location)
    return ModuleSpec(name, loader or SourceFileLoader(name, location), origin=location)


def spec_from_loader(name, loader, *, origin=None, is_package=None):
    return ModuleSpec(name, loader, origin=origin)


def module_from_spec(spec):
    module = type(sys)(spec.name)
    module.__spec__, module.__loader__ = spec, spec.loader
    module.__file__ = spec.origin
    module.__package__ = spec.parent
    return module


def resolve_name(name, package):
    if not name.startswith('.'):
        return name
    if not package:
        raise ImportError(f'no package specified for {name!r} (required for relative module names)')
    level = len(name) - len(name.lstrip('.'))
    parts = package.split('.')
    if level > len(parts):
        raise ImportError('attempted relative import beyond top-level package')
    return '.'.join(filter(None, ['.'.join(parts[:len(parts) - level + 1]), name[level:]]))


def cache_from_source(path, debug_override=None, *, optimization=None):
    head, _, tail = path.rpartition('/')
    return f'{head}/__pycache__/{tail.removesuffix(".py")}.cpython-313.pyc'.lstrip('/' if not head else '')
