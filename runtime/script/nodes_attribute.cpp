// Attributes: loads and stores through inline caches.
#include "runtime/script/attribute_cache.hpp"
#include "runtime/script/call.hpp"
#include "runtime/script/factory.hpp"

namespace loopglass::script::eval {

void fill_cache(AttributeCache& cache, Type* type, Str* name) {
    cache.version = type->version;
    cache.method = false;
    cache.on_class = value::type_lookup(type, name);
    cache.kind = AttributeCache::Kind::Instance;
    if (!cache.on_class) return;
    const Type* descriptor = cache.on_class->type();
    if (descriptor->slots.descr_set) cache.kind = AttributeCache::Kind::Data;
    cache.method = descriptor->has(value::kMethodDescriptor);
}

// `object` is a class: what its own MRO says, if the metaclass has no say and binding changes
// nothing.
void fill_class_cache(AttributeCache& cache, Type* object, Str* name) {
    const Type* metatype = metatype_of(object);
    cache.version = object->version;
    cache.meta_version = metatype->version;
    cache.kind = AttributeCache::Kind::Slow;
    cache.method = false;
    if (metatype->slots.get_attribute != Type::type->slots.get_attribute) return;
    if (value::type_lookup(metatype, name)) return;
    cache.on_class = value::type_lookup(object, name);
    if (!cache.on_class) return;
    const Type* descriptor = cache.on_class->type();
    if (!descriptor->slots.descr_get || descriptor == Function::type)
        cache.kind = AttributeCache::Kind::OfClass;
}

namespace {

Value load_of_class(AttributeCache& cache, const Value& object, Str* name) {
    Type* self = value::cast<Type>(object);
    if (cache.version != self->version || cache.meta_version != metatype_of(self)->version)
        fill_class_cache(cache, self, name);
    if (cache.kind == AttributeCache::Kind::OfClass) return *cache.on_class;
    return value::get_attribute(object, name);
}

Value load_of_module(AttributeCache& cache, const Value& object, Str* name) {
    Dict* dict = value::cast<Module>(object)->dict.get();
    if (static_cast<uint32_t>(cache.hint) < dict->used) {
        const value::DictEntry& entry = dict->entries[cache.hint];
        if (entry.key.is(name)) return entry.value;
    }
    const int32_t position = value::dict_position(dict, name);
    if (position < 0) return value::get_attribute(object, name);
    cache.hint = position;
    return dict->entries[position].value;
}

// What the class's attribute, which the caller holds, gives for this object.
Value bind(const Value& on_class, const Value& object) {
    Type* kind = on_class.type();
    if (kind == Function::type) return value::make<value::BoundMethod>(on_class, object);
    return kind->slots.descr_get ? kind->slots.descr_get(on_class, object, object.type())
                                 : on_class;
}

Value load_data(const Value& descriptor, const Value& object) {
    const Value keep = descriptor;
    if (value::is_exact<value::Property>(keep)) {
        const Value getter = value::cast<value::Property>(keep)->getter;
        if (getter && value::is_exact<Function>(getter))
            return call_function(value::cast<Function>(getter), &object, 1);
    }
    Type* kind = keep.type();
    return kind->slots.descr_get ? kind->slots.descr_get(keep, object, object.type()) : keep;
}

}  // namespace

Value load_attribute(AttributeCache& cache, const Value& object, Str* name) {
    Type* type = object.type();
    if (__builtin_expect(!type->has(value::kDefaultGetAttribute), 0)) {
        if (type == Module::type) return load_of_module(cache, object, name);
        if (type->has(value::kTypeSubclass)) return load_of_class(cache, object, name);
        return value::get_attribute(object, name);
    }
    if (__builtin_expect(cache.version != type->version, 0)) fill_cache(cache, type, name);
    if (cache.kind == AttributeCache::Kind::Data) {
        if (cache.on_class->type()->slots.descr_get) return load_data(*cache.on_class, object);
    }
    // Looking into the object may compare keys of the script's, which may change the class.
    const Value on_class = cache.on_class ? *cache.on_class : Value();
    if (object.is_object())
        if (const Value* own = instance_attribute(cache, object.object(), name)) return *own;
    return on_class ? bind(on_class, object) : value::get_attribute(object, name);
}

bool store_attribute(AttributeCache& cache, const Value& object, Str* name, Value value) {
    Type* type = object.type();
    static auto* const plain = value::generic_set_attribute;
    if (type->slots.set_attribute == plain && type->dict_offset) {
        if (__builtin_expect(cache.version != type->version, 0)) fill_cache(cache, type, name);
        if (cache.kind == AttributeCache::Kind::Instance) {
            Dict* dict = value::instance_dict_slot(object.object())->get();
            if (!dict) dict = value::instance_dict(object.object());
            if (static_cast<uint32_t>(cache.hint) < dict->used) {
                value::DictEntry& entry = dict->entries[cache.hint];
                if (entry.key.is(name)) return entry.value = std::move(value), true;
            }
            const int32_t position = value::dict_position(dict, name);
            if (position >= 0) {
                cache.hint = position;
                return dict->entries[position].value = std::move(value), true;
            }
            cache.hint = static_cast<int32_t>(dict->used);
            value::dict_set(dict, name, std::move(value));
            return true;
        }
    }
    return value::set_attribute(object, name, value);
}

namespace {

template <typename Operand>
struct AttributeNode final : Node {
    Operand object;
    Str* name;
    mutable AttributeCache cache;
    AttributeNode(const Span& where, const Node* its_object, Str* its_name)
        : Node(where), object(its_object), name(its_name) {}
    [[nodiscard]] Word eval(ScriptFrame& frame) const override {
        Value storage;
        const Value* holder = object.get(frame, storage);
        if (!holder) return 0;
        const Type* type = holder->type();
        if (type->has(value::kDefaultGetAttribute) && cache.version == type->version &&
            cache.kind == AttributeCache::Kind::Instance && holder->is_object()) {
            if (const Value* own = instance_attribute(cache, holder->object(), name))
                return Value(*own).detach();
        }
        const Value keep = *holder;  // a getter may run anything
        const Word result = load_attribute(cache, keep, name).detach();
        return __builtin_expect(result != 0, 1) ? result : fail(frame, this);
    }
};

struct AttributeTarget final : Target {
    const Node* object;
    Str* name;
    mutable AttributeCache cache;
    AttributeTarget(const Span& where, const Node* its_object, Str* its_name)
        : Target(where), object(its_object), name(its_name) {}
    [[nodiscard]] bool store(ScriptFrame& frame, Value value) const override {
        const Value holder = run(object, frame);
        if (!holder) return false;
        return store_attribute(cache, holder, name, std::move(value)) || fail(frame, span);
    }
    [[nodiscard]] bool remove(ScriptFrame& frame) const override {
        const Value holder = run(object, frame);
        if (!holder) return false;
        return value::set_attribute(holder, name, Value()) || fail(frame, span);
    }
};

// target.name op= value
struct AugmentedAttribute final : Statement {
    const Node* object;
    Str* name;
    const Node* node;
    BinaryOp op;
    Span target_span;
    mutable AttributeCache load_cache, store_cache;
    AugmentedAttribute(const Span& where, BinaryOp its_op, const Span& its_target,
                       const Node* its_object, Str* its_name, const Node* its_value)
        : Statement(where),
          object(its_object),
          name(its_name),
          node(its_value),
          op(its_op),
          target_span(its_target) {}
    [[nodiscard]] Status exec(ScriptFrame& frame) const override {
        const Value holder = run(object, frame);
        if (!holder) return Status::Raised;
        Value old = load_attribute(load_cache, holder, name);
        if (!old) return fail(frame, target_span), Status::Raised;
        const Value operand = run(node, frame);
        if (!operand) return Status::Raised;
        Value result = inplace_value(op, std::move(old), operand);
        if (!result) return fail(frame, span), Status::Raised;
        if (!store_attribute(store_cache, holder, name, std::move(result)))
            return fail(frame, target_span), Status::Raised;
        return Status::Normal;
    }
};

}  // namespace

Node* make_attribute(Unit& unit, const Span& span, Node* object, Str* name) {
    if (object->kind == NodeKind::Local)
        return unit.add<AttributeNode<LocalOperand>>(span, object, name);
    return unit.add<AttributeNode<NodeOperand>>(span, object, name);
}
Target* make_attribute_target(Unit& unit, const Span& span, Node* object, Str* name) {
    return unit.add<AttributeTarget>(span, object, name);
}
Statement* make_augmented_attribute(Unit& unit, const Span& span, BinaryOp op,
                                    const Span& target_span, Node* object, Str* name, Node* value) {
    return unit.add<AugmentedAttribute>(span, op, target_span, object, name, value);
}

}  // namespace loopglass::script::eval
