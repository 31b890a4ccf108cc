// Generators without a fiber. Where a body yields only in statements of their own, outside try,
// with and match, its place is a number: the body is compiled to a list of steps, and the generator
// runs from one yield to the next on the stack of whoever asks. Other bodies keep their place on a
// fiber.
#pragma once

#include "runtime/loop/coroutine.hpp"
#include "runtime/script/nodes.hpp"

namespace loopglass::script::eval {

struct FlatStep {
    enum class Op : uint8_t {
        Run,       // a statement that does not yield
        Test,      // goes to `jump` if `node` is false
        Jump,      // goes to `jump`
        Iterate,   // slot = iter(node)
        Next,      // target = next(slot), or goes to `jump`
        Back,      // a loop's back edge, to `jump`
        Drop,      // clears the slot
        Yield,     // yields `node`, or None; what is sent goes to `target`, if there is one
        Source,    // slot = the iterator of `yield from node`
        Delegate,  // yields what the slot's iterator yields; its result goes to `target`
        End,
    };
    Op op;
    uint32_t slot = 0;
    uint32_t jump = 0;           // Run: where `break` goes
    uint32_t again = 0;          // Run: where `continue` goes
    const Span* line = nullptr;  // of the statement that begins here
    const Statement* statement = nullptr;
    const Node* node = nullptr;
    const Node* where = nullptr;  // Yield, Delegate: for the traceback
    const Target* target = nullptr;
};

struct FlatBody : Piece {
    std::vector<FlatStep> steps;
    std::vector<uint32_t> iterators;  // the slots that hold them, outer loops first
    const Span* begin = nullptr;      // where the frame is before its first line; may be null
};

// Resumable::walk of such generators.
value::SendResult walk_flat_body(loop::Resumable* self, const Value& sent, Value& out);

}  // namespace loopglass::script::eval
