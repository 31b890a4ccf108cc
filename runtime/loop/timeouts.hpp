// asyncio.timeouts (3.13): a deadline around a block of code.
#pragma once

#include "runtime/loop/task.hpp"

namespace loopglass::loop {

struct Timeout : value::Object {
    static value::Type* type;
    enum class State : uint8_t { Created, Entered, Expiring, Expired, Exited };
    State state = State::Created;
    trace::GroupType purpose = trace::GroupType::Timeout;
    value::Value when;           // None or a number: loop time
    value::Ref<Handle> handler;  // call_soon's or call_at's
    value::Value task;
    int64_t cancelling = 0;
    trace::GroupId group = 0;
    explicit Timeout(value::Type* its_type) : Object(its_type) {}
};

// asyncio.timeout(delay); null and pending on error.
[[nodiscard]] value::Ref<Timeout> make_timeout(const value::Value& delay, trace::GroupType purpose);
[[nodiscard]] bool enter_timeout(Timeout* timeout);
// The end of the block: `result` is what it gave, or empty with its exception pending. Answers the
// same, or empty with TimeoutError pending.
[[nodiscard]] value::Value exit_timeout(Timeout* timeout, value::Value result);

}  // namespace loopglass::loop
