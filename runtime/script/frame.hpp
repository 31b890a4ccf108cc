// The frame of a running script body and the frame objects scripts see of it.
#pragma once

#include <vector>

#include "runtime/script/code.hpp"

namespace loopglass::script::eval {

// One activation. Its slots are the locals, then the cells.
struct ScriptFrame : Frame {
    const Value* closure = nullptr;  // free cells; borrowed from the function
    Function* function = nullptr;    // borrowed; null in modules and class bodies
    Dict* builtins = nullptr;
    Value names;   // class bodies, and modules run with a namespace of their own: the namespace
    Value result;  // of `return`
    uint32_t recorded = 0;  // its number in the recording of lines; 0: not seen there yet

    [[nodiscard]] FunctionCode* script_code() const { return static_cast<FunctionCode*>(code); }
};

// What scripts see of a frame (sys._getframe, tb_frame, gi_frame). While the frame lives the object
// only points to it; when it ends, and somebody still holds the object, the locals move in, so that
// they live as long as CPython's do.
struct FrameObject : Object {
    static Type* type;
    Frame* live = nullptr;
    Value code;
    Ref<Dict> globals;
    Value names;
    std::vector<Value> slots;
    Value back;
    Value closure;  // Tuple of free cells, or empty
    Span at = {};
    bool script = false;  // of a ScriptFrame
    explicit FrameObject(Type* its_type) : Object(its_type) {}
};

// The object of a frame, made if need be; borrowed from the frame.
FrameObject* frame_object(Frame* frame);
// A frame object for a traceback entry of which only the code is known.
[[nodiscard]] Value detached_frame_object(value::Code* code, const Span& at);
// The frame ends: gives the locals to its object if somebody else holds it.
void detach_frame_object(ScriptFrame& frame);
// The locals as a dict: what locals() answers. For function frames a new one each time.
[[nodiscard]] Value frame_locals(Frame* frame);
// Is this frame one of a script's bodies?
[[nodiscard]] bool is_script_frame(const Frame* frame);
void initialise_frame_type();

// The value and the name of the `index`th variable of a script frame, cells looked through; for the
// recording of variables. Empty if unset.
[[nodiscard]] const Value* frame_variable(const ScriptFrame& frame, uint32_t index);

// ---- what happens at statements
// ----------------------------------------------------------------------------

// Called at every statement while g_statement_hook is set: line events, variable changes,
// breakpoints. Set by whoever records lines.
extern void (*g_statement_hook)(ScriptFrame& frame, const Span& span);
// Called when g_thread.fuel has run out, at a loop's back edge or a call: gives the machine to the
// host and refills. False with an exception pending if the run must end.
extern bool (*g_out_of_fuel)();

[[gnu::noinline, gnu::cold]] bool out_of_fuel();
// A back edge or a call.
[[nodiscard]] inline bool burn() {
    return __builtin_expect(--g_thread.fuel >= 0, 1) || out_of_fuel();
}

}  // namespace loopglass::script::eval
