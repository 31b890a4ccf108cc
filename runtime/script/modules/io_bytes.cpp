// _io: FileIO, BytesIO and the buffered files, all of them a position in some bytes.
#include <algorithm>
#include <cerrno>

#include "runtime/base/text.hpp"
#include "runtime/script/host.hpp"
#include "runtime/script/modules/io.hpp"
#include "runtime/value/buffer.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/protocol.hpp"

namespace loopglass::script {

using namespace value;  // a file of bindings
using base::cat;

Type* ByteFile::type = nullptr;
Type* ByteFile::bytes_io_type = nullptr;
Type* ByteFile::reader_type = nullptr;
Type* ByteFile::writer_type = nullptr;
Type* ByteFile::random_type = nullptr;

void ByteFile::write(std::string_view bytes) {
    open->write(bytes);
    if (descriptor >= 0) open->node->modified = open->node->changed = wall_clock();
}

void ByteFile::close() {
    closed = true;
    if (owns_descriptor && g_host) g_host->files.close_descriptor(descriptor);
    owns_descriptor = false;
    if (raw) cast<ByteFile>(raw)->close();
}

ByteFile* as_byte_file(const Value& value) {
    if (!value.is_object()) return nullptr;
    Type* type = value.object()->type;
    for (Type* known : {ByteFile::type, ByteFile::bytes_io_type, ByteFile::reader_type,
                        ByteFile::writer_type, ByteFile::random_type})
        if (is_subtype(type, known)) return cast<ByteFile>(value);
    return nullptr;
}

namespace {

ByteFile* self_of(const Value& self) {
    return cast<ByteFile>(self);
}
bool is_raw(const Value& self) {
    return is_subtype(self.object()->type, ByteFile::type);
}

// Open, and its descriptor not closed behind its back.
bool is_usable(const Value& self) {
    if (!check_open(self_of(self))) return false;
    return !self_of(self)->open->gone || (raise_os_error(EBADF, errno_text(EBADF)), false);
}
bool can_read(const Value& self, const char* what) {
    if (!is_usable(self)) return false;
    if (self_of(self)->reads) return true;
    return unsupported(is_raw(self) ? "File not open for reading" : what), false;
}
bool can_write(const Value& self) {
    if (!is_usable(self)) return false;
    if (self_of(self)->writes) return true;
    return unsupported(is_raw(self) ? "File not open for writing" : "write"), false;
}

// A size argument: None and negative ones mean all.
bool size_of(const Value& value, int64_t& out) {
    out = -1;
    return !value || is_none(value) || to_index(value, out);
}

Value take(ByteFile* file, size_t count) {
    const std::string_view rest = file->rest();
    const std::string_view piece = rest.substr(0, count);
    Value bytes = make_bytes(piece);
    file->at() += piece.size();
    return bytes;
}

Value file_read(const Value* a) {
    int64_t size;
    if (!can_read(a[0], "read") || !size_of(a[1], size)) return {};
    return take(self_of(a[0]), size < 0 ? std::string_view::npos : static_cast<size_t>(size));
}
Value file_readall(const Value* a) {
    return can_read(a[0], "read") ? take(self_of(a[0]), std::string_view::npos) : Value();
}
Value file_peek(const Value* a) {
    return can_read(a[0], "peek") ? make_bytes(self_of(a[0])->rest().substr(0, 8192)) : Value();
}
Value file_readinto(const Value* a) {
    if (!can_read(a[0], "readinto")) return {};
    const Writable memory = writable_memory(a[1]);
    if (!memory.storage)
        return raise(
            errors::TypeError,
            cat("readinto() argument must be read-write bytes-like object, not ", type_name(a[1])));
    const std::string_view piece = self_of(a[0])->rest().substr(0, memory.size);
    memory.storage->replace(memory.start, piece.size(), piece);
    self_of(a[0])->at() += piece.size();
    return make_int(static_cast<int64_t>(piece.size()));
}
Value file_readline(const Value* a) {
    int64_t limit;
    if (!can_read(a[0], "readline") || !size_of(a[1], limit)) return {};
    const std::string_view rest = self_of(a[0])->rest();
    const size_t end = rest.find('\n');
    size_t size = end == std::string_view::npos ? rest.size() : end + 1;
    if (limit >= 0) size = std::min(size, static_cast<size_t>(limit));
    return take(self_of(a[0]), size);
}
Value file_next(const Value& self) {
    const Value line = file_readline(std::initializer_list<Value>{self, Value()}.begin());
    return line && length(line) > 0 ? line : Value();
}

Value file_write(const Value* a) {
    std::string_view bytes;
    if (!can_write(a[0])) return {};
    if (!bytes_view(a[1], bytes))
        return raise(errors::TypeError,
                     cat("a bytes-like object is required, not '", type_name(a[1]), "'"));
    self_of(a[0])->write(std::string(bytes));
    return make_int(static_cast<int64_t>(bytes.size()));
}

Value file_seek(const Value* a) {
    ByteFile* file = self_of(a[0]);
    int64_t offset, whence = 0;
    if (!check_open(file) || !to_index(a[1], offset) || (a[2] && !to_index(a[2], whence)))
        return {};
    if (whence < 0 || whence > 2)
        return raise(errors::ValueError, cat("invalid whence (", whence, ", should be 0, 1 or 2)"));
    if (whence == 0 && offset < 0)
        return raise(errors::ValueError, cat("negative seek value ", offset));
    const auto size = static_cast<int64_t>(file->content().size());
    const int64_t base = whence == 0 ? 0 : whence == 1 ? static_cast<int64_t>(file->at()) : size;
    file->at() = static_cast<size_t>(std::max<int64_t>(base + offset, 0));
    return make_int(static_cast<int64_t>(file->at()));
}
Value file_tell(const Value* a) {
    return check_open(self_of(a[0])) ? make_int(static_cast<int64_t>(self_of(a[0])->at()))
                                     : Value();
}
Value file_truncate(const Value* a) {
    ByteFile* file = self_of(a[0]);
    if (!can_write(a[0])) return {};
    auto size = static_cast<int64_t>(file->at());
    if (a[1] && !is_none(a[1]) && !to_index(a[1], size)) return {};
    if (size < 0) return raise(errors::ValueError, cat("negative size value ", size));
    const bool memory = is_subtype(a[0].object()->type, ByteFile::bytes_io_type);
    if (!memory || static_cast<size_t>(size) < file->content().size())
        file->content().resize(static_cast<size_t>(size), '\0');
    return make_int(size);
}
Value file_readable(const Value* a) {
    return check_open(self_of(a[0])) ? boolean(self_of(a[0])->reads) : Value();
}
Value file_writable(const Value* a) {
    return check_open(self_of(a[0])) ? boolean(self_of(a[0])->writes) : Value();
}
Value file_seekable(const Value* a) {
    return check_open(self_of(a[0])) ? boolean(true) : Value();
}
Value file_fileno(const Value* a) {
    if (!check_open(self_of(a[0]))) return {};
    if (self_of(a[0])->descriptor < 0) return unsupported("fileno");
    return make_int(self_of(a[0])->descriptor);
}
Value file_name(const Value* a) {
    const Value& name = self_of(a[0])->name;
    if (name) return name;
    return raise(errors::AttributeError,
                 cat("'", type_name(a[0]), "' object has no attribute 'name'"));
}
Value file_mode(const Value* a) {
    return make_str(self_of(a[0])->mode);
}
Value file_raw(const Value* a) {
    return self_of(a[0])->raw ? self_of(a[0])->raw : none();
}
Value file_getvalue(const Value* a) {
    return check_open(self_of(a[0])) ? make_bytes(self_of(a[0])->content()) : Value();
}
Value file_getbuffer(const Value* a) {
    const Value bytes = file_getvalue(a);
    return bytes ? call(Value::share(MemoryView::type), bytes) : Value();
}

Value file_close(const Value* a) {
    static const Name flush("flush");
    if (self_of(a[0])->closed) return none();
    const Value flushed = call_method(a[0], flush);
    self_of(a[0])->close();
    return flushed ? none() : Value();
}

Value file_repr(const Value& self) {
    const ByteFile* file = self_of(self);
    const std::string name = type_name(self);
    if (!file->name) return make_str(default_repr(self));
    const Ref<Str> shown = repr(file->name);
    if (!shown) return {};
    if (!is_raw(self)) return make_str(cat("<", name, " name=", shown->view(), ">"));
    if (file->closed) return make_str(cat("<", name, " [closed]>"));
    return make_str(
        cat("<", name, " name=", shown->view(), " mode='", file->mode, "' closefd=True>"));
}

Value file_construct(Type* type, const Args&) {
    Ref<ByteFile> made = make_as<ByteFile>(type);
    made->open->node = std::make_shared<FileNode>();
    return made;
}
bool bytes_io_init(const Value& self, const Args& args) {
    static const Signature* signature = parse_signature("(initial_bytes=b'')");
    Value initial;
    if (!bind_arguments(*signature, "BytesIO", ErrorStyle::C, args, {&initial, 1})) return false;
    std::string_view bytes;
    if (initial && !is_none(initial) && !bytes_view(initial, bytes))
        return raise(errors::TypeError,
                     cat("a bytes-like object is required, not '", type_name(initial), "'")),
               false;
    self_of(self)->content() = bytes;
    self_of(self)->at() = 0;
    return true;
}
// A buffered file shares the bytes of the raw one it stands on.
bool buffered_init(const Value& self, const Args& args) {
    static const Signature* signature = parse_signature("(raw, buffer_size=8192)");
    Value bound[2];
    const std::string name(self.object()->type->name->view());
    if (!bind_arguments(*signature, name.c_str(), ErrorStyle::C, args, bound)) return false;
    const ByteFile* raw = as_byte_file(bound[0]);
    if (!raw)
        return raise(errors::TypeError, cat("a file of the simulated disk is required, not '",
                                            type_name(bound[0]), "'")),
               false;
    ByteFile* file = self_of(self);
    file->open = raw->open;
    file->reads = raw->reads;
    file->writes = raw->writes;
    file->descriptor = raw->descriptor;
    file->name = raw->name;
    file->mode = raw->mode;
    file->raw = bound[0];
    return true;
}
bool file_io_init(const Value& self, const Args& args) {
    if (self_of(self)->descriptor >= 0 || args.count == 0) return true;
    return raise(errors::TypeError, "use open() to open files"), false;
}

constexpr NativeMethod kMethods[] = {
    {"read", file_read, "(self, size=-1, /)"},
    {"read1", file_read, "(self, size=-1, /)"},
    {"readall", file_readall},
    {"peek", file_peek, "(self, size=0, /)"},
    {"readinto", file_readinto, "(self, buffer, /)"},
    {"readinto1", file_readinto, "(self, buffer, /)"},
    {"readline", file_readline, "(self, size=-1, /)"},
    {"write", file_write, "(self, b, /)"},
    {"seek", file_seek, "(self, pos, whence=0, /)"},
    {"tell", file_tell},
    {"truncate", file_truncate, "(self, size=None, /)"},
    {"readable", file_readable},
    {"writable", file_writable},
    {"seekable", file_seekable},
    {"fileno", file_fileno},
    {"close", file_close},
    {"name", file_name, "(self)", MethodKind::Getter},
    {"mode", file_mode, "(self)", MethodKind::Getter},
    {"raw", file_raw, "(self)", MethodKind::Getter},
};
constexpr NativeMethod kMemoryMethods[] = {
    {"read", file_read, "(self, size=-1, /)"},
    {"read1", file_read, "(self, size=-1, /)"},
    {"readinto", file_readinto, "(self, buffer, /)"},
    {"readline", file_readline, "(self, size=-1, /)"},
    {"write", file_write, "(self, b, /)"},
    {"seek", file_seek, "(self, pos, whence=0, /)"},
    {"tell", file_tell},
    {"truncate", file_truncate, "(self, size=None, /)"},
    {"readable", file_readable},
    {"writable", file_writable},
    {"seekable", file_seekable},
    {"getvalue", file_getvalue},
    {"getbuffer", file_getbuffer},
};

Type* define(const char* name, Type* base, std::span<const NativeMethod> methods,
             bool (*init)(const Value&, const Args&)) {
    return define_type({.name = name,
                        .instance_size = sizeof(ByteFile),
                        .flags = kBaseType | kDottedName,
                        .base = base,
                        .slots = {.destroy = destroy_native<ByteFile>,
                                  .repr = file_repr,
                                  .next = file_next,
                                  .construct = file_construct,
                                  .init = init},
                        .methods = methods,
                        .has_dict = true});
}

}  // namespace

void define_byte_files() {
    ByteFile::type = define("_io.FileIO", IoObject::raw_type, kMethods, file_io_init);
    ByteFile::bytes_io_type =
        define("_io.BytesIO", IoObject::buffered_type, kMemoryMethods, bytes_io_init);
    ByteFile::reader_type =
        define("_io.BufferedReader", IoObject::buffered_type, kMethods, buffered_init);
    ByteFile::writer_type =
        define("_io.BufferedWriter", IoObject::buffered_type, kMethods, buffered_init);
    ByteFile::random_type =
        define("_io.BufferedRandom", IoObject::buffered_type, kMethods, buffered_init);
}

}  // namespace loopglass::script
