// What every statement does before its work: says where the frame is, and tells the recorder.
#pragma once

#include "runtime/script/frame.hpp"

namespace loopglass::script::eval {

[[gnu::always_inline]] inline void step(ScriptFrame& frame, const Span& span) {
    frame.at = &span;
    if (__builtin_expect(g_statement_hook != nullptr, 0)) g_statement_hook(frame, span);
}

}  // namespace loopglass::script::eval
