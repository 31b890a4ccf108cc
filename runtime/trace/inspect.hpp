// Everything the inspector tells of one task at one moment, and the circle of a deadlock.
#pragma once

#include <string>
#include <vector>

#include "runtime/trace/timeline.hpp"

namespace loopglass::trace {

// A variable as it was bound last.
struct VariableView {
    TextId name = 0, repr = 0;
    EventIndex bound = kNoEvent;
    bool global = false;
    bool fresh = false;  // by the statement that ran last
};

// A moment of a task's life worth going to.
struct Moment {
    EventIndex event = kNoEvent;
    std::string text;  // "created by main, line 15"
};

struct TaskReport {
    TaskId task = 0;
    TaskState state;
    TaskNumbers numbers;
    std::vector<TextId> chain;  // functions it is in, outermost first; empty below level `line`
    WaitWords waits;            // while it waits
    std::vector<TaskId> waits_for;
    std::vector<TaskId> waited_by;
    std::vector<VariableView> variables;  // of the innermost function, then shared ones it bound
    std::vector<Moment> history;          // created, cancelled, resumed, ended: in order
    int32_t place_in_line = -1;
};
// `model` is the world just after `event`. Looks back over at most some ten thousand events.
[[nodiscard]] TaskReport report_task(const Timeline& timeline, const Model& model, TaskId task,
                                     EventIndex event);

// One link of a circle: `task` waits, for `what`, which `next` holds or is.
struct CycleLink {
    TaskId task = 0, next = 0;
    std::string what;
};
// Tasks that wait for each other in a circle; empty if there are none.
[[nodiscard]] std::vector<CycleLink> deadlock_cycle(const Timeline& timeline, const Model& model);

// "lock 2", or the name the script gave it.
[[nodiscard]] std::string sync_label(const Timeline& timeline, SyncId id);
// Where the run goes on from here until `task` has the turn: each event made the next one happen,
// the last is its TaskResumed. Empty if it never runs again.
[[nodiscard]] std::vector<EventIndex> path_to_turn(const Timeline& timeline, TaskId task,
                                                   EventIndex event);

}  // namespace loopglass::trace
