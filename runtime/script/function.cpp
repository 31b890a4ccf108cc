// Function objects and code objects as scripts see them.
#include <cstdio>

#include "runtime/base/text.hpp"
#include "runtime/script/call.hpp"
#include "runtime/script/interpreter_parts.hpp"
#include "runtime/value/identity.hpp"
#include "runtime/value/native.hpp"

namespace loopglass::script::eval {

using base::cat;
using value::errors::TypeError;

Type* Function::type = nullptr;
Type* FunctionCode::type = nullptr;

Unit::~Unit() {
    for (const Ref<FunctionCode>& code : codes) {
        code->unit = nullptr;
        code->body = nullptr;
        code->flat = nullptr;
        code->expression = nullptr;
    }
}

FunctionCode::~FunctionCode() {
    if (owns_unit && unit) Unit::release(unit);
}

Function::~Function() {
    if (unit) Unit::release(unit);
}

void Function::set_code(Ref<FunctionCode> new_code) {
    if (new_code->unit) Unit::retain(new_code->unit);
    if (unit) Unit::release(unit);
    unit = new_code->unit;
    code = new_code.get();
    code_value = std::move(new_code);
}

Ref<Function> make_function(FunctionCode* code, Dict* globals, Dict* builtins) {
    static const Name kName("__name__");
    Ref<Function> function = value::make<Function>();
    function->set_code(Ref<FunctionCode>::share(code));
    function->globals = Ref<Dict>::share(globals);
    function->builtins = builtins;
    function->name = code->name;
    function->qualname = code->qualname;
    const Value* module = value::dict_find(globals, kName);
    function->module = module ? *module : value::none();
    function->doc = code->docstring ? code->docstring : value::none();
    return function;
}

namespace {

Function* function_of(const Value& self) {
    return value::cast<Function>(self);
}
FunctionCode* code_of(const Value& self) {
    return value::cast<FunctionCode>(self);
}
Value or_none(const Value& value) {
    return value ? value : value::none();
}

Value call_slot(const Value& self, const Args& args) {
    return call_function(function_of(self), args);
}
Value descr_get(const Value& self, const Value& object, Type*) {
    if (!object) return self;
    return value::make<value::BoundMethod>(self, object);
}
Value function_repr(const Value& self) {
    return value::make_str(cat("<function ", value::cast<Str>(function_of(self)->qualname)->view(),
                               " at ", value::address_text(self), ">"));
}
Value code_repr(const Value& self) {
    const FunctionCode* code = code_of(self);
    return value::make_str(cat("<code object ", code->name->view(), " at ",
                               value::address_text(self), ", file \"", code->filename->view(),
                               "\", line ", code->first_line, ">"));
}

// ---- the function's attributes
template <Value Function::*Field>
Value get_field(const Value* a) {
    return or_none(function_of(a[0])->*Field);
}
template <Value Function::*Field>
Value set_field(const Value* a) {
    function_of(a[0])->*Field = a[1] ? a[1] : value::none();
    return value::none();
}
template <Value Function::*Field>
Value set_text(const Value* a) {
    if (!a[1] || !value::is<Str>(a[1]))
        return value::raise(TypeError, Field == &Function::name
                                           ? "__name__ must be set to a string object"
                                           : "__qualname__ must be set to a string object");
    function_of(a[0])->*Field = a[1];
    return value::none();
}
Value get_globals(const Value* a) {
    return function_of(a[0])->globals;
}
Value get_closure(const Value* a) {
    return or_none(function_of(a[0])->closure);
}
Value get_code(const Value* a) {
    return function_of(a[0])->code_value;
}
Value set_code(const Value* a) {
    if (!a[1] || !value::is<FunctionCode>(a[1]) || !code_of(a[1])->unit)
        return value::raise(TypeError, "__code__ must be set to a code object");
    const size_t have = function_of(a[0])->closure ? function_of(a[0])->closure->size : 0;
    if (code_of(a[1])->free_names.size() != have)
        return value::raise(value::errors::ValueError,
                            cat(value::cast<Str>(function_of(a[0])->name)->view(),
                                "() requires a code object with ", have, " free vars, not ",
                                code_of(a[1])->free_names.size()));
    function_of(a[0])->set_code(Ref<FunctionCode>::share(code_of(a[1])));
    return value::none();
}
Value get_defaults(const Value* a) {
    return or_none(function_of(a[0])->defaults);
}
Value set_defaults(const Value* a) {
    const bool clear = !a[1] || value::is_none(a[1]);
    if (!clear && !value::is<Tuple>(a[1]))
        return value::raise(TypeError, "__defaults__ must be set to a tuple object");
    function_of(a[0])->defaults =
        clear ? Ref<Tuple>() : Ref<Tuple>::share(value::cast<Tuple>(a[1]));
    return value::none();
}
Value get_keyword_defaults(const Value* a) {
    return or_none(function_of(a[0])->keyword_defaults);
}
Value set_keyword_defaults(const Value* a) {
    const bool clear = !a[1] || value::is_none(a[1]);
    if (!clear && !value::is<Dict>(a[1]))
        return value::raise(TypeError, "__kwdefaults__ must be set to a dict object");
    function_of(a[0])->keyword_defaults =
        clear ? Ref<Dict>() : Ref<Dict>::share(value::cast<Dict>(a[1]));
    return value::none();
}
Value get_annotations(const Value* a) {
    Value& annotations = function_of(a[0])->annotations;
    if (!annotations) annotations = Value(value::make_dict());
    return annotations;
}
Value set_annotations(const Value* a) {
    const bool clear = !a[1] || value::is_none(a[1]);
    if (!clear && !value::is<Dict>(a[1]))
        return value::raise(TypeError, "__annotations__ must be set to a dict object");
    function_of(a[0])->annotations = clear ? Value() : a[1];
    return value::none();
}
Value get_type_params(const Value* a) {
    const Value& params = function_of(a[0])->type_params;
    return params ? params : Value(value::make_tuple(0));
}
Value get_builtins(const Value* a) {
    return Value::share(function_of(a[0])->builtins);
}

Value get_dict(const Value* a) {
    return Value::share(value::instance_dict(a[0].object()));
}
Value set_dict(const Value* a) {
    if (!a[1] || !value::is<Dict>(a[1]))
        return value::raise(TypeError, "__dict__ must be set to a dictionary");
    *value::instance_dict_slot(a[0].object()) = Ref<Dict>::share(value::cast<Dict>(a[1]));
    return value::none();
}

// types.FunctionType(code, globals, name=None, argdefs=None, closure=None)
Value construct(Type*, const Args& args) {
    static const value::Signature* const signature = value::parse_signature(
        "(code, globals, name=None, argdefs=None, closure=None, kwdefaults=None)");
    Value a[6];
    if (!value::bind_arguments(*signature, "function", value::ErrorStyle::C, args, a))
        return Value();
    if (!value::is<FunctionCode>(a[0]) || !code_of(a[0])->unit || !value::is<Dict>(a[1]))
        return value::raise(TypeError, "function() needs a code object and a dict");
    Ref<Function> made = make_function(code_of(a[0]), value::cast<Dict>(a[1]), builtins_dict());
    if (a[2] && !value::is_none(a[2])) made->name = a[2];
    if (a[3] && value::is<Tuple>(a[3]))
        made->defaults = Ref<Tuple>::share(value::cast<Tuple>(a[3]));
    if (a[4] && value::is<Tuple>(a[4])) made->closure = Ref<Tuple>::share(value::cast<Tuple>(a[4]));
    if (a[5] && value::is<Dict>(a[5]))
        made->keyword_defaults = Ref<Dict>::share(value::cast<Dict>(a[5]));
    if ((made->closure ? made->closure->size : 0) != made->code->free_names.size())
        return value::raise(TypeError, "arg 5 (closure) must be tuple");
    return made;
}

// ---- the code's attributes
template <uint32_t FunctionCode::*Field>
Value get_number(const Value* a) {
    return Value::small(code_of(a[0])->*Field);
}
Value get_first_line(const Value* a) {
    return Value::small(code_of(a[0])->first_line);
}
template <Ref<Str> value::Code::*Field>
Value get_text(const Value* a) {
    return code_of(a[0])->*Field;
}
Value names_tuple(const std::vector<Str*>& names) {
    Ref<Tuple> tuple = value::make_tuple(names.size());
    for (size_t i = 0; i < names.size(); ++i) tuple->items()[i] = Value::share(names[i]);
    return tuple;
}
Value get_variable_names(const Value* a) {
    return names_tuple(code_of(a[0])->local_names);
}
Value get_cell_names(const Value* a) {
    return names_tuple(code_of(a[0])->cell_names);
}
Value get_free_names(const Value* a) {
    return names_tuple(code_of(a[0])->free_names);
}
Value get_constants(const Value* a) {
    const FunctionCode* code = code_of(a[0]);
    std::vector<Value> constants{or_none(code->docstring)};
    constants.insert(constants.end(), code->constants.begin(), code->constants.end());
    return value::make_tuple(std::span<const Value>(constants));
}
Value get_names(const Value*) {
    return value::make_tuple(0);
}
Value get_local_count(const Value* a) {
    return Value::small(static_cast<int64_t>(code_of(a[0])->locals));
}
// code.replace(co_flags=…, co_name=…): what types.coroutine and its kin need.
Value code_replace(const Value* a) {
    const FunctionCode* old = code_of(a[0]);
    Ref<FunctionCode> made = value::make<FunctionCode>();
    made->name = old->name, made->qualname = old->qualname, made->filename = old->filename;
    made->library = old->library;
    made->first_line = old->first_line, made->source_line = old->source_line;
    made->unit = old->unit, made->body = old->body, made->expression = old->expression;
    made->flat = old->flat;
    made->source = old->source, made->flags = old->flags;
    made->argument_count = old->argument_count, made->positional_only = old->positional_only;
    made->keyword_only = old->keyword_only, made->parameters = old->parameters;
    made->locals = old->locals, made->frame_size = old->frame_size;
    made->plain_signature = old->plain_signature, made->is_module = old->is_module;
    made->is_class = old->is_class, made->separate_names = old->separate_names;
    made->local_names = old->local_names, made->hidden = old->hidden;
    made->cell_names = old->cell_names, made->free_names = old->free_names;
    made->cells = old->cells, made->captures = old->captures, made->class_cell = old->class_cell;
    made->docstring = old->docstring, made->constants = old->constants, made->enter = old->enter;
    made->has_cells = old->has_cells, made->expression_span = old->expression_span;
    if (a[1]) {
        int64_t flags;
        if (!value::to_index(a[1], flags)) return Value();
        made->flags = static_cast<uint32_t>(flags);
    }
    if (a[2] && value::is<Str>(a[2])) made->name = Ref<Str>::share(value::cast<Str>(a[2]));
    if (a[3] && value::is<Str>(a[3])) made->qualname = Ref<Str>::share(value::cast<Str>(a[3]));
    if (made->unit) made->unit->codes.push_back(made);
    return made;
}

constexpr auto Getter = value::MethodKind::Getter, Setter = value::MethodKind::Setter;
constexpr value::NativeMethod kFunctionMethods[] = {
    {"__name__", get_field<&Function::name>, "(self)", Getter},
    {"__name__", set_text<&Function::name>, "(self, value)", Setter},
    {"__qualname__", get_field<&Function::qualname>, "(self)", Getter},
    {"__qualname__", set_text<&Function::qualname>, "(self, value)", Setter},
    {"__doc__", get_field<&Function::doc>, "(self)", Getter},
    {"__doc__", set_field<&Function::doc>, "(self, value)", Setter},
    {"__module__", get_field<&Function::module>, "(self)", Getter},
    {"__module__", set_field<&Function::module>, "(self, value)", Setter},
    {"__dict__", get_dict, "(self)", Getter},
    {"__dict__", set_dict, "(self, value)", Setter},
    {"__globals__", get_globals, "(self)", Getter},
    {"__builtins__", get_builtins, "(self)", Getter},
    {"__closure__", get_closure, "(self)", Getter},
    {"__code__", get_code, "(self)", Getter},
    {"__code__", set_code, "(self, value)", Setter},
    {"__defaults__", get_defaults, "(self)", Getter},
    {"__defaults__", set_defaults, "(self, value)", Setter},
    {"__kwdefaults__", get_keyword_defaults, "(self)", Getter},
    {"__kwdefaults__", set_keyword_defaults, "(self, value)", Setter},
    {"__annotations__", get_annotations, "(self)", Getter},
    {"__annotations__", set_annotations, "(self, value)", Setter},
    {"__type_params__", get_type_params, "(self)", Getter},
    {"__type_params__", set_field<&Function::type_params>, "(self, value)", Setter},
};
constexpr value::NativeMethod kCodeMethods[] = {
    {"co_name", get_text<&value::Code::name>, "(self)", Getter},
    {"co_qualname", get_text<&value::Code::qualname>, "(self)", Getter},
    {"co_filename", get_text<&value::Code::filename>, "(self)", Getter},
    {"co_firstlineno", get_first_line, "(self)", Getter},
    {"co_flags", get_number<&FunctionCode::flags>, "(self)", Getter},
    {"co_argcount", get_number<&FunctionCode::argument_count>, "(self)", Getter},
    {"co_posonlyargcount", get_number<&FunctionCode::positional_only>, "(self)", Getter},
    {"co_kwonlyargcount", get_number<&FunctionCode::keyword_only>, "(self)", Getter},
    {"co_nlocals", get_local_count, "(self)", Getter},
    {"co_varnames", get_variable_names, "(self)", Getter},
    {"co_cellvars", get_cell_names, "(self)", Getter},
    {"co_freevars", get_free_names, "(self)", Getter},
    {"co_consts", get_constants, "(self)", Getter},
    {"co_names", get_names, "(self)", Getter},
    {"replace", code_replace, "(self, *, co_flags=None, co_name=None, co_qualname=None)"},
};

}  // namespace

void initialise_function_types() {
    value::NativeTypeSpec function{"function", sizeof(Function), value::kMethodDescriptor};
    function.slots.destroy = &value::destroy_native<Function>;
    function.slots.call = &call_slot;
    function.slots.descr_get = &descr_get;
    function.slots.repr = &function_repr;
    function.slots.construct = &construct;
    function.methods = kFunctionMethods;
    function.has_dict = true;
    Function::type = value::define_type(function);

    value::NativeTypeSpec code{"code", sizeof(FunctionCode)};
    code.slots.destroy = &value::destroy_native<FunctionCode>;
    code.slots.repr = &code_repr;
    code.methods = kCodeMethods;
    FunctionCode::type = value::define_type(code);
}

}  // namespace loopglass::script::eval
