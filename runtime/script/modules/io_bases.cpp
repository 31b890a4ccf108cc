// _io: the base classes, open(), and the module. CPython: Modules/_io.
#include <cerrno>

#include "runtime/base/text.hpp"
#include "runtime/script/host.hpp"
#include "runtime/script/modules/io.hpp"
#include "runtime/script/modules/registry.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/protocol.hpp"

namespace loopglass::script {

using namespace value;  // a file of bindings
using base::cat;

Type* IoObject::type = nullptr;
Type* IoObject::raw_type = nullptr;
Type* IoObject::buffered_type = nullptr;
Type* IoObject::text_type = nullptr;
Type* g_unsupported_operation = nullptr;

Value unsupported(std::string_view what) {
    return raise(g_unsupported_operation, what);
}
bool check_open(const IoObject* stream) {
    return !stream->closed || (raise(errors::ValueError, "I/O operation on closed file."), false);
}

namespace {

IoObject* self_of(const Value& self) {
    return cast<IoObject>(self);
}

Value base_construct(Type* type, const Args&) {
    return make_as<IoObject>(type);
}
bool base_init(const Value&, const Args&) {
    return true;
}
Value base_iter(const Value& self) {
    return check_open(self_of(self)) ? self : Value();
}
Value base_next(const Value& self) {
    static const Name readline("readline");
    Value line = call_method(self, readline);
    if (!line) return {};
    const int64_t size = length(line);
    return size > 0 ? line : Value();
}

Value base_close(const Value* a) {
    static const Name flush("flush");
    if (self_of(a[0])->closed) return none();
    const Value flushed = call_method(a[0], flush);
    self_of(a[0])->closed = true;
    return flushed ? none() : Value();
}
Value base_closed(const Value* a) {
    return boolean(self_of(a[0])->closed);
}
Value base_flush(const Value* a) {
    return check_open(self_of(a[0])) ? none() : Value();
}
Value base_no(const Value* a) {
    return check_open(self_of(a[0])) ? boolean(false) : Value();
}
Value base_enter(const Value* a) {
    return check_open(self_of(a[0])) ? a[0] : Value();
}
Value base_exit(const Value* a) {
    static const Name close("close");
    return call_method(a[0], close) ? none() : Value();
}
Value base_readlines(const Value* a) {
    int64_t hint = -1, total = 0;
    if (a[1] && !is_none(a[1]) && !to_index(a[1], hint)) return {};
    Ref<List> lines = make_list();
    const bool done = for_each(a[0], [&](const Value& line) {
        lines->items.push_back(line);
        total += length(line);
        return true;
    });
    return done ? Value(lines) : Value();
}
Value base_writelines(const Value* a) {
    static const Name write("write");
    if (!check_open(self_of(a[0]))) return {};
    const bool done = for_each(a[1], [&](const Value& line) {
        return static_cast<bool>(call_method(a[0], write, &line, 1));
    });
    return done ? none() : Value();
}
// One byte after the other, for streams written in Python.
Value base_readline(const Value* a) {
    static const Name read("read");
    int64_t limit = -1;
    if (a[1] && !is_none(a[1]) && !to_index(a[1], limit)) return {};
    std::string line;
    const Value one = Value::small(1);
    while (limit < 0 || static_cast<int64_t>(line.size()) < limit) {
        const Value piece = call_method(a[0], read, &one, 1);
        if (!piece) return {};
        std::string_view bytes;
        if (!bytes_view(piece, bytes))
            return raise(errors::OSError, cat("read() should have returned a bytes object, not '",
                                              type_name(piece), "'"));
        line += bytes;
        if (bytes.empty() || bytes.back() == '\n') break;
    }
    return make_bytes(line);
}
Value base_fileno(const Value*) {
    return unsupported("fileno");
}
Value base_seek(const Value*) {
    return unsupported("seek");
}
Value base_tell(const Value* a) {
    static const Name seek("seek");
    const Value arguments[] = {Value::small(0), Value::small(1)};
    return call_method(a[0], seek, arguments, 2);
}
Value base_truncate(const Value*) {
    return unsupported("truncate");
}

constexpr NativeMethod kBaseMethods[] = {
    {"close", base_close},
    {"closed", base_closed, "(self)", MethodKind::Getter},
    {"flush", base_flush},
    {"readable", base_no},
    {"writable", base_no},
    {"seekable", base_no},
    {"isatty", base_no},
    {"__enter__", base_enter},
    {"__exit__", base_exit, "(self, /, *args)"},
    {"readline", base_readline, "(self, size=-1, /)"},
    {"readlines", base_readlines, "(self, hint=-1, /)"},
    {"writelines", base_writelines, "(self, lines, /)"},
    {"fileno", base_fileno},
    {"seek", base_seek, "(self, offset, whence=0, /)"},
    {"tell", base_tell},
    {"truncate", base_truncate, "(self, size=None, /)"},
};

Type* define_base(const char* name, Type* base, std::span<const NativeMethod> methods = {}) {
    return define_type({.name = name,
                        .instance_size = sizeof(IoObject),
                        .flags = kBaseType | kDottedName,
                        .base = base,
                        .slots = {.destroy = destroy_native<IoObject>,
                                  .iter = base_iter,
                                  .next = base_next,
                                  .construct = base_construct,
                                  .init = base_init},
                        .methods = methods,
                        .has_dict = true});
}

// Both an OSError and a ValueError, made with the other exceptions.
Type* find_unsupported_operation() {
    for (Type* type : errors::OSError->subclasses)
        if (type->name->view() == "UnsupportedOperation") return type;
    return errors::OSError;
}

// ---- open -------------------------------------------------------------------------------------

struct Mode {
    bool reading = false, writing = false, creating = false, appending = false, updating = false;
    bool binary = false, text = false;
    std::string raw;  // as FileIO shows it
};

bool parse_mode(std::string_view mode, Mode& out) {
    const auto fail = [](std::string_view message) {
        return raise(errors::ValueError, message), false;
    };
    for (size_t i = 0; i < mode.size(); ++i) {
        bool* flag = mode[i] == 'r'   ? &out.reading
                     : mode[i] == 'w' ? &out.writing
                     : mode[i] == 'x' ? &out.creating
                     : mode[i] == 'a' ? &out.appending
                     : mode[i] == '+' ? &out.updating
                     : mode[i] == 'b' ? &out.binary
                     : mode[i] == 't' ? &out.text
                                      : nullptr;
        if (!flag || *flag) return fail(cat("invalid mode: '", mode, "'"));
        *flag = true;
    }
    if (out.text && out.binary) return fail("can't have text and binary mode at once");
    if (out.reading + out.writing + out.creating + out.appending != 1)
        return fail("must have exactly one of create/read/write/append mode");
    out.raw = cat(out.reading     ? "rb"
                  : out.creating  ? "xb"
                  : out.appending ? "ab"
                                  : "wb",
                  out.updating ? "+" : "");
    if (out.writing && out.updating) out.raw = "rb+";
    return true;
}

// The text of a path: str, bytes, or what has __fspath__.
Value path_text(const Value& path) {
    static const Name fspath("__fspath__");
    std::string_view bytes;
    if (is<Str>(path)) return path;
    if (bytes_view(path, bytes)) return make_str(bytes);
    const Value method = find_special(path, fspath);
    if (method) return call(method);
    if (has_raised()) return {};
    return raise(errors::TypeError,
                 cat("expected str, bytes or os.PathLike object, not ", type_name(path)));
}

Value make_raw(std::shared_ptr<OpenFile> opened, const Mode& mode, const Value& name,
               int descriptor = -1, bool closes = true) {
    Ref<ByteFile> file = make<ByteFile>();
    opened->appends = mode.appending;
    if (mode.appending) opened->at = opened->node->bytes.size();
    file->open = std::move(opened);
    file->reads = mode.reading || mode.updating;
    file->writes = !mode.reading || mode.updating;
    file->descriptor = descriptor >= 0 ? descriptor : g_host->files.add_descriptor(file->open);
    file->owns_descriptor = closes;
    file->name = name;
    file->mode = mode.raw;
    return file;
}

Value open_raw(const Value& path, const Mode& mode) {
    const Value text = path_text(path);
    if (!text) return {};
    const std::string_view name = cast<Str>(text)->view();
    FileSystem& files = g_host->files;
    std::shared_ptr<FileNode> node = files.find(name);
    int error = 0;
    if (node && node->directory)
        error = EISDIR;
    else if (node && mode.creating)
        error = EEXIST;
    else if (!node && mode.reading)
        error = ENOENT;
    else if (!node)
        error = files.create(name, mode.creating, node);
    if (error) return raise_os_error(error, errno_text(error), name);
    if (mode.writing) node->bytes.clear();
    auto opened = std::make_shared<OpenFile>();
    opened->node = std::move(node);
    return make_raw(std::move(opened), mode, is<Str>(path) ? path : text);
}

// A file on a descriptor that is open already.
Value adopt_descriptor(const Value& number, const Mode& mode, bool closes) {
    int64_t descriptor;
    if (!to_index(number, descriptor)) return {};
    if (descriptor < 0) return raise(errors::ValueError, "negative file descriptor");
    auto opened = g_host->files.opened(static_cast<int>(descriptor));
    if (!opened) return raise_os_error(EBADF, errno_text(EBADF));
    if (opened->node->directory) return raise_os_error(EISDIR, errno_text(EISDIR));
    return make_raw(std::move(opened), mode, number, static_cast<int>(descriptor), closes);
}

Value io_open(const Value* a) {
    Mode mode;
    const Str* mode_text = a[1] ? as<Str>(a[1]) : nullptr;
    if (a[1] && !mode_text)
        return raise(errors::TypeError,
                     cat("open() argument 'mode' must be str, not ", type_name(a[1])));
    const std::string_view given = mode_text ? mode_text->view() : std::string_view("r");
    if (!parse_mode(given, mode)) return {};
    const auto missing = [](const Value& value) { return !value || is_none(value); };
    if (mode.binary && !missing(a[3]))
        return raise(errors::ValueError, "binary mode doesn't take an encoding argument");
    if (mode.binary && !missing(a[4]))
        return raise(errors::ValueError, "binary mode doesn't take an errors argument");
    if (mode.binary && !missing(a[5]))
        return raise(errors::ValueError, "binary mode doesn't take a newline argument");
    int64_t buffering = -1;
    if (a[2] && !to_index(a[2], buffering)) return {};
    if (buffering == 0 && !mode.binary)
        return raise(errors::ValueError, "can't have unbuffered text I/O");
    const int closes = a[6] ? truth(a[6]) : 1;
    if (closes < 0) return {};
    if (!closes && !is_int(a[0]))
        return raise(errors::ValueError, "Cannot use closefd=False with file name");
    Value raw = is_int(a[0]) ? adopt_descriptor(a[0], mode, closes) : open_raw(a[0], mode);
    if (!raw || buffering == 0) return raw;
    Type* type = mode.updating  ? ByteFile::random_type
                 : mode.reading ? ByteFile::reader_type
                                : ByteFile::writer_type;
    const Value buffered = call(Value::share(type), raw);
    if (!buffered || mode.binary) return buffered;
    return make_text_file(buffered, a[3], a[4], a[5], std::string(given));
}

constexpr NativeMethod kFunctions[] = {
    {"open", io_open,
     "(file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, "
     "opener=None)",
     MethodKind::Function},
};

}  // namespace

void define_io_bases() {
    IoObject::type = define_base("_io._IOBase", nullptr, kBaseMethods);
    IoObject::raw_type = define_base("_io._RawIOBase", IoObject::type);
    IoObject::buffered_type = define_base("_io._BufferedIOBase", IoObject::type);
    IoObject::text_type = define_base("_io._TextIOBase", IoObject::type);
    g_unsupported_operation = find_unsupported_operation();
}

Value make_module__io() {
    if (!IoObject::type) {
        define_io_bases();
        define_byte_files();
        define_text_files();
    }
    Value module = make_native_module("_io", kFunctions);
    const std::pair<const char*, Type*> types[] = {
        {"_IOBase", IoObject::type},
        {"_RawIOBase", IoObject::raw_type},
        {"_BufferedIOBase", IoObject::buffered_type},
        {"_TextIOBase", IoObject::text_type},
        {"FileIO", ByteFile::type},
        {"BytesIO", ByteFile::bytes_io_type},
        {"BufferedReader", ByteFile::reader_type},
        {"BufferedWriter", ByteFile::writer_type},
        {"BufferedRandom", ByteFile::random_type},
        {"UnsupportedOperation", g_unsupported_operation},
    };
    for (const auto& [name, type] : types) module_set(module, name, Value::share(type));
    add_text_files(module);
    module_set(module, "DEFAULT_BUFFER_SIZE", Value::small(8192));
    return module;
}

}  // namespace loopglass::script
