// The import system: native modules, the library written in Python, the script's own files.
// CPython: Lib/importlib/_bootstrap.py.
#include <algorithm>
#include <iterator>
#include <string>

#include "embedded/python_library.hpp"
#include "runtime/base/text.hpp"
#include "runtime/script/host.hpp"
#include "runtime/script/interpreter_parts.hpp"
#include "runtime/script/modules/registry.hpp"
#include "runtime/script/stdlib_names.hpp"
#include "runtime/script/step.hpp"

namespace loopglass::script::eval {

using base::cat;
using value::errors::ImportError;
using value::errors::ModuleNotFoundError;

namespace {

const Name kPath("__path__"), kPackage("__package__"), kName("__name__"), kFile("__file__"),
    kAll("__all__"), kNameField("name"), kPathField("path"), kSpec("__spec__"),
    kLoader("__loader__"), kDoc("__doc__"), kAddNote("add_note");

// A module's text and where it is said to come from.
struct Source {
    std::string text;
    std::string filename;
    bool package = false;
    bool found = false;
};

std::string slashes(std::string_view dotted) {
    std::string path(dotted);
    std::replace(path.begin(), path.end(), '.', '/');
    return path;
}

Source find_library(std::string_view name) {
    const std::string path = slashes(name);
    for (const bool package : {false, true}) {
        const std::string file = path + (package ? "/__init__.py" : ".py");
        const std::string_view text = base::find_embedded(embedded::python_library(), file);
        if (text.data()) return {std::string(text), cat("<lib>/", file), package, true};
    }
    return {};
}

// Beside the script, on the simulated disk.
Source find_on_disk(std::string_view name) {
    if (!g_host) return {};
    const std::string path = slashes(name);
    for (const bool package : {false, true}) {
        const std::string file = path + (package ? "/__init__.py" : ".py");
        const auto node = g_host->files.find(file);
        if (node && !node->directory) return {node->bytes, file, package, true};
    }
    return {};
}

void set(const Value& module, Str* name, Value value) {
    value::dict_set(value::cast<Module>(module)->dict.get(), name, std::move(value));
}

Value* find_loaded(std::string_view name) {
    return value::dict_find(g_host->modules.get(), value::intern(name));
}

void raise_import_error(Type* type, const std::string& message, std::string_view name) {
    value::raise(type, message);
    const Value error = value::take_raised();
    if (!value::set_attribute(error, kNameField, value::make_str(name))) value::clear_raised();
    value::restore_raised(error);
}

// For a module that CPython has and a scenario does not: says which there are.
void add_available_note() {
    std::string names;
    const auto add = [&](std::string_view name) {
        if (name.empty() || name.front() == '_' || name.find('/') != name.npos) return;
        if (!names.empty()) names += ", ";
        names += name;
    };
    std::vector<std::string> all;
    for (const NativeModule& module : native_modules()) all.emplace_back(module.name);
    for (const base::EmbeddedFile& file : embedded::python_library()) {
        std::string name(file.name);
        if (name.size() > 12 && name.ends_with("/__init__.py"))
            name.resize(name.size() - 12);
        else if (name.ends_with(".py"))
            name.resize(name.size() - 3);
        all.push_back(std::move(name));
    }
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    for (const std::string& name : all) add(name);
    const Value error = value::take_raised();
    const Value note = value::make_str(cat(
        "This module exists in CPython, but a scenario cannot import it. It can import: ", names));
    if (!value::call_method(error, kAddNote, &note, 1)) value::clear_raised();
    value::restore_raised(error);
}

Value raise_not_found(std::string_view name, std::string_view parent) {
    std::string message = cat("No module named '", name, "'");
    if (!parent.empty()) message += cat("; '", parent, "' is not a package");
    raise_import_error(ModuleNotFoundError, message, name);
    if (parent.empty() && is_stdlib_name(name)) add_available_note();
    return Value();
}

Value run_source(std::string_view name, const Source& source) {
    const Value module = value::make_module(name);
    set(module, kName, value::make_str(name));
    const size_t dot = name.rfind('.');
    const std::string_view parent = dot == name.npos ? std::string_view() : name.substr(0, dot);
    set(module, kDoc, value::none());
    set(module, kPackage, value::make_str(source.package ? name : parent));
    set(module, kLoader, value::none());
    set(module, kSpec, value::none());
    set(module, kFile, value::make_str(source.filename));
    if (source.package)
        set(module, kPath,
            value::make_list(
                {Value(value::make_str(source.filename.substr(0, source.filename.rfind('/'))))}));
    const Value code = compile_text(source.text, source.filename, CompileMode::Module, false);
    if (!code) return Value();
    value::dict_set(g_host->modules.get(), value::intern(name), module);
    auto* body = value::cast<FunctionCode>(code);
    if (body->docstring) set(module, kDoc, body->docstring);
    if (!run_code(body, value::cast<Module>(module)->dict.get(), Value())) {
        value::dict_remove(g_host->modules.get(), value::intern(name));
        return Value();
    }
    // The module may have replaced itself.
    const Value* loaded = find_loaded(name);
    return loaded ? *loaded : module;
}

Value load(std::string_view name) {
    if (const NativeModule* native = find_native_module(name)) {
        Value module = native->make();
        if (module) value::dict_set(g_host->modules.get(), value::intern(name), module);
        return module;
    }
    Source source = find_library(name);
    if (!source.found) source = find_on_disk(name);
    if (!source.found) return Value();
    return run_source(name, source);
}

}  // namespace

Value import_module(std::string_view name) {
    if (const Value* loaded = find_loaded(name)) {
        if (!value::is_none(*loaded)) return *loaded;
        raise_import_error(ModuleNotFoundError,
                           cat("import of ", name, " halted; None in sys.modules"), name);
        return Value();
    }
    Value parent;
    const size_t dot = name.rfind('.');
    if (dot != name.npos) {
        parent = import_module(name.substr(0, dot));
        if (!parent) return Value();
        if (const Value* loaded = find_loaded(name)) return *loaded;
        const bool package = value::is<Module>(parent) &&
                             (value::dict_find(value::cast<Module>(parent)->dict.get(), kPath) ||
                              find_native_module(name));
        if (!package) return raise_not_found(name, name.substr(0, dot));
    }
    Value module = load(name);
    if (!module) return value::raised() ? Value() : raise_not_found(name, {});
    if (parent && value::is<Module>(parent))
        set(parent, value::intern(name.substr(dot + 1)), module);
    return module;
}

namespace {

// The absolute name behind `level` dots; empty with an exception pending.
bool resolve(std::string_view name, Dict* globals, uint32_t level, std::string& out) {
    if (level == 0) return out = name, true;
    const Value* package = value::dict_find(globals, kPackage);
    std::string base;
    if (package && value::is<Str>(*package)) {
        base = value::cast<Str>(*package)->view();
    } else if (const Value* own = value::dict_find(globals, kName); own && value::is<Str>(*own)) {
        base = value::cast<Str>(*own)->view();
        if (!value::dict_find(globals, kPath)) {
            const size_t dot = base.rfind('.');
            base.resize(dot == base.npos ? 0 : dot);
        }
    }
    if (base.empty()) {
        value::raise(ImportError, "attempted relative import with no known parent package");
        return false;
    }
    for (uint32_t i = 1; i < level; ++i) {
        const size_t dot = base.rfind('.');
        if (dot == base.npos) {
            value::raise(ImportError, "attempted relative import beyond top-level package");
            return false;
        }
        base.resize(dot);
    }
    out = name.empty() ? base : cat(base, ".", name);
    return true;
}

}  // namespace

Value import_name(std::string_view name, Dict* globals, uint32_t level, bool leaf) {
    std::string absolute;
    if (!resolve(name, globals, level, absolute)) return Value();
    Value module = import_module(absolute);
    if (!module || leaf) return module;
    const size_t dot = absolute.find('.');
    return dot == absolute.npos ? module : import_module(std::string_view(absolute).substr(0, dot));
}

Value import_from(const Value& module, Str* name) {
    Value found = value::find_attribute(module, name);
    if (found || value::raised()) return found;
    const Value own_name = value::find_attribute(module, kName);
    if (!own_name) value::clear_raised();
    const std::string_view own = own_name && value::is<Str>(own_name)
                                     ? value::cast<Str>(own_name)->view()
                                     : "<unknown module name>";
    const std::string full = cat(own, ".", name->view());
    const bool package = value::is<Module>(module) &&
                         value::dict_find(value::cast<Module>(module)->dict.get(), kPath);
    if (package || find_native_module(full)) {
        found = import_module(full);
        if (found || !value::raised_is(ModuleNotFoundError)) return found;
        value::clear_raised();
    }
    if (const Value* loaded = find_loaded(full)) return *loaded;
    const Value file = value::find_attribute(module, kFile);
    if (!file) value::clear_raised();
    const std::string where = file && value::is<Str>(file)
                                  ? std::string(value::cast<Str>(file)->view())
                                  : "unknown location";
    raise_import_error(
        ImportError, cat("cannot import name '", name->view(), "' from '", own, "' (", where, ")"),
        own);
    const Value error = value::take_raised();
    static const Name kNameFrom("name_from");
    if (!value::set_attribute(error, kNameFrom, Value::share(name))) value::clear_raised();
    auto& fields = value::cast<value::Exception>(error)->fields;
    if (fields.size() < 5) fields.resize(5);
    fields[4] = module;  // where suggestions come from
    value::restore_raised(error);
    return Value();
}

namespace {

struct Import final : Statement {
    Str* name;
    bool leaf;
    const Target* target;
    Import(const Span& where, Str* its_name, bool wants_leaf, const Target* its_target)
        : Statement(where), name(its_name), leaf(wants_leaf), target(its_target) {}
    [[nodiscard]] Status exec(ScriptFrame& frame) const override {
        Value module = import_name(name->view(), frame.globals, 0, leaf);
        if (!module) return fail(frame, span), Status::Raised;
        return target->store(frame, std::move(module)) ? Status::Normal : Status::Raised;
    }
};

struct ImportFrom final : Statement {
    Str* module_name;
    uint32_t level;
    std::vector<ImportName> names;
    ImportFrom(const Span& where, Str* module, uint32_t its_level,
               std::vector<ImportName> its_names)
        : Statement(where), module_name(module), level(its_level), names(std::move(its_names)) {}
    [[nodiscard]] Status exec(ScriptFrame& frame) const override {
        if (module_name->view() == "__future__") return bind_future(frame);
        const Value module = import_name(module_name->view(), frame.globals, level, true);
        if (!module) return fail(frame, span), Status::Raised;
        for (const ImportName& wanted : names) {
            Value found = import_from(module, wanted.name);
            if (!found) return fail(frame, span), Status::Raised;
            if (!wanted.target->store(frame, std::move(found))) return Status::Raised;
        }
        return Status::Normal;
    }
    // The parser has checked the names and done what they ask for.
    Status bind_future(ScriptFrame& frame) const {
        for (const ImportName& wanted : names)
            if (!wanted.target->store(frame, value::none())) return Status::Raised;
        return Status::Normal;
    }
};

struct ImportStar final : Statement {
    Str* module_name;
    uint32_t level;
    ImportStar(const Span& where, Str* module, uint32_t its_level)
        : Statement(where), module_name(module), level(its_level) {}
    [[nodiscard]] Status exec(ScriptFrame& frame) const override {
        const Value module = import_name(module_name->view(), frame.globals, level, true);
        if (!module || !copy_names(frame, module)) return fail(frame, span), Status::Raised;
        return Status::Normal;
    }
    static bool bind(ScriptFrame& frame, const Value& name, const Value& value) {
        if (frame.names) return value::set_item(frame.names, name, value);
        return value::dict_set(frame.globals, name, value);
    }
    static bool copy_names(ScriptFrame& frame, const Value& module) {
        static const Name kDict("__dict__");
        const Value listed = value::find_attribute(module, kAll);
        if (listed)
            return value::for_each(listed, [&](const Value& name) {
                if (!value::is<Str>(name)) return true;
                const Ref<Str> text = value::intern(value::cast<Str>(name));
                const Value found = value::get_attribute(module, text.get());
                return found && bind(frame, text, found);
            });
        if (value::raised()) return false;
        const Value names = value::find_attribute(module, kDict);
        if (!names && !value::raised())
            value::raise(value::errors::ImportError,
                         "from-import-* object has no __dict__ and no __all__");
        const Ref<List> keys = names ? value::list_from(names) : Ref<List>();
        if (!keys) return false;
        for (const Value& key : keys->items) {
            if (value::is<Str>(key) && value::cast<Str>(key)->view().starts_with('_')) continue;
            const Value found = value::get_item(names, key);
            if (!found || !bind(frame, key, found)) return false;
        }
        return true;
    }
};

// Interactive input shows what it evaluates to.
struct DisplayStatement final : Statement {
    const Node* node;
    DisplayStatement(const Span& where, const Node* its_value)
        : Statement(where), node(its_value) {}
    [[nodiscard]] Status exec(ScriptFrame& frame) const override {
        static const Name kDisplayHook("displayhook");
        const Value value = run(node, frame);
        if (!value) return Status::Raised;
        const Value sys = import_module("sys");
        if (sys && value::call_method(sys, kDisplayHook, &value, 1)) return Status::Normal;
        return fail(frame, span), Status::Raised;
    }
};

}  // namespace

Statement* make_import(Unit& unit, const Span& span, Str* name, bool leaf, Target* target) {
    return unit.add<Import>(span, name, leaf, target);
}
Statement* make_import_from(Unit& unit, const Span& span, Str* module, uint32_t level,
                            std::vector<ImportName> names) {
    return unit.add<ImportFrom>(span, module, level, std::move(names));
}
Statement* make_import_star(Unit& unit, const Span& span, Str* module, uint32_t level) {
    return unit.add<ImportStar>(span, module, level);
}
Statement* make_display_statement(Unit& unit, const Span& span, Node* value) {
    return unit.add<DisplayStatement>(span, value);
}

}  // namespace loopglass::script::eval
