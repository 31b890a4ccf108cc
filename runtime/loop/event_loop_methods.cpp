// EventLoop as scripts see it: AbstractEventLoop, BaseEventLoop, _UnixSelectorEventLoop. What deals
// with sockets stands in loop_network.cpp, with threads in executor.cpp.
#include <array>
#include <utility>

#include "runtime/base/text.hpp"
#include "runtime/loop/api.hpp"
#include "runtime/loop/asyncgen.hpp"
#include "runtime/loop/event_loop.hpp"
#include "runtime/loop/exceptions.hpp"
#include "runtime/loop/executor.hpp"
#include "runtime/loop/loop_network.hpp"
#include "runtime/loop/signals.hpp"
#include "runtime/loop/support.hpp"
#include "runtime/loop/task.hpp"

namespace loopglass::loop {

Type* EventLoop::type = nullptr;
Type* EventLoop::abstract_type = nullptr;
Type* EventLoop::base_type = nullptr;

namespace {

[[nodiscard]] EventLoop* self_of(const Value* a) {
    return cast<EventLoop>(a[0]);
}

Value construct(Type* type, const Args&) {
    return make_as<EventLoop>(type);
}
void log_selector() {
    log(LogAs::Debug, "Using selector: EpollSelector");
}
bool initialise(const Value&, const Args&) {
    log_selector();
    return true;
}
Value loop_repr(const Value& self) {
    const auto* loop = cast<EventLoop>(self);
    const auto word = [](bool on) { return on ? "True" : "False"; };
    return make_str(cat("<", loop->Object::type->name->view(), " running=", word(loop->running),
                        " closed=", word(loop->closed), " debug=", word(loop->debug), ">"));
}

// BaseEventLoop._check_callback; only debug mode asks, and signal handlers.
[[nodiscard]] bool check_callback(const Value& callback, const char* where) {
    if (is_coroutine(callback) || is_coroutine_function(callback))
        return raise(errors::TypeError, cat("coroutines cannot be used with ", where, "()")), false;
    if (!is_callable(callback))
        return raise(errors::TypeError, cat("a callable object was expected by ", where, "(), got ",
                                            repr_of(callback))),
               false;
    return true;
}
[[nodiscard]] bool check_thread(const EventLoop* loop) {
    if (!loop->running || loop->thread == g_machine->current()) return true;
    return raise(errors::RuntimeError,
                 "Non-thread-safe operation invoked on an event loop other than the current one"),
           false;
}

Value call_soon(const Value* a) {
    EventLoop* loop = self_of(a);
    if (!loop->check_closed()) return {};
    if (loop->debug && (!check_thread(loop) || !check_callback(a[1], "call_soon"))) return {};
    return loop->call_soon(a[1], Ref<Tuple>::share(cast<Tuple>(a[2])),
                           given(a[3]) ? a[3] : Value());
}
Value call_soon_threadsafe(const Value* a) {
    EventLoop* loop = self_of(a);
    if (!loop->check_closed()) return {};
    if (loop->debug && !check_callback(a[1], "call_soon_threadsafe")) return {};
    return loop->call_soon_threadsafe(a[1], Ref<Tuple>::share(cast<Tuple>(a[2])),
                                      given(a[3]) ? a[3] : Value());
}
[[nodiscard]] Value schedule_at(const Value* a, double base, const char* where,
                                trace::TimerKind kind) {
    EventLoop* loop = self_of(a);
    if (is_none(a[1]))
        return raise(errors::TypeError, kind == trace::TimerKind::CallAt
                                            ? "when cannot be None"
                                            : "delay must not be None");
    if (!loop->check_closed()) return {};
    if (loop->debug && (!check_thread(loop) || !check_callback(a[2], where))) return {};
    double seconds;
    if (is_exact<Float>(a[1])) {
        seconds = base + cast<Float>(a[1])->number;
    } else {
        const Value when = binary(BinaryOp::Add, make_float(base), a[1]);
        if (!when || !to_double(when, seconds)) return {};
    }
    return loop->call_at(to_ns(seconds), a[2], Ref<Tuple>::share(cast<Tuple>(a[3])),
                         given(a[4]) ? a[4] : Value(), kind);
}
Value call_later(const Value* a) {
    return schedule_at(a, self_of(a)->time(), "call_later", trace::TimerKind::CallLater);
}
Value call_at(const Value* a) {
    return schedule_at(a, 0, "call_at", trace::TimerKind::CallAt);
}
Value time(const Value*) {
    return make_float(to_seconds(g_machine->now()));
}
Value run_forever(const Value* a) {
    return result_of(self_of(a)->run_forever());
}
Value run_until_complete(const Value* a) {
    return self_of(a)->run_until_complete(a[1], trace::LoopEntry::RunUntilComplete);
}
Value stop(const Value* a) {
    self_of(a)->stopping = true;
    return none();
}
Value close(const Value* a) {
    EventLoop* loop = self_of(a);
    if (loop->running) return raise(errors::RuntimeError, "Cannot close a running event loop");
    loop->close();
    return none();
}
Value is_running(const Value* a) {
    return boolean(self_of(a)->running);
}
Value is_closed(const Value* a) {
    return boolean(self_of(a)->closed);
}
Value create_future_method(const Value* a) {
    return create_future(self_of(a));
}
Value create_task_method(const Value* a) {
    TaskOptions options;
    options.name = a[2];
    options.context = a[3];
    return create_task_plainly(self_of(a), a[1], options);
}
Value set_task_factory(const Value* a) {
    if (given(a[1]) && !is_callable(a[1]))
        return raise(errors::TypeError, "task factory must be a callable or None");
    self_of(a)->task_factory = given(a[1]) ? a[1] : Value();
    return none();
}
Value get_task_factory(const Value* a) {
    return or_none(self_of(a)->task_factory);
}
Value set_exception_handler(const Value* a) {
    if (given(a[1]) && !is_callable(a[1]))
        return raise(errors::TypeError,
                     "A callable object or None is expected, got " + repr_of(a[1]));
    self_of(a)->exception_handler = given(a[1]) ? a[1] : Value();
    return none();
}
Value get_exception_handler(const Value* a) {
    return or_none(self_of(a)->exception_handler);
}
Value default_exception_handler(const Value* a) {
    if (!is<Dict>(a[1])) return raise(errors::TypeError, "a dict was expected");
    self_of(a)->default_exception_handler(cast<Dict>(a[1]));
    return raised() ? Value() : none();
}
Value call_exception_handler(const Value* a) {
    if (!is<Dict>(a[1])) return raise(errors::TypeError, "a dict was expected");
    return result_of(self_of(a)->call_exception_handler(Ref<Dict>::share(cast<Dict>(a[1]))));
}
Value get_debug(const Value* a) {
    return boolean(self_of(a)->debug);
}
Value set_debug(const Value* a) {
    const int on = truth(a[1]);
    if (on < 0) return {};
    self_of(a)->debug = on;
    return none();
}
Value get_slow(const Value* a) {
    return make_float(self_of(a)->slow_callback_duration);
}
Value set_slow(const Value* a) {
    double seconds;
    if (!a[1] || !to_double(a[1], seconds)) return {};
    self_of(a)->slow_callback_duration = seconds;
    return none();
}
Value run_once(const Value* a) {
    return result_of(self_of(a)->run_once());
}
Value check_closed(const Value* a) {
    return result_of(self_of(a)->check_closed());
}

// What a script may look at: how many wait, in what line.
Value get_ready(const Value* a) {
    const EventLoop* loop = self_of(a);
    Ref<List> list = make_list();
    for (size_t i = 0; i < loop->ready.size(); ++i) list->items.push_back(loop->ready[i].target);
    return list;
}
Value get_scheduled(const Value* a) {
    Ref<List> list = make_list();
    for (TimerHeap::Entry& entry : self_of(a)->timers.in_order())
        list->items.push_back(std::move(entry.target));
    return list;
}
Value get_clock_resolution(const Value*) {
    return make_float(1e-9);
}
Value get_default_executor(const Value* a) {
    return or_none(self_of(a)->default_executor);
}
Value get_stopping(const Value* a) {
    return boolean(self_of(a)->stopping);
}
Value get_current_handle(const Value*) {
    return none();
}

// What a scenario's loop has no world for; asking says so, where CPython's abstract loop says
// nothing.
struct Refusal {
    const char* name;
    const char* reason;
};
constexpr const char* kNoProcesses = "a scenario starts no processes";
constexpr const char* kNoPipes = "a scenario has no pipes";
constexpr const char* kNoDatagrams = "the simulated network has no datagrams";
constexpr const char* kNoUnixSockets =
    "the simulated network has no Unix sockets; create_connection and create_server work";
constexpr const char* kNoTls = "the simulated network has no TLS";
constexpr Refusal kRefusals[] = {
    {"subprocess_exec", kNoProcesses},
    {"subprocess_shell", kNoProcesses},
    {"connect_read_pipe", kNoPipes},
    {"connect_write_pipe", kNoPipes},
    {"create_datagram_endpoint", kNoDatagrams},
    {"sock_recvfrom", kNoDatagrams},
    {"sock_recvfrom_into", kNoDatagrams},
    {"sock_sendto", kNoDatagrams},
    {"create_unix_connection", kNoUnixSockets},
    {"create_unix_server", kNoUnixSockets},
    {"start_tls", kNoTls},
    {"sendfile", "write the file's bytes to the transport instead"},
    {"sock_sendfile", "send the file's bytes with sock_sendall instead"},
    {"connect_accepted_socket", "create_server accepts connections itself"},
    {"getnameinfo", "the simulated network has no names but localhost"},
};
template <size_t row>
Value refuse(const Value*) {
    return raise(
        errors::NotImplementedError,
        base::cat("loop.", kRefusals[row].name, "() is not offered: ", kRefusals[row].reason));
}
template <size_t... rows>
constexpr auto refusals(std::index_sequence<rows...>) {
    return std::array<NativeMethod, sizeof...(rows)>{
        method(kRefusals[rows].name, refuse<rows>, "(self, *args, **kwargs)")...};
}
constexpr auto kRefusingMethods = refusals(std::make_index_sequence<std::size(kRefusals)>());

constexpr NativeMethod kBaseMethods[] = {
    method("call_soon", call_soon, "(self, callback, *args, context=None)"),
    method("call_soon_threadsafe", call_soon_threadsafe, "(self, callback, *args, context=None)"),
    method("call_later", call_later, "(self, delay, callback, *args, context=None)"),
    method("call_at", call_at, "(self, when, callback, *args, context=None)"),
    method("time", time),
    method("run_forever", run_forever),
    method("run_until_complete", run_until_complete, "(self, future)"),
    method("stop", stop),
    method("close", close),
    method("is_running", is_running),
    method("is_closed", is_closed),
    method("create_future", create_future_method),
    method("create_task", create_task_method, "(self, coro, *, name=None, context=None)"),
    method("set_task_factory", set_task_factory, "(self, factory)"),
    method("get_task_factory", get_task_factory),
    method("set_exception_handler", set_exception_handler, "(self, handler)"),
    method("get_exception_handler", get_exception_handler),
    method("default_exception_handler", default_exception_handler, "(self, context)"),
    method("call_exception_handler", call_exception_handler, "(self, context)"),
    method("get_debug", get_debug),
    method("set_debug", set_debug, "(self, enabled)"),
    getter("slow_callback_duration", get_slow),
    setter("slow_callback_duration", set_slow),
    async_method("shutdown_asyncgens", shutdown_asyncgens),
    async_method("shutdown_default_executor", shutdown_default_executor, "(self, timeout=None)"),
    method("run_in_executor", run_in_executor, "(self, executor, func, *args)"),
    method("set_default_executor", set_default_executor, "(self, executor)"),
    method("_run_once", run_once),
    method("_check_closed", check_closed),
    getter("_ready", get_ready),
    getter("_scheduled", get_scheduled),
    getter("_debug", get_debug),
    getter("_closed", is_closed),
    getter("_stopping", get_stopping),
    getter("_current_handle", get_current_handle),
    getter("_clock_resolution", get_clock_resolution),
    getter("_default_executor", get_default_executor),
};

constexpr NativeMethod kUnixMethods[] = {
    method("add_signal_handler", add_signal_handler, "(self, sig, callback, *args)"),
    method("remove_signal_handler", remove_signal_handler, "(self, sig)"),
    async_method("getaddrinfo", loop_getaddrinfo,
                 "(self, host, port, *, family=0, type=0, proto=0, flags=0)"),
    async_method("create_connection", create_connection,
                 "(self, protocol_factory, host=None, port=None, *, ssl=None, family=0, proto=0, "
                 "flags=0, sock=None, local_addr=None, **kwargs)"),
    async_method("create_server", create_server,
                 "(self, protocol_factory, host=None, port=None, *, family=0, flags=1, sock=None, "
                 "backlog=100, ssl=None, start_serving=True, **kwargs)"),
    method("add_reader", add_reader, "(self, fd, callback, *args)"),
    method("remove_reader", remove_reader, "(self, fd)"),
    method("add_writer", add_writer, "(self, fd, callback, *args)"),
    method("remove_writer", remove_writer, "(self, fd)"),
    async_method("sock_recv", sock_recv, "(self, sock, n)"),
    async_method("sock_recv_into", sock_recv_into, "(self, sock, buf)"),
    async_method("sock_sendall", sock_sendall, "(self, sock, data)"),
    async_method("sock_connect", sock_connect, "(self, sock, address)"),
    async_method("sock_accept", sock_accept, "(self, sock)"),
};

}  // namespace

void define_event_loop_types() {
    NativeTypeSpec abstract{"asyncio.events.AbstractEventLoop", sizeof(Object), kBaseType};
    abstract.has_dict = true;
    EventLoop::abstract_type = define_type(abstract);
    publish_type("asyncio.events.AbstractEventLoop", EventLoop::abstract_type);

    NativeTypeSpec base{"asyncio.base_events.BaseEventLoop", sizeof(EventLoop), kBaseType};
    base.base = EventLoop::abstract_type;
    base.slots.destroy = &destroy_native<EventLoop>;
    base.slots.construct = &construct;
    base.slots.init = &initialise;
    base.slots.repr = &loop_repr;
    base.methods = kBaseMethods;
    EventLoop::base_type = define_type(base);
    publish_type("asyncio.base_events.BaseEventLoop", EventLoop::base_type);

    NativeTypeSpec selector{"asyncio.selector_events.BaseSelectorEventLoop", sizeof(EventLoop),
                            kBaseType};
    selector.base = EventLoop::base_type;
    selector.methods = kRefusingMethods;
    Type* selector_type = define_type(selector);
    publish_type("asyncio.selector_events.BaseSelectorEventLoop", selector_type);

    NativeTypeSpec unix_loop{"asyncio.unix_events._UnixSelectorEventLoop", sizeof(EventLoop),
                             kBaseType};
    unix_loop.base = selector_type;
    unix_loop.methods = kUnixMethods;
    EventLoop::type = define_type(unix_loop);
    publish_type("asyncio.unix_events._UnixSelectorEventLoop", EventLoop::type);
}

Ref<EventLoop> make_event_loop() {
    log_selector();
    return make<EventLoop>();
}

}  // namespace loopglass::loop
