// Repl: a prompt where the loop can be asked questions. Inputs run at once, but time is the user's:
// background tasks move only when an await or a command lets it pass. Everything shown is a
// function of (recording, position); typing in the past makes a branch, rebuilt by carrying out the
// same orders again. The terminal, a pipe and the window's panel drive the same object.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/session/repl_program.hpp"
#include "runtime/session/session.hpp"
#include "runtime/trace/timeline.hpp"

namespace loopglass::session {

// A piece of what a prompt shows.
struct ReplText {
    enum class Kind : uint8_t {
        Output,  // stdout of the script, and echoes
        Error,   // stderr: tracebacks, warnings
        Answer,  // what a command says
        Note,    // what the prompt itself has to say
    };
    Kind kind = Kind::Output;
    std::string text;  // with its newlines
    std::string task;  // the background task that printed it; empty: the input itself
    int64_t time = 0;  // loop time, ns
};

class Repl {
public:
    // `request`: the world, and in source and filename the scenario to load first (both may be
    // empty). As with sessions only one may be alive.
    [[nodiscard]] static base::Result<std::unique_ptr<Repl>> create(RunRequest request);
    ~Repl();
    Repl(const Repl&) = delete;
    Repl& operator=(const Repl&) = delete;

    // One complete input, or a command that begins with a colon. Requires idle().
    void enter(std::string_view text);
    // Goes on for at most `slices` portions of work (a few milliseconds each). True: it stands at
    // the prompt, or has ended.
    bool advance(unsigned slices = 1);
    void run_to_prompt() {
        while (!advance(1u << 30)) {
        }
    }
    // Ctrl-C.
    void interrupt();
    [[nodiscard]] bool idle() const { return !busy_ && queue_.empty(); }
    [[nodiscard]] bool ended() const { return ended_; }
    // What the process should exit with: as `run` does.
    [[nodiscard]] int status() const { return status_; }
    // What there is to show since the last call, in order.
    [[nodiscard]] std::vector<ReplText> take_shown();
    // Gives the process's one machine away, so that another session can be made. What is known is
    // kept; the next input carries out everything again first. Requires idle().
    void let_go();
    // Ends the program as the end of the input does.
    void end_of_input();

    // --- where it stands
    [[nodiscard]] const trace::Timeline& timeline() const { return *timeline_; }
    // How many events of the recording are in the past.
    [[nodiscard]] trace::EventIndex position() const;
    [[nodiscard]] bool in_past() const { return position_ != kNow; }
    void go_to(trace::EventIndex position);
    [[nodiscard]] int64_t time() const;  // loop time at the position, ns
    [[nodiscard]] std::string prompt() const;
    // Changes when another branch was entered: timeline() is another object then.
    [[nodiscard]] uint32_t generation() const { return generation_; }
    // The text of an input, by its number; of the current branch.
    [[nodiscard]] std::string_view input_text(uint32_t number) const;
    [[nodiscard]] const std::string& source() const { return request_.source; }

    // --- the clock follows real time
    [[nodiscard]] bool live() const { return live_; }
    // Lets loop time pass up to `ns`; nothing happens in the past or while busy.
    void live_to(int64_t ns);
    // Loop time of the next timer; -1: none.
    [[nodiscard]] int64_t next_timer() const;

    // --- editing
    // What could stand in place of text[result.begin, cursor): names, attributes, commands,
    // arguments of commands, in order.
    struct Completions {
        size_t begin = 0;
        std::vector<std::string> words;
    };
    [[nodiscard]] Completions complete(std::string_view text, size_t cursor) const;
    // Does `text` begin with a command?
    [[nodiscard]] static bool is_command(std::string_view text);

private:
    friend class ReplCommands;  // repl_commands.cpp: one function per command
    static constexpr trace::EventIndex kNow = UINT32_MAX;

    // An order that was carried out, and how, so that it can be carried out again.
    struct Done {
        ReplOrder order;
        std::vector<uint32_t> interrupted;  // slices after which Ctrl-C came
        std::vector<trace::EventIndex> pieces;
        trace::EventIndex begin = 0, end = 0;  // sizes of the recording
        int64_t from = 0, to = 0;              // loop time, ns
        ReplEnd how = ReplEnd::Done;
        bool echoed = false;
        trace::TaskId inside = 0;  // the task it left between two statements
    };
    struct Branch {
        uint32_t number = 1;
        uint32_t parent = 0;  // 0: none
        size_t shared = 0;    // orders in common with the parent
        std::vector<Done> orders;
        trace::EventIndex size = 0;  // of the recording when it was left
        // Of a branch that is not the current one.
        std::unique_ptr<trace::Recording> recording;
        std::unique_ptr<trace::Timeline> timeline;
    };

    explicit Repl(RunRequest request);
    [[nodiscard]] base::Result<bool> start();
    void submit(ReplOrder order, std::vector<uint32_t> interrupted = {});
    void finish_order();
    void session_ended();
    void say(ReplText::Kind kind, std::string text);
    void note(std::string text) { say(ReplText::Kind::Note, std::move(text)); }
    void tell_move(const Done& done);
    void take_output(trace::Stream stream, std::string_view text, double time);
    // Makes the past at the position the present: a new branch. Later orders wait for it.
    void branch_off();
    void leave_branch();
    void take_up_again();
    void rebuild(std::vector<Done> orders);
    [[nodiscard]] Branch& branch() { return branches_[current_]; }
    [[nodiscard]] const Branch& branch() const { return branches_[current_]; }
    void move(ReplOrder order);
    void move_in_past(const ReplOrder& order);

    RunRequest request_;
    std::unique_ptr<ReplProgram> program_;
    std::unique_ptr<Session> session_;        // none: let go
    std::unique_ptr<trace::Recording> kept_;  // of the session that was let go
    std::unique_ptr<trace::Timeline> timeline_;
    std::vector<Branch> branches_;
    size_t current_ = 0;
    std::deque<Done> queue_;  // orders to be carried out, those of the past first
    size_t replaying_ = 0;    // how many of them are the past again
    Done running_;
    std::vector<uint32_t> interrupts_due_;
    bool busy_ = false, ended_ = false, live_ = false, loaded_ = false;
    bool interrupt_wanted_ = false;
    uint32_t slices_ = 0;  // of the order that runs
    uint32_t inputs_ = 0;  // numbers given
    uint32_t generation_ = 0;
    trace::EventIndex position_ = kNow;
    int status_ = 0;
    std::vector<ReplText> shown_;
};

}  // namespace loopglass::session
