// Reads the text of a grammar (see peg.hpp) into rules.
#include <map>

#include "runtime/base/check.hpp"
#include "runtime/script/syntax/peg.hpp"

namespace loopglass::script {

namespace {

constexpr struct {
    std::string_view text;
    TokenKind kind;
} kSpelled[] = {
#define X(name, spelling) {spelling, TokenKind::name},
    LOOPGLASS_OPERATORS(X)
#undef X
#define X(name, spelling) {spelling, TokenKind::Kw##name},
        LOOPGLASS_KEYWORDS(X)
#undef X
            {"NAME", TokenKind::Name},
    {"NUMBER", TokenKind::Number},
    {"STRING", TokenKind::String},
    {"FSTART", TokenKind::FStringStart},
    {"FMIDDLE", TokenKind::FStringMiddle},
    {"FEND", TokenKind::FStringEnd},
    {"NEWLINE", TokenKind::Newline},
    {"INDENT", TokenKind::Indent},
    {"DEDENT", TokenKind::Dedent},
    {"END", TokenKind::EndMarker},
};

constexpr struct {
    std::string_view text;
    PegPlace place;
    int items;
} kPlaces[] = {
    {"at", PegPlace::At, 1},     {"range", PegPlace::Range, 2}, {"from", PegPlace::From, 1},
    {"last", PegPlace::Last, 0}, {"next", PegPlace::Next, 0},   {"indent", PegPlace::Indent, 1},
    {"call", PegPlace::Call, 0},
};

bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
}

class Reader {
public:
    Reader(std::string_view text, PegGrammar& grammar) : text_(text), grammar_(grammar) {}

    void run() {
        for (skip(); at_ < text_.size(); skip()) {
            const std::string_view name = word();
            const uint16_t index = rule_index(name);
            PegRule rule;
            rule.name = name;
            rule.remembered = eat("@");
            rule.only_second_pass = name.starts_with("bad_");
            CHECK(eat("="), "a grammar rule has an equals sign");
            rule.alternatives = alternatives();
            grammar_.rules[index] = std::move(rule);
        }
        for (const PegRule& rule : grammar_.rules)
            CHECK(!rule.alternatives.empty(), "every rule a grammar mentions is in it");
    }

private:
    void skip() {
        for (; at_ < text_.size(); ++at_) {
            if (text_[at_] == '#') at_ = text_.find('\n', at_);
            if (text_[at_] != ' ' && text_[at_] != '\n') return;
        }
    }
    [[nodiscard]] char peek() {
        skip();
        return at_ < text_.size() ? text_[at_] : '\0';
    }
    bool eat(std::string_view token) {
        skip();
        if (text_.substr(at_, token.size()) != token) return false;
        at_ += token.size();
        return true;
    }
    std::string_view word() {
        skip();
        const size_t start = at_;
        while (at_ < text_.size() && is_word(text_[at_])) ++at_;
        CHECK(at_ > start, "a word stands where a grammar needs one");
        return text_.substr(start, at_ - start);
    }
    std::string_view quoted() {
        const char quote = text_[at_++];
        const size_t end = text_.find(quote, at_);
        const std::string_view content = text_.substr(at_, end - at_);
        at_ = end + 1;
        return content;
    }
    uint16_t rule_index(std::string_view name) {
        const auto [place, added] =
            rules_.try_emplace(name, static_cast<uint16_t>(grammar_.rules.size()));
        if (added) grammar_.rules.emplace_back().name = name;
        return place->second;
    }
    static TokenKind token_kind(std::string_view text) {
        for (const auto& spelled : kSpelled) {
            if (spelled.text == text) return spelled.kind;
        }
        return TokenKind::Error;
    }

    std::vector<PegAlternative> alternatives() {
        std::vector<PegAlternative> list;
        do list.push_back(alternative());
        while (eat("/"));
        return list;
    }

    PegAlternative alternative() {
        PegAlternative out;
        while (item_starts()) out.items.push_back(item());
        if (eat("->")) {
            if (eat("$")) {
                out.pick = number();
                return out;
            }
            out.label = word();
            out.fold = out.label == "fold";
            if (out.fold) out.label = is_label() ? word() : std::string_view();
        } else if (eat("=>")) {
            out.action = action();
        }
        return out;
    }

    bool item_starts() {
        const char c = peek();
        if (c == '-' || c == '=' || c == '/' || c == ')' || c == '\0') return false;
        return !is_word(c) || is_label();
    }

    // Labels and rule names look alike: a rule begins where a word is followed by = or @.
    bool is_label() {
        if (!is_word(peek())) return false;
        size_t i = at_;
        while (i < text_.size() && is_word(text_[i])) ++i;
        if (i < text_.size() && text_[i] == '@') return false;
        while (i < text_.size() && text_[i] == ' ') ++i;
        return i >= text_.size() || text_[i] != '=' || text_[i + 1] == '>';
    }

    uint8_t number() {
        skip();
        return static_cast<uint8_t>(text_[at_++] - '0');
    }

    PegAction action() {
        PegAction out;
        const std::string_view place = word();
        for (const auto& known : kPlaces) {
            if (known.text != place) continue;
            out.place = known.place;
            if (known.items > 0) out.first = number();
            if (known.items > 1) out.last = number();
        }
        skip();
        while (peek() == '`') out.words += quoted();
        return out;
    }

    uint16_t add(const PegItem& item) {
        grammar_.items.push_back(item);
        return static_cast<uint16_t>(grammar_.items.size() - 1);
    }
    uint16_t wrap(PegOp op, uint16_t inner) {
        PegItem item;
        item.op = op;
        item.inner = static_cast<int16_t>(inner);
        return add(item);
    }

    uint16_t item() {
        if (eat("&")) return wrap(PegOp::Ahead, suffixed());
        if (eat("!")) return wrap(PegOp::NotAhead, suffixed());
        if (eat("~")) {
            PegItem cut;
            cut.op = PegOp::Cut;
            return add(cut);
        }
        return suffixed();
    }

    uint16_t suffixed() {
        uint16_t index = atom();
        const char c = at_ < text_.size() ? text_[at_] : '\0';
        if (c == '.') {
            ++at_;
            PegItem gather;
            gather.op = PegOp::Gather;
            gather.separator = static_cast<int16_t>(index);
            gather.inner = static_cast<int16_t>(atom());
            CHECK(eat("+"), "a separated repetition ends with a plus sign");
            return add(gather);
        }
        if (c == '?' || c == '*' || c == '+') {
            ++at_;
            return wrap(c == '?' ? PegOp::Optional : c == '*' ? PegOp::Star : PegOp::Plus, index);
        }
        if (c == '!') {
            ++at_;
            PegItem& token = grammar_.items[index];
            token.op = PegOp::Force;
        }
        return index;
    }

    uint16_t atom() {
        PegItem item;
        const char c = peek();
        if (c == '(') {
            ++at_;
            item.op = PegOp::Group;
            PegRule group;
            group.alternatives = alternatives();
            CHECK(eat(")"), "a group of a grammar is closed");
            grammar_.rules.push_back(std::move(group));
            item.rule = static_cast<uint16_t>(grammar_.rules.size() - 1);
            return add(item);
        }
        if (c == '\'') {
            item.text = quoted();
            item.token = token_kind(item.text);
            CHECK(item.token != TokenKind::Error, "a grammar's tokens exist");
            return add(item);
        }
        if (c == '"') {
            item.op = PegOp::SoftKeyword;
            item.text = quoted();
            return add(item);
        }
        const std::string_view name = word();
        const bool kind_name = name[0] >= 'A' && name[0] <= 'Z';
        item.token = kind_name ? token_kind(name) : TokenKind::Error;
        if (name == "SOFT_KEYWORD") {
            item.op = PegOp::AnySoftKeyword;
        } else if (item.token == TokenKind::Error) {
            item.op = PegOp::Rule;
            item.rule = rule_index(name);
        }
        return add(item);
    }

    std::string_view text_;
    size_t at_ = 0;
    PegGrammar& grammar_;
    std::map<std::string_view, uint16_t> rules_;
};

}  // namespace

uint16_t PegGrammar::rule(std::string_view name) const {
    for (size_t i = 0; i < rules.size(); ++i) {
        if (rules[i].name == name) return static_cast<uint16_t>(i);
    }
    UNREACHABLE();
}

std::unique_ptr<PegGrammar> read_grammar(std::string_view text) {
    auto grammar = std::make_unique<PegGrammar>();
    Reader(text, *grammar).run();
    return grammar;
}

}  // namespace loopglass::script
