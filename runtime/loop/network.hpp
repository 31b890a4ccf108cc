// The in-memory network: loopback sockets without latency (MODEL rule 6), and their readiness as
// epoll reports it.
#pragma once

#include <cstdint>

namespace loopglass::loop {

struct EventLoop;

struct Network {
    int next_client_port = 50001;
    int next_server_port = 40001;
};

// Puts the handles of ready sockets on the loop's ready queue; how many there were.
uint32_t poll_sockets(EventLoop* loop);
// A loop that closes forgets its readers and writers.
void drop_watches(EventLoop* loop);

}  // namespace loopglass::loop
