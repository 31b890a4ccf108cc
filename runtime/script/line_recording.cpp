#include "runtime/script/line_recording.hpp"

#include <algorithm>
#include <memory>
#include <unordered_map>
#include <utility>
#include <vector>

#include "runtime/base/memory.hpp"
#include "runtime/loop/machine.hpp"
#include "runtime/loop/task.hpp"
#include "runtime/script/frame.hpp"
#include "runtime/script/host.hpp"
#include "runtime/script/names.hpp"
#include "runtime/script/variables.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/fuel.hpp"

namespace loopglass::script::eval {

using trace::EventKind;
using trace::VariableScope;

namespace {

// --- variables -----------------------------------------------------------------------------------

void record_change(Str* name, const Value& value, VariableScope scope) {
    trace::Recording& recording = loop::g_machine->recording;
    const trace::TextId text = name->flags & value::kInterned ? recording.pinned_text(name->view())
                                                              : recording.text(name->view());
    recording.append(EventKind::VariableChanged, loop::g_task_id, text,
                     shown_text(recording, value), scope);
}

void look_at_locals(const ScriptFrame& frame, Seen* seen) {
    const FunctionCode* code = frame.script_code();
    const auto locals = static_cast<uint32_t>(code->local_names.size());
    for (uint32_t i = 0; i < locals; ++i)
        if (has_changed(frame.slots[i], seen[i]) && !code->hidden[i])
            record_change(code->local_names[i], frame.slots[i], VariableScope::Local);
    if (!code->has_cells) return;
    for (uint32_t i = 0; i < code->cell_names.size(); ++i) {
        const Value* content = frame_variable(frame, code->locals + i);
        if (content && has_changed(*content, seen[code->locals + i]))
            record_change(code->cell_names[i], *content, VariableScope::Local);
    }
}

// The shared variables of a module, and where they stand in its namespace.
class Globals {
public:
    // More are looked at in the module's own statements only.
    static constexpr uint32_t kMost = 300;

    void look(const Dict* dict) {
        if (dict->version != version_ || dict->entries != entries_ || dict->used != used_)
            find_names(dict);
        for (Shared& shared : names_) {
            const Value& value = dict->entries[shared.entry].value;
            if (has_changed(value, shared.seen) && is_interesting(value))
                record_change(shared.name, value, VariableScope::Global);
        }
    }

private:
    struct Shared {
        uint32_t entry;
        Str* name;
        Seen seen;
    };

    // Functions, classes and modules are no news: their statements say so.
    static bool is_interesting(const Value& value) {
        if (!value) return false;
        const Type* type = value.type();
        return type != Function::type && type != Module::type && !type->has(value::kTypeSubclass);
    }

    // Names were bound or deleted. What stays stands in the same order as before.
    void find_names(const Dict* dict) {
        std::vector<Shared> before = std::exchange(names_, {});
        auto from = before.begin();
        for (uint32_t i = 0; i < dict->used; ++i) {
            const value::DictEntry& entry = dict->entries[i];
            if (!entry.key || !value::is<Str>(entry.key)) continue;
            Str* name = value::cast<Str>(entry.key);
            if (name->view().starts_with("__")) continue;
            const auto known = std::find_if(
                from, before.end(), [&](const Shared& shared) { return shared.name == name; });
            names_.push_back({i, name, known == before.end() ? Seen() : known->seen});
            if (known != before.end()) from = known + 1;
        }
        version_ = dict->version;
        entries_ = dict->entries;
        used_ = dict->used;
    }

    uint32_t version_ = UINT32_MAX, used_ = 0;
    const value::DictEntry* entries_ = nullptr;
    std::vector<Shared> names_;
};

// --- functions a task is in ----------------------------------------------------------------------

// The library's own frames are not the script's.
bool is_library(const Frame& frame) {
    return frame.code->library;
}

// An activation of a function, as the recording was told of it.
struct Link {
    uint32_t number;  // ScriptFrame::recorded
    trace::TextId name;
    const Frame* frame;
    const Frame* back;
    size_t seen;  // where its variables begin in Chain::seen
};

// The functions a task is in, outermost first, and what their variables held last.
struct Chain {
    std::vector<Link> links;
    std::vector<Seen> seen;

    [[nodiscard]] bool ends_with(const ScriptFrame& frame) const {
        return !links.empty() && links.back().number == frame.recorded &&
               (links.back().back == frame.back || links.size() == 1);
    }
};

class Recorder {
public:
    static constexpr uint32_t kStatementsOfTurn = 20'000;

    void statement(ScriptFrame& frame, const Span& span);
    void turn_end(loop::Task* task);
    // While statements are skipped: an event of this kind is about to be appended. False: they are
    // recorded again.
    bool before_event(EventKind kind);

private:
    Chain& chain(trace::TaskId task);
    // Tells the recording what has changed since it was told last.
    void follow(Chain& chain, trace::TaskId task, ScriptFrame& innermost);
    void enter(Chain& chain, trace::TaskId task, ScriptFrame& frame);
    void leave(Chain& chain, trace::TaskId task);
    void look_at_globals(const ScriptFrame& frame);
    void look(ScriptFrame& frame, trace::TaskId task);
    void skip();
    void skip_no_more();

    // By task; 0: outside tasks, where the recording is told of variables only.
    std::vector<std::unique_ptr<Chain>> chains_;
    std::vector<ScriptFrame*> frames_;  // of follow()
    uint32_t activations_ = 0;
    std::unordered_map<const Dict*, Globals> globals_;
    // The namespace of the function whose statement ran last, kept alive; and its variables.
    Value last_globals_;
    Globals* last_ = nullptr;
    uint32_t statements_ = 0;  // of this turn
    bool skipping_ = false;
    const Span* skipped_at_ = nullptr;
};

std::unique_ptr<Recorder> g_recorder;

void record_statement(ScriptFrame& frame, const Span& span) {
    if (!is_library(frame) && loop::g_machine) g_recorder->statement(frame, span);
}

void record_turn_end(loop::Task* task) {
    if (loop::g_machine && value::is<loop::Coroutine>(task->coroutine)) g_recorder->turn_end(task);
}

bool record_before_event(trace::Recording&, EventKind kind) {
    return g_recorder && loop::g_machine && g_recorder->before_event(kind);
}

Chain& Recorder::chain(trace::TaskId task) {
    if (task >= chains_.size()) chains_.resize(std::max<size_t>(task + 1, chains_.size() * 2));
    std::unique_ptr<Chain>& its = chains_[task];
    if (!its) its = std::make_unique<Chain>();
    return *its;
}

void Recorder::enter(Chain& chain, trace::TaskId task, ScriptFrame& frame) {
    trace::Recording& recording = loop::g_machine->recording;
    if (frame.recorded == 0) frame.recorded = ++activations_;
    const trace::TextId name = recording.text(frame.code->name->view());
    chain.links.push_back({frame.recorded, name, &frame, frame.back, chain.seen.size()});
    chain.seen.resize(chain.seen.size() + frame.script_code()->frame_size);
    if (task) recording.append(EventKind::FrameEntered, task, name);
}

void Recorder::leave(Chain& chain, trace::TaskId task) {
    const Link& link = chain.links.back();
    if (task) loop::g_machine->recording.append(EventKind::FrameLeft, task, link.name);
    chain.seen.resize(link.seen);
    chain.links.pop_back();
}

// The body of a task's coroutine, where its chain begins.
const Frame* body_frame(trace::TaskId task) {
    const loop::Task* current = task ? loop::current_task() : nullptr;
    return current && value::is<loop::Coroutine>(current->coroutine)
               ? value::cast<loop::Coroutine>(current->coroutine)->frame
               : nullptr;
}

void Recorder::follow(Chain& chain, trace::TaskId task, ScriptFrame& innermost) {
    std::vector<Link>& links = chain.links;
    // A call by the function that ran last, or its return: the rest is as it was.
    if (!links.empty() && innermost.recorded == 0 && innermost.back == links.back().frame &&
        is_script_frame(innermost.back) &&
        static_cast<const ScriptFrame*>(innermost.back)->recorded == links.back().number)
        return enter(chain, task, innermost);
    if (links.size() > 1 && innermost.recorded == links[links.size() - 2].number &&
        innermost.back == links[links.size() - 2].back)
        return leave(chain, task);
    frames_.clear();
    const Frame* bottom = body_frame(task);
    for (Frame* frame = &innermost; frame; frame = frame->back) {
        if (is_script_frame(frame)) {
            auto* script = static_cast<ScriptFrame*>(frame);
            if (script->script_code()->is_module) break;
            if (!is_library(*script)) frames_.push_back(script);
        }
        if (frame == bottom) break;
    }
    size_t same = 0;
    for (const size_t most = std::min(frames_.size(), links.size()); same < most; ++same)
        if (links[same].number != frames_[frames_.size() - 1 - same]->recorded) break;
    while (links.size() > same) leave(chain, task);
    for (; same < frames_.size(); ++same) enter(chain, task, *frames_[frames_.size() - 1 - same]);
    links.back().back = innermost.back;
}

void Recorder::look_at_globals(const ScriptFrame& frame) {
    if (last_globals_.bits() != reinterpret_cast<uintptr_t>(frame.globals)) {
        last_globals_ = Value::share(frame.globals);
        last_ = &globals_[frame.globals];
    }
    if (frame.globals->used <= Globals::kMost || frame.script_code()->is_module)
        last_->look(frame.globals);
}

// What has changed up to now in what this function sees.
void Recorder::look(ScriptFrame& frame, trace::TaskId task) {
    const FunctionCode* code = frame.script_code();
    if (!code->is_class) look_at_globals(frame);
    if (code->is_module) return;
    Chain& its = chain(task);
    if (!its.ends_with(frame)) follow(its, task, frame);
    if (!code->is_class) look_at_locals(frame, its.seen.data() + its.links.back().seen);
}

void Recorder::statement(ScriptFrame& frame, const Span& span) {
    if (__builtin_expect(++statements_ > kStatementsOfTurn, 0)) return skip();
    // What the statement before this one has changed belongs to its line, which is still set.
    const trace::TaskId task = loop::g_task_id;
    look(frame, task);
    trace::Recording& recording = loop::g_machine->recording;
    recording.set_line(span.line);
    recording.append(EventKind::LineExecuted, task);
}

// The innermost frame of the script's own.
ScriptFrame* innermost_of_script(Frame* frame) {
    for (; frame; frame = frame->back)
        if (is_script_frame(frame) && !is_library(*frame)) return static_cast<ScriptFrame*>(frame);
    return nullptr;
}

// What the last statements of this turn did belongs to this task, not to whoever comes next.
void Recorder::turn_end(loop::Task* task) {
    const bool skipped = skipping_;
    if (skipped) {
        skip_no_more();
        loop::g_machine->recording.set_line(0);
    }
    statements_ = 0;
    Frame* waits = value::cast<loop::Coroutine>(task->coroutine)->registers.frame;
    if (!waits) {
        // Over: its globals are those of the function it was.
        if (last_) last_->look(value::cast<Dict>(last_globals_));
        if (task->id < chains_.size()) chains_[task->id].reset();
        return;
    }
    ScriptFrame* frame = innermost_of_script(waits);
    if (!frame) return;
    if (skipped) return look(*frame, task->id);
    look_at_globals(*frame);
    if (frame->script_code()->is_module) return;
    Chain& its = chain(task->id);
    if (!its.ends_with(*frame)) follow(its, task->id, *frame);
}

// --- turns that are too long ---------------------------------------------------------------------

// Nobody goes through tens of thousands of statements one by one, and their cost is felt. What
// follows runs at full speed; the recording is told before each event what has changed meanwhile,
// so that what it shows there is true.
void Recorder::skip() {
    if (skipping_) return;
    trace::Recording& recording = loop::g_machine->recording;
    recording.append(EventKind::LinesSkipped, loop::g_task_id, 0, kStatementsOfTurn);
    skipping_ = true;
    skipped_at_ = nullptr;
    recording.watch(&record_before_event);
    // Another hook that calls this one stays.
    if (g_statement_hook == &record_statement) g_statement_hook = nullptr;
}

void Recorder::skip_no_more() {
    skipping_ = false;
    if (!g_statement_hook) g_statement_hook = &record_statement;
}

// Told of while something is being torn down, which is no moment to look at variables.
bool is_death(EventKind kind) {
    return kind == EventKind::CoroutineNeverAwaited || kind == EventKind::TaskDestroyedPending ||
           kind == EventKind::ExceptionNeverRetrieved;
}

bool Recorder::before_event(EventKind kind) {
    if (!skipping_) return false;
    if (kind == EventKind::TaskResumed || kind == EventKind::CallbackBegin) {
        statements_ = 0;
        return skip_no_more(), false;
    }
    if (trace::belongs_to_loop(kind) || is_death(kind)) return true;
    ScriptFrame* frame = innermost_of_script(g_thread.frame);
    if (!frame || !frame->at) return true;
    trace::Recording& recording = loop::g_machine->recording;
    const uint32_t line = recording.line(), events = recording.size();
    recording.set_line(0);
    look(*frame, loop::g_task_id);
    if (events != recording.size() || frame->at != skipped_at_) {
        skipped_at_ = frame->at;
        recording.set_line(frame->at->line);
        recording.append(EventKind::LineExecuted, loop::g_task_id);
    }
    recording.set_line(line);
    return true;
}

// --- the machine ---------------------------------------------------------------------------------

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
    g_out_of_fuel = &give_machine_back;
    value::g_refuel = &give_machine_back;
    g_memory_refused = false;
    const bool lines = loop::g_machine && loop::g_machine->recording.lines_on();
    g_recorder = lines ? std::make_unique<Recorder>() : nullptr;
    g_statement_hook = lines ? &record_statement : nullptr;
    loop::g_turn_end_hook = lines ? &record_turn_end : nullptr;
}

void remove_hooks() {
    g_statement_hook = nullptr;
    loop::g_turn_end_hook = nullptr;
    g_recorder.reset();
}

}  // namespace loopglass::script::eval
