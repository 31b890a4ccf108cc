#include "runtime/loop/network.hpp"

#include "runtime/loop/event_loop.hpp"

namespace loopglass::loop {

uint32_t poll_sockets(EventLoop*) {
    return 0;
}

void drop_watches(EventLoop* loop) {
    loop->watches.clear();
}

}  // namespace loopglass::loop
