// Attributes, calls, items and iteration on any value (Objects/abstract.c, object.c). Operators are
// in operators.cpp.
#include "runtime/value/protocol.hpp"

#include <cstdio>
#include <utility>

#include "runtime/base/text.hpp"
#include "runtime/value/bootstrap.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/format.hpp"
#include "runtime/value/generic_alias.hpp"
#include "runtime/value/identity.hpp"
#include "runtime/value/native.hpp"
#include "runtime/value/native_depth.hpp"
#include "runtime/value/objects.hpp"

namespace loopglass::value {

using base::cat;

Object *g_true, *g_false;

// ---- attributes
// -------------------------------------------------------------------------------------

Value get_attribute(const Value& object, Str* name) {
    Value found = object.type()->slots.get_attribute(object, name);
    if (__builtin_expect(!found, 0) && raised_is(errors::AttributeError)) {
        // One that a script raised itself learns what it is about.
        const auto& fields = cast<Exception>(g_thread.raised)->fields;
        if (fields.size() < 2 || (is_none(fields[0]) && is_none(fields[1])))
            note_missing_attribute(object, name);
    }
    return found;
}

Value find_attribute(const Value& object, Str* name) {
    Value found = get_attribute(object, name);
    if (!found) clear_raised_if(errors::AttributeError);
    return found;
}

bool set_attribute(const Value& object, Str* name, const Value& value) {
    return object.type()->slots.set_attribute(object, name, value);
}

Value find_special(const Value& object, Str* name) {
    const Value* found = type_lookup(object.type(), name);
    if (!found) return {};
    const Value attribute = *found;
    auto* get = attribute.type()->slots.descr_get;
    return get ? get(attribute, object, object.type()) : attribute;
}

// ---- calls
// --------------------------------------------------------------------------------------------

bool is_callable(const Value& value) {
    return value.type()->slots.call != nullptr;
}

// A module that is called often holds what is meant. CPython: Objects/call.c,
// object_is_not_callable().
static Value raise_not_callable(const Value& callee) {
    static const Name kName("__name__");
    std::string hint;
    if (const Module* module = as<Module>(callee)) {
        const Value* name = dict_find(module->dict.get(), kName);
        const Str* text = name ? as<Str>(*name) : nullptr;
        const Value* meant = text ? dict_find(module->dict.get(), intern(text->view())) : nullptr;
        if (meant && is_callable(*meant))
            hint = cat(". Did you mean: '", text->view(), ".", text->view(), "(...)'?");
    }
    return raise(errors::TypeError, cat("'", type_name(callee), "' object is not callable", hint));
}

Value call(const Value& callee, const Args& args) {
    auto* slot = callee.type()->slots.call;
    if (__builtin_expect(!slot, 0)) return raise_not_callable(callee);
    if (__builtin_expect(low_on_stack(), 0)) {
        if (too_deep(" while calling a Python object")) return {};
        return deeper([&] { return slot(callee, args); }, kLevelsOfSegment);
    }
    return slot(callee, args);
}

Value call(const Value& callee) {
    return call(callee, Args{});
}
Value call(const Value& callee, const Value& a) {
    return call(callee, Args{&a, 1});
}
Value call(const Value& callee, const Value& a, const Value& b) {
    const Value items[] = {a, b};
    return call(callee, Args{items, 2});
}
Value call(const Value& callee, const Value& a, const Value& b, const Value& c) {
    const Value items[] = {a, b, c};
    return call(callee, Args{items, 3});
}

Value call_method(const Value& object, Str* name, const Value* arguments, size_t count) {
    const Type* type = object.type();
    if (type->has(kDefaultGetAttribute) && count < 7) {
        const Value* found = type_lookup(type, name);
        const bool shadowed = object.is_object() && type->dict_offset &&
                              *instance_dict_slot(object.object()) &&
                              dict_find(instance_dict_slot(object.object())->get(), name);
        if (found && !shadowed && found->type()->has(kMethodDescriptor)) {
            Value all[8];
            all[0] = object;
            for (size_t i = 0; i < count; ++i) all[i + 1] = arguments[i];
            const Value callee = *found;
            return call(callee, Args{all, count + 1});
        }
    }
    const Value bound = get_attribute(object, name);
    return bound ? call(bound, Args{arguments, count}) : Value{};
}

// ---- items
// ----------------------------------------------------------------------------------------------

namespace {
Name kClassGetItem("__class_getitem__"), kGetItem("__getitem__"), kLengthHint("__length_hint__"),
    kFormat("__format__"), kInstanceCheck("__instancecheck__"), kSubclassCheck("__subclasscheck__"),
    kReversed("__reversed__"), kBases("__bases__"), kClass("__class__");
}  // namespace

Value get_item(const Value& container, const Value& key) {
    if (auto* slot = container.type()->slots.get_item) return slot(container, key);
    if (is<Type>(container)) {
        const Value hook = find_attribute(container, kClassGetItem);
        if (hook) return call(hook, key);
        if (has_raised()) return {};
        if (container.is(Type::type)) return make_generic_alias(container, key);
        return raise(errors::TypeError, cat("type '", cast<Type>(container)->qualname->view(),
                                            "' is not subscriptable"));
    }
    return raise(errors::TypeError,
                 cat("'", type_name(container), "' object is not subscriptable"));
}

bool set_item(const Value& container, const Value& key, const Value& value) {
    if (auto* slot = container.type()->slots.set_item) return slot(container, key, value);
    return raise(errors::TypeError,
                 cat("'", type_name(container), "' object does not support item assignment")),
           false;
}

bool delete_item(const Value& container, const Value& key) {
    if (auto* slot = container.type()->slots.set_item) return slot(container, key, Value{});
    return raise(errors::TypeError,
                 cat("'", type_name(container), "' object does not support item deletion")),
           false;
}

int64_t length(const Value& value) {
    if (auto* slot = value.type()->slots.length) return slot(value);
    return raise(errors::TypeError, cat("object of type '", type_name(value), "' has no len()")),
           -1;
}

int64_t length_hint(const Value& value) {
    if (auto* slot = value.type()->slots.length) {
        const int64_t count = slot(value);
        if (count >= 0) return count;
        clear_raised();
        return 0;
    }
    const Value hook = find_special(value, kLengthHint);
    const Value answer = hook ? call(hook) : Value{};
    int64_t count = 0;
    if (answer && is_int(answer) && int_value(answer, count) && count >= 0) return count;
    clear_raised();
    return 0;
}

namespace {

// PyObject_LengthHint of an object of a script's class; false: its error is pending.
bool ask_length(const Value& object) {
    if (auto* slot = object.type()->slots.length) {
        if (slot(object) >= 0) return true;
        if (!clear_raised_if(errors::TypeError)) return false;
    }
    const Value hook = find_special(object, kLengthHint);
    if (!hook) return !has_raised();
    const Value answer = call(hook);
    if (!answer) return clear_raised_if(errors::TypeError);
    if (answer.is(g_not_implemented)) return true;
    int64_t count = 0;
    if (!is_int(answer))
        return raise(errors::TypeError,
                     cat("__length_hint__ must be an integer, not ", type_name(answer))),
               false;
    if (int_value(answer, count) && count >= 0) return true;
    return raise(errors::ValueError, "__length_hint__() should return >= 0"), false;
}

}  // namespace

Value iterate_sized(const Value& iterable) {
    Value iterator = iterate(iterable);
    if (!iterator || !iterable.type()->has(kHeapType)) return iterator;
    return ask_length(iterable) ? iterator : Value();
}

// ---- iteration
// --------------------------------------------------------------------------------------------

namespace {

// Iterates by indexes, for classes with __getitem__ only.
struct SequenceIterator : Object {
    static Type* type;
    Value sequence;
    int64_t at = 0;
    SequenceIterator(Type* its_type, Value of) : Object(its_type), sequence(std::move(of)) {}
};
Type* SequenceIterator::type = nullptr;

Value sequence_next(const Value& self) {
    auto* iterator = cast<SequenceIterator>(self);
    if (!iterator->sequence) return {};
    Value item = get_item(iterator->sequence, make_int(iterator->at++));
    if (item) return item;
    if (raised_is(errors::IndexError) || raised_is(errors::StopIteration)) {
        clear_raised();
        iterator->sequence = Value{};
    }
    return {};
}
Value same(const Value& self) {
    return self;
}

Type* sequence_iterator_type() {
    if (!SequenceIterator::type)
        SequenceIterator::type = define_type({.name = "iterator",
                                              .instance_size = sizeof(SequenceIterator),
                                              .slots = {.destroy = destroy_native<SequenceIterator>,
                                                        .iter = same,
                                                        .next = sequence_next}});
    return SequenceIterator::type;
}

}  // namespace

Value iterate(const Value& iterable) {
    const Slots& slots = iterable.type()->slots;
    if (slots.iter) {
        Value iterator = slots.iter(iterable);
        if (iterator && !iterator.type()->slots.next)
            return raise(errors::TypeError,
                         cat("iter() returned non-iterator of type '", type_name(iterator), "'"));
        return iterator;
    }
    if (slots.get_item && type_lookup(iterable.type(), kGetItem) &&
        !iterable.type()->has(kDictSubclass))
        return make_as<SequenceIterator>(sequence_iterator_type(), iterable);
    return raise(errors::TypeError, cat("'", type_name(iterable), "' object is not iterable"));
}

// The StopIteration that ended a step on behalf of next_or_stop(), which runs at this depth of
// calls; what ends deeper inside is no concern of it.
static Value g_stop;
static uint32_t g_stop_depth = UINT32_MAX;

bool ends_by_stop() {
    if (!raised_is(errors::StopIteration)) return false;
    if (g_thread.depth == g_stop_depth)
        g_stop = take_raised();
    else
        clear_raised();
    return true;
}

Value next_or_stop(const Value& iterator) {
    const uint32_t outer = std::exchange(g_stop_depth, g_thread.depth);
    g_stop = Value{};
    Value item = iterator.type()->slots.next(iterator);
    g_stop_depth = outer;
    const Value stop = std::move(g_stop);
    if (item || raised()) return item;
    if (!stop) return raise_with(errors::StopIteration, {});
    restore_raised(stop);
    return {};
}

Value next(const Value& iterator) {
    if (auto* slot = iterator.type()->slots.next) {
        if (__builtin_expect(!low_on_stack(), 1)) return slot(iterator);
        return too_deep("") ? Value() : deeper([&] { return slot(iterator); });
    }
    return raise(errors::TypeError, cat("'", type_name(iterator), "' object is not an iterator"));
}

// ---- text
// -----------------------------------------------------------------------------------------------

namespace {

std::string qualified_name(const Type* type) {
    static Name module("__module__");
    const Value* found = dict_find(type->dict.get(), module);
    if (!found || !is<Str>(*found) || cast<Str>(*found)->view() == "builtins")
        return std::string(type->qualname->view());
    return cat(cast<Str>(*found)->view(), ".", type->qualname->view());
}

}  // namespace

std::string type_name(const Value& value) {
    return shown_name(value.type());
}

std::string shown_name(const Type* type) {
    return type->has(kDottedName) ? qualified_name(type) : std::string(type->name->view());
}

namespace {

Ref<Str> as_text(Value result) {
    Ref<Str> text = Ref<Str>::share(result ? static_cast<Str*>(result.object()) : nullptr);
    return text;
}

}  // namespace

std::string default_repr(const Value& value) {
    return cat("<", qualified_name(value.type()), " object at ", address_text(value), ">");
}

Ref<Str> repr(const Value& value) {
    if (too_deep(" while getting the repr of an object")) return {};
    return deeper([&] { return as_text(value.type()->slots.repr(value)); });
}

Ref<Str> str(const Value& value) {
    if (is_exact<Str>(value)) return Ref<Str>::share(cast<Str>(value));
    if (too_deep(" while getting the str of an object")) return {};
    return deeper([&] { return as_text(value.type()->slots.str(value)); });
}

Ref<Str> ascii(const Value& value) {
    const Ref<Str> text = repr(value);
    if (!text || text->ascii()) return text;
    std::string out;
    const std::string_view view = text->view();
    for (size_t i = 0; i < view.size();) {
        const auto lead = static_cast<unsigned char>(view[i]);
        const int bytes = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        uint32_t code = bytes == 1 ? lead : lead & (0x7F >> bytes);
        for (int k = 1; k < bytes; ++k)
            code = code << 6 | (static_cast<unsigned char>(view[i + k]) & 0x3F);
        char buffer[16];
        if (code < 0x80)
            std::snprintf(buffer, sizeof buffer, "%c", static_cast<char>(code));
        else
            std::snprintf(buffer, sizeof buffer,
                          code < 0x100     ? "\\x%02x"
                          : code < 0x10000 ? "\\u%04x"
                                           : "\\U%08x",
                          code);
        out += buffer;
        i += static_cast<size_t>(bytes);
    }
    return make_str(out);
}

Ref<Str> format(const Value& value, Str* spec) {
    if (!spec->size && is_exact<Str>(value)) return Ref<Str>::share(cast<Str>(value));
    if (value.is_small() || is_exact<Str>(value) || is_exact<Float>(value)) {
        StrBuilder builder;
        return format_append(value, spec->view(), builder.text()) ? builder.finish() : Ref<Str>();
    }
    const Value argument = Value::share(spec);
    const Value* method = type_lookup(value.type(), kFormat);
    const Value all[] = {value, argument};
    const Value callee = *method;
    const Value result = callee.type()->has(kMethodDescriptor)
                             ? call(callee, Args{all, 2})
                             : call(find_special(value, kFormat), argument);
    if (result && !is<Str>(result)) {
        raise(errors::TypeError, cat("__format__ must return a str, not ", type_name(result)));
        return {};
    }
    return as_text(result);
}

// ---- tests
// ------------------------------------------------------------------------------------------------

namespace {

// What is no class and has a tuple __bases__ counts as one. CPython: Objects/abstract.c,
// check_class(), abstract_issubclass().
Value bases_of(const Value& like_class) {
    static const Name bases("__bases__");
    Value found = find_attribute(like_class, bases);
    return found && is<Tuple>(found) ? found : Value();
}

bool check_like_class(const Value& value, const char* complaint) {
    if (bases_of(value)) return true;
    if (!has_raised()) raise(errors::TypeError, complaint);
    return false;
}

int derives_from(Value derived, const Value& target) {
    for (;;) {
        if (derived.is(target)) return 1;
        const Value bases = bases_of(derived);
        if (!bases) return has_raised() ? -1 : 0;
        const Tuple* all = cast<Tuple>(bases);
        if (all->size == 1) {
            derived = (*all)[0];
            continue;
        }
        if (all->size && too_deep(" in __issubclass__")) return -1;
        for (size_t i = 0; i < all->size; ++i)
            if (const int answer = deeper([&] { return derives_from((*all)[i], target); }))
                return answer;
        return 0;
    }
}

int like_instance(const Value& value, const Value& target) {
    if (!check_like_class(target,
                          "isinstance() arg 2 must be a type, a tuple of types, or a union"))
        return -1;
    const Value claimed = find_attribute(value, kClass);
    if (!claimed) return has_raised() ? -1 : 0;
    return derives_from(claimed, target);
}

int like_subclass(const Value& value, const Value& target) {
    if (!check_like_class(value, "issubclass() arg 1 must be a class") ||
        !check_like_class(target,
                          "issubclass() arg 2 must be a class, a tuple of classes, or a union"))
        return -1;
    return derives_from(value, target);
}

// isinstance and issubclass: a tuple means any of them; a union too; a metaclass may decide.
int check_class(const Value& value, const Value& target, Str* hook_name, bool instance) {
    if (Type* type = as<Type>(target)) {
        if (instance && value.type() == type) return 1;
        if (target.type() == Type::type) {
            if (instance) {
                if (is_subtype(value.type(), type)) return 1;
                // A proxy may claim another class through __class__.
                const Value claimed =
                    value.type()->has(kDefaultGetAttribute) && !value.type()->has(kHeapType)
                        ? Value{}
                        : find_attribute(value, kClass);
                if (has_raised()) return -1;
                return claimed && is<Type>(claimed) && is_subtype(cast<Type>(claimed), type);
            }
            const Type* candidate = as<Type>(value);
            return candidate ? is_subtype(candidate, type) : like_subclass(value, target);
        }
    }
    if (const Tuple* any = as<Tuple>(target)) {
        if (too_deep(instance ? " in __instancecheck__" : " in __subclasscheck__")) return -1;
        for (size_t i = 0; i < any->size; ++i) {
            const int answer =
                deeper([&] { return check_class(value, (*any)[i], hook_name, instance); });
            if (answer) return answer;
        }
        return 0;
    }
    const Value hook = find_special(target, hook_name);
    if (!hook) {
        if (has_raised()) return -1;
        return instance ? like_instance(value, target) : like_subclass(value, target);
    }
    const Value answer = call(hook, value);
    return answer ? truth(answer) : -1;
}

}  // namespace

int is_instance(const Value& value, const Value& target) {
    return check_class(value, target, kInstanceCheck, true);
}
int is_subclass(const Value& value, const Value& target) {
    return check_class(value, target, kSubclassCheck, false);
}

// ---- numbers from values
// ----------------------------------------------------------------------------------

namespace {

Value index_of(const Value& value) {
    if (is_int(value)) return value;
    auto* slot = value.type()->slots.index;
    if (!slot)
        return raise(errors::TypeError,
                     cat("'", type_name(value), "' object cannot be interpreted as an integer"));
    Value result = slot(value);
    if (result && !is_int(result))
        return raise(errors::TypeError,
                     cat("__index__ returned non-int (type ", type_name(result), ")"));
    return result;
}

}  // namespace

bool to_index(const Value& value, int64_t& out) {
    if (value.is_small()) return out = value.small(), true;
    const Value index = index_of(value);
    if (!index) return false;
    if (int_value(index, out)) return true;
    return raise(errors::OverflowError, "Python int too large to convert to C ssize_t"), false;
}

bool to_index_clamped(const Value& value, int64_t& out) {
    const Value index = index_of(value);
    if (!index) return false;
    if (!int_value(index, out)) out = int_to_double(index) < 0 ? INT64_MIN : INT64_MAX;
    return true;
}

bool to_double(const Value& value, double& out) {
    if (is_float(value)) return out = cast<Float>(value)->number, true;
    if (is_int(value)) {
        out = int_to_double(value);
        if (out - out != 0)
            return raise(errors::OverflowError, "int too large to convert to float"), false;
        return true;
    }
    if (auto* slot = value.type()->slots.to_float) {
        const Value result = slot(value);
        if (!result) return false;
        if (!is_float(result))
            return raise(errors::TypeError,
                         cat(type_name(value), ".__float__ returned non-float (type ",
                             type_name(result), ")")),
                   false;
        return out = cast<Float>(result)->number, true;
    }
    if (value.type()->slots.index) {
        const Value index = index_of(value);
        return index && to_double(index, out);
    }
    return raise(errors::TypeError, cat("must be real number, not ", type_name(value))), false;
}

}  // namespace loopglass::value
