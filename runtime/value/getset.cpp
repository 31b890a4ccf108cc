// Attributes computed by C++ functions (getset_descriptor).
#include "runtime/base/text.hpp"
#include "runtime/value/bootstrap.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/objects.hpp"
#include "runtime/value/protocol.hpp"

namespace loopglass::value {

using base::cat;

Type* GetSet::type = nullptr;

namespace {

Value getset_get(const Value& self, const Value& object, Type*) {
    if (!object) return self;
    const auto* getset = cast<GetSet>(self);
    if (!is_subtype(object.type(), getset->owner))
        return raise(
            errors::TypeError,
            cat("descriptor '", getset->getter->name, "' for '", getset->owner->name->view(),
                "' objects doesn't apply to a '", type_name(object), "' object"));
    return getset->getter->function(&object);
}

bool getset_set(const Value& self, const Value& object, const Value& value) {
    const auto* getset = cast<GetSet>(self);
    if (!getset->setter)
        return raise(errors::AttributeError,
                     cat("attribute '", getset->getter->name, "' of '", getset->owner->name->view(),
                         "' objects is not writable")),
               false;
    const Value arguments[] = {object, value};
    return static_cast<bool>(getset->setter->function(arguments));
}

Value getset_name(const Value* a) {
    return make_str(cast<GetSet>(a[0])->getter->name);
}
Value getset_doc(const Value* a) {
    const char* doc = cast<GetSet>(a[0])->getter->doc;
    return doc ? Value(make_str(doc)) : none();
}
Value getset_owner(const Value* a) {
    return Value::share(cast<GetSet>(a[0])->owner);
}
Value getset_repr(const Value& self) {
    const auto* getset = cast<GetSet>(self);
    return make_str(cat("<attribute '", getset->getter->name, "' of '", getset->owner->name->view(),
                        "' objects>"));
}
constexpr NativeMethod kMethods[] = {
    {"__name__", getset_name, "(self)", MethodKind::Getter},
    {"__doc__", getset_doc, "(self)", MethodKind::Getter},
    {"__objclass__", getset_owner, "(self)", MethodKind::Getter},
};

}  // namespace

void initialise_getset_types() {
    define_type({.name = "getset_descriptor",
                 .instance_size = sizeof(GetSet),
                 .slots = {.destroy = destroy_native<GetSet>,
                           .repr = getset_repr,
                           .descr_get = getset_get,
                           .descr_set = getset_set},
                 .methods = kMethods});
}

}  // namespace loopglass::value
