// A whole sitting at the prompt, word for word: repl_transcript.txt uses every command there is.
// With LOOPGLASS_UPDATE in the environment the transcript is written anew.
#include <doctest/doctest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <vector>

#include "runtime/base/text.hpp"
#include "runtime/session/repl.hpp"
#include "runtime/session/repl_commands.hpp"

namespace fs = std::filesystem;
namespace session = loopglass::session;
using loopglass::base::cat;
using session::ReplText;

namespace {

const fs::path kTranscript = fs::path(LOOPGLASS_SOURCE_DIR) / "tests/session/repl_transcript.txt";

struct Exchange {
    std::string input, answer;
};

std::vector<Exchange> exchanges() {
    std::ifstream file(kTranscript);
    std::vector<Exchange> out;
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with(">>> "))
            out.push_back({line.substr(4), {}});
        else if (line.starts_with("... "))
            out.back().input += cat("\n", line.substr(4));
        else
            out.back().answer += cat(line, "\n");
    }
    return out;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    for (size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
        text.replace(at, from.size(), to);
    return text;
}

// Notes begin with "! ", what a background task prints with its name.
std::string answer(session::Repl& repl, const std::string& input) {
    repl.enter(input.find('\n') == std::string::npos ? input : cat(input, "\n"));
    repl.run_to_prompt();
    std::string out;
    for (const ReplText& text : repl.take_shown())
        out += cat(text.kind == ReplText::Kind::Note ? "! " : "",
                   text.task.empty() ? "" : cat("[", text.task, "] "), text.text);
    return out;
}

void write_transcript(const std::vector<Exchange>& all) {
    std::ofstream file(kTranscript);
    for (const Exchange& one : all)
        file << ">>> " << replaced(one.input, "\n", "\n... ") << "\n" << one.answer;
}

}  // namespace

TEST_CASE("every command answers as it is written in the transcript") {
    const fs::path folder =
        fs::temp_directory_path() / cat("loopglass-transcript-", static_cast<int64_t>(::getpid()));
    fs::create_directories(folder);
    auto made = session::Repl::create({});
    REQUIRE(made);
    session::Repl& repl = **made;
    repl.run_to_prompt();
    std::set<std::string, std::less<>> unused;
    for (const session::ReplCommandInfo& command : session::repl_commands())
        unused.emplace(command.name);

    const std::vector<Exchange> wanted = exchanges();
    REQUIRE(!wanted.empty());
    std::vector<Exchange> got;
    for (const Exchange& one : wanted) {
        REQUIRE_FALSE(repl.ended());
        std::string said = answer(repl, replaced(one.input, "FOLDER", folder.string()));
        got.push_back({one.input, replaced(std::move(said), folder.string(), "FOLDER")});
        if (one.input.starts_with(':')) unused.erase(one.input.substr(1, one.input.find(' ') - 1));
        if (!std::getenv("LOOPGLASS_UPDATE")) CHECK(got.back().answer == one.answer);
    }
    CHECK(repl.ended());
    for (const std::string& name : unused) FAIL_CHECK("no transcript of :" << name);
    CHECK(fs::file_size(folder / "typed.py") > 100);
    CHECK(fs::file_size(folder / "run.html") > 1000);
    fs::remove_all(folder);
    if (std::getenv("LOOPGLASS_UPDATE")) write_transcript(got);
}
