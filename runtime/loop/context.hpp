// contextvars: ContextVar, Token, Context (Python/context.c). A context is an immutable map that is
// shared until somebody sets a variable, so that copying one is free.
#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "runtime/value/objects.hpp"

namespace loopglass::loop {

struct ContextVar : value::Object {
    static value::Type* type;
    value::Ref<value::Str> name;
    value::Value fallback;  // empty: no default
    explicit ContextVar(value::Type* its_type) : Object(its_type) {}
};

struct Context : value::Object {
    static value::Type* type;
    struct Entry {
        value::Ref<ContextVar> variable;
        value::Value value;
    };
    using Map = std::vector<Entry>;
    std::shared_ptr<const Map> map;  // null: empty
    bool entered = false;
    explicit Context(value::Type* its_type) : Object(its_type) {}
    [[nodiscard]] const value::Value* find(const ContextVar* variable) const;
    void set(ContextVar* variable, value::Value value);  // an empty value removes
};

struct Token : value::Object {
    static value::Type* type;
    value::Value context;  // Context
    value::Ref<ContextVar> variable;
    value::Value old_value;  // empty: it was not set
    bool used = false;
    explicit Token(value::Type* its_type) : Object(its_type) {}
};

extern value::Value g_context;  // the current one, or empty: made when first needed (machine.hpp)
[[nodiscard]] Context* current_context();  // borrowed; made if the thread has none yet
[[nodiscard]] value::Ref<Context> copy_context();

// Inside its life the context is the current one; ok() is false (RuntimeError pending) if it was
// entered already.
class EnterContext {
public:
    explicit EnterContext(Context* context) : context_(context) {
        if (__builtin_expect(context->entered, 0)) {
            context_ = nullptr;
            raise_entered(context);
            return;
        }
        context->entered = true;
        outer_ = std::exchange(g_context, value::Value::share(context));
    }
    ~EnterContext() {
        if (!context_) return;
        context_->entered = false;
        g_context = std::move(outer_);
    }
    EnterContext(const EnterContext&) = delete;
    EnterContext& operator=(const EnterContext&) = delete;
    [[nodiscard]] bool ok() const { return context_ != nullptr; }

private:
    static void raise_entered(Context* context);
    Context* context_;
    value::Value outer_;
};

}  // namespace loopglass::loop
