"""Configuration of logging from a dictionary."""
import logging
import logging.handlers
import sys


def _resolve(name):
    """The object a dotted name stands for."""
    parts = name.split('.')
    used = parts.pop(0)
    found = __import__(used)
    for part in parts:
        used += '.' + part
        if not hasattr(found, part):
            __import__(used)
        found = getattr(found, part)
    return found


def _value(value, config):
    if isinstance(value, str):
        if value.startswith('ext://'):
            return _resolve(value[6:])
        if value.startswith('cfg://'):
            for part in value[6:].split('.'):
                config = config[part]
            return config
    return value


class DictConfigurator:
    def __init__(self, config):
        self.config = config

    def configure(self):
        config = self.config
        if 'version' not in config:
            raise ValueError("dictionary doesn't specify a version")
        if config['version'] != 1:
            raise ValueError('Unsupported version: %s' % config['version'])
        incremental = config.get('incremental', False)
        if incremental:
            for name, c in config.get('handlers', {}).items():
                if 'level' in c and name in logging._handlers:
                    logging._handlers[name].setLevel(c['level'])
            for name, c in config.get('loggers', {}).items():
                self.logger(logging.getLogger(name), c, {}, {}, True)
            if config.get('root'):
                self.logger(logging.getLogger(), config['root'], {}, {}, True)
            return
        formatters = self.each('formatters', 'formatter', self.formatter)
        filters = self.each('filters', 'filter', self.filter)
        handlers = self.each('handlers', 'handler', lambda c: self.handler(c, formatters, filters))
        for name, h in handlers.items():
            h.name = name
        existing = [n for n, lg in logging.root.manager.loggerDict.items() if isinstance(lg, logging.Logger)]
        named = config.get('loggers', {})
        for name, c in named.items():
            try:
                self.logger(logging.getLogger(name), c, handlers, filters)
            except Exception as e:
                raise ValueError('Unable to configure logger %r' % name) from e
        if config.get('disable_existing_loggers', True):
            for name in existing:
                if name not in named and not any(name.startswith(n + '.') for n in named):
                    logging.getLogger(name).disabled = True
        if config.get('root'):
            self.logger(logging.getLogger(), config['root'], handlers, filters)

    def each(self, section, word, make):
        made = {}
        for name, c in self.config.get(section, {}).items():
            try:
                made[name] = make(c)
            except Exception as e:
                raise ValueError(f'Unable to configure {word} {name!r}') from e
        return made

    def custom(self, c):
        c = dict(c)
        factory = c.pop('()')
        if not callable(factory):
            factory = _resolve(factory.removeprefix('ext://'))
        props = c.pop('.', None)
        result = factory(**{k: _value(v, self.config) for k, v in c.items() if k.isidentifier()})
        for name, value in (props or {}).items():
            setattr(result, name, value)
        return result

    def formatter(self, c):
        if '()' in c:
            c = dict(c)
            if 'format' in c:
                c['fmt'] = c.pop('format')
            return self.custom(c)
        cls = _resolve(c['class']) if 'class' in c else logging.Formatter
        kw = {k: c[k] for k in ('validate', 'defaults') if k in c}
        return cls(c.get('format'), c.get('datefmt'), c.get('style', '%'), **kw)

    def filter(self, c):
        return self.custom(c) if '()' in c else logging.Filter(c.get('name', ''))

    def handler(self, c, formatters, filters):
        c = dict(c)
        formatter, level, wanted = c.pop('formatter', None), c.pop('level', None), c.pop('filters', None)
        if '()' in c:
            h = self.custom(c)
        else:
            cls = c.pop('class')
            cls = cls if callable(cls) else _resolve(cls)
            props = c.pop('.', None)
            h = cls(**{k: _value(v, self.config) for k, v in c.items()})
            for name, value in (props or {}).items():
                setattr(h, name, value)
        if formatter:
            h.setFormatter(formatters[formatter])
        if level is not None:
            h.setLevel(logging._checkLevel(level))
        for f in wanted or ():
            h.addFilter(filters[f] if isinstance(f, str) else f)
        return h

    def logger(self, logger, c, handlers, filters, incremental=False):
        level = c.get('level')
        if level is not None:
            logger.setLevel(logging._checkLevel(level))
        if incremental:
            return
        for h in logger.handlers[:]:
            logger.removeHandler(h)
        for name in c.get('handlers', ()):
            logger.addHandler(handlers[name])
        for f in c.get('filters', ()):
            logger.addFilter(filters[f] if isinstance(f, str) else f)
        if c.get('propagate') is not None:
            logger.propagate = c['propagate']
        logger.disabled = False


dictConfigClass = DictConfigurator


def dictConfig(config):
    """Configure logging using a dictionary."""
    dictConfigClass(config).configure()


def fileConfig(fname, defaults=None, disable_existing_loggers=True, encoding=None):
    raise NotImplementedError('logging.config.fileConfig is not available: use dictConfig')
