#include "runtime/value/struct_sequence.hpp"

#include <map>

#include "runtime/base/text.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/native.hpp"
#include "runtime/value/protocol.hpp"

namespace loopglass::value {

using base::cat;

namespace {

std::map<const Type*, std::vector<const char*>>& field_names() {
    static std::map<const Type*, std::vector<const char*>> names;
    return names;
}

const std::vector<const char*>& fields_of(const Type* type) {
    while (type && !field_names().count(type)) type = type->base;
    return field_names().at(type);
}

template <size_t kIndex>
Value item(const Value* a) {
    return (*cast<Tuple>(a[0]))[kIndex];
}
constexpr NativeFunctionPointer kItems[] = {item<0>, item<1>, item<2>, item<3>, item<4>,  item<5>,
                                            item<6>, item<7>, item<8>, item<9>, item<10>, item<11>};

Value sequence_new(Type* type, const Args& args) {
    if (args.count != 1)
        return raise(errors::TypeError, cat(type->name->view(), "() takes exactly one argument"));
    const size_t wanted = fields_of(type).size();
    const Ref<Tuple> items = tuple_from(args.items[0]);
    if (!items) return {};
    if (items->size != wanted)
        return raise(errors::TypeError, cat(type->name->view(), "() takes a ", wanted,
                                            "-sequence (", items->size, "-sequence given)"));
    return make_struct_sequence(type, {items->items(), items->size});
}

Value sequence_repr(const Value& self) {
    static Name module_name("__module__");
    const Type* type = self.type();
    const Value* module = type_lookup(type, module_name);
    std::string out =
        cat(module ? cast<Str>(*module)->view() : "", module ? "." : "", type->name->view(), "(");
    const auto& names = fields_of(type);
    for (size_t i = 0; i < names.size(); ++i) {
        const Ref<Str> text = repr((*cast<Tuple>(self))[i]);
        if (!text) return {};
        out += cat(i ? ", " : "", names[i], "=", text->view());
    }
    return make_str(out + ")");
}

}  // namespace

Type* define_struct_sequence(const char* name, std::initializer_list<const char*> fields) {
    auto* methods = new std::vector<NativeMethod>;
    for (const char* field : fields)
        methods->push_back({field, kItems[methods->size()], "(self)", MethodKind::Getter});
    Type* type = define_type({.name = name,
                              .instance_size = sizeof(Tuple),
                              .flags = kTupleSubclass | kVariableSize,
                              .base = Tuple::type,
                              .slots = {.repr = sequence_repr, .construct = sequence_new},
                              .methods = *methods});
    field_names()[type] = fields;
    return type;
}

Value make_struct_sequence(Type* type, std::span<const Value> items) {
    const Value plain = make_tuple(items);
    return Tuple::type->slots.construct(type, Args{&plain, 1});
}

}  // namespace loopglass::value
