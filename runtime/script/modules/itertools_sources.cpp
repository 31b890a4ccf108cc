// itertools: count, cycle, repeat, chain, islice, tee.
#include <memory>

#include "runtime/base/text.hpp"
#include "runtime/script/modules/itertools.hpp"

namespace loopglass::script {

using namespace value;  // a file of bindings
using base::cat;

namespace {

// ---- count ------------------------------------------------------------------------------------

struct Count : Object {
    static Type* type;
    Value at, step;
    Count(Type* its_type, Value start, Value its_step)
        : Object(its_type), at(std::move(start)), step(std::move(its_step)) {}
};
Type* Count::type = nullptr;

bool is_number(const Value& value) {
    const Slots& slots = value.type()->slots;
    return (slots.index || slots.to_float || slots.to_int || is<Complex>(value)) && !is<Str>(value);
}

Value count_construct(Type* type, const Args& args) {
    static const Signature* signature = parse_signature("(start=0, step=1)");
    Value bound[2];
    if (!bind(signature, "count", args, bound)) return {};
    for (Value& argument : bound)
        if (argument && !is_number(argument))
            return raise(errors::TypeError, "a number is required");
    return make_as<Count>(type, bound[0] ? bound[0] : Value::small(0),
                          bound[1] ? bound[1] : Value::small(1));
}
Value count_next(const Value& self) {
    if (!spend()) return {};
    auto* count = cast<Count>(self);
    Value next_one = binary(BinaryOp::Add, count->at, count->step);
    if (!next_one) return {};
    return std::exchange(count->at, std::move(next_one));
}
Value count_repr(const Value& self) {
    const auto* count = cast<Count>(self);
    StrBuilder out;
    out.add("count(");
    if (!out.add_repr(count->at)) return {};
    if (!count->step.is(Value::small(1))) {
        out.add(", ");
        if (!out.add_repr(count->step)) return {};
    }
    out.add(')');
    return out.finish();
}

// ---- cycle ------------------------------------------------------------------------------------

struct Cycle : Object {
    static Type* type;
    Value source;  // empty: exhausted, from now on `saved` repeats
    std::vector<Value> saved;
    size_t index = 0;
    Cycle(Type* its_type, Value its_source) : Object(its_type), source(std::move(its_source)) {}
};
Type* Cycle::type = nullptr;

Value one_iterator(const char* name, const Args& args) {
    if (args.named()) return raise(errors::TypeError, cat(name, "() takes no keyword arguments"));
    if (args.count != 1)
        return raise(errors::TypeError, cat(name, " expected 1 argument, got ", args.count));
    return iterate(args.items[0]);
}
Value cycle_construct(Type* type, const Args& args) {
    Value source = one_iterator("cycle", args);
    if (!source) return {};
    return make_as<Cycle>(type, std::move(source));
}
Value cycle_next(const Value& self) {
    auto* cycle = cast<Cycle>(self);
    if (cycle->source) {
        Value item = next(cycle->source);
        if (item) return cycle->saved.push_back(item), item;
        if (has_raised()) return {};
        cycle->source = Value();
    }
    if (cycle->saved.empty() || !spend()) return {};
    Value item = cycle->saved[cycle->index];
    cycle->index = (cycle->index + 1) % cycle->saved.size();
    return item;
}

// ---- repeat -----------------------------------------------------------------------------------

struct Repeat : Object {
    static Type* type;
    Value item;
    int64_t left;  // -1: without end
    Repeat(Type* its_type, Value its_item, int64_t times)
        : Object(its_type), item(std::move(its_item)), left(times) {}
};
Type* Repeat::type = nullptr;

Value repeat_construct(Type* type, const Args& args) {
    static const Signature* signature = parse_signature("(object, times=None)");
    Value bound[2];
    if (!bind(signature, "repeat", args, bound)) return {};
    int64_t times = -1;
    if (bound[1]) {
        if (!to_index(bound[1], times)) return {};
        if (times < 0) times = 0;
    }
    return make_as<Repeat>(type, bound[0], times);
}
Value repeat_next(const Value& self) {
    auto* repeat = cast<Repeat>(self);
    if (repeat->left == 0 || !spend()) return {};
    if (repeat->left > 0) --repeat->left;
    return repeat->item;
}
Value repeat_repr(const Value& self) {
    const auto* repeat = cast<Repeat>(self);
    StrBuilder out;
    out.add("repeat(");
    if (!out.add_repr(repeat->item)) return {};
    if (repeat->left >= 0) out.add(cat(", ", repeat->left));
    out.add(')');
    return out.finish();
}
Value repeat_length_hint(const Value* a) {
    const int64_t left = cast<Repeat>(a[0])->left;
    if (left < 0) return raise(errors::TypeError, "len() of unsized object");
    return make_int(left);
}
constexpr NativeMethod kRepeatMethods[] = {{"__length_hint__", repeat_length_hint}};

// ---- chain ------------------------------------------------------------------------------------

struct Chain : Object {
    static Type* type;
    Value sources;  // an iterator of iterables; empty: exhausted
    Value active;   // an iterator, or empty
    Chain(Type* its_type, Value its_sources) : Object(its_type), sources(std::move(its_sources)) {}
};
Type* Chain::type = nullptr;

Value chain_construct(Type* type, const Args& args) {
    if (args.named()) return raise(errors::TypeError, "chain() takes no keyword arguments");
    Value sources = iterate(make_tuple(std::span<const Value>(args.items, args.count)));
    if (!sources) return {};
    return make_as<Chain>(type, std::move(sources));
}
Value chain_from_iterable(const Value* a) {
    Value sources = iterate(a[1]);
    if (!sources) return {};
    return make_as<Chain>(cast<Type>(a[0]), std::move(sources));
}
Value chain_next(const Value& self) {
    auto* chain = cast<Chain>(self);
    while (chain->sources) {
        if (!chain->active) {
            const Value iterable = next(chain->sources);
            if (iterable) chain->active = iterate(iterable);
            if (!chain->active) {
                chain->sources = Value();
                return {};
            }
        }
        const Value active = chain->active;
        Value item = next(active);
        if (item || has_raised()) return item;
        chain->active = Value();
    }
    return {};
}
constexpr NativeMethod kChainMethods[] = {
    {"from_iterable", chain_from_iterable, "(type, iterable, /)", MethodKind::Class},
};

// ---- islice -----------------------------------------------------------------------------------

struct Islice : Object {
    static Type* type;
    Value source;  // empty: exhausted
    int64_t next_index, stop, step;
    int64_t index = 0;
    Islice(Type* its_type, Value its_source, int64_t start, int64_t its_stop, int64_t its_step)
        : Object(its_type),
          source(std::move(its_source)),
          next_index(start),
          stop(its_stop),
          step(its_step) {}
};
Type* Islice::type = nullptr;

// None, or an index of at least zero; false: pending.
bool islice_number(const Value& value, int64_t fallback, const char* message, int64_t& out) {
    out = fallback;
    if (!value || is_none(value)) return true;
    if ((value.is_small() || value.type()->slots.index) && to_index(value, out) && out >= 0)
        return true;
    if (has_raised() && !clear_raised_if(errors::OverflowError) &&
        !clear_raised_if(errors::TypeError))
        return false;
    return raise(errors::ValueError, message), false;
}

Value islice_construct(Type* type, const Args& args) {
    if (args.named()) return raise(errors::TypeError, "islice() takes no keyword arguments");
    if (args.count < 2 || args.count > 4)
        return raise(errors::TypeError,
                     cat("islice expected at ", args.count < 2 ? "least 2" : "most 4",
                         " arguments, got ", args.count));
    constexpr const char* kStop =
        "Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.";
    constexpr const char* kIndices =
        "Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.";
    int64_t start = 0, stop = -1, step = 1;
    const bool only_stop = args.count == 2;
    if (!only_stop && !islice_number(args.items[1], 0, kIndices, start)) return {};
    if (!islice_number(args.items[only_stop ? 1 : 2], -1, kStop, stop)) return {};
    constexpr const char* kStep = "Step for islice() must be a positive integer or None.";
    if (args.count == 4 && !islice_number(args.items[3], 1, kStep, step)) return {};
    if (step < 1) return raise(errors::ValueError, kStep);
    Value source = iterate(args.items[0]);
    if (!source) return {};
    return make_as<Islice>(type, std::move(source), start, stop, step);
}
Value islice_next(const Value& self) {
    auto* slice = cast<Islice>(self);
    if (!slice->source) return {};
    const Value source = slice->source;
    const auto finish = [slice] {
        slice->source = Value();
        return Value();
    };
    const int64_t wanted =
        slice->stop >= 0 && slice->next_index > slice->stop ? slice->stop : slice->next_index;
    while (slice->index < wanted) {
        if (!next(source)) return finish();
        ++slice->index;
    }
    if (slice->stop >= 0 && slice->index >= slice->stop) return finish();
    Value item = next(source);
    if (!item) return finish();
    ++slice->index;
    slice->next_index += slice->step;
    return item;
}

// ---- tee --------------------------------------------------------------------------------------

// What several tees have read and not all of them seen: a chain of cells.
struct TeeCell {
    Value item;
    std::shared_ptr<TeeCell> rest;
};
struct Tee : Object {
    static Type* type;
    Value source;
    std::shared_ptr<TeeCell> at;  // the next item; its `item` is empty if not read yet
    Tee(Type* its_type, Value its_source, std::shared_ptr<TeeCell> cell)
        : Object(its_type), source(std::move(its_source)), at(std::move(cell)) {}
    ~Tee() {
        // A long chain is taken apart here, not by recursion.
        while (at && at.use_count() == 1) at = std::shared_ptr<TeeCell>(std::move(at->rest));
    }
};
Type* Tee::type = nullptr;

Value tee_next(const Value& self) {
    auto* tee = cast<Tee>(self);
    const auto cell = tee->at;
    if (!cell->item) {
        Value item = next(tee->source);
        if (!item) return {};
        if (!cell->item) {
            cell->item = std::move(item);
            cell->rest = std::make_shared<TeeCell>();
        }
    }
    tee->at = cell->rest;
    return cell->item;
}
Value tee_copy(const Value* a) {
    const auto* tee = cast<Tee>(a[0]);
    return make<Tee>(tee->source, tee->at);
}
Value tee_construct(Type*, const Args& args) {
    Value source = one_iterator("_tee", args);
    if (!source) return {};
    if (const Tee* other = as<Tee>(source)) return make<Tee>(other->source, other->at);
    return make<Tee>(std::move(source), std::make_shared<TeeCell>());
}
constexpr NativeMethod kTeeMethods[] = {{"__copy__", tee_copy}};

Value itertools_tee(const Value* a) {
    int64_t count = 2;
    if (a[1] && !to_index(a[1], count)) return {};
    if (count < 0) return raise(errors::ValueError, "n must be >= 0");
    Ref<Tuple> all = make_tuple(static_cast<size_t>(count));
    if (count == 0) return all;
    const Value first = tee_construct(nullptr, Args{a, 1, nullptr});
    if (!first) return {};
    for (int64_t i = 0; i < count; ++i) all->items()[i] = i ? tee_copy(&first) : first;
    return all;
}
constexpr NativeMethod kTee = {"tee", itertools_tee, "(iterable, n=2, /)", MethodKind::Function};

}  // namespace

void add_itertools_sources(const Value& module) {
    const auto add = [&module](const char* name, Type* type) {
        module_set(module, name, Value::share(type));
    };
    add("count",
        define_iterator<Count>("itertools.count", count_next, count_construct, {}, count_repr));
    add("cycle", define_iterator<Cycle>("itertools.cycle", cycle_next, cycle_construct));
    add("repeat", define_iterator<Repeat>("itertools.repeat", repeat_next, repeat_construct,
                                          kRepeatMethods, repeat_repr));
    add("chain",
        define_iterator<Chain>("itertools.chain", chain_next, chain_construct, kChainMethods));
    add("islice", define_iterator<Islice>("itertools.islice", islice_next, islice_construct));
    add("_tee", define_iterator<Tee>("itertools._tee", tee_next, tee_construct, kTeeMethods));
    module_set(module, "tee", make_function(kTee, "itertools"));
}

Value make_module_itertools() {
    Value module = make_native_module("itertools", {});
    add_itertools_sources(module);
    add_itertools_filters(module);
    add_itertools_groups(module);
    add_itertools_choices(module);
    return module;
}

}  // namespace loopglass::script
