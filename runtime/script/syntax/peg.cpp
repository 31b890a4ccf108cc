#include "runtime/script/syntax/peg.hpp"

#include "runtime/script/syntax/deep_call.hpp"

namespace loopglass::script {

namespace {

constexpr std::string_view kSequence = "";
constexpr std::string_view kSoftKeywords[] = {"_", "case", "match", "type"};
// A match whose value nobody looks at.
constexpr std::string_view kWithoutErrors = "without_errors";

bool opens(TokenKind kind) {
    return kind == TokenKind::LeftParen || kind == TokenKind::LeftBracket ||
           kind == TokenKind::LeftBrace;
}
bool closes(TokenKind kind) {
    return kind == TokenKind::RightParen || kind == TokenKind::RightBracket ||
           kind == TokenKind::RightBrace;
}

// CPython compares only as many letters as the name has: `c` passes for `case` here.
bool is_soft_keyword(const Token& token) {
    if (token.kind != TokenKind::Name) return false;
    const std::string_view name = token.name->text;
    for (const std::string_view keyword : kSoftKeywords) {
        if (keyword.starts_with(name)) return true;
    }
    return false;
}

}  // namespace

PegMachine::PegMachine(const PegGrammar& grammar, const std::vector<Token>& tokens,
                       PegHandler& handler)
    : grammar_(grammar), tokens_(tokens), handler_(handler) {
    levels_.reserve(tokens.size());
    uint32_t level = 0;
    for (const Token& token : tokens) {
        if (opens(token.kind)) ++level;
        if (closes(token.kind)) --level;
        levels_.push_back(level);
    }
}

bool PegMachine::run(std::string_view rule, bool second_pass) {
    position_ = 0;
    second_pass_ = second_pass;
    memory_.assign(tokens_.size() + 1, nullptr);
    items_.clear();
    return match_rule(grammar_.rule(rule)) != nullptr;
}

PegNode* PegMachine::node(std::string_view label, uint32_t first) {
    return arena_.make<PegNode>(label, first, position_, base::Array<PegNode*>{});
}

// The next token, which counts as read from now on.
const Token* PegMachine::peek() {
    const Token& token = tokens_[position_];
    if (position_ >= read_) read_ = position_ + 1;
    if (token.kind != TokenKind::Error) return &token;
    if (!stopped_) handler_.lexer_error(*this);
    return nullptr;
}

PegNode* PegMachine::match_token(TokenKind kind) {
    const Token* token = peek();
    if (!token || token->kind != kind) return nullptr;
    ++position_;
    return node(kind == TokenKind::Name ? "name" : "token", position_ - 1);
}

PegNode* PegMachine::match_soft_keyword(std::string_view text) {
    const Token* token = peek();
    if (!token || token->kind != TokenKind::Name || token->name->text != text) return nullptr;
    ++position_;
    return node("token", position_ - 1);
}

PegNode* PegMachine::match_rule(uint16_t index) {
    const PegRule& rule = grammar_.rules[index];
    if (rule.only_second_pass && (!second_pass_ || without_errors_ > 0)) return nullptr;
    const uint32_t start = position_;
    if (rule.remembered) {
        for (const Memory* known = memory_[start]; known; known = known->next) {
            if (known->rule != index) continue;
            position_ = known->end;
            return known->result;
        }
    }
    const bool quiet = rule.name == kWithoutErrors;
    if (quiet) ++without_errors_;
    PegNode* result = match_alternatives(rule);
    if (quiet) --without_errors_;
    if (!result) position_ = start;
    if (rule.remembered && !stopped_)
        memory_[start] = arena_.make<Memory>(index, position_, result, memory_[start]);
    return result;
}

PegNode* PegMachine::match_alternatives(const PegRule& rule) {
    if (!stopped_ && !may_go_deeper()) handler_.too_deep(*this);
    PegNode* result = nullptr;
    const uint32_t start = position_;
    for (const PegAlternative& alternative : rule.alternatives) {
        bool cut = false;
        if (!stopped_) result = match_alternative(alternative, cut);
        if (result || cut || stopped_) break;
        position_ = start;
    }
    return stopped_ ? nullptr : result;
}

PegNode* PegMachine::match_alternative(const PegAlternative& alternative, bool& cut) {
    const uint32_t start = position_;
    const size_t base = items_.size();
    for (const uint16_t index : alternative.items) {
        const PegOp op = grammar_.items[index].op;
        if (op == PegOp::Cut) {
            cut = true;
            continue;
        }
        PegNode* item = match_item(index);
        if (!item || stopped_) {
            items_.resize(base);
            return nullptr;
        }
        if (op != PegOp::Ahead && op != PegOp::NotAhead) items_.push_back(item);
    }
    PegNode* result = nullptr;
    if (alternative.action.place == PegPlace::None)
        result = finish(alternative, start, base);
    else
        handler_.error(*this, alternative.action, items_from(base));
    items_.resize(base);
    return result;
}

PegNode* PegMachine::finish(const PegAlternative& alternative, uint32_t start, size_t base) {
    const base::Array<PegNode*> items = items_from(base);
    if (alternative.pick > 0) return items[alternative.pick - 1u];
    std::string_view label = alternative.label;
    if (alternative.fold) {
        if (items[1]->children.empty()) return items[0];
        if (label.empty()) label = items[1]->children.back()->label;
    } else if (label.empty() && items.size() == 1) {
        return items[0];
    }
    PegNode* made = list(start, base);
    made->label = label;
    return made;
}

PegNode* PegMachine::list(uint32_t start, size_t base) {
    PegNode* made = node(kSequence, start);
    made->children = arena_.copy(items_.data() + base, items_.size() - base);
    return made;
}

PegNode* PegMachine::match_item(uint16_t index) {
    const PegItem& item = grammar_.items[index];
    switch (item.op) {
        case PegOp::Token:
            return match_token(item.token);
        case PegOp::SoftKeyword:
            return match_soft_keyword(item.text);
        case PegOp::AnySoftKeyword: {
            const Token* token = peek();
            if (!token || !is_soft_keyword(*token)) return nullptr;
            ++position_;
            return node("token", position_ - 1);
        }
        case PegOp::Rule:
            return match_rule(item.rule);
        case PegOp::Group:
            return match_alternatives(grammar_.rules[item.rule]);
        case PegOp::Optional: {
            const uint32_t start = position_;
            PegNode* inner = match_item(static_cast<uint16_t>(item.inner));
            if (inner) return inner;
            position_ = start;
            return stopped_ ? nullptr : &nothing_;
        }
        case PegOp::Star:
            return repeat(item, false);
        case PegOp::Plus:
            return repeat(item, true);
        case PegOp::Gather:
            return gather(item);
        case PegOp::Ahead:
            return look(item, true);
        case PegOp::NotAhead:
            return look(item, false);
        case PegOp::Force: {
            PegNode* found = match_token(item.token);
            if (!found && !stopped_) handler_.missing(*this, item.text, position_);
            return found;
        }
        case PegOp::Cut:
            break;
    }
    return nullptr;
}

PegNode* PegMachine::repeat(const PegItem& item, bool at_least_one) {
    const uint32_t start = position_;
    const size_t base = items_.size();
    for (;;) {
        const uint32_t before = position_;
        PegNode* next = match_item(static_cast<uint16_t>(item.inner));
        if (stopped_) return nullptr;
        if (!next || position_ == before) {
            position_ = before;
            break;
        }
        items_.push_back(next);
    }
    const bool none = items_.size() == base;
    if (none) return at_least_one ? nullptr : &nothing_;
    PegNode* found = list(start, base);
    items_.resize(base);
    return found;
}

PegNode* PegMachine::gather(const PegItem& item) {
    const uint32_t start = position_;
    const size_t base = items_.size();
    uint32_t before = position_;
    for (;;) {
        PegNode* next = match_item(static_cast<uint16_t>(item.inner));
        if (stopped_) return nullptr;
        if (!next) {
            position_ = before;
            break;
        }
        items_.push_back(next);
        before = position_;
        if (!match_item(static_cast<uint16_t>(item.separator))) break;
    }
    if (items_.size() == base || stopped_) return nullptr;
    PegNode* found = list(start, base);
    items_.resize(base);
    return found;
}

PegNode* PegMachine::look(const PegItem& item, bool wanted) {
    const uint32_t start = position_;
    const bool found = match_item(static_cast<uint16_t>(item.inner)) != nullptr;
    position_ = start;
    return stopped_ || found != wanted ? nullptr : &nothing_;
}

}  // namespace loopglass::script
