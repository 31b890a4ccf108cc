// Entering a script function: its frame, its depth, its end.
#include "runtime/script/call.hpp"

#include <new>

#include "runtime/base/text.hpp"
#include "runtime/fiber/fiber.hpp"
#include "runtime/script/arithmetic.hpp"
#include "runtime/script/step.hpp"

namespace loopglass::script::eval {

void make_cells(ScriptFrame& frame) {
    const FunctionCode* code = frame.script_code();
    for (size_t i = 0; i < code->cells.size(); ++i) {
        Ref<value::Cell> cell = value::make<value::Cell>();
        const int32_t parameter = code->cells[i].parameter;
        if (parameter >= 0) cell->content = std::move(frame.slots[parameter]);
        frame.slots[code->locals + i] = Value(std::move(cell));
    }
}

void end_frame(ScriptFrame& frame) {
    if (frame.object) detach_frame_object(frame);
    Value* slots = frame.slots;
    const uint32_t size = frame.script_code()->frame_size;
    for (uint32_t i = 0; i < size; ++i) {
        const uintptr_t bits = slots[i].detach();
        (void)Value::from_bits(bits);
    }
}

[[gnu::noinline, gnu::cold]] static Word refuse_depth(ScriptFrame& frame) {
    value::raise(value::errors::RecursionError, "maximum recursion depth exceeded");
    end_frame(frame);
    return 0;
}

// Everything between entering a body and the end of its locals.
[[gnu::always_inline]] static inline Word run_inline(ScriptFrame& frame, const FunctionCode* code) {
    if (__builtin_expect(g_thread.depth >= g_thread.recursion_limit, 0)) return refuse_depth(frame);
    ++g_thread.depth;
    frame.back = g_thread.frame;
    g_thread.frame = &frame;
    if (code->has_cells) make_cells(frame);
    Word result = 0;
    if (__builtin_expect(burn(), 1)) {
        if (code->expression) {
            step(frame, code->expression_span);
            result = code->expression->eval(frame);
        } else {
            const Status status = code->body->exec(frame);
            if (status == Status::Return)
                result = frame.result.detach();
            else if (status != Status::Raised)
                result = value::none().detach();
        }
    }
    --g_thread.depth;
    g_thread.frame = frame.back;
    if (__builtin_expect(static_cast<bool>(frame.object), 0)) detach_frame_object(frame);
    Value* slots = frame.slots;
    for (uint32_t i = 0, size = code->frame_size; i < size; ++i)
        (void)Value::from_bits(slots[i].detach());
    return result;
}

Word run_frame(ScriptFrame& frame) {
    return run_inline(frame, frame.script_code());
}

[[gnu::noinline]] static Word enter_on_segment(Function* function, Value* slots) {
    return fiber::with_room([&] { return enter_plain(function, slots); });
}

Word enter_plain(Function* function, Value* slots) {
    if (__builtin_expect(!fiber::has_room(), 0)) return enter_on_segment(function, slots);
    ScriptFrame frame;
    frame.code = function->code;
    frame.slots = slots;
    frame.globals = function->globals.get();
    frame.builtins = function->builtins;
    frame.function = function;
    if (function->closure) frame.closure = function->closure->items();
    return run_inline(frame, function->code);
}

Value call_function(Function* function, const Value* arguments, size_t count) {
    FunctionCode* code = function->code;
    if (!fits_plainly(function, code, count))
        return call_function(function, Args{arguments, count, nullptr});
    const Ref<Function> keep = Ref<Function>::share(function);
    Value* slots = LOOPGLASS_SLOTS(code->frame_size);
    for (size_t i = 0; i < count; ++i) slots[i] = arguments[i];
    fill_defaults(function, code, count, slots);
    return Value::from_bits(code->enter(function, slots));
}

Value call_function(Function* function, const Args& args) {
    if (!args.names && fits_plainly(function, function->code, args.count))
        return call_function(function, args.items, args.count);
    const Ref<Function> keep = Ref<Function>::share(function);
    FunctionCode* code = function->code;
    Value* slots = LOOPGLASS_SLOTS(code->frame_size);
    if (!bind_arguments(function, args, slots)) {
        drop_slots(slots, code->frame_size);
        return Value();
    }
    return Value::from_bits(code->enter(function, slots));
}

Value inplace_value(BinaryOp op, Value a, const Value& b) {
    if (both_small(a, b)) {
        Word quick = 0;
        if (op == BinaryOp::Add) quick = small_binary<BinaryOp::Add>(a.bits(), b.bits());
        if (op == BinaryOp::Sub) quick = small_binary<BinaryOp::Sub>(a.bits(), b.bits());
        if (quick) return Value::from_bits(quick);
    }
    return value::inplace(op, a, b);
}

std::string function_text(const Value& callee) {
    static const Name kQualname("__qualname__"), kModule("__module__");
    const Value qualname = value::find_attribute(callee, kQualname);
    if (!qualname || !value::is<Str>(qualname)) {
        value::clear_raised();
        const Ref<Str> text = value::str(callee);
        if (!text) return value::clear_raised(), "object";
        return std::string(text->view());
    }
    const Value module = value::find_attribute(callee, kModule);
    if (!module) value::clear_raised();
    std::string text = base::cat(value::cast<Str>(qualname)->view(), "()");
    if (module && value::is<Str>(module) && value::cast<Str>(module)->view() != "builtins")
        text = base::cat(value::cast<Str>(module)->view(), ".", text);
    return text;
}

}  // namespace loopglass::script::eval
