#include "runtime/value/generic_alias.hpp"

#include <algorithm>

#include "runtime/base/text.hpp"
#include "runtime/value/bootstrap.hpp"
#include "runtime/value/containers.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/native.hpp"
#include "runtime/value/protocol.hpp"

namespace loopglass::value {

using base::cat;

Type* GenericAlias::type = nullptr;
Type* UnionType::type = nullptr;

namespace {

const Name kOrigin("__origin__"), kArgs("__args__"), kParameters("__parameters__"),
    kQualname("__qualname__"), kModule("__module__"), kSubst("__typing_subst__"),
    kPrepareSubst("__typing_prepare_subst__"), kClass("__class__"), kOrigClass("__orig_class__");

// The attribute, or empty; only AttributeError is swallowed (false: another error is pending).
bool look_up(const Value& value, Str* name, Value& out) {
    out = find_attribute(value, name);
    return out || !has_raised();
}

bool add_item_repr(StrBuilder& out, const Value& value) {
    const List* list = as<List>(value);
    if (!list) return add_annotation_repr(out, value);
    out.add('[');
    for (size_t i = 0; i < list->items.size(); ++i) {
        if (i) out.add(", ");
        if (!add_annotation_repr(out, list->items[i])) return false;
    }
    out.add(']');
    return true;
}

// ---- type parameters: what is left open in the arguments, in order of appearance
bool add_once(std::vector<Value>& all, const Value& value) {
    for (const Value& known : all) {
        const int same = equal(known, value);
        if (same) return same > 0;
    }
    all.push_back(value);
    return true;
}

bool add_parameters(std::vector<Value>& all, const Value& argument) {
    if (is<Type>(argument)) return true;
    if (is<List>(argument) || is<Tuple>(argument))
        return for_each(argument, [&](const Value& item) { return add_parameters(all, item); });
    Value found;
    if (!look_up(argument, kSubst, found)) return false;
    if (found) return add_once(all, argument);
    if (!look_up(argument, kParameters, found)) return false;
    if (!found || !is<Tuple>(found)) return true;
    return for_each(found, [&](const Value& item) { return add_once(all, item); });
}

Ref<Tuple> parameters_of(const Ref<Tuple>& args, Ref<Tuple>& cached) {
    if (cached) return cached;
    std::vector<Value> all;
    for (size_t i = 0; i < args->size; ++i)
        if (!add_parameters(all, (*args)[i])) return {};
    return cached = make_tuple(std::span<const Value>(all));
}

// The items put in for an argument's own parameters: alias[tuple].
Value fill_nested(const Value& argument, const Tuple& parameters, const Tuple& items) {
    Value open;
    if (is<Type>(argument) || !look_up(argument, kParameters, open))
        return has_raised() ? Value() : argument;
    const Tuple* needed = open && is<Tuple>(open) ? cast<Tuple>(open) : nullptr;
    if (!needed || !needed->size) return argument;
    std::vector<Value> chosen;
    for (size_t i = 0; i < needed->size; ++i)
        for (size_t j = 0; j < parameters.size; ++j)
            if ((*needed)[i].is(parameters[j])) chosen.push_back(items[j]);
    return get_item(argument, make_tuple(std::span<const Value>(chosen)));
}

Value fill_argument(const Value& argument, const Tuple& parameters, const Tuple& items) {
    Value substitute;
    if (is<Type>(argument)) return argument;
    if (!look_up(argument, kSubst, substitute)) return {};
    if (!substitute) return fill_nested(argument, parameters, items);
    for (size_t i = 0; i < parameters.size; ++i)
        if (parameters[i].is(argument)) return call(substitute, items[i]);
    return argument;
}

// Lets parameters that stand for several items (TypeVarTuple, ParamSpec) gather theirs.
Value prepare_items(const Value& self, const Tuple& parameters, Value items) {
    for (size_t i = 0; i < parameters.size; ++i) {
        Value prepare;
        if (!look_up(parameters[i], kPrepareSubst, prepare)) return {};
        if (!prepare || is_none(prepare)) continue;
        items = call(prepare, self, items);
        if (!items || !is<Tuple>(items)) return {};
    }
    return items;
}

// The arguments with `item` put in for the parameters; empty: pending.
Ref<Tuple> substitute(const Value& self, const Ref<Tuple>& args, const Ref<Tuple>& parameters,
                      const Value& item) {
    if (!parameters) return {};
    const Ref<Str> shown = repr(self);
    if (!shown) return {};
    if (!parameters->size) {
        raise(errors::TypeError, cat(shown->view(), " is not a generic class"));
        return {};
    }
    Value items = is<Tuple>(item) ? item : Value(make_tuple({item}));
    items = prepare_items(self, *parameters.get(), std::move(items));
    if (!items) return {};
    const Tuple& given = *cast<Tuple>(items);
    if (given.size != parameters->size) {
        raise(errors::TypeError,
              cat("Too ", given.size > parameters->size ? "many" : "few", " arguments for ",
                  shown->view(), "; actual ", given.size, ", expected ", parameters->size));
        return {};
    }
    std::vector<Value> filled;
    for (size_t i = 0; i < args->size; ++i) {
        Value argument = fill_argument((*args)[i], *parameters.get(), given);
        if (!argument) return {};
        filled.push_back(std::move(argument));
    }
    return make_tuple(std::span<const Value>(filled));
}

// ---- list[int]
GenericAlias* alias_of(const Value& value) {
    return cast<GenericAlias>(value);
}

Value new_alias(Type* type, const Value& origin, const Value& item) {
    Ref<GenericAlias> alias = make_as<GenericAlias>(type);
    alias->origin = origin;
    alias->args = is<Tuple>(item) ? tuple_from(item) : make_tuple({item});
    return alias;
}

Value alias_construct(Type* type, const Args& args) {
    if (!check_no_keywords(args, "GenericAlias") || !check_arity(args, "GenericAlias", 2, 2))
        return {};
    return new_alias(type, args.items[0], args.items[1]);
}

Value alias_repr(const Value& self) {
    const GenericAlias* alias = alias_of(self);
    StrBuilder out;
    if (alias->starred) out.add('*');
    if (!add_annotation_repr(out, alias->origin)) return {};
    out.add('[');
    for (size_t i = 0; i < alias->args->size; ++i) {
        if (i) out.add(", ");
        if (!add_item_repr(out, (*alias->args)[i])) return {};
    }
    out.add(alias->args->size ? "]" : "()]");
    return out.finish();
}

bool alias_hash(const Value& self, int64_t& out) {
    int64_t args;
    if (!hash(alias_of(self)->origin, out) || !hash(alias_of(self)->args, args)) return false;
    out ^= args;
    return true;
}

Value alias_compare(const Value& a, const Value& b, CompareOp op) {
    if ((op != CompareOp::Eq && op != CompareOp::Ne) || !is<GenericAlias>(a) ||
        !is<GenericAlias>(b))
        return not_implemented();
    const GenericAlias *left = alias_of(a), *right = alias_of(b);
    int same = left->starred == right->starred;
    if (same > 0) same = equal(left->origin, right->origin);
    if (same > 0) same = equal(left->args, right->args);
    return same < 0 ? Value() : boolean((same > 0) == (op == CompareOp::Eq));
}

// Calling the alias calls the class; an instance that takes attributes remembers the alias.
Value alias_call(const Value& self, const Args& args) {
    Value made = call(alias_of(self)->origin, args);
    if (!made || set_attribute(made, kOrigClass, self)) return made;
    if (clear_raised_if(errors::AttributeError) || clear_raised_if(errors::TypeError)) return made;
    return {};
}

// Attributes of its own; all others are the class's.
constexpr std::string_view kOwnAttributes[] = {
    "__class__",
    "__origin__",
    "__args__",
    "__unpacked__",
    "__parameters__",
    "__mro_entries__",
    "__reduce_ex__",
    "__reduce__",
    "__copy__",
    "__deepcopy__",
    "__typing_unpacked_tuple_args__",
    "__bases__",
};

Value alias_get_attribute(const Value& self, Str* name) {
    const auto* end = std::end(kOwnAttributes);
    if (std::find(std::begin(kOwnAttributes), end, name->view()) == end &&
        name->view() != "__getitem__")
        return get_attribute(alias_of(self)->origin, name);
    return generic_get_attribute(self, name);
}

Value alias_get_item(const Value& self, const Value& item) {
    GenericAlias* alias = alias_of(self);
    const Ref<Tuple> args =
        substitute(self, alias->args, parameters_of(alias->args, alias->parameters), item);
    if (!args) return {};
    const Value made = new_alias(self.type(), alias->origin, args);
    alias_of(made)->starred = alias->starred;
    return made;
}

// *tuple[int, ...]: iterating gives the alias itself, starred.
Value alias_iter(const Value& self) {
    const Value starred = new_alias(self.type(), alias_of(self)->origin, alias_of(self)->args);
    alias_of(starred)->starred = true;
    return iterate(make_tuple({starred}));
}

Value alias_origin(const Value* arguments) {
    return alias_of(arguments[0])->origin;
}
Value alias_args(const Value* arguments) {
    return alias_of(arguments[0])->args;
}
Value alias_parameters(const Value* arguments) {
    GenericAlias* alias = alias_of(arguments[0]);
    return parameters_of(alias->args, alias->parameters);
}
Value alias_unpacked(const Value* arguments) {
    return boolean(alias_of(arguments[0])->starred);
}
Value alias_unpacked_args(const Value* arguments) {
    const GenericAlias* alias = alias_of(arguments[0]);
    return alias->starred && alias->origin.is(Tuple::type) ? Value(alias->args) : none();
}
Value alias_mro_entries(const Value* arguments) {
    return make_tuple({alias_of(arguments[0])->origin});
}
Value alias_instancecheck(const Value*) {
    return raise(errors::TypeError, "isinstance() argument 2 cannot be a parameterized generic");
}
Value alias_subclasscheck(const Value*) {
    return raise(errors::TypeError, "issubclass() argument 2 cannot be a parameterized generic");
}

constexpr NativeMethod kAliasMethods[] = {
    {"__origin__", alias_origin, "(self)", MethodKind::Getter},
    {"__args__", alias_args, "(self)", MethodKind::Getter},
    {"__parameters__", alias_parameters, "(self)", MethodKind::Getter},
    {"__unpacked__", alias_unpacked, "(self)", MethodKind::Getter},
    {"__typing_unpacked_tuple_args__", alias_unpacked_args, "(self)", MethodKind::Getter},
    {"__mro_entries__", alias_mro_entries, "(self, bases, /)"},
    {"__instancecheck__", alias_instancecheck, "(self, instance, /)"},
    {"__subclasscheck__", alias_subclasscheck, "(self, cls, /)"},
};

// ---- int | str
bool may_join_union(const Value& value) {
    return is_none(value) || is<Type>(value) || is<GenericAlias>(value) || is<UnionType>(value);
}

bool add_member(std::vector<Value>& members, const Value& value) {
    if (const UnionType* inner = as<UnionType>(value)) {
        for (size_t i = 0; i < inner->args->size; ++i)
            if (!add_member(members, (*inner->args)[i])) return false;
        return true;
    }
    return add_once(members, is_none(value) ? Value::share(g_none->type) : value);
}

const Ref<Tuple>& members_of(const Value& self) {
    return cast<UnionType>(self)->args;
}

Value make_union(const std::vector<Value>& members) {
    if (members.size() == 1) return members[0];
    return make<UnionType>(make_tuple(std::span<const Value>(members)));
}

Value union_repr(const Value& self) {
    StrBuilder out;
    const Ref<Tuple>& members = members_of(self);
    for (size_t i = 0; i < members->size; ++i) {
        if (i) out.add(" | ");
        if ((*members)[i].is(g_none->type))
            out.add("None");
        else if (!add_annotation_repr(out, (*members)[i]))
            return {};
    }
    return out.finish();
}

Ref<Set> member_set(const Value& self) {
    Ref<Set> set = make_frozenset();
    return set_update(set.get(), members_of(self)) ? set : Ref<Set>();
}

bool union_hash(const Value& self, int64_t& out) {
    const Ref<Set> members = member_set(self);
    return members && hash(members, out);
}

Value union_compare(const Value& a, const Value& b, CompareOp op) {
    if ((op != CompareOp::Eq && op != CompareOp::Ne) || !is<UnionType>(a) || !is<UnionType>(b))
        return not_implemented();
    const Ref<Set> left = member_set(a), right = left ? member_set(b) : Ref<Set>();
    return right ? compare(op, left, right) : Value();
}

Value union_get_item(const Value& self, const Value& item) {
    auto* united = cast<UnionType>(self);
    const Ref<Tuple> args =
        substitute(self, united->args, parameters_of(united->args, united->parameters), item);
    if (!args || !args->size) return {};
    Value result = (*args)[0];
    for (size_t i = 1; result && i < args->size; ++i)
        result = binary(BinaryOp::Or, result, (*args)[i]);
    return result;
}

// isinstance and issubclass against any of the members.
Value union_check(const Value* arguments, int (*test)(const Value&, const Value&),
                  const char* name) {
    const Ref<Tuple>& members = members_of(arguments[0]);
    for (size_t i = 0; i < members->size; ++i)
        if (is<GenericAlias>((*members)[i]))
            return raise(errors::TypeError,
                         cat(name, "() argument 2 cannot be a parameterized generic"));
    for (size_t i = 0; i < members->size; ++i) {
        const int answer = test(arguments[1], (*members)[i]);
        if (answer) return answer < 0 ? Value() : boolean(true);
    }
    return boolean(false);
}
Value union_instancecheck(const Value* arguments) {
    return union_check(arguments, is_instance, "isinstance");
}
Value union_subclasscheck(const Value* arguments) {
    return union_check(arguments, is_subclass, "issubclass");
}
Value union_args(const Value* arguments) {
    return members_of(arguments[0]);
}
Value union_parameters(const Value* arguments) {
    auto* united = cast<UnionType>(arguments[0]);
    return parameters_of(united->args, united->parameters);
}

constexpr NativeMethod kUnionMethods[] = {
    {"__args__", union_args, "(self)", MethodKind::Getter},
    {"__parameters__", union_parameters, "(self)", MethodKind::Getter},
    {"__instancecheck__", union_instancecheck, "(self, instance, /)"},
    {"__subclasscheck__", union_subclasscheck, "(self, cls, /)"},
};

}  // namespace

bool add_annotation_repr(StrBuilder& out, const Value& value) {
    if (value.is(g_ellipsis)) return out.add("..."), true;
    if (value.is(Type::type)) return out.add("type"), true;
    Value origin, args, qualname, module;
    if (!look_up(value, kOrigin, origin)) return false;
    if (origin && !look_up(value, kArgs, args)) return false;
    if (origin && args) return out.add_repr(value);
    if (!look_up(value, kQualname, qualname) || !look_up(value, kModule, module)) return false;
    if (!qualname || !module || is_none(module)) return out.add_repr(value);
    if (!is<Str>(module) || cast<Str>(module)->view() != "builtins") {
        if (!out.add_str(module)) return false;
        out.add('.');
    }
    return out.add_str(qualname);
}

Value make_generic_alias(const Value& origin, const Value& item) {
    return new_alias(GenericAlias::type, origin, item);
}

Value type_union(const Value& a, const Value& b) {
    if (!may_join_union(a) || !may_join_union(b)) return not_implemented();
    std::vector<Value> members;
    if (!add_member(members, a) || !add_member(members, b)) return {};
    return make_union(members);
}

void initialise_alias_types() {
    NativeTypeSpec alias{
        .name = "types.GenericAlias", .instance_size = sizeof(GenericAlias), .flags = kBaseType};
    alias.slots.destroy = destroy_native<GenericAlias>;
    alias.slots.construct = alias_construct;
    alias.slots.repr = alias_repr;
    alias.slots.hash = alias_hash;
    alias.slots.compare = alias_compare;
    alias.slots.call = alias_call;
    alias.slots.get_attribute = alias_get_attribute;
    alias.slots.get_item = alias_get_item;
    alias.slots.iter = alias_iter;
    alias.slots.binary[static_cast<size_t>(BinaryOp::Or)] = type_union;
    alias.methods = kAliasMethods;
    GenericAlias::type = define_type(alias);

    NativeTypeSpec united{.name = "types.UnionType",
                          .instance_size = sizeof(UnionType),
                          .flags = kDefaultGetAttribute};
    united.slots.destroy = destroy_native<UnionType>;
    united.slots.repr = union_repr;
    united.slots.hash = union_hash;
    united.slots.compare = union_compare;
    united.slots.get_item = union_get_item;
    united.slots.binary[static_cast<size_t>(BinaryOp::Or)] = type_union;
    united.methods = kUnionMethods;
    UnionType::type = define_type(united);
    g_make_union = type_union;
}

}  // namespace loopglass::value
