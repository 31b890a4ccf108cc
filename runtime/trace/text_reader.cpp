// Reading the text form: line by line, each field by name, every error with its place.
#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "runtime/base/text.hpp"
#include "runtime/trace/loader.hpp"
#include "runtime/trace/text_form.hpp"

namespace loopglass::trace {
namespace {

using base::cat;
using base::Error;

// A position in the text; every take_* moves it and returns false, with error_ set, if the text
// does not fit.
class Cursor {
public:
    explicit Cursor(std::string_view text) : text_(text) {}

    [[nodiscard]] bool at_end() const { return at_ == text_.size(); }
    [[nodiscard]] bool at_line_end() const { return at_end() || text_[at_] == '\n'; }
    [[nodiscard]] char peek() const { return at_end() ? '\0' : text_[at_]; }
    void next_line() {
        while (!at_line_end()) ++at_;
        if (!at_end()) ++at_;
        ++line_;
        line_start_ = at_;
    }
    void skip_spaces() {
        while (peek() == ' ') ++at_;
    }
    [[nodiscard]] bool take(char c) {
        if (peek() != c) return false;
        ++at_;
        return true;
    }
    // Up to a space, '=', ':' or the end of the line.
    [[nodiscard]] std::string_view take_word() {
        const size_t start = at_;
        while (!at_line_end() && peek() != ' ' && peek() != '=' && peek() != ':') ++at_;
        return text_.substr(start, at_ - start);
    }
    template <typename Number>
    [[nodiscard]] bool take_number(Number& out) {
        const char* const begin = text_.data() + at_;
        const auto [end, problem] = std::from_chars(begin, text_.data() + text_.size(), out);
        if (problem != std::errc() || end == begin) return fail("a number is expected here");
        at_ += static_cast<size_t>(end - begin);
        return true;
    }
    // Seconds with up to nine digits, as nanoseconds.
    [[nodiscard]] bool take_seconds(int64_t& out) {
        const bool negative = take('-');
        uint64_t whole = 0;
        if (!take_number(whole)) return false;
        if (whole > 2'000'000'000) return fail("the time is out of range");
        uint64_t fraction = 0, scale = 1'000'000'000;
        if (take('.')) {
            while (peek() >= '0' && peek() <= '9') {
                if (scale == 1) return fail("a time has at most nine digits after the point");
                scale /= 10;
                fraction += static_cast<uint64_t>(peek() - '0') * scale;
                ++at_;
            }
        }
        const auto ns = static_cast<int64_t>(whole * 1'000'000'000 + fraction);
        out = negative ? -ns : ns;
        return true;
    }
    [[nodiscard]] bool take_quoted(std::string& out) {
        if (!take('"')) return fail("a text in double quotes is expected here");
        out.clear();
        while (!at_line_end() && peek() != '"') {
            char c = text_[at_++];
            if (c == '\\' && !take_escape(c)) return false;
            out += c;
        }
        return take('"') || fail("the text is not closed");
    }
    bool fail(std::string message) {
        if (error_.message.empty()) {
            const auto column = static_cast<uint32_t>(at_ - line_start_);
            error_ = Error{std::move(message), {line_, column, line_, column + 1}};
        }
        return false;
    }
    [[nodiscard]] const Error& error() const { return error_; }

private:
    [[nodiscard]] bool take_escape(char& out) {
        if (at_line_end()) return fail("the text is not closed");
        const char c = text_[at_++];
        switch (c) {
            case 'n':
                out = '\n';
                return true;
            case 't':
                out = '\t';
                return true;
            case 'r':
                out = '\r';
                return true;
            case '"':
            case '\\':
                out = c;
                return true;
            case 'x': {
                unsigned value = 0;
                const char* const begin = text_.data() + at_;
                const size_t left = text_.size() - at_;
                const auto [end, problem] =
                    std::from_chars(begin, begin + (left < 2 ? left : 2), value, 16);
                if (problem != std::errc() || end != begin + 2)
                    return fail("\\x needs two hex digits");
                at_ += 2;
                out = static_cast<char>(value);
                return true;
            }
            default:
                --at_;
                return fail("there is no such escape");
        }
    }

    std::string_view text_;
    size_t at_ = 0;
    uint32_t line_ = 1;
    size_t line_start_ = 0;
    Error error_;
};

class Reader {
public:
    explicit Reader(std::string_view text)
        : in_(text),
          limit_(static_cast<uint32_t>(std::min<size_t>(text.size(), 1u << 30)) + 65536) {}

    base::Result<Recording> run() {
        if (!header() || !events()) return in_.error();
        return loader_->finish(std::move(info_));
    }

private:
    bool header() {
        if (in_.take_word() != "loopglass-trace") return in_.fail("this is not a loopglass trace");
        in_.skip_spaces();
        uint32_t version = 0;
        if (!in_.take_number(version)) return false;
        if (version != 1)
            return in_.fail(
                cat("this trace has version ", version, ", which this program does not know"));
        in_.next_line();
        while (!in_.at_line_end()) {
            const std::string name(in_.take_word());
            if (!in_.take(':')) return in_.fail("a header line reads 'name: value'");
            in_.skip_spaces();
            if (!header_value(name)) return false;
            if (!in_.at_line_end()) return in_.fail("nothing more is expected on this line");
            in_.next_line();
        }
        loader_.emplace(level_, budget_, limit_);
        return true;
    }

    bool header_value(std::string_view name) {
        const std::pair<std::string_view, std::string*> texts[] = {
            {"title", &info_.title}, {"filename", &info_.filename}, {"source", &info_.source},
            {"world", &info_.world}, {"note", &info_.end_note},     {"rule", &info_.rule}};
        for (const auto& [known, text] : texts) {
            if (known == name) return in_.take_quoted(*text);
        }
        if (name == "seed") return in_.take_number(info_.seed);
        if (name == "exit") return in_.take_number(info_.exit_status);
        if (name == "budget") return in_.take_number(budget_);
        if (name == "level") {
            const std::string_view level = in_.take_word();
            level_ = level == "line" ? Level::Line : Level::Switch;
            return level == "line" || level == "switch" ||
                   in_.fail("the level is 'switch' or 'line'");
        }
        if (name == "end") {
            const std::string_view reason = in_.take_word();
            for (unsigned i = 0; i <= static_cast<unsigned>(EndReason::Stopped); ++i) {
                info_.end = static_cast<EndReason>(i);
                if (end_reason_name(info_.end) == reason) return true;
            }
            return in_.fail("there is no such end reason");
        }
        return in_.fail(cat("there is no header '", name, "'"));
    }

    bool events() {
        for (; !in_.at_end(); in_.next_line()) {
            in_.skip_spaces();
            if (in_.at_line_end() || in_.peek() == '#') continue;
            if (!event()) return false;
        }
        return true;
    }

    bool event() {
        int64_t now = 0;
        if (!in_.take_seconds(now)) return false;
        std::string wrong = loader_->set_now(now);
        if (!wrong.empty()) return in_.fail(std::move(wrong));
        in_.skip_spaces();
        Event event;
        const KindInfo* kind = take_kind(event);
        if (kind == nullptr) return false;
        if (kind->detail_type != DetailType::None && !take_detail(*kind, event)) return false;
        for (in_.skip_spaces(); !in_.at_line_end(); in_.skip_spaces()) {
            if (!take_field(*kind, event)) return false;
        }
        wrong = loader_->add(event);
        return wrong.empty() || in_.fail(std::move(wrong));
    }

    const KindInfo* take_kind(Event& event) {
        const std::string_view name = in_.take_word();
        for (unsigned k = 0; k < kKindCount; ++k) {
            event.kind = static_cast<EventKind>(k);
            if (info(event.kind).text_name == name) return &info(event.kind);
        }
        in_.fail(cat("there is no kind of event '", name, "'"));
        return nullptr;
    }

    bool take_detail(const KindInfo& kind, Event& event) {
        in_.skip_spaces();
        const std::string_view name = in_.take_word();
        for (unsigned d = 0; d < detail_count(kind.detail_type); ++d) {
            if (detail_name(kind.detail_type, static_cast<uint8_t>(d)) != name) continue;
            event.detail = static_cast<uint8_t>(d);
            return true;
        }
        return in_.fail(cat("'", name, "' is no detail of ", kind.text_name));
    }

    bool take_field(const KindInfo& kind, Event& event) {
        const std::string_view name = in_.take_word();
        if (name.empty() || !in_.take('=')) return in_.fail("a field reads 'name=value'");
        if (name == "line") return in_.take_number(event.line);
        if (name == "cause") return take_cause(event);
        if (name == kind.subject_name) return take_value(kind.subject_type, event, event.subject);
        if (name == kind.object_name) return take_value(kind.object_type, event, event.object);
        if (name == kind.arg_name) return take_value(kind.arg_type, event, event.arg);
        return in_.fail(cat(kind.text_name, " has no field '", name, "'"));
    }

    bool take_cause(Event& event) {
        uint32_t back = 0;
        if (!in_.take('-')) return in_.fail("a cause reads '-N': so many events back");
        if (!in_.take_number(back)) return false;
        if (back == 0 || back > loader_->size())
            return in_.fail("the cause is not an earlier event");
        event.cause = loader_->size() - back;
        return true;
    }

    bool take_value(FieldType type, const Event& event, uint32_t& out) {
        if (type == FieldType::Await)
            type = await_object_type(static_cast<AwaitKind>(event.detail));
        if (type == FieldType::Text) {
            std::string text;
            if (!in_.take_quoted(text)) return false;
            const TextId made = event.kind == EventKind::VariableChanged && &out == &event.arg
                                    ? made_text_of(text)
                                    : 0;
            out = made != 0 ? made : loader_->text(text);
            return true;
        }
        if (type == FieldType::Ns || type == FieldType::Wide) {
            int64_t value = 0;
            if (type == FieldType::Ns ? !in_.take_seconds(value) : !in_.take_number(value))
                return false;
            out = loader_->wide(value);
            return true;
        }
        const bool future = type == FieldType::Future && in_.take('f');
        if (!in_.take_number(out)) return false;
        if (is_plain_future(out)) return in_.fail("the number is out of range");
        if (future) out |= kPlainFutureBit;
        return true;
    }

    Cursor in_;
    uint32_t limit_;
    Level level_ = Level::Switch;
    uint32_t budget_ = Recording::kDefaultBudget;
    RunInfo info_;
    std::optional<RecordingLoader> loader_;
};

}  // namespace

base::Result<Recording> read_text(std::string_view text) {
    return Reader(text).run();
}

}  // namespace loopglass::trace
