#include "runtime/session/repl_names.hpp"

#include <algorithm>
#include <set>

#include "runtime/loop/task.hpp"
#include "runtime/script/host.hpp"
#include "runtime/script/interpreter.hpp"
#include "runtime/script/syntax/token.hpp"
#include "runtime/value/objects.hpp"

namespace loopglass::session {

using namespace value;  // values of the script are looked at here

namespace {

using Words = std::set<std::string, std::less<>>;

void add_names(const Dict* dict, std::string_view prefix, Words& out) {
    if (!dict) return;
    for (uint32_t i = 0; i < dict->used; ++i) {
        const DictEntry& entry = dict->entries[i];
        if (!entry.key || !entry.value || !is<Str>(entry.key)) continue;
        const std::string_view name = cast<Str>(entry.key)->view();
        if (!name.starts_with(prefix)) continue;
        if (prefix.empty() && name.starts_with('_')) continue;
        out.emplace(name);
    }
}

Dict* globals() {
    const Module* main = script::g_host ? script::main_module() : nullptr;
    return main ? main->dict.get() : nullptr;
}

Dict* builtins() {
    if (!script::g_host || !script::g_host->modules) return nullptr;
    const Value* module = dict_find(script::g_host->modules.get(), intern("builtins"));
    return module && is<Module>(*module) ? cast<Module>(*module)->dict.get() : nullptr;
}

const Value* find(Dict* dict, std::string_view name) {
    return dict ? dict_find(dict, intern(name)) : nullptr;
}

// What stands in the object's own dict or its classes', without binding or calling anything.
const Value* attribute(const Value& object, std::string_view name) {
    if (object.is_small()) return type_lookup(object.type(), intern(name));
    if (is<Module>(object)) return find(cast<Module>(object)->dict.get(), name);
    if (object.type()->has(kTypeSubclass))
        if (const Value* own = type_lookup(cast<Type>(object), intern(name))) return own;
    if (const Ref<Dict>* slot = instance_dict_slot(object.object()); slot && *slot)
        if (const Value* own = find(slot->get(), name)) return own;
    return type_lookup(object.type(), intern(name));
}

const Value* resolve(std::string_view path) {
    const Value* found = nullptr;
    for (bool first = true; !path.empty(); first = false) {
        const size_t dot = std::min(path.find('.'), path.size());
        const std::string_view name = path.substr(0, dot);
        path.remove_prefix(std::min(dot + 1, path.size()));
        if (first) {
            found = find(globals(), name);
            if (!found) found = find(builtins(), name);
        } else {
            found = attribute(*found, name);
        }
        if (!found) return nullptr;
    }
    return found;
}

void add_class(const Type* type, std::string_view prefix, Words& out) {
    for (const Type* one : type->mro_types) add_names(one->dict.get(), prefix, out);
}

}  // namespace

trace::TaskId task_of_variable(std::string_view name) {
    const Value* found = find(globals(), name);
    return found && is<loop::Task>(*found) ? cast<loop::Task>(*found)->id : 0;
}

std::vector<std::string> names_with(std::string_view prefix) {
    Words out;
#define X(kind, spelling) \
    if (std::string_view(spelling).starts_with(prefix)) out.emplace(spelling);
    LOOPGLASS_KEYWORDS(X)
#undef X
    add_names(globals(), prefix, out);
    add_names(builtins(), prefix, out);
    return {out.begin(), out.end()};
}

std::vector<std::string> attributes_with(std::string_view path, std::string_view prefix) {
    Words out;
    const Value* object = resolve(path);
    if (!object) return {};
    if (!object->is_small()) {
        if (is<Module>(*object)) add_names(cast<Module>(*object)->dict.get(), prefix, out);
        if (object->type()->has(kTypeSubclass)) add_class(cast<Type>(*object), prefix, out);
        if (const Ref<Dict>* slot = instance_dict_slot(object->object()); slot && *slot)
            add_names(slot->get(), prefix, out);
    }
    if (!object->is_small() && is<Module>(*object)) return {out.begin(), out.end()};
    add_class(object->type(), prefix, out);
    return {out.begin(), out.end()};
}

}  // namespace loopglass::session
