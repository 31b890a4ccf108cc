// The modules written in C++, by name. One line in registry.cpp for each.
#pragma once

#include <span>
#include <string_view>

#include "runtime/value/native.hpp"

namespace loopglass::script {

struct NativeModule {
    const char* name;
    value::Value (*make)();  // a new Module; empty and pending on error
};

[[nodiscard]] std::span<const NativeModule> native_modules();
[[nodiscard]] const NativeModule* find_native_module(std::string_view name);

// A module filled from a table of functions.
[[nodiscard]] value::Value make_native_module(const char* name,
                                              std::span<const value::NativeMethod> functions);
// Puts a value into a module under a name.
void module_set(const value::Value& module, const char* name, value::Value content);

}  // namespace loopglass::script
