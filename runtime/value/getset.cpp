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

// What CPython says where an attribute can be set, but not deleted.
struct Undeletable {
    std::string_view name, message;  // "": may_not_be_deleted
};
constexpr Undeletable kUndeletable[] = {
    {"args", ""},
    {"__cause__", ""},
    {"__context__", ""},
    {"__traceback__", ""},
    {"__suppress_context__", "can't delete numeric/char attribute"},
    {"f_trace_lines", "can't delete numeric/char attribute"},
    {"tb_next", "can't delete tb_next attribute"},
    {"__type_params__", "__type_params__ must be set to a tuple"},
};

bool check_deletion(const GetSet* getset, const Value& object) {
    const std::string_view name = getset->getter->name;
    if (is<Type>(object) && name != "__abstractmethods__" && name != "__annotations__")
        return raise(errors::TypeError,
                     cat("cannot delete '", name, "' attribute of immutable type '",
                         cast<Type>(object)->name->view(), "'")),
               false;
    for (const Undeletable& each : kUndeletable) {
        if (each.name != name) continue;
        raise(errors::TypeError,
              each.message.empty() ? cat(name, " may not be deleted") : std::string(each.message));
        return false;
    }
    return true;
}

// CPython keeps these in plain members, whose message is another.
bool is_member(std::string_view owner, std::string_view name) {
    constexpr std::string_view kMembers =
        " function.__closure__ function.__globals__ function.__builtins__ type.__base__ "
        "type.__basicsize__ type.__itemsize__ type.__flags__ type.__weakrefoffset__ "
        "type.__dictoffset__ traceback.tb_frame traceback.tb_lasti property.fget property.fset "
        "property.fdel method.__func__ method.__self__ module.__dict__ ";
    return kMembers.find(cat(" ", owner, ".", name, " ")) != kMembers.npos;
}

bool getset_set(const Value& self, const Value& object, const Value& value) {
    const auto* getset = cast<GetSet>(self);
    if (!value && getset->setter && !check_deletion(getset, object)) return false;
    if (!getset->setter && is_member(getset->owner->name->view(), getset->getter->name))
        return raise(errors::AttributeError, "readonly attribute"), false;
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
