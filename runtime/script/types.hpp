// The types of the script floor, made once a process.
#pragma once

namespace loopglass::script::eval {

// Values, the loop's objects, then functions, code, frames and generators.
void initialise_script_types();

}  // namespace loopglass::script::eval
