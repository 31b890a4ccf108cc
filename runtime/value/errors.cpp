// Raising: making an exception pending, its context and its traceback.
#include "runtime/value/errors.hpp"

#include "runtime/base/text.hpp"
#include "runtime/value/objects.hpp"
#include "runtime/value/protocol.hpp"
#include "runtime/value/traceback.hpp"

namespace loopglass::value {

using base::cat;

namespace {

// The exception being handled becomes the context of the new one. A chain never runs in a circle:
// the new exception is cut out of it first (Python/errors.c, _PyErr_SetObject).
void set_context(Exception* raised_now, const Value& handled) {
    if (!handled || is_none(handled) || handled.is(raised_now)) return;
    Exception* slow = cast<Exception>(handled);
    for (Exception* link = slow; link->context; link = cast<Exception>(link->context)) {
        if (link->context.is(raised_now)) {
            link->context = Value{};
            break;
        }
    }
    raised_now->context = handled;
}

}  // namespace

Value raise_value(const Value& instance) {
    set_context(cast<Exception>(instance), g_thread.handled);
    g_thread.raised = instance;
    return {};
}

Value raise(Type* type, std::string_view message) {
    auto instance = make_as<Exception>(type);
    instance->args = make_tuple({make_str(message)});
    return raise_value(instance);
}

Value raise_with(Type* type, std::initializer_list<Value> args) {
    const Ref<Tuple> items = make_tuple(args);
    const Value instance = call(Value::share(type), Args{items->items(), items->size});
    return instance ? raise_value(instance) : Value{};
}

Value raise_stop_iteration(const Value& value) {
    auto instance = make_as<Exception>(errors::StopIteration);
    instance->args = is_none(value) ? make_tuple(size_t{0}) : make_tuple({value});
    instance->fields = {value};
    return raise_value(instance);
}

Value raise_key_error(const Value& key) {
    auto instance = make_as<Exception>(errors::KeyError);
    instance->args = make_tuple({key});
    return raise_value(instance);
}

Value raise_os_error(int error_number, std::string_view strerror, std::string_view filename) {
    const Value number = make_int(error_number), text = make_str(strerror);
    return filename.empty() ? raise_with(errors::OSError, {number, text})
                            : raise_with(errors::OSError, {number, text, make_str(filename)});
}

void restore_raised(Value exception) {
    g_thread.raised = std::move(exception);
}

bool raised_is(const Type* type) {
    return raised() && is_exception(g_thread.raised, type);
}

void clear_raised() {
    g_thread.raised = Value{};
}

bool clear_raised_if(const Type* type) {
    if (!raised()) return true;
    if (!raised_is(type)) return false;
    clear_raised();
    return true;
}

void add_traceback(Frame* frame, const base::Span& span, const base::Span& anchor) {
    auto* exception = cast<Exception>(g_thread.raised);
    exception->traceback =
        make<Traceback>(TracebackEntry{frame->code ? Value::share(frame->code) : Value{}, span,
                                       anchor, frame->object},
                        exception->traceback, frame->globals);
}

}  // namespace loopglass::value
