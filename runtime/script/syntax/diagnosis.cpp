#include "runtime/script/syntax/diagnosis.hpp"

#include <optional>
#include <string>

#include "runtime/base/check.hpp"
#include "runtime/base/text.hpp"
#include "runtime/script/syntax/error_grammar.hpp"
#include "runtime/script/syntax/peg.hpp"

namespace loopglass::script {

namespace {

const PegGrammar& grammar() {
    static const std::string text = error_grammar_text();
    static const std::unique_ptr<PegGrammar> read = read_grammar(text);
    return *read;
}

// Expression nodes have labels; sequences and tokens only hold things together.
bool is_expression(const PegNode& node) {
    return !node.label.empty() && node.label != "token";
}

// The elements of a tuple or list.
void collect_elements(const PegNode& node, std::vector<const PegNode*>& out) {
    for (const PegNode* child : node.children) {
        if (is_expression(*child))
            out.push_back(child);
        else
            collect_elements(*child, out);
    }
}

using Items = base::Array<PegNode*>;

enum class Targets : uint8_t { Star, For, Del };

// The part of an expression that cannot be a target, or nullptr.
const PegNode* invalid_target(const PegNode& node, Targets targets) {
    if (node.label == "list" || node.label == "tuple") {
        std::vector<const PegNode*> elements;
        collect_elements(node, elements);
        for (const PegNode* element : elements) {
            if (const PegNode* bad = invalid_target(*element, targets)) return bad;
        }
        return nullptr;
    }
    if (node.label == "starred")
        return targets == Targets::Del ? &node : invalid_target(*node.children[1], targets);
    if (node.label == "comparison" && targets == Targets::For) {
        // In `for f() in x` the comparison is `f() in x`.
        if (node.children[1]->children.front()->label == "in")
            return invalid_target(*node.children[0], targets);
        return nullptr;
    }
    const bool good =
        node.label == "name" || node.label == "attribute" || node.label == "subscript";
    return good ? nullptr : &node;
}

// The lexer stopped inside an f-string: what it says of those counts only for who reads them.
bool stopped_in_fstring(const LexResult& lexed) {
    int open = 0;
    for (const Token& token : lexed.tokens) {
        if (token.kind == TokenKind::FStringStart) ++open;
        if (token.kind == TokenKind::FStringEnd) --open;
    }
    return open > 0;
}

class Diagnoser : public PegHandler {
public:
    Diagnoser(const SourceText& source, const LexResult& lexed)
        : source_(source), lexed_(lexed), machine_(grammar(), lexed.tokens, *this) {}

    Diagnosis run(ParseGoal goal) {
        const std::string_view rule = goal == ParseGoal::Module ? "file" : "eval";
        if (!machine_.run(rule, false) && !found_) {
            const uint32_t last = machine_.tokens_read() - 1;
            first_pass_at_end_ = at_end();
            static_cast<void>(machine_.run(rule, true));
            if (!found_) generic(machine_.token(last));
        } else {
            first_pass_at_end_ = at_end();
            if (!found_) generic(lexed_.tokens.back());
        }
        if (!from_lexer_ && !final_) prefer_lexer(machine_.tokens_read() - 1);
        return {std::move(*found_), first_pass_at_end_};
    }

private:
    // ---- what the machine reports ----
    void error(PegMachine&, const PegAction& action, const Items& items) override {
        const auto item = [&](uint8_t number) -> const PegNode& { return *items[number - 1]; };
        switch (action.place) {
            case PegPlace::At:
                return at(item(action.first), words(action, items));
            case PegPlace::Range:
                return range(item(action.first), item(action.last), words(action, items));
            case PegPlace::From:
                return from(item(action.first), words(action, items));
            case PegPlace::Last:
                return at_token(machine_.tokens_read() - 1, SyntaxErrorKind::SyntaxError,
                                action.words);
            case PegPlace::Next:
                return at_token(machine_.position(), SyntaxErrorKind::SyntaxError, action.words);
            case PegPlace::Indent:
                return at_token(machine_.tokens_read() - 1, SyntaxErrorKind::IndentationError,
                                words(action, items));
            case PegPlace::Call:
                return special(action.words, items);
            case PegPlace::None:
                return;
        }
    }

    void missing(PegMachine&, std::string_view token, uint32_t position) override {
        report(SyntaxErrorKind::SyntaxError, machine_.token(position), machine_.token(position),
               base::cat("expected '", token, '\''));
    }

    void lexer_error(PegMachine&) override {
        found_ = lexed_.error->problem;
        from_lexer_ = true;
        machine_.stop();
    }

    void too_deep(PegMachine&) override {
        found_.emplace();
        found_->kind = SyntaxErrorKind::RecursionError;
        found_->message = "maximum recursion depth exceeded during compilation";
        final_ = true;
        machine_.stop();
    }

    // ---- places ----
    void report(SyntaxErrorKind kind, const Token& first, const Token& last, std::string message) {
        const auto line = static_cast<int32_t>(first.span.line);
        const auto end_line = static_cast<int32_t>(last.span.end_line);
        const auto column = static_cast<int32_t>(first.span.column);
        const auto end_column = static_cast<int32_t>(last.span.end_column);
        found_ =
            source_.problem(kind, std::move(message), line, first.has_column ? column : kNoColumn,
                            end_line, last.has_column ? end_column : kNoColumn);
        machine_.stop();
    }

    void at(const PegNode& node, std::string message) { range(node, node, std::move(message)); }

    void range(const PegNode& first, const PegNode& last, std::string message) {
        report(SyntaxErrorKind::SyntaxError, machine_.token(first.first),
               machine_.token(last.end - 1), std::move(message));
    }

    // Up to where the lexer stands.
    void from(const PegNode& node, std::string message) {
        const Token& last = machine_.token(machine_.tokens_read() - 1);
        report(SyntaxErrorKind::SyntaxError, machine_.token(node.first), last, std::move(message));
        const bool newline = last.kind == TokenKind::Newline;
        const uint32_t end =
            newline ? last.span.column + (last.end - last.begin) : last.span.end_column;
        found_->end_offset = character_count(base::cat(source_.line(found_->line), "\n"), end);
    }

    void at_token(uint32_t index, SyntaxErrorKind kind, std::string message) {
        const Token& token = machine_.token(index);
        report(kind, token, token, std::move(message));
        if (token.has_column) return;
        // A token without text: CPython points where its lexer stands, one column further left.
        found_->offset =
            character_count(base::cat(source_.line(found_->line), "\n"), token.span.column);
        found_->end_offset = -1;
    }

    // ---- words ----
    [[nodiscard]] std::string name_of(const PegNode& node) const {
        if (node.label == "literal" && machine_.token(node.first).kind != TokenKind::Number) {
            for (uint32_t i = node.first; i < node.end; ++i) {
                if (machine_.token(i).kind == TokenKind::FStringStart) return "f-string expression";
            }
        }
        std::string name(node.label);
        for (char& c : name) {
            if (c == '_') c = ' ';
        }
        return name;
    }

    // %n: what the first item is; %l: its line.
    [[nodiscard]] std::string words(const PegAction& action, const Items& items) const {
        std::string out = action.words;
        const size_t at = out.find('%');
        if (at == std::string::npos) return out;
        const PegNode& node = *items[action.first - 1];
        const std::string filled = out[at + 1] == 'n'
                                       ? name_of(node)
                                       : std::to_string(machine_.token(node.first).span.line);
        return out.replace(at, 2, filled);
    }

    // ---- rules that need more than a place ----
    void special(const std::string& what, const Items& items) {
        const size_t space = what.find(' ');
        const std::string_view name = std::string_view(what).substr(0, space);
        const PegNode& first = *items[static_cast<size_t>(what[space + 1] - '1')];
        const PegNode& second =
            what.size() > space + 3 ? *items[static_cast<size_t>(what[space + 3] - '1')] : first;
        if (name == "star-target") return target(first, Targets::Star);
        if (name == "for-target") return target(first, Targets::For);
        if (name == "del-target") return target(first, Targets::Del);
        if (name == "comma") return forgotten_comma(first, second);
        if (name == "legacy") return legacy(first, second);
        if (name == "genexp")
            return range(first, last_of_clauses(second),
                         "Generator expression must be parenthesized");
        if (name == "genexp-in-call") return genexp_in_call(first, second);
        if (name == "positional") return positional(first);
        if (name == "dict-colon") return dict_colon(first);
        CHECK(name == "bound", "every special place of the error grammar is known");
        const std::string_view kind = std::string_view(what).substr(space + 5);
        from(first, base::cat("cannot use ", second.label == "tuple" ? "constraints" : "bound",
                              " with ", kind));
    }

    void target(const PegNode& node, Targets targets) {
        const PegNode* bad = invalid_target(node, targets);
        if (!bad) return;
        at(*bad, base::cat(targets == Targets::Del ? std::string_view("cannot delete ")
                                                   : std::string_view("cannot assign to "),
                           name_of(*bad)));
    }

    [[nodiscard]] bool is_legacy(const PegNode& node) const {
        const Token& token = machine_.token(node.first);
        return node.label == "name" && token.name &&
               (token.name->text == "print" || token.name->text == "exec");
    }

    void forgotten_comma(const PegNode& first, const PegNode& second) {
        if (is_legacy(first) || machine_.level(machine_.position() - 1) == 0) return;
        range(first, second, "invalid syntax. Perhaps you forgot a comma?");
    }

    void legacy(const PegNode& name, const PegNode& rest) {
        if (!is_legacy(name)) return;
        const std::string_view text = machine_.token(name.first).name->text;
        range(name, rest,
              base::cat("Missing parentheses in call to '", text, "'. Did you mean ", text,
                        "(...)?"));
    }

    // The last condition or iterable of the last clause.
    static const PegNode& last_of_clauses(const PegNode& clauses) {
        const PegNode* clause = clauses.children.back();
        const PegNode* conditions = clause->children.back();
        if (conditions->children.empty()) return *clause->children[clause->children.size() - 2];
        return *conditions->children.back()->children.back();
    }

    void genexp_in_call(const PegNode& args, const PegNode& clauses) {
        std::vector<const PegNode*> positional;
        if (args.label == "args") collect_elements(*args.children[0], positional);
        if (args.label == "args")
            collect_starred(*args.children[1], positional);
        else
            collect_starred(args, positional);
        if (positional.size() <= 1) return;
        range(*positional.back(), last_of_clauses(clauses),
              "Generator expression must be parenthesized");
    }

    static void collect_starred(const PegNode& node, std::vector<const PegNode*>& out) {
        for (const PegNode* child : node.children) {
            if (child->label == "starred")
                out.push_back(child);
            else if (!is_expression(*child))
                collect_starred(*child, out);
        }
    }

    [[nodiscard]] static bool has_double_star(const PegNode& node) {
        for (const PegNode* child : node.children) {
            if (child->label == "double_star") return true;
            if (!is_expression(*child) && has_double_star(*child)) return true;
        }
        return false;
    }

    void positional(const PegNode& args) {
        at_token(machine_.tokens_read() - 1, SyntaxErrorKind::SyntaxError,
                 has_double_star(args) ? "positional argument follows keyword argument unpacking"
                                       : "positional argument follows keyword argument");
    }

    void dict_colon(const PegNode& key) {
        Token place = machine_.token(key.first);
        const Token& last = machine_.token(key.end - 1);
        place.span.column = last.span.end_column - 1;
        place.span.end_line = last.span.end_line;
        report(SyntaxErrorKind::SyntaxError, place, place, "':' expected after dictionary key");
        found_->end_offset = 0;
    }

    // ---- when no rule knows better ----
    void generic(const Token& last) {
        if (last.kind == TokenKind::Indent || last.kind == TokenKind::Dedent) {
            const bool indent = last.kind == TokenKind::Indent;
            at_token(machine_.tokens_read() - 1, SyntaxErrorKind::IndentationError,
                     indent ? "unexpected indent" : "unexpected unindent");
            final_ = true;
            return;
        }
        report(SyntaxErrorKind::SyntaxError, last, last, "invalid syntax");
    }

    void prefer_lexer(uint32_t last_read) {
        if (auto better = outranking_lexer_error(source_, lexed_, last_read))
            found_ = std::move(*better);
    }

    [[nodiscard]] bool at_end() const {
        const Token& last = machine_.token(machine_.tokens_read() - 1);
        if (last.kind == TokenKind::Error) return lexed_.error->end_of_input;
        return last.kind == TokenKind::EndMarker;
    }

    const SourceText& source_;
    const LexResult& lexed_;
    PegMachine machine_;
    std::optional<SyntaxProblem> found_;
    bool from_lexer_ = false;
    bool final_ = false;  // nothing the lexer says later outranks it
    bool first_pass_at_end_ = false;
};

}  // namespace

std::optional<SyntaxProblem> outranking_lexer_error(const SourceText& source,
                                                    const LexResult& lexed, uint32_t last_read) {
    if (!lexed.error || stopped_in_fstring(lexed)) return std::nullopt;
    if (lexed.error->worded) return lexed.error->problem;
    if (lexed.open.empty()) return std::nullopt;
    const OpenParen& paren = lexed.open.back();
    if (lexed.tokens[last_read].span.line <= paren.line) return std::nullopt;
    return never_closed(source, paren);
}

Diagnosis diagnose(const SourceText& source, const LexResult& lexed, ParseGoal goal) {
    return Diagnoser(source, lexed).run(goal);
}

}  // namespace loopglass::script
