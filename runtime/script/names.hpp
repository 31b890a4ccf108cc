// The names of the value floor that the evaluator uses all the time, brought into its namespace
// (the syntax tree has structs of the same names one namespace further out).
#pragma once

#include <cstdint>

#include "runtime/base/source.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/objects.hpp"
#include "runtime/value/protocol.hpp"
#include "runtime/value/thread.hpp"
#include "runtime/value/type.hpp"

namespace loopglass::script::eval {

using base::Span;
using value::Args;
using value::BinaryOp;
using value::CompareOp;
using value::Dict;
using value::Frame;
using value::g_thread;
using value::List;
using value::Module;
using value::Name;
using value::Object;
using value::Ref;
using value::SendResult;
using value::Set;
using value::Slice;
using value::Str;
using value::Tuple;
using value::Type;
using value::UnaryOp;
using value::Value;

// An owned Value in a register. C++ returns a class with a destructor through memory; the evaluator
// returns millions of them.
using Word = uintptr_t;

}  // namespace loopglass::script::eval
