// A small machine that runs parsing expression grammars over tokens, with CPython's rules of the
// game: alternatives in order, cuts, lookaheads, and alternatives whose match is an error.
//
// A grammar is text: `name = alternative / alternative`, one rule per paragraph.
//   'if'  "match"     a token, a soft keyword          NAME NUMBER STRING …   a kind of token
//   e? e* e+  s.e+    optional, repeated, separated    ( a / b )              a group
//   &e !e  ~  'x'!    lookahead, cut, forced token     name@ =                a remembered rule
//   -> label          the match becomes a node called so;  -> $2  … is its second item;
//   -> fold label     … is its first item if the second, a repetition, is empty
//   => place "words"  the match is an error; places see PegAction
// Rules whose names begin with bad_ match only in the second pass. Items are counted from 1,
// without lookaheads and cuts.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/arena.hpp"
#include "runtime/script/syntax/token.hpp"

namespace loopglass::script {

enum class PegPlace : uint8_t {
    None,
    At,      // the item `first`
    Range,   // from the item `first` to the item `last`
    From,    // from the item `first` to where the lexer stands
    Last,    // the last token read
    Next,    // the next token to match
    Indent,  // the last token read, as IndentationError; %l is the line of the item `first`
    Call,    // the rule decides by itself: the word is a PegSpecial
};

struct PegAction {
    PegPlace place = PegPlace::None;
    uint8_t first = 0;
    uint8_t last = 0;
    std::string words;
};

enum class PegOp : uint8_t {
    Token,
    SoftKeyword,
    AnySoftKeyword,
    Rule,
    Optional,
    Star,
    Plus,
    Gather,
    Group,
    Ahead,
    NotAhead,
    Cut,
    Force,
};

struct PegItem {
    PegOp op = PegOp::Token;
    TokenKind token = TokenKind::EndMarker;
    uint16_t rule = 0;       // of Rule; of Group: an anonymous rule
    int16_t inner = -1;      // item that is repeated, looked at, …
    int16_t separator = -1;  // of Gather
    std::string_view text;   // of SoftKeyword and Force
};

struct PegAlternative {
    std::vector<uint16_t> items;
    std::string_view label;
    uint8_t pick = 0;  // -> $n
    bool fold = false;
    PegAction action;
};

struct PegRule {
    std::string_view name;
    bool remembered = false;
    bool only_second_pass = false;
    std::vector<PegAlternative> alternatives;
};

struct PegGrammar {
    std::vector<PegRule> rules;
    std::vector<PegItem> items;

    [[nodiscard]] uint16_t rule(std::string_view name) const;
};

// Reads a grammar; `text` must live as long as the grammar. A mistake in it is a programming error.
[[nodiscard]] std::unique_ptr<PegGrammar> read_grammar(std::string_view text);

// What matched. `first` and `end` are token indices.
struct PegNode {
    std::string_view label;  // "" for a bare sequence
    uint32_t first = 0;
    uint32_t end = 0;
    base::Array<PegNode*> children;
};

class PegMachine;

// What a matched alternative with an action does; returns the node, or nullptr for no match.
class PegHandler {
public:
    virtual ~PegHandler() = default;
    // Called for an alternative that is an error. Reporting sets the machine to stop.
    virtual void error(PegMachine& machine, const PegAction& action,
                       const base::Array<PegNode*>& items) = 0;
    // A forced token is missing at `position`.
    virtual void missing(PegMachine& machine, std::string_view token, uint32_t position) = 0;
    // The lexer's error token was reached.
    virtual void lexer_error(PegMachine& machine) = 0;
    // The tree is too deep.
    virtual void too_deep(PegMachine& machine) = 0;
};

class PegMachine {
public:
    PegMachine(const PegGrammar& grammar, const std::vector<Token>& tokens, PegHandler& handler);

    // True if the rule matches from the first token on.
    [[nodiscard]] bool run(std::string_view rule, bool second_pass);

    void stop() { stopped_ = true; }
    [[nodiscard]] bool stopped() const { return stopped_; }
    [[nodiscard]] uint32_t tokens_read() const { return read_; }
    [[nodiscard]] uint32_t position() const { return position_; }
    [[nodiscard]] const Token& token(uint32_t index) const { return tokens_[index]; }
    // How many brackets are open behind the token.
    [[nodiscard]] uint32_t level(uint32_t index) const { return levels_[index]; }

private:
    PegNode* match_rule(uint16_t index);
    PegNode* match_alternatives(const PegRule& rule);
    PegNode* match_alternative(const PegAlternative& alternative, bool& cut);
    PegNode* finish(const PegAlternative& alternative, uint32_t start, size_t base);
    PegNode* list(uint32_t start, size_t base);
    [[nodiscard]] base::Array<PegNode*> items_from(size_t base) {
        return {items_.data() + base, static_cast<uint32_t>(items_.size() - base)};
    }
    PegNode* match_item(uint16_t index);
    PegNode* match_token(TokenKind kind);
    PegNode* match_soft_keyword(std::string_view text);
    PegNode* repeat(const PegItem& item, bool at_least_one);
    PegNode* gather(const PegItem& item);
    PegNode* look(const PegItem& item, bool wanted);
    const Token* peek();
    PegNode* node(std::string_view label, uint32_t first);

    struct Memory {
        uint16_t rule;
        uint32_t end;
        PegNode* result;
        Memory* next;
    };

    const PegGrammar& grammar_;
    const std::vector<Token>& tokens_;
    PegHandler& handler_;
    std::vector<uint32_t> levels_;
    std::vector<Memory*> memory_;  // by position
    base::Arena arena_;
    std::vector<PegNode*> items_;  // of the alternatives being matched, outermost first
    PegNode nothing_;              // what a lookahead or a missing optional item gives
    uint32_t position_ = 0;
    uint32_t read_ = 0;
    int without_errors_ = 0;
    bool second_pass_ = false;
    bool stopped_ = false;
};

}  // namespace loopglass::script
