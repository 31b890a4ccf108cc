"""Waiting for sockets by hand is not part of the simulated machine; the names are here, the calls say so."""
POLLIN, POLLPRI, POLLOUT, POLLERR, POLLHUP, POLLNVAL = 1, 2, 4, 8, 16, 32
EPOLLIN, EPOLLPRI, EPOLLOUT, EPOLLERR, EPOLLHUP = 1, 2, 4, 8, 16
error = OSError


def _refuse(name):
    def call(*args):
        raise NotImplementedError(f'select.{name}() is not available: use asyncio streams or loop.sock_recv()')
    call.__name__ = name
    return call


select, poll, epoll = _refuse('select'), _refuse('poll'), _refuse('epoll')
