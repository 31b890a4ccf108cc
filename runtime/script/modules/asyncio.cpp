// The package asyncio: its classes and functions, made by the loop floor, under CPython's module
// names.
#include <array>
#include <string>
#include <utility>

#include "runtime/base/text.hpp"
#include "runtime/loop/api.hpp"
#include "runtime/loop/context.hpp"
#include "runtime/loop/exceptions.hpp"
#include "runtime/loop/executor.hpp"
#include "runtime/loop/handle.hpp"
#include "runtime/loop/support.hpp"
#include "runtime/loop/task.hpp"
#include "runtime/script/host.hpp"
#include "runtime/script/interpreter.hpp"
#include "runtime/script/modules/registry.hpp"
#include "runtime/value/objects.hpp"
#include "runtime/value/protocol.hpp"

namespace loopglass::script {

using namespace value;  // a file of bindings

void install_loop_hooks();  // asyncio_hooks.cpp

namespace {

using Functions = std::span<const NativeMethod> (*)();

// One row per module of the package: its functions, and the classes published under its name.
struct SubmoduleRow {
    const char* name;
    std::initializer_list<Functions> functions;
    std::initializer_list<const char*> classes;
    bool exported;  // its public names stand in `asyncio` too
};

const SubmoduleRow kSubmodules[] = {
    {"asyncio.base_events", {}, {"BaseEventLoop"}, true},
    {"asyncio.coroutines", {loop::coroutines_functions}, {}, true},
    {"asyncio.events",
     {loop::events_functions},
     {"AbstractEventLoop", "AbstractEventLoopPolicy", "AbstractServer",
      "BaseDefaultEventLoopPolicy"},
     true},
    {"asyncio.exceptions", {}, {}, true},
    {"asyncio.futures", {loop::futures_functions}, {}, true},
    {"asyncio.locks",
     {},
     {"Lock", "Event", "Condition", "Semaphore", "BoundedSemaphore", "Barrier"},
     true},
    {"asyncio.protocols", {}, {}, false},
    {"asyncio.queues", {}, {"Queue", "PriorityQueue", "LifoQueue"}, true},
    {"asyncio.runners", {loop::runners_functions}, {"Runner"}, true},
    {"asyncio.streams", {}, {}, false},
    {"asyncio.taskgroups", {}, {"TaskGroup"}, true},
    {"asyncio.tasks", {loop::tasks_functions, loop::as_completed_functions}, {}, true},
    {"asyncio.threads", {loop::threads_functions}, {}, true},
    {"asyncio.timeouts", {loop::timeouts_functions}, {"Timeout"}, true},
    {"asyncio.transports", {}, {}, false},
    {"asyncio.selector_events", {}, {"BaseSelectorEventLoop"}, false},
    {"asyncio.unix_events", {}, {"_UnixSelectorEventLoop", "_UnixDefaultEventLoopPolicy"}, false},
    {"asyncio.staggered", {}, {}, false},
    {"asyncio.constants", {}, {}, false},
    {"asyncio.log", {}, {}, false},
};

[[nodiscard]] Value type_value(Type* type) {
    return Value::share(type);
}

[[nodiscard]] bool is_public(std::string_view name) {
    return !name.empty() && name.front() != '_';
}

void set_text(const Value& module, const char* name) {
    module_set(module, name, make_str(name));
}

// Classes that have a C++ name, and constants.
void fill_specials(const Value& module, std::string_view name) {
    namespace le = loop::errors;
    if (name == "asyncio.exceptions") {
        module_set(module, "CancelledError", type_value(le::CancelledError));
        module_set(module, "InvalidStateError", type_value(le::InvalidStateError));
        module_set(module, "TimeoutError", type_value(le::TimeoutError));
        module_set(module, "SendfileNotAvailableError", type_value(le::SendfileNotAvailableError));
        module_set(module, "IncompleteReadError", type_value(le::IncompleteReadError));
        module_set(module, "LimitOverrunError", type_value(le::LimitOverrunError));
        module_set(module, "BrokenBarrierError", type_value(le::BrokenBarrierError));
    } else if (name == "asyncio.queues") {
        module_set(module, "QueueEmpty", type_value(le::QueueEmpty));
        module_set(module, "QueueFull", type_value(le::QueueFull));
        module_set(module, "QueueShutDown", type_value(le::QueueShutDown));
    } else if (name == "asyncio.events") {
        module_set(module, "Handle", type_value(loop::Handle::type));
        module_set(module, "TimerHandle", type_value(loop::TimerHandle::type));
    } else if (name == "asyncio.futures") {
        // CPython's names for its two implementations: here there is one.
        for (const char* alias : {"Future", "_CFuture", "_PyFuture"})
            module_set(module, alias, type_value(loop::Future::type));
    } else if (name == "asyncio.tasks") {
        for (const char* alias : {"Task", "_CTask", "_PyTask"})
            module_set(module, alias, type_value(loop::Task::type));
        for (const char* text : {"FIRST_COMPLETED", "FIRST_EXCEPTION", "ALL_COMPLETED"})
            set_text(module, text);
    } else if (name == "asyncio.constants") {
        module_set(module, "DEBUG_STACK_DEPTH", Value::small(10));
        module_set(module, "THREAD_JOIN_TIMEOUT", Value::small(300));
        module_set(module, "ACCEPT_RETRY_DELAY", Value::small(1));
        module_set(module, "LOG_THRESHOLD_FOR_CONNLOST_WRITES", Value::small(5));
    }
}

// What is written in Python, and loaded when a script first asks for it.
struct LazyName {
    const char* module;  // of asyncio
    const char* source;  // of lib/
    const char* name;
};
constexpr LazyName kLazyNames[] = {
    {"protocols", "_asyncio_net", "BaseProtocol"},
    {"protocols", "_asyncio_net", "Protocol"},
    {"protocols", "_asyncio_net", "DatagramProtocol"},
    {"protocols", "_asyncio_net", "SubprocessProtocol"},
    {"protocols", "_asyncio_net", "BufferedProtocol"},
    {"transports", "_asyncio_net", "BaseTransport"},
    {"transports", "_asyncio_net", "ReadTransport"},
    {"transports", "_asyncio_net", "WriteTransport"},
    {"transports", "_asyncio_net", "Transport"},
    {"transports", "_asyncio_net", "DatagramTransport"},
    {"transports", "_asyncio_net", "SubprocessTransport"},
    {"base_events", "_asyncio_net", "Server"},
    {"events", "_asyncio_net", "AbstractServer"},
    {"streams", "_asyncio_streams", "StreamReader"},
    {"streams", "_asyncio_streams", "StreamWriter"},
    {"streams", "_asyncio_streams", "StreamReaderProtocol"},
    {"streams", "_asyncio_streams", "FlowControlMixin"},
    {"streams", "_asyncio_streams", "open_connection"},
    {"streams", "_asyncio_streams", "start_server"},
    {"staggered", "_asyncio_streams", "staggered_race"},
};

// What CPython's asyncio has and a scenario has no world for.
struct NotOffered {
    const char* name;
    const char* reason;
};
constexpr const char* kNoProcesses = "a scenario starts no processes";
constexpr const char* kNoUnixSockets =
    "the simulated network has no Unix sockets; open_connection and start_server work";
constexpr NotOffered kNotOffered[] = {
    {"create_subprocess_exec", kNoProcesses},
    {"create_subprocess_shell", kNoProcesses},
    {"subprocess", kNoProcesses},
    {"get_child_watcher", kNoProcesses},
    {"set_child_watcher", kNoProcesses},
    {"AbstractChildWatcher", kNoProcesses},
    {"SafeChildWatcher", kNoProcesses},
    {"FastChildWatcher", kNoProcesses},
    {"MultiLoopChildWatcher", kNoProcesses},
    {"PidfdChildWatcher", kNoProcesses},
    {"ThreadedChildWatcher", kNoProcesses},
    {"open_unix_connection", kNoUnixSockets},
    {"start_unix_server", kNoUnixSockets},
    {"sslproto", "the simulated network has no TLS"},
};

// Adds to the pending AttributeError that it is not the script's mistake.
void add_reason(std::string_view name) {
    for (const NotOffered& row : kNotOffered) {
        if (name != row.name) continue;
        const Value error = take_raised();
        const Value note =
            make_str(base::cat("CPython's asyncio has it, Loopglass has not: ", row.reason, "."));
        if (!call_method(error, intern("add_note"), &note, 1)) clear_raised();
        restore_raised(error);
    }
}

// Modules whose global `logger` scripts look at, and tests replace.
[[nodiscard]] bool has_logger(std::string_view module) {
    return module == "log" || module == "base_events" || module == "selector_events" ||
           module == "unix_events";
}

// Module __getattr__ of `asyncio` (module null) and of its submodules.
[[nodiscard]] Value load_lazily(const char* module, const Value& name) {
    const std::string text = loop::text_of(name);
    for (const LazyName& row : kLazyNames)
        if (text == row.name && (!module || std::string_view(module) == row.module)) {
            const Value source = import_module(row.source);
            return source ? get_attribute(source, intern(text)) : Value();
        }
    if (module && text == "logger" && has_logger(module)) {
        const Value logging = import_module("logging");
        const Value logger = make_str("asyncio");
        return logging ? call_method(logging, intern("getLogger"), &logger, 1) : Value();
    }
    raise(errors::AttributeError,
          base::cat("module 'asyncio", module ? "." : "", module ? module : "",
                    "' has no attribute '", text, "'"));
    Value error = take_raised();
    const std::string full = module ? base::cat("asyncio.", module) : "asyncio";
    auto& fields = cast<Exception>(error)->fields;  // what suggestions come from
    fields.resize(std::max<size_t>(fields.size(), 2));
    fields[0] = name;
    if (const Value* loaded = dict_find(g_host->modules.get(), intern(full))) fields[1] = *loaded;
    restore_raised(std::move(error));
    if (!module) add_reason(text);
    return {};
}
template <size_t row>
Value submodule_attribute(const Value* a) {
    return load_lazily(kSubmodules[row].name + sizeof("asyncio.") - 1, a[0]);
}
Value package_attribute(const Value* a) {
    return load_lazily(nullptr, a[0]);
}
constexpr NativeMethod kPackageGetattr{"__getattr__", package_attribute, "(name)",
                                       MethodKind::Function};
template <size_t... rows>
constexpr auto submodule_getattrs(std::index_sequence<rows...>) {
    return std::array<NativeMethod, sizeof...(rows)>{
        NativeMethod{"__getattr__", submodule_attribute<rows>, "(name)", MethodKind::Function}...};
}
constexpr auto kSubmoduleGetattrs =
    submodule_getattrs(std::make_index_sequence<std::size(kSubmodules)>());

[[nodiscard]] Value make_submodule(const SubmoduleRow& row) {
    const Value module = make_module(row.name);
    const std::string_view own = std::string_view(row.name).substr(sizeof("asyncio.") - 1);
    module_set(module, "__file__", make_str(base::cat("<lib>/asyncio/", own, ".py")));
    for (const Functions functions : row.functions)
        for (const NativeMethod& function : functions())
            module_set(module, function.name, make_function(function, row.name));
    for (const char* name : row.classes) {
        Type* type = loop::find_type(base::cat(row.name, ".", name));
        if (type) module_set(module, name, type_value(type));
    }
    fill_specials(module, row.name);
    module_set(module, "__getattr__",
               make_function(kSubmoduleGetattrs[&row - kSubmodules], row.name));
    return module;
}

void export_names(const Value& package, const Value& module) {
    const Dict* dict = cast<Module>(module)->dict.get();
    for (uint32_t i = 0; i < dict->used; ++i) {
        const DictEntry& entry = dict->entries[i];
        if (entry.key && is_public(cast<Str>(entry.key)->view()))
            dict_set(cast<Module>(package)->dict.get(), cast<Str>(entry.key), entry.value);
    }
}

// asyncio.__all__: what the submodules publish, and what is loaded when it is first asked for.
[[nodiscard]] Value published_names(const Value& package) {
    Ref<List> names = make_list();
    const Dict* dict = cast<Module>(package)->dict.get();
    for (uint32_t i = 0; i < dict->used; ++i)
        if (dict->entries[i].key && is_public(cast<Str>(dict->entries[i].key)->view()) &&
            !is<Module>(dict->entries[i].value))
            names->items.push_back(Value::share(cast<Str>(dict->entries[i].key)));
    for (const LazyName& row : kLazyNames) {
        const std::string_view module = row.module;
        if (module != "staggered" && std::string_view(row.name) != "FlowControlMixin")
            names->items.push_back(Value::share(intern(row.name)));
    }
    return names;
}

}  // namespace

Value make_module_asyncio() {
    loop::initialise_loop_types();
    install_loop_hooks();
    const Value package = make_module("asyncio");
    module_set(package, "__path__", make_list());
    module_set(package, "__file__", make_str("<lib>/asyncio/__init__.py"));
    module_set(package, "__getattr__", make_function(kPackageGetattr, "asyncio"));
    for (const SubmoduleRow& row : kSubmodules) {
        const Value module = make_submodule(row);
        if (row.exported) export_names(package, module);
        dict_set(g_host->modules.get(), intern(row.name), module);
    }
    for (const SubmoduleRow& row : kSubmodules)
        module_set(package, row.name + sizeof("asyncio.") - 1,
                   *dict_find(g_host->modules.get(), intern(row.name)));
    for (const char* name : {"SelectorEventLoop", "EventLoop"})
        module_set(package, name, type_value(loop::EventLoop::type));
    module_set(package, "DefaultEventLoopPolicy",
               type_value(loop::find_type("asyncio.unix_events._UnixDefaultEventLoopPolicy")));
    for (const char* hidden : {"_get_running_loop", "_set_running_loop", "_allow_nesting"})
        module_set(
            package, hidden,
            *dict_find(cast<Module>(*dict_find(g_host->modules.get(), intern("asyncio.events")))
                           ->dict.get(),
                       intern(hidden)));
    for (const char* hidden : {"_register_task", "_unregister_task", "_enter_task", "_leave_task"})
        module_set(
            package, hidden,
            *dict_find(cast<Module>(*dict_find(g_host->modules.get(), intern("asyncio.tasks")))
                           ->dict.get(),
                       intern(hidden)));
    module_set(package, "__all__", published_names(package));
    return package;
}

Value make_module__contextvars() {
    loop::initialise_loop_types();
    static constexpr NativeMethod kCopy{"copy_context",
                                        [](const Value*) -> Value { return loop::copy_context(); },
                                        "()", MethodKind::Function};
    const Value module = make_native_module("_contextvars", {&kCopy, 1});
    module_set(module, "ContextVar", type_value(loop::ContextVar::type));
    module_set(module, "Context", type_value(loop::Context::type));
    module_set(module, "Token", type_value(loop::Token::type));
    return module;
}

}  // namespace loopglass::script
