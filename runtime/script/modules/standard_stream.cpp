#include "runtime/script/modules/standard_stream.hpp"

#include <vector>

#include "runtime/base/text.hpp"
#include "runtime/loop/machine.hpp"
#include "runtime/script/modules/io.hpp"
#include "runtime/value/bootstrap.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/native.hpp"
#include "runtime/value/objects.hpp"
#include "runtime/value/protocol.hpp"

namespace loopglass::script {

using namespace value;  // a file of bindings
using base::cat;

namespace {

// A stream, or the byte stream under it (`buffer`).
struct Stream : IoObject {
    static Type* type;
    static Type* buffer_type;
    StandardStream which;
    Stream(Type* its_type, StandardStream its_which) : IoObject(its_type), which(its_which) {}
};
Type* Stream::type = nullptr;
Type* Stream::buffer_type = nullptr;

Stream* self_of(const Value* a) {
    return cast<Stream>(a[0]);
}

// io.UnsupportedOperation is an OSError; there is none before the module io is imported.
Value unsupported_here(const char* what) {
    return raise(g_unsupported_operation ? g_unsupported_operation : errors::OSError, what);
}
// A terminal or pipe is not positioned.
Value not_positioned(const Value*) {
    return unsupported_here("underlying stream is not seekable");
}

void send(const Stream* stream, std::string_view text) {
    loop::g_machine->write(
        stream->which == StandardStream::Err ? trace::Stream::Stderr : trace::Stream::Stdout, text);
}

Value stream_write(const Value* a) {
    if (self_of(a)->which == StandardStream::In) return unsupported_here("not writable");
    const Str* text = as<Str>(a[1]);
    if (!text)
        return raise(errors::TypeError, cat("write() argument must be str, not ", type_name(a[1])));
    send(self_of(a), text->view());
    return make_int(text->length);
}
Value buffer_write(const Value* a) {
    std::string_view bytes;
    if (!bytes_view(a[1], bytes))
        return raise(errors::TypeError,
                     cat("a bytes-like object is required, not '", type_name(a[1]), "'"));
    send(self_of(a), bytes);
    return make_int(static_cast<int64_t>(bytes.size()));
}
Value stream_writelines(const Value* a) {
    const bool good = for_each(a[1], [&](const Value& line) {
        const Value pair[] = {a[0], line};
        return static_cast<bool>(stream_write(pair));
    });
    return good ? none() : Value{};
}
Value stream_read(const Value* a) {
    return self_of(a)->which == StandardStream::In ? Value(make_str(""))
                                                   : unsupported("not readable");
}
Value buffer_read(const Value*) {
    return make_bytes("");
}
Value stream_readlines(const Value* a) {
    return self_of(a)->which == StandardStream::In ? Value(make_list())
                                                   : unsupported("not readable");
}
Value stream_none(const Value*) {
    return none();
}
Value stream_false(const Value*) {
    return boolean(false);
}
Value stream_fileno(const Value* a) {
    return make_int(static_cast<int64_t>(self_of(a)->which));
}
Value stream_readable(const Value* a) {
    return boolean(self_of(a)->which == StandardStream::In);
}
Value stream_writable(const Value* a) {
    return boolean(self_of(a)->which != StandardStream::In);
}
Value stream_self(const Value* a) {
    return a[0];
}
Value stream_encoding(const Value*) {
    return make_str("utf-8");
}
Value stream_errors(const Value* a) {
    return make_str(self_of(a)->which == StandardStream::Err ? "backslashreplace" : "strict");
}
Value stream_name(const Value* a) {
    constexpr const char* kNames[] = {"<stdin>", "<stdout>", "<stderr>"};
    return make_str(kNames[static_cast<size_t>(self_of(a)->which)]);
}
Value stream_mode(const Value* a) {
    return make_str(self_of(a)->which == StandardStream::In ? "r" : "w");
}
Value stream_line_buffering(const Value* a) {
    return boolean(self_of(a)->which == StandardStream::Err);
}
Value stream_buffer(const Value* a) {
    return make_as<Stream>(Stream::buffer_type, self_of(a)->which);
}
Value stream_repr(const Value& self) {
    return make_str(cat("<_io.TextIOWrapper name='", cast<Str>(stream_name(&self))->view(),
                        "' mode='", cast<Str>(stream_mode(&self))->view(), "' encoding='utf-8'>"));
}
Value same(const Value& self) {
    return self;
}
Value stream_next(const Value&) {
    return {};
}

constexpr NativeMethod kMethods[] = {
    {"write", stream_write, "(self, text, /)"},
    {"writelines", stream_writelines, "(self, lines, /)"},
    {"read", stream_read, "(self, size=-1, /)"},
    {"readline", stream_read, "(self, size=-1, /)"},
    {"readlines", stream_readlines, "(self, hint=-1, /)"},
    {"flush", stream_none},
    {"close", stream_none},
    {"reconfigure", stream_none,
     "(self, *, encoding=None, errors=None, newline=None, line_buffering=None, "
     "write_through=None)"},
    {"seek", not_positioned, "(self, cookie, whence=0, /)"},
    {"tell", not_positioned},
    {"truncate", not_positioned, "(self, pos=None, /)"},
    {"isatty", stream_false},
    {"seekable", stream_false},
    {"readable", stream_readable},
    {"writable", stream_writable},
    {"fileno", stream_fileno},
    {"__enter__", stream_self},
    {"__exit__", stream_none, "(self, *args)"},
    {"encoding", stream_encoding, "(self)", MethodKind::Getter},
    {"errors", stream_errors, "(self)", MethodKind::Getter},
    {"name", stream_name, "(self)", MethodKind::Getter},
    {"mode", stream_mode, "(self)", MethodKind::Getter},
    {"newlines", stream_none, "(self)", MethodKind::Getter},
    {"closed", stream_false, "(self)", MethodKind::Getter},
    {"line_buffering", stream_line_buffering, "(self)", MethodKind::Getter},
    {"buffer", stream_buffer, "(self)", MethodKind::Getter},
};
constexpr NativeMethod kBufferMethods[] = {
    {"write", buffer_write, "(self, bytes, /)"},
    {"read", buffer_read, "(self, size=-1, /)"},
    {"readline", buffer_read, "(self, size=-1, /)"},
    {"flush", stream_none},
    {"close", stream_none},
    {"isatty", stream_false},
    {"fileno", stream_fileno},
    {"readable", stream_readable},
    {"writable", stream_writable},
    {"name", stream_name, "(self)", MethodKind::Getter},
    {"closed", stream_false, "(self)", MethodKind::Getter},
};

void define_types() {
    if (Stream::type) return;
    Stream::type = define_type({.name = "_io.TextIOWrapper",
                                .instance_size = sizeof(Stream),
                                .flags = kDottedName,
                                .slots = {.destroy = destroy_native<Stream>,
                                          .repr = stream_repr,
                                          .iter = same,
                                          .next = stream_next},
                                .methods = kMethods,
                                .has_dict = true});
    Stream::buffer_type = define_type({.name = "_io.BufferedWriter",
                                       .instance_size = sizeof(Stream),
                                       .flags = kDottedName,
                                       .slots = {.destroy = destroy_native<Stream>},
                                       .methods = kBufferMethods});
}

}  // namespace

// Their own methods come first, and cover all that the class has.
void derive_standard_streams(const Type* text_file) {
    define_types();
    std::vector<Value> order{Value::share(Stream::type)};
    for (Type* base : text_file->mro_types) order.push_back(Value::share(base));
    set_mro(Stream::type, make_tuple(std::span<const Value>(order)));
    type_modified(Stream::type);
}

Value standard_stream(StandardStream which) {
    define_types();
    static Value streams[3];
    Value& stream = streams[static_cast<size_t>(which)];
    if (!stream) stream = make<Stream>(which);
    return stream;
}

}  // namespace loopglass::script
