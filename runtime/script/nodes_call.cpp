// Calls: of functions, methods and classes, with the shapes that occur all the time done without
// argument tuples or bound methods.
#include <cstring>
#include <new>

#include "runtime/base/text.hpp"
#include "runtime/loop/coroutine.hpp"
#include "runtime/loop/rules.hpp"
#include "runtime/script/attribute_cache.hpp"
#include "runtime/script/call.hpp"
#include "runtime/script/factory.hpp"
#include "runtime/value/containers.hpp"
#include "runtime/value/native.hpp"

namespace loopglass::script::eval {

using base::cat;

bool CallArguments::simple() const {
    for (const Node* node : positional)
        if (node->kind == NodeKind::Starred) return false;
    for (const Str* name : names)
        if (!name) return false;
    return true;
}

namespace {

struct StarredNode final : Node {
    const Node* value;
    StarredNode(const Span& where, const Node* its_value)
        : Node(where, NodeKind::Starred), value(its_value) {}
    [[nodiscard]] Word eval(ScriptFrame& frame) const override { return value->eval(frame); }
};

// Evaluates nodes into raw memory; on failure what was made is dropped.
bool evaluate(ScriptFrame& frame, const Nodes& nodes, Value* out) {
    for (size_t i = 0; i < nodes.size(); ++i) {
        const Word word = nodes[i]->eval(frame);
        if (__builtin_expect(word == 0, 0)) {
            drop_slots(out, i);
            return false;
        }
        new (out + i) Value(Value::from_bits(word));
    }
    return true;
}

// How a native method may be called straight through its pointer: all parameters given, in order.
struct DirectNative {
    value::NativeFunctionPointer function = nullptr;
    // `type` is that of the object in front: a script's class may have borrowed the method.
    void find(const Value& callee, size_t given, const Type* type) {
        function = nullptr;
        if (callee.object()->type != value::NativeFunction::method_type) return;
        const auto* native = value::cast<value::NativeFunction>(callee);
        if (!value::is_subtype(type, native->owner)) return;
        if (native->method->kind != value::MethodKind::Method) return;
        if (std::strchr(native->method->signature, '*')) return;
        if (value::parameter_count(*native->signature) == given)
            function = native->method->function;
    }
};

// The native async function an await called last, and how many slots its parameters take; the
// arguments fit it.
struct DirectAwait {
    Value callee;  // kept, so that no other object can take its place in memory
    size_t size = 0;
    bool function = false;  // a module's, with no object in front
};

// The common parts of call nodes without keywords and stars.
struct PositionalCall : Node {
    Nodes arguments;
    mutable DirectAwait direct_await;
    PositionalCall(const Span& where, Nodes its_arguments)
        : Node(where), arguments(std::move(its_arguments)) {}

    // A script function whose parameters the arguments (behind `self`, if given) fit.
    [[nodiscard]] Word enter(ScriptFrame& frame, Function* function, const Value* self) const {
        FunctionCode* code = function->code;
        const size_t extra = self ? 1 : 0, given = arguments.size() + extra;
        auto* slots = static_cast<Value*>(__builtin_alloca((code->frame_size + 1) * sizeof(Value)));
        if (!evaluate(frame, arguments, slots + extra)) return 0;
        if (self) new (slots) Value(*self);
        for (size_t i = given; i < code->frame_size; ++i) new (slots + i) Value();
        fill_defaults(function, code, given, slots);
        const Word result = code->enter(function, slots);
        return __builtin_expect(result != 0, 1) ? result : fail(frame, this);
    }

    // A script function that takes exactly the arguments given (behind `self`, if there is one):
    // the shortest way in.
    [[gnu::always_inline]] Word enter_exactly(ScriptFrame& frame, Function* function,
                                              const FunctionCode* code, const Value* self) const {
        const size_t size = code->frame_size, extra = self ? 1 : 0;
        auto* slots = static_cast<Value*>(__builtin_alloca((size + 1) * sizeof(Value)));
        Node* const* nodes = arguments.data();
        const size_t given = arguments.size();
        for (size_t i = 0; i < given; ++i) {
            const Word word = nodes[i]->eval(frame);
            if (__builtin_expect(word == 0, 0)) return drop_slots(slots + extra, i), 0;
            new (slots + extra + i) Value(Value::from_bits(word));
        }
        if (self) new (slots) Value(*self);
        for (size_t i = given + extra; i < size; ++i) new (slots + i) Value();
        const Word result = code->enter(function, slots);
        return __builtin_expect(result != 0, 1) ? result : fail(frame, this);
    }

    // Anything else; `self` goes in front.
    [[nodiscard]] Word enter_any(ScriptFrame& frame, const Value& callee, const Value* self) const {
        const size_t extra = self ? 1 : 0, given = arguments.size() + extra;
        auto* items = static_cast<Value*>(__builtin_alloca((given + 1) * sizeof(Value)));
        if (!evaluate(frame, arguments, items + extra)) return 0;
        if (self) new (items) Value(*self);
        const Word result = value::call(callee, Args{items, given, nullptr}).detach();
        drop_slots(items, given);
        return __builtin_expect(result != 0, 1) ? result : fail(frame, this);
    }

    [[nodiscard]] Word enter_direct(ScriptFrame& frame, value::NativeFunctionPointer function,
                                    const Value& self) const {
        const size_t given = arguments.size() + 1;
        auto* items = static_cast<Value*>(__builtin_alloca(given * sizeof(Value)));
        if (!evaluate(frame, arguments, items + 1)) return 0;
        new (items) Value(self);
        const Word result = function(items).detach();
        drop_slots(items, given);
        return __builtin_expect(result != 0, 1) ? result : fail(frame, this);
    }

    // Awaits a native async function without making a coroutine; it has `size` parameters.
    [[gnu::always_inline]] Word await_native(ScriptFrame& frame,
                                             const value::NativeFunction* native, size_t size,
                                             const Value* self, const Node* awaiting) const {
        const size_t extra = self ? 1 : 0, given = arguments.size() + extra;
        auto* items = static_cast<Value*>(__builtin_alloca(size * sizeof(Value)));
        if (!evaluate(frame, arguments, items + extra)) return 0;
        if (self) new (items) Value(*self);
        for (size_t i = given; i < size; ++i) new (items + i) Value();
        frame.at = &awaiting->span;
        const Word result = loop::await_native(native, items).detach();
        drop_slots(items, size);
        return __builtin_expect(result != 0, 1) ? result : fail(frame, awaiting);
    }
    [[nodiscard]] Word await_callee(ScriptFrame& frame, const Value& callee,
                                    const Node* awaiting) const {
        if (!callee.is(direct_await.callee)) find_direct_await(callee);
        if (direct_await.callee && loop::g_rule == loop::Rule::None) {
            const auto* native = value::cast<value::NativeFunction>(callee);
            return await_native(frame, native, direct_await.size,
                                direct_await.function ? nullptr : &native->self, awaiting);
        }
        return await_value(frame, Value::from_bits(call_value(frame, callee)), awaiting);
    }
    [[gnu::noinline]] void find_direct_await(const Value& callee) const {
        direct_await = {};
        if (!value::is_exact<value::NativeFunction>(callee)) return;
        const auto* native = value::cast<value::NativeFunction>(callee);
        const bool method = native->method->kind == value::MethodKind::Coroutine && native->self;
        if ((method || native->method->kind == value::MethodKind::AsyncFunction) &&
            value::fits_directly(*native->signature, arguments.size() + method))
            direct_await = {callee, value::parameter_count(*native->signature), !method};
    }

    [[nodiscard]] Word call_value(ScriptFrame& frame, const Value& callee) const {
        if (callee.is_object()) {
            if (callee.object()->type == Function::type) {
                auto* function = value::cast<Function>(callee);
                if (fits_plainly(function, function->code, arguments.size()))
                    return enter(frame, function, nullptr);
            } else if (callee.object()->type == value::BoundMethod::type) {
                const auto* method = value::cast<value::BoundMethod>(callee);
                if (value::is_exact<Function>(method->function)) {
                    auto* function = value::cast<Function>(method->function);
                    if (fits_plainly(function, function->code, arguments.size() + 1))
                        return enter(frame, function, &method->self);
                }
            }
        }
        return enter_any(frame, callee, nullptr);
    }
};

// Class(...): what the class's __init__ is, remembered by version.
struct ConstructCache {
    uint64_t version = 0;
    const Value* init = nullptr;  // a script function, or null: not the simple case

    void fill(Type* type, size_t given) {
        static const Name kInit("__init__");
        version = type->version;
        init = nullptr;
        const Type* object_type = Type::type->base;
        if (metatype_of(type)->slots.call != Type::type->slots.call) return;
        if (type->slots.construct != object_type->slots.construct) return;
        if (type->has(value::kAbstract | value::kHasDel)) return;
        const Value* found = value::type_lookup(type, kInit);
        if (!found || !value::is_exact<Function>(*found)) return;
        const auto* function = value::cast<Function>(*found);
        if (function->code->suspends() || !fits_plainly(function, function->code, given + 1))
            return;
        init = found;
    }
};

Word fail_init_result(ScriptFrame& frame, const Node* node, const Value& result) {
    value::raise(value::errors::TypeError,
                 cat("__init__() should return None, not '", value::type_name(result), "'"));
    return fail(frame, node);
}

struct CallNode final : PositionalCall {
    const Node* callee;
    mutable ConstructCache construct;
    CallNode(const Span& where, const Node* its_callee, Nodes its_arguments)
        : PositionalCall(where, std::move(its_arguments)), callee(its_callee) {}

    [[nodiscard]] Word eval(ScriptFrame& frame) const override {
        const Value function = run(callee, frame);
        return __builtin_expect(static_cast<bool>(function), 1) ? call_evaluated(frame, function)
                                                                : 0;
    }

    [[gnu::always_inline]] Word call_evaluated(ScriptFrame& frame, const Value& function) const {
        if (__builtin_expect(function.is_object(), 1)) {
            const Type* its_type = function.object()->type;
            if (__builtin_expect(its_type == Function::type, 1)) {
                auto* script = value::cast<Function>(function);
                const FunctionCode* code = script->code;
                if (__builtin_expect(
                        code->plain_signature && code->argument_count == arguments.size(), 1))
                    return enter_exactly(frame, script, code, nullptr);
            } else if (its_type->has(value::kTypeSubclass)) {
                auto* type = value::cast<Type>(function);
                if (type == Str::type && arguments.size() == 1) return call_str(frame);
                if (construct.version != type->version) construct.fill(type, arguments.size());
                if (construct.init) return construct_instance(frame, type);
            }
        }
        return call_value(frame, function);
    }

    [[nodiscard]] Word await(ScriptFrame& frame, const Node* awaiting) const override {
        const Value function = run(callee, frame);
        if (!function) return 0;
        if (value::is_exact<value::NativeFunction>(function))
            return await_callee(frame, function, awaiting);
        return await_value(frame, Value::from_bits(call_evaluated(frame, function)), awaiting);
    }

    [[nodiscard]] Word call_str(ScriptFrame& frame) const {
        const Value argument = run(arguments[0], frame);
        if (!argument) return 0;
        const Word text = Value(value::str(argument)).detach();
        return text ? text : fail(frame, this);
    }

    [[nodiscard]] Word construct_instance(ScriptFrame& frame, Type* type) const {
        const Value init = *construct.init;
        auto* function = value::cast<Function>(init);
        if (!fits_plainly(function, function->code, arguments.size() + 1))
            return enter_any(frame, Value::share(type), nullptr);
        Value instance = type->slots.construct(type, Args{});
        if (!instance) return fail(frame, this);
        const Value result = Value::from_bits(enter(frame, function, &instance));
        if (!result) return 0;
        if (!value::is_none(result)) return fail_init_result(frame, this, result);
        return instance.detach();
    }
};

template <typename Operand>
struct MethodCallNode final : PositionalCall {
    Operand object;
    Str* name;
    Span attribute_span;
    mutable AttributeCache cache;
    mutable DirectNative direct;
    mutable size_t awaited_size = 0;  // of the native async method in the cache; 0: is none
    MethodCallNode(const Span& where, const Span& attribute, const Node* its_object, Str* its_name,
                   Nodes its_arguments)
        : PositionalCall(where, std::move(its_arguments)),
          object(its_object),
          name(its_name),
          attribute_span(attribute) {}

    [[nodiscard]] Word eval(ScriptFrame& frame) const override {
        Value storage;
        const Value* place = object.get(frame, storage);
        if (!place) return 0;
        const Value holder = storage ? std::move(storage) : *place;  // arguments may assign it
        Type* type = holder.type();
        if (type->has(value::kDefaultGetAttribute)) {
            if (__builtin_expect(cache.version != type->version, 0)) refill(type);
            if (cache.method && cache.kind == AttributeCache::Kind::Instance &&
                !(holder.is_object() && instance_hides(cache, holder.object(), name)))
                return call_unbound(frame, holder);
        }
        const Value callee = load_attribute(cache, holder, name);
        if (!callee) return fail(frame, attribute_span);
        return call_value(frame, callee);
    }

    [[nodiscard]] Word await(ScriptFrame& frame, const Node* awaiting) const override {
        Value storage;
        const Value* place = object.get(frame, storage);
        if (!place) return 0;
        const Value holder = storage ? std::move(storage) : *place;
        Type* type = holder.type();
        if (type->has(value::kDefaultGetAttribute)) {
            if (__builtin_expect(cache.version != type->version, 0)) refill(type);
            if (cache.method && cache.kind == AttributeCache::Kind::Instance &&
                !(holder.is_object() && instance_hides(cache, holder.object(), name))) {
                if (awaited_size && loop::g_rule == loop::Rule::None)
                    return await_native(frame, value::cast<value::NativeFunction>(*cache.on_class),
                                        awaited_size, &holder, awaiting);
                return await_value(frame, Value::from_bits(call_unbound(frame, holder)), awaiting);
            }
        }
        const Value callee = load_attribute(cache, holder, name);
        if (!callee) return fail(frame, attribute_span);
        return await_callee(frame, callee, awaiting);
    }

    void refill(Type* type) const {
        fill_cache(cache, type, name);
        if (cache.method) direct.find(*cache.on_class, arguments.size() + 1, type);
        awaited_size = cache.method ? size_awaited_directly(type) : 0;
    }
    // Is the method in the cache a native async one that the arguments fit? Its parameters, or 0.
    [[nodiscard]] size_t size_awaited_directly(const Type* type) const {
        if (cache.on_class->object()->type != value::NativeFunction::method_type) return 0;
        const auto* native = value::cast<value::NativeFunction>(*cache.on_class);
        const bool fits = native->method->kind == value::MethodKind::Coroutine &&
                          value::is_subtype(type, native->owner) &&
                          value::fits_directly(*native->signature, arguments.size() + 1);
        return fits ? value::parameter_count(*native->signature) : 0;
    }

    [[nodiscard]] Word call_unbound(ScriptFrame& frame, const Value& self) const {
        if (direct.function) return enter_direct(frame, direct.function, self);
        const Value callee = *cache.on_class;
        if (callee.object()->type == Function::type) {
            auto* function = value::cast<Function>(callee);
            const FunctionCode* code = function->code;
            if (code->plain_signature && code->argument_count == arguments.size() + 1)
                return enter_exactly(frame, function, code, &self);
            if (fits_plainly(function, code, arguments.size() + 1))
                return enter(frame, function, &self);
        }
        return enter_any(frame, callee, &self);
    }
};

// f(a, name=b): keywords, no stars. Also methods: `object` then is the holder's node.
struct KeywordCallNode final : Node {
    const Node* callee;  // null: a method
    const Node* object;
    Str* name;
    Span attribute_span;
    Nodes values;  // positional ones, then the keywords'
    Ref<Tuple> names;
    mutable AttributeCache cache;
    KeywordCallNode(const Span& where, const Node* its_callee, const Node* its_object,
                    Str* its_name, const Span& attribute, CallArguments arguments)
        : Node(where),
          callee(its_callee),
          object(its_object),
          name(its_name),
          attribute_span(attribute),
          values(std::move(arguments.positional)),
          names(value::make_tuple(arguments.names.size())) {
        values.insert(values.end(), arguments.keywords.begin(), arguments.keywords.end());
        for (size_t i = 0; i < arguments.names.size(); ++i)
            names->items()[i] = Value::share(arguments.names[i]);
    }

    [[nodiscard]] Word eval(ScriptFrame& frame) const override {
        Value self, function;
        if (callee) {
            function = run(callee, frame);
            if (!function) return 0;
        } else {
            self = run(object, frame);
            if (!self) return 0;
            if (!find_method(self, function)) return fail(frame, attribute_span);
        }
        const size_t extra = self ? 1 : 0, count = values.size() + extra;
        auto* items = static_cast<Value*>(__builtin_alloca((count + 1) * sizeof(Value)));
        if (!evaluate(frame, values, items + extra)) return 0;
        if (self) new (items) Value(std::move(self));
        const Word result =
            value::call(function, Args{items, count - names->size, names.get()}).detach();
        drop_slots(items, count);
        return __builtin_expect(result != 0, 1) ? result : fail(frame, this);
    }

    // Clears `self` when the callee is complete without it.
    bool find_method(Value& self, Value& function) const {
        Type* type = self.type();
        if (type->has(value::kDefaultGetAttribute)) {
            if (cache.version != type->version) fill_cache(cache, type, name);
            if (cache.method && cache.kind == AttributeCache::Kind::Instance &&
                !(self.is_object() && instance_hides(cache, self.object(), name)))
                return function = *cache.on_class, true;
        }
        function = load_attribute(cache, self, name);
        self = Value();
        return static_cast<bool>(function);
    }
};

// Calls with *x or **x.
struct StarCallNode final : Node {
    const Node* callee;
    CallArguments arguments;
    StarCallNode(const Span& where, const Node* its_callee, CallArguments its_arguments)
        : Node(where), callee(its_callee), arguments(std::move(its_arguments)) {}

    [[nodiscard]] Word eval(ScriptFrame& frame) const override {
        const Value function = run(callee, frame);
        if (!function) return 0;
        std::vector<Value> items;
        if (!gather_positional(frame, function, items)) return 0;
        const size_t positional = items.size();
        Ref<Dict> keywords;
        if (!arguments.names.empty()) {
            keywords = value::make_dict();
            if (!gather_keywords(frame, function, keywords.get())) return 0;
        }
        Ref<Tuple> names;
        if (keywords && keywords->count) {
            names = value::make_tuple(keywords->count);
            size_t k = 0;
            for (uint32_t i = 0; i < keywords->used; ++i) {
                const value::DictEntry& entry = keywords->entries[i];
                if (!entry.key) continue;
                names->items()[k++] = entry.key;
                items.push_back(entry.value);
            }
        }
        const Word result =
            value::call(function, Args{items.data(), positional, names.get()}).detach();
        return result ? result : fail(frame, this);
    }

    bool gather_positional(ScriptFrame& frame, const Value& function,
                           std::vector<Value>& items) const {
        for (const Node* node : arguments.positional) {
            Value value = run(node, frame);
            if (!value) return false;
            if (node->kind != NodeKind::Starred) {
                items.push_back(std::move(value));
                continue;
            }
            const Type* type = value.type();
            if (!type->slots.iter && !type->slots.get_item) {
                // A lone star is the call's own; among others the list of arguments complains.
                const bool alone = arguments.positional.size() == 1;
                value::raise(
                    value::errors::TypeError,
                    cat(alone ? function_text(function) + " argument" : std::string("Value"),
                        " after * must be an iterable, not ", value::type_name(value)));
                return fail(frame, this), false;
            }
            if (!value::for_each_sized(value, [&](Value& item) {
                    items.push_back(std::move(item));
                    return true;
                }))
                return fail(frame, this), false;
        }
        return true;
    }

    bool gather_keywords(ScriptFrame& frame, const Value& function, Dict* keywords) const {
        for (size_t i = 0; i < arguments.names.size(); ++i) {
            Value value = run(arguments.keywords[i], frame);
            if (!value) return false;
            if (Str* name = arguments.names[i]) {
                if (!add_keyword(function, keywords, Value::share(name), value))
                    return fail(frame, this), false;
            } else if (!add_mapping(function, keywords, value)) {
                return fail(frame, this), false;
            }
        }
        return true;
    }

    static bool add_keyword(const Value& function, Dict* keywords, const Value& key,
                            const Value& value) {
        if (!value::is<Str>(key)) {
            value::raise(value::errors::TypeError, "keywords must be strings");
            return false;
        }
        Str* name = value::cast<Str>(key);
        if (value::dict_find(keywords, name)) {
            value::raise(value::errors::TypeError,
                         cat(function_text(function), " got multiple values for keyword argument '",
                             name->view(), "'"));
            return false;
        }
        return value::dict_set(keywords, key, value);
    }

    static bool add_mapping(const Value& function, Dict* keywords, const Value& mapping) {
        static const Name kKeys("keys");
        if (value::is_exact<Dict>(mapping)) {
            const Ref<Dict> source = Ref<Dict>::share(value::cast<Dict>(mapping));
            for (uint32_t i = 0; i < source->used; ++i) {
                const value::DictEntry entry = source->entries[i];
                if (entry.key && !add_keyword(function, keywords, entry.key, entry.value))
                    return false;
            }
            return true;
        }
        const Value keys = value::find_attribute(mapping, kKeys);
        if (!keys) {
            if (value::raised()) return false;
            value::raise(value::errors::TypeError,
                         cat(function_text(function), " argument after ** must be a mapping, not ",
                             value::type_name(mapping)));
            return false;
        }
        const Value list = value::call(keys);
        if (!list) return false;
        return value::for_each(list, [&](const Value& key) {
            const Value value = value::get_item(mapping, key);
            return value && add_keyword(function, keywords, key, value);
        });
    }
};

// super() in a method: the class comes from the __class__ cell, the object is the first argument.
struct SuperCallNode final : Node {
    const Node* callee;
    uint32_t class_index;
    SuperCallNode(const Span& where, const Node* its_callee, uint32_t index)
        : Node(where), callee(its_callee), class_index(index) {}
    [[nodiscard]] Word eval(ScriptFrame& frame) const override {
        static const Name kSuper("super");
        const Value function = run(callee, frame);
        if (!function) return 0;
        const Value* builtin = value::dict_find(frame.builtins, kSuper);
        if (!builtin || !builtin->is(function)) {
            const Word result = value::call(function).detach();
            return result ? result : fail(frame, this);
        }
        const Value self = first_argument(frame);
        const Value cls = value::cast<value::Cell>(frame.closure[class_index])->content;
        if (!self || !cls) {
            value::raise(value::errors::RuntimeError,
                         self ? "super(): empty __class__ cell" : "super(): arg[0] deleted");
            return fail(frame, this);
        }
        const Word result = value::call(function, cls, self).detach();
        return result ? result : fail(frame, this);
    }
    // The first parameter, which may have moved into a cell.
    static Value first_argument(const ScriptFrame& frame) {
        const FunctionCode* code = frame.script_code();
        if (frame.slots[0]) return frame.slots[0];
        for (size_t i = 0; i < code->cells.size(); ++i)
            if (code->cells[i].parameter == 0)
                return frame_cell(frame, static_cast<uint32_t>(i))->content;
        return Value();
    }
};

}  // namespace

Node* make_starred(Unit& unit, const Span& span, Node* value) {
    return unit.add<StarredNode>(span, value);
}

Node* make_call(Unit& unit, const Span& span, Node* callee, CallArguments arguments) {
    if (!arguments.simple()) return unit.add<StarCallNode>(span, callee, std::move(arguments));
    if (!arguments.names.empty())
        return unit.add<KeywordCallNode>(span, callee, nullptr, nullptr, span,
                                         std::move(arguments));
    return unit.add<CallNode>(span, callee, std::move(arguments.positional));
}

Node* make_method_call(Unit& unit, const Span& span, const Span& attribute_span, Node* object,
                       Str* name, CallArguments arguments) {
    if (!arguments.simple()) {
        Node* callee = make_attribute(unit, attribute_span, object, name);
        return unit.add<StarCallNode>(span, callee, std::move(arguments));
    }
    if (!arguments.names.empty())
        return unit.add<KeywordCallNode>(span, nullptr, object, name, attribute_span,
                                         std::move(arguments));
    if (object->kind == NodeKind::Local)
        return unit.add<MethodCallNode<LocalOperand>>(span, attribute_span, object, name,
                                                      std::move(arguments.positional));
    return unit.add<MethodCallNode<NodeOperand>>(span, attribute_span, object, name,
                                                 std::move(arguments.positional));
}

Node* make_super_call(Unit& unit, const Span& span, Node* callee, uint32_t class_index) {
    return unit.add<SuperCallNode>(span, callee, class_index);
}

}  // namespace loopglass::script::eval
