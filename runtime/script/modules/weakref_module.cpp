// _weakref: the names under which module weakref finds weak references.
#include "runtime/script/modules/registry.hpp"
#include "runtime/value/objects.hpp"
#include "runtime/value/protocol.hpp"
#include "runtime/value/weakref.hpp"

namespace loopglass::script {

using namespace value;  // a file of bindings

namespace {

Value weakref_proxy(const Value* a) {
    return make_weak_proxy(a[0], a[1]);
}
Value weakref_count_of(const Value* a) {
    return make_int(a[0].is_object() ? static_cast<int64_t>(weakref_count(a[0].object())) : 0);
}
Value weakref_all(const Value* a) {
    return a[0].is_object() ? weakref_list(a[0].object()) : make_list();
}

constexpr NativeMethod kFunctions[] = {
    {"proxy", weakref_proxy, "(object, callback=None, /)", MethodKind::Function},
    {"getweakrefcount", weakref_count_of, "(object, /)", MethodKind::Function},
    {"getweakrefs", weakref_all, "(object, /)", MethodKind::Function},
};

}  // namespace

Value make_module__weakref() {
    Value module = make_native_module("_weakref", kFunctions);
    module_set(module, "ref", Value::share(WeakRef::type));
    module_set(module, "ReferenceType", Value::share(WeakRef::type));
    module_set(module, "ProxyType", Value::share(WeakRef::proxy_type));
    module_set(module, "CallableProxyType", Value::share(WeakRef::callable_proxy_type));
    return module;
}

}  // namespace loopglass::script
