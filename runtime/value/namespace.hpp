// types.MappingProxyType, types.SimpleNamespace: views and bags of attributes.
#pragma once

#include "runtime/value/objects.hpp"

namespace loopglass::value {

// A read-only view of a mapping: what C.__dict__ answers.
struct MappingProxy : Object {
    static Type* type;
    Value mapping;
    MappingProxy(Type* its_type, Value its_mapping)
        : Object(its_type), mapping(std::move(its_mapping)) {}
};
[[nodiscard]] Value make_mapping_proxy(const Value& mapping);

struct SimpleNamespace : Object {
    static Type* type;
    explicit SimpleNamespace(Type* its_type) : Object(its_type) {}
};

}  // namespace loopglass::value
