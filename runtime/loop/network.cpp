#include "runtime/loop/network.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "runtime/loop/machine.hpp"
#include "runtime/loop/support.hpp"

namespace loopglass::loop {

using trace::EventKind;
using trace::SocketEvent;
using trace::SocketRole;

namespace {

constexpr size_t kBufferBytes = 2'500'000;  // what a loopback connection holds before send() stops

[[nodiscard]] uint32_t address_text_id(const Address& address) {
    return g_machine->recording.text(cat(address.host, ":", address.port));
}

[[nodiscard]] bool is_any(const std::string& host) {
    return host.empty() || host == "0.0.0.0";
}

}  // namespace

bool Endpoint::readable() const {
    return unread() > 0 || end_of_stream || error != 0 || !backlog.empty();
}
bool Endpoint::writable() const {
    if (state == State::Failed || error != 0) return true;
    return state == State::Connected && (!peer || peer->unread() < kBufferBytes);
}

Endpoint& Network::make() {
    const int descriptor = next_descriptor_++;
    auto& slot = endpoints_[descriptor];
    slot = std::make_unique<Endpoint>();
    slot->descriptor = descriptor;
    slot->id = g_machine->recording.new_socket();
    return *slot;
}

int Network::open() {
    return make().descriptor;
}

void Network::open_pair(int& a, int& b) {
    Endpoint &left = make(), &right = make();
    connect_pair(left, right);
    emit(EventKind::SocketOpened, left.id, 0, 0, SocketRole::Pair);
    emit(EventKind::SocketOpened, right.id, 0, 0, SocketRole::Pair);
    a = left.descriptor;
    b = right.descriptor;
}

void Network::connect_pair(Endpoint& a, Endpoint& b) {
    a.peer = &b;
    b.peer = &a;
    a.state = b.state = Endpoint::State::Connected;
}

Endpoint* Network::find(int descriptor) const {
    const auto found = endpoints_.find(descriptor);
    return found == endpoints_.end() ? nullptr : found->second.get();
}

Endpoint* Network::listener_at(const Address& address) const {
    for (const auto& [descriptor, endpoint] : endpoints_)
        if (endpoint->state == Endpoint::State::Listening && endpoint->local.port == address.port &&
            (is_any(endpoint->local.host) || endpoint->local.host == address.host ||
             is_any(address.host)))
            return endpoint.get();
    return nullptr;
}

int Network::bind(Endpoint& endpoint, Address address) {
    if (endpoint.state != Endpoint::State::New) return EINVAL;
    if (address.port == 0) address.port = next_server_port_++;
    for (const auto& [descriptor, other] : endpoints_)
        if (other.get() != &endpoint && other->state == Endpoint::State::Listening &&
            other->local.port == address.port &&
            (other->local.host == address.host || is_any(other->local.host) ||
             is_any(address.host)))
            return EADDRINUSE;
    if (is_any(address.host)) address.host = "0.0.0.0";
    endpoint.local = std::move(address);
    endpoint.state = Endpoint::State::Bound;
    return 0;
}

int Network::listen(Endpoint& endpoint, int backlog) {
    if (endpoint.state == Endpoint::State::Connected) return EINVAL;
    if (endpoint.state == Endpoint::State::New)
        if (const int error = bind(endpoint, {"0.0.0.0", 0})) return error;
    if (endpoint.state != Endpoint::State::Listening)
        emit(EventKind::SocketOpened, endpoint.id, address_text_id(endpoint.local), 0,
             SocketRole::Listen);
    endpoint.state = Endpoint::State::Listening;
    endpoint.backlog_limit = static_cast<size_t>(std::max(backlog, 1)) + 1;
    return 0;
}

int Network::connect(Endpoint& endpoint, const Address& address) {
    if (endpoint.state == Endpoint::State::Connected) return EISCONN;
    if (endpoint.local.port == 0) endpoint.local = {"127.0.0.1", next_client_port_++};
    endpoint.remote = {is_any(address.host) ? "127.0.0.1" : address.host, address.port};
    emit(EventKind::SocketOpened, endpoint.id, address_text_id(endpoint.remote), 0,
         SocketRole::Connect);
    Endpoint* listener = listener_at(address);
    if (!listener || listener->backlog.size() >= listener->backlog_limit) {
        endpoint.state = Endpoint::State::Failed;
        endpoint.error = listener ? ETIMEDOUT : ECONNREFUSED;
        return EINPROGRESS;
    }
    Endpoint& served = make();
    connect_pair(endpoint, served);
    served.local = {endpoint.remote.host, listener->local.port};
    served.remote = endpoint.local;
    emit(EventKind::SocketOpened, served.id, address_text_id(served.remote), 0, SocketRole::Accept);
    listener->backlog.push_back(served.descriptor);
    changed(*listener);
    changed(endpoint);
    return EINPROGRESS;
}

int Network::accept(Endpoint& endpoint) {
    if (endpoint.backlog.empty()) return -1;
    const int descriptor = endpoint.backlog.front();
    endpoint.backlog.pop_front();
    return descriptor;
}

size_t Network::send(Endpoint& endpoint, std::string_view bytes, int& error) {
    error = 0;
    if (endpoint.error) return error = std::exchange(endpoint.error, 0), 0;
    if (endpoint.shut_write) return error = EPIPE, 0;
    if (endpoint.state != Endpoint::State::Connected) return error = ENOTCONN, 0;
    if (!endpoint.peer) {  // nobody is there: the answer is a reset
        endpoint.error = endpoint.end_of_stream ? EPIPE : ECONNRESET;
        endpoint.shut_write = true;
        changed(endpoint);
        return bytes.size();
    }
    Endpoint& peer = *endpoint.peer;
    const size_t room = peer.unread() < kBufferBytes ? kBufferBytes - peer.unread() : 0;
    if (room == 0) return error = EAGAIN, 0;
    const size_t count = std::min(room, bytes.size());
    peer.incoming.append(bytes.substr(0, count));
    emit(EventKind::SocketData, endpoint.id, 0, static_cast<uint32_t>(count), SocketEvent::Sent);
    if (count) changed(peer);
    return count;
}

std::string Network::receive(Endpoint& endpoint, size_t most, int& error) {
    error = 0;
    const size_t count = std::min(most, endpoint.unread());
    if (count == 0) {
        if (endpoint.error)
            error = std::exchange(endpoint.error, 0);
        else if (endpoint.state != Endpoint::State::Connected)
            error = ENOTCONN;
        else if (!endpoint.end_of_stream && most > 0)
            error = EAGAIN;
        else if (endpoint.end_of_stream)
            emit(EventKind::SocketData, endpoint.id, 0, 0, SocketEvent::EndOfStream);
        return {};
    }
    const bool was_full = endpoint.unread() >= kBufferBytes;
    std::string bytes = endpoint.incoming.substr(endpoint.taken, count);
    endpoint.taken += count;
    if (endpoint.taken == endpoint.incoming.size() || endpoint.taken > 65536) {
        endpoint.incoming.erase(0, endpoint.taken);
        endpoint.taken = 0;
    }
    emit(EventKind::SocketData, endpoint.id, 0, static_cast<uint32_t>(count),
         SocketEvent::Received);
    if (was_full && endpoint.peer) changed(*endpoint.peer);
    return bytes;
}

void Network::shut_write(Endpoint& endpoint) {
    if (endpoint.shut_write) return;
    endpoint.shut_write = true;
    if (!endpoint.peer) return;
    endpoint.peer->end_of_stream = true;
    changed(*endpoint.peer);
}

void Network::close(int descriptor) {
    const auto found = endpoints_.find(descriptor);
    if (found == endpoints_.end()) return;
    Endpoint& endpoint = *found->second;
    emit(EventKind::SocketClosed, endpoint.id);
    const std::deque<int> waiting = std::move(endpoint.backlog);
    endpoint.backlog.clear();
    for (const int pending : waiting) close(pending);
    if (Endpoint* peer = endpoint.peer) {
        peer->peer = nullptr;
        if (endpoint.unread() > 0)
            peer->error = ECONNRESET;  // unread bytes are answered by a reset
        peer->end_of_stream = true;
        changed(*peer);
    }
    forget_ready(endpoint);
    for (VirtualThread* thread : endpoint.blocked) g_machine->make_ready(thread);
    endpoints_.erase(found);
}

const char* error_text(int number) {
    return std::strerror(number);
}

}  // namespace loopglass::loop
