// What the evaluator tells the recording at level "line", and how a run that has spent its fuel
// gives the machine back.
#pragma once

namespace loopglass::script::eval {

// Sets the evaluator's hooks for the machine and recording of this session; at level "switch" no
// statement is slowed down.
void install_hooks();
void remove_hooks();

}  // namespace loopglass::script::eval
