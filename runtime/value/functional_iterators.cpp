// enumerate, zip, map, filter, iter(callable, sentinel).
#include "runtime/base/text.hpp"
#include "runtime/value/containers.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/fuel.hpp"
#include "runtime/value/iterators.hpp"
#include "runtime/value/native.hpp"
#include "runtime/value/native_depth.hpp"
#include "runtime/value/protocol.hpp"

namespace loopglass::value {

using base::cat;

namespace {

Value step(const Value& iterator) {
    auto* const slot = iterator.type()->slots.next;
    if (__builtin_expect(!low_on_stack(), 1)) return slot(iterator);
    return too_deep("") ? Value() : deeper([&] { return slot(iterator); });
}

// What the script's function answered: the StopIteration it raised is an end like any other.
Value ending(Value answer) {
    if (!answer) ends_by_stop();
    return answer;
}

// Iterators over all of the arguments; false: pending.
bool iterate_all(std::span<const Value> iterables, std::vector<Value>& out) {
    out.reserve(iterables.size());
    for (const Value& iterable : iterables) {
        Value iterator = iterate(iterable);
        if (!iterator) return false;
        out.push_back(std::move(iterator));
    }
    return true;
}

// ---- enumerate
struct Enumerate : Object {
    static Type* type;
    Value iterator, count;
    explicit Enumerate(Type* its_type) : Object(its_type) {}
};
Type* Enumerate::type = nullptr;

// enumerate(iterable, start=0); false: pending.
bool bind_enumerate(const Args& args, Value& iterable, Value& start) {
    static const Signature* signature = parse_signature("(iterable, start=0)");
    for (size_t i = 0; i < args.named(); ++i) {
        const std::string_view name = cast<Str>((*args.names)[i])->view();
        if (name != "iterable" && name != "start")
            return raise(errors::TypeError,
                         cat("'", name, "' is an invalid keyword argument for enumerate()")),
                   false;
    }
    if (args.count == 0 && !args.keyword("iterable"))
        return raise(errors::TypeError, "enumerate() missing required argument 'iterable'"), false;
    Value bound[2];
    if (!bind_arguments(*signature, "enumerate", ErrorStyle::C, args, bound)) return false;
    iterable = bound[0];
    start = bound[1] ? bound[1] : Value::small(0);
    if (is_int(start)) return true;
    if (start.type()->slots.index)
        return static_cast<bool>(start = start.type()->slots.index(start));
    raise(errors::TypeError,
          cat("'", type_name(start), "' object cannot be interpreted as an integer"));
    return false;
}

Value enumerate_construct(Type* type, const Args& args) {
    Value iterable, start;
    if (!bind_enumerate(args, iterable, start)) return {};
    Ref<Enumerate> self = make_as<Enumerate>(type);
    self->iterator = iterate(iterable);
    if (!self->iterator) return {};
    self->count = start;
    return self;
}

Value enumerate_next(const Value& self) {
    auto* enumerate = cast<Enumerate>(self);
    Value item = step(enumerate->iterator);
    if (!item) return {};
    Value number = enumerate->count;
    if (number.is_small() && number.small() < kSmallMax)
        enumerate->count = Value::small(number.small() + 1);
    else if (!(enumerate->count = binary(BinaryOp::Add, number, Value::small(1))))
        return {};
    Ref<Tuple> pair = make_tuple(size_t{2});
    pair->items()[0] = std::move(number);
    pair->items()[1] = std::move(item);
    return pair;
}

// ---- zip
struct Zip : Object {
    static Type* type;
    std::vector<Value> iterators;
    bool strict = false;
    explicit Zip(Type* its_type) : Object(its_type) {}
};
Type* Zip::type = nullptr;

// The keyword strict, the only one there is; false: pending.
bool read_strict(const Args& args, bool& strict) {
    for (size_t i = 0; i < args.named(); ++i) {
        const auto* name = cast<Str>((*args.names)[i]);
        if (name->view() != "strict")
            return raise(errors::TypeError,
                         cat("zip() got an unexpected keyword argument '", name->view(), "'")),
                   false;
        const int answer = truth(args.items[args.count + i]);
        if (answer < 0) return false;
        strict = answer;
    }
    return true;
}

Value zip_construct(Type* type, const Args& args) {
    Ref<Zip> zip = make_as<Zip>(type);
    if (!read_strict(args, zip->strict)) return {};
    if (!iterate_all({args.items, args.count}, zip->iterators)) return {};
    return zip;
}

Value raise_unequal(size_t number, const char* how) {
    return raise(errors::ValueError,
                 cat("zip() argument ", number, " is ", how,
                     number == 2 ? " than argument 1" : cat(" than arguments 1-", number - 1)));
}

// An iterator ended before those to its left (at > 0), or the first one ended.
Value zip_ended(Zip* zip, size_t at) {
    if (!zip->strict || has_raised()) return {};
    if (at > 0) return raise_unequal(at + 1, "shorter");
    for (size_t i = 1; i < zip->iterators.size(); ++i) {
        const Value extra = step(zip->iterators[i]);
        if (extra) return raise_unequal(i + 1, "longer");
        if (has_raised()) return {};
    }
    return {};
}

Value zip_next(const Value& self) {
    auto* zip = cast<Zip>(self);
    if (zip->iterators.empty()) return {};
    Ref<Tuple> row = make_tuple(zip->iterators.size());
    for (size_t i = 0; i < zip->iterators.size(); ++i) {
        row->items()[i] = step(zip->iterators[i]);
        if (!(*row)[i]) return zip_ended(zip, i);
    }
    return row;
}

// ---- map
struct Map : Object {
    static Type* type;
    Value function;
    std::vector<Value> iterators;
    explicit Map(Type* its_type) : Object(its_type) {}
};
Type* Map::type = nullptr;

Value map_construct(Type* type, const Args& args) {
    if (type == Map::type && !check_no_keywords(args, "map")) return {};
    if (args.count < 2) return raise(errors::TypeError, "map() must have at least two arguments.");
    Ref<Map> map = make_as<Map>(type);
    map->function = args.items[0];
    if (!iterate_all({args.items + 1, args.count - 1}, map->iterators)) return {};
    return map;
}

Value map_next(const Value& self) {
    auto* map = cast<Map>(self);
    const size_t count = map->iterators.size();
    if (count == 1) {
        const Value item = step(map->iterators[0]);
        return item ? ending(call(map->function, item)) : Value();
    }
    std::vector<Value> items(count);
    for (size_t i = 0; i < count; ++i)
        if (!(items[i] = step(map->iterators[i]))) return {};
    return ending(call(map->function, Args{items.data(), count, nullptr}));
}

// ---- filter
struct Filter : Object {
    static Type* type;
    Value function, iterator;
    explicit Filter(Type* its_type) : Object(its_type) {}
};
Type* Filter::type = nullptr;

Value filter_construct(Type* type, const Args& args) {
    if (type == Filter::type && !check_no_keywords(args, "filter")) return {};
    if (!check_arity(args, "filter", 2, 2)) return {};
    Ref<Filter> filter = make_as<Filter>(type);
    filter->iterator = iterate(args.items[1]);
    if (!filter->iterator) return {};
    if (!is_none(args.items[0])) filter->function = args.items[0];
    return filter;
}

Value filter_next(const Value& self) {
    auto* filter = cast<Filter>(self);
    while (Value item = step(filter->iterator)) {
        const Value answer = filter->function ? call(filter->function, item) : item;
        const int kept = answer ? truth(answer) : -1;
        if (kept) return kept > 0 ? item : ending({});
    }
    return {};
}

// ---- iter(callable, sentinel)
struct CallableIterator : Object {
    static Type* type;
    Value callable, sentinel;  // empty when exhausted
    CallableIterator(Type* its_type, Value its_callable, Value its_sentinel)
        : Object(its_type), callable(std::move(its_callable)), sentinel(std::move(its_sentinel)) {}
};
Type* CallableIterator::type = nullptr;

Value callable_next(const Value& self) {
    auto* iterator = cast<CallableIterator>(self);
    if (!iterator->callable || !spend()) return {};
    const Value callable = iterator->callable, sentinel = iterator->sentinel;
    Value result = call(callable);
    if (result) {
        const int last = equal(sentinel, result);
        if (last < 0) return {};
        if (!last) return result;
    } else if (!clear_raised_if(errors::StopIteration)) {
        return {};
    }
    iterator->callable = {};
    iterator->sentinel = {};
    return {};
}

constexpr NativeMethod kEnumerateMethods[] = {
    {"__class_getitem__", native_class_getitem, "(cls, object, /)", MethodKind::Class},
};

template <typename T>
Type* define_iterator(const char* name, Value (*next)(const Value&),
                      Value (*construct)(Type*, const Args&),
                      std::span<const NativeMethod> methods = {}) {
    NativeTypeSpec spec{.name = name, .instance_size = sizeof(T), .flags = kDefaultGetAttribute};
    if (construct) spec.flags |= kBaseType;
    spec.slots.destroy = destroy_native<T>;
    spec.slots.construct = construct;
    spec.slots.iter = iterator_self;
    spec.slots.next = next;
    spec.methods = methods;
    return define_type(spec);
}

}  // namespace

Value make_callable_iterator(const Value& callable, const Value& sentinel) {
    return make<CallableIterator>(callable, sentinel);
}

void initialise_functional_iterator_types() {
    Enumerate::type = define_iterator<Enumerate>("enumerate", enumerate_next, enumerate_construct,
                                                 kEnumerateMethods);
    Zip::type = define_iterator<Zip>("zip", zip_next, zip_construct);
    Map::type = define_iterator<Map>("map", map_next, map_construct);
    Filter::type = define_iterator<Filter>("filter", filter_next, filter_construct);
    CallableIterator::type =
        define_iterator<CallableIterator>("callable_iterator", callable_next, nullptr);
}

}  // namespace loopglass::value
