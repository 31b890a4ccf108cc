// Prints what the parser makes of files, for comparing with CPython (see compare_syntax.py).
//   syntax_tool ast FILE…       the dump with spans, one line per file
//   syntax_tool error FILE…     kind, message and place of the error as JSON, one line per file
//   syntax_tool scopes FILE…    the frames the resolver lays out as JSON, one line per file
//   syntax_tool interactive FILE…  what a REPL would do with it, one line per file
//   syntax_tool time FILE…      megabytes per second, parsing and resolving
#include <chrono>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <string>

#include "runtime/script/syntax/ast_dump.hpp"
#include "runtime/script/syntax/parse.hpp"

namespace {

using namespace loopglass;
using namespace loopglass::script;

std::string read_file(const char* path) {
    std::ifstream in(path, std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}

std::string json(const std::string& text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (static_cast<unsigned char>(c) < 0x20) {
            char escape[8];
            std::snprintf(escape, sizeof escape, "\\u%04x", static_cast<unsigned>(c));
            out += escape;
        } else {
            out += c;
        }
    }
    return out + '"';
}

void print_error(const ParseOutcome& outcome) {
    const SyntaxProblem& e = outcome.error;
    std::string warnings;
    for (const ParseWarning& w : outcome.warnings) {
        if (!warnings.empty()) warnings += ',';
        warnings += "[" + json(w.message) + "," + std::to_string(w.line) + "]";
    }
    std::printf("{\"type\":%s,\"msg\":%s,\"at\":[%d,%d,%d,%d],\"text\":%s,\"warnings\":[%s]}\n",
                json(std::string(outcome ? "" : type_name(e.kind))).c_str(),
                json(e.message).c_str(), e.line, e.offset, e.end_line, e.end_offset,
                e.has_text ? json(e.text).c_str() : "null", warnings.c_str());
}

template <typename List, typename F>
std::string names(const List& list, F wanted) {
    std::string out = "[";
    for (const auto& entry : list) {
        if (!wanted(entry)) continue;
        if (out.size() > 1) out += ',';
        out += json(std::string(entry.name->text));
    }
    return out + ']';
}

void print_scopes(const Module& module) {
    const auto any = [](const auto&) { return true; };
    std::string out;
    for (const Scope* scope : module.scopes) {
        if (scope->frame != scope) continue;
        out += out.empty() ? "[" : ",";
        out += "{\"kind\":" + std::to_string(static_cast<int>(scope->kind));
        out += ",\"name\":" + json(std::string(scope->qualname));
        out += ",\"line\":" + std::to_string(scope->first_line);
        out += ",\"parameters\":" +
               names(scope->locals, [](const LocalVariable& v) { return v.parameter; });
        out += ",\"locals\":" + names(scope->locals, any);
        out += ",\"cells\":" + names(scope->cells, any);
        out += ",\"frees\":" + names(scope->frees, any);
        out += std::string(",\"generator\":") + (scope->is_generator ? "true" : "false");
        out += std::string(",\"coroutine\":") + (scope->is_coroutine ? "true" : "false");
        out +=
            std::string(",\"async_generator\":") + (scope->is_async_generator ? "true" : "false");
        out += std::string(",\"doc\":") + (scope->docstring ? "true}" : "false}");
    }
    std::printf("%s]\n", out.c_str());
}

void show(const std::string& what, const char* path) {
    const std::string source = read_file(path);
    base::Arena arena;
    if (what == "interactive") {
        static constexpr const char* kStates[] = {"complete", "incomplete", "error"};
        const auto state = parse_interactive(source, path, {}, arena).state;
        std::printf("%s\n", kStates[static_cast<int>(state)]);
        return;
    }
    const ParseOutcome outcome = parse_module(source, path, {what == "ast"}, arena);
    if (what == "error") return print_error(outcome);
    if (what == "scopes" && outcome) return print_scopes(*outcome.module);
    if (!outcome) {
        std::printf("%s: %s (line %d)\n", std::string(type_name(outcome.error.kind)).c_str(),
                    outcome.error.message.c_str(), outcome.error.line);
        return;
    }
    std::printf("%s\n", dump(*outcome.module, {true, false}).c_str());
}

void time_files(int count, char** paths) {
    size_t bytes = 0;
    std::chrono::steady_clock::duration spent{};
    for (int i = 0; i < count; ++i) {
        const std::string source = read_file(paths[i]);
        bytes += source.size();
        const auto begin = std::chrono::steady_clock::now();
        base::Arena arena;
        static_cast<void>(parse_module(source, paths[i], {}, arena));
        spent += std::chrono::steady_clock::now() - begin;
    }
    const double seconds = std::chrono::duration<double>(spent).count();
    std::printf("%zu bytes in %.4f s: %.1f MB/s\n", bytes, seconds,
                static_cast<double>(bytes) / seconds / 1e6);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 3) return 2;
    const std::string what = argv[1];
    if (what == "time") {
        time_files(argc - 2, argv + 2);
        return 0;
    }
    for (int i = 2; i < argc; ++i) show(what, argv[i]);
    return 0;
}
