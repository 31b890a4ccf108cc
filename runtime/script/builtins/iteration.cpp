// Builtins on iterables: iter, next, all, any, min, max, sorted.
#include <vector>

#include "runtime/base/text.hpp"
#include "runtime/loop/coroutine.hpp"
#include "runtime/script/builtins/builtins.hpp"
#include "runtime/script/builtins/sum.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/iterators.hpp"
#include "runtime/value/objects.hpp"
#include "runtime/value/protocol.hpp"

namespace loopglass::script {

using namespace value;  // a file of bindings
using base::cat;

namespace {

Value iter(const Value* a) {
    if (!a[1]) return iterate(a[0]);
    if (!is_callable(a[0])) return raise(errors::TypeError, "iter(v, w): v must be callable");
    return make_callable_iterator(a[0], a[1]);
}

// One step; the end is StopIteration, with a generator's value if it returned one.
Value step(const Value& iterator) {
    const Slots& slots = iterator.type()->slots;
    if (!slots.next)
        return raise(errors::TypeError,
                     cat("'", type_name(iterator), "' object is not an iterator"));
    if (!slots.send) return next_or_stop(iterator);
    Value out;
    const SendResult result = slots.send(iterator, none(), out);
    if (result == SendResult::Yielded) return out;
    if (result == SendResult::Returned)
        is_none(out) ? raise_with(errors::StopIteration, {}) : raise_stop_iteration(out);
    return {};
}

Value next_of(const Value* a) {
    Value item = step(a[0]);
    if (item || !a[1] || !a[0].type()->slots.next) return item;
    return clear_raised_if(errors::StopIteration) ? a[1] : Value();
}

// Does an item of the iterable have this truth? false, with an exception pending, on error.
Value any_with(const Value& iterable, bool wanted) {
    bool found = false;
    const bool finished = for_each(iterable, [&](const Value& item) {
        const int answer = truth(item);
        found = answer == wanted;
        return answer >= 0 && !found;
    });
    return finished || found ? boolean(found == wanted) : Value();
}
Value all(const Value* a) {
    return any_with(a[0], false);
}
Value any(const Value* a) {
    return any_with(a[0], true);
}

// min and max: the first item that is beyond all others.
struct Extreme {
    CompareOp op;
    Value key;
    Value best, best_key;

    bool offer(const Value& item) {
        Value item_key = key ? call(key, item) : item;
        if (!item_key) return false;
        const int beyond = best ? compare_truth(op, item_key, best_key) : 1;
        if (beyond <= 0) return beyond == 0;
        best = item;
        best_key = std::move(item_key);
        return true;
    }
};

// (*args, key=None, default=<none>)
Value extreme(const Value* a, CompareOp op, const char* name) {
    const Tuple& items = *cast<Tuple>(a[0]);
    if (items.size == 0)
        return raise(errors::TypeError, cat(name, " expected at least 1 argument, got 0"));
    if (items.size > 1 && a[2])
        return raise(errors::TypeError, cat("Cannot specify a default for ", name,
                                            "() with multiple positional arguments"));
    Extreme search{op, a[1] && !is_none(a[1]) ? a[1] : Value(), {}, {}};
    const Value source = items.size == 1 ? items[0] : a[0];
    if (!for_each(source, [&](const Value& item) { return search.offer(item); })) return {};
    if (search.best) return search.best;
    return a[2] ? a[2] : raise(errors::ValueError, cat(name, "() iterable argument is empty"));
}
Value min(const Value* a) {
    return extreme(a, CompareOp::Lt, "min");
}
Value max(const Value* a) {
    return extreme(a, CompareOp::Gt, "max");
}

// The keywords are those of list.sort, which also words what is wrong with them.
Value sorted(const Value* a) {
    static const Name sort("sort");
    const auto* items = cast<Tuple>(a[0]);
    const auto* keywords = cast<Dict>(a[1]);
    if (items->size != 1)
        return raise(errors::TypeError, cat("sorted expected 1 argument, got ", items->size));
    Ref<List> list = list_from((*items)[0]);
    if (!list) return {};
    if (!keywords->count) return sort_list(list.get(), {}, false) ? Value(list) : Value();
    std::vector<Value> all{list}, names;
    for (uint32_t i = 0; i < keywords->used; ++i) {
        if (!keywords->entries[i].key) continue;
        names.push_back(keywords->entries[i].key);
        all.push_back(keywords->entries[i].value);
    }
    const Ref<Tuple> named = make_tuple(std::span<const Value>(names));
    const Value method = *type_lookup(List::type, sort);
    return call(method, Args{all.data(), 1, named.get()}) ? Value(list) : Value();
}

Value sum_of(const Value* a) {
    return sum(a[0], a[1] ? a[1] : Value::small(0));
}

// ---- aiter, anext
Value aiter(const Value* a) {
    auto* slot = a[0].type()->slots.aiter;
    if (!slot)
        return raise(errors::TypeError,
                     cat("'", type_name(a[0]), "' object is not an async iterable"));
    Value iterator = slot(a[0]);
    if (iterator && !iterator.type()->slots.anext)
        return raise(errors::TypeError, cat("aiter() returned not an async iterator of type '",
                                            type_name(iterator), "'"));
    return iterator;
}

// anext(iterator, default): what StopAsyncIteration turns into the default.
struct AnextAwaitable : Object {
    static Type* type;
    Value awaitable, fallback;
    Value iterator;  // behind the awaitable, from the first step on
    AnextAwaitable(Type* its_type, Value its_awaitable, Value its_fallback)
        : Object(its_type),
          awaitable(std::move(its_awaitable)),
          fallback(std::move(its_fallback)) {}
};
Type* AnextAwaitable::type = nullptr;

SendResult anext_send(const Value& self, const Value& sent, Value& out) {
    auto* waiting = cast<AnextAwaitable>(self);
    if (!waiting->iterator) {
        if (!sent) return SendResult::Raised;
        waiting->iterator = loop::awaitable_iterator(waiting->awaitable);
        if (!waiting->iterator) return SendResult::Raised;
    }
    const SendResult result = loop::step_iterator(waiting->iterator, sent, out);
    if (result != SendResult::Raised || !clear_raised_if(errors::StopAsyncIteration)) return result;
    out = waiting->fallback;
    return SendResult::Returned;
}

Value anext_outcome(SendResult result, const Value& out) {
    if (result == SendResult::Yielded) return out;
    return result == SendResult::Returned ? raise_stop_iteration(out) : Value();
}
Value anext_next(const Value& self) {
    Value out;
    const SendResult result = anext_send(self, none(), out);
    return anext_outcome(result, out);
}
Value anext_send_method(const Value* a) {
    Value out;
    const SendResult result = anext_send(a[0], a[1], out);
    return anext_outcome(result, out);
}
Value anext_throw(const Value* a) {
    if (!loop::pend_thrown(a[1], a[2], a[3])) return {};
    Value out;
    const SendResult result = anext_send(a[0], Value(), out);
    return anext_outcome(result, out);
}
Value anext_close(const Value* a) {
    static const Name close("close");
    auto* waiting = cast<AnextAwaitable>(a[0]);
    if (!waiting->iterator) return none();
    return call_method(waiting->iterator, close);
}
Value anext_self(const Value& self) {
    return self;
}

constexpr NativeMethod kAnextMethods[] = {
    {"send", anext_send_method, "(self, value, /)"},
    {"throw", anext_throw, "(self, type, value=None, traceback=None, /)"},
    {"close", anext_close, "(self, /)"},
};

Value anext(const Value* a) {
    auto* slot = a[0].type()->slots.anext;
    if (!slot)
        return raise(errors::TypeError,
                     cat("'", type_name(a[0]), "' object is not an async iterator"));
    Value awaitable = slot(a[0]);
    if (!awaitable || !a[1]) return awaitable;
    return make<AnextAwaitable>(awaitable, a[1]);
}

constexpr NativeMethod kFunctions[] = {
    {"iter", iter, "(object, sentinel=None, /)", MethodKind::Function},
    {"next", next_of, "(iterator, default=None, /)", MethodKind::Function},
    {"all", all, "(iterable, /)", MethodKind::Function},
    {"any", any, "(iterable, /)", MethodKind::Function},
    {"min", min, "(*args, key=None, default=None)", MethodKind::Function},
    {"max", max, "(*args, key=None, default=None)", MethodKind::Function},
    {"sorted", sorted, "(*args, **kwargs)", MethodKind::Function},
    {"sum", sum_of, "(iterable, /, start=0)", MethodKind::Function},
    {"aiter", aiter, "(async_iterable, /)", MethodKind::Function},
    {"anext", anext, "(aiterator, default=None, /)", MethodKind::Function},
};

}  // namespace

std::span<const NativeMethod> iteration_builtins() {
    return kFunctions;
}

void initialise_anext_type() {
    if (AnextAwaitable::type) return;
    NativeTypeSpec spec{.name = "anext_awaitable", .instance_size = sizeof(AnextAwaitable)};
    spec.slots.destroy = destroy_native<AnextAwaitable>;
    spec.slots.await = anext_self;
    spec.slots.iter = anext_self;
    spec.slots.next = anext_next;
    spec.slots.send = anext_send;
    spec.methods = kAnextMethods;
    AnextAwaitable::type = define_type(spec);
}

}  // namespace loopglass::script
