// Weak references: who refers weakly to which object, and what is told of its end. The registry
// stands outside the objects, so that those nobody refers to weakly pay one bit.
#pragma once

#include "runtime/value/objects.hpp"

namespace loopglass::value {

struct WeakRef : Object {
    static Type* type;                 // weakref.ReferenceType
    static Type* proxy_type;           // weakref.ProxyType
    static Type* callable_proxy_type;  // weakref.CallableProxyType
    Object* target = nullptr;          // borrowed; null when it is gone
    Value callback;                    // or empty
    int64_t hash = -1;                 // the target's, once asked for
    explicit WeakRef(Type* its_type) : Object(its_type) {}
    ~WeakRef();
};

// weakref.ref(target, callback) and weakref.proxy; the callback may be empty or None. Without one
// the reference made before is answered again. TypeError for what cannot be referred to weakly.
[[nodiscard]] Value make_weakref(const Value& target, const Value& callback = {});
[[nodiscard]] Value make_weak_proxy(const Value& target, const Value& callback = {});
// The target, or empty (nothing pending) when it is gone.
[[nodiscard]] Value weakref_target(const WeakRef* reference);
// Can instances of the class be referred to weakly?
[[nodiscard]] bool takes_weakrefs(const Type* type);
[[nodiscard]] size_t weakref_count(const Object* target);
[[nodiscard]] Ref<List> weakref_list(const Object* target);  // newest with callback first

}  // namespace loopglass::value
