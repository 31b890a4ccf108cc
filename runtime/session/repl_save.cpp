#include "runtime/session/repl_save.hpp"

#include <algorithm>
#include <set>

#include "runtime/base/arena.hpp"
#include "runtime/base/text.hpp"
#include "runtime/script/syntax/lexer.hpp"
#include "runtime/script/syntax/parse.hpp"
#include "runtime/trace/timeline.hpp"

namespace loopglass::session {

using base::cat;

namespace {

namespace ast = script;

// An input, looked at as syntax.
struct Parsed {
    base::Arena arena;
    ast::ParseOutcome outcome;
    explicit Parsed(std::string_view text)
        : outcome(ast::parse_module(text, "<input>", {true}, arena)) {}
};

// Only imports, functions and classes: fit to stand before any loop runs.
bool only_defines(const ast::Module& module) {
    return std::all_of(module.body.begin(), module.body.end(), [](const ast::Stmt* statement) {
        switch (statement->kind) {
            case ast::StmtKind::Import:
            case ast::StmtKind::ImportFrom:
            case ast::StmtKind::FunctionDef:
            case ast::StmtKind::ClassDef:
                return true;
            default:
                return false;
        }
    });
}

// Which lines begin inside a string and must stay as they are.
std::vector<bool> inside_strings(const std::string& text) {
    base::Arena arena;
    script::SymbolTable symbols(arena);
    script::SourceText source;
    std::vector<bool> out(static_cast<size_t>(std::count(text.begin(), text.end(), '\n')) + 2);
    if (script::decode_source(text, arena, source).kind != script::SyntaxErrorKind::None)
        return out;
    const script::LexResult lexed = script::tokenize(source, symbols);
    for (const script::Token& token : lexed.tokens) {
        const bool is_text = token.kind == script::TokenKind::String ||
                             token.kind == script::TokenKind::FStringMiddle ||
                             token.kind == script::TokenKind::FStringEnd;
        if (!is_text) continue;
        for (uint32_t line = token.span.line + 1; line <= token.span.end_line && line < out.size();
             ++line)
            out[line] = true;
    }
    return out;
}

std::string indented(const std::string& text, std::string_view indent) {
    const std::vector<bool> keep = inside_strings(text);
    std::string out;
    size_t number = 1;
    for (size_t at = 0; at < text.size(); ++number) {
        const size_t end = std::min(text.find('\n', at), text.size());
        const std::string line = text.substr(at, end - at);
        const bool blank = line.find_first_not_of(" \t\f\r") == std::string::npos;
        if (!blank && !(number < keep.size() && keep[number])) out += indent;
        out += line + "\n";
        at = end + 1;
    }
    return out;
}

// The names the input binds: what would be local if it stood in a function.
void add_names(const std::string& text, std::set<std::string>& names) {
    const Parsed parsed(cat("async def main():\n", indented(text, "    ")));
    if (!parsed.outcome || parsed.outcome.module->body.size() != 1) return;
    const auto& main = ast::as<ast::FunctionDef>(*parsed.outcome.module->body.front());
    for (const ast::LocalVariable& variable : main.scope->locals)
        if (!variable.hidden) names.emplace(variable.name->text);
    for (const ast::CellVariable& variable : main.scope->cells)
        if (!variable.hidden) names.emplace(variable.name->text);
    // An annotated name must not be global.
    for (const ast::Stmt* statement : main.body)
        if (const auto* annotated = ast::as_if<ast::AnnAssign>(statement))
            if (const auto* name = ast::as_if<ast::Name>(annotated->target))
                names.erase(std::string(name->id->text));
}

std::string commented(const std::string& text, std::string_view indent) {
    std::string out;
    for (size_t at = 0; at < text.size();) {
        const size_t end = std::min(text.find('\n', at), text.size());
        out += cat(indent, "# ", text.substr(at, end - at), "\n");
        at = end + 1;
    }
    return out;
}

// The last expression goes where the prompt would have sent it.
std::string echoing(const std::string& text, const ast::Module& module) {
    if (module.body.empty() || module.body.back()->kind != ast::StmtKind::Expr) return text;
    const ast::Span& span = module.body.back()->span;
    size_t begin = 0, end = text.size();
    for (uint32_t line = 1; line < span.line; ++line) begin = text.find('\n', begin) + 1;
    begin += span.column;
    size_t last = 0;
    for (uint32_t line = 1; line < span.end_line; ++line) last = text.find('\n', last) + 1;
    end = std::min(end, last + span.end_column);
    return cat(text.substr(0, begin), "sys.displayhook(", text.substr(begin, end - begin), ")",
               text.substr(end));
}

// Builds the body of main.
class Writer {
public:
    void input(const SavedOrder& saved) {
        const Parsed parsed(saved.order.text);
        if (!parsed.outcome) {
            body_ += cat("    # did not parse:\n", commented(saved.order.text, "    "));
            return;
        }
        if (parsed.outcome.module->body.empty()) return;
        if (body_.empty() && saved.how == ReplEnd::Done && only_defines(*parsed.outcome.module)) {
            top_ += cat(saved.order.text, saved.order.text.ends_with('\n') ? "" : "\n");
            return;
        }
        add_names(saved.order.text, names_);
        const std::string text = echoing(saved.order.text, *parsed.outcome.module);
        echoes_ |= text.size() != saved.order.text.size();
        if (saved.how != ReplEnd::Failed && saved.how != ReplEnd::Interrupted) {
            body_ += indented(text, "    ");
            return;
        }
        fails_ = true;
        body_ += cat("    try:\n", indented(text, "        "),
                     "    except Exception:\n        traceback.print_exc()\n");
    }
    void time(const SavedOrder& saved) {
        const bool exact =
            saved.order.kind == ReplOrder::Kind::Sleep ||
            (saved.order.kind == ReplOrder::Kind::Iteration && saved.order.count == 1);
        const int64_t ns = saved.order.kind == ReplOrder::Kind::Sleep ? saved.order.ns : saved.took;
        rough_ |= !exact;
        body_ += cat("    await asyncio.sleep(", ns ? seconds(ns) : "0", ")  # ", saved.typed,
                     exact ? "" : ": more or less", "\n");
    }
    [[nodiscard]] std::string text(std::string_view loaded, std::string_view filename) const {
        std::string out = cat("# What was typed at Loopglass's prompt.\n",
                              rough_ ? "# \"More or less\": that move stopped in the middle of a "
                                       "turn, or before one; here it takes the same time.\n"
                                     : "",
                              "import asyncio\n", echoes_ ? "import sys\n" : "",
                              fails_ ? "import traceback\n" : "");
        if (!loaded.empty())
            out += cat("\n# --- ", filename, "\n", loaded, loaded.ends_with('\n') ? "" : "\n",
                       "# ---\n");
        if (!top_.empty()) out += cat("\n", top_);
        out += "\n\nasync def main():\n";
        std::string names;
        for (const std::string& name : names_) names += cat(names.empty() ? "" : ", ", name);
        if (!names.empty()) out += cat("    global ", names, "\n");
        out += body_.empty() ? "    pass\n" : body_;
        return out + "\n\nasyncio.run(main())\n";
    }

private:
    static std::string seconds(int64_t ns) {
        std::string out = trace::seconds_text(ns, 9);
        while (out.ends_with('0')) out.pop_back();
        if (out.ends_with('.')) out.pop_back();
        return out;
    }
    std::string top_, body_;
    std::set<std::string> names_;
    bool echoes_ = false, fails_ = false, rough_ = false;
};

}  // namespace

std::string saved_program(const std::vector<SavedOrder>& orders, std::string_view loaded,
                          std::string_view filename) {
    Writer writer;
    for (const SavedOrder& saved : orders) {
        if (saved.order.kind == ReplOrder::Kind::Input)
            writer.input(saved);
        else if (saved.order.kind != ReplOrder::Kind::Quit)
            writer.time(saved);
    }
    return writer.text(loaded, filename);
}

}  // namespace loopglass::session
