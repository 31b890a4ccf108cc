#include "runtime/loop/loop_network.hpp"

#include <algorithm>

#include "runtime/loop/coroutine.hpp"
#include "runtime/loop/event_loop.hpp"
#include "runtime/loop/exceptions.hpp"
#include "runtime/loop/executor.hpp"
#include "runtime/loop/network.hpp"
#include "runtime/loop/support.hpp"

namespace loopglass::loop {

using trace::EventKind;

// --- readiness -----------------------------------------------------------------------------------

namespace {

[[nodiscard]] bool interesting(const Endpoint& endpoint) {
    return (endpoint.wants_read && endpoint.readable()) ||
           (endpoint.wants_write && endpoint.writable());
}

[[nodiscard]] EventLoop::Watch* watch_of(EventLoop* loop, int descriptor) {
    for (EventLoop::Watch& watch : loop->watches)
        if (watch.descriptor == descriptor) return &watch;
    return nullptr;
}

}  // namespace

void Network::changed(Endpoint& endpoint) {
    for (VirtualThread* thread : endpoint.blocked) g_machine->make_ready(thread);
    if (!endpoint.watcher || endpoint.listed || !interesting(endpoint)) return;
    endpoint.listed = true;
    endpoint.watcher->ready_sockets.push_back(&endpoint);
    if (endpoint.watcher->selecting) g_machine->make_ready(endpoint.watcher->selecting);
}

void forget_ready(Endpoint& endpoint) {
    if (endpoint.listed && endpoint.watcher) std::erase(endpoint.watcher->ready_sockets, &endpoint);
    endpoint.listed = false;
}

// epoll_wait, then BaseSelectorEventLoop._process_events: a ready socket goes back to the end of
// the list, so that those that are ready take turns.
uint32_t poll_sockets(EventLoop* loop) {
    uint32_t found = 0;
    for (size_t left = loop->ready_sockets.size(); left > 0; --left) {
        Endpoint* endpoint = loop->ready_sockets.front();
        loop->ready_sockets.pop_front();
        EventLoop::Watch* watch = watch_of(loop, endpoint->descriptor);
        if (!watch || !interesting(*endpoint)) {
            endpoint->listed = false;
            continue;
        }
        ++found;
        loop->ready_sockets.push_back(endpoint);
        const auto schedule = [&](const Value& value, trace::HandleKind kind,
                                  trace::SocketEvent what) {
            auto* handle = cast<Handle>(value);
            if (handle->cancelled) return;
            trace::Recording& recording = g_machine->recording;
            const trace::EventIndex ready = recording.append_because(
                trace::kNoEvent, EventKind::SocketReady, endpoint->id, 0, 0, what);
            std::string name = format_callback_source(handle->callback, nullptr, false);
            name.resize(std::min(name.find("()"), name.size()));
            // A watched descriptor's handle is queued again and again; each time is one of its own.
            const trace::HandleId id = recording.new_handle();
            const trace::EventIndex scheduled = recording.append_because(
                ready, EventKind::CallbackScheduled, id, 0, recording.text(name), kind);
            loop->ready.push({ReadyItem::Kind::Handle, id, scheduled, value, {}, {}});
        };
        if (endpoint->wants_read && endpoint->readable() && watch->reader)
            schedule(watch->reader, trace::HandleKind::Reader, trace::SocketEvent::Readable);
        if (endpoint->wants_write && endpoint->writable() && watch->writer)
            schedule(watch->writer, trace::HandleKind::Writer, trace::SocketEvent::Writable);
    }
    return found;
}

void drop_watches(EventLoop* loop) {
    for (const EventLoop::Watch& watch : loop->watches)
        if (Endpoint* endpoint = g_machine->network->find(watch.descriptor)) {
            forget_ready(*endpoint);
            endpoint->watcher = nullptr;
            endpoint->wants_read = endpoint->wants_write = false;
        }
    loop->watches.clear();
    loop->ready_sockets.clear();
}

// --- readers and writers -------------------------------------------------------------------------

namespace {

enum class Side { Read, Write };

// selectors._fileobj_to_fd: an int, or something with fileno().
[[nodiscard]] bool descriptor_of(const Value& object, int& descriptor) {
    Value number = object;
    if (!is_int(object)) {
        number = call_method_named(object, "fileno", {}, {});
        if (!number) {
            if (!raised_is(errors::AttributeError)) return false;
            clear_raised();
            return raise(errors::ValueError, "Invalid file object: " + repr_of(object)), false;
        }
    }
    int64_t value;
    if (!to_index(number, value)) return false;
    if (value < 0) return raise(errors::ValueError, cat("Invalid file descriptor: ", value)), false;
    descriptor = static_cast<int>(value);
    return true;
}

void update_interest(EventLoop* loop, Endpoint* endpoint, const EventLoop::Watch* watch) {
    if (!endpoint) return;
    endpoint->watcher = loop;
    endpoint->wants_read = watch && watch->reader;
    endpoint->wants_write = watch && watch->writer;
    if (!watch) {
        forget_ready(*endpoint);
        endpoint->watcher = nullptr;
        return;
    }
    g_machine->network->changed(*endpoint);
}

[[nodiscard]] Value add(const Value* a, Side side) {
    auto* loop = cast<EventLoop>(a[0]);
    int descriptor;
    if (!loop->check_closed() || !descriptor_of(a[1], descriptor)) return {};
    Endpoint* endpoint = g_machine->network->find(descriptor);
    if (!endpoint) return raise_os_error(9, "Bad file descriptor");
    Ref<Handle> handle = make<Handle>();
    handle->callback = a[2];
    handle->args = Ref<Tuple>::share(cast<Tuple>(a[3]));
    handle->loop = a[0];
    handle->context = copy_context();
    EventLoop::Watch* watch = watch_of(loop, descriptor);
    if (!watch) {
        loop->watches.push_back({descriptor, {}, {}});
        watch = &loop->watches.back();
    }
    Value& slot = side == Side::Read ? watch->reader : watch->writer;
    const Value old = std::exchange(slot, Value(handle));
    if (old) cancel_handle(cast<Handle>(old));
    update_interest(loop, endpoint, watch);
    return handle;
}

[[nodiscard]] Value remove(const Value* a, Side side) {
    auto* loop = cast<EventLoop>(a[0]);
    int descriptor;
    if (!descriptor_of(a[1], descriptor)) return {};
    EventLoop::Watch* watch = watch_of(loop, descriptor);
    if (!watch) return boolean(false);
    const Value old = std::exchange(side == Side::Read ? watch->reader : watch->writer, Value());
    const bool unused = !watch->reader && !watch->writer;
    update_interest(loop, g_machine->network->find(descriptor), unused ? nullptr : watch);
    if (unused)
        std::erase_if(loop->watches,
                      [&](const auto& each) { return each.descriptor == descriptor; });
    if (!old) return boolean(false);
    cancel_handle(cast<Handle>(old));
    return boolean(true);
}

// await _asyncio_net.NAME(self, *arguments).
[[nodiscard]] Value hand_over(const char* name, std::span<const Value> arguments) {
    const Value function = g_import ? g_import("_asyncio_net", name) : Value();
    if (!function) return raised() ? Value() : raise(errors::RuntimeError, "no network here");
    std::vector<Value> filled(arguments.begin(), arguments.end());
    for (Value& argument : filled)
        if (!argument) argument = none();
    const Value coroutine = call(function, Args{filled.data(), filled.size()});
    return coroutine ? await(coroutine) : Value();
}

}  // namespace

Value add_reader(const Value* a) {
    return add(a, Side::Read) ? none() : Value();
}
Value remove_reader(const Value* a) {
    return remove(a, Side::Read);
}
Value add_writer(const Value* a) {
    return add(a, Side::Write) ? none() : Value();
}
Value remove_writer(const Value* a) {
    return remove(a, Side::Write);
}

Value loop_getaddrinfo(const Value* a) {
    return hand_over("getaddrinfo", {a, 7});
}
Value create_connection(const Value* a) {
    return hand_over("create_connection", {a, 11});
}
Value create_server(const Value* a) {
    return hand_over("create_server", {a, 11});
}
Value sock_recv(const Value* a) {
    return hand_over("sock_recv", {a, 3});
}
Value sock_recv_into(const Value* a) {
    return hand_over("sock_recv_into", {a, 3});
}
Value sock_sendall(const Value* a) {
    return hand_over("sock_sendall", {a, 3});
}
Value sock_connect(const Value* a) {
    return hand_over("sock_connect", {a, 3});
}
Value sock_accept(const Value* a) {
    return hand_over("sock_accept", {a, 2});
}

}  // namespace loopglass::loop
