// String literals and f-strings, side by side or alone.
#include "runtime/base/text.hpp"
#include "runtime/script/syntax/escapes.hpp"
#include "runtime/script/syntax/parser.hpp"

namespace loopglass::script {

namespace {

struct LiteralParts {
    bool raw = false;
    bool bytes = false;
    bool unicode = false;
    std::string_view body;
};

LiteralParts split_literal(std::string_view literal) {
    LiteralParts parts;
    size_t i = 0;
    for (; literal[i] != '"' && literal[i] != '\''; ++i) {
        const char letter = static_cast<char>(literal[i] | 0x20);
        parts.raw |= letter == 'r';
        parts.bytes |= letter == 'b';
        parts.unicode |= letter == 'u';
    }
    const size_t quotes =
        literal.size() >= i + 6 && literal[i + 1] == literal[i] && literal[i + 2] == literal[i] ? 3
                                                                                                : 1;
    parts.body = literal.substr(i + quotes, literal.size() - i - 2 * quotes);
    return parts;
}

std::string_view text_of(const SourceText& source, const Token& token) {
    return source.text.substr(token.begin, token.end - token.begin);
}

}  // namespace

Expr* Parser::strings() {
    const Token* start = token_;
    bool formatted = false;
    bool bytes = false;
    bool text = false;
    const Token* at = token_;
    for (; at->kind == TokenKind::String; ++at) {
        const bool is_bytes = split_literal(text_of(source_, *at)).bytes;
        (is_bytes ? bytes : text) = true;
    }
    if (at->kind == TokenKind::FStringStart) formatted = text = true;
    if (!formatted) {
        if (bytes && text) return fail_at(*at, *at, "cannot mix bytes and nonbytes literals");
        return plain_strings(start, bytes);
    }
    std::vector<Expr*> values;
    while (kind() == TokenKind::String || kind() == TokenKind::FStringStart) {
        if (kind() == TokenKind::FStringStart) {
            if (!fstring(values)) return nullptr;
            continue;
        }
        const Token* first = token_;
        bytes |= split_literal(text_of(source_, *first)).bytes;
        ++token_;
        std::string decoded;
        if (!append_literal(*first, decoded)) return nullptr;
        auto* part = arena_.make<Constant>();
        part->value = ConstantKind::Str;
        part->u_prefix = split_literal(text_of(source_, *first)).unicode;
        part->text = arena_.copy(decoded);
        values.push_back(finish(part, first));
    }
    if (bytes) return fail_at(*token_, *token_, "cannot mix bytes and nonbytes literals");
    auto* node = arena_.make<JoinedStr>();
    node->values = merge_constants(values);
    return finish(node, start);
}

Expr* Parser::plain_strings(const Token* start, bool bytes) {
    auto* node = arena_.make<Constant>();
    node->value = bytes ? ConstantKind::Bytes : ConstantKind::Str;
    const LiteralParts first = split_literal(text_of(source_, *start));
    node->u_prefix = first.unicode;
    const bool plain = first.raw || first.body.find('\\') == std::string_view::npos;
    if (plain && !bytes && start[1].kind != TokenKind::String) {
        ++token_;
        node->text = first.body;  // the source text lives as long as the tree
        return finish(node, start);
    }
    std::string decoded;
    while (kind() == TokenKind::String) {
        if (!append_literal(*token_, decoded)) return nullptr;
        ++token_;
    }
    node->text = arena_.copy(decoded);
    return finish(node, start);
}

bool Parser::append_literal(const Token& token, std::string& out) {
    const LiteralParts parts = split_literal(text_of(source_, token));
    if (parts.bytes) {
        for (const char c : parts.body) {
            if (static_cast<unsigned char>(c) < 0x80) continue;
            fail_at(token, token, "bytes can only contain ASCII literal characters");
            return false;
        }
    }
    return decode_into(out, parts.body, parts.raw, parts.bytes, token);
}

// `token` is what errors and warnings point at.
bool Parser::decode_into(std::string& out, std::string_view body, bool raw, bool bytes,
                         const Token& token) {
    if (raw || body.find('\\') == std::string_view::npos) {
        out += body;
        return true;
    }
    const EscapeOutcome outcome = bytes ? decode_bytes(body, out) : decode_string(body, out);
    // The lexer has warned about escaped braces of f-strings.
    const bool brace = outcome.suspicious == "\\{" || outcome.suspicious == "\\}";
    const bool known = brace && token.kind == TokenKind::FStringEnd;
    if (!outcome.suspicious.empty() && !known)
        warn_escape(token, outcome.suspicious, outcome.suspicious_octal);
    if (outcome.error.empty()) return true;
    const std::string_view kind_of_error =
        outcome.value_error ? "(value error) " : "(unicode error) ";
    fail_at(token, token, base::cat(kind_of_error, outcome.error));
    return false;
}

void Parser::warn_escape(const Token& token, std::string_view escape, bool octal) {
    ParseWarning& warning = warnings_.emplace_back();
    warning.message = base::cat(octal ? std::string_view("invalid octal escape sequence '")
                                      : std::string_view("invalid escape sequence '"),
                                escape, "'");
    warning.line = token.span.line;
}

// ---- f-strings
// -----------------------------------------------------------------------------------

bool Parser::fstring(std::vector<Expr*>& values) {
    const Depth depth(*this);
    if (depth.exceeded()) return false;
    const std::string_view opening = text_of(source_, *token_);
    const bool raw = (opening[0] | 0x20) == 'r' || (opening[1] | 0x20) == 'r';
    ++token_;
    while (kind() != TokenKind::FStringEnd) {
        if (!fstring_part(values, raw)) return false;
    }
    ++token_;
    return true;
}

bool Parser::fstring_part(std::vector<Expr*>& values, bool raw) {
    if (kind() == TokenKind::FStringMiddle) return fstring_text(values, raw);
    return kind() == TokenKind::LeftBrace && fstring_field(values, raw);
}

bool Parser::fstring_text(std::vector<Expr*>& values, bool raw) {
    const Token* start = token_++;
    std::string decoded;
    // CPython meets a bad escape only when the f-string is complete.
    const Token* end = token_;
    while (end->kind != TokenKind::FStringEnd && end->kind != TokenKind::Error &&
           end->kind != TokenKind::EndMarker)
        ++end;
    const size_t warned = warnings_.size();
    if (!decode_into(decoded, text_of(source_, *start), raw, false, *end)) return false;
    if (warnings_.size() > warned) warnings_.back().line = start->span.line;
    auto* node = arena_.make<Constant>();
    node->value = ConstantKind::Str;
    node->text = arena_.copy(decoded);
    values.push_back(finish(node, start));
    return true;
}

// {expression=!r:spec}
bool Parser::fstring_field(std::vector<Expr*>& values, bool raw) {
    const Token* start = token_++;
    auto* node = arena_.make<FormattedValue>();
    node->value = assigned_value();
    if (!node->value) return false;
    Constant* debug = nullptr;
    if (eat(TokenKind::Equal)) {
        debug = arena_.make<Constant>();
        debug->value = ConstantKind::Str;
        debug->text = arena_.copy(debug_text(*start, *token_));
        debug->span = {start->span.line, start->span.column + 1, token_->span.line,
                       token_->span.column};
    }
    const Token* conversion = nullptr;
    if (eat(TokenKind::Exclamation)) {
        conversion = token_;
        if (!fstring_conversion(*node)) return false;
    }
    if (kind() == TokenKind::Colon) {
        node->format_spec = fstring_format_spec(raw);
        if (!node->format_spec) return false;
    } else if (debug && node->conversion == 0) {
        node->conversion = 'r';
    }
    if (!eat(TokenKind::RightBrace)) return false;
    if (conversion && !is_conversion(*conversion)) return false;
    if (debug) values.push_back(debug);
    values.push_back(finish(node, start));
    return true;
}

bool Parser::fstring_conversion(FormattedValue& node) {
    const Token* mark = token_ - 1;
    if (kind() != TokenKind::Name) return false;
    if (mark->end != token_->begin) {
        fail_at(*token_, *token_,
                "f-string: conversion type must come right after the exclamation mark");
        return false;
    }
    node.conversion = token_->name->text[0];
    ++token_;
    return true;
}

// Looked at only when the field is complete.
bool Parser::is_conversion(const Token& token) {
    const std::string_view letter = token.name->text;
    if (letter == "s" || letter == "r" || letter == "a") return true;
    fail_at(token, token,
            base::cat("f-string: invalid conversion character '", letter,
                      "': expected 's', 'r', or 'a'"));
    return false;
}

Expr* Parser::fstring_format_spec(bool raw) {
    const Token* start = token_++;
    std::vector<Expr*> values;
    while (kind() == TokenKind::FStringMiddle || kind() == TokenKind::LeftBrace) {
        // CPython 3.13 decodes escapes here even in a raw f-string.
        const bool text = kind() == TokenKind::FStringMiddle;
        if (text ? !fstring_text(values, false) : !fstring_field(values, raw)) return nullptr;
    }
    auto* node = arena_.make<JoinedStr>();
    node->values = merge_constants(values);
    return finish(node, start);
}

// What `{x = }` shows: the source between the brace and the token behind the `=`, less comments.
std::string Parser::debug_text(const Token& from, const Token& to) const {
    const std::string_view text = source_.text.substr(from.end, to.begin - from.end);
    std::string shown;
    for (size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '#') {
            i = text.find('\n', i);
            if (i == std::string_view::npos) break;
        }
        shown += text[i];
    }
    return shown;
}

// Neighbouring constants become one, empty ones vanish.
Array<Expr*> Parser::merge_constants(const std::vector<Expr*>& values) {
    std::vector<Expr*> merged;
    for (size_t i = 0; i < values.size();) {
        if (values[i]->kind != ExprKind::Constant) {
            merged.push_back(values[i++]);
            continue;
        }
        auto* first = static_cast<Constant*>(values[i++]);
        std::string text(first->text);
        for (; i < values.size() && values[i]->kind == ExprKind::Constant; ++i) {
            text += static_cast<Constant*>(values[i])->text;
            first->span.end_line = values[i]->span.end_line;
            first->span.end_column = values[i]->span.end_column;
        }
        if (text.empty()) continue;
        if (text.size() != first->text.size()) first->text = arena_.copy(text);
        merged.push_back(first);
    }
    return keep(merged);
}

}  // namespace loopglass::script
