// list: the type and its methods. Items and slices stand in list_items.cpp, sorting in
// list_sort.cpp.
#include "runtime/value/list.hpp"

#include <algorithm>
#include <utility>

#include "runtime/base/text.hpp"
#include "runtime/value/containers.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/iterators.hpp"
#include "runtime/value/native.hpp"
#include "runtime/value/protocol.hpp"

namespace loopglass::value {

using base::cat;

Type* List::type = nullptr;

namespace {

std::vector<Value>& items_of(const Value& self) {
    return cast<List>(self)->items;
}

Value list_construct(Type* type, const Args&) {
    return make_as<List>(type);
}

bool list_init(const Value& self, const Args& args) {
    if (self.object()->type == List::type && !check_no_keywords(args, "list")) return false;
    if (!check_arity(args, "list", 0, 1)) return false;
    std::vector<Value>().swap(items_of(self));
    return !args.count || list_extend(cast<List>(self), args.items[0]);
}

Value list_repr(const Value& self) {
    List* list = cast<List>(self);
    if (list->items.empty()) return make_str("[]");
    const ReprGuard guard(list);
    if (guard.again()) return make_str("[...]");
    StrBuilder out;
    out.add('[');
    for (size_t i = 0; i < list->items.size(); ++i) {
        if (i) out.add(", ");
        const Value item = list->items[i];
        if (!out.add_repr(item)) return {};
    }
    out.add(']');
    return out.finish();
}

// The first pair of items that differ; items.size() of the shorter if there is none. A script's
// __eq__ may change the lists meanwhile. False: pending.
bool first_difference(List* a, List* b, size_t& at) {
    for (at = 0; at < a->items.size() && at < b->items.size(); ++at) {
        if (a->items[at].is(b->items[at])) continue;
        const Value left = a->items[at], right = b->items[at];
        const int same = equal(left, right);
        if (same < 0) return false;
        if (!same) return true;
    }
    return true;
}

Value list_compare(const Value& self, const Value& other, CompareOp op) {
    List *a = as<List>(self), *b = as<List>(other);
    if (!a || !b) return not_implemented();
    const bool equality = op == CompareOp::Eq || op == CompareOp::Ne;
    if (equality && a->items.size() != b->items.size()) return boolean(op == CompareOp::Ne);
    NativeDepth depth;
    size_t at;
    if (!depth.enter(" in comparison") || !first_difference(a, b, at)) return {};
    if (at >= a->items.size() || at >= b->items.size())
        return boolean(order_answer(op, static_cast<int64_t>(a->items.size()),
                                    static_cast<int64_t>(b->items.size())));
    if (equality) return boolean(op == CompareOp::Ne);
    const Value left = a->items[at], right = b->items[at];
    return compare(op, left, right);
}

Value list_add(const Value& a, const Value& b) {
    if (!is<List>(a)) return not_implemented();
    if (!is<List>(b)) {
        Value answer = ask_right_operand(BinaryOp::Add, a, b);
        if (!answer || !answer.is(g_not_implemented)) return answer;
        return raise(errors::TypeError,
                     cat("can only concatenate list (not \"", type_name(b), "\") to list"));
    }
    Ref<List> sum = make_list();
    sum->items.reserve(items_of(a).size() + items_of(b).size());
    sum->items = items_of(a);
    sum->items.insert(sum->items.end(), items_of(b).begin(), items_of(b).end());
    return sum;
}

bool repeat_items(const std::vector<Value>& items, const Value& factor, std::vector<Value>& out) {
    int64_t times;
    if (!to_repetitions(factor, times)) return false;
    if (times > 0 && items.size() > (size_t{1} << 31) / static_cast<size_t>(times))
        return raise(errors::MemoryError, ""), false;
    out.reserve(items.size() * static_cast<size_t>(times));
    if (items.size() == 1) return out.assign(static_cast<size_t>(times), items[0]), true;
    for (int64_t i = 0; i < times; ++i) out.insert(out.end(), items.begin(), items.end());
    return true;
}

Value list_multiply(const Value& a, const Value& b) {
    const bool left = is<List>(a);
    if (left && !is_int(b)) {
        Value answer = ask_right_operand(BinaryOp::Mul, a, b);
        if (!answer || !answer.is(g_not_implemented)) return answer;
    }
    Ref<List> product = make_list();
    if (!repeat_items(items_of(left ? a : b), left ? b : a, product->items)) return {};
    return product;
}

Value list_inplace_add(const Value& self, const Value& other) {
    if (!list_extend(cast<List>(self), other)) return {};
    return self;
}

Value list_inplace_multiply(const Value& self, const Value& factor) {
    std::vector<Value> repeated;
    if (!repeat_items(items_of(self), factor, repeated)) return {};
    items_of(self).swap(repeated);
    return self;
}

int64_t list_length(const Value& self) {
    return static_cast<int64_t>(items_of(self).size());
}

int list_contains(const Value& self, const Value& item) {
    List* list = cast<List>(self);
    for (size_t i = 0; i < list->items.size(); ++i) {
        if (list->items[i].is(item)) return 1;
        const Value candidate = list->items[i];
        const int same = equal(candidate, item);
        if (same) return same;
    }
    return 0;
}

Value list_append(const Value* arguments) {
    items_of(arguments[0]).push_back(arguments[1]);
    return none();
}

Value list_extend_method(const Value* arguments) {
    return list_extend(cast<List>(arguments[0]), arguments[1]) ? none() : Value();
}

Value list_insert(const Value* arguments) {
    int64_t at;
    if (!to_index(arguments[1], at)) return {};
    std::vector<Value>& items = items_of(arguments[0]);
    const auto size = static_cast<int64_t>(items.size());
    if (at < 0) at = std::max<int64_t>(at + size, 0);
    items.insert(items.begin() + std::min(at, size), arguments[2]);
    return none();
}

Value list_pop(const Value* arguments) {
    int64_t at = -1;
    if (arguments[1] && !to_index(arguments[1], at)) return {};
    std::vector<Value>& items = items_of(arguments[0]);
    const auto size = static_cast<int64_t>(items.size());
    if (!size) return raise(errors::IndexError, "pop from empty list");
    if (at < 0) at += size;
    if (at < 0 || at >= size) return raise(errors::IndexError, "pop index out of range");
    Value item = std::move(items[static_cast<size_t>(at)]);
    if (at == size - 1)
        items.pop_back();
    else
        items.erase(items.begin() + at);
    return item;
}

// As CPython's list_dealloc and list_clear: the last one goes first.
void drop_from_the_end(std::vector<Value>& items) {
    while (!items.empty()) {
        const Value last = std::move(items.back());
        items.pop_back();
    }
}
Value list_clear(const Value* arguments) {
    std::vector<Value> items = std::exchange(items_of(arguments[0]), {});
    return drop_from_the_end(items), none();
}

Value list_copy(const Value* arguments) {
    return make_list(items_of(arguments[0]));
}

// Position of the first equal item from first on, or -1; false: pending.
bool find_item(List* list, const Value& item, int64_t first, int64_t last, int64_t& at) {
    for (at = first; at < last && at < static_cast<int64_t>(list->items.size()); ++at) {
        const Value candidate = list->items[static_cast<size_t>(at)];
        const int same = equal(candidate, item);
        if (same < 0) return false;
        if (same) return true;
    }
    at = -1;
    return true;
}

Value list_remove(const Value* arguments) {
    List* list = cast<List>(arguments[0]);
    int64_t at;
    if (!find_item(list, arguments[1], 0, INT64_MAX, at)) return {};
    if (at < 0) return raise(errors::ValueError, "list.remove(x): x not in list");
    if (at < static_cast<int64_t>(list->items.size())) {
        const Value removed = std::move(list->items[static_cast<size_t>(at)]);
        list->items.erase(list->items.begin() + at);
    }
    return none();
}

Value list_index(const Value* arguments) {
    List* list = cast<List>(arguments[0]);
    int64_t first, last, at;
    if (!to_search_range(arguments[2], arguments[3], list_length(arguments[0]), first, last) ||
        !find_item(list, arguments[1], first, last, at))
        return {};
    if (at >= 0) return Value::small(at);
    const Ref<Str> shown = repr(arguments[1]);
    if (!shown) return {};
    return raise(errors::ValueError, cat(shown->view(), " is not in list"));
}

Value list_count(const Value* arguments) {
    List* list = cast<List>(arguments[0]);
    int64_t found = 0;
    for (size_t i = 0; i < list->items.size(); ++i) {
        const Value candidate = list->items[i];
        const int same = equal(candidate, arguments[1]);
        if (same < 0) return {};
        found += same;
    }
    return Value::small(found);
}

Value list_reverse(const Value* arguments) {
    std::vector<Value>& items = items_of(arguments[0]);
    for (size_t i = 0, j = items.size(); i + 1 < j; ++i) items[i].swap(items[--j]);
    return none();
}

Value list_sort(const Value* arguments) {
    const Value key = arguments[1] && !is_none(arguments[1]) ? arguments[1] : Value();
    bool reverse = false;
    if (arguments[2]) {
        const int answer = truth(arguments[2]);
        if (answer < 0) return {};
        reverse = answer;
    }
    return sort_list(cast<List>(arguments[0]), key, reverse) ? none() : Value();
}

Value list_reversed(const Value* arguments) {
    return make_list_reverse_iterator(arguments[0]);
}

constexpr NativeMethod kListMethods[] = {
    {"append", list_append, "(self, object, /)"},
    {"clear", list_clear, "(self, /)"},
    {"copy", list_copy, "(self, /)"},
    {"count", list_count, "(self, value, /)"},
    {"extend", list_extend_method, "(self, iterable, /)"},
    {"index", list_index, "(self, value, start=0, stop=9223372036854775807, /)"},
    {"insert", list_insert, "(self, index, object, /)"},
    {"pop", list_pop, "(self, index=-1, /)"},
    {"remove", list_remove, "(self, value, /)"},
    {"reverse", list_reverse, "(self, /)"},
    {"sort", list_sort, "(self, /, *, key=None, reverse=False)"},
    {"__reversed__", list_reversed, "(self, /)"},
    {"__class_getitem__", native_class_getitem, "(cls, object, /)", MethodKind::Class},
};

void destroy_list(Object* object) {
    drop_from_the_end(static_cast<List*>(object)->items);
    destroy_native<List>(object);
}

Slots list_slots() {
    Slots slots;
    slots.destroy = destroy_list;
    slots.construct = list_construct;
    slots.init = list_init;
    slots.repr = list_repr;
    slots.compare = list_compare;
    slots.iter = make_list_iterator;
    slots.binary[static_cast<size_t>(BinaryOp::Add)] = list_add;
    slots.binary[static_cast<size_t>(BinaryOp::Mul)] = list_multiply;
    slots.inplace[static_cast<size_t>(BinaryOp::Add)] = list_inplace_add;
    slots.inplace[static_cast<size_t>(BinaryOp::Mul)] = list_inplace_multiply;
    slots.length = list_length;
    slots.get_item = list_get_item;
    slots.set_item = list_set_item;
    slots.contains = list_contains;
    return slots;
}

}  // namespace

void initialise_list_type() {
    List::type = define_type({
        .name = "list",
        .instance_size = sizeof(List),
        .flags = kBaseType | kListSubclass | kSequencePattern | kSelfPattern | kDefaultGetAttribute,
        .slots = list_slots(),
        .methods = kListMethods,
        .doc = "Built-in mutable sequence.",
    });
}

}  // namespace loopglass::value
