// What the files of module itertools share: how an iterator class is defined.
#pragma once

#include "runtime/script/modules/registry.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/fuel.hpp"
#include "runtime/value/objects.hpp"
#include "runtime/value/protocol.hpp"

namespace loopglass::script {

inline value::Value iterator_itself(const value::Value& self) {
    return self;
}

// Defines T::type, once, as itertools.NAME.
template <typename T>
value::Type* define_iterator(const char* name, value::Value (*next)(const value::Value&),
                             value::Value (*construct)(value::Type*, const value::Args&),
                             std::span<const value::NativeMethod> methods = {},
                             value::Value (*repr)(const value::Value&) = nullptr) {
    if (T::type) return T::type;
    return T::type = value::define_type({.name = name,
                                         .instance_size = sizeof(T),
                                         .flags = value::kBaseType | value::kDottedName,
                                         .slots = {.destroy = value::destroy_native<T>,
                                                   .repr = repr,
                                                   .iter = iterator_itself,
                                                   .next = next,
                                                   .construct = construct},
                                         .methods = methods});
}

// Binds a constructor's arguments; false: pending.
template <size_t N>
bool bind(const value::Signature* signature, const char* name, const value::Args& args,
          value::Value (&out)[N]) {
    return value::bind_arguments(*signature, name, value::ErrorStyle::C, args, out);
}

// Puts the classes of each file into the module.
void add_itertools_sources(const value::Value& module);  // itertools_sources.cpp
void add_itertools_filters(const value::Value& module);  // itertools_filters.cpp
void add_itertools_groups(const value::Value& module);   // itertools_groups.cpp
void add_itertools_choices(const value::Value& module);  // itertools_choices.cpp

}  // namespace loopglass::script
