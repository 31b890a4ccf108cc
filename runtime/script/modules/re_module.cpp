// _re: patterns that module re has translated, matched by PCRE2.
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "runtime/base/text.hpp"
#include "runtime/script/modules/registry.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/objects.hpp"
#include "runtime/value/protocol.hpp"
#include "runtime/value/text.hpp"

namespace loopglass::script {

using namespace value;  // a file of bindings
using base::cat;

namespace {

// A pattern that backtracks beyond these is stopped: a script must not hold the machine.
constexpr uint32_t kMatchLimit = 10'000'000;
constexpr uint32_t kHeapLimitKib = 64 * 1024;

struct Engine : Object {
    static Type* type;
    pcre2_code* code = nullptr;
    pcre2_match_data* data = nullptr;
    bool text;
    Engine(Type* its_type, bool of_text) : Object(its_type), text(of_text) {}
    ~Engine() {
        pcre2_match_data_free(data);
        pcre2_code_free(code);
    }
};
Type* Engine::type = nullptr;

pcre2_compile_context* compile_context() {
    static pcre2_compile_context* context = [] {
        auto* made = pcre2_compile_context_create(nullptr);
        pcre2_set_newline(made, PCRE2_NEWLINE_LF);
        // Python texts may hold lone surrogates.
        pcre2_set_compile_extra_options(made, PCRE2_EXTRA_ALLOW_SURROGATE_ESCAPES);
        return made;
    }();
    return context;
}
pcre2_match_context* match_context() {
    static pcre2_match_context* context = [] {
        auto* made = pcre2_match_context_create(nullptr);
        pcre2_set_match_limit(made, kMatchLimit);
        pcre2_set_heap_limit(made, kHeapLimitKib);
        return made;
    }();
    return context;
}

PCRE2_SPTR units(std::string_view text) {
    return reinterpret_cast<PCRE2_SPTR>(text.data() ? text.data() : "");
}

// The text or bytes of a pattern or subject; false and a TypeError for anything else.
bool content(const Value& value, std::string_view& out) {
    if (const Str* text = as<Str>(value)) return out = text->view(), true;
    if (bytes_view(value, out)) return true;
    return raise(errors::TypeError,
                 cat("expected string or bytes-like object, got '", type_name(value), "'")),
           false;
}

Value re_compile(const Value* a) {
    std::string_view pattern;
    int64_t options;
    if (!content(a[0], pattern) || !to_index(a[1], options)) return {};
    const bool text = is<Str>(a[0]);
    Ref<Engine> engine = make<Engine>(text);
    int error = 0;
    PCRE2_SIZE offset = 0;
    const uint32_t utf = text ? PCRE2_UTF | PCRE2_NO_UTF_CHECK : 0;
    engine->code =
        pcre2_compile(units(pattern), pattern.size(), static_cast<uint32_t>(options) | utf, &error,
                      &offset, compile_context());
    if (!engine->code) {
        PCRE2_UCHAR message[256];
        pcre2_get_error_message(error, message, sizeof message);
        return raise(errors::RuntimeError,
                     cat("the matching engine refuses the pattern: ",
                         reinterpret_cast<const char*>(message), " at offset ", offset));
    }
    engine->data = pcre2_match_data_create_from_pattern(engine->code, nullptr);
    return engine;
}

// Offsets between code points and bytes of a subject, remembered from one look-up to the next
// because groups stand close together.
class Offsets {
public:
    Offsets(std::string_view text, bool plain) : text_(text), plain_(plain) {}

    size_t to_bytes(size_t index) const {
        return plain_ ? std::min(index, text_.size()) : byte_offset(text_, index);
    }
    int64_t to_index(size_t offset) {
        if (plain_) return static_cast<int64_t>(offset);
        if (offset < at_) at_ = index_ = 0;
        index_ += count_code_points(text_.substr(at_, offset - at_));
        at_ = offset;
        return static_cast<int64_t>(index_);
    }

private:
    std::string_view text_;
    bool plain_;
    size_t at_ = 0, index_ = 0;
};

Value match_error(int code) {
    if (code == PCRE2_ERROR_MATCHLIMIT || code == PCRE2_ERROR_DEPTHLIMIT ||
        code == PCRE2_ERROR_HEAPLIMIT)
        return raise(errors::RuntimeError, "regular expression takes too long");
    return raise(errors::RuntimeError, cat("the matching engine fails with error ", code));
}

Value groups(const Engine* engine, Offsets& offsets) {
    const uint32_t count = pcre2_get_ovector_count(engine->data);
    const PCRE2_SIZE* vector = pcre2_get_ovector_pointer(engine->data);
    Ref<Tuple> out = make_tuple(size_t{count} * 2);
    for (uint32_t i = 0; i < count * 2; ++i)
        out->items()[i] = Value::small(vector[i] == PCRE2_UNSET ? -1 : offsets.to_index(vector[i]));
    return out;
}

// exec(subject, pos, endpos, anchored, notempty_atstart)
Value engine_exec(const Value* a) {
    const auto* engine = cast<Engine>(a[0]);
    std::string_view subject;
    int64_t start, end;
    if (!content(a[1], subject) || !to_index(a[2], start) || !to_index(a[3], end)) return {};
    const int anchored = truth(a[4]), not_empty = truth(a[5]);
    if (anchored < 0 || not_empty < 0) return {};
    const Str* text = as<Str>(a[1]);
    if (engine->text != (text != nullptr))
        return raise(errors::TypeError, engine->text
                                            ? "cannot use a string pattern on a bytes-like object"
                                            : "cannot use a bytes pattern on a string-like object");
    Offsets offsets(subject, !text || text->ascii());
    const size_t size = text ? text->length : subject.size();
    const auto clamp = [size](int64_t index) {
        return std::min(static_cast<size_t>(std::max<int64_t>(index, 0)), size);
    };
    const size_t first = offsets.to_bytes(clamp(start)), last = offsets.to_bytes(clamp(end));
    if (first > last) return none();
    uint32_t options = PCRE2_NO_UTF_CHECK;
    if (anchored) options |= PCRE2_ANCHORED;
    if (not_empty) options |= PCRE2_NOTEMPTY_ATSTART;
    const int found = pcre2_match(engine->code, units(subject), last, first, options, engine->data,
                                  match_context());
    if (found == PCRE2_ERROR_NOMATCH) return none();
    return found < 0 ? match_error(found) : groups(engine, offsets);
}

constexpr NativeMethod kMethods[] = {
    {"exec", engine_exec, "(self, subject, pos, endpos, anchored, notempty_atstart, /)"},
};
constexpr NativeMethod kFunctions[] = {
    {"compile", re_compile, "(pattern, options, /)", MethodKind::Function},
};

}  // namespace

Value make_module__re() {
    if (!Engine::type)
        Engine::type = define_type({.name = "_re.engine",
                                    .instance_size = sizeof(Engine),
                                    .slots = {.destroy = destroy_native<Engine>},
                                    .methods = kMethods});
    return make_native_module("_re", kFunctions);
}

}  // namespace loopglass::script
