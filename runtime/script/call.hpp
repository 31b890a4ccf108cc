// Calls of script functions: frames, argument binding, the fast ways in.
#pragma once

#include "runtime/script/nodes.hpp"

namespace loopglass::script::eval {

// The ways to enter a body, for FunctionCode::enter. All consume `slots`.
Word enter_plain(Function* function, Value* slots);
Word enter_generator(Function* function, Value* slots);  // generator.cpp
Word enter_coroutine(Function* function, Value* slots);
Word enter_async_generator(Function* function, Value* slots);  // async_generator.cpp

// Runs the body of `frame`, whose slots are filled, on the current stack: cells, depth, the frame
// chain, and the end of the locals. Answers the result or 0.
Word run_frame(ScriptFrame& frame);
// Turns the parameters that inner scopes capture into cells.
void make_cells(ScriptFrame& frame);
// The end of a frame's locals: they go to the frame object if somebody holds it, else they die in
// order.
void end_frame(ScriptFrame& frame);

// Binds any arguments to the function's parameters, as CPython words the errors. `slots` are empty
// and stay partly filled on failure.
[[nodiscard]] bool bind_arguments(Function* function, const Args& args, Value* slots);
// Calls with positional arguments; `arguments` are borrowed.
[[nodiscard]] Value call_function(Function* function, const Value* arguments, size_t count);
[[nodiscard]] Value call_function(Function* function, const Args& args);
// Fills the defaults for a plain signature called with `given` arguments; false: does not fit.
[[nodiscard]] inline bool fits_plainly(const Function* function, const FunctionCode* code,
                                       size_t given) {
    if (!code->plain_signature) return false;
    if (given == code->argument_count) return true;
    const size_t defaults = function->defaults ? function->defaults->size : 0;
    return given < code->argument_count && given + defaults >= code->argument_count;
}
inline void fill_defaults(const Function* function, const FunctionCode* code, size_t given,
                          Value* slots) {
    if (given == code->argument_count) return;
    const size_t first = code->argument_count - function->defaults->size;
    for (size_t i = given; i < code->argument_count; ++i)
        slots[i] = (*function->defaults)[i - first];
}

// a op= b, where `a` may be changed in place because nobody else holds it.
[[nodiscard]] Value inplace_value(BinaryOp op, Value a, const Value& b);

// "f()" or "module.f()", as error messages name a callee.
[[nodiscard]] std::string function_text(const Value& callee);

// A block of empty Values on the C++ stack, to be filled and consumed.
#define LOOPGLASS_SLOTS(count) \
    static_cast<Value*>(       \
        __builtin_memset(__builtin_alloca((count) * sizeof(Value)), 0, (count) * sizeof(Value)))

inline void drop_slots(Value* slots, size_t count) {
    for (size_t i = 0; i < count; ++i) slots[i] = Value();
}

}  // namespace loopglass::script::eval
