// Errors nobody awaits: the loop's exception handler (base_events.py, 3.13), and debug mode's
// complaints about slow callbacks.
#include <algorithm>
#include <cstdio>

#include "runtime/loop/coroutine.hpp"
#include "runtime/loop/debug.hpp"
#include "runtime/loop/event_loop.hpp"
#include "runtime/loop/exceptions.hpp"
#include "runtime/loop/support.hpp"
#include "runtime/loop/task.hpp"

namespace loopglass::loop {

namespace {

Name kMessage("message"), kException("exception"), kTask("task"), kFuture("future"),
    kHandle("handle"), kGetContext("get_context"), kDefaultHandler("default_exception_handler");

[[nodiscard]] Value entry(const Dict* context, Str* key) {
    const Value* found = dict_find(const_cast<Dict*>(context), key);
    return found ? *found : Value();
}

[[nodiscard]] bool must_leave() {
    return abandoning() || raised_is(errors::SystemExit) || raised_is(errors::KeyboardInterrupt);
}

// The handler runs in the context of the task, future or handle it is about.
[[nodiscard]] Value call_handler(EventLoop* loop, const Ref<Dict>& context) {
    Value thing;
    for (Str* key : {kTask.get(), kFuture.get(), kHandle.get()})
        if (!given(thing)) thing = entry(context.get(), key);
    Value its_context;
    if (is<Task>(thing))
        its_context = cast<Task>(thing)->context;
    else if (is<Handle>(thing))
        its_context = cast<Handle>(thing)->context;
    const Value self = Value::share(loop);
    if (!is<Context>(its_context)) return call(loop->exception_handler, self, context);
    auto* entered = cast<Context>(its_context);
    if (entered->entered) return call(loop->exception_handler, self, context);
    const EnterContext enter(entered);
    return call(loop->exception_handler, self, context);
}

[[nodiscard]] bool call_default(EventLoop* loop, const Ref<Dict>& context) {
    if (loop->Object::type->has(kHeapType)) {
        const Value argument = context;
        return static_cast<bool>(
            value::call_method(Value::share(loop), kDefaultHandler, &argument, 1));
    }
    loop->default_exception_handler(context.get());
    return !raised();
}

}  // namespace

Ref<Dict> error_context(std::string_view message,
                        std::initializer_list<std::pair<const char*, Value>> entries) {
    Ref<Dict> context = make_dict();
    dict_set(context.get(), kMessage, make_str(message));
    for (const auto& [key, value] : entries) dict_set(context.get(), intern(key), value);
    return context;
}

void EventLoop::default_exception_handler(const Dict* context) {
    const Value message = entry(context, kMessage);
    std::string text =
        message && truth(message) == 1 ? text_of(message) : "Unhandled exception in event loop";
    std::vector<std::pair<std::string, Value>> entries;
    for (uint32_t i = 0; i < context->used; ++i)
        if (context->entries[i].key)
            entries.emplace_back(text_of(context->entries[i].key), context->entries[i].value);
    std::sort(entries.begin(), entries.end(),
              [](const auto& a, const auto& b) { return a.first < b.first; });
    for (const auto& [key, value] : entries) {
        if (key == "message" || key == "exception") continue;
        if (key == "source_traceback" && is<Str>(value)) {
            std::string stack = text_of(value);
            while (!stack.empty() && stack.back() == '\n') stack.pop_back();
            text += cat("\n", key, ": Object created at (most recent call last):\n", stack);
        } else {
            text += cat("\n", key, ": ", repr_of(value));
        }
    }
    const Value exception = entry(context, kException);
    log(LogAs::Error, text, given(exception) ? exception : Value());
}

bool EventLoop::call_exception_handler(const Ref<Dict>& context) {
    if (abandoning()) return false;
    static const Name own_name("call_exception_handler");
    if (const Ref<Dict>* own = instance_dict_slot(this); own && *own)  // a test has put one there
        if (const Value* found = dict_find(own->get(), own_name)) {
            const Value handler = *found;
            return static_cast<bool>(call(handler, context));
        }
    if (!exception_handler) {
        if (call_default(this, context)) return true;
        if (must_leave()) return false;
        log(LogAs::Error, "Exception in default exception handler", take_raised());
        return true;
    }
    if (call_handler(this, context)) return true;
    if (must_leave()) return false;
    const Value error = take_raised();
    const Handling handling(error);
    if (call_default(this, error_context("Unhandled error in exception handler",
                                         {{"exception", error}, {"context", context}})))
        return true;
    if (must_leave()) return false;
    log(LogAs::Error,
        "Exception in default exception handler while handling an unexpected error in custom "
        "exception handler",
        take_raised());
    return true;
}

// base_events._format_handle: for a step of a task, the task itself.
void report_slow_callback(EventLoop* loop, const ReadyItem& item, int64_t took) {
    if (to_seconds(took) < loop->slow_callback_duration || abandoning()) return;
    std::string what;
    switch (item.kind) {
        case ReadyItem::Kind::Step:
        case ReadyItem::Kind::Wakeup:
        case ReadyItem::Kind::Handle:
            what = repr_of(item.target);
            break;
        case ReadyItem::Kind::Callback:
            what = cat("<Handle ", format_callback_source(item.target, nullptr, true), ">");
            break;
        case ReadyItem::Kind::SleepEnd:
            return;
    }
    char seconds[32];
    std::snprintf(seconds, sizeof seconds, "%.3f", to_seconds(took));
    log(LogAs::Warning, cat("Executing ", what, " took ", seconds, " seconds"));
}

}  // namespace loopglass::loop
