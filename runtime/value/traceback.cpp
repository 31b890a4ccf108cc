// Exceptions written out as CPython 3.13 writes them (the rules of Lib/traceback.py): frames with
// source and carets, causes and contexts, notes, groups.
#include "runtime/value/traceback.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <set>

#include "runtime/base/text.hpp"
#include "runtime/value/native.hpp"
#include "runtime/value/protocol.hpp"
#include "runtime/value/text.hpp"
#include "runtime/value/unraisable.hpp"

namespace loopglass::value {

using base::cat;

Type* Traceback::type = nullptr;
Value (*g_make_traceback_frame)(Traceback*) = nullptr;
void (*g_write_stderr)(std::string_view) = nullptr;

namespace {

constexpr std::string_view kSpaces = " \t\f";

std::string_view left_trim(std::string_view text) {
    const size_t at = text.find_first_not_of(kSpaces);
    return at == std::string_view::npos ? std::string_view{} : text.substr(at);
}
std::string_view right_trim(std::string_view text) {
    const size_t at = text.find_last_not_of(kSpaces);
    return at == std::string_view::npos ? std::string_view{} : text.substr(0, at + 1);
}

// Code points before a byte offset: carets count characters.
uint32_t characters(std::string_view line, uint32_t bytes) {
    uint32_t count = 0;
    for (size_t i = 0; i < line.size() && i < bytes; ++i) count += (line[i] & 0xC0) != 0x80;
    return count;
}
uint32_t characters(std::string_view line) {
    return characters(line, static_cast<uint32_t>(line.size()));
}

// The columns a terminal gives to the text before a byte offset: two to each wide character.
uint32_t columns(std::string_view line, size_t bytes) {
    uint32_t count = 0;
    const char* at = line.data();
    const char* const end = at + std::min(bytes, line.size());
    while (at < end) {
        const uint32_t code_point = next_code_point(at);
        count +=
            code_point < 0x80 || utf8proc_charwidth(static_cast<int32_t>(code_point)) < 2 ? 1 : 2;
    }
    return count;
}

// The source lines an instruction spans, dedented together, with its places in bytes.
struct Excerpt {
    std::vector<std::string_view> lines;
    uint32_t start = 0, end = 0;  // in the first and in the last line
    bool has_anchor = false;
    uint32_t left_line = 0, left = 0, right_line = 0, right = 0;  // the part marked ^ amid ~

    [[nodiscard]] size_t last() const { return lines.size() - 1; }
};

size_t common_indent(const std::vector<std::string_view>& lines) {
    size_t indent = SIZE_MAX;
    for (const std::string_view line : lines)
        if (const std::string_view rest = left_trim(line); !rest.empty())
            indent = std::min(indent, line.size() - rest.size());
    return indent == SIZE_MAX ? 0 : indent;
}

Excerpt take_excerpt(const Code* code, const base::Span& span, const base::Span& anchor) {
    Excerpt out;
    for (uint32_t line = span.line; line <= span.end_line; ++line)
        out.lines.push_back(right_trim(code->source_line(code, line)));
    const std::string_view first = out.lines.front(), final = out.lines.back();
    const auto indent = static_cast<uint32_t>(common_indent(out.lines));
    const auto shifted = [&](std::string_view line, uint32_t column) {
        const uint32_t at = std::min(column, static_cast<uint32_t>(line.size()));
        return at > indent ? at - indent : 0;
    };
    out.start = shifted(first, span.column);
    out.end = shifted(final, span.end_column);
    if (anchor.line) {
        out.has_anchor = true;
        out.left_line = anchor.line - span.line;
        out.right_line = anchor.end_line - span.line;
        out.left = shifted(out.lines[std::min<size_t>(out.left_line, out.last())], anchor.column);
        out.right =
            shifted(out.lines[std::min<size_t>(out.right_line, out.last())], anchor.end_column);
    }
    for (std::string_view& line : out.lines)
        line.remove_prefix(std::min<size_t>(indent, line.size()));
    return out;
}

bool is_name(std::string_view text) {
    return !text.empty() &&
           text.find_first_of("()[]{}.,:;+-*/%&|^~<>=!@ \"'") == std::string_view::npos;
}

// `return f(...)` and `x = f(...)` that fill the line need no carets: they would mark all of it.
bool is_plain_call_statement(const Excerpt& excerpt, const base::Span& span,
                             const base::Span& anchor) {
    const std::string_view first = excerpt.lines.front(), final = excerpt.lines.back();
    if (!excerpt.has_anchor || excerpt.left_line >= excerpt.lines.size()) return false;
    // CPython compares places in bytes with places in characters here: text beyond ASCII differs.
    if (characters(first, excerpt.start) != excerpt.start ||
        characters(final, excerpt.end) != excerpt.end)
        return false;
    const std::string_view bracket = excerpt.lines[excerpt.left_line];
    if (excerpt.left >= bracket.size() || bracket[excerpt.left] != '(' ||
        anchor.end_column != span.end_column)
        return false;
    const std::string_view rest =
        left_trim(final.substr(std::min<size_t>(excerpt.end, final.size())));
    if (!rest.empty() && rest.front() != '#') return false;
    const std::string_view before = first.substr(0, std::min<size_t>(excerpt.start, first.size()));
    if (right_trim(before) == "return")
        return excerpt.left_line == 0 &&
               is_name(first.substr(excerpt.start, excerpt.left - excerpt.start));
    const std::string_view target = right_trim(before);
    if (target.size() < 2 || target.back() != '=') return false;
    return target.substr(0, target.size() - 1).find_first_of("=!<>+-*/%&|^@:") ==
               std::string_view::npos ||
           target.find(" = ") != std::string_view::npos;
}

bool shows_carets(const Excerpt& excerpt, const base::Span& span, const base::Span& anchor) {
    if (is_plain_call_statement(excerpt, span, anchor)) return false;
    if (excerpt.has_anchor) return true;
    const std::string_view first = excerpt.lines.front(), final = excerpt.lines.back();
    return !left_trim(first.substr(0, std::min<size_t>(excerpt.start, first.size()))).empty() ||
           !right_trim(final.substr(std::min<size_t>(excerpt.end, final.size()))).empty();
}

char caret_at(const Excerpt& excerpt, uint32_t line, uint32_t column) {
    if (!excerpt.has_anchor) return '^';
    const std::string_view text = excerpt.lines[line];
    const bool after_left = line > excerpt.left_line ||
                            (line == excerpt.left_line && column >= columns(text, excerpt.left));
    const bool before_right = line < excerpt.right_line ||
                              (line == excerpt.right_line && column < columns(text, excerpt.right));
    return after_left && before_right ? '^' : '~';
}

void write_line(std::string& out, const Excerpt& excerpt, uint32_t line, bool carets) {
    const std::string_view text = excerpt.lines[line];
    out += cat("    ", text, "\n");
    if (!carets) return;
    const uint32_t indent = static_cast<uint32_t>(text.size() - left_trim(text).size());
    const uint32_t start = line == 0 ? columns(text, excerpt.start) : 0;
    const uint32_t end = columns(text, line == excerpt.last() ? excerpt.end : text.size());
    std::string marks;
    for (uint32_t column = 0; column < end; ++column)
        marks += column < indent || column < start ? ' ' : caret_at(excerpt, line, column);
    out += cat("    ", marks, "\n");
}

void write_excerpt(std::string& out, const Excerpt& excerpt, bool carets) {
    const auto last = static_cast<int64_t>(excerpt.last());
    std::set<int64_t> shown{0, last};
    if (excerpt.has_anchor)
        for (const int64_t around : {int64_t{excerpt.left_line}, int64_t{excerpt.right_line}})
            for (int64_t line = around - 1; line <= around + 1; ++line) shown.insert(line);
    int64_t previous = -1;
    for (const int64_t line : shown) {
        if (line < 0 || line > last) continue;
        if (previous >= 0 && line - previous == 2)
            write_line(out, excerpt, static_cast<uint32_t>(line - 1), carets);
        if (previous >= 0 && line - previous > 2)
            out += cat("    ...<", line - previous - 1, " lines>...\n");
        write_line(out, excerpt, static_cast<uint32_t>(line), carets);
        previous = line;
    }
}

const Code* code_of(const TracebackEntry& entry) {
    return static_cast<const Code*>(entry.code.object());
}

}  // namespace

std::string format_entry(const TracebackEntry& entry) {
    const Code* code = code_of(entry);
    if (!code) return "";
    std::string out = cat("  File \"", code->filename->view(), "\", line ", entry.span.line,
                          ", in ", code->name->view(), "\n");
    if (!code->source_line || !entry.span.line) return out;
    if (left_trim(code->source_line(code, entry.span.line)).empty()) return out;
    const Excerpt excerpt = take_excerpt(code, entry.span, entry.anchor);
    write_excerpt(out, excerpt, shows_carets(excerpt, entry.span, entry.anchor));
    return out;
}

Value seen_from(const Value& traceback) {
    Value at = traceback;
    while (at && is_unseen(cast<Traceback>(at))) at = Value(cast<Traceback>(at)->next);
    return at;
}

std::string format_frames(const Value& traceback, int64_t limit) {
    std::vector<const Traceback*> frames;
    for (Value at = traceback; at && is<Traceback>(at); at = cast<Traceback>(at)->next)
        if (!is_unseen(cast<Traceback>(at))) frames.push_back(cast<Traceback>(at));
    size_t first = 0, end = frames.size();
    if (limit >= 0)
        end = std::min<size_t>(end, static_cast<size_t>(limit));
    else
        first = end - std::min<size_t>(end, static_cast<size_t>(-limit));
    std::string out;
    size_t repeats = 0;
    const auto note_repeats = [&] {
        if (repeats > 3)
            out += cat("  [Previous line repeated ", repeats - 3, " more time",
                       repeats - 3 > 1 ? "s" : "", "]\n");
    };
    const TracebackEntry* previous = nullptr;
    for (size_t i = first; i < end; ++i) {
        const TracebackEntry& entry = frames[i]->entry;
        const bool same =
            previous && previous->span.line == entry.span.line && code_of(*previous) &&
            code_of(entry) &&
            str_equal(code_of(*previous)->filename.get(), code_of(entry)->filename.get()) &&
            str_equal(code_of(*previous)->name.get(), code_of(entry)->name.get());
        if (!same) {
            note_repeats();
            repeats = 0;
        }
        previous = &entry;
        if (++repeats > 3) continue;
        out += format_entry(entry);
    }
    note_repeats();
    return out;
}

namespace {

std::string shown_type(const Value& exception) {
    static Name module("__module__");
    const Type* type = exception.type();
    const Value* found = type_lookup(type, module);
    std::string_view prefix =
        found && is<Str>(*found) ? cast<Str>(*found)->view() : std::string_view("builtins");
    if (prefix == "builtins" || prefix == "__main__") return std::string(type->qualname->view());
    return cat(prefix, ".", type->qualname->view());
}

std::string safe_text(const Value& value) {
    const Ref<Str> text = str(value);
    if (text) return std::string(text->view());
    clear_raised();
    return "<exception str() failed>";
}

Value field(const Exception* exception, size_t index) {
    return index < exception->fields.size() && exception->fields[index] ? exception->fields[index]
                                                                        : none();
}

// A place may be None, or whatever a script has put there.
bool number_in(const Value& value, int64_t& out) {
    return is_int(value) && int_value(value, out);
}

// The place of a SyntaxError: file, line, the text and carets under it.
std::string syntax_place(const Exception* exception) {
    enum { kMessage, kFile, kLine, kOffset, kText, kEndLine, kEndOffset };
    const Value line = field(exception, kLine), text = field(exception, kText),
                file = field(exception, kFile);
    if (is_none(line)) return "";
    std::string out = cat("  File \"", is_none(file) ? std::string("<string>") : safe_text(file),
                          "\", line ", safe_text(line), "\n");
    if (!is<Str>(text)) return out;
    const std::string_view whole = cast<Str>(text)->view();
    const std::string_view raw = whole.substr(0, whole.find_last_not_of('\n') + 1);
    const size_t indent = std::min(raw.find_first_not_of(" \n\f"), raw.size());
    const std::string_view shown = raw.substr(indent);
    out += cat("    ", shown, "\n");
    int64_t offset = 0, end = 0, end_line = 0, own_line = 0;
    if (!number_in(field(exception, kOffset), offset)) return out;
    const int64_t size = characters(whole), beyond = int64_t{characters(raw)} + 1;
    if (number_in(line, own_line) && number_in(field(exception, kEndLine), end_line) &&
        own_line == end_line) {
        if (!number_in(field(exception, kEndOffset), end) || end == 0) end = offset;
    } else {
        end = beyond;
    }
    if (size && offset > size) offset = beyond;
    if (size && end > size) end = beyond;
    if (offset >= end || end < 0) end = offset + 1;
    const int64_t at = offset - 1 - static_cast<int64_t>(indent);
    if (at < 0) return out;
    out += "    ";
    for (size_t i = 0; i < shown.size() && characters(shown, static_cast<uint32_t>(i)) < at; ++i)
        if ((shown[i] & 0xC0) != 0x80) out += shown[i] == '\t' || shown[i] == '\f' ? shown[i] : ' ';
    return out + std::string(static_cast<size_t>(end - offset), '^') + "\n";
}

std::string notes_text(const Exception* exception) {
    if (!exception->notes) return "";
    const List* notes = as<List>(exception->notes);
    if (!notes) {
        const Ref<Str> text = repr(exception->notes);
        if (!text) clear_raised();
        return text ? cat(text->view(), "\n") : "";
    }
    std::string out;
    for (const Value& note : notes->items) {
        std::string text = is<Str>(note) ? std::string(cast<Str>(note)->view()) : safe_text(note);
        out += cat(text, "\n");
    }
    return out;
}

}  // namespace

std::string format_exception_only(const Value& value) {
    const auto* exception = cast<Exception>(value);
    const std::string type = shown_type(value);
    if (is_exception(value, errors::SyntaxError) && !exception->fields.empty()) {
        const Value message = field(exception, 0);
        return cat(syntax_place(exception), type, ": ",
                   is_none(message) ? std::string("<no detail available>") : safe_text(message),
                   "\n", notes_text(exception));
    }
    std::string message = safe_text(value);
    message += suggestion(exception);
    return cat(type, message.empty() ? "" : ": ", message, "\n", notes_text(exception));
}

namespace {

constexpr std::string_view kCause =
    "\nThe above exception was the direct cause of the following exception:\n\n";
constexpr std::string_view kContext =
    "\nDuring handling of the above exception, another exception occurred:\n\n";
constexpr size_t kMaxGroupWidth = 15;
constexpr size_t kMaxGroupDepth = 10;

// Writes chains and groups; `depth_` is how many groups deep we are.
class Writer {
public:
    Writer(int64_t limit, bool chain) : limit_(limit), chain_(chain) {}

    void write(const Value& exception) {
        std::vector<std::pair<std::string_view, Value>> links;
        collect(exception, links);
        for (auto link = links.rbegin(); link != links.rend(); ++link) {
            if (!link->first.empty()) emit(link->first);
            write_one(link->second);
        }
    }
    [[nodiscard]] std::string take() { return std::move(out_); }

private:
    void collect(const Value& first, std::vector<std::pair<std::string_view, Value>>& links) {
        Value at = first;
        while (at) {
            const auto* exception = cast<Exception>(at);
            seen_.insert(exception);
            Value next;
            std::string_view words;
            if (exception->cause && !seen_.count(exception->cause.object())) {
                words = kCause;
                next = exception->cause;
            } else if (!exception->cause && exception->context && !exception->suppress_context &&
                       !seen_.count(exception->context.object())) {
                words = kContext;
                next = exception->context;
            }
            if (!chain_) words = {}, next = Value{};
            links.emplace_back(words, at);
            at = next;
        }
    }

    void write_one(const Value& value) {
        const auto* exception = cast<Exception>(value);
        const std::string frames =
            exception->traceback ? format_frames(exception->traceback, limit_) : "";
        const bool group = is_exception(value, errors::BaseExceptionGroup);
        if (!group) {
            if (!frames.empty()) emit(cat("Traceback (most recent call last):\n", frames));
            return emit(format_exception_only(value));
        }
        if (depth_ > kMaxGroupDepth)
            return emit(cat("... (max_group_depth is ", kMaxGroupDepth, ")\n"));
        const bool top = depth_ == 0;
        if (top) ++depth_;
        if (!frames.empty()) {
            emit("Exception Group Traceback (most recent call last):\n", top ? '+' : '|');
            emit(frames);
        }
        emit(format_exception_only(value));
        write_members(cast<Tuple>(exception->fields[1]));
        if (top) depth_ = 0;
    }

    void write_members(const Tuple* members) {
        const size_t shown = members->size <= kMaxGroupWidth ? members->size : kMaxGroupWidth + 1;
        needs_close_ = false;
        for (size_t i = 0; i < shown; ++i) {
            const bool last = i + 1 == shown, cut = i >= kMaxGroupWidth;
            if (last) needs_close_ = true;
            out_ += cat(indent(), i == 0 ? "+-" : "  ", "+---------------- ",
                        cut ? std::string("...") : std::to_string(i + 1), " ----------------\n");
            ++depth_;
            if (cut)
                emit(cat("and ", members->size - kMaxGroupWidth, " more exception",
                         members->size - kMaxGroupWidth > 1 ? "s" : "", "\n"));
            else
                write((*members)[i]);
            if (last && needs_close_) {
                out_ += cat(indent(), "+------------------------------------\n");
                needs_close_ = false;
            }
            --depth_;
        }
    }

    [[nodiscard]] std::string indent() const { return std::string(2 * depth_, ' '); }

    void emit(std::string_view text, char margin = '|') {
        const std::string prefix = depth_ ? cat(indent(), margin, " ") : indent();
        while (!text.empty()) {
            const size_t end = text.find('\n');
            const size_t size = end == std::string_view::npos ? text.size() : end + 1;
            out_ += cat(prefix, text.substr(0, size));
            text.remove_prefix(size);
        }
    }

    int64_t limit_;
    bool chain_;
    size_t depth_ = 0;
    bool needs_close_ = false;
    std::set<const Object*> seen_;
    std::string out_;
};

}  // namespace

std::string format_exception(const Value& exception, int64_t limit, bool chain) {
    // Writing asks objects for their text; an error on the way must not disturb the pending one.
    const Value pending = take_raised();
    Writer writer(limit, chain);
    writer.write(exception);
    clear_raised();
    restore_raised(pending);
    return writer.take();
}

// The interpreter itself writes these: source lines without carets, no causes.
static std::string plain_exception(const Value& exception) {
    const std::string whole = format_exception(exception, -1, false);
    std::string_view rest = whole;
    std::string out;
    while (!rest.empty()) {
        const std::string_view line = rest.substr(0, std::min(rest.find('\n') + 1, rest.size()));
        const size_t mark = line.find_first_not_of(' ');
        const bool carets = mark >= 4 && line.find_first_not_of(" ~^\n") == std::string_view::npos;
        if (!carets) out += line;
        rest.remove_prefix(line.size());
    }
    return out;
}

bool (*g_unraisable_hook)(const Value&, const Value&) = nullptr;

void write_unraisable(const Value& exception, const Value& where) {
    if (g_unraisable_hook && g_unraisable_hook(exception, where)) return;
    std::string text;
    if (where) {
        const Ref<Str> of = repr(where);
        if (!of) clear_raised();
        text = cat("Exception ignored in: ",
                   of ? of->view() : std::string_view("<object repr() failed>"), "\n");
    }
    text += plain_exception(exception);
    if (g_write_stderr) g_write_stderr(text);
}

// ---- the object
// ---------------------------------------------------------------------------------------------

namespace {

Value tb_frame(const Value* a) {
    auto* traceback = cast<Traceback>(a[0]);
    if (!traceback->entry.frame && g_make_traceback_frame)
        traceback->entry.frame = g_make_traceback_frame(traceback);
    return traceback->entry.frame ? traceback->entry.frame : none();
}
Value tb_lineno(const Value* a) {
    return make_int(cast<Traceback>(a[0])->entry.span.line);
}
Value tb_lasti(const Value*) {
    return make_int(0);
}
Value tb_next(const Value* a) {
    const Value next = seen_from(cast<Traceback>(a[0])->next);
    return next ? next : none();
}
Value tb_set_next(const Value* a) {
    if (!is_none(a[1]) && !is<Traceback>(a[1]))
        return raise(errors::TypeError,
                     cat("expected traceback object, got '", type_name(a[1]), "'"));
    for (Value at = a[1]; at && is<Traceback>(at); at = cast<Traceback>(at)->next)
        if (at.is(a[0])) return raise(errors::ValueError, "traceback loop detected");
    cast<Traceback>(a[0])->next = is_none(a[1]) ? Value{} : a[1];
    return none();
}
// (line, end line, column, end column, anchor start, anchor end), in characters; our own addition.
Value tb_position(const Value* a) {
    const TracebackEntry& entry = cast<Traceback>(a[0])->entry;
    const auto number = [](uint32_t n) { return make_int(n); };
    return make_tuple({number(entry.span.line), number(entry.span.end_line),
                       number(entry.span.column), number(entry.span.end_column),
                       entry.anchor.line ? number(entry.anchor.column) : none(),
                       entry.anchor.line ? number(entry.anchor.end_column) : none()});
}
constexpr NativeMethod kTracebackMethods[] = {
    {"tb_frame", tb_frame, "(self)", MethodKind::Getter},
    {"tb_lineno", tb_lineno, "(self)", MethodKind::Getter},
    {"tb_lasti", tb_lasti, "(self)", MethodKind::Getter},
    {"tb_next", tb_next, "(self)", MethodKind::Getter},
    {"tb_next", tb_set_next, "(self, value)", MethodKind::Setter},
    {"tb_position", tb_position, "(self)", MethodKind::Getter},
};

}  // namespace

void initialise_traceback_type() {
    Traceback::type = define_type({.name = "traceback",
                                   .instance_size = sizeof(Traceback),
                                   .slots = {.destroy = destroy_native<Traceback>},
                                   .methods = kTracebackMethods});
}

}  // namespace loopglass::value
