#include "runtime/script/line_recording.hpp"

#include <algorithm>
#include <bit>
#include <string>
#include <unordered_map>
#include <vector>

#include "runtime/base/memory.hpp"
#include "runtime/base/text.hpp"
#include "runtime/loop/machine.hpp"
#include "runtime/loop/task.hpp"
#include "runtime/script/frame.hpp"
#include "runtime/script/host.hpp"
#include "runtime/script/names.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/fuel.hpp"

namespace loopglass::script::eval {

using base::cat;
using trace::EventKind;
using trace::VariableScope;

namespace {

// What a variable held when it was last looked at: the word, and a fingerprint of the content (of a
// container its size), so that most changes in place are seen too.
struct Seen {
    uintptr_t word = 0;
    int64_t content = 0;
    friend bool operator==(const Seen&, const Seen&) = default;
};
// By frame; a later call at the same address goes on from what the earlier one left.
std::unordered_map<const Frame*, std::vector<Seen>> g_locals;
std::unordered_map<const Str*, Seen> g_globals;

constexpr size_t kMaxText = 80;
constexpr size_t kMaxItems = 40;

int64_t container_size(const Value& value) {
    if (value::is_exact<List>(value))
        return static_cast<int64_t>(value::cast<List>(value)->items.size());
    if (value::is_exact<Dict>(value)) return value::cast<Dict>(value)->count;
    if (value::is_exact<Set>(value)) return value::cast<Set>(value)->count;
    return -1;
}

// Tells apart contents that may stand at one address one after the other.
int64_t fingerprint(const Value& value) {
    if (value::is_exact<value::Float>(value))
        return std::bit_cast<int64_t>(value::cast<value::Float>(value)->number);
    if (value::is_exact<Str>(value)) return value::str_hash(value::cast<Str>(value));
    return container_size(value);
}

// May its repr be taken without running any code of the script?
bool is_plain(const Value& value, int depth = 0) {
    if (value.is_small()) return true;
    const Type* type = value.type();
    if (type->has(value::kHeapType) || depth > 3) return false;
    if (value::is_exact<List>(value) || value::is_exact<Tuple>(value)) {
        const bool list = value::is_exact<List>(value);
        const size_t count =
            list ? value::cast<List>(value)->items.size() : value::cast<Tuple>(value)->size;
        const Value* items =
            list ? value::cast<List>(value)->items.data() : value::cast<Tuple>(value)->items();
        for (size_t i = 0; i < count; ++i)
            if (i >= kMaxItems || !is_plain(items[i], depth + 1)) return false;
        return true;
    }
    if (value::is_exact<Dict>(value)) {
        const Dict* dict = value::cast<Dict>(value);
        for (uint32_t i = 0; i < dict->used; ++i)
            if (dict->entries[i].key &&
                (i >= kMaxItems || !is_plain(dict->entries[i].key, depth + 1) ||
                 !is_plain(dict->entries[i].value, depth + 1)))
                return false;
        return true;
    }
    return value::is_exact<Str>(value) || value::is_exact<value::Float>(value) ||
           value::is_none(value) || type == value::boolean(true).type();
}

std::string describe(const Value& value) {
    std::string text;
    if (is_plain(value)) {
        const Ref<Str> shown = value::repr(value);
        text = shown ? std::string(shown->view()) : "";
        value::clear_raised();
    }
    if (text.empty()) {
        const int64_t size = container_size(value);
        text = size >= 0 ? cat("<", value::type_name(value), " of ", size, ">")
                         : cat("<", value::type_name(value), ">");
    }
    if (text.size() > kMaxText) {
        text.resize(kMaxText);
        while (!text.empty() && (text.back() & 0xC0) == 0x80) text.pop_back();
        text += "…";
    }
    return text;
}

void look(Str* name, const Value& value, Seen& seen, VariableScope scope) {
    const Seen now{value.bits(), fingerprint(value)};
    if (now == seen) return;
    seen = now;
    trace::Recording& recording = loop::g_machine->recording;
    recording.append(EventKind::VariableChanged, loop::g_task_id, recording.text(name->view()),
                     recording.text(describe(value)), scope);
}

void look_at_locals(const ScriptFrame& frame) {
    const FunctionCode* code = frame.script_code();
    std::vector<Seen>& seen = g_locals[&frame];
    seen.resize(code->frame_size);
    for (uint32_t i = 0; i < code->local_names.size(); ++i)
        if (!code->hidden[i] && frame.slots[i])
            look(code->local_names[i], frame.slots[i], seen[i], VariableScope::Local);
    for (uint32_t i = 0; i < code->cell_names.size(); ++i)
        if (const Value* content = frame_variable(frame, code->locals + i))
            look(code->cell_names[i], *content, seen[code->locals + i], VariableScope::Local);
}

// Functions, classes and modules are no news: their statements say so.
bool is_interesting(const value::DictEntry& entry) {
    if (!entry.key || !entry.value || !value::is<Str>(entry.key)) return false;
    if (value::cast<Str>(entry.key)->view().starts_with("__")) return false;
    const Type* type = entry.value.type();
    return type != Function::type && type != Module::type && !type->has(value::kTypeSubclass);
}

void look_at_globals(const Dict* globals) {
    for (uint32_t i = 0; i < globals->used; ++i) {
        const value::DictEntry& entry = globals->entries[i];
        if (!is_interesting(entry)) continue;
        Str* name = value::cast<Str>(entry.key);
        look(name, entry.value, g_globals[name], VariableScope::Global);
    }
}

// Shared variables are looked at in every statement, unless there are very many.
constexpr uint32_t kMaxGlobals = 300;

// The library's own frames are not the script's.
bool is_library(const ScriptFrame& frame) {
    return frame.code->library;
}

// The functions a task is in, outermost first: what the recording was told last.
struct Link {
    const Frame* frame;
    trace::TextId name;
    friend bool operator==(const Link&, const Link&) = default;
};
std::unordered_map<trace::TaskId, std::vector<Link>> g_chains;
// The namespace of the function whose statement ran last.
Value g_last_globals;

// The frames from the innermost one out to `bottom`, or to where there are no more.
std::vector<Link> chain_of(const Frame* innermost, const Frame* bottom) {
    std::vector<Link> chain;
    for (const Frame* frame = innermost; frame; frame = frame->back) {
        if (is_script_frame(frame)) {
            const auto* script = static_cast<const ScriptFrame*>(frame);
            if (script->script_code()->is_module) break;
            if (!is_library(*script))
                chain.push_back(
                    {frame, loop::g_machine->recording.text(frame->code->name->view())});
        }
        if (frame == bottom) break;
    }
    std::reverse(chain.begin(), chain.end());
    return chain;
}

// Tells the recording what has changed since it was told last.
void record_chain(trace::TaskId task, std::vector<Link> now) {
    std::vector<Link>& before = g_chains[task];
    if (now == before) return;
    const auto common = std::mismatch(before.begin(), before.end(), now.begin(), now.end());
    trace::Recording& recording = loop::g_machine->recording;
    for (auto left = before.end(); left != common.first;)
        recording.append(EventKind::FrameLeft, task, (--left)->name);
    for (auto entered = common.second; entered != now.end(); ++entered)
        recording.append(EventKind::FrameEntered, task, entered->name);
    before = std::move(now);
}

// The body of a task's coroutine, where its chain begins.
const Frame* body_frame(const loop::Task* task) {
    const Value& coroutine = task->coroutine;
    return value::is<loop::Coroutine>(coroutine) ? value::cast<loop::Coroutine>(coroutine)->frame
                                                 : nullptr;
}

void record_statement(ScriptFrame& frame, const Span& span) {
    if (is_library(frame) || !loop::g_machine) return;
    trace::Recording& recording = loop::g_machine->recording;
    // What the statement before this one has changed belongs to its line, which is still set.
    const bool is_module = frame.script_code()->is_module;
    if (is_module || (!frame.script_code()->is_class && frame.globals->used <= kMaxGlobals))
        look_at_globals(frame.globals);
    if (g_last_globals.bits() != reinterpret_cast<uintptr_t>(frame.globals))
        g_last_globals = Value::share(frame.globals);
    const loop::Task* task = loop::g_task_id ? loop::current_task() : nullptr;
    if (task && !is_module) record_chain(task->id, chain_of(&frame, body_frame(task)));
    if (!is_module && !frame.script_code()->is_class) look_at_locals(frame);
    recording.set_line(span.line);
    recording.append(EventKind::LineExecuted, loop::g_task_id);
}

// What the last statements of this turn did belongs to this task, not to whoever comes next.
void record_turn_end(loop::Task* task) {
    if (!loop::g_machine || !value::is<loop::Coroutine>(task->coroutine)) return;
    const auto* coroutine = value::cast<loop::Coroutine>(task->coroutine);
    const Frame* innermost = coroutine->registers.frame;
    for (const Frame* frame = innermost; frame; frame = frame->back)
        if (is_script_frame(frame) && !is_library(*static_cast<const ScriptFrame*>(frame))) {
            if (frame->globals->used <= kMaxGlobals) look_at_globals(frame->globals);
            break;
        }
    if (innermost) return record_chain(task->id, chain_of(innermost, coroutine->frame));
    // Over: its globals are those of the function it was.
    if (g_last_globals) look_at_globals(value::cast<Dict>(g_last_globals));
    g_chains.erase(task->id);
}

// MemoryError has been raised for the memory held now.
bool g_memory_refused = false;

bool give_machine_back() {
    constexpr int64_t kLeast = 1 << 16;
    if (base::g_memory.noticed && !g_memory_refused && !loop::abandoning()) {
        g_memory_refused = true;  // once: whoever catches it may go on up to the hard limit
        g_thread.fuel = std::max(g_thread.fuel, kLeast);
        return value::raise(value::errors::MemoryError, ""), false;
    }
    if (loop::g_machine) loop::g_machine->pause();
    if (loop::abandoning()) return (void)loop::raise_abandoned(), false;
    if (g_thread.fuel < kLeast) g_thread.fuel = kLeast;
    return !g_host || !g_host->continued || g_host->continued();
}

}  // namespace

void install_hooks() {
    g_locals.clear();
    g_globals.clear();
    g_chains.clear();
    g_last_globals = {};
    g_out_of_fuel = &give_machine_back;
    value::g_refuel = &give_machine_back;
    g_memory_refused = false;
    g_statement_hook =
        loop::g_machine && loop::g_machine->recording.lines_on() ? &record_statement : nullptr;
    loop::g_turn_end_hook = g_statement_hook ? &record_turn_end : nullptr;
}

void remove_hooks() {
    g_statement_hook = nullptr;
    loop::g_turn_end_hook = nullptr;
    g_chains.clear();
    g_last_globals = {};
    g_locals.clear();
    g_globals.clear();
}

}  // namespace loopglass::script::eval
