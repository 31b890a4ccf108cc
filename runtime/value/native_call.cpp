// Calls of native functions: parsing signatures, binding arguments to them, wording the errors.
#include <algorithm>
#include <cctype>
#include <cstdio>

#include "runtime/base/check.hpp"
#include "runtime/base/pool.hpp"
#include "runtime/base/text.hpp"
#include "runtime/value/bootstrap.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/identity.hpp"
#include "runtime/value/native.hpp"
#include "runtime/value/objects.hpp"
#include "runtime/value/protocol.hpp"
#include "runtime/value/traceback.hpp"

namespace loopglass::value {

using base::cat;

Type* NativeFunction::type = nullptr;
Type* NativeFunction::method_type = nullptr;
Type* NativeFunction::class_method_type = nullptr;
Value (*g_make_native_coroutine)(const NativeFunction&, std::span<const Value>) = nullptr;

struct Parameter {
    Str* name;
    bool optional;
};

struct Signature {
    std::vector<Parameter> parameters;  // without * and **; keyword-only ones last
    size_t positional_only = 0;
    size_t positional = 0;      // that may come by position, positional-only ones included
    size_t required = 0;        // of the positional ones
    bool has_rest = false;      // *args: its slot follows the positional ones
    bool has_keywords = false;  // **kwargs: the last slot
    const char* text = nullptr;

    [[nodiscard]] size_t slots() const { return parameters.size() + has_rest + has_keywords; }
    // Where a parameter's argument goes: in the order of the signature as it is written.
    [[nodiscard]] size_t slot(size_t parameter) const {
        return parameter < positional ? parameter : parameter + has_rest;
    }
    [[nodiscard]] bool plain() const {
        return !has_rest && !has_keywords && positional == parameters.size();
    }
};

size_t parameter_count(const Signature& signature) {
    return signature.slots();
}
bool fits_directly(const Signature& signature, size_t given) {
    return signature.plain() && given >= signature.required && given <= signature.positional;
}

namespace {

std::string_view trim(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

// The next parameter of "a, b=(1, 2), *c", by top-level commas.
std::string_view take_part(std::string_view& rest) {
    int depth = 0;
    char quoted = 0;
    for (size_t i = 0; i < rest.size(); ++i) {
        const char c = rest[i];
        if (quoted) {
            if (c == quoted) quoted = 0;
        } else if (c == '\'' || c == '"') {
            quoted = c;
        } else if (c == '(' || c == '[' || c == '{') {
            ++depth;
        } else if (c == ')' || c == ']' || c == '}') {
            --depth;
        } else if (c == ',' && depth == 0) {
            const std::string_view part = rest.substr(0, i);
            rest.remove_prefix(i + 1);
            return trim(part);
        }
    }
    return trim(std::exchange(rest, {}));
}

Signature* parse(const char* text) {
    auto* signature = new Signature;
    signature->text = text;
    std::string_view rest(text);
    CHECK(rest.size() >= 2 && rest.front() == '(' && rest.back() == ')',
          "a signature stands in parentheses");
    rest = rest.substr(1, rest.size() - 2);
    bool keyword_only = false;
    while (!rest.empty()) {
        const std::string_view part = take_part(rest);
        if (part == "/") {
            signature->positional_only = signature->parameters.size();
        } else if (part == "*") {
            keyword_only = true;
        } else if (part.substr(0, 2) == "**") {
            signature->has_keywords = true;
        } else if (part.front() == '*') {
            signature->has_rest = keyword_only = true;
        } else {
            const size_t equals = part.find('=');
            const bool optional = equals != std::string_view::npos;
            signature->parameters.push_back({intern(trim(part.substr(0, equals))), optional});
            if (!keyword_only) {
                ++signature->positional;
                if (!optional) signature->required = signature->positional;
            }
        }
    }
    return signature;
}

bool is_class_of_asyncio(const Type* type) {
    static const Name module("__module__");
    const Value* found = dict_find(type->dict.get(), module);
    return found && is<Str>(*found) && cast<Str>(*found)->view().starts_with("asyncio.");
}

// A method's name as messages show it: "list.append" or "print".
std::string shown_name(const NativeFunction& function) {
    if (!function.owner) {
        const Str* module = function.module ? as<Str>(function.module) : nullptr;
        if (!module || module->view() == "builtins") return function.method->name;
        return cat(module->view(), ".", function.method->name);
    }
    // A bound method is named after the class of its instance; a function of Python, as asyncio's
    // classes have, after the class that defines it.
    const Type* of = function.owner;
    if (function.self && function.method->kind == MethodKind::Method && !is_class_of_asyncio(of))
        of = function.self.type();
    return cat(of->qualname->view(), ".", function.method->name);
}

std::string_view plural(size_t n) {
    return n == 1 ? "" : "s";
}

// How many arguments a caller sees: without self.
struct Visible {
    size_t hidden;
    [[nodiscard]] size_t operator()(size_t n) const { return n > hidden ? n - hidden : 0; }
};

bool wrong_count_c(const Signature& s, const std::string& full, std::string_view name,
                   const Args& args, size_t hidden) {
    const Visible seen{hidden};
    const size_t given = seen(args.count), least = seen(s.required), most = seen(s.positional);
    const bool only_self = s.parameters.size() == hidden;
    if ((s.positional_only == s.parameters.size() || only_self) && !s.has_rest) {
        if (most == 0)
            return raise(errors::TypeError, cat(full, "() takes no arguments (", given, " given)")),
                   false;
        if (least == 1 && most == 1)
            return raise(errors::TypeError,
                         cat(full, "() takes exactly one argument (", given, " given)")),
                   false;
        const bool few = given < least;
        const size_t bound = few ? least : most;
        return raise(errors::TypeError, cat(name, " expected ",
                                            least == most ? ""
                                            : few         ? "at least "
                                                          : "at most ",
                                            bound, " argument", plural(bound), ", got ", given)),
               false;
    }
    if (given > most && !s.has_rest && most == 0)
        return raise(errors::TypeError, cat(name, "() takes no positional arguments")), false;
    if (given > most && !s.has_rest)
        return raise(errors::TypeError,
                     cat(name, "() takes at most ", seen(s.parameters.size()),
                         s.positional ? " argument" : " keyword argument",
                         plural(seen(s.parameters.size())), " (", given + args.named(), " given)")),
               false;
    const size_t missing = args.count;
    if (missing < s.positional_only) {
        const size_t wanted = seen(std::min(s.required, s.positional_only));
        return raise(errors::TypeError,
                     cat(name, "() takes ", wanted < most ? "at least " : "exactly ", wanted,
                         " positional argument", plural(wanted), " (", given, " given)")),
               false;
    }
    return raise(errors::TypeError,
                 cat(name, "() missing required argument '", s.parameters[missing].name->view(),
                     "' (pos ", seen(missing) + 1, ")")),
           false;
}

// "'a'", "'a' and 'b'", "'a', 'b', and 'c'".
std::string listed(const std::vector<Str*>& names) {
    std::string out;
    for (size_t i = 0; i < names.size(); ++i) {
        if (i) out += names.size() == 2 ? " and " : i + 1 == names.size() ? ", and " : ", ";
        out += cat("'", names[i]->view(), "'");
    }
    return out;
}

bool missing_python(const std::string& full, const std::vector<Str*>& names, bool keyword_only) {
    return raise(errors::TypeError, cat(full, "() missing ", names.size(), " required ",
                                        keyword_only ? "keyword-only" : "positional", " argument",
                                        plural(names.size()), ": ", listed(names))),
           false;
}

bool too_many_python(const Signature& s, const std::string& full, const Args& args) {
    const bool varies = s.required != s.positional;
    const std::string takes =
        varies ? cat("from ", s.required, " to ", s.positional) : cat(s.positional);
    return raise(errors::TypeError,
                 cat(full, "() takes ", takes, " positional argument", plural(s.positional),
                     " but ", args.count, args.count == 1 ? " was given" : " were given")),
           false;
}

struct Binding {
    const Signature& signature;
    const NativeFunction* function;  // null: only the name is known
    std::string_view name;
    ErrorStyle style;
    const Args& args;
    std::span<Value> out;
    size_t hidden;  // leading parameters the caller does not write (self)

    // The name as messages show it; only made for them.
    [[nodiscard]] std::string full() const {
        const bool bare = function && style == ErrorStyle::Python && !function->owner;
        return function && !bare ? shown_name(*function) : std::string(name);
    }

    bool positional() {
        const Signature& s = signature;
        const size_t direct = args.count < s.positional ? args.count : s.positional;
        for (size_t i = 0; i < direct; ++i) out[i] = args.items[i];
        if (args.count > s.positional && !s.has_rest)
            return style == ErrorStyle::C ? wrong_count_c(s, full(), name, args, hidden)
                                          : too_many_python(s, full(), args);
        if (s.has_rest) {
            const size_t extra = args.count - direct;
            out[s.positional] = make_tuple(std::span<const Value>(args.items + direct, extra));
        }
        if (s.has_keywords) out[s.slots() - 1] = make_dict();
        return true;
    }

    bool keywords() {
        const Signature& s = signature;
        for (size_t i = 0; i < args.named(); ++i) {
            Str* key = cast<Str>((*args.names)[i]);
            const Value& given = args.items[args.count + i];
            size_t at = s.positional_only;
            while (at < s.parameters.size() && !str_equal(s.parameters[at].name, key)) ++at;
            if (at == s.parameters.size()) {
                if (!s.has_keywords) return unexpected(key);
                dict_set(cast<Dict>(out[s.slots() - 1]),
                         key->flags & kInterned ? key : intern(key->view()), given);
            } else if (out[s.slot(at)]) {
                return twice(key, at);
            } else {
                out[s.slot(at)] = given;
            }
        }
        return true;
    }

    bool unexpected(Str* key) {
        if (style == ErrorStyle::C && signature.positional_only == signature.parameters.size())
            return raise(errors::TypeError, cat(full(), "() takes no keyword arguments")), false;
        Ref<List> candidates = make_list();
        for (size_t i = signature.positional_only; i < signature.parameters.size(); ++i)
            candidates->items.push_back(Value::share(signature.parameters[i].name));
        const std::string near = nearest_name(key->view(), candidates.get());
        return raise(errors::TypeError,
                     cat(style == ErrorStyle::C ? std::string(name) : full(),
                         "() got an unexpected keyword argument '", key->view(), "'",
                         near.empty() ? "" : cat(". Did you mean '", near, "'?"))),
               false;
    }

    bool twice(Str* key, size_t at) {
        if (style == ErrorStyle::C)
            return raise(errors::TypeError,
                         cat("argument for ", name, "() given by name ('", key->view(),
                             "') and position (", at + 1 - hidden, ")")),
                   false;
        return raise(errors::TypeError,
                     cat(full(), "() got multiple values for argument '", key->view(), "'")),
               false;
    }

    bool complete() {
        const Signature& s = signature;
        std::vector<Str*> missing;
        for (size_t i = 0; i < s.required; ++i)
            if (!out[i]) missing.push_back(s.parameters[i].name);
        if (!missing.empty()) {
            if (style == ErrorStyle::Python) return missing_python(full(), missing, false);
            if (args.count <= s.positional && args.count < s.parameters.size() && !out[args.count])
                return wrong_count_c(s, full(), name, args, hidden);
            return raise(errors::TypeError,
                         cat(name, "() missing required argument '", missing[0]->view(), "'")),
                   false;
        }
        for (size_t i = s.positional; i < s.parameters.size(); ++i)
            if (!out[s.slot(i)] && !s.parameters[i].optional)
                missing.push_back(s.parameters[i].name);
        if (missing.empty()) return true;
        if (style == ErrorStyle::Python) return missing_python(full(), missing, true);
        return raise(errors::TypeError, cat(name, "() missing required keyword-only argument: '",
                                            missing[0]->view(), "'")),
               false;
    }
};

Value finish(const NativeFunction& function, std::span<const Value> bound) {
    const MethodKind kind = function.method->kind;
    if (kind == MethodKind::Coroutine || kind == MethodKind::AsyncFunction)
        return g_make_native_coroutine(function, bound);
    return function.method->function(bound.data());
}

constexpr size_t kFewSlots = 12;

// The call with self (if any) already first among the arguments.
Value call_native(const NativeFunction& function, const Args& args) {
    const Signature& s = *function.signature;
    if (s.plain() && !args.named() && args.count >= s.required && args.count <= s.positional) {
        if (args.count == s.positional) return finish(function, {args.items, args.count});
        Value slots[kFewSlots];
        if (s.positional <= kFewSlots) {
            for (size_t i = 0; i < args.count; ++i) slots[i] = args.items[i];
            return finish(function, {slots, s.positional});
        }
    }
    Value few[kFewSlots];
    std::vector<Value> many(s.slots() > kFewSlots ? s.slots() : 0);
    const std::span<Value> slots = many.empty() ? std::span<Value>(few, s.slots()) : many;
    const MethodKind kind = function.method->kind;
    const bool has_self = function.owner && kind != MethodKind::Static;
    Binding binding{s,     &function, function.method->name, function.method->style, args,
                    slots, has_self};
    if (!binding.positional() || !binding.keywords() || !binding.complete()) return {};
    return finish(function, slots);
}

bool check_self(const NativeFunction& function, const Args& args) {
    if (!function.owner || function.method->kind == MethodKind::Class) return true;
    if (!args.count)
        return raise(errors::TypeError,
                     cat("unbound method ", shown_name(function), "() needs an argument")),
               false;
    if (is_subtype(args.items[0].type(), function.owner)) return true;
    return raise(errors::TypeError,
                 cat("descriptor '", function.method->name, "' for '", function.owner->name->view(),
                     "' objects doesn't apply to a '", type_name(args.items[0]), "' object")),
           false;
}

Value method_call(const Value& self, const Args& args) {
    const auto& function = *cast<NativeFunction>(self);
    return check_self(function, args) ? call_native(function, args) : Value{};
}

Value with_self(const NativeFunction& function, const Value& self, const Args& args) {
    const size_t total = args.count + args.named();
    if (total < 8) {
        Value all[8];
        all[0] = self;
        for (size_t i = 0; i < total; ++i) all[i + 1] = args.items[i];
        return call_native(function, Args{all, args.count + 1, args.names});
    }
    std::vector<Value> all(total + 1);
    all[0] = self;
    for (size_t i = 0; i < total; ++i) all[i + 1] = args.items[i];
    return call_native(function, Args{all.data(), args.count + 1, args.names});
}

Value function_call(const Value& self, const Args& args) {
    const auto& function = *cast<NativeFunction>(self);
    return function.self && function.owner ? with_self(function, function.self, args)
                                           : call_native(function, args);
}

Value method_get(const Value& self, const Value& object, Type* owner) {
    const auto* function = cast<NativeFunction>(self);
    Value bound_to = object;
    if (function->method->kind == MethodKind::Class)
        bound_to = owner ? Value::share(owner) : Value::share(object.type());
    if (!bound_to) return self;
    auto bound =
        Ref<NativeFunction>::take(new (base::pool_allocate(sizeof(NativeFunction))) NativeFunction(
            NativeFunction::type, function->method, function->signature, function->owner));
    bound->self = std::move(bound_to);
    return bound;
}

Value function_repr(const Value& self) {
    const auto* function = cast<NativeFunction>(self);
    if (!function->owner) return make_str(cat("<built-in function ", function->method->name, ">"));
    const Value& of = function->self;
    if (!of)
        return make_str(cat("<built-in method ", function->method->name, " of type object at ",
                            address_text(Value::share(function->owner)), ">"));
    return make_str(cat("<built-in method ", function->method->name, " of ",
                        is<Type>(of) ? "type" : type_name(of), " object at ", address_text(of),
                        ">"));
}
Value method_repr(const Value& self) {
    const auto* function = cast<NativeFunction>(self);
    return make_str(cat("<method '", function->method->name, "' of '",
                        function->owner->name->view(), "' objects>"));
}
Value function_compare(const Value& a, const Value& b, CompareOp op) {
    if (op != CompareOp::Eq && op != CompareOp::Ne) return not_implemented();
    if (!is_exact<NativeFunction>(b)) return not_implemented();
    const auto *x = cast<NativeFunction>(a), *y = cast<NativeFunction>(b);
    const bool same = x->method == y->method && x->self.is(y->self);
    return boolean(same == (op == CompareOp::Eq));
}
bool function_hash(const Value& self, int64_t& out) {
    const auto* function = cast<NativeFunction>(self);
    uint64_t hash = 14695981039346656037u;  // FNV-1a over the name: a code address is not lasting
    for (const char c : std::string_view(function->method->name))
        hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
    if (function->self.is_object()) hash ^= address_of(function->self) >> 4;
    out = static_cast<int64_t>(hash >> 2);
    return true;
}

Value get_name(const Value* a) {
    return make_str(cast<NativeFunction>(a[0])->method->name);
}
Value get_qualname(const Value* a) {
    const auto& function = *cast<NativeFunction>(a[0]);
    return make_str(function.owner ? shown_name(function) : std::string(function.method->name));
}
Value get_doc(const Value* a) {
    const char* doc = cast<NativeFunction>(a[0])->method->doc;
    return doc ? Value(make_str(doc)) : none();
}
Value get_self(const Value* a) {
    const Value& self = cast<NativeFunction>(a[0])->self;
    return self ? self : none();
}
Value get_module(const Value* a) {
    const Value& module = cast<NativeFunction>(a[0])->module;
    return module ? module : none();
}
Value get_objclass(const Value* a) {
    return Value::share(cast<NativeFunction>(a[0])->owner);
}
Value get_text_signature(const Value* a) {
    return make_str(cast<NativeFunction>(a[0])->signature->text);
}

constexpr NativeMethod kFunctionMethods[] = {
    {"__name__", get_name, "(self)", MethodKind::Getter},
    {"__qualname__", get_qualname, "(self)", MethodKind::Getter},
    {"__doc__", get_doc, "(self)", MethodKind::Getter},
    {"__self__", get_self, "(self)", MethodKind::Getter},
    {"__module__", get_module, "(self)", MethodKind::Getter},
    {"__text_signature__", get_text_signature, "(self)", MethodKind::Getter},
};
constexpr NativeMethod kMethodMethods[] = {
    {"__name__", get_name, "(self)", MethodKind::Getter},
    {"__qualname__", get_qualname, "(self)", MethodKind::Getter},
    {"__doc__", get_doc, "(self)", MethodKind::Getter},
    {"__objclass__", get_objclass, "(self)", MethodKind::Getter},
    {"__text_signature__", get_text_signature, "(self)", MethodKind::Getter},
};

}  // namespace

const Signature* parse_signature(const char* text) {
    return parse(text);
}

bool bind_arguments(const Signature& signature, const char* name, ErrorStyle style,
                    const Args& args, std::span<Value> out) {
    Binding binding{signature, nullptr, name, style, args, out, 0};
    return binding.positional() && binding.keywords() && binding.complete();
}

Value make_function(const NativeMethod& method, const char* module) {
    auto function =
        Ref<NativeFunction>::take(new (base::pool_allocate(sizeof(NativeFunction))) NativeFunction(
            NativeFunction::type, &method, parse_signature(method.signature), nullptr));
    if (module) function->module = make_str(module);
    return function;
}

size_t Args::named() const {
    return names ? names->size : 0;
}

Value Args::keyword(const char* name) const {
    for (size_t i = 0; i < named(); ++i)
        if (cast<Str>((*names)[i])->view() == name) return items[count + i];
    return {};
}

void initialise_function_types() {
    define_type({.name = "builtin_function_or_method",
                 .instance_size = sizeof(NativeFunction),
                 .slots = {.destroy = destroy_native<NativeFunction>,
                           .repr = function_repr,
                           .hash = function_hash,
                           .call = function_call,
                           .compare = function_compare},
                 .methods = kFunctionMethods});
    define_type({.name = "method_descriptor",
                 .instance_size = sizeof(NativeFunction),
                 .flags = kMethodDescriptor,
                 .slots = {.destroy = destroy_native<NativeFunction>,
                           .repr = method_repr,
                           .call = method_call,
                           .descr_get = method_get},
                 .methods = kMethodMethods});
    define_type({.name = "classmethod_descriptor",
                 .instance_size = sizeof(NativeFunction),
                 .slots = {.destroy = destroy_native<NativeFunction>,
                           .repr = method_repr,
                           .call = method_call,
                           .descr_get = method_get},
                 .methods = kMethodMethods});
}

}  // namespace loopglass::value
