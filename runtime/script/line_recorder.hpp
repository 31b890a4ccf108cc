// What the evaluator tells the machine while it runs: at every statement (line level recordings),
// and when its fuel is spent.
#pragma once

namespace loopglass::script {

// For the session that starts now. With `lines`, every statement of the script's own file is
// recorded, and every variable that changed since the one before.
void install_recorder(bool lines);

}  // namespace loopglass::script
