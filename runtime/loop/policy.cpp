// Which loop is whose: policies, get_event_loop, new_event_loop (events.py, 3.13).
#include <unordered_map>

#include "runtime/loop/api.hpp"
#include "runtime/loop/cycles.hpp"
#include "runtime/loop/event_loop.hpp"
#include "runtime/loop/exceptions.hpp"
#include "runtime/loop/support.hpp"

namespace loopglass::loop {

namespace {

struct Policy : Object {
    static Type* type;           // _UnixDefaultEventLoopPolicy
    static Type* abstract_type;  // AbstractEventLoopPolicy
    struct Local {
        Value loop;
        bool set_called = false;
    };
    std::unordered_map<uint64_t, Local> local;  // by thread
    using Object::Object;
    [[nodiscard]] Local& here() { return local[g_machine->current()->ident]; }
};
Type* Policy::type = nullptr;
Type* Policy::abstract_type = nullptr;

Value g_policy;  // empty: none was needed yet
Name kGetEventLoop("get_event_loop"), kSetEventLoop("set_event_loop"),
    kNewEventLoop("new_event_loop");

[[nodiscard]] const Value& policy() {
    if (!g_policy) g_policy = make<Policy>();
    return g_policy;
}

}  // namespace

bool policy_holds(const EventLoop* loop) {
    if (!g_policy || !is<Policy>(g_policy)) return false;
    for (const auto& [thread, local] : cast<Policy>(g_policy)->local)
        if (local.loop && local.loop.is(loop)) return true;
    return false;
}

namespace {

// BaseDefaultEventLoopPolicy.get_event_loop: makes a loop for the main thread, once, with a
// warning.
Value policy_get(const Value* a) {
    Policy::Local& here = cast<Policy>(a[0])->here();
    if (!here.loop && !here.set_called && g_machine->current() == g_machine->main_thread()) {
        if (!g_machine->nested_runs &&
            !warn(errors::DeprecationWarning, "There is no current event loop", 1))
            return {};
        const Value loop = call_method(a[0], kNewEventLoop, {});
        if (!loop || !call_method(a[0], kSetEventLoop, {loop})) return {};
    }
    if (!here.loop)
        return raise(errors::RuntimeError, cat("There is no current event loop in thread ",
                                               quote(g_machine->current()->name), "."));
    return here.loop;
}
Value policy_set(const Value* a) {
    Policy::Local& here = cast<Policy>(a[0])->here();
    here.set_called = true;
    if (given(a[1]) && !is_subtype(a[1].type(), EventLoop::abstract_type))
        return raise(errors::TypeError,
                     cat("loop must be an instance of AbstractEventLoop or None, not '",
                         type_name(a[1]), "'"));
    here.loop = given(a[1]) ? a[1] : Value();
    return none();
}
Value policy_new(const Value*) {
    return make_event_loop();
}
Value policy_construct(Type* type, const Args&) {
    return make_as<Policy>(type);
}
bool policy_init(const Value&, const Args&) {
    return true;
}
constexpr NativeMethod kPolicyMethods[] = {
    method("get_event_loop", policy_get),
    method("set_event_loop", policy_set, "(self, loop)"),
    method("new_event_loop", policy_new),
};

Value get_running(const Value*) {
    return get_running_loop() ? g_running_loop : Value();
}
Value peek_running(const Value*) {
    return or_none(g_running_loop);
}
Value set_running(const Value* a) {
    g_running_loop = given(a[0]) ? a[0] : Value();
    return none();
}
Value get_loop(const Value*) {
    return get_event_loop();
}
Value set_loop(const Value* a) {
    return call_method(policy(), kSetEventLoop, {a[0]});
}
Value new_loop(const Value*) {
    return call_method(policy(), kNewEventLoop, {});
}
Value get_policy(const Value*) {
    return policy();
}
Value set_policy(const Value* a) {
    if (given(a[0]) && !is_subtype(a[0].type(), Policy::abstract_type))
        return raise(errors::TypeError,
                     cat("policy must be an instance of AbstractEventLoopPolicy or None, not '",
                         type_name(a[0]), "'"));
    g_policy = given(a[0]) ? a[0] : Value();
    return none();
}
Value allow_nesting(const Value*) {
    g_machine->nested_runs = true;
    return none();
}
constexpr NativeMethod kFunctions[] = {
    function("_allow_nesting", allow_nesting),
    {"get_running_loop", get_running, "()", MethodKind::Function},
    {"_get_running_loop", peek_running, "()", MethodKind::Function},
    {"_set_running_loop", set_running, "(loop, /)", MethodKind::Function},
    {"get_event_loop", get_loop, "()", MethodKind::Function},
    function("set_event_loop", set_loop, "(loop)"),
    function("new_event_loop", new_loop),
    function("get_event_loop_policy", get_policy),
    function("set_event_loop_policy", set_policy, "(policy)"),
};

}  // namespace

// A session begins without a policy.
void reset_policy() {
    g_policy = {};
}

Value get_event_loop() {
    if (g_running_loop) return g_running_loop;
    if (is_exact<Policy>(policy())) return policy_get(&g_policy);
    return call_method(policy(), kGetEventLoop, {});
}

Ref<EventLoop> new_event_loop() {
    if (is_exact<Policy>(policy())) return make_event_loop();
    const Value loop = call_method(policy(), kNewEventLoop, {});
    if (!loop || !as_loop(loop)) return {};
    return Ref<EventLoop>::share(cast<EventLoop>(loop));
}

bool set_event_loop(const Value& loop) {
    return static_cast<bool>(call_method(policy(), kSetEventLoop, {loop}));
}

std::span<const NativeMethod> events_functions() {
    return kFunctions;
}

void define_policy_types() {
    NativeTypeSpec abstract{"asyncio.events.AbstractEventLoopPolicy", sizeof(Object), kBaseType};
    abstract.has_dict = true;
    Policy::abstract_type = define_type(abstract);
    publish_type("asyncio.events.AbstractEventLoopPolicy", Policy::abstract_type);

    NativeTypeSpec base{"asyncio.events.BaseDefaultEventLoopPolicy", sizeof(Policy), kBaseType};
    base.base = Policy::abstract_type;
    base.slots.destroy = &destroy_native<Policy>;
    base.slots.construct = &policy_construct;
    base.slots.init = &policy_init;
    base.methods = kPolicyMethods;
    Type* base_type = define_type(base);
    publish_type("asyncio.events.BaseDefaultEventLoopPolicy", base_type);

    NativeTypeSpec unix_policy{"asyncio.unix_events._UnixDefaultEventLoopPolicy", sizeof(Policy),
                               kBaseType};
    unix_policy.base = base_type;
    Policy::type = define_type(unix_policy);
    publish_type("asyncio.unix_events._UnixDefaultEventLoopPolicy", Policy::type);
}

}  // namespace loopglass::loop
