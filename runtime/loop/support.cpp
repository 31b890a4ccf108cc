#include "runtime/loop/support.hpp"

#include <algorithm>

#include "runtime/base/text.hpp"
#include "runtime/loop/coroutine.hpp"
#include "runtime/loop/cycles.hpp"
#include "runtime/loop/future.hpp"
#include "runtime/loop/machine.hpp"
#include "runtime/loop/text.hpp"
#include "runtime/value/traceback.hpp"

namespace loopglass::loop {

bool (*g_warn)(Type*, std::string_view, int, const Value&) = nullptr;
void (*g_log)(LogAs, std::string_view, const Value&) = nullptr;
Type* NativeCallback::type = nullptr;

Value call_with(const Value& callee, const Tuple* args, const Dict* kwargs) {
    if (!kwargs || kwargs->count == 0)
        return args ? call(callee, Args{args->items(), args->size}) : call(callee);
    std::vector<Value> items;
    if (args) items.assign(args->items(), args->items() + args->size);
    const size_t positional = items.size();
    std::vector<Value> names;
    for (uint32_t i = 0; i < kwargs->used; ++i) {
        if (!kwargs->entries[i].key) continue;
        names.push_back(kwargs->entries[i].key);
        items.push_back(kwargs->entries[i].value);
    }
    const Ref<Tuple> keyword_names = make_tuple(std::span<const Value>(names));
    return call(callee, Args{items.data(), positional, keyword_names.get()});
}

Value call_named(const Value& callee, std::initializer_list<Value> positional,
                 std::initializer_list<std::pair<const char*, Value>> named) {
    std::vector<Value> items(positional), names;
    for (const auto& [name, value] : named) {
        names.push_back(Value::share(intern(name)));
        items.push_back(value);
    }
    const Ref<Tuple> keyword_names = make_tuple(std::span<const Value>(names));
    return call(callee, Args{items.data(), positional.size(), keyword_names.get()});
}

Value call_method_named(const Value& object, std::string_view name,
                        std::initializer_list<Value> positional,
                        std::initializer_list<std::pair<const char*, Value>> named) {
    const Value bound = get_attribute(object, intern(name));
    return bound ? call_named(bound, positional, named) : Value();
}

Value raise_from(Type* type, std::string_view message, const Value& cause) {
    if (message.empty())
        raise_with(type, {});
    else
        raise(type, message);
    auto* exception = cast<Exception>(g_thread.raised);
    exception->cause = cause;
    exception->suppress_context = true;
    return {};
}

void keep_with_raised(const Value& value) {
    if (!raised() || abandoning()) return;
    auto* exception = cast<Exception>(g_thread.raised);
    TracebackEntry unseen;
    Frame* const back = g_thread.frame;
    unseen.frame = make_library_frame(
        back && g_object_of_frame ? Value(make_tuple({value, g_object_of_frame(back)})) : value);
    exception->traceback =
        make<Traceback>(std::move(unseen), exception->traceback, static_cast<Dict*>(nullptr));
}

Value make_exception(Type* type, std::string_view message) {
    return call(Value::share(type), make_str(message));
}
Value make_exception(Type* type, std::initializer_list<Value> args) {
    return call(Value::share(type), Args{args.begin(), args.size()});
}

bool is_class(const Value& value, const Type* base) {
    return value.is_object() && value.object()->type->has(kTypeSubclass) &&
           is_subtype(static_cast<Type*>(value.object()), base);
}

std::string text_of(const Value& value) {
    const Ref<Str> text = str(value);
    if (!text) {
        clear_raised();
        return "?";
    }
    return std::string(text->view());
}
std::string repr_of(const Value& value) {
    const Ref<Str> text = repr(value);
    if (!text) {
        clear_raised();
        return "?";
    }
    return std::string(text->view());
}

Ref<NativeCallback> make_callback(NativeCallback::Function function, const char* qualname,
                                  const char* place, Value first, Value second, Value third) {
    auto made = make<NativeCallback>(function, qualname, place);
    made->data[0] = std::move(first);
    made->data[1] = std::move(second);
    made->data[2] = std::move(third);
    return made;
}

namespace {

Name kCode("__code__"), kFilename("co_filename"), kFirstLine("co_firstlineno"),
    kQualname("__qualname__"), kName("__name__"), kFunc("func"), kArgs("args"),
    kKeywords("keywords"), kWrapped("__wrapped__"), kFunction("__func__");

[[nodiscard]] Value find(const Value& object, Str* name) {
    Value found = find_attribute(object, name);
    if (!found) clear_raised();
    return found;
}

[[nodiscard]] bool is_partial(const Value& value) {
    const std::string_view name = value.type()->name->view();
    return name == "partial" || name == "functools.partial";
}

[[nodiscard]] std::string format_args(const Tuple* args, const Dict* kwargs, bool debug) {
    if (!debug) return "()";
    std::string text = "(";
    const char* separator = "";
    for (uint32_t i = 0; args && i < args->size; ++i, separator = ", ")
        text += separator + short_repr((*args)[i]);
    for (uint32_t i = 0; kwargs && i < kwargs->used; ++i)
        if (kwargs->entries[i].key) {
            text += cat(separator, text_of(kwargs->entries[i].key), "=",
                        short_repr(kwargs->entries[i].value));
            separator = ", ";
        }
    return text + ")";
}

std::string format_callback(const Value& callback, const Tuple* args, const Dict* kwargs,
                            bool debug, const std::string& suffix) {
    const std::string own = format_args(args, kwargs, debug) + suffix;
    if (is_exact<NativeCallback>(callback)) return cast<NativeCallback>(callback)->qualname + own;
    if (is_partial(callback)) {
        const Value function = find(callback, kFunc), inner = find(callback, kArgs),
                    keywords = find(callback, kKeywords);
        return format_callback(function, as<Tuple>(inner), as<Dict>(keywords), debug, own);
    }
    for (Str* name : {kQualname.get(), kName.get()}) {
        const Value found = find(callback, name);
        if (found && is<Str>(found) && cast<Str>(found)->size) return text_of(found) + own;
    }
    return repr_of(callback) + own;
}

Value call_native_callback(const Value& self, const Args& args) {
    auto* callback = cast<NativeCallback>(self);
    return callback->function(callback, args.count ? args.items[0] : none());
}
Value native_callback_repr(const Value& self) {
    return make_str(cat("<function ", cast<NativeCallback>(self)->qualname, " at ",
                        address_text(self.object()), ">"));
}

}  // namespace

std::string function_source(const Value& function) {
    if (is_exact<NativeCallback>(function)) {
        const char* place = cast<NativeCallback>(function)->place;
        return place ? cat("<lib>/asyncio/", place) : std::string();
    }
    if (is_partial(function)) return function_source(find(function, kFunc));
    Value target = function;
    while (Value wrapped = find(target, kWrapped)) target = wrapped;
    if (is<BoundMethod>(target)) return {};  // inspect.isfunction says no
    const Value code = find(target, kCode);
    if (!code) return {};
    const Value file = find(code, kFilename), line = find(code, kFirstLine);
    return file && line ? cat(text_of(file), ":", text_of(line)) : std::string();
}

std::string format_callback_source(const Value& callback, const Tuple* args, bool debug) {
    std::string text = format_callback(callback, args, nullptr, debug, "");
    const std::string source = function_source(callback);
    if (!source.empty()) text += " at " + source;
    return text;
}

Value callback_qualname(const Value& callback) {
    if (callback.type()->has(kHeapType) || is_partial(callback)) return {};
    const Value found = find(callback, kQualname);
    return found && is_exact<Str>(found) && cast<Str>(found)->size ? found : Value();
}

std::string callback_name(const Value& callback) {
    std::string text = format_callback(callback, nullptr, nullptr, false, "");
    text.resize(std::min(text.find("()"), text.size()));
    return text;
}

bool warn(Type* category, std::string_view message, int stack_level, const Value& source) {
    if (abandoning()) return true;
    if (g_warn) return g_warn(category, message, stack_level, source);
    if (g_machine)
        g_machine->write(trace::Stream::Stderr,
                         cat("<sys>:0: ", category->name->view(), ": ", message, "\n"));
    return true;
}

void log(LogAs level, std::string_view message, const Value& exception) {
    if (abandoning()) return;
    if (g_log) return g_log(level, message, exception);
    if (level < LogAs::Warning || !g_machine) return;
    std::string text = cat(message, "\n");
    if (exception) text += format_exception(exception);
    g_machine->write(trace::Stream::Stderr, text);
}

void define_support_types() {
    NativeTypeSpec callback{"function", sizeof(NativeCallback)};
    callback.slots.destroy = &destroy_native<NativeCallback>;
    callback.slots.call = &call_native_callback;
    callback.slots.repr = &native_callback_repr;
    NativeCallback::type = define_type(callback);
}

Value raise_misuse(std::string_view message) {
    if (g_machine && g_machine->recording.lines_on())
        emit(trace::EventKind::ExceptionRaised, g_task_id,
             g_machine->recording.text(base::cat("RuntimeError: ", message)));
    return raise(errors::RuntimeError, std::string(message));
}

}  // namespace loopglass::loop
