// Code that was typed at a prompt: its inputs stand below the script's lines, and whoever was made
// from them stands there.
#include <algorithm>
#include <map>

#include "app/gui/state.hpp"
#include "runtime/base/text.hpp"

namespace loopglass::gui {

using base::cat;
using trace::EventIndex;
using trace::EventKind;
using trace::TaskId;

namespace {

size_t indent_of(std::string_view line) {
    return std::min(line.find_first_not_of(' '), line.size());
}

// The name a line defines a function by; empty: none.
std::string_view defined_in(std::string_view line) {
    line.remove_prefix(indent_of(line));
    if (line.starts_with("async ")) line.remove_prefix(6);
    if (!line.starts_with("def ")) return {};
    line.remove_prefix(4);
    return line.substr(0, line.find('('));
}

// Where the definition that begins at rows[at] ends.
uint32_t end_of_block(const std::vector<std::string>& rows, uint32_t at, uint32_t end) {
    const size_t indent = indent_of(rows[at]);
    while (++at < end)
        if (indent_of(rows[at]) < rows[at].size() && indent_of(rows[at]) <= indent) break;
    return at;
}

// The functions of each name, in the order in which they were defined.
struct Definition {
    EventIndex since;
    CodeBlock block;
};
using Definitions = std::map<std::string, std::vector<Definition>, std::less<>>;

void find_definitions(const std::vector<std::string>& rows, const TypedInput& input,
                      Definitions& out) {
    for (uint32_t row = input.begin; row < input.end; ++row)
        if (const std::string_view name = defined_in(rows[row]); !name.empty())
            out[std::string(name)].push_back(
                {input.entered, {row, end_of_block(rows, row, input.end), input.begin}});
}

void add_input(Document& document, EventIndex at) {
    const trace::Recording& recording = *document.recording;
    const trace::Event& event = recording[at];
    document.lines.push_back(cat("# <python-input-", event.subject, ">"));
    TypedInput input{at, static_cast<uint32_t>(document.lines.size()), 0};
    std::string_view rest = recording.text_of(event.object);
    while (!rest.empty()) {
        const size_t end = std::min(rest.find('\n'), rest.size());
        document.lines.emplace_back(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    input.end = static_cast<uint32_t>(document.lines.size());
    document.typed.push_back(input);
}

CodeBlock block_of(const Document& document, const Definitions& definitions, TaskId task) {
    const trace::TaskInfo& info = document.timeline->task(task);
    const auto input = std::lower_bound(
        document.typed.begin(), document.typed.end(), info.created,
        [](const TypedInput& one, EventIndex created) { return one.entered < created; });
    if (input == document.typed.begin()) return {0, document.typed.front().begin - 1, 0};
    std::string_view name = document.recording->text_of(info.function);
    if (name.starts_with('<')) {  // an input that awaits
        const TypedInput& own = *std::prev(input);
        return {own.begin, own.end, own.begin};
    }
    if (const size_t dot = name.rfind('.'); dot != std::string_view::npos)
        name.remove_prefix(dot + 1);
    const auto found = definitions.find(name);
    CodeBlock block;
    if (found != definitions.end())
        for (const Definition& one : found->second)
            if (one.since < info.created) block = one.block;
    return block;
}

}  // namespace

void add_typed(Document& document) {
    const trace::Recording& recording = *document.recording;
    const auto script = static_cast<uint32_t>(document.lines.size());
    for (EventIndex at = 0; at < recording.size(); ++at)
        if (recording[at].kind == EventKind::ReplInput) add_input(document, at);
    if (document.typed.empty()) return;
    Definitions definitions;
    find_definitions(document.lines, {0, 0, script}, definitions);
    for (const TypedInput& input : document.typed)
        find_definitions(document.lines, input, definitions);
    for (TaskId task = 1; task <= document.timeline->task_count(); ++task)
        document.blocks.push_back(block_of(document, definitions, task));
}

uint32_t Document::row_of(TaskId task, uint32_t line) const {
    if (typed.empty() || !line || task == 0 || task > blocks.size()) return line;
    const CodeBlock& block = blocks[task - 1];
    const uint32_t row = block.first + line - 1;
    return row >= block.begin && row < block.end ? row + 1 : 0;
}

uint32_t Document::number_of(uint32_t row) const {
    if (typed.empty() || row < typed.front().begin) return row;
    const TypedInput* input = input_at(row);
    return input ? row - input->begin : 0;
}

const TypedInput* Document::input_at(uint32_t row) const {
    const auto after = std::upper_bound(
        typed.begin(), typed.end(), row,
        [](uint32_t wanted, const TypedInput& input) { return wanted <= input.begin; });
    if (after == typed.begin()) return nullptr;
    const TypedInput& input = *std::prev(after);
    return row <= input.end ? &input : nullptr;
}

}  // namespace loopglass::gui
