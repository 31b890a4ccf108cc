// asyncio.as_completed (tasks.py, 3.13): its iterator, plain and asynchronous.
#include <algorithm>

#include "runtime/loop/api.hpp"
#include "runtime/loop/combinators.hpp"
#include "runtime/loop/exceptions.hpp"
#include "runtime/loop/queues.hpp"
#include "runtime/loop/support.hpp"
#include "runtime/value/identity.hpp"

namespace loopglass::loop {

using trace::EventKind;

namespace {

struct AsCompletedIterator : Object {
    static Type* type;
    Ref<Queue> done;
    std::vector<Value> todo;
    size_t left = 0;
    Ref<TimerHandle> timeout;
    Value callback;
    explicit AsCompletedIterator(Type* its_type) : Object(its_type) {}
};
Type* AsCompletedIterator::type = nullptr;

Value handle_completion(NativeCallback* self, const Value& future) {
    auto* iterator = cast<AsCompletedIterator>(self->data[0]);
    if (iterator->todo.empty()) return none();  // the timeout was here first
    std::erase_if(iterator->todo, [&](const Value& each) { return each.is(future); });
    if (!iterator->done->put_nowait(future)) return {};
    if (iterator->todo.empty()) {
        if (iterator->timeout) cancel_handle(iterator->timeout.get());
        iterator->callback = {};  // nobody will call it any more: no cycle is left
    }
    return none();
}

Value handle_timeout(NativeCallback* self, const Value&) {
    auto* iterator = cast<AsCompletedIterator>(self->data[0]);
    const std::vector<Value> todo = std::move(iterator->todo);
    iterator->todo.clear();
    for (const Value& future : todo)
        if (!remove_done_callback(future, iterator->callback) ||
            !iterator->done->put_nowait(none()))
            return {};
    iterator->callback = {};
    return none();
}

// _wait_for_one: None in the queue stands for the timeout.
Value wait_for_one(const Value* a) {
    const Value future = cast<AsCompletedIterator>(a[0])->done->get();
    if (!future) return {};
    if (is_none(future)) return raise_with(errors::TimeoutError, {});
    if (!a[1] || truth(a[1]) != 1) return future;
    Value result = future_result(future);
    if (!result) keep_with_raised(future);  // its frame holds it
    return result;
}

Value wait_next(const Value* a) {
    auto* iterator = cast<AsCompletedIterator>(a[0]);
    if (!iterator->left) return raise_with(errors::StopAsyncIteration, {});
    --iterator->left;
    const Value arguments[] = {a[0], boolean(false)};
    return wait_for_one(arguments);
}

constexpr NativeMethod kMethods[] = {
    async_method("_wait_for_one", wait_for_one, "(self, resolve=False)"),
    async_method("_wait_next", wait_next),
};
Name kWaitForOne("_wait_for_one");

Name kWaitNext("_wait_next");
Value iterator_anext(const Value& self) {
    return call_method(self, kWaitNext, {});
}
Value same(const Value& self) {
    return self;
}
Value iterator_next(const Value& self) {
    auto* iterator = cast<AsCompletedIterator>(self);
    if (!iterator->left) return {};
    --iterator->left;
    return call_method(self, kWaitForOne, {boolean(true)});
}

Value as_completed(const Value* a) {
    if (is_awaitable(a[0]))
        return raise(errors::TypeError,
                     "expects an iterable of awaitables, not " + type_name(a[0]));
    const Value loop_value = get_event_loop();
    if (!loop_value) return {};
    auto* loop = cast<EventLoop>(loop_value);
    Ref<AsCompletedIterator> iterator = make<AsCompletedIterator>();
    iterator->done = make_queue();
    const Ref<Set> seen = make_set();
    const bool fine = for_each(a[0], [&](const Value& awaitable) {
        const int known = set_contains(seen.get(), awaitable);
        if (known) return known > 0;
        if (!set_add(seen.get(), awaitable)) return false;
        Value future = ensure_future(awaitable, loop);
        if (!future) return false;
        iterator->todo.push_back(std::move(future));
        return true;
    });
    if (!fine) return {};
    // A set in CPython, which goes by creation here (MODEL.md).
    std::stable_sort(iterator->todo.begin(), iterator->todo.end(),
                     [](const Value& one, const Value& other) {
                         return identity_number(one.object()) < identity_number(other.object());
                     });
    iterator->left = iterator->todo.size();
    iterator->callback = make_callback(
        &handle_completion, "_AsCompletedIterator._handle_completion", nullptr, iterator);
    const trace::GroupId group = g_machine->recording.new_group();
    emit(EventKind::GroupCreated, group, g_task_id, static_cast<uint32_t>(iterator->left),
         trace::GroupType::AsCompleted);
    for (const Value& future : iterator->todo) {
        if (is<Future>(future)) emit(EventKind::GroupChild, group, cast<Future>(future)->id);
        if (!add_done_callback(future, iterator->callback)) return {};
    }
    double seconds;
    if (!iterator->todo.empty() && given(a[1])) {
        if (!to_double(a[1], seconds)) return {};
        iterator->timeout =
            loop->call_at(to_ns(loop->time() + seconds),
                          make_callback(&handle_timeout, "_AsCompletedIterator._handle_timeout",
                                        nullptr, iterator),
                          make_tuple(size_t{0}), {}, trace::TimerKind::Timeout);
    }
    return iterator;
}

constexpr NativeMethod kFunctions[] = {
    function("as_completed", as_completed, "(fs, *, timeout=None)"),
};

}  // namespace

std::span<const NativeMethod> as_completed_functions() {
    return kFunctions;
}

void define_as_completed_type() {
    NativeTypeSpec iterator{"asyncio.tasks._AsCompletedIterator", sizeof(AsCompletedIterator)};
    iterator.slots.destroy = &destroy_native<AsCompletedIterator>;
    iterator.slots.iter = &same;
    iterator.slots.aiter = &same;
    iterator.slots.next = &iterator_next;
    iterator.slots.anext = &iterator_anext;
    iterator.methods = kMethods;
    AsCompletedIterator::type = define_type(iterator);
}

}  // namespace loopglass::loop
