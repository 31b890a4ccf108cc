// itertools: product, permutations, combinations, combinations_with_replacement.
#include "runtime/base/text.hpp"
#include "runtime/script/modules/itertools.hpp"

namespace loopglass::script {

using namespace value;  // a file of bindings
using base::cat;

namespace {

// A pool of items and the indices of the ones chosen.
struct Choice : Object {
    Ref<Tuple> pool;
    std::vector<size_t> chosen;
    bool started = false, done = false;
    Choice(Type* its_type, Ref<Tuple> its_pool) : Object(its_type), pool(std::move(its_pool)) {}
};

Value chosen_tuple(const Choice* choice) {
    Ref<Tuple> out = make_tuple(choice->chosen.size());
    for (size_t i = 0; i < choice->chosen.size(); ++i)
        out->items()[i] = (*choice->pool)[choice->chosen[i]];
    return out;
}

// ---- product ----------------------------------------------------------------------------------

struct Product : Object {
    static Type* type;
    std::vector<Ref<Tuple>> pools;
    std::vector<size_t> chosen;
    bool started = false, done = false;
    explicit Product(Type* its_type) : Object(its_type) {}
};
Type* Product::type = nullptr;

Value product_construct(Type* type, const Args& args) {
    int64_t repeat = 1;
    if (args.named()) {
        const Value value = args.keyword("repeat");
        if (!value || args.named() > 1) {
            const Value name = (*args.names)[0];
            return raise(errors::TypeError, cat("product() got an unexpected keyword argument '",
                                                cast<Str>(name)->view(), "'"));
        }
        if (!to_index(value, repeat)) return {};
        if (repeat < 0) return raise(errors::ValueError, "repeat argument cannot be negative");
    }
    Ref<Product> made = make_as<Product>(type);
    std::vector<Ref<Tuple>> pools;
    for (size_t i = 0; i < args.count && repeat; ++i) {
        pools.push_back(tuple_from(args.items[i]));
        if (!pools.back()) return {};
        made->done |= pools.back()->size == 0;
    }
    for (int64_t i = 0; i < repeat; ++i)
        made->pools.insert(made->pools.end(), pools.begin(), pools.end());
    made->chosen.assign(made->pools.size(), 0);
    return made;
}
Value product_next(const Value& self) {
    auto* product = cast<Product>(self);
    if (product->done || !spend()) return {};
    if (std::exchange(product->started, true)) {
        size_t i = product->pools.size();
        for (; i > 0; --i) {
            if (++product->chosen[i - 1] < product->pools[i - 1]->size) break;
            product->chosen[i - 1] = 0;
        }
        if (i == 0) return product->done = true, Value();
    }
    Ref<Tuple> out = make_tuple(product->pools.size());
    for (size_t i = 0; i < product->pools.size(); ++i)
        out->items()[i] = (*product->pools[i])[product->chosen[i]];
    return out;
}

// ---- permutations -----------------------------------------------------------------------------

struct Permutations : Choice {
    static Type* type;
    std::vector<size_t> order, cycles;  // of the whole pool; how far each place has turned
    using Choice::Choice;
};
Type* Permutations::type = nullptr;

Value permutations_construct(Type* type, const Args& args) {
    static const Signature* signature = parse_signature("(iterable, r=None)");
    Value bound[2];
    if (!bind(signature, "permutations", args, bound)) return {};
    Ref<Tuple> pool = tuple_from(bound[0]);
    if (!pool) return {};
    int64_t r = pool->size;
    if (bound[1] && !is_none(bound[1])) {
        if (!is_int(bound[1])) return raise(errors::TypeError, "Expected int as r");
        if (!to_index(bound[1], r)) return {};
    }
    if (r < 0) return raise(errors::ValueError, "r must be non-negative");
    const size_t n = pool->size;
    Ref<Permutations> made = make_as<Permutations>(type, std::move(pool));
    made->done = r > static_cast<int64_t>(n);
    if (made->done) return made;
    for (size_t i = 0; i < n; ++i) made->order.push_back(i);
    for (size_t i = 0; i < static_cast<size_t>(r); ++i) made->cycles.push_back(n - i);
    made->chosen.assign(made->order.begin(), made->order.begin() + r);
    return made;
}
Value permutations_next(const Value& self) {
    auto* choice = cast<Permutations>(self);
    if (choice->done || !spend()) return {};
    if (!std::exchange(choice->started, true)) return chosen_tuple(choice);
    auto& order = choice->order;
    const size_t n = order.size(), r = choice->cycles.size();
    for (size_t i = r; i > 0; --i) {
        const size_t place = i - 1;
        if (--choice->cycles[place] == 0) {
            const size_t moved = order[place];
            order.erase(order.begin() + static_cast<std::ptrdiff_t>(place));
            order.push_back(moved);
            choice->cycles[place] = n - place;
            continue;
        }
        std::swap(order[place], order[n - choice->cycles[place]]);
        choice->chosen.assign(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(r));
        return chosen_tuple(choice);
    }
    choice->done = true;
    return {};
}

// ---- combinations -----------------------------------------------------------------------------

struct Combinations : Choice {
    static Type* type;
    using Choice::Choice;
};
struct Repetitions : Choice {
    static Type* type;
    using Choice::Choice;
};
Type* Combinations::type = nullptr;
Type* Repetitions::type = nullptr;

template <typename T>
Value combinations_construct(Type* type, const Args& args) {
    constexpr bool kRepeats = std::is_same_v<T, Repetitions>;
    static const Signature* signature = parse_signature("(iterable, r)");
    Value bound[2];
    const char* name = kRepeats ? "combinations_with_replacement" : "combinations";
    if (!bind(signature, name, args, bound)) return {};
    Ref<Tuple> pool = tuple_from(bound[0]);
    int64_t r;
    if (!pool || !to_index(bound[1], r)) return {};
    if (r < 0) return raise(errors::ValueError, "r must be non-negative");
    const auto n = static_cast<int64_t>(pool->size);
    Ref<T> made = make_as<T>(type, std::move(pool));
    made->done = kRepeats ? n == 0 && r > 0 : r > n;
    if (made->done) return made;
    for (int64_t i = 0; i < r; ++i) made->chosen.push_back(kRepeats ? 0 : static_cast<size_t>(i));
    return made;
}
Value combinations_next(const Value& self) {
    auto* choice = cast<Combinations>(self);
    if (choice->done || !spend()) return {};
    if (!std::exchange(choice->started, true)) return chosen_tuple(choice);
    auto& chosen = choice->chosen;
    const size_t n = choice->pool->size, r = chosen.size();
    size_t i = r;
    while (i > 0 && chosen[i - 1] == i - 1 + n - r) --i;
    if (i == 0) return choice->done = true, Value();
    ++chosen[i - 1];
    for (; i < r; ++i) chosen[i] = chosen[i - 1] + 1;
    return chosen_tuple(choice);
}
Value repetitions_next(const Value& self) {
    auto* choice = cast<Repetitions>(self);
    if (choice->done || !spend()) return {};
    if (!std::exchange(choice->started, true)) return chosen_tuple(choice);
    auto& chosen = choice->chosen;
    const size_t n = choice->pool->size, r = chosen.size();
    size_t i = r;
    while (i > 0 && chosen[i - 1] == n - 1) --i;
    if (i == 0) return choice->done = true, Value();
    const size_t index = chosen[i - 1] + 1;
    for (--i; i < r; ++i) chosen[i] = index;
    return chosen_tuple(choice);
}

}  // namespace

void add_itertools_choices(const Value& module) {
    const auto add = [&module](const char* name, Type* type) {
        module_set(module, name, Value::share(type));
    };
    add("product", define_iterator<Product>("itertools.product", product_next, product_construct));
    add("permutations", define_iterator<Permutations>("itertools.permutations", permutations_next,
                                                      permutations_construct));
    add("combinations", define_iterator<Combinations>("itertools.combinations", combinations_next,
                                                      combinations_construct<Combinations>));
    add("combinations_with_replacement",
        define_iterator<Repetitions>("itertools.combinations_with_replacement", repetitions_next,
                                     combinations_construct<Repetitions>));
}

}  // namespace loopglass::script
