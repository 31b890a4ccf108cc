#include "runtime/loop/context.hpp"

#include <algorithm>

#include "runtime/loop/exceptions.hpp"
#include "runtime/loop/machine.hpp"
#include "runtime/loop/support.hpp"
#include "runtime/loop/text.hpp"
#include "runtime/value/containers.hpp"

namespace loopglass::loop {

Type* ContextVar::type = nullptr;
Type* Context::type = nullptr;
Type* Token::type = nullptr;

const Value* Context::find(const ContextVar* variable) const {
    if (map)
        for (const Entry& entry : *map)
            if (entry.variable.get() == variable) return &entry.value;
    return nullptr;
}

void Context::set(ContextVar* variable, Value value) {
    auto changed = map ? std::make_shared<Map>(*map) : std::make_shared<Map>();
    const auto found = std::find_if(changed->begin(), changed->end(), [&](const Entry& entry) {
        return entry.variable.get() == variable;
    });
    if (!value) {
        if (found != changed->end()) changed->erase(found);
    } else if (found != changed->end()) {
        found->value = std::move(value);
    } else {
        changed->push_back({Ref<ContextVar>::share(variable), std::move(value)});
    }
    map = std::move(changed);
}

Context* current_context() {
    if (!g_context) {
        g_context = make<Context>();
        cast<Context>(g_context)->entered = true;
    }
    return cast<Context>(g_context);
}

Ref<Context> copy_context() {
    Ref<Context> copy = make<Context>();
    if (g_context) copy->map = cast<Context>(g_context)->map;
    return copy;
}

void EnterContext::raise_entered(Context* context) {
    raise(errors::RuntimeError,
          cat("cannot enter context: ", repr_of(Value::share(context)), " is already entered"));
}

namespace {

Value g_missing;  // Token.MISSING

Value var_construct(Type* type, const Args& args) {
    if (args.count != 1)
        return raise(errors::TypeError,
                     cat("function takes exactly 1 positional argument (", args.count, " given)"));
    if (!is<Str>(args.items[0]))
        return raise(errors::TypeError, "context variable name must be a str");
    Ref<ContextVar> made = make_as<ContextVar>(type);
    made->name = Ref<Str>::share(cast<Str>(args.items[0]));
    made->fallback = args.keyword("default");
    return made;
}
Value var_repr(const Value& self) {
    const auto* variable = cast<ContextVar>(self);
    std::string text = cat("<ContextVar name=", repr_of(variable->name));
    if (variable->fallback) text += " default=" + repr_of(variable->fallback);
    return make_str(cat(text, " at ", address_text(self.object()), ">"));
}
Value var_get(const Value* a) {
    const auto* variable = cast<ContextVar>(a[0]);
    if (g_context)
        if (const Value* found = cast<Context>(g_context)->find(variable)) return *found;
    if (a[1]) return a[1];
    if (variable->fallback) return variable->fallback;
    return raise_with(errors::LookupError, {a[0]});
}
Value var_set(const Value* a) {
    auto* variable = cast<ContextVar>(a[0]);
    Context* context = current_context();
    Ref<Token> token = make<Token>();
    token->context = Value::share(context);
    token->variable = Ref<ContextVar>::share(variable);
    if (const Value* old = context->find(variable)) token->old_value = *old;
    context->set(variable, a[1]);
    return token;
}
Value var_reset(const Value* a) {
    auto* variable = cast<ContextVar>(a[0]);
    if (!is<Token>(a[1]))
        return raise(errors::TypeError, cat("expected an instance of Token, got ", repr_of(a[1])));
    auto* token = cast<Token>(a[1]);
    if (token->used)
        return raise(errors::RuntimeError, cat(repr_of(a[1]), " has already been used once"));
    if (token->variable.get() != variable)
        return raise(errors::ValueError,
                     cat(repr_of(a[1]), " was created by a different ContextVar"));
    if (!token->context.is(current_context()))
        return raise(errors::ValueError, cat(repr_of(a[1]), " was created in a different Context"));
    token->used = true;
    current_context()->set(variable, token->old_value);
    return none();
}
Value var_name(const Value* a) {
    return cast<ContextVar>(a[0])->name;
}
constexpr NativeMethod kVarMethods[] = {
    {"get", var_get, "(self, default=None, /)"},
    {"set", var_set, "(self, value, /)"},
    {"reset", var_reset, "(self, token, /)"},
    {"name", var_name, "(self)", MethodKind::Getter},
    {"__class_getitem__", native_class_getitem, "(cls, item, /)", MethodKind::Class},
};

Value token_repr(const Value& self) {
    const auto* token = cast<Token>(self);
    return make_str(cat("<Token", token->used ? " used" : "", " var=", repr_of(token->variable),
                        " at ", address_text(self.object()), ">"));
}
Value token_var(const Value* a) {
    return cast<Token>(a[0])->variable;
}
Value token_old_value(const Value* a) {
    const auto* token = cast<Token>(a[0]);
    return token->old_value ? token->old_value : g_missing;
}
constexpr NativeMethod kTokenMethods[] = {
    {"var", token_var, "(self)", MethodKind::Getter},
    {"old_value", token_old_value, "(self)", MethodKind::Getter},
    {"__class_getitem__", native_class_getitem, "(cls, item, /)", MethodKind::Class},
};
Value missing_repr(const Value&) {
    return make_str("<Token.MISSING>");
}

Value context_construct(Type* type, const Args& args) {
    if (args.count || args.named())
        return raise(errors::TypeError, "Context() does not accept any arguments");
    return make_as<Context>(type);
}
Value context_run(const Value* a) {
    const EnterContext enter(cast<Context>(a[0]));
    if (!enter.ok()) return {};
    return call_with(a[1], cast<Tuple>(a[2]), cast<Dict>(a[3]));
}
Value context_copy(const Value* a) {
    Ref<Context> copy = make<Context>();
    copy->map = cast<Context>(a[0])->map;
    return copy;
}
[[nodiscard]] bool check_key(const Value& key) {
    return is<ContextVar>(key) ||
           (raise(errors::TypeError, cat("a ContextVar key was expected, got ", repr_of(key))),
            false);
}
Value context_get_item(const Value& self, const Value& key) {
    if (!check_key(key)) return {};
    const Value* found = cast<Context>(self)->find(cast<ContextVar>(key));
    return found ? *found : raise_key_error(key);
}
int context_contains(const Value& self, const Value& key) {
    return check_key(key) ? cast<Context>(self)->find(cast<ContextVar>(key)) != nullptr : -1;
}
int64_t context_length(const Value& self) {
    const auto& map = cast<Context>(self)->map;
    return map ? static_cast<int64_t>(map->size()) : 0;
}
Value context_get(const Value* a) {
    if (!check_key(a[1])) return {};
    const Value* found = cast<Context>(a[0])->find(cast<ContextVar>(a[1]));
    return found ? *found : or_none(a[2]);
}
enum class Part { Keys, Values, Items };
[[nodiscard]] Value list_parts(const Value& self, Part part) {
    Ref<List> list = make_list();
    if (const auto& map = cast<Context>(self)->map)
        for (const Context::Entry& entry : *map)
            list->items.push_back(part == Part::Keys ? Value(entry.variable)
                                  : part == Part::Values
                                      ? entry.value
                                      : Value(make_tuple({entry.variable, entry.value})));
    return list;
}
template <Part part>
Value context_parts(const Value* a) {
    return list_parts(a[0], part);
}
Value context_iter(const Value& self) {
    return iterate(list_parts(self, Part::Keys));
}
constexpr NativeMethod kContextMethods[] = {
    {"run", context_run, "(self, callable, /, *args, **kwargs)"},
    {"copy", context_copy},
    {"get", context_get, "(self, key, default=None, /)"},
    {"keys", context_parts<Part::Keys>},
    {"values", context_parts<Part::Values>},
    {"items", context_parts<Part::Items>},
};

}  // namespace

void define_context_types() {
    NativeTypeSpec variable{"_contextvars.ContextVar", sizeof(ContextVar)};
    variable.slots.destroy = &destroy_native<ContextVar>;
    variable.slots.construct = &var_construct;
    variable.slots.repr = &var_repr;
    variable.methods = kVarMethods;
    ContextVar::type = define_type(variable);

    NativeTypeSpec token{"_contextvars.Token", sizeof(Token)};
    token.slots.destroy = &destroy_native<Token>;
    token.slots.repr = &token_repr;
    token.methods = kTokenMethods;
    Token::type = define_type(token);

    NativeTypeSpec missing{"_contextvars.Token.MISSING", sizeof(Object)};
    missing.slots.repr = &missing_repr;
    Type* missing_type = define_type(missing);
    g_missing =
        Value::take(new (allocate_instance(missing_type, sizeof(Object))) Object(missing_type));
    dict_set(Token::type->dict.get(), intern("MISSING"), g_missing);

    NativeTypeSpec context{"_contextvars.Context", sizeof(Context)};
    context.slots.destroy = &destroy_native<Context>;
    context.slots.construct = &context_construct;
    context.slots.get_item = &context_get_item;
    context.slots.contains = &context_contains;
    context.slots.length = &context_length;
    context.slots.iter = &context_iter;
    context.methods = kContextMethods;
    Context::type = define_type(context);
}

}  // namespace loopglass::loop
