// _hashes: digest objects and crc32, for hashlib, zlib and binascii.
#include "runtime/base/text.hpp"
#include "runtime/script/modules/digests.hpp"
#include "runtime/script/modules/registry.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/objects.hpp"
#include "runtime/value/protocol.hpp"

namespace loopglass::script {

using namespace value;  // a file of bindings
using base::cat;

namespace {

// Collects what it is given; the digest is computed when asked for.
struct Hash : Object {
    static Type* type;
    const DigestKind* kind;
    std::string bytes;
    Hash(Type* its_type, const DigestKind* its_kind) : Object(its_type), kind(its_kind) {}
};
Type* Hash::type = nullptr;

bool add(Hash* hash, const Value& data) {
    std::string_view bytes;
    if (is<Str>(data))
        return raise(errors::TypeError, "Strings must be encoded before hashing"), false;
    if (!bytes_view(data, bytes))
        return raise(errors::TypeError, "object supporting the buffer API required"), false;
    hash->bytes += bytes;
    return true;
}

Value hashes_new(const Value* a) {
    const Str* name = as<Str>(a[0]);
    if (!name) return raise(errors::TypeError, cat("name must be a string, not ", type_name(a[0])));
    const DigestKind* kind = find_digest(name->view());
    if (!kind) return raise(errors::ValueError, cat("unsupported hash type ", name->view()));
    const Ref<Hash> hash = make<Hash>(kind);
    if (a[1] && !add(hash.get(), a[1])) return {};
    return hash;
}
Value hashes_crc32(const Value* a) {
    std::string_view bytes;
    int64_t before = 0;
    if (!bytes_view(a[0], bytes))
        return raise(errors::TypeError,
                     cat("a bytes-like object is required, not '", type_name(a[0]), "'"));
    if (a[1] && !to_index(a[1], before)) return {};
    return make_int(crc32(bytes, static_cast<uint32_t>(before)));
}

Value hash_update(const Value* a) {
    return add(cast<Hash>(a[0]), a[1]) ? none() : Value();
}
Value hash_digest(const Value* a) {
    const Hash* hash = cast<Hash>(a[0]);
    return make_bytes(hash->kind->compute(hash->bytes));
}
Value hash_hexdigest(const Value* a) {
    const Hash* hash = cast<Hash>(a[0]);
    std::string out;
    for (const char c : hash->kind->compute(hash->bytes)) {
        const auto byte = static_cast<unsigned char>(c);
        out += "0123456789abcdef"[byte >> 4];
        out += "0123456789abcdef"[byte & 15];
    }
    return make_str(out);
}
Value hash_copy(const Value* a) {
    const Hash* hash = cast<Hash>(a[0]);
    Ref<Hash> made = make<Hash>(hash->kind);
    made->bytes = hash->bytes;
    return made;
}
Value hash_name(const Value* a) {
    return make_str(cast<Hash>(a[0])->kind->name);
}
Value hash_digest_size(const Value* a) {
    return make_int(cast<Hash>(a[0])->kind->digest_size);
}
Value hash_block_size(const Value* a) {
    return make_int(cast<Hash>(a[0])->kind->block_size);
}
Value hash_repr(const Value& self) {
    const std::string usual = default_repr(self);
    return make_str(cat("<", cast<Hash>(self)->kind->name, " _hashlib.HASH object @ ",
                        std::string_view(usual).substr(usual.rfind("0x"))));
}

constexpr NativeMethod kMethods[] = {
    {"update", hash_update, "(self, obj, /)"},
    {"digest", hash_digest},
    {"hexdigest", hash_hexdigest},
    {"copy", hash_copy},
    {"name", hash_name, "(self)", MethodKind::Getter},
    {"digest_size", hash_digest_size, "(self)", MethodKind::Getter},
    {"block_size", hash_block_size, "(self)", MethodKind::Getter},
};
constexpr NativeMethod kFunctions[] = {
    {"new", hashes_new, "(name, data=b'', /)", MethodKind::Function},
    {"crc32", hashes_crc32, "(data, value=0, /)", MethodKind::Function},
};

}  // namespace

Value make_module__hashes() {
    if (!Hash::type)
        Hash::type = define_type({.name = "_hashlib.HASH",
                                  .instance_size = sizeof(Hash),
                                  .flags = kDottedName,
                                  .slots = {.destroy = destroy_native<Hash>, .repr = hash_repr},
                                  .methods = kMethods});
    return make_native_module("_hashes", kFunctions);
}

}  // namespace loopglass::script
