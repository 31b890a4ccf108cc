// The prompt: inputs, time, questions, branches. Every command has its transcript here.
#include "runtime/session/repl.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "runtime/base/text.hpp"
#include "runtime/session/repl_commands.hpp"
#include "runtime/session/repl_history.hpp"
#include "runtime/session/repl_pieces.hpp"
#include "runtime/trace/file.hpp"
#include "runtime/trace/invariants.hpp"

namespace session = loopglass::session;
namespace trace = loopglass::trace;
using loopglass::base::cat;
using session::Repl;
using session::ReplText;

namespace {

constexpr const char* kTicker = R"(async def ticker(name, count):
    for i in range(count):
        print(name, i)
        await asyncio.sleep(0.1)
)";

class Prompt {
public:
    explicit Prompt(std::string source = {}, std::string filename = {}) {
        session::RunRequest request;
        request.source = std::move(source);
        request.filename = std::move(filename);
        auto made = Repl::create(std::move(request));
        REQUIRE(made);
        repl = std::move(*made);
        repl->run_to_prompt();
    }
    // What is shown for an input: background lines as "[task] text", notes as "! text".
    std::string operator()(std::string_view text) {
        REQUIRE(repl->idle());
        repl->enter(text);
        repl->run_to_prompt();
        return shown();
    }
    std::string shown() {
        std::string out;
        for (const ReplText& text : repl->take_shown())
            out += cat(text.kind == ReplText::Kind::Note ? "! " : "",
                       text.task.empty() ? "" : cat("[", text.task, "] "), text.text);
        return out;
    }
    std::unique_ptr<Repl> repl;
};

bool has(const std::string& text, std::string_view part) {
    if (text.find(part) != std::string::npos) return true;
    MESSAGE("not in: " << text);
    return false;
}

std::string read(const std::filesystem::path& path) {
    std::ifstream file(path);
    std::stringstream out;
    out << file.rdbuf();
    return out.str();
}

struct Folder {
    std::filesystem::path path = std::filesystem::temp_directory_path() /
                                 cat("loopglass-repl-", static_cast<int64_t>(::getpid()));
    Folder() { std::filesystem::create_directories(path); }
    ~Folder() { std::filesystem::remove_all(path); }
};

}  // namespace

TEST_CASE("an expression is echoed and kept in _; a statement is not") {
    Prompt prompt;
    CHECK(prompt("1 + 1") == "2\n");
    CHECK(prompt("_ * 3") == "6\n");
    CHECK(prompt("x = 'a'").empty());
    CHECK(prompt("x") == "'a'\n");
    CHECK(prompt("None").empty());
    CHECK(prompt("for i in range(2): i\n") == "0\n1\n");
    CHECK(prompt("y = 5\ny\ny + 1") == "6\n");
    CHECK(prompt("1; 2") == "2\n");
}

TEST_CASE("a traceback names the input and shows its line") {
    Prompt prompt;
    CHECK(prompt("def f():\n    return 1 / 0\n").empty());
    CHECK(prompt("f()") ==
          "Traceback (most recent call last):\n"
          "  File \"<python-input-1>\", line 1, in <module>\n"
          "    f()\n"
          "    ~^^\n"
          "  File \"<python-input-0>\", line 2, in f\n"
          "    return 1 / 0\n"
          "           ~~^~~\n"
          "ZeroDivisionError: division by zero\n");
    CHECK(prompt("x = = 2") ==
          "  File \"<python-input-2>\", line 1\n"
          "    x = = 2\n"
          "        ^\n"
          "SyntaxError: invalid syntax\n");
    CHECK(prompt.repl->status() == 2);
}

TEST_CASE("an await runs the loop until it is done, and everybody else meanwhile") {
    Prompt prompt;
    (void)prompt(kTicker);
    (void)prompt("t = asyncio.create_task(ticker('a', 9))");
    CHECK(prompt("await asyncio.sleep(0.25, 'done')") ==
          "[ticker] a 0\n[ticker] a 1\n[ticker] a 2\n'done'\n");
    CHECK(prompt("asyncio.get_running_loop().time() < 0.26") == "True\n");
    CHECK(prompt("t.done()") == "False\n");
}

TEST_CASE("nothing moves between inputs") {
    Prompt prompt;
    (void)prompt(kTicker);
    (void)prompt("t = asyncio.create_task(ticker('a', 2))");
    CHECK(prompt("1").find("ticker") == std::string::npos);
    CHECK(prompt(":ready") ==
          "  1. ticker, because it was just created and its first step waits like everybody "
          "else's.\n");
    CHECK(prompt(":output").find("a 0") == std::string::npos);
}

TEST_CASE("time passes by statements, steps, iterations, jumps and seconds") {
    Prompt prompt;
    (void)prompt(kTicker);
    (void)prompt("t = asyncio.create_task(ticker('a', 3))");
    CHECK(prompt(":step") == "ticker is about to run <python-input-0>:2: for i in range(count):\n");
    CHECK(prompt.repl->prompt() == "(ticker) >>> ");
    CHECK(has(prompt(":step 2"), "<python-input-0>:4: await asyncio.sleep(0.1)"));
    CHECK(prompt("t") ==
          "<Task pending name='Task-1' coro=<ticker() running at "
          "<python-input-0>:4>>\n");
    CHECK(has(prompt("await asyncio.sleep(0)"), "stands in the middle of its step"));
    CHECK(
        prompt(":switch") ==
        "0.000 s  ticker gives the turn back and waits for sleep(0.1), because its timer rings at "
        "0.100 s.\n");
    CHECK(prompt(":jump") ==
          "0.100 s  The clock jumps from 0.000 s to 0.100 s, because everybody waits and the next "
          "timer rings then.\n");
    CHECK(prompt(":switch") == "0.100 s  The loop calls sleep, because it is first in line.\n");
    CHECK(prompt(":switch").starts_with("[ticker] a 1\n0.100 s  ticker gets the turn, because "));
    CHECK(has(prompt(":iter"), "The clock jumps from 0.100 s to 0.200 s"));
    CHECK(prompt(":run 0.05").starts_with("[ticker] a 2\n0.200 s  ticker gets the turn"));
    CHECK(has(prompt(":run"), "0.300 s  ticker is done, because its function has returned.\n"));
    CHECK(prompt("t.done()") == "True\n");
    CHECK(prompt(":step") == "! Nothing can move: no handle is ready and no timer is set.\n");
}

TEST_CASE(":run SECONDS does what await asyncio.sleep(SECONDS) does") {
    const auto lines = [](const char* move) {
        Prompt prompt;
        (void)prompt(kTicker);
        (void)prompt("a = asyncio.create_task(ticker('a', 9))");
        (void)prompt("b = asyncio.create_task(ticker('b', 9))");
        (void)prompt(move);
        (void)prompt(move);
        return prompt(":output");
    };
    CHECK(lines(":run 0.2") == lines("await asyncio.sleep(0.2)"));
}

TEST_CASE("questions are answered from the recording") {
    Prompt prompt;
    (void)prompt(kTicker);
    (void)prompt("async def boss():\n    k = 1\n    await asyncio.create_task(ticker('w', 3))\n");
    (void)prompt("b = asyncio.create_task(boss())");
    (void)prompt(":run 0.15");
    CHECK(prompt(":tasks") ==
          "  boss             waiting   since 0.000 s, for ticker: until it is done (line 3)\n"
          "  ticker           waiting   since 0.100 s, for sleep(0.1): timer rings at 0.200 s "
          "(line 4)\n");
    CHECK(prompt(":timers") == "  0.200 s, in 0.050 s: sleep, wakes ticker\n");
    CHECK(prompt(":ready") == "The ready queue is empty.\n");
    CHECK(prompt(":tree") == "  the prompt\n    boss  waiting\n      ticker  waiting\n");
    CHECK(has(prompt(":waits boss"), "  ticker waits for sleep(0.1)"));
    CHECK(has(prompt(":why ticker"), "because: 0.100 s  "));
    CHECK(prompt(":locals ticker") == "  in ticker\n    name = 'w'\n    count = 3\n    i = 1\n");
    CHECK(prompt(":locals b") == "  in boss\n    k = 1\n");
    CHECK(has(prompt(":why nobody"), "There is no task nobody. Alive: boss, ticker."));
    CHECK(prompt(":output") == "  0.000 s  w 0\n  0.100 s  w 1\n");
    CHECK(has(prompt(":timeline"), "ticker"));
    CHECK(prompt(":lint") == "Nothing to remark.\n");
    CHECK(has(prompt(":history"), ":run 0.150"));
}

TEST_CASE(":help lists every command, and a beginning of a name will do") {
    Prompt prompt;
    const std::string help = prompt(":help");
    for (const session::ReplCommandInfo& command : session::repl_commands())
        CHECK(has(help, cat("  :", command.name, " ")));
    CHECK(prompt(":help why") ==
          "  :why TASK            why it is where it is: the chain of "
          "causes\n");
    CHECK(prompt(":tas") == "There are no tasks.\n");
    CHECK(prompt(":nothing") == "! :nothing is no command; :help lists them.\n");
    CHECK(prompt(":ti") == "! :ti could mean several commands; :help lists them.\n");
}

TEST_CASE("typing in the past makes a branch, which can be compared and left") {
    Prompt prompt;
    (void)prompt(kTicker);
    (void)prompt("t = asyncio.create_task(ticker('a', 3))");
    (void)prompt(":run 0.15");
    (void)prompt("t.cancel()");
    (void)prompt(":run");
    CHECK(has(prompt(":back 2"), "0.150 s  "));
    CHECK(prompt.repl->prompt() == "(0.150 s) >>> ");
    CHECK(has(prompt(":tasks"), "ticker           waiting"));
    CHECK(prompt("'instead'") == "! This begins branch 2.\n'instead'\n");
    CHECK(has(prompt(":run"), "[ticker] a 2\n"));
    CHECK(has(prompt(":branches"), "* 2: from 1, 5 orders, first of its own: 'instead'"));
    const std::string difference = prompt(":compare 1 2");
    CHECK(has(difference, "branch 1: 0.150 s  You enter \"t.cancel()\""));
    CHECK(has(difference, "branch 2: 0.150 s  You enter \"'instead'\""));
    CHECK(has(prompt(":branch 1"), "This is branch 1."));
    CHECK(prompt("t.cancelled()") == "True\n");
    CHECK(has(prompt(":branch 7"), "There is no branch 7"));
    CHECK(prompt(":compare 1 1") == "They do not differ.\n");
}

TEST_CASE("a branch may begin in the middle of a command, and time goes on in the past") {
    Prompt prompt;
    (void)prompt(kTicker);
    (void)prompt("t = asyncio.create_task(ticker('a', 5))");
    (void)prompt(":run 0.45");
    (void)prompt(":goto 0.15s");
    CHECK(prompt.repl->in_past());
    CHECK(has(prompt(":tasks"), "rings at 0.200 s"));
    CHECK(has(prompt(":jump"), "0.2"));
    CHECK(prompt.repl->in_past());
    (void)prompt(":goto 0.15s");
    CHECK(prompt("t.cancel()") == "! This begins branch 2.\nTrue\n");
    CHECK(prompt(":output") == "  0.000 s  a 0\n  0.100 s  a 1\n  0.100 s  True\n");
    CHECK(has(prompt(":goto now"), "Here is the present."));
    CHECK(has(prompt(":back jump"), "clock"));
}

TEST_CASE("Ctrl-C ends the running statement only, and is carried out again in a branch") {
    Prompt prompt;
    (void)prompt("n = 0");
    prompt.repl->enter("while True: n += 1\n");
    CHECK_FALSE(prompt.repl->advance(1));
    prompt.repl->interrupt();
    prompt.repl->run_to_prompt();
    CHECK(prompt.shown() ==
          "Traceback (most recent call last):\n"
          "  File \"<python-input-1>\", line 1, in <module>\n"
          "    while True: n += 1\n"
          "KeyboardInterrupt\n");
    const std::string n = prompt("n");
    (void)prompt(":back");
    CHECK(prompt("n") == "! This begins branch 2.\n" + n);
}

TEST_CASE("Ctrl-C ends an await and leaves the background alone") {
    Prompt prompt;
    (void)prompt("async def spin():\n    while True: await asyncio.sleep(0)\n");
    (void)prompt("s = asyncio.create_task(spin())");
    prompt.repl->enter("await asyncio.Event().wait()");
    CHECK_FALSE(prompt.repl->advance(1));
    prompt.repl->interrupt();
    prompt.repl->run_to_prompt();
    CHECK(has(prompt.shown(), "KeyboardInterrupt\n"));
    CHECK(prompt("s.done()") == "False\n");
    prompt.repl->enter(":run");
    CHECK_FALSE(prompt.repl->advance(1));
    prompt.repl->interrupt();
    prompt.repl->run_to_prompt();
    CHECK(has(prompt.shown(), "Interrupted: time stands still again."));
    CHECK(prompt("s.done()") == "False\n");
}

TEST_CASE("an await that nothing can end stays behind as a task") {
    Prompt prompt;
    (void)prompt("f = asyncio.get_running_loop().create_future()");
    CHECK(has(prompt("await f"), "It waits in the background as input 1."));
    CHECK(has(prompt(":tasks"), "input 1          waiting"));
    (void)prompt("f.set_result(3)");
    CHECK(has(prompt(":run"), "input 1 is done"));
}

TEST_CASE("an input that ends the machine is taken back") {
    Prompt prompt;
    (void)prompt("import threading\nx = 1");
    CHECK(has(prompt("l = threading.Lock(); l.acquire(); l.acquire()"), "was taken back."));
    CHECK(prompt("x") == "1\n");
}

TEST_CASE("exit() ends with its status, the end of the input with that of the errors") {
    {
        Prompt prompt;
        (void)prompt("exit(3)");
        CHECK(prompt.repl->ended());
        CHECK(prompt.repl->status() == 3);
    }
    Prompt prompt;
    (void)prompt("1 / 0");
    prompt.repl->end_of_input();
    prompt.repl->run_to_prompt();
    CHECK(prompt.repl->ended());
    CHECK(prompt.repl->status() == 1);
}

TEST_CASE("a scenario is run first and leaves its names") {
    Prompt prompt("import asyncio\nasync def main():\n    print('ran')\nasyncio.run(main())\n",
                  "file.py");
    CHECK(prompt.shown() == "ran\n");
    CHECK(prompt("asyncio.iscoroutinefunction(main)") == "True\n");
    CHECK(prompt("await main()") == "ran\n");
}

TEST_CASE("the clock may follow real time, and its moves become one order") {
    Prompt prompt;
    (void)prompt(kTicker);
    (void)prompt("t = asyncio.create_task(ticker('a', 3))");
    CHECK(has(prompt(":live"), "follows real time"));
    for (int64_t ms = 50; ms <= 250; ms += 50) {
        prompt.repl->live_to(ms * 1'000'000);
        prompt.repl->run_to_prompt();
    }
    CHECK(prompt.shown() == "[ticker] a 0\n[ticker] a 1\n[ticker] a 2\n");
    CHECK(prompt.repl->time() == 250'000'000);
    CHECK(has(prompt(":history"), "live until 0.250 s"));
    CHECK(has(prompt(":live off"), "Time stands still"));
}

TEST_CASE("a prompt gives the machine away and takes it up again where it stood") {
    Prompt prompt;
    (void)prompt(kTicker);
    (void)prompt("t = asyncio.create_task(ticker('a', 3))");
    (void)prompt(":run 0.15");
    prompt.repl->let_go();
    session::RunRequest other;
    other.source = "print(1)";
    CHECK(session::run_script(std::move(other)));
    CHECK(has(prompt(":tasks"), "ticker           waiting"));
    CHECK(prompt("t.done()") == "False\n");
    CHECK(has(prompt(":run"), "[ticker] a 2"));
    prompt.repl->let_go();
    (void)prompt(":back 2");
    CHECK(prompt("2") == "! This begins branch 2.\n2\n");
}

TEST_CASE("what was typed is saved as a script") {
    const Folder folder;
    const std::string file = (folder.path / "typed.py").string();
    Prompt prompt;
    (void)prompt(kTicker);
    (void)prompt("s = '''two\nlines'''");
    (void)prompt("s");
    (void)prompt("1 / 0");
    (void)prompt("t = asyncio.create_task(ticker('a', 3))");
    (void)prompt(":run 0.15");
    (void)prompt("t.cancel()");
    CHECK(has(prompt(":save " + file), "Wrote "));
    const std::string text = read(file);
    CHECK(has(text, "    s = '''two\nlines'''\n"));
    CHECK(has(text, "    global s, t\n"));
    const std::string printed = prompt(":output");
    session::RunRequest request;
    request.source = text;
    request.filename = file;
    prompt.repl.reset();
    const auto outcome = session::run_script(std::move(request));
    REQUIRE(outcome);
    CHECK(outcome->report.out == "'two\\nlines'\na 0\na 1\nTrue\n");
    CHECK(has(outcome->report.err, "ZeroDivisionError"));
}

TEST_CASE("the recording is exported in the formats there are") {
    const Folder folder;
    Prompt prompt;
    (void)prompt("await asyncio.sleep(1)");
    for (const char* format : {"text", "jsonl", "chrome", "loopglass"}) {
        const std::string file = (folder.path / format).string();
        CHECK(has(prompt(cat(":export ", format, " ", file)), "Wrote "));
        CHECK(std::filesystem::file_size(file) > 100);
    }
    CHECK(trace::load((folder.path / "loopglass").string()));
    CHECK(has(prompt(":export nothing x"), "formats: text, jsonl, chrome, loopglass, html, svg"));
    CHECK(has(prompt(":save /proc/nowhere/at.py"), "cannot create"));
}

TEST_CASE("a prompt's recording keeps the rules of recordings") {
    Prompt prompt;
    (void)prompt(kTicker);
    (void)prompt("a, b = (asyncio.create_task(ticker(c, 4)) for c in 'ab')");
    for (const char* move : {":step 3", ":switch", ":iter", ":jump", ":run 0.1", "await a", ":run"})
        (void)prompt(move);
    const auto problems = trace::check_invariants(prompt.repl->timeline().recording());
    for (const auto& problem : problems) MESSAGE(problem.sentence);
    CHECK(problems.empty());
}

TEST_CASE("names, attributes, commands and their arguments are completed") {
    Prompt prompt;
    (void)prompt("class Thing:\n    def method(self): pass\n");
    (void)prompt("thing = Thing(); thing.own = 1");
    (void)prompt(kTicker);
    (void)prompt("t = asyncio.create_task(ticker('a', 1))");
    const auto words = [&](std::string_view text) {
        std::string out;
        for (const std::string& word : prompt.repl->complete(text, text.size()).words)
            out += word + " ";
        return out;
    };
    CHECK(words("thi") == "thing ");
    CHECK(words("x = thing.") == "method own ");
    CHECK(words("asyncio.create_t") == "create_task ");
    CHECK(words("awa") == "await ");
    CHECK(words(":tim") == ":timers :timeline ");
    CHECK(words(":why t") == "ticker ");
    CHECK(words(":export l") == "loopglass ");
    CHECK(words("nothing.here.") == "");
}

TEST_CASE("lines are joined to inputs as they come") {
    session::ReplLines lines;
    const std::string next = "    x = 1";
    CHECK(lines.take("def f():", &next).empty());
    const std::string blank;
    CHECK(lines.take(next, &blank).empty());
    CHECK(lines.take("", &next).empty());  // the body goes on
    const std::string other = "f()";
    CHECK(lines.take(next, &other) == std::vector<std::string>{"def f():\n    x = 1\n\n    x = 1"});
    CHECK(lines.take("f()", nullptr) == std::vector<std::string>{"f()"});
    CHECK(lines.take("if x:", nullptr).empty());
    CHECK(lines.take("    y", nullptr).empty());
    CHECK(lines.take("", nullptr).size() == 1);
    CHECK_FALSE(lines.in_the_middle());
}

TEST_CASE("an editor asks for more lines as CPython's does") {
    CHECK(session::repl_wants_more("def f():"));
    CHECK(session::repl_wants_more("def f():\n    return 1"));
    CHECK_FALSE(session::repl_wants_more("def f():\n    return 1\n    "));
    CHECK_FALSE(session::repl_wants_more("1 +"));
    CHECK_FALSE(session::repl_wants_more("x = = 2"));
    CHECK(session::repl_wants_more("x = ["));
    CHECK(session::repl_wants_more("'''abc"));
    CHECK_FALSE(session::repl_wants_more("await f()"));
}

TEST_CASE("the history file keeps entries of several lines and of several prompts") {
    const Folder folder;
    const std::string file = (folder.path / "state" / "history").string();
    session::ReplHistory one(file), two(file);
    one.add("a\\b\nc");
    one.add("a\\b\nc");
    one.add("  ");
    two.add("other");
    CHECK(one.save());
    CHECK(two.save());
    CHECK(session::ReplHistory(file).entries() == std::vector<std::string>{"a\\b\nc", "other"});
    session::ReplHistory nowhere("/proc/nowhere/at/all");
    nowhere.add("x");
    CHECK_FALSE(nowhere.save());
    CHECK(nowhere.entries().size() == 1);
}

TEST_CASE("ten thousand inputs and a very long line are no trouble") {
    Prompt prompt;
    for (int i = 0; i < 2000; ++i) (void)prompt(cat("x = ", i));
    CHECK(prompt("x") == "1999\n");
    CHECK(prompt(cat("len('", std::string(1 << 20, 'a'), "')")) == "1048576\n");
    CHECK(has(prompt("x = '\xff\xfe'"), "SyntaxError"));
    CHECK(prompt("x") == "1999\n");
}
