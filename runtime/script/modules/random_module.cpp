// _random: the Mersenne Twister MT19937 with CPython's seeding (Modules/_randommodule.c), so that
// the same seed gives the same numbers.
#include <array>

#include "runtime/base/text.hpp"
#include "runtime/script/host.hpp"
#include "runtime/script/modules/registry.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/int.hpp"
#include "runtime/value/objects.hpp"
#include "runtime/value/protocol.hpp"

namespace loopglass::script {

using namespace value;  // a file of bindings

namespace {

constexpr size_t kWords = 624;
constexpr size_t kAhead = 397;

struct Twister {
    std::array<uint32_t, kWords> state;
    size_t index = kWords;

    void seed_by_number(uint32_t number) {
        state[0] = number;
        for (uint32_t i = 1; i < kWords; ++i)
            state[i] = 1812433253u * (state[i - 1] ^ state[i - 1] >> 30) + i;
        index = kWords;
    }

    void seed_by_array(const std::vector<uint32_t>& key) {
        seed_by_number(19650218u);
        size_t i = 1, j = 0;
        for (size_t left = std::max(kWords, key.size()); left; --left) {
            state[i] = (state[i] ^ (state[i - 1] ^ state[i - 1] >> 30) * 1664525u) + key[j] +
                       static_cast<uint32_t>(j);
            advance(i);
            if (++j >= key.size()) j = 0;
        }
        for (size_t left = kWords - 1; left; --left) {
            state[i] = (state[i] ^ (state[i - 1] ^ state[i - 1] >> 30) * 1566083941u) -
                       static_cast<uint32_t>(i);
            advance(i);
        }
        state[0] = 0x80000000u;
    }

    void advance(size_t& i) {
        if (++i < kWords) return;
        state[0] = state[kWords - 1];
        i = 1;
    }

    void refill() {
        for (size_t i = 0; i < kWords; ++i) {
            const uint32_t mixed =
                (state[i] & 0x80000000u) | (state[(i + 1) % kWords] & 0x7FFFFFFFu);
            state[i] = state[(i + kAhead) % kWords] ^ mixed >> 1 ^ (mixed & 1 ? 0x9908B0DFu : 0);
        }
        index = 0;
    }

    uint32_t next() {
        if (index >= kWords) refill();
        uint32_t y = state[index++];
        y ^= y >> 11;
        y ^= y << 7 & 0x9D2C5680u;
        y ^= y << 15 & 0xEFC60000u;
        return y ^ y >> 18;
    }
};

struct Random : Object {
    static Type* type;
    Twister twister;
    explicit Random(Type* its_type) : Object(its_type) {}
};
Type* Random::type = nullptr;

Twister& twister_of(const Value& self) {
    return cast<Random>(self)->twister;
}

// Without a seed a program gets the world's: runs repeat. Each further generator gets its own.
BigInt world_seed() {
    return BigInt(g_host->world.seed) + (BigInt(g_host->generators_seeded++) << 64);
}

bool seed(Twister& twister, const Value& argument) {
    BigInt number;
    if (!argument || is_none(argument)) {
        number = world_seed();
    } else if (!to_big(argument, number)) {
        int64_t hashed;
        if (!hash(argument, hashed)) return false;
        number = static_cast<uint64_t>(hashed);
    }
    if (number.sign() < 0) number = -number;
    std::vector<uint32_t> key;
    do {
        key.push_back(static_cast<uint32_t>(number & 0xFFFFFFFFu));
        number >>= 32;
    } while (!number.is_zero());
    twister.seed_by_array(key);
    return true;
}

Value random_construct(Type* type, const Args& args) {
    if (type == Random::type && args.named())
        return raise(errors::TypeError, "Random() takes no keyword arguments");
    if (type == Random::type && args.count > 1)
        return raise(errors::TypeError, "Random() requires 0 or 1 argument");
    Ref<Random> made = make_as<Random>(type);
    if (!seed(made->twister, args.count ? args.items[0] : Value())) return {};
    return made;
}
bool random_init(const Value&, const Args&) {
    return true;
}

Value random_seed(const Value* a) {
    return seed(twister_of(a[0]), a[1]) ? none() : Value();
}
Value random_random(const Value* a) {
    Twister& twister = twister_of(a[0]);
    const uint32_t high = twister.next() >> 5, low = twister.next() >> 6;
    return make_float((high * 67108864.0 + low) * (1.0 / 9007199254740992.0));
}
Value random_getrandbits(const Value* a) {
    int64_t bits;
    if (!to_index(a[1], bits)) return {};
    if (bits < 0) return raise(errors::ValueError, "number of bits must be non-negative");
    if (bits == 0) return Value::small(0);
    Twister& twister = twister_of(a[0]);
    if (bits <= 32) return Value::small(twister.next() >> (32 - bits));
    if (bits > INT32_MAX) return raise(errors::MemoryError, "");
    // The least significant word comes first.
    BigInt number = 0;
    for (unsigned at = 0; bits > 0; at += 32, bits -= 32) {
        uint32_t word = twister.next();
        if (bits < 32) word >>= 32 - bits;
        number |= BigInt(word) << at;
    }
    return make_big(std::move(number));
}

Value random_getstate(const Value* a) {
    const Twister& twister = twister_of(a[0]);
    Ref<Tuple> out = make_tuple(kWords + 1);
    for (size_t i = 0; i < kWords; ++i) out->items()[i] = Value::small(twister.state[i]);
    out->items()[kWords] = Value::small(static_cast<int64_t>(twister.index));
    return out;
}
Value random_setstate(const Value* a) {
    const Tuple* given = as<Tuple>(a[1]);
    if (!given) return raise(errors::TypeError, "state vector must be a tuple");
    if (given->size != kWords + 1)
        return raise(errors::ValueError, "state vector is the wrong size");
    Twister made;
    for (size_t i = 0; i <= kWords; ++i) {
        int64_t word;
        if (!to_index((*given)[i], word)) return {};
        if (i < kWords)
            made.state[i] = static_cast<uint32_t>(word);
        else if (word < 0 || word > static_cast<int64_t>(kWords))
            return raise(errors::ValueError, "invalid state");
        else
            made.index = static_cast<size_t>(word);
    }
    twister_of(a[0]) = made;
    return none();
}

constexpr NativeMethod kMethods[] = {
    {"seed", random_seed, "(self, n=None, /)"},          {"random", random_random},
    {"getrandbits", random_getrandbits, "(self, k, /)"}, {"getstate", random_getstate},
    {"setstate", random_setstate, "(self, state, /)"},
};

}  // namespace

Value make_module__random() {
    if (!Random::type)
        Random::type = define_type({.name = "_random.Random",
                                    .instance_size = sizeof(Random),
                                    .flags = kBaseType | kDottedName,
                                    .slots = {.destroy = destroy_native<Random>,
                                              .construct = random_construct,
                                              .init = random_init},
                                    .methods = kMethods});
    Value module = make_native_module("_random", {});
    module_set(module, "Random", Value::share(Random::type));
    return module;
}

}  // namespace loopglass::script
