// list[int] and int | str: the objects annotations are made of.
#pragma once

#include "runtime/value/objects.hpp"

namespace loopglass::value {

struct GenericAlias : Object {
    static Type* type;  // types.GenericAlias
    Value origin;
    Ref<Tuple> args;
    Ref<Tuple> parameters;  // computed when first asked for
    bool starred = false;   // *tuple[int, ...]
    explicit GenericAlias(Type* its_type) : Object(its_type) {}
};
// `item` is one argument or a tuple of them.
[[nodiscard]] Value make_generic_alias(const Value& origin, const Value& item);

struct UnionType : Object {
    static Type* type;  // types.UnionType
    Ref<Tuple> args;
    Ref<Tuple> parameters;
    UnionType(Type* its_type, Ref<Tuple> its_args) : Object(its_type), args(std::move(its_args)) {}
};
// a | b for types and None; NotImplemented for anything else.
[[nodiscard]] Value type_union(const Value& a, const Value& b);
// How annotations show a type: "int", "module.Class", "...", or its repr.
[[nodiscard]] bool add_annotation_repr(StrBuilder& out, const Value& value);

}  // namespace loopglass::value
