// Writing the text form and JSON lines.
#include "runtime/trace/text_form.hpp"

#include "runtime/base/text.hpp"
#include "runtime/trace/timeline.hpp"

namespace loopglass::trace {
namespace {

using base::append;
using base::cat;

// Exact, with at least three digits: "0.100", "0.100001".
std::string exact_seconds(int64_t ns) {
    std::string text = seconds_text(ns, 9);
    for (int i = 0; i < 6 && text.back() == '0'; ++i) text.pop_back();
    return text;
}

void append_quoted(std::string& out, std::string_view text) {
    out += '"';
    for (const char c : text) {
        switch (c) {
            case '"':
                out += "\\\"";
                break;
            case '\\':
                out += "\\\\";
                break;
            case '\n':
                out += "\\n";
                break;
            case '\t':
                out += "\\t";
                break;
            case '\r':
                out += "\\r";
                break;
            default:
                if (static_cast<unsigned char>(c) < 0x20) {
                    constexpr char kHex[] = "0123456789abcdef";
                    out += "\\x";
                    out += kHex[static_cast<unsigned char>(c) >> 4];
                    out += kHex[c & 15];
                } else {
                    out += c;
                }
        }
    }
    out += '"';
}

void append_id(std::string& out, uint32_t value) {
    if (is_plain_future(value)) out += 'f';
    append(out, value & ~kPlainFutureBit);
}

void append_field(std::string& out, const Recording& rec, FieldType type, std::string_view name,
                  uint32_t value, uint8_t detail) {
    if (type == FieldType::Await) type = await_object_type(static_cast<AwaitKind>(detail));
    if (type == FieldType::None) return;
    // A count or time of 0 says something; "no task" or "no text" is left out.
    if (value == 0 && type != FieldType::Count && type != FieldType::Ns && type != FieldType::Wide)
        return;
    out += ' ';
    out += name;
    out += '=';
    switch (type) {
        case FieldType::Text:
            append_quoted(out, rec.text_of(value));
            break;
        case FieldType::Ns:
            out += exact_seconds(rec.wide_of(value));
            break;
        case FieldType::Wide:
            append(out, rec.wide_of(value));
            break;
        case FieldType::Future:
            append_id(out, value);
            break;
        default:
            append(out, value);
            break;
    }
}

void append_event(std::string& out, const Recording& rec, EventIndex index) {
    const Event& e = rec[index];
    const KindInfo& kind = info(e.kind);
    out += exact_seconds(rec.time(index));
    out += ' ';
    out += kind.text_name;
    if (kind.detail_type != DetailType::None) {
        out += ' ';
        out += detail_name(kind.detail_type, e.detail);
    }
    append_field(out, rec, kind.subject_type, kind.subject_name, e.subject, e.detail);
    append_field(out, rec, kind.object_type, kind.object_name, e.object, e.detail);
    append_field(out, rec, kind.arg_type, kind.arg_name, e.arg, e.detail);
    if (e.line != 0) append(out, cat(" line=", e.line));
    if (e.cause != kNoEvent) append(out, cat(" cause=-", index - e.cause));
}

void append_header(std::string& out, std::string_view name, std::string_view text) {
    if (text.empty()) return;
    out += name;
    out += ": ";
    append_quoted(out, text);
    out += '\n';
}

void append_json_field(std::string& out, const Recording& rec, FieldType type,
                       std::string_view name, uint32_t value, uint8_t detail) {
    if (type == FieldType::Await) type = await_object_type(static_cast<AwaitKind>(detail));
    if (type == FieldType::None) return;
    if (value == 0 && type != FieldType::Count && type != FieldType::Ns && type != FieldType::Wide)
        return;
    append(out, cat(",\"", name, "\":"));
    switch (type) {
        case FieldType::Text:
            append_json(out, rec.text_of(value));
            break;
        case FieldType::Ns:
        case FieldType::Wide:
            append(out, rec.wide_of(value));
            break;
        case FieldType::Future:
            if (is_plain_future(value)) {
                append(out, cat("\"f", value & ~kPlainFutureBit, '"'));
            } else {
                append(out, value);
            }
            break;
        default:
            append(out, value);
            break;
    }
}

// Length of the UTF-8 sequence at `at`, 0 if it is not one.
size_t utf8_length(std::string_view text, size_t at) {
    const auto byte = [&](size_t i) {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u;
    };
    const auto tail = [&](size_t i) { return (byte(i) & 0xC0) == 0x80; };
    const unsigned first = byte(at);
    if (first < 0x80) return 1;
    if (first >= 0xC2 && first <= 0xDF && tail(at + 1)) return 2;
    if ((first & 0xF0) == 0xE0 && tail(at + 1) && tail(at + 2)) {
        const bool overlong = first == 0xE0 && byte(at + 1) < 0xA0;
        const bool surrogate = first == 0xED && byte(at + 1) >= 0xA0;
        return overlong || surrogate ? 0 : 3;
    }
    if (first >= 0xF0 && first <= 0xF4 && tail(at + 1) && tail(at + 2) && tail(at + 3)) {
        const bool outside =
            (first == 0xF0 && byte(at + 1) < 0x90) || (first == 0xF4 && byte(at + 1) >= 0x90);
        return outside ? 0 : 4;
    }
    return 0;
}

}  // namespace

void append_json(std::string& out, std::string_view text) {
    constexpr char kHex[] = "0123456789abcdef";
    out += '"';
    for (size_t i = 0; i < text.size();) {
        const auto c = static_cast<unsigned char>(text[i]);
        const size_t length = utf8_length(text, i);
        if (length == 0) {
            out += "\xEF\xBF\xBD";
            ++i;
        } else if (c == '"' || c == '\\') {
            out += '\\';
            out += text[i++];
        } else if (c == '\n') {
            out += "\\n";
            ++i;
        } else if (c < 0x20 || c == 0x7F) {
            out += "\\u00";
            out += kHex[c >> 4];
            out += kHex[c & 15];
            ++i;
        } else {
            out += text.substr(i, length);
            i += length;
        }
    }
    out += '"';
}

std::string event_text(const Recording& recording, EventIndex event) {
    std::string out;
    append_event(out, recording, event);
    return out;
}

std::string write_text(const Recording& rec, TextFormOptions options) {
    std::string out = "loopglass-trace 1\n";
    append(out, cat("level: ", rec.lines_on() ? "line" : "switch", '\n'));
    append(out, cat("budget: ", rec.budget(), '\n'));
    append_header(out, "title", rec.info.title);
    append_header(out, "filename", rec.info.filename);
    if (options.with_script) {
        append_header(out, "source", rec.info.source);
        append_header(out, "world", rec.info.world);
    }
    append(out, cat("seed: ", rec.info.seed, '\n'));
    append(out, cat("end: ", end_reason_name(rec.info.end), '\n'));
    append(out, cat("exit: ", rec.info.exit_status, '\n'));
    append_header(out, "note", rec.info.end_note);
    if (!rec.info.rule.empty()) append_header(out, "rule", rec.info.rule);
    out += '\n';
    for (EventIndex i = 0; i < rec.size(); ++i) {
        append_event(out, rec, i);
        out += '\n';
    }
    return out;
}

std::string write_jsonl(const Recording& rec) {
    std::string out = "{\"loopglass\":1,\"level\":";
    append_json(out, rec.lines_on() ? "line" : "switch");
    const std::pair<std::string_view, const std::string*> texts[] = {
        {"title", &rec.info.title},
        {"filename", &rec.info.filename},
        {"source", &rec.info.source},
        {"world", &rec.info.world},
        {"note", &rec.info.end_note}};
    for (const auto& [name, text] : texts) {
        append(out, cat(",\"", name, "\":"));
        append_json(out, *text);
    }
    if (!rec.info.rule.empty()) {
        append(out, ",\"rule\":");
        append_json(out, rec.info.rule);
    }
    append(out, cat(",\"seed\":", rec.info.seed, ",\"end\":"));
    append_json(out, end_reason_name(rec.info.end));
    append(out, cat(",\"exit_status\":", rec.info.exit_status, ",\"events\":", rec.size(),
                    ",\"duration_ns\":", rec.duration(), ",\"hash\":\"",
                    Recording::short_hash(rec.hash()), "\"}\n"));
    for (EventIndex i = 0; i < rec.size(); ++i) {
        const Event& e = rec[i];
        const KindInfo& kind = info(e.kind);
        append(out,
               cat("{\"event\":", i, ",\"ns\":", rec.time(i), ",\"kind\":\"", kind.text_name, '"'));
        if (kind.detail_type != DetailType::None)
            append(out, cat(",\"detail\":\"", detail_name(kind.detail_type, e.detail), '"'));
        append_json_field(out, rec, kind.subject_type, kind.subject_name, e.subject, e.detail);
        append_json_field(out, rec, kind.object_type, kind.object_name, e.object, e.detail);
        append_json_field(out, rec, kind.arg_type, kind.arg_name, e.arg, e.detail);
        if (e.line != 0) append(out, cat(",\"line\":", e.line));
        if (e.cause != kNoEvent) append(out, cat(",\"cause\":", e.cause));
        out += "}\n";
    }
    return out;
}

}  // namespace loopglass::trace
