#include "runtime/script/modules/registry.hpp"

#include "runtime/value/objects.hpp"

namespace loopglass::script {

#define MODULES(X)  \
    X(unicodedata)  \
    X(_ast)         \
    X(_collections) \
    X(_contextvars) \
    X(_descriptors) \
    X(_functools)   \
    X(_hashes)      \
    X(_io)          \
    X(_os)          \
    X(_random)      \
    X(_re)          \
    X(_signal)      \
    X(_socket)      \
    X(_struct)      \
    X(_thread)      \
    X(_traceback)   \
    X(_weakref)     \
    X(_world)       \
    X(_zlib)        \
    X(asyncio)      \
    X(array)        \
    X(atexit)       \
    X(builtins)     \
    X(gc)           \
    X(itertools)    \
    X(math)         \
    X(sys)          \
    X(time)

#define X(name) value::Value make_module_##name();
MODULES(X)
#undef X

namespace {
constexpr NativeModule kModules[] = {
#define X(name) {#name, make_module_##name},
    MODULES(X)
#undef X
};
}  // namespace

std::span<const NativeModule> native_modules() {
    return kModules;
}

const NativeModule* find_native_module(std::string_view name) {
    for (const NativeModule& module : kModules)
        if (name == module.name) return &module;
    return nullptr;
}

void module_set(const value::Value& module, const char* name, value::Value content) {
    value::dict_set(value::cast<value::Module>(module)->dict.get(), value::intern(name),
                    std::move(content));
}

value::Value make_native_module(const char* name, std::span<const value::NativeMethod> functions) {
    value::Value module = value::make_module(name);
    for (const value::NativeMethod& function : functions)
        module_set(module, function.name, value::make_function(function, name));
    return module;
}

}  // namespace loopglass::script
