"""Signals of the simulated machine."""
import _signal
from enum import IntEnum
from _signal import SIG_DFL as _SIG_DFL, SIG_IGN as _SIG_IGN, default_int_handler

Signals = IntEnum('Signals', [(n, getattr(_signal, n)) for n in dir(_signal) if n.startswith('SIG') and not n.startswith('SIG_') and n.isupper()
                              and isinstance(getattr(_signal, n), int)], module='signal')
Handlers = IntEnum('Handlers', [('SIG_DFL', _SIG_DFL), ('SIG_IGN', _SIG_IGN)], module='signal')
Sigmasks = IntEnum('Sigmasks', [('SIG_BLOCK', 0), ('SIG_UNBLOCK', 1), ('SIG_SETMASK', 2)], module='signal')
globals().update(Signals.__members__)
globals().update(Handlers.__members__)
globals().update(Sigmasks.__members__)
NSIG = 65
ITIMER_REAL, ITIMER_VIRTUAL, ITIMER_PROF = 0, 1, 2


def _int_to_enum(value, enum_klass):
    if not isinstance(value, int):
        return value
    try:
        return enum_klass(value)
    except ValueError:
        return value


def signal(signalnum, handler):
    """Set the action for the given signal; the previous action is returned."""
    return _int_to_enum(_signal.signal(int(signalnum), int(handler) if isinstance(handler, int) else handler), Handlers)


def getsignal(signalnum):
    """Return the current action for the given signal."""
    return _int_to_enum(_signal.getsignal(int(signalnum)), Handlers)


def raise_signal(signalnum):
    """Send a signal to the executing process."""
    return _signal.raise_signal(int(signalnum))


def strsignal(signalnum):
    """Return the system description of the given signal."""
    return _signal.strsignal(int(signalnum))


def valid_signals():
    return {_int_to_enum(n, Signals) for n in range(1, NSIG)}


def __getattr__(name):
    if not name.startswith('__') and hasattr(_signal, name):
        return getattr(_signal, name)
    raise AttributeError(f"module 'signal' has no attribute {name!r}")


__all__ = [n for n in globals() if not n.startswith('_') and n != 'IntEnum']
