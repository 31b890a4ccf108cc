// types.MappingProxyType, types.SimpleNamespace, types.CellType.
#include "runtime/value/namespace.hpp"

#include <cstdio>

#include "runtime/base/text.hpp"
#include "runtime/value/bootstrap.hpp"
#include "runtime/value/containers.hpp"
#include "runtime/value/dict.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/identity.hpp"
#include "runtime/value/native.hpp"
#include "runtime/value/protocol.hpp"

namespace loopglass::value {

using base::cat;

Type* MappingProxy::type = nullptr;
Type* SimpleNamespace::type = nullptr;
Type* Cell::type = nullptr;

namespace {

// ---- mappingproxy
const Value& mapping_of(const Value& self) {
    return cast<MappingProxy>(self)->mapping;
}

Value proxy_construct(Type*, const Args& args) {
    static const Signature* signature = parse_signature("(mapping)");
    Value bound[1];
    if (!bind_arguments(*signature, "mappingproxy", ErrorStyle::C, args, bound)) return {};
    const bool sequence = is<List>(bound[0]) || is<Tuple>(bound[0]);
    if (!bound[0].type()->slots.get_item || sequence)
        return raise(errors::TypeError,
                     cat("mappingproxy() argument must be a mapping, not ", type_name(bound[0])));
    return make_mapping_proxy(bound[0]);
}
Value proxy_repr(const Value& self) {
    const Ref<Str> shown = repr(mapping_of(self));
    return shown ? Value(make_str(cat("mappingproxy(", shown->view(), ")"))) : Value();
}
Value proxy_str(const Value& self) {
    return str(mapping_of(self));
}
bool proxy_hash(const Value& self, int64_t& out) {
    return hash(mapping_of(self), out);
}
Value proxy_compare(const Value& a, const Value& b, CompareOp op) {
    return compare(op, mapping_of(a), is<MappingProxy>(b) ? mapping_of(b) : b);
}
Value proxy_or(const Value& a, const Value& b) {
    return binary(BinaryOp::Or, is<MappingProxy>(a) ? mapping_of(a) : a,
                  is<MappingProxy>(b) ? mapping_of(b) : b);
}
Value proxy_inplace_or(const Value& a, const Value&) {
    return raise(errors::TypeError,
                 cat("'|=' is not supported by ", type_name(a), "; use '|' instead"));
}
Value proxy_iter(const Value& self) {
    return iterate(mapping_of(self));
}
int64_t proxy_length(const Value& self) {
    return length(mapping_of(self));
}
Value proxy_get_item(const Value& self, const Value& key) {
    return get_item(mapping_of(self), key);
}
int proxy_contains(const Value& self, const Value& key) {
    return contains(mapping_of(self), key);
}
// A method of the mapping, called with the arguments after self that are there.
template <size_t most>
Value forward(const char* name, const Value* arguments) {
    size_t count = 0;
    while (count < most && arguments[1 + count]) ++count;
    return call_method(mapping_of(arguments[0]), intern(name), arguments + 1, count);
}
Value proxy_get(const Value* arguments) {
    return forward<2>("get", arguments);
}
Value proxy_keys(const Value* arguments) {
    return forward<0>("keys", arguments);
}
Value proxy_values(const Value* arguments) {
    return forward<0>("values", arguments);
}
Value proxy_items(const Value* arguments) {
    return forward<0>("items", arguments);
}
Value proxy_copy(const Value* arguments) {
    return forward<0>("copy", arguments);
}
Value proxy_reversed(const Value* arguments) {
    return forward<0>("__reversed__", arguments);
}

constexpr NativeMethod kProxyMethods[] = {
    {"get", proxy_get, "(self, key, default=None, /)"},
    {"keys", proxy_keys, "(self, /)"},
    {"values", proxy_values, "(self, /)"},
    {"items", proxy_items, "(self, /)"},
    {"copy", proxy_copy, "(self, /)"},
    {"__reversed__", proxy_reversed, "(self, /)"},
    {"__class_getitem__", native_class_getitem, "(cls, object, /)", MethodKind::Class},
};

void define_proxy() {
    NativeTypeSpec spec{.name = "mappingproxy",
                        .instance_size = sizeof(MappingProxy),
                        .flags = kMappingPattern | kDefaultGetAttribute};
    spec.slots.destroy = destroy_native<MappingProxy>;
    spec.slots.construct = proxy_construct;
    spec.slots.repr = proxy_repr;
    spec.slots.str = proxy_str;
    spec.slots.hash = proxy_hash;
    spec.slots.compare = proxy_compare;
    spec.slots.binary[static_cast<size_t>(BinaryOp::Or)] = proxy_or;
    spec.slots.inplace[static_cast<size_t>(BinaryOp::Or)] = proxy_inplace_or;
    spec.slots.iter = proxy_iter;
    spec.slots.length = proxy_length;
    spec.slots.get_item = proxy_get_item;
    spec.slots.contains = proxy_contains;
    spec.methods = kProxyMethods;
    MappingProxy::type = define_type(spec);
}

// ---- SimpleNamespace
Value namespace_construct(Type* type, const Args&) {
    return make_as<SimpleNamespace>(type);
}
bool namespace_init(const Value& self, const Args& args) {
    Dict* dict = instance_dict(self.object());
    if (!check_arity(args, self.type()->name->data(), 0, 1)) return false;
    if (args.count) {
        Ref<Dict> given = make_dict();
        if (!dict_update(given.get(), args.items[0])) return false;
        for (uint32_t position = 0; const DictEntry* entry = dict_next(given.get(), position);) {
            if (!is<Str>(entry->key))
                return raise(errors::TypeError, "keywords must be strings"), false;
            dict_set(dict, intern(cast<Str>(entry->key)->view()), entry->value);
        }
    }
    for (size_t i = 0; i < args.named(); ++i)
        dict_set(dict, cast<Str>((*args.names)[i]), args.items[args.count + i]);
    return true;
}
Value namespace_repr(const Value& self) {
    const Type* type = self.type();
    const std::string_view name = type == SimpleNamespace::type ? "namespace" : type->name->view();
    const ReprGuard guard(self.object());
    if (guard.again()) return make_str(cat(name, "(...)"));
    StrBuilder out;
    out.add(cat(name, "("));
    const Ref<Dict> dict = Ref<Dict>::share(instance_dict(self.object()));
    bool first = true;
    for (uint32_t position = 0; const DictEntry* entry = dict_next(dict.get(), position);) {
        if (!is<Str>(entry->key) || !cast<Str>(entry->key)->size) continue;
        if (!first) out.add(", ");
        first = false;
        const Value value = entry->value;
        out.add(cat(cast<Str>(entry->key)->view(), "="));
        if (!out.add_repr(value)) return {};
    }
    out.add(')');
    return out.finish();
}
Value namespace_compare(const Value& a, const Value& b, CompareOp op) {
    if (!is<SimpleNamespace>(a) || !is<SimpleNamespace>(b)) return not_implemented();
    return compare(op, Ref<Dict>::share(instance_dict(a.object())),
                   Ref<Dict>::share(instance_dict(b.object())));
}

Value namespace_replace(const Value* arguments) {
    const Value made = call(Value::share(arguments[0].type()));
    if (!made) return {};
    Dict* dict = instance_dict(made.object());
    if (!dict_update(dict, Ref<Dict>::share(instance_dict(arguments[0].object())))) return {};
    if (arguments[1] && !dict_update(dict, arguments[1])) return {};
    return made;
}

Value namespace_dict(const Value* arguments) {
    return Ref<Dict>::share(instance_dict(arguments[0].object()));
}

constexpr NativeMethod kNamespaceMethods[] = {
    {"__dict__", namespace_dict, "(self)", MethodKind::Getter},
    {"__replace__", namespace_replace, "(self, /, **changes)"},
};

void define_namespace() {
    NativeTypeSpec spec{.name = "types.SimpleNamespace",
                        .instance_size = sizeof(SimpleNamespace),
                        .flags = kBaseType | kDefaultGetAttribute};
    spec.flags |= kDottedName;
    spec.slots.destroy = destroy_native<SimpleNamespace>;
    spec.slots.construct = namespace_construct;
    spec.slots.init = namespace_init;
    spec.slots.repr = namespace_repr;
    spec.slots.compare = namespace_compare;
    spec.methods = kNamespaceMethods;
    spec.has_dict = true;
    SimpleNamespace::type = define_type(spec);
}

// ---- cell
Value cell_construct(Type*, const Args& args) {
    if (!check_no_keywords(args, "cell") || !check_arity(args, "cell", 0, 1)) return {};
    Ref<Cell> cell = make<Cell>();
    if (args.count) cell->content = args.items[0];
    return cell;
}
Value cell_repr(const Value& self) {
    const Value& content = cast<Cell>(self)->content;
    const std::string at = cat("<cell at ", address_text(self), ": ");
    if (!content) return make_str(at + "empty>");
    return make_str(cat(at, type_name(content), " object at ", address_text(content), ">"));
}
Value cell_compare(const Value& a, const Value& b, CompareOp op) {
    if (!is<Cell>(a) || !is<Cell>(b)) return not_implemented();
    const Value left = cast<Cell>(a)->content, right = cast<Cell>(b)->content;
    if (left && right) return compare(op, left, right);
    return boolean(order_answer(op, static_cast<bool>(left), static_cast<bool>(right)));
}
Value cell_get(const Value* arguments) {
    const Value& content = cast<Cell>(arguments[0])->content;
    return content ? content : raise(errors::ValueError, "Cell is empty");
}
Value cell_set(const Value* arguments) {
    cast<Cell>(arguments[0])->content = arguments[1];
    return none();
}

constexpr NativeMethod kCellMethods[] = {
    {"cell_contents", cell_get, "(self)", MethodKind::Getter},
    {"cell_contents", cell_set, "(self, value)", MethodKind::Setter},
};

void define_cell() {
    NativeTypeSpec spec{
        .name = "cell", .instance_size = sizeof(Cell), .flags = kDefaultGetAttribute};
    spec.slots.destroy = destroy_native<Cell>;
    spec.slots.construct = cell_construct;
    spec.slots.repr = cell_repr;
    spec.slots.compare = cell_compare;
    spec.methods = kCellMethods;
    Cell::type = define_type(spec);
}

}  // namespace

Value make_mapping_proxy(const Value& mapping) {
    return make<MappingProxy>(mapping);
}

void initialise_namespace_types() {
    define_proxy();
    g_make_mapping_proxy = make_mapping_proxy;
    define_namespace();
    define_cell();
}

}  // namespace loopglass::value
