// BaseExceptionGroup and ExceptionGroup (PEP 654).
#pragma once

#include <span>

#include "runtime/value/errors.hpp"

namespace loopglass::value {

Type* define_base_exception_group(Type* base);
Type* define_exception_group();
void initialise_traceback_type();

// A group of the same message, cause, context, notes and traceback as `group` around `exceptions`
// (its derive method is asked). Empty and pending on error.
[[nodiscard]] Value derive_group(const Value& group, std::span<const Value> exceptions);

// Splits by a class or tuple of classes (or a callable, from scripts): what matches and the rest,
// either may be None. A plain exception that matches is answered as it is. False: pending.
[[nodiscard]] bool split_exception(const Value& exception, const Value& condition, Value& matching,
                                   Value& rest);

}  // namespace loopglass::value
