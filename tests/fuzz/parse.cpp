// Any bytes at all: the parser answers with a tree or with a located error, and never crashes.
#include "runtime/script/syntax/parse.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "runtime/base/check.hpp"

using namespace loopglass;

namespace {

void check(const script::ParseOutcome& outcome) {
    if (outcome) return;
    CHECK(outcome.error.kind != script::SyntaxErrorKind::None, "no tree without an error");
    CHECK(!outcome.error.message.empty(), "an error has words");
    CHECK(!script::render(outcome.error, "fuzz.py").empty(), "an error can be shown");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const std::string_view source(reinterpret_cast<const char*>(data), size);
    const script::ParseOptions options{.allow_top_level_await = size % 2 == 0};
    base::Arena arena;
    check(script::parse_module(source, "fuzz.py", options, arena));
    check(script::parse_expression(source.substr(0, source.find('\n')), "fuzz.py", options, arena));
    const auto interactive = script::parse_interactive(source, "fuzz.py", options, arena);
    if (interactive.state == script::InputState::Error) check(interactive.outcome);
    return 0;
}
