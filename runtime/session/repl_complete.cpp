// Completion at the prompt: names, attributes, commands and their arguments.
#include <algorithm>

#include "runtime/base/text.hpp"
#include "runtime/session/repl.hpp"
#include "runtime/session/repl_commands.hpp"
#include "runtime/session/repl_names.hpp"
#include "runtime/trace/formats.hpp"

namespace loopglass::session {

namespace {

bool is_name(char c) {
    const auto u = static_cast<unsigned char>(c);
    return u >= 0x80 || c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z');
}

void keep(std::vector<std::string> words, std::string_view prefix, std::vector<std::string>& out) {
    for (std::string& word : words)
        if (word.starts_with(prefix)) out.push_back(std::move(word));
}

std::vector<std::string> words_for(const Repl& repl, ReplArgument argument, size_t branches) {
    std::vector<std::string> words;
    switch (argument) {
        case ReplArgument::Task:
            return task_labels(repl);
        case ReplArgument::Format:
            for (const trace::Format& format : trace::all_formats())
                words.emplace_back(format.name);
            return words;
        case ReplArgument::Branch:
            for (size_t i = 1; i <= branches; ++i) words.push_back(std::to_string(i));
            return words;
        case ReplArgument::OnOff:
            return {"on", "off"};
        case ReplArgument::Stop:
            return {"step", "switch", "iter", "jump"};
        case ReplArgument::Command:
            for (const ReplCommandInfo& command : repl_commands()) words.emplace_back(command.name);
            return words;
        case ReplArgument::None:
            break;
    }
    return words;
}

}  // namespace

Repl::Completions Repl::complete(std::string_view text, size_t cursor) const {
    Completions out;
    cursor = std::min(cursor, text.size());
    const std::string_view left = text.substr(0, cursor);
    if (is_command(left)) {
        const size_t colon = left.find(':');
        const size_t space = left.find_first_of(" \t", colon);
        if (space == std::string_view::npos) {
            out.begin = colon;
            for (const ReplCommandInfo& command : repl_commands())
                if (command.name.starts_with(left.substr(colon + 1)))
                    out.words.push_back(base::cat(":", command.name));
            return out;
        }
        const std::string_view name = left.substr(colon + 1, space - colon - 1);
        out.begin = left.find_first_not_of(" \t", space);
        if (out.begin == std::string_view::npos) out.begin = cursor;
        for (const ReplCommandInfo& command : repl_commands())
            if (command.name == name)
                keep(words_for(*this, command.argument, branches_.size()), left.substr(out.begin),
                     out.words);
        return out;
    }
    size_t begin = cursor;
    while (begin > 0 && is_name(left[begin - 1])) --begin;
    out.begin = begin;
    if (!idle() || ended_) return out;
    const std::string_view prefix = left.substr(begin);
    size_t path = begin;
    while (path > 0 && (is_name(left[path - 1]) || left[path - 1] == '.')) --path;
    if (path < begin)
        out.words = attributes_with(left.substr(path, begin - 1 - path), prefix);
    else if (!prefix.empty())
        out.words = names_with(prefix);
    return out;
}

}  // namespace loopglass::session
