// The table between slots and dunders, as slots.cpp fills it and slot_wrappers.cpp shows it.
#pragma once

#include <cstddef>

#include "runtime/value/objects.hpp"
#include "runtime/value/protocol.hpp"

namespace loopglass::value {

using AnyFunction = void (*)();
using Wrap = Value (*)(AnyFunction slot, const Value& self, const Value* arguments);

// How a slot and a dunder meet. `trampoline` is the slot of a script class: it calls the dunder.
// `wrap` is the dunder of a native class: it calls the slot.
struct SlotDefinition {
    const char* name;
    size_t offset;
    AnyFunction trampoline;
    Wrap wrap;
    int arguments;  // that the dunder takes after self; -1: any, passed as Args through `wrap_args`
};

[[nodiscard]] inline AnyFunction& slot_at(Slots& slots, size_t offset) {
    return *reinterpret_cast<AnyFunction*>(reinterpret_cast<char*>(&slots) + offset);
}

template <typename F>
[[nodiscard]] F as_slot(AnyFunction slot) {
    return reinterpret_cast<F>(slot);
}

// What a slot without a value answers to a dunder.
[[nodiscard]] inline Value done(bool ok) {
    return ok ? none() : Value{};
}

}  // namespace loopglass::value
