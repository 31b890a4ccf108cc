#include "runtime/session/repl.hpp"

#include <algorithm>
#include <utility>

#include "runtime/base/check.hpp"
#include "runtime/base/text.hpp"
#include "runtime/loop/machine.hpp"
#include "runtime/session/repl_answers.hpp"
#include "runtime/session/repl_commands.hpp"

namespace loopglass::session {

using base::cat;
using trace::EventIndex;
using Kind = ReplOrder::Kind;

namespace {

constexpr int64_t kSlice = 1 << 16;  // evaluator steps: some milliseconds

bool is_live(const ReplOrder& order) {
    return order.kind == Kind::Until && order.number == 1;
}

}  // namespace

Repl::Repl(RunRequest request) : request_(std::move(request)) {}

Repl::~Repl() {
    session_.reset();
    program_.reset();
}

base::Result<std::unique_ptr<Repl>> Repl::create(RunRequest request) {
    request.level = trace::Level::Line;
    request.iterations = UINT64_MAX;
    std::unique_ptr<Repl> repl(new Repl(std::move(request)));
    repl->branches_.emplace_back();
    if (auto started = repl->start(); !started) return started.error();
    return repl;
}

// A new machine, which loads the scenario first.
base::Result<bool> Repl::start() {
    session_.reset();
    timeline_.reset();
    kept_.reset();
    program_ = std::make_unique<ReplProgram>(request_.source, request_.filename);
    RunRequest request = request_;
    request.main = [program = program_.get()](Program& main) { program->run(main); };
    auto session = Session::create(std::move(request));
    if (!session) return session.error();
    session_ = std::move(*session);
    session_->on_output([this](trace::Stream stream, std::string_view text, double time) {
        take_output(stream, text, time);
    });
    timeline_ = std::make_unique<trace::Timeline>(session_->recording());
    ++generation_;
    position_ = kNow;
    busy_ = true;
    loaded_ = false;
    slices_ = 0;
    running_ = {};
    return true;
}

// --- what is shown -------------------------------------------------------------------------------

void Repl::say(ReplText::Kind kind, std::string text) {
    if (!text.empty() && text.back() != '\n') text += '\n';
    shown_.push_back({kind, std::move(text), {}, time()});
}

void Repl::take_output(trace::Stream stream, std::string_view text, double time) {
    if (replaying_) return;
    const trace::TaskId task = loop::g_task_id;
    const bool typed = running_.order.kind == Kind::Input;
    const bool own = !loaded_ || (typed && (!program_->input_task() || program_->inside())) ||
                     task == program_->input_task();
    ReplText shown{stream == trace::Stream::Stdout ? ReplText::Kind::Output : ReplText::Kind::Error,
                   std::string(text),
                   {},
                   static_cast<int64_t>(time * 1e9)};
    if (task && !own) {
        timeline_->update();
        shown.task = timeline_->label(task);
    }
    // print() writes its text and its line end one after the other.
    if (!shown_.empty() && shown_.back().kind == shown.kind && shown_.back().task == shown.task &&
        shown_.back().time == shown.time)
        shown_.back().text += shown.text;
    else
        shown_.push_back(std::move(shown));
}

std::vector<ReplText> Repl::take_shown() {
    return std::exchange(shown_, {});
}

// --- carrying out --------------------------------------------------------------------------------

void Repl::submit(ReplOrder order, std::vector<uint32_t> interrupted) {
    Done done;
    done.order = std::move(order);
    done.interrupted = std::move(interrupted);
    queue_.push_back(std::move(done));
}

void Repl::interrupt() {
    if (!idle()) interrupt_wanted_ = true;
}

bool Repl::advance(unsigned slices) {
    while (slices-- > 0 && !ended_) {
        if (!busy_) {
            if (queue_.empty()) return true;
            running_ = std::move(queue_.front());
            queue_.pop_front();
            interrupts_due_ = std::exchange(running_.interrupted, {});
            running_.begin = session_->recording().size();
            running_.from = session_->recording().now();
            busy_ = true;
            slices_ = 0;
            program_->give(running_.order);
        }
        const bool over = session_->advance(kSlice);
        ++slices_;
        if (over) {
            session_ended();
        } else if (program_->waiting()) {
            finish_order();
        } else if (interrupt_wanted_ ||
                   (!interrupts_due_.empty() && interrupts_due_.front() == slices_)) {
            if (!interrupts_due_.empty()) interrupts_due_.erase(interrupts_due_.begin());
            interrupt_wanted_ = false;
            running_.interrupted.push_back(slices_);
            program_->interrupt();
        }
    }
    return ended_ || idle();
}

void Repl::finish_order() {
    timeline_->update();
    busy_ = false;
    interrupt_wanted_ = false;
    if (!loaded_) {
        loaded_ = true;
        return;
    }
    running_.end = session_->recording().size();
    running_.to = session_->recording().now();
    running_.how = program_->end();
    running_.pieces = program_->pieces();
    running_.inside = program_->inside();
    std::vector<Done>& orders = branch().orders;
    if (is_live(running_.order) && !orders.empty() && is_live(orders.back().order)) {
        Done& before = orders.back();
        before.order.ns = running_.order.ns;
        before.end = running_.end;
        before.to = running_.to;
        before.pieces.insert(before.pieces.end(), running_.pieces.begin(), running_.pieces.end());
    } else {
        orders.push_back(running_);
    }
    if (replaying_) {
        --replaying_;
        return;
    }
    if (running_.how == ReplEnd::Failed) status_ = std::max(status_, 1);
    if (running_.how == ReplEnd::Unparsable) status_ = 2;
    tell_move(running_);
}

// The machine has ended: because it was asked to, or because a limit of it was reached.
void Repl::session_ended() {
    timeline_->update();
    busy_ = false;
    interrupt_wanted_ = false;
    const Report& report = session_->report();
    if (program_->quitting() || report.end == RunEnd::Exit) {
        ended_ = true;
        if (running_.order.kind != Kind::Quit) status_ = report.status;
        return;
    }
    const std::string why(run_end_sentence(report.end));
    if (!loaded_) {
        note(cat(why, " The scenario was left out."));
        request_.source.clear();
        rebuild({});
        return;
    }
    std::vector<Done> orders = std::move(branch().orders);
    for (Done& waiting : queue_)
        if (replaying_ > 1) --replaying_, orders.push_back(std::move(waiting));
    replaying_ = 0;
    note(cat(why, running_.order.kind == Kind::Input ? " That input was taken back."
                                                     : " That piece of time was taken back."));
    rebuild(std::move(orders));
}

// Carries out again, in silence, what leads to a moment of the past.
void Repl::rebuild(std::vector<Done> orders) {
    queue_.clear();
    if (auto started = start(); !started) {
        note(started.error().message);
        ended_ = true;
        return;
    }
    branch().orders.clear();
    branch().recording.reset();
    branch().timeline.reset();
    replaying_ = orders.size();
    for (Done& done : orders) submit(std::move(done.order), std::move(done.interrupted));
}

void Repl::end_of_input() {
    take_up_again();
    ReplOrder quit;
    quit.kind = Kind::Quit;
    submit(std::move(quit));
}

// --- inputs, and time in the past ----------------------------------------------------------------

bool Repl::is_command(std::string_view text) {
    const size_t at = text.find_first_not_of(" \t\n");
    return at != std::string_view::npos && text[at] == ':';
}

void Repl::enter(std::string_view text) {
    if (ended_) return;
    if (is_command(text)) return run_command(*this, text);
    if (!in_past()) take_up_again();
    if (in_past()) branch_off();
    ReplOrder order;
    order.text = std::string(text);
    const auto typed = [](const Done& done) { return done.order.kind == Kind::Input; };
    order.number =
        static_cast<uint32_t>(std::count_if(branch().orders.begin(), branch().orders.end(), typed) +
                              std::count_if(queue_.begin(), queue_.end(), typed));
    submit(std::move(order));
}

EventIndex Repl::position() const {
    return std::min(position_, timeline_->size());
}

void Repl::go_to(EventIndex position) {
    position_ = position >= timeline_->size() ? kNow : position;
}

int64_t Repl::time() const {
    if (!in_past()) return timeline_->recording().now();
    return position_ ? timeline_->recording().time(position_ - 1) : 0;
}

std::string Repl::prompt() const {
    if (in_past()) return cat("(", trace::seconds_text(time()), " s) >>> ");
    if (program_->inside()) return cat("(", timeline_->label(program_->inside()), ") >>> ");
    return ">>> ";
}

std::string_view Repl::input_text(uint32_t number) const {
    for (const Done& done : branch().orders)
        if (done.order.kind == Kind::Input && done.order.number == number) return done.order.text;
    return {};
}

void Repl::move(ReplOrder order) {
    if (in_past()) return move_in_past(order);
    take_up_again();
    submit(std::move(order));
}

// Time that has been recorded passes by looking further.
void Repl::move_in_past(const ReplOrder& order) {
    const EventIndex from = position();
    EventIndex at = from ? from - 1 : 0;
    const auto step = [&](trace::StepSize size) {
        for (uint32_t i = 0; i < order.count; ++i) {
            const EventIndex next = timeline_->next(size, at);
            at = next == at ? timeline_->size() : next;
        }
    };
    switch (order.kind) {
        case Kind::Statement:
            step(trace::StepSize::Statement);
            break;
        case Kind::Switch:
            step(trace::StepSize::Switch);
            break;
        case Kind::Iteration:
            step(trace::StepSize::Iteration);
            break;
        case Kind::Jump:
            step(trace::StepSize::ClockJump);
            break;
        case Kind::Sleep:
            at = timeline_->recording().first_at(time() + order.ns);
            break;
        default:
            at = timeline_->size();
            break;
    }
    go_to(at + 1);
    if (in_past())
        say(ReplText::Kind::Answer, tell_event(*timeline_, at));
    else
        note("Here is the present again.");
}

void Repl::branch_off() {
    const EventIndex here = position();
    const Branch& old = branch();
    std::vector<Done> kept;
    size_t shared = 0;
    for (const Done& done : old.orders) {
        if (done.end <= here) {
            kept.push_back(done);
            ++shared;
            continue;
        }
        if (done.begin >= here) break;
        if (done.order.kind == Kind::Input) {
            note(cat("Input ", done.order.number,
                     " had not ended at that moment: this goes on from before it."));
            break;
        }
        Done part;
        part.order.kind = Kind::Pieces;
        part.order.count = static_cast<uint32_t>(
            std::upper_bound(done.pieces.begin(), done.pieces.end(), here) - done.pieces.begin());
        part.order.ns = timeline_->recording().time(here - 1);
        if (part.order.count) kept.push_back(std::move(part));
        break;
    }
    Branch next;
    next.number = static_cast<uint32_t>(branches_.size() + 1);
    next.parent = old.number;
    next.shared = shared;
    note(cat("This begins branch ", next.number, "."));
    leave_branch();
    branches_.push_back(std::move(next));
    current_ = branches_.size() - 1;
    rebuild(std::move(kept));
}

// Keeps the recording of the branch, to be looked at and compared.
void Repl::leave_branch() {
    Branch& old = branch();
    old.size = timeline_->size();
    let_go();
    old.recording = std::move(kept_);
    old.timeline = std::move(timeline_);
}

void Repl::let_go() {
    if (!session_) return;
    session_->stop();
    kept_ = session_->take_recording();
    session_.reset();
}

void Repl::take_up_again() {
    if (session_ || ended_) return;
    std::vector<Done> orders = std::move(branch().orders);
    rebuild(std::move(orders));
}

// --- time as it is -------------------------------------------------------------------------------

int64_t Repl::next_timer() const {
    return idle() && !ended_ && session_ && loaded_ ? program_->next_timer() : -1;
}

void Repl::live_to(int64_t ns) {
    if (!idle() || ended_ || !session_ || in_past() || program_->inside() || ns <= time()) return;
    ReplOrder order;
    order.kind = Kind::Until;
    order.number = 1;
    order.ns = ns;
    submit(std::move(order));
}

void Repl::tell_move(const Done& done) {
    if (done.how == ReplEnd::InStep)
        return note(cat(timeline_->label(done.inside),
                        " stands in the middle of its step: no await can run there. :switch ends "
                        "the step."));
    if (done.order.kind == Kind::Input) {
        if (done.how != ReplEnd::Stuck) return;
        return note(
            cat("Nothing can end this await now: no handle is ready and no timer is set. "
                "It waits in the background as input ",
                done.order.number, "."));
    }
    if (is_live(done.order) || done.order.kind == Kind::Quit) return;
    const bool nothing = done.how == ReplEnd::Stuck || done.order.kind == Kind::Idle;
    if (nothing && done.begin == done.end && done.how != ReplEnd::Interrupted)
        return note("Nothing can move: no handle is ready and no timer is set.");
    say(ReplText::Kind::Answer, done.inside ? cat(timeline_->label(done.inside),
                                                  " is about to run ", program_->inside_where())
                                            : tell_events(*timeline_, done.begin, done.end));
    if (done.how == ReplEnd::Interrupted) note("Interrupted: time stands still again.");
}

}  // namespace loopglass::session
