// _io: StringIO and TextIOWrapper: text over the bytes of a ByteFile.
#include <algorithm>

#include "runtime/base/text.hpp"
#include "runtime/script/modules/io.hpp"
#include "runtime/script/modules/registry.hpp"
#include "runtime/script/modules/standard_stream.hpp"
#include "runtime/value/bytes.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/protocol.hpp"
#include "runtime/value/text.hpp"

namespace loopglass::script {

using namespace value;  // a file of bindings
using base::cat;

namespace {

struct TextFile : IoObject {
    static Type* type;  // _io.TextIOWrapper
    static Type* string_io_type;
    Value buffer;  // a ByteFile
    std::string encoding = "utf-8", errors = "strict", mode;
    std::string newline;      // what "\n" is written as; empty: itself
    bool universal = false;   // "\r" and "\r\n" end lines too
    bool translates = false;  // … and are read as "\n"
    explicit TextFile(Type* its_type) : IoObject(its_type) {}
};
Type* TextFile::type = nullptr;
Type* TextFile::string_io_type = nullptr;

TextFile* self_of(const Value& self) {
    return cast<TextFile>(self);
}
bool is_string_io(const Value& self) {
    return is_subtype(self.object()->type, TextFile::string_io_type);
}
// The bytes below; null with an exception pending.
ByteFile* bytes_of(const Value& self) {
    const TextFile* file = self_of(self);
    if (file->closed && is_string_io(self))
        return raise(errors::ValueError, "I/O operation on closed file"), nullptr;
    if (!check_open(file)) return nullptr;
    if (!file->buffer)
        return raise(errors::ValueError, "I/O operation on uninitialized object"), nullptr;
    ByteFile* bytes = as_byte_file(file->buffer);
    if (bytes->closed) return static_cast<void>(check_open(bytes)), nullptr;
    return bytes;
}
ByteFile* readable_bytes(const Value& self) {
    ByteFile* bytes = bytes_of(self);
    if (bytes && !bytes->reads) return unsupported("not readable"), nullptr;
    return bytes;
}

// Decoded, with line ends as the reader wants them.
Value decoded(const TextFile* file, std::string_view bytes) {
    Value text = decode_bytes(bytes, file->encoding, file->errors, Value());
    if (!text || !file->translates) return text;
    const std::string_view view = cast<Str>(text)->view();
    if (view.find('\r') == std::string_view::npos) return text;
    std::string out;
    for (size_t i = 0; i < view.size(); ++i) {
        if (view[i] != '\r') {
            out += view[i];
            continue;
        }
        out += '\n';
        if (i + 1 < view.size() && view[i + 1] == '\n') ++i;
    }
    return make_str(out);
}

// Where the first line of `bytes` ends, its end included.
size_t line_size(const TextFile* file, std::string_view bytes) {
    if (!file->universal) {
        const std::string_view end = file->newline.empty() ? "\n" : std::string_view(file->newline);
        const size_t at = bytes.find(end);
        return at == std::string_view::npos ? bytes.size() : at + end.size();
    }
    const size_t at = bytes.find_first_of("\r\n");
    if (at == std::string_view::npos) return bytes.size();
    const bool pair = bytes[at] == '\r' && at + 1 < bytes.size() && bytes[at + 1] == '\n';
    return at + (pair ? 2 : 1);
}

bool size_of(const Value& value, int64_t& out) {
    out = -1;
    return !value || is_none(value) || to_index(value, out);
}

Value text_read(const Value* a) {
    ByteFile* bytes = readable_bytes(a[0]);
    int64_t size;
    if (!bytes || !size_of(a[1], size)) return {};
    std::string_view rest = bytes->rest();
    if (size >= 0) rest = rest.substr(0, byte_offset(rest, static_cast<size_t>(size)));
    Value text = decoded(self_of(a[0]), rest);
    if (text) bytes->at() += rest.size();
    return text;
}
Value text_readline(const Value* a) {
    ByteFile* bytes = readable_bytes(a[0]);
    int64_t limit;
    if (!bytes || !size_of(a[1], limit)) return {};
    std::string_view line = bytes->rest();
    line = line.substr(0, line_size(self_of(a[0]), line));
    if (limit >= 0) line = line.substr(0, byte_offset(line, static_cast<size_t>(limit)));
    Value text = decoded(self_of(a[0]), line);
    if (text) bytes->at() += line.size();
    return text;
}
Value text_next(const Value& self) {
    const Value arguments[] = {self, Value()};
    Value line = text_readline(arguments);
    return line && cast<Str>(line)->size ? line : Value();
}

Value text_write(const Value* a) {
    ByteFile* bytes = bytes_of(a[0]);
    if (!bytes) return {};
    const TextFile* file = self_of(a[0]);
    Str* text = as<Str>(a[1]);
    if (!text)
        return raise(errors::TypeError,
                     is_string_io(a[0])
                         ? cat("string argument expected, got '", type_name(a[1]), "'")
                         : cat("write() argument must be str, not ", type_name(a[1])));
    if (!bytes->writes) return unsupported("not writable");
    if (is_string_io(a[0])) {
        // Text may be overwritten character by character.
        std::string shown(text->view());
        if (file->translates) shown = std::string(cast<Str>(decoded(file, shown))->view());
        const std::string_view rest = bytes->rest();
        const size_t covered = byte_offset(rest, count_code_points(shown));
        bytes->content().erase(bytes->at(), covered);
        bytes->content().insert(bytes->at(), shown);
        bytes->at() += shown.size();
        return make_int(text->length);
    }
    Ref<Str> translated;
    if (file->newline.size() && file->newline != "\n") {
        std::string shown;
        for (const char c : text->view()) {
            if (c == '\n')
                shown += file->newline;
            else
                shown += c;
        }
        translated = make_str(shown);
    }
    const Value encoded =
        encode_text(translated ? translated.get() : text, file->encoding, file->errors);
    std::string_view view;
    if (!encoded || !bytes_view(encoded, view)) return {};
    bytes->write(view);
    return make_int(text->length);
}

// Positions of StringIO count characters, those of files bytes.
Value text_tell(const Value* a) {
    const ByteFile* bytes = bytes_of(a[0]);
    if (!bytes) return {};
    if (!is_string_io(a[0])) return make_int(static_cast<int64_t>(bytes->at()));
    const size_t within = std::min(bytes->at(), bytes->content().size());
    return make_int(static_cast<int64_t>(
        count_code_points(std::string_view(bytes->content()).substr(0, within))));
}
Value text_seek(const Value* a) {
    ByteFile* bytes = bytes_of(a[0]);
    int64_t offset, whence = 0;
    if (!bytes || !to_index(a[1], offset) || (a[2] && !to_index(a[2], whence))) return {};
    if (whence < 0 || whence > 2)
        return raise(errors::ValueError,
                     is_string_io(a[0])
                         ? cat("Invalid whence (", whence, ", should be 0, 1 or 2)")
                         : cat("invalid whence (", whence, ", should be 0, 1 or 2)"));
    if (whence && offset) {
        const char* message = whence == 1 ? "can't do nonzero cur-relative seeks"
                                          : "can't do nonzero end-relative seeks";
        if (is_string_io(a[0]))
            return raise(errors::OSError, "Can't do nonzero cur-relative seeks");
        return unsupported(message);
    }
    if (whence == 0 && offset < 0)
        return raise(errors::ValueError, is_string_io(a[0])
                                             ? cat("Negative seek position ", offset)
                                             : cat("negative seek position ", offset));
    if (whence == 1) return text_tell(a);
    if (whence == 2)
        bytes->at() = bytes->content().size();
    else
        bytes->at() = is_string_io(a[0])
                          ? byte_offset(bytes->content(), static_cast<size_t>(offset))
                          : static_cast<size_t>(offset);
    return text_tell(a);
}
Value text_truncate(const Value* a) {
    ByteFile* bytes = bytes_of(a[0]);
    if (!bytes) return {};
    if (!bytes->writes) return unsupported("not writable");
    size_t size = bytes->at();
    if (a[1] && !is_none(a[1])) {
        int64_t wanted;
        if (!to_index(a[1], wanted)) return {};
        if (wanted < 0) return raise(errors::ValueError, cat("Negative size value ", wanted));
        size = is_string_io(a[0]) ? byte_offset(bytes->content(), static_cast<size_t>(wanted))
                                  : static_cast<size_t>(wanted);
    }
    if (size < bytes->content().size() || !is_string_io(a[0])) bytes->content().resize(size, '\0');
    return a[1] && !is_none(a[1]) ? a[1] : text_tell(a);
}
Value text_getvalue(const Value* a) {
    const ByteFile* bytes = bytes_of(a[0]);
    return bytes ? Value(make_str(bytes->content())) : Value();
}

Value text_readable(const Value* a) {
    const ByteFile* bytes = bytes_of(a[0]);
    return bytes ? boolean(bytes->reads) : Value();
}
Value text_writable(const Value* a) {
    const ByteFile* bytes = bytes_of(a[0]);
    return bytes ? boolean(bytes->writes) : Value();
}
Value text_seekable(const Value* a) {
    return bytes_of(a[0]) ? boolean(true) : Value();
}
Value text_close(const Value* a) {
    TextFile* file = self_of(a[0]);
    if (file->closed) return none();
    file->closed = true;
    if (file->buffer) as_byte_file(file->buffer)->close();
    return none();
}
Value text_fileno(const Value* a) {
    const ByteFile* bytes = bytes_of(a[0]);
    if (!bytes) return {};
    if (bytes->descriptor < 0) return unsupported("fileno");
    return make_int(bytes->descriptor);
}
Value text_buffer(const Value* a) {
    return self_of(a[0])->buffer ? self_of(a[0])->buffer : none();
}
Value text_encoding(const Value* a) {
    return is_string_io(a[0]) ? none() : Value(make_str(self_of(a[0])->encoding));
}
Value text_errors(const Value* a) {
    return is_string_io(a[0]) ? none() : Value(make_str(self_of(a[0])->errors));
}
Value text_name(const Value* a) {
    static const Name name("name");
    return get_attribute(text_buffer(a), name);
}
Value text_mode(const Value* a) {
    return make_str(self_of(a[0])->mode);
}
Value text_newlines(const Value*) {
    return none();
}
Value text_line_buffering(const Value*) {
    return boolean(false);
}

Value text_repr(const Value& self) {
    if (is_string_io(self)) return make_str(default_repr(self));
    const TextFile* file = self_of(self);
    std::string out = "<_io.TextIOWrapper";
    const ByteFile* bytes = file->buffer ? as_byte_file(file->buffer) : nullptr;
    if (bytes && bytes->name) {
        const Ref<Str> shown = repr(bytes->name);
        if (!shown) return {};
        out += cat(" name=", shown->view());
    }
    if (!file->mode.empty()) out += cat(" mode='", file->mode, "'");
    return make_str(cat(out, " encoding='", file->encoding, "'>"));
}

// newline=None, '', '\n', '\r', '\r\n'; false: pending.
bool set_newline(TextFile* file, const Value& newline, bool none_given) {
    if (none_given) {
        file->universal = file->translates = true;
        return true;
    }
    const Str* text = as<Str>(newline);
    if (!text)
        return raise(errors::TypeError,
                     cat("newline must be str or None, not ", type_name(newline))),
               false;
    const std::string_view view = text->view();
    if (!view.empty() && view != "\n" && view != "\r" && view != "\r\n") {
        const Ref<Str> shown = repr(newline);
        return raise(errors::ValueError, cat("illegal newline value: ", shown->view())), false;
    }
    file->universal = view.empty();
    file->newline = view;
    return true;
}

Value text_construct(Type* type, const Args&) {
    return make_as<TextFile>(type);
}
bool string_io_init(const Value& self, const Args& args) {
    static const Signature* signature = parse_signature("(initial_value='', newline='\\n')");
    Value bound[2];
    if (!bind_arguments(*signature, "StringIO", ErrorStyle::C, args, bound)) return false;
    TextFile* file = self_of(self);
    file->buffer = call(Value::share(ByteFile::bytes_io_type));
    if (!file->buffer) return false;
    if (bound[1] && !set_newline(file, bound[1], is_none(bound[1]))) return false;
    if (!bound[0] || is_none(bound[0])) return true;
    const Str* initial = as<Str>(bound[0]);
    if (!initial)
        return raise(errors::TypeError,
                     cat("initial_value must be str or None, not ", type_name(bound[0]))),
               false;
    std::string text(initial->view());
    if (file->translates) text = std::string(cast<Str>(decoded(file, text))->view());
    as_byte_file(file->buffer)->content() = std::move(text);
    return true;
}
bool wrapper_init(const Value& self, const Args& args) {
    static const Signature* signature = parse_signature(
        "(buffer, encoding=None, errors=None, newline=None, line_buffering=False, "
        "write_through=False)");
    Value bound[6];
    if (!bind_arguments(*signature, "TextIOWrapper", ErrorStyle::C, args, bound)) return false;
    TextFile* file = self_of(self);
    if (!as_byte_file(bound[0]))
        return raise(errors::TypeError,
                     cat("a file of the simulated disk or a BytesIO is required, not '",
                         type_name(bound[0]), "'")),
               false;
    file->buffer = bound[0];
    file->encoding = bound[1] && is<Str>(bound[1]) ? cast<Str>(bound[1])->view() : "UTF-8";
    if (bound[2] && is<Str>(bound[2])) file->errors = cast<Str>(bound[2])->view();
    const Value probe = encode_text(make_str("").get(), file->encoding, "strict");
    return probe && set_newline(file, bound[3], !bound[3] || is_none(bound[3]));
}

constexpr NativeMethod kMethods[] = {
    {"read", text_read, "(self, size=-1, /)"},
    {"readline", text_readline, "(self, size=-1, /)"},
    {"write", text_write, "(self, text, /)"},
    {"tell", text_tell},
    {"seek", text_seek, "(self, cookie, whence=0, /)"},
    {"truncate", text_truncate, "(self, pos=None, /)"},
    {"readable", text_readable},
    {"writable", text_writable},
    {"seekable", text_seekable},
    {"close", text_close},
    {"fileno", text_fileno},
    {"buffer", text_buffer, "(self)", MethodKind::Getter},
    {"name", text_name, "(self)", MethodKind::Getter},
    {"mode", text_mode, "(self)", MethodKind::Getter},
    {"encoding", text_encoding, "(self)", MethodKind::Getter},
    {"errors", text_errors, "(self)", MethodKind::Getter},
    {"newlines", text_newlines, "(self)", MethodKind::Getter},
    {"line_buffering", text_line_buffering, "(self)", MethodKind::Getter},
};
constexpr NativeMethod kStringMethods[] = {
    {"getvalue", text_getvalue},
    {"read", text_read, "(self, size=-1, /)"},
    {"readline", text_readline, "(self, size=-1, /)"},
    {"write", text_write, "(self, s, /)"},
    {"tell", text_tell},
    {"seek", text_seek, "(self, pos, whence=0, /)"},
    {"truncate", text_truncate, "(self, pos=None, /)"},
    {"readable", text_readable},
    {"writable", text_writable},
    {"seekable", text_seekable},
    {"close", text_close},
    {"encoding", text_encoding, "(self)", MethodKind::Getter},
    {"errors", text_errors, "(self)", MethodKind::Getter},
    {"newlines", text_newlines, "(self)", MethodKind::Getter},
    {"line_buffering", text_line_buffering, "(self)", MethodKind::Getter},
};

Type* define(const char* name, std::span<const NativeMethod> methods,
             bool (*init)(const Value&, const Args&)) {
    return define_type({.name = name,
                        .instance_size = sizeof(TextFile),
                        .flags = kBaseType | kDottedName,
                        .base = IoObject::text_type,
                        .slots = {.destroy = destroy_native<TextFile>,
                                  .repr = text_repr,
                                  .next = text_next,
                                  .construct = text_construct,
                                  .init = init},
                        .methods = methods,
                        .has_dict = true});
}

// ---- IncrementalNewlineDecoder ----------------------------------------------------------------

struct NewlineDecoder : Object {
    static Type* type;
    Value decoder;
    bool translate = false, pending = false;  // a "\r" waits for what follows
    explicit NewlineDecoder(Type* its_type) : Object(its_type) {}
};
Type* NewlineDecoder::type = nullptr;

Value decoder_construct(Type* type, const Args& args) {
    static const Signature* signature = parse_signature("(decoder, translate, errors='strict')");
    Value bound[3];
    if (!bind_arguments(*signature, "IncrementalNewlineDecoder", ErrorStyle::C, args, bound))
        return {};
    Ref<NewlineDecoder> made = make_as<NewlineDecoder>(type);
    made->decoder = bound[0];
    const int translate = truth(bound[1]);
    if (translate < 0) return {};
    made->translate = translate;
    return made;
}
Value decoder_decode(const Value* a) {
    static const Name decode("decode");
    auto* self = cast<NewlineDecoder>(a[0]);
    const int final = a[2] ? truth(a[2]) : 0;
    if (final < 0) return {};
    const Value arguments[] = {a[1], boolean(final)};
    const Value text =
        is_none(self->decoder) ? a[1] : call_method(self->decoder, decode, arguments, 2);
    if (!text) return {};
    if (!is<Str>(text)) return raise(errors::TypeError, "decoder should return a string result");
    std::string all = self->pending ? "\r" : "";
    all += cast<Str>(text)->view();
    self->pending = !final && !all.empty() && all.back() == '\r';
    if (self->pending) all.pop_back();
    if (!self->translate) return make_str(all);
    std::string out;
    for (size_t i = 0; i < all.size(); ++i) {
        if (all[i] == '\r' && i + 1 < all.size() && all[i + 1] == '\n') continue;
        out += all[i] == '\r' ? '\n' : all[i];
    }
    return make_str(out);
}
constexpr NativeMethod kDecoderMethods[] = {
    {"decode", decoder_decode, "(self, /, input, final=False)"},
};

}  // namespace

Value make_text_file(const Value& bytes, const Value& encoding, const Value& errors,
                     const Value& newline, std::string mode) {
    const Value given[] = {bytes, encoding ? encoding : none(), errors ? errors : none(),
                           newline ? newline : none()};
    Value made = call(Value::share(TextFile::type), Args{given, 4});
    if (made) self_of(made)->mode = std::move(mode);
    return made;
}

void define_text_files() {
    TextFile::type = define("_io.TextIOWrapper", kMethods, wrapper_init);
    TextFile::string_io_type = define("_io.StringIO", kStringMethods, string_io_init);
    NewlineDecoder::type = define_type(
        {.name = "_io.IncrementalNewlineDecoder",
         .instance_size = sizeof(NewlineDecoder),
         .flags = kBaseType | kDottedName,
         .slots = {.destroy = destroy_native<NewlineDecoder>, .construct = decoder_construct},
         .methods = kDecoderMethods});
}

void add_text_files(const Value& module) {
    derive_standard_streams(TextFile::type);
    module_set(module, "TextIOWrapper", Value::share(TextFile::type));
    module_set(module, "StringIO", Value::share(TextFile::string_io_type));
    module_set(module, "IncrementalNewlineDecoder", Value::share(NewlineDecoder::type));
}

}  // namespace loopglass::script
