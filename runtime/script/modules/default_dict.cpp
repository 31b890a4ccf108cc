// defaultdict, in _collections.
#include "runtime/base/text.hpp"
#include "runtime/script/modules/deque.hpp"
#include "runtime/value/containers.hpp"
#include "runtime/value/dict.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/native.hpp"
#include "runtime/value/protocol.hpp"

namespace loopglass::script {

using namespace value;  // a file of bindings
using base::cat;

namespace {

struct DefaultDict : Dict {
    static Type* type;
    Value factory;  // empty: none
    explicit DefaultDict(Type* its_type) : Dict(its_type) {}
};
Type* DefaultDict::type = nullptr;

DefaultDict* self_of(const Value& self) {
    return cast<DefaultDict>(self);
}

Value default_construct(Type* type, const Args&) {
    return make_as<DefaultDict>(type);
}
bool default_init(const Value& self, const Args& args) {
    Args rest = args;
    Value factory;
    if (rest.count) {
        if (!is_none(rest.items[0])) {
            factory = rest.items[0];
            if (!is_callable(factory))
                return raise(errors::TypeError, "first argument must be callable or None"), false;
        }
        // Keyword values follow the positional ones, so only the start moves.
        ++rest.items;
        --rest.count;
    }
    self_of(self)->factory = std::move(factory);
    return dict_update_arguments(self_of(self), rest, "defaultdict");
}

Value default_repr(const Value& self) {
    StrBuilder out;
    out.add(cat(self.object()->type->name->view(), "("));
    const Value factory = self_of(self)->factory;
    const ReprGuard guard(factory ? factory.object() : self.object());
    if (!factory)
        out.add("None");
    else if (guard.again())
        out.add("...");
    else if (!out.add_repr(factory))
        return {};
    out.add(", ");
    const Value plain = Dict::type->slots.repr(self);
    if (!plain) return {};
    out.add(cast<Str>(plain)->view());
    out.add(')');
    return out.finish();
}

Value default_missing(const Value* a) {
    const Value factory = self_of(a[0])->factory;
    if (!factory) return raise_key_error(a[1]);
    Value made = call(factory);
    if (!made || !set_item(a[0], a[1], made)) return {};
    return made;
}

Value copy_of(const Value& self) {
    const Value factory = self_of(self)->factory ? self_of(self)->factory : none();
    return call(Value::share(self.object()->type), factory, self);
}
Value default_copy(const Value* a) {
    return copy_of(a[0]);
}
Value default_reduce(const Value* a) {
    static const Name items("items");
    const Value factory = self_of(a[0])->factory;
    const Ref<Tuple> arguments = factory ? make_tuple({factory}) : make_tuple(size_t{0});
    const Value view = call_method(a[0], items);
    const Value iterator = view ? iterate(view) : Value();
    if (!iterator) return {};
    return make_tuple({Value::share(a[0].object()->type), arguments, none(), none(), iterator});
}

Value default_or(const Value& a, const Value& b) {
    const bool left = is<DefaultDict>(a);
    if (!is<Dict>(a) || !is<Dict>(b)) return not_implemented();
    const Value& self = left ? a : b;
    const Value factory = self_of(self)->factory ? self_of(self)->factory : none();
    Value made = call(Value::share(self.object()->type), factory, a);
    if (!made || !dict_update(cast<Dict>(made), b)) return {};
    return made;
}

Value get_factory(const Value* a) {
    return self_of(a[0])->factory ? self_of(a[0])->factory : none();
}
Value set_factory(const Value* a) {
    self_of(a[0])->factory = !a[1] || is_none(a[1]) ? Value() : a[1];
    return none();
}

constexpr NativeMethod kMethods[] = {
    {"__missing__", default_missing, "(self, key, /)"},
    {"copy", default_copy},
    {"__copy__", default_copy},
    {"__reduce__", default_reduce},
    {"default_factory", get_factory, "(self)", MethodKind::Getter},
    {"default_factory", set_factory, "(self, value)", MethodKind::Setter},
};

}  // namespace

Type* define_defaultdict() {
    if (DefaultDict::type) return DefaultDict::type;
    Slots slots{.destroy = destroy_native<DefaultDict>,
                .repr = default_repr,
                .construct = default_construct,
                .init = default_init};
    slots.binary[static_cast<size_t>(BinaryOp::Or)] = default_or;
    return DefaultDict::type = define_type({.name = "collections.defaultdict",
                                            .instance_size = sizeof(DefaultDict),
                                            .flags = kBaseType | kMappingPattern | kDottedName,
                                            .base = Dict::type,
                                            .slots = slots,
                                            .methods = kMethods});
}

}  // namespace loopglass::script
