// itertools: batched, groupby, zip_longest.
#include "runtime/base/text.hpp"
#include "runtime/script/modules/itertools.hpp"

namespace loopglass::script {

using namespace value;  // a file of bindings
using base::cat;

namespace {

// ---- batched ----------------------------------------------------------------------------------

struct Batched : Object {
    static Type* type;
    Value source;  // empty: exhausted
    int64_t size;
    bool strict;
    Batched(Type* its_type, Value its_source, int64_t its_size, bool is_strict)
        : Object(its_type), source(std::move(its_source)), size(its_size), strict(is_strict) {}
};
Type* Batched::type = nullptr;

Value batched_construct(Type* type, const Args& args) {
    static const Signature* signature = parse_signature("(iterable, n, *, strict=False)");
    Value bound[3];
    if (!bind(signature, "batched", args, bound)) return {};
    int64_t size;
    if (!to_index(bound[1], size)) return {};
    const int strict = bound[2] ? truth(bound[2]) : 0;
    if (strict < 0) return {};
    if (size < 1) return raise(errors::ValueError, "n must be at least one");
    Value source = iterate(bound[0]);
    if (!source) return {};
    return make_as<Batched>(type, std::move(source), size, strict != 0);
}
Value batched_next(const Value& self) {
    auto* batched = cast<Batched>(self);
    if (!batched->source) return {};
    const Value source = batched->source;
    std::vector<Value> items;
    while (static_cast<int64_t>(items.size()) < batched->size) {
        Value item = next(source);
        if (!item) {
            batched->source = Value();
            if (has_raised() || items.empty()) return {};
            if (batched->strict) return raise(errors::ValueError, "batched(): incomplete batch");
            break;
        }
        items.push_back(std::move(item));
    }
    return value::make_tuple(items);
}

// ---- groupby ----------------------------------------------------------------------------------

struct GroupBy : Object {
    static Type* type;
    Value source, function;
    Value target_key, current_key, current_item;  // empty: not read yet
    uint64_t group = 0;                           // which grouper is the valid one
    GroupBy(Type* its_type, Value its_source, Value its_function)
        : Object(its_type), source(std::move(its_source)), function(std::move(its_function)) {}
};
struct Grouper : Object {
    static Type* type;
    Value parent, key;
    uint64_t group;
    Grouper(Type* its_type, Value its_parent, Value its_key, uint64_t number)
        : Object(its_type), parent(std::move(its_parent)), key(std::move(its_key)), group(number) {}
};
Type* GroupBy::type = nullptr;
Type* Grouper::type = nullptr;

Value groupby_construct(Type* type, const Args& args) {
    static const Signature* signature = parse_signature("(iterable, key=None)");
    Value bound[2];
    if (!bind(signature, "groupby", args, bound)) return {};
    Value source = iterate(bound[0]);
    if (!source) return {};
    return make_as<GroupBy>(type, std::move(source),
                            bound[1] && !is_none(bound[1]) ? bound[1] : Value());
}

// Reads the next item and its key; false: exhausted or pending.
bool groupby_step(GroupBy* groups) {
    const Value source = groups->source;
    Value item = next(source);
    if (!item) return false;
    const Value function = groups->function;
    Value key = function ? call(function, item) : item;
    if (!key) return ends_by_stop(), false;
    groups->current_item = std::move(item);
    groups->current_key = std::move(key);
    return true;
}

Value groupby_next(const Value& self) {
    auto* groups = cast<GroupBy>(self);
    ++groups->group;
    // Skips what is left of the group before.
    for (;;) {
        if (groups->current_key) {
            if (!groups->target_key) break;
            const int same = equal(Value(groups->target_key), Value(groups->current_key));
            if (same < 0) return {};
            if (!same) break;
        }
        if (!groupby_step(groups)) return {};
    }
    groups->target_key = groups->current_key;
    const Value grouper = make<Grouper>(self, groups->target_key, groups->group);
    return make_tuple({groups->current_key, grouper});
}

Value grouper_next(const Value& self) {
    const auto* grouper = cast<Grouper>(self);
    auto* groups = cast<GroupBy>(grouper->parent);
    if (groups->group != grouper->group) return {};
    if (!groups->current_item && !groupby_step(groups)) return {};
    const int same = equal(grouper->key, Value(groups->current_key));
    if (same <= 0) return {};
    return std::exchange(groups->current_item, Value());
}

// ---- zip_longest ------------------------------------------------------------------------------

struct ZipLongest : Object {
    static Type* type;
    std::vector<Value> sources;  // empty ones are exhausted
    size_t active;
    Value fill;
    ZipLongest(Type* its_type, std::vector<Value> its_sources, Value its_fill)
        : Object(its_type),
          sources(std::move(its_sources)),
          active(sources.size()),
          fill(std::move(its_fill)) {}
};
Type* ZipLongest::type = nullptr;

Value zip_longest_construct(Type* type, const Args& args) {
    Value fill = none();
    if (args.named()) {
        fill = args.keyword("fillvalue");
        if (!fill || args.named() > 1)
            return raise(errors::TypeError, "zip_longest() got an unexpected keyword argument");
    }
    std::vector<Value> sources;
    for (size_t i = 0; i < args.count; ++i) {
        sources.push_back(iterate(args.items[i]));
        if (!sources.back()) return {};
    }
    return make_as<ZipLongest>(type, std::move(sources), std::move(fill));
}
Value zip_longest_next(const Value& self) {
    auto* zip = cast<ZipLongest>(self);
    if (zip->active == 0) return {};
    std::vector<Value> items;
    for (size_t i = 0; i < zip->sources.size(); ++i) {
        const Value source = zip->sources[i];
        Value item = source ? next(source) : zip->fill;
        if (!item) {
            if (has_raised()) return zip->active = 0, Value();
            if (zip->active == 0 || --zip->active == 0) return {};
            zip->sources[i] = Value();
            item = zip->fill;
        }
        items.push_back(std::move(item));
    }
    return value::make_tuple(items);
}

}  // namespace

void add_itertools_groups(const Value& module) {
    const auto add = [&module](const char* name, Type* type) {
        module_set(module, name, Value::share(type));
    };
    add("batched", define_iterator<Batched>("itertools.batched", batched_next, batched_construct));
    add("groupby", define_iterator<GroupBy>("itertools.groupby", groupby_next, groupby_construct));
    add("_grouper", define_iterator<Grouper>("itertools._grouper", grouper_next, nullptr));
    add("zip_longest", define_iterator<ZipLongest>("itertools.zip_longest", zip_longest_next,
                                                   zip_longest_construct));
}

}  // namespace loopglass::script
