// What a recording of lines says of variables, and what becomes of it in turns that are very long.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "runtime/session/session.hpp"
#include "runtime/trace/inspect.hpp"
#include "runtime/trace/invariants.hpp"

namespace session = loopglass::session;
using namespace loopglass::trace;

namespace {

Recording record(std::string source, Level level = Level::Line) {
    session::RunRequest request;
    request.source = std::move(source);
    request.filename = "test.py";
    request.level = level;
    auto outcome = session::run_script(std::move(request));
    REQUIRE(outcome);
    CHECK(outcome->report.status == 0);
    return std::move(*outcome->recording);
}

// "name=repr" of what the inspector shows of the task at each print, before what was printed.
std::vector<std::string> at_prints(const Recording& recording, TaskId task) {
    Timeline timeline(recording);
    timeline.update();
    std::vector<std::string> out;
    for (EventIndex i = 0; i < recording.size(); ++i) {
        if (recording[i].kind != EventKind::Printed) continue;
        const TaskReport report = report_task(timeline, timeline.model_at(i), task, i);
        std::string shown;
        for (const VariableView& variable : report.variables)
            shown += std::string(recording.text_of(variable.name)) + "=" +
                     std::string(recording.text_of(variable.repr)) + " ";
        out.push_back(shown + std::string(recording.text_of(recording[i].object)));
    }
    return out;
}

uint32_t count(const Recording& recording, EventKind kind) {
    uint32_t found = 0;
    for (EventIndex i = 0; i < recording.size(); ++i) found += recording[i].kind == kind;
    return found;
}

constexpr const char* kLongTurns = R"(
import asyncio
def spell(n):
    half = n // 2
    print("at", n)
    return half
async def work(rounds):
    total = 0
    for i in range(rounds):
        total += i & 3
        if i % 9000 == 0:
            total += spell(i)
    print("sum")
    await asyncio.sleep(0)
    done = True
    print("end")
async def main():
    await asyncio.gather(work(30000), work(20))
asyncio.run(main())
)";

}  // namespace

TEST_CASE("a very long turn is recorded at its events only, and they show what is true") {
    const Recording lines = record(kLongTurns), plain = record(kLongTurns, Level::Switch);
    CHECK(lines.hash() == plain.hash());
    CHECK(check_invariants(lines).empty());
    CHECK(count(lines, EventKind::LinesSkipped) == 1);
    CHECK(count(lines, EventKind::LineExecuted) < 21'000);

    int64_t total = 0;
    std::vector<std::string> expected;
    for (int64_t i = 0; i < 30000; ++i) {
        total += i & 3;
        if (i % 9000 != 0) continue;
        expected.push_back("n=" + std::to_string(i) + " half=" + std::to_string(i / 2) + " at " +
                           std::to_string(i) + "\n");
        total += i / 2;
    }
    const std::string sums = "rounds=30000 total=" + std::to_string(total) + " i=29999 ";
    const std::vector<std::string> shown = at_prints(lines, 2);
    REQUIRE(shown.size() == 9);
    CHECK(std::vector(shown.begin(), shown.begin() + 4) == expected);
    CHECK(shown[4] == sums + "sum\n");
    CHECK(shown[7] == sums + "done=True end\n");
}

TEST_CASE("after a very long stretch of the module the tasks are recorded line by line") {
    const Recording recording = record(R"(
import asyncio
n = 0
while n < 30000:
    n += 1
async def main():
    inner = n
    print(inner)
asyncio.run(main())
)");
    CHECK(count(recording, EventKind::LinesSkipped) == 1);
    CHECK(at_prints(recording, 1) == std::vector<std::string>{"inner=30000 30000\n"});
}

TEST_CASE("changes in place, unbound names and repeated calls are seen") {
    const Recording recording = record(R"(
import asyncio
def f(n):
    print("f")
async def main():
    items, table = [1, 2], {"a": 1}
    items[0] = 3
    table["a"] += 1
    print("x")
    try:
        1 / 0
    except ZeroDivisionError as error:
        del items
    pair = (1, 2)
    for _ in range(2):
        f(7)
    big = 2 ** 70
    real = 0.5
    text = "é" * 60
    print("y")
asyncio.run(main())
)");
    std::string text = "'";
    for (int i = 0; i < 39; ++i) text += "é";
    CHECK(at_prints(recording, 1) ==
          std::vector<std::string>{"items=[3, 2] table={'a': 2} x\n", "n=7 f\n", "n=7 f\n",
                                   "table={'a': 2} pair=(1, 2) _=1 big=1180591620717411303424 "
                                   "real=0.5 text=" +
                                       text + "… y\n"});
}
