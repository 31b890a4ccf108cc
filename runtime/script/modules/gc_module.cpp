// gc: there is nothing to collect, because objects die with their last reference; the switches and
// thresholds are remembered, because programs read back what they set.
#include "runtime/loop/cycles.hpp"
#include "runtime/script/modules/registry.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/objects.hpp"
#include "runtime/value/protocol.hpp"

namespace loopglass::script {

using namespace value;  // a file of bindings

namespace {

bool g_enabled = true;
int64_t g_thresholds[3] = {2000, 10, 10};

Value collect(const Value* a) {
    int64_t generation = 2;
    if (a[0] && !to_index(a[0], generation)) return {};
    if (generation < 0 || generation > 2) return raise(errors::ValueError, "invalid generation");
    loop::collect_cycles();
    loop::collect_lost_tasks();
    return Value::small(0);
}
Value enable(const Value*) {
    g_enabled = true;
    return none();
}
Value disable(const Value*) {
    g_enabled = false;
    return none();
}
Value is_enabled(const Value*) {
    return boolean(g_enabled);
}
Value no_effect(const Value*) {
    return none();
}
Value empty_list(const Value*) {
    return make_list();
}
Value get_counts(const Value*) {
    return make_tuple({Value::small(0), Value::small(0), Value::small(0)});
}
Value get_threshold(const Value*) {
    return make_tuple(
        {make_int(g_thresholds[0]), make_int(g_thresholds[1]), make_int(g_thresholds[2])});
}
Value set_threshold(const Value* a) {
    for (size_t i = 0; i < 3; ++i)
        if (a[i] && !to_index(a[i], g_thresholds[i])) return {};
    return none();
}
// Containers and instances are what CPython's collector would follow.
Value is_tracked(const Value* a) {
    if (!a[0].is_object()) return boolean(false);
    const Type* type = a[0].type();
    const bool atomic =
        type->has(kStrSubclass | kBytesSubclass | kFloatSubclass | kIntSubclass) || is_none(a[0]);
    return boolean(!atomic || type->has(kHeapType));
}
Value zero(const Value*) {
    return Value::small(0);
}

constexpr NativeMethod kGcFunctions[] = {
    {"collect", collect, "(generation=2)", MethodKind::Function},
    {"enable", enable, "()", MethodKind::Function},
    {"disable", disable, "()", MethodKind::Function},
    {"isenabled", is_enabled, "()", MethodKind::Function},
    {"freeze", no_effect, "()", MethodKind::Function},
    {"unfreeze", no_effect, "()", MethodKind::Function},
    {"get_freeze_count", zero, "()", MethodKind::Function},
    {"get_objects", empty_list, "(generation=None)", MethodKind::Function},
    {"get_referrers", empty_list, "(*objs)", MethodKind::Function},
    {"get_referents", empty_list, "(*objs)", MethodKind::Function},
    {"get_count", get_counts, "()", MethodKind::Function},
    {"get_threshold", get_threshold, "()", MethodKind::Function},
    {"set_threshold", set_threshold, "(threshold0, threshold1=10, threshold2=0, /)",
     MethodKind::Function},
    {"get_stats", empty_list, "()", MethodKind::Function},
    {"get_debug", zero, "()", MethodKind::Function},
    {"set_debug", no_effect, "(flags, /)", MethodKind::Function},
    {"is_tracked", is_tracked, "(obj, /)", MethodKind::Function},
};

}  // namespace

Value make_module_gc() {
    Value module = make_native_module("gc", kGcFunctions);
    module_set(module, "garbage", make_list());
    module_set(module, "callbacks", make_list());
    for (const auto& [name, flag] :
         std::initializer_list<std::pair<const char*, int>>{{"DEBUG_STATS", 1},
                                                            {"DEBUG_COLLECTABLE", 2},
                                                            {"DEBUG_UNCOLLECTABLE", 4},
                                                            {"DEBUG_SAVEALL", 32},
                                                            {"DEBUG_LEAK", 38}})
        module_set(module, name, Value::small(flag));
    return module;
}

}  // namespace loopglass::script
