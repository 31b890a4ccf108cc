#include "runtime/value/exception_group.hpp"

#include "runtime/base/text.hpp"
#include "runtime/value/bootstrap.hpp"
#include "runtime/value/native_depth.hpp"
#include "runtime/value/objects.hpp"
#include "runtime/value/protocol.hpp"

namespace loopglass::value {

using base::cat;

namespace {

enum Field : size_t { kMessage, kExceptions };

Name kDerive("derive");

Tuple* members(const Value& group) {
    return cast<Tuple>(cast<Exception>(group)->fields[kExceptions]);
}

// ExceptionGroup may hold Exceptions only; BaseExceptionGroup(...) of nothing else becomes one.
bool choose_type(Type*& type, const Tuple* exceptions) {
    bool all_plain = true;
    for (size_t i = 0; i < exceptions->size; ++i)
        all_plain = all_plain && is_exception((*exceptions)[i], errors::Exception);
    if (type == errors::BaseExceptionGroup && all_plain) type = errors::ExceptionGroup;
    if (all_plain) return true;
    if (type == errors::ExceptionGroup)
        return raise(errors::TypeError, "Cannot nest BaseExceptions in an ExceptionGroup"), false;
    if (is_subtype(type, errors::Exception))
        return raise(errors::TypeError,
                     cat("Cannot nest BaseExceptions in '", type->name->view(), "'")),
               false;
    return true;
}

Value group_new(Type* type, const Args& args) {
    if (args.count != 2)
        return raise(
            errors::TypeError,
            cat("BaseExceptionGroup.__new__() takes exactly 2 arguments (", args.count, " given)"));
    if (!is<Str>(args.items[0]))
        return raise(errors::TypeError,
                     cat("BaseExceptionGroup.__new__() argument 1 must be str, not ",
                         type_name(args.items[0])));
    if (!args.items[1].type()->slots.get_item && !is<Tuple>(args.items[1]))
        return raise(errors::TypeError, "second argument (exceptions) must be a sequence");
    const Ref<Tuple> exceptions = tuple_from(args.items[1]);
    if (!exceptions) return {};
    if (!exceptions->size)
        return raise(errors::ValueError,
                     "second argument (exceptions) must be a non-empty sequence");
    for (size_t i = 0; i < exceptions->size; ++i)
        if (!is<Exception>((*exceptions)[i]))
            return raise(errors::ValueError,
                         cat("Item ", i, " of second argument (exceptions) is not an exception"));
    if (!choose_type(type, exceptions.get())) return {};
    auto group = make_as<Exception>(type);
    group->args = make_tuple(std::span<const Value>(args.items, args.count));
    group->fields = {args.items[0], exceptions};
    return group;
}

bool group_init(const Value& self, const Args& args) {
    if (args.named())
        return raise(errors::TypeError, cat(type_name(self), "() takes no keyword arguments")),
               false;
    return true;
}

Value group_str(const Value& self) {
    const auto* group = cast<Exception>(self);
    const size_t count = members(self)->size;
    return make_str(cat(cast<Str>(group->fields[kMessage])->view(), " (", count, " sub-exception",
                        count == 1 ? "" : "s", ")"));
}

Value get_message(const Value* a) {
    return cast<Exception>(a[0])->fields[kMessage];
}
Value get_exceptions(const Value* a) {
    return cast<Exception>(a[0])->fields[kExceptions];
}

Value group_derive(const Value* a) {
    const Value& message = cast<Exception>(a[0])->fields[kMessage];
    return call(Value::share(errors::BaseExceptionGroup), message, a[1]);
}

// Does the condition hold for this exception? 1, 0, -1.
int matches(const Value& exception, const Value& condition) {
    if (is<Type>(condition) || is<Tuple>(condition)) return is_instance(exception, condition);
    const Value answer = call(condition, exception);
    return answer ? truth(answer) : -1;
}

bool check_condition(const Value& condition) {
    bool good = is<Type>(condition) ? is_subtype(cast<Type>(condition), Exception::type)
                                    : is_callable(condition);
    if (const Tuple* types = as<Tuple>(condition)) {
        good = true;
        for (size_t i = 0; i < types->size; ++i)
            good = good && is<Type>((*types)[i]) &&
                   is_subtype(cast<Type>((*types)[i]), Exception::type);
    }
    if (good) return true;
    return raise(errors::TypeError,
                 "expected an exception type, a tuple of exception types, or a callable (other "
                 "than a class)"),
           false;
}

Value group_split(const Value* a) {
    if (!check_condition(a[1])) return {};
    Value matching, rest;
    if (!split_exception(a[0], a[1], matching, rest)) return {};
    return make_tuple({matching, rest});
}
Value group_subgroup(const Value* a) {
    if (!check_condition(a[1])) return {};
    Value matching, rest;
    return split_exception(a[0], a[1], matching, rest) ? matching : Value{};
}
Value group_class_getitem(const Value* a) {
    return a[0];
}

constexpr NativeMethod kMethods[] = {
    {"message", get_message, "(self)", MethodKind::Getter},
    {"exceptions", get_exceptions, "(self)", MethodKind::Getter},
    {"derive", group_derive, "(self, excs, /)"},
    {"split", group_split, "(self, matcher_value, /)"},
    {"subgroup", group_subgroup, "(self, matcher_value, /)"},
    {"__class_getitem__", group_class_getitem, "(cls, item, /)", MethodKind::Class},
};

}  // namespace

Type* define_base_exception_group(Type* base) {
    return define_type({.name = "BaseExceptionGroup",
                        .instance_size = sizeof(Exception),
                        .flags = kBaseType | kExceptionSubclass,
                        .base = base,
                        .slots = {.str = group_str, .construct = group_new, .init = group_init},
                        .methods = kMethods});
}

Type* define_exception_group() {
    Type* type = define_type({.name = "ExceptionGroup",
                              .instance_size = sizeof(Exception),
                              .flags = kBaseType | kExceptionSubclass,
                              .base = errors::BaseExceptionGroup});
    // The one builtin class with two bases.
    type->bases =
        make_tuple({Value::share(errors::BaseExceptionGroup), Value::share(errors::Exception)});
    errors::Exception->subclasses.push_back(type);
    if (!compute_mro(type)) return nullptr;
    type_modified(type);
    return type;
}

Value derive_group(const Value& group, std::span<const Value> exceptions) {
    const Value argument = make_list(std::vector<Value>(exceptions.begin(), exceptions.end()));
    Value derived = call_method(group, kDerive, &argument, 1);
    if (!derived) return {};
    if (!is_exception(derived, errors::BaseExceptionGroup))
        return raise(errors::TypeError, "derive must return an instance of BaseExceptionGroup");
    const auto* from = cast<Exception>(group);
    auto* to = cast<Exception>(derived);
    to->traceback = from->traceback;
    to->context = from->context;
    to->cause = from->cause;
    to->suppress_context = from->suppress_context;
    if (from->notes)
        to->notes =
            is<List>(from->notes) ? Value(make_list(cast<List>(from->notes)->items)) : from->notes;
    return derived;
}

bool split_exception(const Value& exception, const Value& condition, Value& matching, Value& rest) {
    if (too_deep(" in exceptiongroup_split_recursive")) return false;
    matching = none();
    rest = none();
    const int whole = matches(exception, condition);
    if (whole < 0) return false;
    if (whole) return matching = exception, true;
    if (!is_exception(exception, errors::BaseExceptionGroup)) return rest = exception, true;
    std::vector<Value> in, out;
    const Tuple* all = members(exception);
    for (size_t i = 0; i < all->size; ++i) {
        Value part_in, part_out;
        const auto split = [&] { return split_exception((*all)[i], condition, part_in, part_out); };
        if (!deeper(split)) return false;
        if (!is_none(part_in)) in.push_back(part_in);
        if (!is_none(part_out)) out.push_back(part_out);
    }
    if (!in.empty() && !(matching = derive_group(exception, in))) return false;
    if (!out.empty() && !(rest = derive_group(exception, out))) return false;
    return true;
}

}  // namespace loopglass::value
