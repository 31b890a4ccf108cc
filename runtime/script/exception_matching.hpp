// What `except` and `except*` share: which exceptions a handler takes.
#pragma once

#include "runtime/script/factory.hpp"

namespace loopglass::script::eval {

[[nodiscard]] bool is_exception_class(const Value& value);
// Does `except type` take it? 1, 0, or -1 with a TypeError pending.
[[nodiscard]] int exception_matches(const Value& exception, const Value& type);
void refuse_handler_type();  // raises
// The end of `except … as name`; keeps the pending exception, if there is one.
void unbind_handler_name(ScriptFrame& frame, const Target* name);

}  // namespace loopglass::script::eval
