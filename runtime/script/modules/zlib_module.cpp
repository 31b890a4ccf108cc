// _zlib: deflate and inflate streams over the zlib library, for the modules zlib and gzip.
#include <zlib.h>

#include "runtime/base/text.hpp"
#include "runtime/script/modules/registry.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/objects.hpp"
#include "runtime/value/protocol.hpp"

namespace loopglass::script {

using namespace value;  // a file of bindings
using base::cat;

namespace {

constexpr size_t kChunk = 16384;
constexpr size_t kMaxOutput = size_t{64} << 20;  // a small text can inflate to any size

// One direction of compression. `feed` hands back what came out and how the library answered.
struct Stream : Object {
    static Type* type;
    z_stream z{};
    bool inflates;
    bool open = false;
    Stream(Type* its_type, bool its_direction) : Object(its_type), inflates(its_direction) {}
    Stream(const Stream&) = delete;
    ~Stream() { close(); }
    void close() {
        if (!open) return;
        open = false;
        inflates ? inflateEnd(&z) : deflateEnd(&z);
    }
};
Type* Stream::type = nullptr;

bool integers(const Value* a, int count, int64_t* out) {
    for (int i = 0; i < count; ++i)
        if (!to_index(a[i], out[i])) return false;
    return true;
}

// deflate(level, wbits, memory level, strategy)
Value zlib_deflate(const Value* a) {
    int64_t n[4];
    if (!integers(a, 4, n)) return {};
    Ref<Stream> stream = make<Stream>(false);
    const int status =
        deflateInit2(&stream->z, static_cast<int>(n[0]), Z_DEFLATED, static_cast<int>(n[1]),
                     static_cast<int>(n[2]), static_cast<int>(n[3]));
    if (status != Z_OK) return raise(errors::ValueError, "Invalid initialization option");
    stream->open = true;
    return stream;
}

// inflate(wbits)
Value zlib_inflate(const Value* a) {
    int64_t bits = 0;
    if (!to_index(a[0], bits)) return {};
    Ref<Stream> stream = make<Stream>(true);
    if (inflateInit2(&stream->z, static_cast<int>(bits)) != Z_OK)
        return raise(errors::ValueError, "Invalid initialization option");
    stream->open = true;
    return stream;
}

// feed(data, flush, max_length) -> (output, bytes consumed, status, message)
Value stream_feed(const Value* a) {
    Stream* stream = cast<Stream>(a[0]);
    std::string_view bytes;
    if (!bytes_view(a[1], bytes))
        return raise(errors::TypeError,
                     cat("a bytes-like object is required, not '", type_name(a[1]), "'"));
    int64_t n[2];
    if (!integers(a + 2, 2, n)) return {};
    if (!stream->open) return raise(errors::ValueError, "the stream has ended");
    const size_t limit = n[1] > 0 ? static_cast<size_t>(n[1]) : kMaxOutput;
    std::string out;
    std::string input(bytes);  // the library's type asks for a mutable buffer
    z_stream& z = stream->z;
    z.next_in = reinterpret_cast<Bytef*>(input.data());
    z.avail_in = static_cast<uInt>(input.size());
    int status = Z_OK;
    do {
        const size_t before = out.size();
        const size_t room = std::min(kChunk, limit - before);
        if (room == 0) break;
        out.resize(before + room);
        z.next_out = reinterpret_cast<Bytef*>(out.data() + before);
        z.avail_out = static_cast<uInt>(room);
        status = stream->inflates ? inflate(&z, static_cast<int>(n[0]))
                                  : deflate(&z, static_cast<int>(n[0]));
        out.resize(before + room - z.avail_out);
    } while (status == Z_OK && z.avail_out == 0);
    if (n[1] <= 0 && out.size() == kMaxOutput)
        return raise(errors::MemoryError, "the decompressed data are larger than 64 MiB");
    const Value parts[] = {make_bytes(out),
                           make_int(static_cast<int64_t>(input.size() - z.avail_in)),
                           make_int(status), make_str(z.msg ? z.msg : "")};
    z.next_in = nullptr;
    return make_tuple(parts);
}

// copy() -> a stream in the same state
Value stream_copy(const Value* a) {
    Stream* from = cast<Stream>(a[0]);
    Ref<Stream> made = make<Stream>(from->inflates);
    const int status =
        from->inflates ? inflateCopy(&made->z, &from->z) : deflateCopy(&made->z, &from->z);
    if (status != Z_OK) return raise(errors::ValueError, "Inconsistent stream state");
    made->open = true;
    return made;
}

Value zlib_adler32(const Value* a) {
    std::string_view bytes;
    int64_t before = 0;
    if (!bytes_view(a[0], bytes))
        return raise(errors::TypeError,
                     cat("a bytes-like object is required, not '", type_name(a[0]), "'"));
    if (!to_index(a[1], before)) return {};
    return make_int(static_cast<int64_t>(adler32(static_cast<uLong>(before),
                                                 reinterpret_cast<const Bytef*>(bytes.data()),
                                                 static_cast<uInt>(bytes.size()))));
}

constexpr NativeMethod kMethods[] = {
    {"feed", stream_feed, "(self, data, flush, max_length, /)"},
    {"copy", stream_copy},
};
constexpr NativeMethod kFunctions[] = {
    {"deflate", zlib_deflate, "(level, wbits, memLevel, strategy, /)", MethodKind::Function},
    {"inflate", zlib_inflate, "(wbits, /)", MethodKind::Function},
    {"adler32", zlib_adler32, "(data, value, /)", MethodKind::Function},
};

}  // namespace

Value make_module__zlib() {
    if (!Stream::type)
        Stream::type = define_type({.name = "_zlib.Stream",
                                    .instance_size = sizeof(Stream),
                                    .flags = kDottedName,
                                    .slots = {.destroy = destroy_native<Stream>},
                                    .methods = kMethods});
    Value module = make_native_module("_zlib", kFunctions);
    module_set(module, "VERSION", make_str(zlibVersion()));
    return module;
}

}  // namespace loopglass::script
