#include "runtime/value/identity.hpp"

#include <cstdio>

namespace loopglass::value {

namespace {

constexpr uint32_t kMost = UINT32_MAX >> kIdentityShift;
constexpr uint32_t kFirstImmortal = kMost / 2;
// Where CPython's objects tend to lie; sixteen bytes apart, as its smallest ones do.
constexpr uint64_t kBase = 0x7f0000000000;

uint32_t g_given = 0;
// Immortal objects outlive a run, and so does what they are called.
uint32_t g_given_to_immortals = 0;

}  // namespace

void restart_identities() {
    g_given = 0;
}

uint32_t identity_number(Object* object) {
    if (const uint32_t number = object->flags >> kIdentityShift) return number;
    const bool immortal = object->refs >= kImmortalRefs / 2;
    const uint32_t number = immortal ? kFirstImmortal + g_given_to_immortals++ % kFirstImmortal
                                     : 1 + g_given++ % (kFirstImmortal - 1);
    object->flags |= number << kIdentityShift;
    return number;
}

uint64_t address_of(const Value& value) {
    if (!value.is_object()) return value.bits();
    return kBase + uint64_t{identity_number(value.object())} * 16;
}

std::string address_text(const Value& value) {
    char text[24];
    std::snprintf(text, sizeof text, "0x%llx", static_cast<unsigned long long>(address_of(value)));
    return text;
}

}  // namespace loopglass::value
