// itertools: accumulate, compress, dropwhile, takewhile, filterfalse, starmap, pairwise.
#include "runtime/base/text.hpp"
#include "runtime/script/modules/itertools.hpp"

namespace loopglass::script {

using namespace value;  // a file of bindings
using base::cat;

namespace {

// ---- accumulate -------------------------------------------------------------------------------

struct Accumulate : Object {
    static Type* type;
    Value source, function, total, initial;
    explicit Accumulate(Type* its_type) : Object(its_type) {}
};
Type* Accumulate::type = nullptr;

Value accumulate_construct(Type* type, const Args& args) {
    static const Signature* signature = parse_signature("(iterable, func=None, *, initial=None)");
    Value bound[3];
    if (!bind(signature, "accumulate", args, bound)) return {};
    Value source = iterate(bound[0]);
    if (!source) return {};
    Ref<Accumulate> made = make_as<Accumulate>(type);
    made->source = std::move(source);
    if (bound[1] && !is_none(bound[1])) made->function = bound[1];
    if (bound[2] && !is_none(bound[2])) made->initial = bound[2];
    return made;
}
Value accumulate_next(const Value& self) {
    auto* accumulate = cast<Accumulate>(self);
    if (accumulate->initial) return accumulate->total = std::exchange(accumulate->initial, Value());
    const Value source = accumulate->source;
    Value item = next(source);
    if (!item) return {};
    if (!accumulate->total) return accumulate->total = std::move(item);
    const Value before = accumulate->total, function = accumulate->function;
    Value total = function ? call(function, before, item) : binary(BinaryOp::Add, before, item);
    if (!total) return {};
    return accumulate->total = std::move(total);
}

// ---- those with a predicate and a source ------------------------------------------------------

struct Filter : Object {
    Value function, source;
    bool done = false;  // dropwhile: began; takewhile: ended
    Filter(Type* its_type, Value its_function, Value its_source)
        : Object(its_type), function(std::move(its_function)), source(std::move(its_source)) {}
};
struct DropWhile : Filter {
    static Type* type;
    using Filter::Filter;
};
struct TakeWhile : Filter {
    static Type* type;
    using Filter::Filter;
};
struct FilterFalse : Filter {
    static Type* type;
    using Filter::Filter;
};
struct StarMap : Filter {
    static Type* type;
    using Filter::Filter;
};
Type* DropWhile::type = nullptr;
Type* TakeWhile::type = nullptr;
Type* FilterFalse::type = nullptr;
Type* StarMap::type = nullptr;

template <typename T>
const char* filter_name();
template <>
const char* filter_name<DropWhile>() {
    return "dropwhile";
}
template <>
const char* filter_name<TakeWhile>() {
    return "takewhile";
}
template <>
const char* filter_name<FilterFalse>() {
    return "filterfalse";
}
template <>
const char* filter_name<StarMap>() {
    return "starmap";
}

template <typename T>
Value filter_construct(Type* type, const Args& args) {
    const char* name = filter_name<T>();
    if (args.named()) return raise(errors::TypeError, cat(name, "() takes no keyword arguments"));
    if (args.count != 2)
        return raise(errors::TypeError, cat(name, " expected 2 arguments, got ", args.count));
    Value source = iterate(args.items[1]);
    if (!source) return {};
    return make_as<T>(type, args.items[0], std::move(source));
}

// Truth of function(item): 1, 0, -1.
int passes(const Value& function, const Value& item) {
    if (is_none(function)) return truth(item);
    const Value answer = call(function, item);
    const int passed = answer ? truth(answer) : -1;
    if (passed < 0) ends_by_stop();
    return passed;
}

Value dropwhile_next(const Value& self) {
    auto* filter = cast<DropWhile>(self);
    const Value source = filter->source, function = filter->function;
    for (;;) {
        Value item = next(source);
        if (!item || filter->done) return item;
        const int answer = passes(function, item);
        if (answer < 0) return {};
        if (answer) continue;
        filter->done = true;
        return item;
    }
}
Value takewhile_next(const Value& self) {
    auto* filter = cast<TakeWhile>(self);
    if (filter->done) return {};
    const Value source = filter->source, function = filter->function;
    Value item = next(source);
    if (!item) return {};
    const int answer = passes(function, item);
    if (answer > 0) return item;
    if (answer == 0) filter->done = true;
    return {};
}
Value filterfalse_next(const Value& self) {
    auto* filter = cast<FilterFalse>(self);
    const Value source = filter->source, function = filter->function;
    for (;;) {
        Value item = next(source);
        if (!item) return {};
        const int answer = passes(function, item);
        if (answer < 0) return {};
        if (!answer) return item;
    }
}
Value starmap_next(const Value& self) {
    auto* filter = cast<StarMap>(self);
    const Value source = filter->source, function = filter->function;
    const Value item = next(source);
    if (!item) return {};
    const Ref<Tuple> arguments =
        is_exact<Tuple>(item) ? Ref<Tuple>::share(cast<Tuple>(item)) : tuple_from(item);
    if (!arguments) return {};
    Value made = call(function, Args{arguments->items(), arguments->size, nullptr});
    if (!made) ends_by_stop();
    return made;
}

// ---- compress, pairwise -----------------------------------------------------------------------

struct Compress : Object {
    static Type* type;
    Value data, selectors;
    Compress(Type* its_type, Value its_data, Value its_selectors)
        : Object(its_type), data(std::move(its_data)), selectors(std::move(its_selectors)) {}
};
Type* Compress::type = nullptr;

Value compress_construct(Type* type, const Args& args) {
    static const Signature* signature = parse_signature("(data, selectors)");
    Value bound[2];
    if (!bind(signature, "compress", args, bound)) return {};
    Value data = iterate(bound[0]);
    if (!data) return {};
    Value selectors = iterate(bound[1]);
    if (!selectors) return {};
    return make_as<Compress>(type, std::move(data), std::move(selectors));
}
Value compress_next(const Value& self) {
    const Value data = cast<Compress>(self)->data, selectors = cast<Compress>(self)->selectors;
    for (;;) {
        Value item = next(data);
        if (!item) return {};
        const Value selector = next(selectors);
        if (!selector) return {};
        const int chosen = truth(selector);
        if (chosen < 0) return {};
        if (chosen) return item;
    }
}

struct Pairwise : Object {
    static Type* type;
    Value source, before;
    Pairwise(Type* its_type, Value its_source) : Object(its_type), source(std::move(its_source)) {}
};
Type* Pairwise::type = nullptr;

Value pairwise_construct(Type* type, const Args& args) {
    if (args.named()) return raise(errors::TypeError, "pairwise() takes no keyword arguments");
    if (args.count != 1)
        return raise(errors::TypeError, cat("pairwise expected 1 argument, got ", args.count));
    Value source = iterate(args.items[0]);
    if (!source) return {};
    return make_as<Pairwise>(type, std::move(source));
}
Value pairwise_next(const Value& self) {
    auto* pairs = cast<Pairwise>(self);
    if (!pairs->source) return {};
    const Value source = pairs->source;
    if (!pairs->before) {
        pairs->before = next(source);
        if (!pairs->before) {
            pairs->source = Value();
            return {};
        }
    }
    Value item = next(source);
    if (!item) {
        pairs->source = Value();
        pairs->before = Value();
        return {};
    }
    Value pair = make_tuple({pairs->before, item});
    pairs->before = std::move(item);
    return pair;
}

}  // namespace

void add_itertools_filters(const Value& module) {
    const auto add = [&module](const char* name, Type* type) {
        module_set(module, name, Value::share(type));
    };
    add("accumulate",
        define_iterator<Accumulate>("itertools.accumulate", accumulate_next, accumulate_construct));
    add("dropwhile", define_iterator<DropWhile>("itertools.dropwhile", dropwhile_next,
                                                filter_construct<DropWhile>));
    add("takewhile", define_iterator<TakeWhile>("itertools.takewhile", takewhile_next,
                                                filter_construct<TakeWhile>));
    add("filterfalse", define_iterator<FilterFalse>("itertools.filterfalse", filterfalse_next,
                                                    filter_construct<FilterFalse>));
    add("starmap",
        define_iterator<StarMap>("itertools.starmap", starmap_next, filter_construct<StarMap>));
    add("compress",
        define_iterator<Compress>("itertools.compress", compress_next, compress_construct));
    add("pairwise",
        define_iterator<Pairwise>("itertools.pairwise", pairwise_next, pairwise_construct));
}

}  // namespace loopglass::script
