// The module builtins as a whole: functions, types, exceptions, constants.
#include "runtime/script/builtins/builtins.hpp"
#include "runtime/script/modules/registry.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/objects.hpp"
#include "runtime/value/protocol.hpp"

namespace loopglass::script {

using namespace value;  // a file of bindings

namespace {

constexpr std::string_view kTypeNames[] = {
    "bool",     "bytearray", "bytes",     "classmethod", "complex", "dict",         "enumerate",
    "filter",   "float",     "frozenset", "int",         "list",    "map",          "memoryview",
    "property", "range",     "reversed",  "set",         "slice",   "staticmethod", "str",
    "super",    "tuple",     "type",      "zip",
};

// A native class below `base`, by its name.
Type* find_native(Type* base, std::string_view name) {
    for (Type* type : base->subclasses) {
        if (type->has(kHeapType)) continue;
        if (type->name->view() == name && !dict_find(type->dict.get(), intern("__module__")))
            return type;
        if (Type* found = find_native(type, name)) return found;
    }
    return nullptr;
}

void add_type(const Value& module, const char* name, Type* type) {
    module_set(module, name, Value::share(type));
}

void add_types(const Value& module) {
    Type* object = Type::type->base;
    add_type(module, "object", object);
    add_type(module, "type", Type::type);  // its own __module__ is a property
    for (const std::string_view name : kTypeNames)
        if (Type* type = find_native(object, name)) add_type(module, name.data(), type);
}

void add_exceptions(const Value& module) {
    add_type(module, "BaseException", errors::BaseException);
#define X(name, base) add_type(module, #name, errors::name);
    LOOPGLASS_EXCEPTIONS(X)
#undef X
    add_type(module, "ExceptionGroup", errors::ExceptionGroup);
    add_type(module, "EnvironmentError", errors::OSError);
    add_type(module, "IOError", errors::OSError);
}

void add_constants(const Value& module) {
    module_set(module, "None", none());
    module_set(module, "True", boolean(true));
    module_set(module, "False", boolean(false));
    module_set(module, "Ellipsis", Value::share(g_ellipsis));
    module_set(module, "NotImplemented", not_implemented());
    module_set(module, "__debug__", boolean(true));
    module_set(module, "__doc__",
               make_str("Built-in functions, types, exceptions, and other objects."));
    module_set(module, "__package__", make_str(""));
}

}  // namespace

Value make_module_builtins() {
    initialise_anext_type();
    Value module = make_native_module("builtins", object_builtins());
    for (const auto table :
         {number_builtins(), iteration_builtins(), code_builtins(), stream_builtins()})
        for (const NativeMethod& function : table)
            module_set(module, function.name, make_function(function, "builtins"));
    add_types(module);
    add_exceptions(module);
    add_constants(module);
    add_site_builtins(module);
    return module;
}

}  // namespace loopglass::script
