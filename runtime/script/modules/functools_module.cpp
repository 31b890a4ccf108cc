// _functools: partial, reduce, cmp_to_key.
#include "runtime/base/text.hpp"
#include "runtime/script/code.hpp"
#include "runtime/script/modules/registry.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/generic_alias.hpp"
#include "runtime/value/objects.hpp"
#include "runtime/value/protocol.hpp"

namespace loopglass::script {

using namespace value;  // a file of bindings
using base::cat;

namespace {

// ---- partial ----------------------------------------------------------------------------------

struct Partial : Object {
    static Type* type;
    Value function;
    Ref<Tuple> arguments;
    Ref<Dict> keywords;
    explicit Partial(Type* its_type) : Object(its_type) {}
};
Type* Partial::type = nullptr;

bool add_keywords(Dict* to, const Args& args) {
    for (size_t i = 0; i < args.named(); ++i)
        if (!dict_set(to, (*args.names)[i], args.items[args.count + i])) return false;
    return true;
}

Value partial_construct(Type* type, const Args& args) {
    if (args.count < 1)
        return raise(errors::TypeError, "type 'partial' takes at least one argument");
    Value function = args.items[0];
    if (!is_callable(function))
        return raise(errors::TypeError, "the first argument must be callable");
    Ref<Partial> made = make_as<Partial>(type);
    std::vector<Value> arguments;
    made->keywords = make_dict();
    // A partial of a partial becomes one.
    if (is_exact<Partial>(function) && type == Partial::type) {
        const Value inner = function;
        const auto* other = cast<Partial>(inner);
        arguments.assign(other->arguments->items(),
                         other->arguments->items() + other->arguments->size);
        made->keywords = dict_copy(other->keywords.get());
        function = other->function;
    }
    arguments.insert(arguments.end(), args.items + 1, args.items + args.count);
    if (!add_keywords(made->keywords.get(), args)) return {};
    made->function = std::move(function);
    made->arguments = make_tuple(std::span<const Value>(arguments));
    return made;
}

Value partial_call(const Value& self, const Args& args) {
    const auto* partial = cast<Partial>(self);
    const Value function = partial->function;
    const Ref<Tuple> first = partial->arguments;
    std::vector<Value> all(first->items(), first->items() + first->size);
    all.insert(all.end(), args.items, args.items + args.count);
    const size_t positional = all.size();
    if (partial->keywords->count == 0) {
        for (size_t i = 0; i < args.named(); ++i) all.push_back(args.items[args.count + i]);
        return call(function, Args{all.data(), positional, args.names});
    }
    const Ref<Dict> keywords = dict_copy(partial->keywords.get());
    if (!add_keywords(keywords.get(), args)) return {};
    std::vector<Value> names;
    for (uint32_t i = 0; i < keywords->used; ++i) {
        const DictEntry& entry = keywords->entries[i];
        if (!entry.key) continue;
        names.push_back(entry.key);
        all.push_back(entry.value);
    }
    const Ref<Tuple> names_tuple = make_tuple(std::span<const Value>(names));
    return call(function, Args{all.data(), positional, names_tuple.get()});
}

Value partial_repr(const Value& self) {
    const auto* partial = cast<Partial>(self);
    static const Name module("__module__");
    StrBuilder out;
    const Type* type = self.type();
    if (const Value* where = type_lookup(type, module))
        if (is<Str>(*where)) out.add(cat(cast<Str>(*where)->view(), "."));
    out.add(type->qualname->view());
    out.add('(');
    if (!out.add_repr(partial->function)) return {};
    for (uint32_t i = 0; i < partial->arguments->size; ++i) {
        out.add(", ");
        if (!out.add_repr((*partial->arguments)[i])) return {};
    }
    const Ref<Dict> keywords = partial->keywords;
    for (uint32_t i = 0; i < keywords->used; ++i) {
        const DictEntry& entry = keywords->entries[i];
        if (!entry.key) continue;
        out.add(", ");
        if (!out.add_str(entry.key)) return {};
        out.add('=');
        if (!out.add_repr(entry.value)) return {};
    }
    out.add(')');
    return out.finish();
}

Value partial_func(const Value* a) {
    return cast<Partial>(a[0])->function;
}
Value partial_args(const Value* a) {
    return cast<Partial>(a[0])->arguments;
}
Value partial_keywords(const Value* a) {
    return cast<Partial>(a[0])->keywords;
}
Value partial_class_item(const Value* a) {
    return make_generic_alias(a[0], a[1]);
}

constexpr NativeMethod kPartialMethods[] = {
    {"func", partial_func, "(self)", MethodKind::Getter},
    {"args", partial_args, "(self)", MethodKind::Getter},
    {"keywords", partial_keywords, "(self)", MethodKind::Getter},
    {"__class_getitem__", partial_class_item, "(cls, item, /)", MethodKind::Class},
};

// ---- cmp_to_key -------------------------------------------------------------------------------

struct Key : Object {
    static Type* type;
    Value compare, object;  // object is empty in the factory cmp_to_key gives
    Key(Type* its_type, Value its_compare, Value its_object)
        : Object(its_type), compare(std::move(its_compare)), object(std::move(its_object)) {}
};
Type* Key::type = nullptr;

Value key_call(const Value& self, const Args& args) {
    static const Signature* signature = parse_signature("(obj)");
    Value object;
    if (!bind_arguments(*signature, "K", ErrorStyle::C, args, {&object, 1})) return {};
    return make<Key>(cast<Key>(self)->compare, object);
}
Value key_compare(const Value& a, const Value& b, CompareOp op) {
    if (!is<Key>(a) || !is<Key>(b))
        return raise(errors::TypeError, "other argument must be K instance");
    const Value compare_function = cast<Key>(a)->compare;
    const Value x = cast<Key>(a)->object, y = cast<Key>(b)->object;
    if (!x || !y) return raise(errors::AttributeError, "object");
    const Value order = call(compare_function, x, y);
    return order ? compare(op, order, Value::small(0)) : Value();
}
Value key_object(const Value* a) {
    const Value& object = cast<Key>(a[0])->object;
    return object ? object : none();
}
constexpr NativeMethod kKeyMethods[] = {{"obj", key_object, "(self)", MethodKind::Getter}};

Value cmp_to_key(const Value* a) {
    return make<Key>(a[0], Value());
}

// ---- reduce -----------------------------------------------------------------------------------

Value reduce(const Value* a) {
    const Value iterator = iterate(a[1]);
    if (!iterator) {
        if (!clear_raised_if(errors::TypeError)) return {};
        return raise(errors::TypeError, "reduce() arg 2 must support iteration");
    }
    Value result = a[2];
    while (Value item = next(iterator)) {
        result = result ? call(a[0], result, item) : item;
        if (!result) return {};
    }
    if (has_raised()) return {};
    if (!result)
        return raise(errors::TypeError, "reduce() of empty iterable with no initial value");
    return result;
}

// types.coroutine: from now on the generator function's results can be awaited.
Value mark_iterable_coroutine(const Value* a) {
    if (!is<eval::Function>(a[0]))
        return raise(errors::TypeError, "types.coroutine() expects a callable");
    cast<eval::Function>(a[0])->code->flags |= eval::kIterableCoroutine;
    return a[0];
}

constexpr NativeMethod kFunctions[] = {
    {"_mark_iterable_coroutine", mark_iterable_coroutine, "(function, /)", MethodKind::Function},
    {"reduce", reduce, "(function, iterable, initial=None, /)", MethodKind::Function},
    {"cmp_to_key", cmp_to_key, "(mycmp)", MethodKind::Function},
};

void define_types() {
    Partial::type = define_type({.name = "functools.partial",
                                 .instance_size = sizeof(Partial),
                                 .flags = kBaseType | kDottedName,
                                 .slots = {.destroy = destroy_native<Partial>,
                                           .repr = partial_repr,
                                           .call = partial_call,
                                           .construct = partial_construct},
                                 .methods = kPartialMethods,
                                 .has_dict = true});
    Key::type = define_type(
        {.name = "functools.KeyWrapper",
         .instance_size = sizeof(Key),
         .flags = kDottedName,
         .slots = {.destroy = destroy_native<Key>, .call = key_call, .compare = key_compare},
         .methods = kKeyMethods});
}

}  // namespace

Value make_module__functools() {
    if (!Partial::type) define_types();
    Value module = make_native_module("_functools", kFunctions);
    module_set(module, "partial", Value::share(Partial::type));
    return module;
}

}  // namespace loopglass::script
