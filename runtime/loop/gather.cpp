// asyncio.gather and asyncio.shield (tasks.py, 3.13).
#include <unordered_map>

#include "runtime/loop/combinators.hpp"
#include "runtime/loop/coroutine.hpp"
#include "runtime/loop/exceptions.hpp"
#include "runtime/loop/rules.hpp"
#include "runtime/loop/support.hpp"
#include "runtime/loop/task.hpp"

namespace loopglass::loop {

using trace::AwaitKind;
using trace::EventKind;
using trace::GroupType;
using trace::Outcome;

namespace {

struct GatheringFuture : Future {
    static Type* type;
    std::vector<Value> children;
    std::vector<Value> ended;        // Rule::GatherInFinishingOrder: the children as they end
    size_t count = 0, finished = 0;  // distinct ones
    bool return_exceptions = false;
    bool cancel_requested = false;
    bool failed_to_start = false;  // gather() itself raised: there is no outer future
    trace::GroupId group = 0;
    using Future::Future;
};
Type* GatheringFuture::type = nullptr;

// Rule::GatherOneByOne: lets the first of those that have not begun begin.
void begin_next(const GatheringFuture* outer) {
    for (const Value& child : outer->children)
        if (is<Task>(child) && cast<Task>(child)->held) return release_held(cast<Task>(child));
}

void group_done(const GatheringFuture* outer, Outcome outcome) {
    emit(EventKind::GroupDone, outer->group, 0, static_cast<uint32_t>(outer->finished), outcome);
}

bool fail_outer(GatheringFuture* outer, Value exception) {
    group_done(outer, Outcome::Exception);
    return outer->set_exception(std::move(exception));
}

// What a child contributes to the list of results; a cancellation is a value here.
[[nodiscard]] Value result_of_child(const Value& child) {
    const int cancelled = is_cancelled(child);
    if (cancelled < 0) return {};
    if (cancelled) {
        const Value message = is<Future>(child) ? cast<Future>(child)->cancel_message : Value();
        return make_exception(errors::CancelledError, {message ? message : Value(make_str(""))});
    }
    Value result = future_exception(child);
    return result && is_none(result) ? future_result(child) : result;
}

[[nodiscard]] Value cancelled_error_of(const Value& future) {
    if (is<Future>(future)) return cast<Future>(future)->make_cancelled_error();
    return call_method_named(future, "_make_cancelled_error", {}, {});
}

// A cancelled gather raises what its last child makes of a cancellation, as CPython's does.
[[nodiscard]] bool all_finished(GatheringFuture* outer) {
    Ref<List> results = make_list();
    const bool as_ended = ruled(Rule::GatherInFinishingOrder);
    for (const Value& child : as_ended ? outer->ended : outer->children) {
        results->items.push_back(result_of_child(child));
        if (!results->items.back()) return false;
    }
    if (outer->cancel_requested) {
        Value error = cancelled_error_of(outer->children.back());
        return error && fail_outer(outer, std::move(error));
    }
    group_done(outer, Outcome::Result);
    return outer->set_result(results);
}

// What a rule of the run makes of a child's end, before anything else does.
void child_done_by_rule(GatheringFuture* outer, const Value& child) {
    if (g_rule == Rule::GatherInFinishingOrder) outer->ended.push_back(child);
    if (g_rule == Rule::GatherOneByOne) begin_next(outer);
    if (g_rule == Rule::GatherReturnsFirst && !outer->done() && outer->finished < outer->count) {
        Ref<List> first = make_list();
        first->items.push_back(result_of_child(child));
        if (!first->items.back() || !outer->set_result(first)) clear_raised();
    }
    if (g_rule != Rule::GatherCancelsSiblings || outer->return_exceptions || outer->done()) return;
    if (!is<Future>(child) || !cast<Future>(child)->failed) return;
    for (const Value& sibling : std::vector<Value>(outer->children))
        if (is_done(sibling) == 0 && cancel(sibling, {}) < 0) clear_raised();
}

// gather.<locals>._done_callback.
[[nodiscard]] bool child_done(GatheringFuture* outer, const Value& child) {
    ++outer->finished;
    if (__builtin_expect(g_rule != Rule::None, 0)) child_done_by_rule(outer, child);
    const int cancelled = is_cancelled(child);
    if (cancelled < 0) return false;
    if (outer->failed_to_start || outer->done())
        return cancelled || future_exception(child);  // looked at: retrieved
    if (!outer->return_exceptions) {
        if (cancelled) {
            Value error = cancelled_error_of(child);
            return error && fail_outer(outer, std::move(error));
        }
        Value exception = future_exception(child);
        if (!exception) return false;
        if (!is_none(exception)) return fail_outer(outer, std::move(exception));
    }
    return outer->finished != outer->count || all_finished(outer);
}

Value done_callback(NativeCallback* self, const Value& child) {
    return result_of(child_done(cast<GatheringFuture>(self->data[0]), child));
}

// _GatheringFuture.cancel: the children are cancelled, and their end ends the outer one.
Value cancel_gathering(const Value* a) {
    auto* outer = cast<GatheringFuture>(a[0]);
    if (outer->done()) return boolean(false);
    bool any = false;
    const std::vector<Value> children = outer->children;
    for (const Value& child : children) {
        const int cancelled = cancel(child, given(a[1]) ? a[1] : Value());
        if (cancelled < 0) return {};
        any = any || cancelled;
    }
    if (any) outer->cancel_requested = true;
    return boolean(any);
}

constexpr NativeMethod kGatheringMethods[] = {
    method("cancel", cancel_gathering, "(self, msg=None)"),
};

[[nodiscard]] Value gather_nothing() {
    const Value loop = get_event_loop();
    if (!loop) return {};
    Ref<Future> outer = create_future(cast<EventLoop>(loop), "gather");
    return outer->set_result(make_list()) ? Value(outer) : Value();
}

}  // namespace

Value gather(std::span<const Value> awaitables, bool return_exceptions) {
    if (awaitables.empty()) return gather_nothing();
    std::unordered_map<const Object*, Value> known;
    std::vector<Value> children, done;
    Ref<GatheringFuture> outer;
    Value callback;
    for (const Value& argument : awaitables) {
        if (argument.is_object())
            if (const auto found = known.find(argument.object()); found != known.end()) {
                children.push_back(found->second);
                continue;
            }
        EventLoop* loop = outer ? outer->event_loop() : nullptr;
        const Value future = ensure_future(argument, loop, trace::TaskOrigin::Gather);
        if (!future || (!loop && !(loop = loop_of(future)))) {
            if (outer) outer->failed_to_start = true;
            return {};
        }
        if (!outer) {
            outer = make<GatheringFuture>(loop);
            callback = make_callback(&done_callback, "gather.<locals>._done_callback",
                                     "tasks.py:820", outer);
        }
        if (!future.is(argument) && is<Task>(future))
            cast<Task>(future)->log_destroy_pending = false;
        ++outer->count;
        known.emplace(argument.object(), future);
        const int is_done_ = is_done(future);
        if (is_done_ < 0) return {};
        if (is_done_)
            done.push_back(future);
        else if (is_plain(future))
            (void)cast<Future>(future)->add_done_callback(callback);
        else if (!add_done_callback(future, callback))
            return {};
        children.push_back(future);
    }
    outer->children = std::move(children);
    outer->return_exceptions = return_exceptions;
    trace::Recording& recording = g_machine->recording;
    outer->group = recording.new_group();
    outer->id = recording.new_future();
    outer->await_kind = AwaitKind::Gather;
    outer->await_object = outer->group;
    emit(EventKind::GroupCreated, outer->group, g_task_id,
         static_cast<uint32_t>(outer->children.size()), GroupType::Gather);
    for (const Value& child : outer->children)
        if (is<Future>(child)) emit(EventKind::GroupChild, outer->group, cast<Future>(child)->id);
    emit(EventKind::FutureCreated, outer->id, recording.pinned_text("gather"));
    if (ruled(Rule::GatherOneByOne)) begin_next(outer.get());
    for (const Value& future : done)
        if (!child_done(outer.get(), future)) return {};
    return outer;
}

Value await_gather(std::span<const Value> awaitables, bool return_exceptions) {
    const Value outer = gather(awaitables, return_exceptions);
    return outer ? await_future(cast<Future>(outer)) : Value();
}

// --- shield --------------------------------------------------------------------------------------

namespace {

Value inner_done(NativeCallback* self, const Value& inner) {
    auto* outer = cast<Future>(self->data[0]);
    const int cancelled = is_cancelled(inner);
    if (cancelled < 0) return {};
    if (outer->cancelled()) return result_of(cancelled || future_exception(inner));
    if (cancelled) {
        outer->cancel_future({});
        return none();
    }
    Value exception = future_exception(inner);
    if (!exception) return {};
    if (!is_none(exception)) return result_of(outer->set_exception(std::move(exception)));
    Value result = future_result(inner);
    return result_of(result && outer->set_result(std::move(result)));
}

Value outer_done(NativeCallback* self, const Value&) {
    const int is_done_ = is_done(self->data[0]);
    if (is_done_ < 0) return {};
    return result_of(is_done_ || remove_done_callback(self->data[0], self->data[1]));
}

}  // namespace

Value shield(const Value& awaitable) {
    const Value inner = ensure_future(awaitable, nullptr);
    if (!inner) return {};
    const int is_done_ = is_done(inner);
    if (is_done_) return is_done_ < 0 ? Value() : inner;
    EventLoop* loop = loop_of(inner);
    if (!loop) return {};
    Ref<Future> outer = create_future(loop, "shield");
    outer->await_kind = AwaitKind::Shield;
    outer->await_object = g_machine->recording.new_group();
    emit(EventKind::GroupCreated, outer->await_object, g_task_id, 1, GroupType::Shield);
    if (is<Future>(inner))
        emit(EventKind::GroupChild, outer->await_object, cast<Future>(inner)->id);
    const Value on_inner =
        make_callback(&inner_done, "shield.<locals>._inner_done_callback", "tasks.py:958", outer);
    const Value on_outer = make_callback(&outer_done, "shield.<locals>._outer_done_callback",
                                         "tasks.py:975", inner, on_inner);
    if (!add_done_callback(inner, on_inner) || !add_done_callback(outer, on_outer)) return {};
    return outer;
}

void define_gather_types() {
    NativeTypeSpec gathering{"asyncio.tasks._GatheringFuture", sizeof(GatheringFuture)};
    gathering.base = Future::type;
    gathering.slots.destroy = &destroy_future<GatheringFuture>;
    gathering.methods = kGatheringMethods;
    GatheringFuture::type = define_type(gathering);
}

}  // namespace loopglass::loop
