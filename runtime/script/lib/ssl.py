"""Names of ssl: the simulated network carries no encryption."""
CERT_NONE, CERT_OPTIONAL, CERT_REQUIRED = 0, 1, 2
PROTOCOL_TLS_CLIENT, PROTOCOL_TLS_SERVER, PROTOCOL_TLS = 16, 17, 2


class SSLError(OSError):
    pass


class SSLCertVerificationError(SSLError, ValueError):
    pass


class SSLContext:
    def __init__(self, protocol=PROTOCOL_TLS):
        self.protocol, self.check_hostname, self.verify_mode = protocol, True, CERT_REQUIRED

    def load_cert_chain(self, *args, **kwargs):
        raise NotImplementedError('the simulated network carries no encryption: leave ssl= out')

    load_verify_locations = wrap_socket = load_cert_chain


def create_default_context(purpose=None, *, cafile=None, capath=None, cadata=None):
    return SSLContext(PROTOCOL_TLS_CLIENT)


_create_unverified_context = create_default_context
