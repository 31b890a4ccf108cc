// The in-memory network: loopback TCP without latency (MODEL rule 6), by descriptors as a kernel
// offers it, and readiness as epoll reports it: first ready first, level triggered.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/trace/event.hpp"

namespace loopglass::loop {

struct EventLoop;
struct VirtualThread;

struct Address {
    std::string host;
    int port = 0;
    friend bool operator==(const Address&, const Address&) = default;
};

// One end of a connection, or a listening socket.
struct Endpoint {
    enum class State : uint8_t { New, Bound, Listening, Connected, Failed };
    int descriptor = -1;
    State state = State::New;
    Address local, remote;
    Endpoint* peer = nullptr;  // borrowed; null once it is closed
    std::string incoming;      // bytes from `taken` on are unread
    size_t taken = 0;
    bool end_of_stream = false;  // the peer will send no more
    bool shut_write = false;
    int error = 0;            // errno of the next operation; SO_ERROR
    std::deque<int> backlog;  // descriptors of accepted, not yet fetched connections
    size_t backlog_limit = 128;
    trace::SocketId id = 0;
    // epoll: who watches, for what, and whether it stands in the ready list.
    EventLoop* watcher = nullptr;
    bool wants_read = false, wants_write = false, listed = false;
    std::vector<VirtualThread*> blocked;  // threads inside a blocking call on it

    [[nodiscard]] size_t unread() const { return incoming.size() - taken; }
    [[nodiscard]] bool readable() const;
    [[nodiscard]] bool writable() const;
};

class Network {
public:
    // All answer 0 or a positive errno, as the system calls of their names would set.
    [[nodiscard]] int open();  // a descriptor
    void open_pair(int& a, int& b);
    [[nodiscard]] int bind(Endpoint& endpoint, Address address);
    [[nodiscard]] int listen(Endpoint& endpoint, int backlog);
    // EINPROGRESS, always: the outcome shows when it becomes writable.
    [[nodiscard]] int connect(Endpoint& endpoint, const Address& address);
    // The descriptor of the connection, or -1: none waits.
    [[nodiscard]] int accept(Endpoint& endpoint);
    // How many bytes went out; 0 with `error` set (EAGAIN, EPIPE, ECONNRESET …).
    [[nodiscard]] size_t send(Endpoint& endpoint, std::string_view bytes, int& error);
    // Up to `most` bytes; empty with error 0 is the end of the stream.
    [[nodiscard]] std::string receive(Endpoint& endpoint, size_t most, int& error);
    void shut_write(Endpoint& endpoint);
    void close(int descriptor);
    [[nodiscard]] Endpoint* find(int descriptor) const;  // null: not open

    // Its readiness may have changed.
    void changed(Endpoint& endpoint);

private:
    [[nodiscard]] Endpoint* listener_at(const Address& address) const;
    [[nodiscard]] Endpoint& make();
    void connect_pair(Endpoint& a, Endpoint& b);

    int next_client_port_ = 50001;
    int next_server_port_ = 40001;
    int next_descriptor_ = 7;  // after those of stdio, epoll and the self-pipe
    std::map<int, std::unique_ptr<Endpoint>> endpoints_;
};

// Puts the handles of ready sockets on the loop's ready queue; how many sockets there were.
uint32_t poll_sockets(EventLoop* loop);
// An endpoint leaves its loop's ready list.
void forget_ready(Endpoint& endpoint);
// A loop that closes forgets its readers and writers.
void drop_watches(EventLoop* loop);
// The strerror text of an errno that sockets give.
[[nodiscard]] const char* error_text(int number);

}  // namespace loopglass::loop
