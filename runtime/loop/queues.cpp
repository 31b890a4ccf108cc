#include "runtime/loop/queues.hpp"

#include <algorithm>
#include <cmath>

#include "runtime/loop/api.hpp"
#include "runtime/loop/exceptions.hpp"
#include "runtime/loop/executor.hpp"
#include "runtime/loop/rules.hpp"
#include "runtime/loop/support.hpp"
#include "runtime/loop/text.hpp"
#include "runtime/value/containers.hpp"

namespace loopglass::loop {

using trace::AwaitKind;
using trace::SyncOp;

Type* Queue::type = nullptr;
Type* Queue::priority_type = nullptr;
Type* Queue::lifo_type = nullptr;

namespace {

Name kPut("_put"), kGet("_get"), kInit("_init"), kQsize("qsize"), kEmpty("empty"), kFull("full"),
    kPutNowait("put_nowait"), kGetNowait("get_nowait"), kAppend("append"), kPopleft("popleft");

// --- the items, in the three orders --------------------------------------------------------------

// heapq.heappush and heappop on the deque: comparisons are the script's `<`, in heapq's order.
template <typename Heap>
[[nodiscard]] bool sift_down(Heap& heap, size_t start, size_t position) {
    const Value item = heap[position];
    while (position > start) {
        const size_t parent = (position - 1) / 2;
        const int less = compare_truth(CompareOp::Lt, item, heap[parent]);
        if (less < 0) return false;
        if (!less) break;
        heap[position] = heap[parent];
        position = parent;
    }
    heap[position] = item;
    return true;
}
template <typename Heap>
[[nodiscard]] bool sift_up(Heap& heap, size_t position) {
    const size_t end = heap.size(), start = position;
    const Value item = heap[position];
    for (size_t child = 2 * position + 1; child < end; child = 2 * position + 1) {
        const size_t right = child + 1;
        if (right < end) {
            const int less = compare_truth(CompareOp::Lt, heap[child], heap[right]);
            if (less < 0) return false;
            if (!less) child = right;
        }
        heap[position] = heap[child];
        position = child;
    }
    heap[position] = item;
    return sift_down(heap, start, position);
}

template <typename Items>
[[nodiscard]] bool add_to(Items& items, Queue::Order order, const Value& item) {
    items.push_back(item);
    return order != Queue::Order::Priority || sift_down(items, 0, items.size() - 1);
}
// The last item, or the least of a heap.
template <typename Items>
[[nodiscard]] Value take_last(Items& items, Queue::Order order) {
    if (items.empty())
        return raise(errors::IndexError,
                     order == Queue::Order::Lifo ? "pop from empty list" : "index out of range");
    Value item = std::move(items.back());
    items.pop_back();
    if (order != Queue::Order::Priority || items.empty()) return item;
    std::swap(item, items.front());
    return sift_up(items, 0) ? item : Value();
}

// In a script's class the items stand in a container that the script may use itself, `_queue`.
[[nodiscard]] bool add_item(Queue* queue, const Value& item) {
    if (!queue->own_items) return add_to(queue->items, queue->order, item);
    if (is<List>(queue->own_items))
        return add_to(cast<List>(queue->own_items)->items, queue->order, item);
    return static_cast<bool>(call_method(queue->own_items, kAppend, {item}));
}
[[nodiscard]] Value take_item(Queue* queue) {
    if (is<List>(queue->own_items) && queue->order != Queue::Order::Fifo)
        return take_last(cast<List>(queue->own_items)->items, queue->order);
    if (queue->own_items) return call_method(queue->own_items, kPopleft, {});
    if (queue->order != Queue::Order::Fifo) return take_last(queue->items, queue->order);
    if (queue->items.empty()) return raise(errors::IndexError, "pop from an empty deque");
    Value item = std::move(queue->items.front());
    queue->items.pop_front();
    return item;
}

// --- through self, where a script may override ---------------------------------------------------

[[nodiscard]] int ask(Queue* queue, Str* name) {
    const Value answer = value::call_method(queue->self(), name);
    return answer ? truth(answer) : -1;
}
[[nodiscard]] int is_empty(Queue* queue) {
    return queue->overridden ? ask(queue, kEmpty) : queue->items.empty();
}
[[nodiscard]] int64_t size_of(Queue* queue) {
    if (!queue->overridden) return static_cast<int64_t>(queue->items.size());
    const Value size = value::call_method(queue->self(), kQsize);
    int64_t count = -1;
    return size && to_index(size, count) ? count : -1;
}
[[nodiscard]] int fullness(Queue* queue) {
    if (queue->maxsize <= 0 || ruled(Rule::QueueNeverFull)) return 0;
    const int64_t size = size_of(queue);
    return size < 0 ? -1 : size >= queue->maxsize;
}
[[nodiscard]] int is_full(Queue* queue) {
    return queue->overridden ? ask(queue, kFull) : fullness(queue);
}

void wake_up_next(Waiters& waiters) {
    while (!waiters.empty()) {
        const Ref<Future> waiter = waiters.pop_front();
        if (waiter->done()) continue;
        (void)waiter->set_result(none());
        return;
    }
}

void note(Queue* queue, SyncOp operation) {
    queue->changed(operation, static_cast<uint32_t>(queue->items.size()));
}

// The `except:` of put and get: leave the line, and pass a turn on that was already ours.
void leave_line(Waiters& waiters, Future* turn, bool pass_on) {
    const Finally finally;
    turn->cancel_future({});
    waiters.remove(turn);
    if (pass_on && !turn->cancelled()) wake_up_next(waiters);
}

}  // namespace

// asyncio Queue.put (3.13).
Value Queue::put(const Value& item) {
    for (;;) {
        const int full = is_full(this);
        if (full < 0) return {};
        if (!full) break;
        if (shut_down) return raise_with(errors::QueueShutDown, {});
        EventLoop* its_loop = get_loop();
        if (!its_loop) return {};
        const Ref<Future> putter = create_future(its_loop, "put");
        putters.append(putter);
        if (!await_future(putter.get(), AwaitKind::QueuePut, id)) {
            if (abandoning()) return {};
            const Value error = take_raised();
            leave_line(putters, putter.get(), is_full(this) == 0);
            restore_raised(error);
            return {};
        }
    }
    if (!overridden) return result_of(put_nowait(item));
    return value::call_method(self(), kPutNowait, &item, 1);
}

bool Queue::put_nowait(const Value& item) {
    if (shut_down) return raise_with(errors::QueueShutDown, {}), false;
    const int full = is_full(this);
    if (full < 0) return false;
    if (full) return raise_with(errors::QueueFull, {}), false;
    if (overridden ? !value::call_method(self(), kPut, &item, 1) : !add_item(this, item))
        return false;
    ++unfinished;
    finished->clear();
    note(this, SyncOp::Put);
    wake_up_next(getters);
    return true;
}

// asyncio Queue.get (3.13).
Value Queue::get() {
    for (;;) {
        const int empty = is_empty(this);
        if (empty < 0) return {};
        if (!empty) break;
        if (shut_down) return raise_with(errors::QueueShutDown, {});
        EventLoop* its_loop = get_loop();
        if (!its_loop) return {};
        const Ref<Future> getter = create_future(its_loop, "get");
        getters.append(getter);
        if (!await_future(getter.get(), AwaitKind::QueueGet, id)) {
            if (abandoning()) return {};
            const Value error = take_raised();
            leave_line(getters, getter.get(), is_empty(this) == 0);
            restore_raised(error);
            return {};
        }
    }
    return overridden ? value::call_method(self(), kGetNowait) : get_nowait();
}

Value Queue::get_nowait() {
    const int empty = is_empty(this);
    if (empty < 0) return {};
    if (empty) return raise_with(shut_down ? errors::QueueShutDown : errors::QueueEmpty, {});
    Value item = overridden ? value::call_method(self(), kGet) : take_item(this);
    if (!item) return {};
    note(this, SyncOp::Get);
    wake_up_next(putters);
    return item;
}

Ref<Queue> make_queue(int64_t maxsize) {
    Ref<Queue> queue = make<Queue>();
    queue->maxsize = maxsize;
    queue->maxsize_given = make_int(maxsize);
    queue->finished = make<AsyncEvent>();
    queue->finished->value_ = true;
    queue->created(trace::SyncType::Queue, static_cast<uint32_t>(maxsize));
    return queue;
}

namespace {

[[nodiscard]] Queue* self_of(const Value* a) {
    return cast<Queue>(a[0]);
}

Value construct(Type* type, const Args&) {
    Ref<Queue> queue = make_as<Queue>(type);
    queue->order = is_subtype(type, Queue::priority_type) ? Queue::Order::Priority
                   : is_subtype(type, Queue::lifo_type)   ? Queue::Order::Lifo
                                                          : Queue::Order::Fifo;
    queue->overridden = type->has(kHeapType);
    queue->maxsize_given = Value::small(0);
    queue->finished = make<AsyncEvent>();
    queue->finished->value_ = true;
    return queue;
}
bool initialise(const Value& self, const Args& args) {
    static const Signature* signature = parse_signature("(maxsize=0)");
    Value bound[1];
    if (!bind_arguments(*signature, "Queue.__init__", ErrorStyle::Python, args, bound))
        return false;
    auto* queue = cast<Queue>(self);
    if (bound[0]) {
        queue->maxsize_given = bound[0];
        double size = 0;
        if (!is_none(bound[0])) {
            if (!to_double(bound[0], size)) return false;
            queue->maxsize = static_cast<int64_t>(std::ceil(std::min(size, 1e18)));
        }
    }
    constexpr trace::SyncType kTypes[] = {trace::SyncType::Queue, trace::SyncType::PriorityQueue,
                                          trace::SyncType::LifoQueue};
    queue->created(kTypes[static_cast<int>(queue->order)],
                   static_cast<uint32_t>(std::max<int64_t>(0, queue->maxsize)));
    return !queue->overridden || value::call_method(self, kInit, &queue->maxsize_given, 1);
}

[[nodiscard]] Value items_of(const Value& self) {
    if (cast<Queue>(self)->own_items) return cast<Queue>(self)->own_items;
    Ref<List> list = make_list();
    const auto& items = cast<Queue>(self)->items;
    list->items.assign(items.begin(), items.end());
    return list;
}

[[nodiscard]] std::string describe(const Value& self) {
    auto* queue = cast<Queue>(self);
    std::string text = "maxsize=" + repr_of(queue->maxsize_given);
    const Value items = items_of(self);
    if (truth(items) == 1) {
        const Ref<List> list = list_from(items);
        text += " _queue=" + (list ? repr_of(list) : "?");
    }
    if (!queue->getters.empty()) text += cat(" _getters[", queue->getters.size(), "]");
    if (!queue->putters.empty()) text += cat(" _putters[", queue->putters.size(), "]");
    if (queue->unfinished) text += cat(" tasks=", queue->unfinished);
    if (queue->shut_down) text += " shutdown";
    return text;
}
Value queue_repr(const Value& self) {
    return make_str(cat("<", self.type()->name->view(), " at ", address_text(self.object()), " ",
                        describe(self), ">"));
}
Value queue_str(const Value& self) {
    return make_str(cat("<", self.type()->name->view(), " ", describe(self), ">"));
}

Value put(const Value* a) {
    return self_of(a)->put(a[1]);
}
Value put_nowait(const Value* a) {
    return result_of(self_of(a)->put_nowait(a[1]));
}
Value get(const Value* a) {
    return self_of(a)->get();
}
Value get_nowait(const Value* a) {
    return self_of(a)->get_nowait();
}
Value init_hook(const Value* a) {
    Queue* queue = self_of(a);
    queue->items.clear();
    if (!queue->overridden) return none();
    queue->own_items = make_list();
    if (queue->order != Queue::Order::Fifo || !g_import) return none();
    const Value deque = g_import("collections", "deque");
    queue->own_items = deque ? call(deque) : Value();
    return result_of(static_cast<bool>(queue->own_items));
}
Value put_hook(const Value* a) {
    return result_of(add_item(self_of(a), a[1]));
}
Value get_hook(const Value* a) {
    return take_item(self_of(a));
}
Value qsize(const Value* a) {
    if (!self_of(a)->overridden) return make_int(static_cast<int64_t>(self_of(a)->items.size()));
    const int64_t size = length(items_of(a[0]));
    return size < 0 ? Value() : make_int(size);
}
Value empty(const Value* a) {
    if (!self_of(a)->overridden) return boolean(self_of(a)->items.empty());
    const int any = truth(items_of(a[0]));
    return any < 0 ? Value() : boolean(!any);
}
Value full(const Value* a) {
    const int full = fullness(self_of(a));
    return full < 0 ? Value() : boolean(full);
}
Value maxsize(const Value* a) {
    return self_of(a)->maxsize_given;
}
Value task_done(const Value* a) {
    Queue* queue = self_of(a);
    if (queue->unfinished <= 0)
        return raise(errors::ValueError, "task_done() called too many times");
    --queue->unfinished;
    queue->changed(SyncOp::TaskDone, static_cast<uint32_t>(queue->items.size()));
    if (queue->unfinished == 0) queue->finished->set();
    return none();
}
Value join(const Value* a) {
    Queue* queue = self_of(a);
    if (queue->unfinished <= 0) return none();
    return queue->finished->wait(AwaitKind::QueueJoin, queue->id) ? none() : Value();
}
// asyncio Queue.shutdown (3.13).
Value shutdown(const Value* a) {
    Queue* queue = self_of(a);
    const int immediate = a[1] ? truth(a[1]) : 0;
    if (immediate < 0) return {};
    queue->shut_down = true;
    if (immediate) {
        for (;;) {
            const int none_left = is_empty(queue);
            if (none_left < 0) return {};
            if (none_left) break;
            if (queue->overridden ? !value::call_method(a[0], kGet) : !take_item(queue)) return {};
            if (queue->unfinished > 0) --queue->unfinished;
        }
        if (queue->unfinished == 0) queue->finished->set();
    }
    note(queue, SyncOp::Shutdown);
    for (Waiters* line : {&queue->getters, &queue->putters})
        while (!line->empty()) wake_up_next(*line);
    return none();
}
Value format(const Value* a) {
    return make_str(describe(a[0]));
}
Value get_items(const Value* a) {
    return items_of(a[0]);
}
// A script's _init may bring a container of its own.
Value set_items(const Value* a) {
    self_of(a)->own_items = a[1];
    return none();
}
Value set_unfinished(const Value* a) {
    return to_index(a[1], self_of(a)->unfinished) ? none() : Value();
}
Value get_unfinished(const Value* a) {
    return make_int(self_of(a)->unfinished);
}

constexpr NativeMethod kMethods[] = {
    getter("_loop", &SyncObject::get_bound_loop),
    setter("_loop", &SyncObject::set_bound_loop),
    async_method("put", put, "(self, item)"),
    method("put_nowait", put_nowait, "(self, item)"),
    async_method("get", get),
    method("get_nowait", get_nowait),
    method("qsize", qsize),
    method("empty", empty),
    method("full", full),
    method("task_done", task_done),
    async_method("join", join),
    method("shutdown", shutdown, "(self, immediate=False)"),
    method("_init", init_hook, "(self, maxsize)"),
    method("_put", put_hook, "(self, item)"),
    method("_get", get_hook),
    method("_format", format),
    getter("maxsize", maxsize),
    getter("_maxsize", maxsize),
    getter("_unfinished_tasks", get_unfinished),
    setter("_unfinished_tasks", set_unfinished),
    getter("_queue", get_items),
    setter("_queue", set_items),
    {"__class_getitem__", native_class_getitem, "(cls, item, /)", MethodKind::Class},
};

}  // namespace

void define_queue_types() {
    NativeTypeSpec queue{"asyncio.queues.Queue", sizeof(Queue), kBaseType};
    queue.slots.destroy = &destroy_native<Queue>;
    queue.slots.construct = &construct;
    queue.slots.init = &initialise;
    queue.slots.repr = &queue_repr;
    queue.slots.str = &queue_str;
    queue.methods = kMethods;
    queue.has_dict = true;
    Queue::type = define_type(queue);
    publish_type("asyncio.queues.Queue", Queue::type);

    NativeTypeSpec priority{"asyncio.queues.PriorityQueue", sizeof(Queue), kBaseType};
    priority.base = Queue::type;
    priority.slots.destroy = &destroy_native<Queue>;
    Queue::priority_type = define_type(priority);
    publish_type("asyncio.queues.PriorityQueue", Queue::priority_type);

    NativeTypeSpec lifo{"asyncio.queues.LifoQueue", sizeof(Queue), kBaseType};
    lifo.base = Queue::type;
    lifo.slots.destroy = &destroy_native<Queue>;
    Queue::lifo_type = define_type(lifo);
    publish_type("asyncio.queues.LifoQueue", Queue::lifo_type);
}

}  // namespace loopglass::loop
