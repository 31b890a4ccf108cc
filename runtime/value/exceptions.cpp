// The builtin exception classes: fields, text, attributes (Objects/exceptions.c).
#include <algorithm>
#include <cstring>

#include "runtime/base/check.hpp"
#include "runtime/base/text.hpp"
#include "runtime/value/bootstrap.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/exception_group.hpp"
#include "runtime/value/initialise.hpp"
#include "runtime/value/objects.hpp"
#include "runtime/value/protocol.hpp"
#include "runtime/value/traceback.hpp"

namespace loopglass::value {

using base::cat;

Type* Exception::type = nullptr;
namespace errors {
Type* BaseException = nullptr;
Type* ExceptionGroup = nullptr;
#define X(name, base) Type* name = nullptr;
LOOPGLASS_EXCEPTIONS(X)
#undef X
}  // namespace errors

namespace {

Exception* self_of(const Value* a) {
    return cast<Exception>(a[0]);
}
Value or_none(const Value& value) {
    return value ? value : none();
}

// ---- fields: attributes backed by Exception::fields
// ---------------------------------------------------

template <size_t kIndex>
Value field_get(const Value* a) {
    const auto& fields = self_of(a)->fields;
    return kIndex < fields.size() ? or_none(fields[kIndex]) : none();
}
template <size_t kIndex>
Value field_set(const Value* a) {
    auto& fields = self_of(a)->fields;
    if (fields.size() <= kIndex) fields.resize(kIndex + 1);
    fields[kIndex] = a[1] ? a[1] : none();
    return none();
}
#define FIELD(name, index)                                          \
    {name, field_get<index>, "(self)", MethodKind::Getter}, {       \
        name, field_set<index>, "(self, value)", MethodKind::Setter \
    }

constexpr NativeMethod kValueField[] = {FIELD("value", 0)};
constexpr NativeMethod kCodeField[] = {FIELD("code", 0)};
constexpr NativeMethod kNameField[] = {FIELD("name", 0)};
constexpr NativeMethod kAttributeFields[] = {FIELD("name", 0), FIELD("obj", 1)};
constexpr NativeMethod kImportFields[] = {FIELD("name", 0), FIELD("path", 1), FIELD("msg", 2),
                                          FIELD("name_from", 3)};
constexpr NativeMethod kSyntaxFields[] = {FIELD("msg", 0),        FIELD("filename", 1),
                                          FIELD("lineno", 2),     FIELD("offset", 3),
                                          FIELD("text", 4),       FIELD("end_lineno", 5),
                                          FIELD("end_offset", 6), FIELD("print_file_and_line", 7)};
constexpr NativeMethod kOsFields[] = {FIELD("errno", 0), FIELD("strerror", 1), FIELD("filename", 2),
                                      FIELD("filename2", 3)};
constexpr NativeMethod kUnicodeFields[] = {FIELD("encoding", 0), FIELD("object", 1),
                                           FIELD("start", 2), FIELD("end", 3), FIELD("reason", 4)};
constexpr NativeMethod kTranslateFields[] = {FIELD("object", 0), FIELD("start", 1), FIELD("end", 2),
                                             FIELD("reason", 3)};

// ---- construction
// --------------------------------------------------------------------------------------

Value exception_new(Type* type, const Args& args) {
    if (type->has(kAbstract)) return object_new(type, Args{});
    auto instance = make_as<Exception>(type);
    instance->args = make_tuple(std::span<const Value>(args.items, args.count));
    return instance;
}

bool refuse_keywords(const Value& self, const Args& args) {
    if (!args.named()) return true;
    return raise(errors::TypeError, cat(type_name(self), "() takes no keyword arguments")), false;
}

void set_args(const Value& self, const Args& args) {
    cast<Exception>(self)->args = make_tuple(std::span<const Value>(args.items, args.count));
}

bool exception_init(const Value& self, const Args& args) {
    if (!refuse_keywords(self, args)) return false;
    set_args(self, args);
    return true;
}

// value = args[0] (StopIteration), code = args[0] or all of args (SystemExit).
bool value_init(const Value& self, const Args& args) {
    if (!exception_init(self, args)) return false;
    cast<Exception>(self)->fields = {args.count ? args.items[0] : none()};
    return true;
}
bool code_init(const Value& self, const Args& args) {
    if (!exception_init(self, args)) return false;
    auto* exception = cast<Exception>(self);
    exception->fields = {args.count == 0   ? none()
                         : args.count == 1 ? args.items[0]
                                           : Value(exception->args)};
    return true;
}

// Keyword-only fields: NameError(name=), AttributeError(name=, obj=), ImportError(name=, path=,
// name_from=).
bool keyword_fields(const Value& self, const Args& args, std::initializer_list<const char*> names) {
    auto* exception = cast<Exception>(self);
    exception->fields.assign(names.size(), none());
    for (size_t i = 0; i < args.named(); ++i) {
        const std::string_view given = cast<Str>((*args.names)[i])->view();
        size_t at = 0;
        for (const char* name : names) {
            if (name && given == name) break;
            ++at;
        }
        if (at == names.size())
            return raise(
                       errors::TypeError,
                       cat(type_name(self), "() got an unexpected keyword argument '", given, "'")),
                   false;
        exception->fields[at] = args.items[args.count + i];
    }
    set_args(self, args);
    return true;
}
bool name_init(const Value& self, const Args& args) {
    return keyword_fields(self, args, {"name"});
}
bool attribute_init(const Value& self, const Args& args) {
    return keyword_fields(self, args, {"name", "obj"});
}
bool import_init(const Value& self, const Args& args) {
    if (!keyword_fields(self, args, {"name", "path", nullptr, "name_from"})) return false;
    if (args.count == 1) cast<Exception>(self)->fields[2] = args.items[0];
    return true;
}

bool syntax_init(const Value& self, const Args& args) {
    if (!exception_init(self, args)) return false;
    auto* exception = cast<Exception>(self);
    exception->fields.assign(8, none());
    if (args.count >= 1) exception->fields[0] = args.items[0];
    if (args.count != 2) return true;
    const Ref<Tuple> place = tuple_from(args.items[1]);
    if (!place) return false;
    if (place->size < 4 || place->size > 6)
        return raise(errors::TypeError,
                     cat("function takes at least 4 arguments (", place->size, " given)")),
               false;
    for (size_t i = 0; i < place->size; ++i) exception->fields[1 + i] = (*place)[i];
    return true;
}

// OSError(errno, strerror[, filename]) is made as the subclass its errno stands for.
struct ErrnoClass {
    int number;
    Type** type;
};
const ErrnoClass kErrnoClasses[] = {
    {1, &errors::PermissionError},        {2, &errors::FileNotFoundError},
    {3, &errors::ProcessLookupError},     {4, &errors::InterruptedError},
    {10, &errors::ChildProcessError},     {11, &errors::BlockingIOError},
    {13, &errors::PermissionError},       {17, &errors::FileExistsError},
    {20, &errors::NotADirectoryError},    {21, &errors::IsADirectoryError},
    {32, &errors::BrokenPipeError},       {103, &errors::ConnectionAbortedError},
    {104, &errors::ConnectionResetError}, {108, &errors::BrokenPipeError},
    {110, &errors::TimeoutError},         {111, &errors::ConnectionRefusedError},
    {114, &errors::BlockingIOError},      {115, &errors::BlockingIOError},
};

Value os_error_new(Type* type, const Args& args) {
    int64_t number = 0;
    if (type == errors::OSError && args.count >= 2 && is_int(args.items[0]) &&
        int_value(args.items[0], number))
        for (const ErrnoClass& entry : kErrnoClasses)
            if (entry.number == number) type = *entry.type;
    return exception_new(type, args);
}

bool os_error_init(const Value& self, const Args& args) {
    if (!exception_init(self, args)) return false;
    auto* exception = cast<Exception>(self);
    exception->fields.assign(4, none());
    if (args.count < 2 || args.count > 5) return true;
    exception->fields[0] = args.items[0];
    exception->fields[1] = args.items[1];
    if (args.count >= 3) exception->fields[2] = args.items[2];
    if (args.count == 5) exception->fields[3] = args.items[4];
    // The file name is an attribute, not one of the args.
    if (args.count >= 3) exception->args = make_tuple({args.items[0], args.items[1]});
    return true;
}

bool unicode_init(const Value& self, const Args& args, size_t count) {
    if (!exception_init(self, args)) return false;
    if (args.count != count)
        return raise(errors::TypeError,
                     cat("function takes exactly ", count, " arguments (", args.count, " given)")),
               false;
    cast<Exception>(self)->fields.assign(args.items, args.items + count);
    return true;
}
bool unicode_coding_init(const Value& self, const Args& args) {
    return unicode_init(self, args, 5);
}
bool unicode_translate_init(const Value& self, const Args& args) {
    return unicode_init(self, args, 4);
}

// ---- text
// ------------------------------------------------------------------------------------------------

Value exception_str(const Value& self) {
    const auto* exception = cast<Exception>(self);
    if (exception->args->size == 0) return make_str("");
    if (exception->args->size == 1) return str((*exception->args)[0]);
    return str(exception->args);
}

Value exception_repr(const Value& self) {
    const auto* exception = cast<Exception>(self);
    const std::string_view name = exception->Object::type->name->view();
    if (exception->args->size != 1) {
        const Ref<Str> all = repr(exception->args);
        return all ? Value(make_str(cat(name, all->view()))) : Value{};
    }
    const Ref<Str> only = repr((*exception->args)[0]);
    return only ? Value(make_str(cat(name, "(", only->view(), ")"))) : Value{};
}

Value key_error_str(const Value& self) {
    const auto* exception = cast<Exception>(self);
    return exception->args->size == 1 ? Value(repr((*exception->args)[0])) : exception_str(self);
}

Value os_error_str(const Value& self) {
    const auto* exception = cast<Exception>(self);
    if (exception->fields.size() < 4 || is_none(exception->fields[0]) ||
        is_none(exception->fields[1]))
        return exception_str(self);
    const Ref<Str> number = str(exception->fields[0]), text = str(exception->fields[1]);
    if (!number || !text) return {};
    std::string out = cat("[Errno ", number->view(), "] ", text->view());
    for (size_t i = 2; i < 4; ++i) {
        if (is_none(exception->fields[i])) continue;
        const Ref<Str> file = repr(exception->fields[i]);
        if (!file) return {};
        out += cat(i == 2 ? ": " : " -> ", file->view());
    }
    return make_str(out);
}

Value import_str(const Value& self) {
    const auto* exception = cast<Exception>(self);
    if (exception->fields.size() > 2 && is<Str>(exception->fields[2])) return exception->fields[2];
    return exception_str(self);
}

Value syntax_str(const Value& self) {
    const auto* exception = cast<Exception>(self);
    if (exception->fields.size() < 3) return exception_str(self);
    const Ref<Str> message = str(exception->fields[0]);
    if (!message) return {};
    const Value &file = exception->fields[1], &line = exception->fields[2];
    std::string place;
    if (is<Str>(file)) {
        const std::string_view path = cast<Str>(file)->view();
        place = std::string(path.substr(path.rfind('/') + 1));
    }
    int64_t number = 0;
    if (is_int(line) && int_value(line, number))
        place += cat(place.empty() ? "line " : ", line ", number);
    return place.empty() ? Value(message) : Value(make_str(cat(message->view(), " (", place, ")")));
}

std::string hex_code(uint32_t code, bool unicode) {
    char text[16];
    if (!unicode)
        std::snprintf(text, sizeof text, "0x%02x", code);
    else
        std::snprintf(text, sizeof text,
                      code < 0x100     ? "\\x%02x"
                      : code < 0x10000 ? "\\u%04x"
                                       : "\\U%08x",
                      code);
    return text;
}

// "'utf-8' codec can't decode byte 0xff in position 0: invalid start byte"
Value unicode_str(const Value& self) {
    const auto* exception = cast<Exception>(self);
    if (exception->fields.size() < 4) return exception_str(self);
    const bool translate = is_exception(self, errors::UnicodeTranslateError);
    const size_t shift = translate ? 0 : 1;
    int64_t start = 0, end = 0;
    const Ref<Str> reason = str(exception->fields[shift + 3]);
    if (!reason || !to_index(exception->fields[shift + 1], start) ||
        !to_index(exception->fields[shift + 2], end))
        return {};
    const bool decode = is_exception(self, errors::UnicodeDecodeError);
    std::string what = translate ? std::string("can't translate") : "";
    if (!translate) {
        const Ref<Str> encoding = str(exception->fields[0]);
        what = cat("'", encoding->view(), decode ? "' codec can't decode" : "' codec can't encode");
    }
    if (end != start + 1)
        return make_str(cat(what, decode ? " bytes" : " characters", " in position ", start, "-",
                            end - 1, ": ", reason->view()));
    const Value item = get_item(exception->fields[shift], make_int(start));
    if (!item) return {};
    int64_t code = 0;
    if (decode) {
        if (!int_value(item, code)) code = 0;
    } else {
        const std::string_view text = cast<Str>(item)->view();
        const auto lead = static_cast<unsigned char>(text[0]);
        const int bytes = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        code = bytes == 1 ? lead : lead & (0x7F >> bytes);
        for (int i = 1; i < bytes; ++i)
            code = code << 6 | (static_cast<unsigned char>(text[static_cast<size_t>(i)]) & 0x3F);
    }
    return make_str(cat(what, decode ? " byte " : " character ", decode ? "" : "'",
                        hex_code(static_cast<uint32_t>(code), !decode), decode ? "" : "'",
                        " in position ", start, ": ", reason->view()));
}

// ---- what every exception has
// ------------------------------------------------------------------------------

Value get_args(const Value* a) {
    return self_of(a)->args;
}
Value set_args_attribute(const Value* a) {
    const Ref<Tuple> args = tuple_from(a[1]);
    if (!args) return {};
    self_of(a)->args = args;
    return none();
}
Value get_cause(const Value* a) {
    return or_none(self_of(a)->cause);
}
Value get_context(const Value* a) {
    return or_none(self_of(a)->context);
}
Value get_traceback(const Value* a) {
    return or_none(seen_from(self_of(a)->traceback));
}
Value get_suppress(const Value* a) {
    return boolean(self_of(a)->suppress_context);
}

bool takes_exception(const Value& value, const char* what) {
    if (is_none(value) || is<Exception>(value)) return true;
    return raise(errors::TypeError,
                 cat("exception ", what, " must be None or derive from BaseException")),
           false;
}
Value set_cause(const Value* a) {
    if (!takes_exception(a[1], "cause")) return {};
    self_of(a)->cause = is_none(a[1]) ? Value{} : a[1];
    self_of(a)->suppress_context = true;
    return none();
}
Value set_context(const Value* a) {
    if (!takes_exception(a[1], "context")) return {};
    self_of(a)->context = is_none(a[1]) ? Value{} : a[1];
    return none();
}
Value set_suppress(const Value* a) {
    const int answer = truth(a[1]);
    if (answer < 0) return {};
    self_of(a)->suppress_context = answer;
    return none();
}
Value set_traceback(const Value* a) {
    if (!is_none(a[1]) && !is<Traceback>(a[1]))
        return raise(errors::TypeError, "__traceback__ must be a traceback or None");
    self_of(a)->traceback = is_none(a[1]) ? Value{} : a[1];
    return none();
}
Value with_traceback(const Value* a) {
    return set_traceback(a) ? a[0] : Value{};
}
Value add_note(const Value* a) {
    if (!is<Str>(a[1]))
        return raise(errors::TypeError, cat("note must be a str, not '", type_name(a[1]), "'"));
    auto* exception = self_of(a);
    if (!exception->notes) exception->notes = make_list();
    List* notes = as<List>(exception->notes);
    if (!notes) return raise(errors::TypeError, "Cannot add note: __notes__ is not a list");
    notes->items.push_back(a[1]);
    return none();
}
Value get_notes(const Value* a) {
    if (self_of(a)->notes) return self_of(a)->notes;
    raise(errors::AttributeError,
          cat("'", type_name(a[0]), "' object has no attribute '__notes__'"));
    note_missing_attribute(a[0], intern("__notes__"));
    return {};
}
Value set_notes(const Value* a) {
    self_of(a)->notes = a[1];
    return none();
}
Value reduce(const Value* a) {
    const Value type = Value::share(a[0].type());
    const Ref<Dict>* dict = instance_dict_slot(a[0].object());
    if (!dict || !*dict || !(*dict)->count) return make_tuple({type, self_of(a)->args});
    return make_tuple({type, self_of(a)->args, Value(*dict)});
}
Value set_state(const Value* a) {
    if (is_none(a[1])) return none();
    const Dict* state = as<Dict>(a[1]);
    if (!state) return raise(errors::TypeError, "state is not a dictionary");
    for (uint32_t i = 0; i < state->used; ++i)
        if (state->entries[i].key && is<Str>(state->entries[i].key) &&
            !set_attribute(a[0], cast<Str>(state->entries[i].key), state->entries[i].value))
            return {};
    return none();
}

constexpr NativeMethod kBaseMethods[] = {
    {"args", get_args, "(self)", MethodKind::Getter},
    {"args", set_args_attribute, "(self, value)", MethodKind::Setter},
    {"__cause__", get_cause, "(self)", MethodKind::Getter},
    {"__cause__", set_cause, "(self, value)", MethodKind::Setter},
    {"__context__", get_context, "(self)", MethodKind::Getter},
    {"__context__", set_context, "(self, value)", MethodKind::Setter},
    {"__suppress_context__", get_suppress, "(self)", MethodKind::Getter},
    {"__suppress_context__", set_suppress, "(self, value)", MethodKind::Setter},
    {"__traceback__", get_traceback, "(self)", MethodKind::Getter},
    {"__traceback__", set_traceback, "(self, value)", MethodKind::Setter},
    {"__notes__", get_notes, "(self)", MethodKind::Getter},
    {"__notes__", set_notes, "(self, value)", MethodKind::Setter},
    {"with_traceback", with_traceback, "(self, tb, /)"},
    {"add_note", add_note, "(self, note, /)"},
    {"__reduce__", reduce},
    {"__setstate__", set_state, "(self, state, /)"},
};

// Classes that are more than a name: how they are made, what they say, their fields.
struct Special {
    Type** type;
    bool (*init)(const Value&, const Args&);
    Value (*str)(const Value&) = nullptr;
    std::span<const NativeMethod> fields = {};
    Value (*construct)(Type*, const Args&) = nullptr;
};
const Special kSpecials[] = {
    {&errors::StopIteration, value_init, nullptr, kValueField},
    {&errors::SystemExit, code_init, nullptr, kCodeField},
    {&errors::KeyError, exception_init, key_error_str},
    {&errors::NameError, name_init, nullptr, kNameField},
    {&errors::AttributeError, attribute_init, nullptr, kAttributeFields},
    {&errors::ImportError, import_init, import_str, kImportFields},
    {&errors::SyntaxError, syntax_init, syntax_str, kSyntaxFields},
    {&errors::OSError, os_error_init, os_error_str, kOsFields, os_error_new},
    {&errors::UnicodeDecodeError, unicode_coding_init, unicode_str, kUnicodeFields},
    {&errors::UnicodeEncodeError, unicode_coding_init, unicode_str, kUnicodeFields},
    {&errors::UnicodeTranslateError, unicode_translate_init, unicode_str, kTranslateFields},
};

Type* define_exception(const char* name, Type* base, Type** where) {
    if (where == &errors::BaseExceptionGroup) return define_base_exception_group(base);
    NativeTypeSpec spec{.name = name,
                        .instance_size = sizeof(Exception),
                        .flags = kBaseType | kExceptionSubclass,
                        .base = base};
    for (const Special& special : kSpecials) {
        if (special.type != where) continue;
        spec.slots = {.str = special.str, .construct = special.construct, .init = special.init};
        spec.methods = special.fields;
    }
    return define_type(spec);
}

// __subclasses__ tells in which order CPython makes the classes: some of them before the one that
// stands here.
void move_before(Type* base, Type* moved, const Type* place) {
    std::vector<Type*>& types = base->subclasses;
    std::erase(types, moved);
    types.insert(std::find(types.begin(), types.end(), place), moved);
}
void add_base(Type* type, Type* second) {
    type->bases = make_tuple({Value::share(type->base), Value::share(second)});
    second->subclasses.push_back(type);
    CHECK(compute_mro(type), "the bases of an exception have an order");
    type_modified(type);
}

// Those of CPython's own modules that are there before a script imports anything.
void define_start_up_exceptions() {
    const auto define = [](const char* name, Type* base) {
        static Type* nowhere = nullptr;
        return define_exception(name, base, &nowhere);
    };
    Type* interpreter = define("interpreters.InterpreterError", errors::Exception);
    move_before(errors::Exception, interpreter, errors::ExceptionGroup);
    define("interpreters.InterpreterNotFoundError", interpreter);
    define("interpreters.NotShareableError", errors::ValueError);
    define("zipimport.ZipImportError", errors::ImportError);
    add_base(define("encodings.CodecRegistryError", errors::LookupError), errors::SystemError);
    add_base(define("io.UnsupportedOperation", errors::OSError), errors::ValueError);
    define("signal.itimer_error", errors::OSError);
    define("_frozen_importlib._DeadlockError", errors::RuntimeError);
}
void order_subclasses() {
    static Type* incomplete = nullptr;  // what only the interactive parser raises
    define_exception("_IncompleteInputError", errors::SyntaxError, &incomplete);
    move_before(errors::BaseException, errors::BaseExceptionGroup, errors::Exception);
    move_before(errors::RuntimeError, errors::PythonFinalizationError, errors::RecursionError);
    define_start_up_exceptions();
}

}  // namespace

void initialise_exception_types() {
    Exception::type = errors::BaseException =
        define_type({.name = "BaseException",
                     .instance_size = sizeof(Exception),
                     .flags = kBaseType | kExceptionSubclass,
                     .slots = {.destroy = destroy_native<Exception>,
                               .repr = exception_repr,
                               .str = exception_str,
                               .construct = exception_new,
                               .init = exception_init},
                     .methods = kBaseMethods,
                     .has_dict = true});
#define X(name, base) errors::name = define_exception(#name, errors::base, &errors::name);
    LOOPGLASS_EXCEPTIONS(X)
#undef X
    errors::ExceptionGroup = define_exception_group();
    order_subclasses();
    initialise_traceback_type();
}

}  // namespace loopglass::value
