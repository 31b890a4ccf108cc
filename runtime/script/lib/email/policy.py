"""How messages are written: only what the simulated machine's messages ask."""
__all__ = ['Policy', 'default', 'strict', 'SMTP', 'HTTP', 'SMTPUTF8', 'compat32', 'EmailPolicy']


class Policy:
    linesep, max_line_length, cte_type, utf8, raise_on_defect = '\n', 78, '8bit', False, False

    def __init__(self, **kw):
        self.__dict__.update(kw)

    def clone(self, **kw):
        return type(self)(**{**self.__dict__, **kw})


class EmailPolicy(Policy):
    pass


compat32 = Policy()
default = EmailPolicy()
strict = default.clone(raise_on_defect=True)
SMTP = default.clone(linesep='\r\n')
HTTP = default.clone(linesep='\r\n', max_line_length=None)
SMTPUTF8 = SMTP.clone(utf8=True)
