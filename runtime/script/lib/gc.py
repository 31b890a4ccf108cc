"""The cycle collector by name: objects here go when their last reference does, and cycles stay until the end."""
DEBUG_STATS, DEBUG_COLLECTABLE, DEBUG_UNCOLLECTABLE, DEBUG_SAVEALL, DEBUG_LEAK = 1, 2, 4, 32, 38
callbacks = []
garbage = []
_state = {'enabled': True, 'threshold': (2000, 10, 0), 'debug': 0}


def collect(generation=2):
    """Run a full collection: there is nothing left to find."""
    if not 0 <= generation <= 2:
        raise ValueError('invalid generation')
    return 0


def enable():
    _state['enabled'] = True


def disable():
    _state['enabled'] = False


def isenabled():
    return _state['enabled']


def get_threshold():
    return _state['threshold']


def set_threshold(threshold0, *rest):
    _state['threshold'] = (threshold0, *rest, *_state['threshold'][1 + len(rest):])


def get_count():
    return 0, 0, 0


def get_debug():
    return _state['debug']


def set_debug(flags):
    _state['debug'] = flags


def get_objects(generation=None):
    return []


def get_referrers(*objs):
    return []


def get_referents(*objs):
    return []


def get_stats():
    return [{'collections': 0, 'collected': 0, 'uncollectable': 0} for _ in range(3)]


def is_tracked(obj):
    return not isinstance(obj, (int, float, str, bytes, bool, type(None)))


def freeze():
    pass


unfreeze = freeze


def get_freeze_count():
    return 0
