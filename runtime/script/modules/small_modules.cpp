// _world, _traceback and atexit: small modules the library in lib/ stands on.
#include <algorithm>

#include "runtime/base/text.hpp"
#include "runtime/loop/library_place.hpp"
#include "runtime/loop/rules.hpp"
#include "runtime/script/host.hpp"
#include "runtime/script/interpreter.hpp"
#include "runtime/script/modules/registry.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/protocol.hpp"
#include "runtime/value/traceback.hpp"

namespace loopglass::script {

using namespace value;  // a file of bindings
using base::cat;

namespace {

// ---- _world
// -----------------------------------------------------------------------------------------

void put(const Ref<Dict>& dict, const char* key, Value content) {
    dict_set(dict.get(), intern(key), std::move(content));
}

Value parse_json(const std::string& text) {
    static Name loads("loads");
    const Value json = import_module("json"), source = make_str(text);
    return json ? call_method(json, loads, &source, 1) : Value();
}

Value world_http(const Value* a) {
    Str* url = as<Str>(a[0]);
    if (!url) return raise(errors::TypeError, cat("url must be str, not ", type_name(a[0])));
    const auto found = g_host->world.http.find(std::string(url->view()));
    if (found == g_host->world.http.end()) return none();
    const HttpEntry& entry = found->second;
    const Ref<Dict> out = make_dict();
    if (entry.latency) put(out, "latency", make_float(*entry.latency));
    if (entry.transfer) put(out, "transfer", make_float(*entry.transfer));
    if (loop::ruled(loop::Rule::SizeDecides) && entry.size) {
        constexpr double kBytesASecond = 200'000;
        put(out, "latency", make_float(0));
        put(out, "transfer", make_float(static_cast<double>(*entry.size) / kBytesASecond));
    }
    if (entry.size) put(out, "size", make_int(*entry.size));
    if (entry.status) put(out, "status", make_int(*entry.status));
    if (entry.text) put(out, "text", make_str(*entry.text));
    if (entry.error) put(out, "error", make_str(*entry.error));
    if (entry.json) {
        Value content = parse_json(*entry.json);
        if (!content) return {};
        put(out, "json", std::move(content));
    }
    return out;
}

Value str_list(const std::vector<std::string>& texts) {
    Ref<List> out = make_list();
    for (const std::string& text : texts) out->items.push_back(make_str(text));
    return out;
}

Value world_defaults(const Value*) {
    const Ref<Dict> out = make_dict();
    put(out, "dead_hosts", str_list(g_host->world.dead_hosts));
    put(out, "json_hosts", str_list(g_host->world.json_hosts));
    return out;
}

Value world_seed(const Value*) {
    return make_int_unsigned(g_host->world.seed);
}

constexpr NativeMethod kWorld[] = {
    {"seed", world_seed, "()", MethodKind::Function},
    {"http", world_http, "(url, /)", MethodKind::Function},
    {"http_defaults", world_defaults, "()", MethodKind::Function},
};

// ---- _traceback
// ---------------------------------------------------------------------------------------

// CPython hands tracebacks out in pieces that each end a line (or several).
Value as_lines(const std::string& text) {
    Ref<List> out = make_list();
    for (size_t at = 0; at < text.size();) {
        size_t end = text.find('\n', at);
        end = end == std::string::npos ? text.size() : end + 1;
        // A frame's source and carets belong to the piece of its "File" line.
        while (end < text.size() && text.compare(at, 8, "  File \"") == 0 &&
               text.compare(end, 4, "    ") == 0) {
            const size_t next = text.find('\n', end);
            end = next == std::string::npos ? text.size() : next + 1;
        }
        out->items.push_back(make_str(std::string_view(text).substr(at, end - at)));
        at = end;
    }
    return out;
}

bool limit_of(const Value& value, int64_t& out) {
    out = INT64_MAX;
    return !value || is_none(value) || to_index_clamped(value, out);
}

Value traceback_format(const Value* a) {
    if (!is<Exception>(a[0])) return raise(errors::TypeError, "an exception is needed");
    int64_t limit = 0;
    if (!limit_of(a[1], limit)) return {};
    const int chain = a[2] ? truth(a[2]) : 1;
    return chain < 0 ? Value{} : as_lines(format_exception(a[0], limit, chain));
}

Value traceback_entries(const Value* a) {
    int64_t limit = 0;
    return limit_of(a[1], limit) ? as_lines(format_frames(a[0], limit)) : Value{};
}

Value traceback_only(const Value* a) {
    if (!is<Exception>(a[0])) return raise(errors::TypeError, "an exception is needed");
    return as_lines(format_exception_only(a[0]));
}

Value traceback_source_line(const Value* a) {
    const Str* name = as<Str>(a[0]);
    int64_t line = 0;
    if (!name || !to_index(a[1], line)) return has_raised() ? Value{} : make_str("");
    if (const std::string_view known = loop::library_line(name->view(), line); !known.empty())
        return make_str(known);
    if (!g_host->source_line) return make_str("");
    return make_str(g_host->source_line(name->view(), static_cast<uint32_t>(line)));
}

constexpr NativeMethod kTraceback[] = {
    {"format_exception", traceback_format, "(exc, limit=None, chain=True, /)",
     MethodKind::Function},
    {"format_tb_entries", traceback_entries, "(tb, limit=None, /)", MethodKind::Function},
    {"format_exception_only", traceback_only, "(exc, show_group=False)", MethodKind::Function},
    {"source_line", traceback_source_line, "(filename, lineno, /)", MethodKind::Function},
};

// ---- atexit
// ---------------------------------------------------------------------------------------------

Value atexit_register(const Value* a) {
    if (!is_callable(a[0])) return raise(errors::TypeError, "the first argument must be callable");
    g_host->at_exit.push_back({a[0], a[1], a[2]});
    return a[0];
}

Value atexit_unregister(const Value* a) {
    auto& all = g_host->at_exit;
    for (size_t i = all.size(); i-- > 0;) {
        const int same = equal(all[i].function, a[0]);
        if (same < 0) return {};
        if (same) all.erase(all.begin() + static_cast<std::ptrdiff_t>(i));
    }
    return none();
}

Value atexit_run(const Value*) {
    run_at_exit();
    return none();
}

Value atexit_clear(const Value*) {
    g_host->at_exit.clear();
    return none();
}

constexpr NativeMethod kAtExit[] = {
    {"register", atexit_register, "(func, /, *args, **kwargs)", MethodKind::Function},
    {"unregister", atexit_unregister, "(func, /)", MethodKind::Function},
    {"_run_exitfuncs", atexit_run, "()", MethodKind::Function},
    {"_clear", atexit_clear, "()", MethodKind::Function},
};

}  // namespace

Host* g_host = nullptr;

// Last registered, first called; an error is reported and the rest still run
// (Modules/atexitmodule.c).
void run_at_exit() {
    while (!g_host->at_exit.empty()) {
        const AtExit entry = std::move(g_host->at_exit.back());
        g_host->at_exit.pop_back();
        const Ref<Tuple> positional = Ref<Tuple>::share(cast<Tuple>(entry.arguments));
        Dict* keywords = cast<Dict>(entry.keywords);
        std::vector<Value> items(positional->items(), positional->items() + positional->size);
        std::vector<Value> names;
        for (uint32_t i = 0; i < keywords->used; ++i) {
            if (!keywords->entries[i].key) continue;
            names.push_back(keywords->entries[i].key);
            items.push_back(keywords->entries[i].value);
        }
        const Ref<Tuple> name_tuple = make_tuple(std::span<const Value>(names));
        if (!call(entry.function, Args{items.data(), positional->size,
                                       names.empty() ? nullptr : name_tuple.get()})) {
            const Value error = take_raised();
            if (!is_exception(error, errors::SystemExit)) write_unraisable(error, entry.function);
        }
    }
}

Value make_module__world() {
    return make_native_module("_world", kWorld);
}
Value make_module__traceback() {
    return make_native_module("_traceback", kTraceback);
}
Value make_module_atexit() {
    return make_native_module("atexit", kAtExit);
}

}  // namespace loopglass::script
