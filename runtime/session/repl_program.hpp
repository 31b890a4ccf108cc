// ReplProgram: what the main thread of a prompt does. It loads a scenario, then takes one order at
// a time from the host — an input to run, or a piece of time to let pass — and gives the machine
// back in between. Everything here happens inside the machine, except where it says "host".
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/session/program.hpp"
#include "runtime/trace/event.hpp"
#include "runtime/value/value.hpp"

namespace loopglass::loop {
class ByHand;
}

namespace loopglass::session {

// What the host may ask for.
struct ReplOrder {
    enum class Kind : uint8_t {
        Input,      // runs `text`; an await in it runs the loop until it is done
        Statement,  // to the next statement of a task, `count` times
        Switch,     // one handle of the ready queue, `count` times
        Iteration,  // to the end of an iteration, `count` times
        Jump,       // until the clock has moved and due timers are in line, `count` times
        Sleep,      // as `await asyncio.sleep(ns)`, without a task
        Until,      // everything due up to loop time `ns`, then the clock stands there
        Idle,       // until nothing is left to do
        Pieces,     // `count` pieces of the loop (part of one of the above), then the clock to `ns`
        Quit,       // the end of the program
    };
    Kind kind = Kind::Input;
    std::string text;
    uint32_t number = 0;  // of the input
    uint32_t count = 1;
    int64_t ns = 0;

    friend bool operator==(const ReplOrder&, const ReplOrder&) = default;
};

// How an order ended.
enum class ReplEnd : uint8_t {
    Done,
    Failed,       // an exception was shown
    Unparsable,   // a SyntaxError was shown
    Stuck,        // nothing can move any more: an awaiting input stays behind as a task
    Interrupted,  // by Ctrl-C
    InStep,       // a task stands between two statements: no await can run
};

class ReplProgram {
public:
    // The scenario to load first; may be empty.
    ReplProgram(std::string source, std::string filename);
    ~ReplProgram();
    ReplProgram(const ReplProgram&) = delete;
    ReplProgram& operator=(const ReplProgram&) = delete;

    // What Session's machine runs on its main thread.
    void run(Program& program);

    // --- host ------------------------------------------------------------------------------------
    // Stands at the prompt: give() may be called.
    [[nodiscard]] bool waiting() const { return waiting_; }
    void give(ReplOrder order);
    // Ctrl-C for what runs now.
    void interrupt() { interrupts_ = interrupts_ < 2 ? interrupts_ + 1 : interrupts_; }
    [[nodiscard]] ReplEnd end() const { return end_; }
    // The task that stands between two of its statements; 0: none does.
    [[nodiscard]] trace::TaskId inside() const { return inside_; }
    // … the statement it is about to run: "<python-input-2>:3: await asyncio.sleep(1)".
    [[nodiscard]] const std::string& inside_where() const { return inside_where_; }
    // The task of the input that runs; 0: none.
    [[nodiscard]] trace::TaskId input_task() const { return input_task_; }
    [[nodiscard]] bool quitting() const { return quit_; }
    // Of the order given last: the size of the recording after each piece of the loop.
    [[nodiscard]] const std::vector<trace::EventIndex>& pieces() const { return pieces_; }
    // Loop time of the next timer in ns; -1: none is set. Only while waiting().
    [[nodiscard]] int64_t next_timer() const;

private:
    struct Hooks;  // what the evaluator calls; finds the one program of the process
    friend struct Hooks;

    [[nodiscard]] bool start_loop();
    [[nodiscard]] bool take_order();
    void serve();
    void serve_in_step();
    void execute();
    void run_input();
    [[nodiscard]] bool run_piece(std::string_view text, std::string_view filename, bool last,
                                 bool group);
    [[nodiscard]] value::Value await_in_loop(const value::Value& coroutine);
    void show_raised();
    void pump();
    void turn();
    [[nodiscard]] bool reached(bool handled, bool polled, int64_t before);
    void interrupted_between_handles();
    void handle_failed();
    void sleep(int64_t ns);
    void run_until(int64_t ns);
    void at_statement(std::string_view filename, uint32_t line);
    [[nodiscard]] bool continued();

    std::string source_, filename_;
    Program* program_ = nullptr;
    std::unique_ptr<loop::ByHand> hand_;
    value::Value loop_;
    value::Value context_;     // of every input
    value::Value input_;       // the Task of the input that awaits, or empty
    value::Value sleep_over_;  // the future of an order Sleep
    ReplOrder order_;
    std::vector<trace::EventIndex> pieces_;
    uint32_t left_ = 0;  // of order_.count
    ReplEnd end_ = ReplEnd::Done;
    bool waiting_ = false, given_ = false, quit_ = false;
    bool evaluating_ = false;       // code of the prompt itself runs, no loop
    bool pumping_ = false;          // the loop moves
    bool input_cancelled_ = false;  // by Ctrl-C
    int interrupts_ = 0;
    trace::TaskId inside_ = 0, input_task_ = 0;
    std::string inside_where_;
};

}  // namespace loopglass::session
