"""`_re` on PCRE2 through ctypes, with the interface that re.py expects from the interpreter."""
import ctypes

_lib = ctypes.CDLL('libpcre2-32.so.0')
_libb = ctypes.CDLL('libpcre2-8.so.0')
_UTF = 0x00080000


class engine:
    def __init__(self, pattern, options):
        self.text = isinstance(pattern, str)
        self.lib, self.suffix = (_lib, '_32') if self.text else (_libb, '_8')
        if self.text:
            raw = pattern.encode('utf-32-le', 'surrogatepass')
            n = len(pattern)
        else:
            raw, n = bytes(pattern), len(pattern)
        compile = self._fn('pcre2_compile', ctypes.c_void_p)
        err, off = ctypes.c_int(), ctypes.c_size_t()
        code = compile(raw, ctypes.c_size_t(n), ctypes.c_uint32(options | (_UTF if self.text else 0)), ctypes.byref(err), ctypes.byref(off), None)
        if not code:
            raise RuntimeError(f'PCRE2 error {err.value} at {off.value} in {pattern!r}')
        self.code = ctypes.c_void_p(code)
        self.data = ctypes.c_void_p(self._fn('pcre2_match_data_create_from_pattern', ctypes.c_void_p)(self.code, None))

    def _fn(self, name, res):
        f = getattr(self.lib, name + self.suffix)
        f.restype = res
        return f

    def exec(self, subject, pos, endpos, anchored, notempty_atstart):
        if self.text:
            raw = subject[:endpos].encode('utf-32-le', 'surrogatepass')
        else:
            raw = bytes(subject[:endpos])
        options = (0x80000000 if anchored else 0) | (0x00000008 if notempty_atstart else 0) | 0x40000000
        rc = self._fn('pcre2_match', ctypes.c_int)(self.code, raw, ctypes.c_size_t(endpos), ctypes.c_size_t(pos), ctypes.c_uint32(options), self.data, None)
        if rc == -1:
            return None
        if rc < 0:
            raise RuntimeError(f'match error {rc}')
        n = self._fn('pcre2_get_ovector_count', ctypes.c_uint32)(self.data)
        vec = self._fn('pcre2_get_ovector_pointer', ctypes.POINTER(ctypes.c_size_t))(self.data)
        unset = ctypes.c_size_t(-1).value
        return tuple(-1 if v == unset else v for v in vec[:2 * n])


def compile(pattern, options):
    return engine(pattern, options)
