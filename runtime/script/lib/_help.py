"""What help() shows of an object: a function with its signature and text, anything else by what it says of itself."""
import inspect


def _kind(obj):
    for test, title in ((inspect.ismodule, 'module'), (inspect.isclass, 'class'), (inspect.ismethod, 'method'), (inspect.isfunction, 'function'),
                        (inspect.isbuiltin, 'built-in function')):
        if test(obj):
            return title
    return type(obj).__name__


def _signature(obj):
    try:
        return str(inspect.signature(obj))
    except (TypeError, ValueError):
        return '(...)'


def _text(obj):
    return inspect.getdoc(obj) or ''


def _indented(text, by='    '):
    return '\n'.join((by + line).rstrip() for line in text.split('\n'))


def _function(obj, name):
    head = ('async ' if inspect.iscoroutinefunction(obj) else '') + name + _signature(obj)
    text = _text(obj)
    if inspect.ismethod(obj) and not inspect.isclass(obj.__self__):
        cls = type(obj.__self__)
        head += f' method of {cls.__module__}.{cls.__qualname__} instance'
    return head + '\n' + (_indented(text) + '\n' if text else '')


def _members(cls):
    """(title, entries) of what a class itself defines, as help() groups it."""
    groups = {'Methods defined here': [], 'Class methods defined here': [], 'Static methods defined here': [], 'Readonly properties defined here': [],
              'Data descriptors defined here': [], 'Data and other attributes defined here': []}
    for name, value in sorted(vars(cls).items()):
        if name in ('__module__', '__doc__', '__qualname__', '__static_attributes__', '__firstlineno__', '__annotations__', '__orig_bases__',
                    '__parameters__', '__type_params__', '__abstractmethods__', '_abc_impl', '__slots__'):
            continue
        if isinstance(value, classmethod):
            groups['Class methods defined here'].append(_function(getattr(cls, name), name))
        elif isinstance(value, staticmethod):
            groups['Static methods defined here'].append(_function(value.__func__, name))
        elif isinstance(value, property):
            text = _text(value)
            group = 'Data descriptors defined here' if value.fset or value.fdel else 'Readonly properties defined here'
            groups[group].append(name + '\n' + (_indented(text) + '\n' if text else ''))
        elif inspect.isfunction(value):
            groups['Methods defined here'].append(_function(value, name))
        elif name not in ('__dict__', '__weakref__', '__hash__') or value is None:
            groups['Data and other attributes defined here'].append(f'{name} = {value!r}\n')
    if '__dict__' in vars(cls) or all('__slots__' not in vars(c) for c in cls.__mro__[:-1]):
        if all(c is object or c is cls for c in cls.__mro__):
            groups['Data descriptors defined here'] += ['__dict__\n    dictionary for instance variables\n', '__weakref__\n    list of weak references to the object\n']
    return [(title, entries) for title, entries in groups.items() if entries]


def _class(cls):
    def shown(base):
        return base.__name__ if base.__module__ == cls.__module__ else f'{base.__module__}.{base.__name__}'
    lines = [f'class {cls.__name__}({", ".join(map(shown, cls.__bases__))})']
    body = []
    text = _text(cls) if cls.__doc__ else ''
    signature = _signature(cls)
    if signature not in ('()', '(...)') or '__init__' in vars(cls):
        body += [cls.__name__ + signature, '']
    if text:
        body += text.split('\n') + ['']
    if len(cls.__mro__) > 2:
        body += ['Method resolution order:', *('    ' + shown(c) for c in cls.__mro__), '']
    for i, (title, entries) in enumerate(_members(cls)):
        if i:
            body += ['-' * 70]
        body += [title + ':', '']
        for entry in entries:
            body += entry.rstrip('\n').split('\n') + ['']
    while body and not body[-1]:
        body.pop()
    return '\n'.join(lines + [(' |  ' + line).rstrip() for line in body]) + '\n'


def show(obj):
    kind = _kind(obj)
    name = getattr(obj, '__qualname__' if kind in ('function', 'method') else '__name__', None)
    if name is None:
        cls = type(obj)
        print(f'Help on {cls.__name__} in module {cls.__module__} object:\n\n{_class(cls)}')
        return
    name = name.rpartition('.')[2]
    module = getattr(obj, '__module__', None)
    place = f' in module {module}' if module and kind != 'module' else ''
    if kind == 'module':
        body = f'NAME\n    {name}' + (f' - {_text(obj).split(chr(10))[0].rstrip(".")}' if _text(obj) else '') + '\n'
    else:
        body = _class(obj) if kind == 'class' else _function(obj, name)
    print(f'Help on {kind} {name}{place}:\n\n{body}')
