"""Who runs this, and passwords nobody can type: standard input is empty."""


def getuser():
    import os
    return os.environ.get('LOGNAME') or os.environ.get('USER') or os.getlogin()


def getpass(prompt='Password: ', stream=None):
    raise EOFError


class GetPassWarning(UserWarning):
    pass
