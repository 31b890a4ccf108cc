#include "runtime/session/repl_program.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "runtime/base/text.hpp"
#include "runtime/loop/by_hand.hpp"
#include "runtime/loop/context.hpp"
#include "runtime/loop/exceptions.hpp"
#include "runtime/loop/support.hpp"
#include "runtime/loop/task.hpp"
#include "runtime/script/frame.hpp"
#include "runtime/script/host.hpp"
#include "runtime/script/interpreter.hpp"
#include "runtime/session/repl_pieces.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/objects.hpp"
#include "runtime/value/protocol.hpp"
#include "runtime/value/traceback.hpp"

namespace loopglass::session {

using base::cat;
using loop::ByHand;
using trace::EventKind;
using namespace value;  // values of the script are handled here

namespace {

Name kNewEventLoop("new_event_loop"), kSetEventLoop("set_event_loop"), kAsyncio("asyncio"),
    kDisplayhook("displayhook"), kLastExc("last_exc"), kLastValue("last_value"),
    kLastType("last_type"), kLastTraceback("last_traceback");

constexpr unsigned kTurnsPerSlice = 4096;

ReplProgram* g_program = nullptr;  // the prompt of the session that is alive
void (*g_record_statement)(script::eval::ScriptFrame&, const base::Span&) = nullptr;

// While it lives a flag has a value of its own.
class Flag {
public:
    explicit Flag(bool& flag, bool now = true) : flag_(flag), before_(std::exchange(flag, now)) {}
    ~Flag() { flag_ = before_; }
    Flag(const Flag&) = delete;
    Flag& operator=(const Flag&) = delete;

private:
    bool& flag_;
    bool before_;
};

}  // namespace

struct ReplProgram::Hooks {
    static void statement(script::eval::ScriptFrame& frame, const base::Span& span) {
        if (g_record_statement) g_record_statement(frame, span);
        const std::string_view filename = frame.code->filename->view();
        if (g_program && !filename.starts_with("<lib>"))
            g_program->at_statement(filename, span.line);
    }
    static bool continued() { return !g_program || g_program->continued(); }
    static void install() {
        g_record_statement = script::eval::g_statement_hook;
        script::eval::g_statement_hook = &statement;
        script::g_host->continued = &continued;
    }
};

ReplProgram::ReplProgram(std::string source, std::string filename)
    : source_(std::move(source)), filename_(std::move(filename)) {
    g_program = this;
}

ReplProgram::~ReplProgram() {
    if (g_program == this) g_program = nullptr;
}

// --- host ----------------------------------------------------------------------------------------

void ReplProgram::give(ReplOrder order) {
    order_ = std::move(order);
    left_ = order_.count;
    given_ = true;
    waiting_ = false;
    interrupts_ = 0;
    end_ = ReplEnd::Done;
    pieces_.clear();
}

int64_t ReplProgram::next_timer() const {
    if (!hand_) return -1;
    const int64_t when = hand_->next_timer();
    return when == loop::kNever ? -1 : when;
}

// --- the main thread -----------------------------------------------------------------------------

bool ReplProgram::start_loop() {
    const Value asyncio = script::import_module("asyncio");
    if (!asyncio) return false;
    loop_ = call_method(asyncio, kNewEventLoop);
    if (!loop_ || !call_method(asyncio, kSetEventLoop, &loop_, 1)) return false;
    dict_set(script::main_module()->dict.get(), kAsyncio, asyncio);
    hand_ = std::make_unique<ByHand>(cast<loop::EventLoop>(loop_));
    context_ = Value(loop::copy_context());
    return true;
}

void ReplProgram::run(Program& program) {
    program_ = &program;
    script::start_interpreter();
    Hooks::install();
    if (!source_.empty()) {
        const Flag evaluating(evaluating_);
        program.load(source_, filename_);
    }
    if (!loop::abandoning()) {
        if (start_loop())
            serve();
        else
            program.end_with_raised();
    }
    script::g_host->continued = nullptr;
    hand_.reset();
    input_ = {};
    sleep_over_ = {};
    context_ = {};
    loop_ = {};
    if (!loop::abandoning()) program.shut_down();
}

// Gives the machine back until there is an order. False: the run is being abandoned.
bool ReplProgram::take_order() {
    waiting_ = true;
    while (!given_ && !loop::abandoning()) loop::g_machine->pause();
    given_ = false;
    return !loop::abandoning();
}

void ReplProgram::serve() {
    while (!quit_ && take_order()) execute();
}

// The same in the middle of a task's step, until time shall move again.
void ReplProgram::serve_in_step() {
    while (take_order()) {
        if (order_.kind == ReplOrder::Kind::Input) {
            run_input();
            continue;
        }
        if (order_.kind == ReplOrder::Kind::Quit) quit_ = true;
        if (order_.kind == ReplOrder::Kind::Sleep) sleep(order_.ns);
        break;
    }
}

void ReplProgram::execute() {
    switch (order_.kind) {
        case ReplOrder::Kind::Quit:
            quit_ = true;
            return;
        case ReplOrder::Kind::Input:
            return run_input();
        case ReplOrder::Kind::Sleep:
            sleep(order_.ns);
            break;
        default:
            break;
    }
    pump();
}

// --- inputs --------------------------------------------------------------------------------------

void ReplProgram::show_raised() {
    if (raised_is(errors::SystemExit)) {
        program_->end_with_raised();
        quit_ = true;
        return;
    }
    const Value exception = take_raised();
    Dict* sys = cast<Module>(script::g_host->sys)->dict.get();
    const Value traceback = seen_from(cast<Exception>(exception)->traceback);
    dict_set(sys, kLastExc, exception);
    dict_set(sys, kLastValue, exception);
    dict_set(sys, kLastType, Value::share(exception.type()));
    dict_set(sys, kLastTraceback, traceback ? traceback : none());
    program_->report_exception(exception);
    if (end_ == ReplEnd::Done) end_ = ReplEnd::Failed;
}

void ReplProgram::run_input() {
    const std::string filename = cat("<python-input-", order_.number, ">");
    trace::Recording& recording = loop::g_machine->recording;
    recording.set_line(0);
    const trace::Recording::Context outside = recording.save_context();
    const trace::EventIndex entered = recording.append_because(
        trace::kNoEvent, EventKind::ReplInput, order_.number, recording.text(order_.text));
    if (!inside_) recording.set_context(entered);
    const std::vector<ReplPiece> pieces = repl_pieces(order_.text, filename);
    for (size_t i = 0; i < pieces.size() && end_ == ReplEnd::Done && !quit_; ++i)
        if (!run_piece(pieces[i].text, filename, i + 1 == pieces.size(), pieces[i].group)) break;
    recording.restore_context(outside);
}

// One statement, or several on one line. False: what follows in the same input is not run.
bool ReplProgram::run_piece(std::string_view text, std::string_view filename, bool last,
                            bool group) {
    using script::CompileMode;
    const Value code = script::compile_source(text, filename,
                                              !last   ? CompileMode::ModuleAwait
                                              : group ? CompileMode::Cell
                                                      : CompileMode::Interactive);
    if (!code) {
        show_raised();
        end_ = ReplEnd::Unparsable;
        return false;
    }
    Value result;
    {
        const Flag evaluating(evaluating_);
        // In the middle of a task's step its context is the one that counts.
        std::optional<loop::EnterContext> context;
        if (!inside_) context.emplace(cast<loop::Context>(context_));
        result = script::run_code(code, script::main_module()->dict.get());
    }
    if (result && is<loop::Coroutine>(result) && !group) {
        if (inside_) {
            end_ = ReplEnd::InStep;
            (void)loop::close(cast<loop::Coroutine>(result));
            return false;
        }
        result = await_in_loop(result);
        if (end_ == ReplEnd::Stuck) return false;
    }
    if (result && last && group && !is_none(result)) {
        const Value hook = get_attribute(script::g_host->sys, kDisplayhook);
        result = hook ? call(hook, result) : Value();
    }
    if (result) return true;
    if (!loop::abandoning()) show_raised();
    return false;
}

// The coroutine as a task of its own; the loop runs until it is done, and no further.
Value ReplProgram::await_in_loop(const Value& coroutine) {
    loop::TaskOptions options;
    options.origin = trace::TaskOrigin::Main;
    options.context = context_;
    input_ = loop::create_task(cast<loop::EventLoop>(loop_), coroutine, options);
    if (!input_) return {};
    input_task_ = cast<loop::Task>(input_)->id;
    loop::g_machine->recording.set_context(trace::kNoEvent);
    input_cancelled_ = false;
    pump();
    const Value task = std::exchange(input_, Value());
    input_task_ = 0;
    if (end_ == ReplEnd::Stuck || quit_ || loop::abandoning()) return none();
    Value result = loop::future_result(task);
    if (result || !input_cancelled_ || !raised_is(loop::errors::CancelledError)) return result;
    const Value cancelled = take_raised();
    const Value interrupt = call(Value::share(errors::KeyboardInterrupt));
    if (!interrupt) return {};
    cast<Exception>(interrupt)->traceback = cast<Exception>(cancelled)->traceback;
    restore_raised(interrupt);
    return {};
}

// --- time ----------------------------------------------------------------------------------------

void ReplProgram::sleep(int64_t ns) {
    trace::HandleId handle = 0;
    sleep_over_ = cast<loop::EventLoop>(loop_)->sleep_future(loop::to_seconds(ns), handle);
    // As a task's wake-up would be: the order resumes when the future's callback runs.
    static const Value callback = loop::make_callback(
        [](loop::NativeCallback*, const Value&) -> Value {
            if (g_program) g_program->sleep_over_ = {};
            return none();
        },
        "prompt", "");
    if (!cast<loop::Future>(sleep_over_)->add_done_callback(callback)) sleep_over_ = {};
}

// Has the order been carried out? Asked after every piece of the loop.
bool ReplProgram::reached(bool handled, bool polled, int64_t before) {
    switch (order_.kind) {
        case ReplOrder::Kind::Input:
            return !input_ || cast<loop::Task>(input_)->done();
        case ReplOrder::Kind::Pieces:
            return --left_ == 0;
        case ReplOrder::Kind::Switch:
            return handled && --left_ == 0;
        case ReplOrder::Kind::Iteration:
            return !hand_->inside_iteration() && (handled || polled) && --left_ == 0;
        case ReplOrder::Kind::Jump:
            return polled && loop::g_machine->now() > before && --left_ == 0;
        case ReplOrder::Kind::Sleep:
            return !sleep_over_;
        case ReplOrder::Kind::Until:
            return hand_->idle() && hand_->next_timer() > order_.ns;
        default:
            return false;
    }
}

void ReplProgram::interrupted_between_handles() {
    interrupts_ = 0;
    if (order_.kind == ReplOrder::Kind::Input && input_) {
        input_cancelled_ = true;
        if (!cast<loop::Task>(input_)->cancel({})) clear_raised();
        return;
    }
    end_ = ReplEnd::Interrupted;
}

// KeyboardInterrupt or SystemExit came out of a handle, as it comes out of run_forever().
void ReplProgram::handle_failed() {
    if (loop::abandoning()) return;
    if (raised_is(errors::SystemExit)) {
        program_->end_with_raised();
        quit_ = true;
        return;
    }
    if (input_ && cast<loop::Task>(input_)->done()) return clear_raised();  // its own: shown later
    program_->report_exception(take_raised());
    interrupted_between_handles();
}

void ReplProgram::pump() {
    const Flag pumping(pumping_);
    const Flag no_evaluating(evaluating_, false);
    if (order_.kind != ReplOrder::Kind::Until || !reached(false, false, 0)) turn();
    const bool lands = order_.kind == ReplOrder::Kind::Until ||
                       (order_.kind == ReplOrder::Kind::Pieces && order_.ns > 0);
    if (lands && end_ == ReplEnd::Done && !quit_ && !loop::abandoning())
        hand_->let_time_pass(order_.ns);
}

void ReplProgram::turn() {
    for (unsigned turns = 1; !quit_ && end_ == ReplEnd::Done; ++turns) {
        // Steps of a few statements each spend little fuel: the host wants to look all the same.
        if (turns % kTurnsPerSlice == 0) loop::g_machine->pause();
        if (loop::abandoning()) return;
        const int64_t before = loop::g_machine->now();
        const ByHand::Did did = hand_->advance();
        if (loop::abandoning()) return;
        pieces_.push_back(loop::g_machine->recording.size());
        if (did == ByHand::Did::Failed) handle_failed();
        if (did == ByHand::Did::Stuck) {
            using Kind = ReplOrder::Kind;
            if (order_.kind != Kind::Idle && order_.kind != Kind::Until &&
                order_.kind != Kind::Pieces)
                end_ = ReplEnd::Stuck;
            return;
        }
        if (hand_->stopped()) quit_ = true;
        if (reached(did == ByHand::Did::Handle, did == ByHand::Did::Poll, before)) break;
        if (interrupts_) interrupted_between_handles();
    }
}

// Before every statement of the script: a place where an order Statement may end.
void ReplProgram::at_statement(std::string_view filename, uint32_t line) {
    if (!pumping_ || evaluating_ || loop::abandoning()) return;
    if (order_.kind != ReplOrder::Kind::Statement || --left_ > 0) return;
    const trace::TaskId task = loop::g_task_id;
    if (!task) return void(left_ = 1);  // a callback has no step to stand in
    inside_ = task;
    std::string_view text;
    if (script::g_host->source_line) text = script::g_host->source_line(filename, line);
    text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
    inside_where_ = cat(filename, ":", line, text.empty() ? "" : ": ", text);
    serve_in_step();
    inside_ = 0;
}

// The machine goes on after a pause: raises Ctrl-C in the code it was meant for.
bool ReplProgram::continued() {
    if (!interrupts_) return true;
    const bool own = evaluating_ || !pumping_ || (input_task_ && loop::g_task_id == input_task_);
    if (!own && interrupts_ < 2) return true;  // another task's step: taken after it
    interrupts_ = 0;
    raise_value(call(Value::share(errors::KeyboardInterrupt)));
    return false;
}

}  // namespace loopglass::session
