// Frame objects and locals().
#include <cstdio>

#include "runtime/base/text.hpp"
#include "runtime/loop/cycles.hpp"
#include "runtime/script/frame.hpp"
#include "runtime/script/nodes.hpp"
#include "runtime/value/identity.hpp"
#include "runtime/value/native.hpp"

namespace loopglass::script::eval {

using base::cat;

Type* FrameObject::type = nullptr;

bool is_script_frame(const Frame* frame) {
    return frame->code && static_cast<const Object*>(frame->code)->type == FunctionCode::type;
}

FrameObject* frame_object(Frame* frame) {
    if (!frame->object) {
        Ref<FrameObject> made = value::make<FrameObject>();
        made->live = frame;
        made->script = is_script_frame(frame);
        if (frame->code) made->code = Value::share(frame->code);
        frame->object = Value(std::move(made));
    }
    return value::cast<FrameObject>(frame->object);
}

Value detached_frame_object(value::Code* code, const Span& at) {
    Ref<FrameObject> made = value::make<FrameObject>();
    made->code = Value::share(code);
    made->at = at;
    return made;
}

void detach_frame_object(ScriptFrame& frame) {
    Value keep = std::move(frame.object);
    auto* object = value::cast<FrameObject>(keep);
    object->live = nullptr;
    if (object->refs == 1) return;  // only the frame knew it
    const FunctionCode* code = frame.script_code();
    if (frame.at) object->at = *frame.at;
    object->globals = Ref<Dict>::share(frame.globals);
    object->names = frame.names;
    object->slots.reserve(code->frame_size);
    for (uint32_t i = 0; i < code->frame_size; ++i)
        object->slots.push_back(std::move(frame.slots[i]));
    if (frame.function && frame.function->closure) object->closure = frame.function->closure;
    if (frame.back) object->back = Value::share(frame_object(frame.back));
    if (Value run = loop::run_frame()) object->slots.push_back(std::move(run));  // unseen
}

namespace {

const Value* look_through(const Value& slot) {
    if (!slot) return nullptr;
    const Value& content = value::cast<value::Cell>(slot)->content;
    return content ? &content : nullptr;
}

// Calls visit(name, value or null) for every variable a script may see.
template <typename Visit>
void each_variable(const FunctionCode* code, const Value* slots, const Value* closure,
                   Visit&& visit) {
    for (uint32_t i = 0; i < code->local_names.size(); ++i) {
        if (code->hidden[i]) continue;
        bool captured = false;
        for (const CellStart& cell : code->cells)
            captured = captured || cell.parameter == static_cast<int32_t>(i);
        if (!captured) visit(code->local_names[i], slots[i] ? &slots[i] : nullptr);
    }
    for (uint32_t i = 0; i < code->cell_names.size(); ++i)
        visit(code->cell_names[i], look_through(slots[code->locals + i]));
    for (uint32_t i = 0; closure && i < code->free_names.size(); ++i)
        visit(code->free_names[i], look_through(closure[i]));
}

Value snapshot(const FunctionCode* code, const Value* slots, const Value* closure) {
    Ref<Dict> dict = value::make_dict();
    each_variable(code, slots, closure, [&](Str* name, const Value* value) {
        if (value) value::dict_set(dict.get(), name, *value);
    });
    return dict;
}

}  // namespace

Value frame_locals(Frame* frame) {
    if (!is_script_frame(frame)) return value::make_dict();
    auto* script = static_cast<ScriptFrame*>(frame);
    if (script->names) return script->names;
    const FunctionCode* code = script->script_code();
    if (code->is_module) return Value::share(frame->globals);
    return snapshot(code, frame->slots, script->closure);
}

const Value* frame_variable(const ScriptFrame& frame, uint32_t index) {
    const FunctionCode* code = frame.script_code();
    const Value& slot = frame.slots[index];
    if (index < code->locals) return slot ? &slot : nullptr;
    return look_through(slot);
}

namespace {

FrameObject* object_of(const Value& self) {
    return value::cast<FrameObject>(self);
}
Value or_none(const Value& value) {
    return value ? value : value::none();
}
Value get_back(const Value* a) {
    FrameObject* self = object_of(a[0]);
    if (!self->live) return or_none(self->back);
    Frame* back = self->live->back;
    return back ? Value::share(frame_object(back)) : value::none();
}
Value get_code(const Value* a) {
    return or_none(object_of(a[0])->code);
}
uint32_t current_line(const FrameObject* self) {
    if (self->live && self->live->at) return self->live->at->line;
    if (!self->live && self->at.line) return self->at.line;
    return self->code ? value::cast<value::Code>(self->code)->first_line : 0;
}
Value get_line(const Value* a) {
    return Value::small(current_line(object_of(a[0])));
}
Value get_locals(const Value* a) {
    FrameObject* self = object_of(a[0]);
    if (self->live) return frame_locals(self->live);
    if (self->names) return self->names;
    if (!self->code || !value::is<FunctionCode>(self->code)) return value::make_dict();
    const auto* code = value::cast<FunctionCode>(self->code);
    if (code->is_module && self->globals) return self->globals;
    if (self->slots.empty()) return value::make_dict();
    return snapshot(code, self->slots.data(),
                    self->closure ? value::cast<Tuple>(self->closure)->items() : nullptr);
}
Value get_globals(const Value* a) {
    FrameObject* self = object_of(a[0]);
    if (self->live && self->live->globals) return Value::share(self->live->globals);
    return self->globals ? Value(self->globals) : Value(value::make_dict());
}
Value get_builtins(const Value* a) {
    FrameObject* self = object_of(a[0]);
    if (self->live && self->script)
        return Value::share(static_cast<ScriptFrame*>(self->live)->builtins);
    return value::make_dict();
}
Value get_last_instruction(const Value* a) {
    const FrameObject* self = object_of(a[0]);
    return Value::small(self->live && !self->live->at ? -1 : 2 * current_line(self));
}
Value get_trace(const Value*) {
    return value::none();
}
Value set_trace(const Value*) {
    return value::none();
}
Value clear(const Value* a) {
    FrameObject* self = object_of(a[0]);
    if (self->live)
        return value::raise(value::errors::RuntimeError, "cannot clear an executing frame");
    std::vector<Value> slots = std::move(self->slots);
    self->slots.clear();
    return value::none();
}
Value repr(const Value& self) {
    const FrameObject* frame = object_of(self);
    const std::string address = value::address_text(self);
    if (!frame->code) return value::make_str(cat("<frame at ", address, ">"));
    const auto* code = value::cast<value::Code>(frame->code);
    return value::make_str(cat("<frame at ", address, ", file '", code->filename->view(),
                               "', line ", current_line(frame), ", code ", code->name->view(),
                               ">"));
}

constexpr auto Getter = value::MethodKind::Getter, Setter = value::MethodKind::Setter;
constexpr value::NativeMethod kMethods[] = {
    {"f_back", get_back, "(self)", Getter},
    {"f_code", get_code, "(self)", Getter},
    {"f_lineno", get_line, "(self)", Getter},
    {"f_locals", get_locals, "(self)", Getter},
    {"f_globals", get_globals, "(self)", Getter},
    {"f_builtins", get_builtins, "(self)", Getter},
    {"f_lasti", get_last_instruction, "(self)", Getter},
    {"f_trace", get_trace, "(self)", Getter},
    {"f_trace", set_trace, "(self, value)", Setter},
    {"clear", clear},
};

}  // namespace

static Value object_of_frame(Frame* frame) {
    return is_script_frame(frame) ? Value::share(frame_object(frame)) : value::none();
}

void initialise_frame_type() {
    loop::g_object_of_frame = &object_of_frame;
    value::NativeTypeSpec spec{"frame", sizeof(FrameObject)};
    spec.slots.destroy = &value::destroy_native<FrameObject>;
    spec.slots.repr = &repr;
    spec.methods = kMethods;
    FrameObject::type = value::define_type(spec);
}

}  // namespace loopglass::script::eval
