// Builtins that ask an object about itself: attributes, classes, hash, text.
#include "runtime/value/objects.hpp"

#include <algorithm>

#include "runtime/base/text.hpp"
#include "runtime/script/builtins/builtins.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/identity.hpp"
#include "runtime/value/protocol.hpp"

namespace loopglass::script {

using namespace value;  // a file of bindings
using base::cat;

namespace {

// The name of an attribute, interned; empty: pending.
Ref<Str> attribute_name(const Value& name) {
    if (Str* text = as<Str>(name)) {
        if (text->flags & kInterned) return Ref<Str>::share(text);
        return intern(text);
    }
    raise(errors::TypeError, cat("attribute name must be string, not '", type_name(name), "'"));
    return {};
}

Value callable(const Value* a) {
    return boolean(is_callable(a[0]));
}

Value getattr(const Value* a) {
    const Ref<Str> name = attribute_name(a[1]);
    if (!name) return {};
    if (!a[2]) return get_attribute(a[0], name.get());
    Value found = find_attribute(a[0], name.get());
    return found || has_raised() ? found : a[2];
}

Value hasattr(const Value* a) {
    const Ref<Str> name = attribute_name(a[1]);
    if (!name) return {};
    const Value found = find_attribute(a[0], name.get());
    return found || !has_raised() ? boolean(static_cast<bool>(found)) : Value();
}

Value setattr(const Value* a) {
    const Ref<Str> name = attribute_name(a[1]);
    return name && set_attribute(a[0], name.get(), a[2]) ? none() : Value();
}

Value delattr(const Value* a) {
    const Ref<Str> name = attribute_name(a[1]);
    return name && set_attribute(a[0], name.get(), Value()) ? none() : Value();
}

Value hash_of(const Value* a) {
    int64_t number;
    return hash(a[0], number) ? make_int(number) : Value();
}

// Where the object stands; small ints stand nowhere, their word serves.
Value id(const Value* a) {
    return make_int_unsigned(address_of(a[0]));
}

Value isinstance(const Value* a) {
    const int answer = is_instance(a[0], a[1]);
    return answer < 0 ? Value() : boolean(answer);
}

Value issubclass(const Value* a) {
    const int answer = is_subclass(a[0], a[1]);
    return answer < 0 ? Value() : boolean(answer);
}

Value len(const Value* a) {
    const int64_t count = length(a[0]);
    return count < 0 ? Value() : make_int(count);
}

Value repr_of(const Value* a) {
    return repr(a[0]);
}
Value ascii_of(const Value* a) {
    return ascii(a[0]);
}

Value format_of(const Value* a) {
    static const Ref<Str> empty = make_str("");
    if (a[1] && !is<Str>(a[1]))
        return raise(errors::TypeError,
                     cat("format() argument 2 must be str, not ", type_name(a[1])));
    return format(a[0], a[1] ? cast<Str>(a[1]) : empty.get());
}

constexpr NativeMethod kFunctions[] = {
    {"callable", callable, "(obj, /)", MethodKind::Function},
    {"getattr", getattr, "(object, name, default=None, /)", MethodKind::Function},
    {"hasattr", hasattr, "(obj, name, /)", MethodKind::Function},
    {"setattr", setattr, "(obj, name, value, /)", MethodKind::Function},
    {"delattr", delattr, "(obj, name, /)", MethodKind::Function},
    {"hash", hash_of, "(obj, /)", MethodKind::Function},
    {"id", id, "(obj, /)", MethodKind::Function},
    {"isinstance", isinstance, "(obj, class_or_tuple, /)", MethodKind::Function},
    {"issubclass", issubclass, "(cls, class_or_tuple, /)", MethodKind::Function},
    {"len", len, "(obj, /)", MethodKind::Function},
    {"repr", repr_of, "(obj, /)", MethodKind::Function},
    {"ascii", ascii_of, "(obj, /)", MethodKind::Function},
    {"format", format_of, "(value, format_spec='', /)", MethodKind::Function},
};

}  // namespace

std::span<const NativeMethod> object_builtins() {
    return kFunctions;
}

}  // namespace loopglass::script
