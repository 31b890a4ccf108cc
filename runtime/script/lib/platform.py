"""The simulated machine's description."""
from collections import namedtuple

uname_result = namedtuple('uname_result', 'system node release version machine processor', module='platform')


def uname():
    return uname_result('Linux', 'loopglass', '6.1.0', '#1 SMP', 'x86_64', '')


def system():
    return 'Linux'


def node():
    return 'loopglass'


def release():
    return '6.1.0'


def version():
    return '#1 SMP'


def machine():
    return 'x86_64'


def processor():
    return ''


def architecture(executable=None, bits='', linkage=''):
    return '64bit', 'ELF'


def platform(aliased=False, terse=False):
    return 'Linux-6.1.0-x86_64-with-glibc2.36'


def python_version():
    return '3.13.0'


def python_version_tuple():
    return '3', '13', '0'


def python_implementation():
    return 'CPython'


def python_compiler():
    return 'GCC 12.2.0'


def python_build():
    return 'main', 'Oct  7 2024 00:00:00'
