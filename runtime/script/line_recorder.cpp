#include "runtime/script/line_recorder.hpp"

#include <unordered_map>

#include "runtime/base/text.hpp"
#include "runtime/loop/coroutine.hpp"
#include "runtime/loop/machine.hpp"
#include "runtime/script/frame.hpp"
#include "runtime/script/host.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/objects.hpp"
#include "runtime/value/protocol.hpp"

namespace loopglass::script {

using base::cat;
using eval::ScriptFrame;
using trace::EventKind;
using value::cast;
using value::Dict;
using value::Str;
using value::Tuple;
using value::Value;

namespace {

constexpr size_t kMostItems = 12;              // of a container that is shown
constexpr size_t kMostCharacters = 80;         // of a value that is shown
constexpr uint32_t kMostStatements = 300'000;  // later ones are recorded without variables

// Text of a value made without running any of the script's code, which could change the run.
bool append_plain(std::string& out, const Value& value, int depth) {
    if (value.is_small() || value::is_none(value) || value::is_exact<Str>(value) ||
        value.is(value::g_true) || value.is(value::g_false) ||
        value::is_exact<value::Float>(value)) {
        out += value::repr(value)->view();
        return true;
    }
    if (depth > 2) return false;
    const auto append_items = [&](const Value* items, size_t count) {
        for (size_t i = 0; i < count && i < kMostItems; ++i) {
            if (i) out += ", ";
            if (!append_plain(out, items[i], depth + 1)) return false;
        }
        if (count > kMostItems) out += ", …";
        return true;
    };
    if (value::is_exact<value::List>(value)) {
        out += '[';
        const auto& items = cast<value::List>(value)->items;
        return append_items(items.data(), items.size()) && (out += ']', true);
    }
    if (value::is_exact<Tuple>(value)) {
        out += '(';
        const auto* tuple = cast<Tuple>(value);
        return append_items(tuple->items(), tuple->size) &&
               (out += tuple->size == 1 ? ",)" : ")", true);
    }
    if (!value::is_exact<Dict>(value)) return false;
    out += '{';
    const auto* dict = cast<Dict>(value);
    size_t shown = 0;
    for (uint32_t i = 0; i < dict->used && shown < kMostItems; ++i) {
        if (!dict->entries[i].key) continue;
        if (shown++) out += ", ";
        if (!append_plain(out, dict->entries[i].key, depth + 1)) return false;
        out += ": ";
        if (!append_plain(out, dict->entries[i].value, depth + 1)) return false;
    }
    out += dict->count > kMostItems ? ", …}" : "}";
    return true;
}

std::string shown(const Value& value) {
    std::string text;
    if (!append_plain(text, value, 0)) text = cat("<", value::type_name(value), ">");
    if (text.size() <= kMostCharacters) return text;
    size_t keep = kMostCharacters;
    while (keep > 0 && (text[keep] & 0xC0) == 0x80) --keep;
    return text.substr(0, keep) + "…";
}

// What was last told of the variables of a frame.
struct Told {
    const value::Code* code = nullptr;
    std::vector<std::string> locals;                     // by slot
    std::unordered_map<std::string, std::string> names;  // of a module
};

struct Recorder {
    std::unordered_map<const ScriptFrame*, Told> frames;
    uint32_t statements = 0;
};
Recorder g_recorder;

void tell(std::string_view name, std::string& before, const Value& value,
          trace::VariableScope scope) {
    std::string now = shown(value);
    if (now == before) return;
    trace::Recording& recording = loop::g_machine->recording;
    loop::emit(EventKind::VariableChanged, loop::g_task_id, recording.text(name),
               recording.text(now), scope);
    before = std::move(now);
}

// Functions, classes and modules are what a module is made of, not what happens in it.
bool is_definition(const Value& value) {
    return value::is<value::Type>(value) || value::is<value::Module>(value) ||
           value.type()->has(value::kMethodDescriptor) ||
           value::is_exact<value::NativeFunction>(value);
}

void tell_module(const Dict* globals, Told& told) {
    for (uint32_t i = 0; i < globals->used; ++i) {
        const value::DictEntry& entry = globals->entries[i];
        if (!entry.key || !value::is_exact<Str>(entry.key) || is_definition(entry.value)) continue;
        const std::string name(cast<Str>(entry.key)->view());
        if (name.starts_with("__")) continue;
        tell(name, told.names[name], entry.value, trace::VariableScope::Global);
    }
}

void tell_locals(const ScriptFrame& frame, Told& told) {
    const eval::FunctionCode* code = frame.script_code();
    told.locals.resize(code->locals);
    for (uint32_t i = 0; i < code->locals; ++i) {
        if (i < code->hidden.size() && code->hidden[i]) continue;
        if (const Value* value = eval::frame_variable(frame, i))
            tell(code->local_names[i]->view(), told.locals[i], *value, trace::VariableScope::Local);
    }
}

void on_statement(ScriptFrame& frame, const base::Span& span) {
    if (!frame.code || !frame.code->filename || frame.code->filename->view() != g_host->script_name)
        return;
    if (++g_recorder.statements <= kMostStatements) {
        Told& told = g_recorder.frames[&frame];
        // Another activation may stand where one stood before: its first statement tells all anew.
        const eval::FunctionCode* code = frame.script_code();
        if (told.code != frame.code) told = Told{frame.code, {}, {}};
        if (code->is_module)
            tell_module(frame.globals, told);
        else if (!code->is_class)
            tell_locals(frame, told);
    }
    trace::Recording& recording = loop::g_machine->recording;
    recording.set_line(span.line);
    recording.append(EventKind::LineExecuted, loop::g_task_id);
}

bool hand_over() {
    loop::g_machine->pause();
    if (!loop::abandoning()) return true;
    // The run was stopped: what stands on the stack goes away without running further.
    (void)loop::raise_abandoned();
    return false;
}

}  // namespace

void install_recorder(bool lines) {
    g_recorder = Recorder{};
    eval::g_statement_hook = lines ? on_statement : nullptr;
    eval::g_out_of_fuel = hand_over;
}

}  // namespace loopglass::script
