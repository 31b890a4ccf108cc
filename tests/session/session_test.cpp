// One run under control: reports, limits, worlds, recordings.
#include "runtime/session/session.hpp"

#include <doctest/doctest.h>

#include "runtime/trace/file.hpp"
#include "runtime/trace/invariants.hpp"

namespace session = loopglass::session;
namespace trace = loopglass::trace;

namespace {

session::Outcome run(std::string source, session::RunRequest request = {}) {
    request.source = std::move(source);
    request.filename = "test.py";
    auto outcome = session::run_script(std::move(request));
    REQUIRE(outcome);
    return std::move(*outcome);
}

constexpr const char* kRestaurant = R"(
import asyncio
async def table(n):
    print("order", n)
    await asyncio.sleep(n / 10)
    print("serve", n)
async def main():
    await asyncio.gather(table(3), table(1), table(2))
asyncio.run(main())
)";

}  // namespace

TEST_CASE("a run reports what was printed, when, and how it ended") {
    const session::Outcome outcome = run(kRestaurant);
    CHECK(outcome.report.out == "order 3\norder 1\norder 2\nserve 1\nserve 2\nserve 3\n");
    CHECK(outcome.report.status == 0);
    CHECK(outcome.report.end == session::RunEnd::Exit);
    REQUIRE(outcome.report.lines.size() == 6);
    CHECK(outcome.report.lines[3].time == doctest::Approx(0.100001));
}

TEST_CASE("the same script makes the same recording, byte for byte") {
    const session::Outcome first = run(kRestaurant), second = run(kRestaurant);
    CHECK(trace::encode(*first.recording) == trace::encode(*second.recording));
    CHECK(first.recording->hash() == second.recording->hash());
}

TEST_CASE("a real run keeps the rules of recordings") {
    session::RunRequest request;
    request.level = trace::Level::Line;
    const session::Outcome outcome = run(kRestaurant, request);
    const auto problems = trace::check_invariants(*outcome.recording);
    for (const auto& problem : problems) MESSAGE(problem.sentence);
    CHECK(problems.empty());
}

TEST_CASE("an exception nobody caught ends in status 1 with its traceback") {
    const session::Outcome outcome = run("def f():\n    return 1 / 0\nf()\n");
    CHECK(outcome.report.status == 1);
    REQUIRE(outcome.report.error);
    CHECK(outcome.report.error->type == "ZeroDivisionError");
    CHECK(outcome.report.err ==
          "Traceback (most recent call last):\n  File \"test.py\", line 3, in <module>\n    f()\n  "
          "  ~^^\n"
          "  File \"test.py\", line 2, in f\n    return 1 / 0\n           "
          "~~^~~\nZeroDivisionError: division by zero\n");
}

TEST_CASE("a script that does not parse is told where") {
    const session::Outcome outcome = run("for i in range(3)\n    pass\n");
    CHECK(outcome.report.syntax_error);
    CHECK(outcome.report.err ==
          "  File \"test.py\", line 1\n    for i in range(3)\n                     ^\nSyntaxError: "
          "expected ':'\n");
}

TEST_CASE("an endless loop gives the machine back, and its fuel ends it") {
    session::RunRequest request;
    request.fuel = 200'000;
    CHECK(run("while True: pass\n", request).report.end == session::RunEnd::Fuel);
    request.fuel = INT64_MAX;
    request.source = "while True: pass\n";
    auto endless = session::Session::create(std::move(request));
    REQUIRE(endless);
    CHECK_FALSE((*endless)->advance(10'000));
    CHECK_FALSE((*endless)->advance(10'000));
    (*endless)->stop();
    CHECK((*endless)->report().end == session::RunEnd::Stopped);
}

TEST_CASE("tasks that wait for each other are a hang, not an endless run") {
    const session::Outcome outcome =
        run("import asyncio\nasync def main():\n    await "
            "asyncio.Event().wait()\nasyncio.run(main())\n");
    CHECK(outcome.report.end == session::RunEnd::Hang);
}

TEST_CASE("too deep a recursion is a RecursionError, wherever it happens") {
    const session::Outcome outcome = run(R"(
import asyncio
def f(n): return f(n + 1) + 1
async def main():
    try: f(0)
    except RecursionError as error: print("caught", error)
asyncio.run(main())
)");
    CHECK(outcome.report.out == "caught maximum recursion depth exceeded\n");
}

TEST_CASE("--until cuts the run off at a loop time") {
    session::RunRequest request;
    request.until = 0.25;
    const session::Outcome outcome =
        run("import asyncio\nasync def main():\n    for i in range(9):\n        await "
            "asyncio.sleep(0.1)\n        print(i)\nasyncio.run(main())\n",
            request);
    CHECK(outcome.report.end == session::RunEnd::Until);
    CHECK(outcome.report.out == "0\n1\n");
}

TEST_CASE("a script describes its world, and a wrong description is located") {
    const session::Outcome outcome = run(R"(# /// script
# [tool.loopglass]
# title = "One page"
# [tool.loopglass.http."http://x.test"]
# latency = 2.0
# transfer = 0.5
# size = 10
# ///
import requests, time
start = time.time()
print(len(requests.get("http://x.test").text), round(time.time() - start, 3))
)");
    CHECK(outcome.report.out == "10 2.5\n");
    CHECK(outcome.recording->info.title == "One page");
    session::RunRequest request;
    request.source = "# /// script\n# [tool.loopglass]\n# sead = 1\n# ///\n";
    request.filename = "bad.py";
    const auto refused = session::run_script(std::move(request));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().message.find("bad.py:3: a world has no `sead`") == 0);
}

TEST_CASE("events inside the library stand at the script's line that called it") {
    session::RunRequest request;
    request.source =
        "import asyncio, contextlib, threading\n"
        "@contextlib.asynccontextmanager\n"
        "async def work():\n"
        "    await asyncio.sleep(0.1)\n"
        "    yield\n"
        "async def main():\n"
        "    async with work():\n"
        "        thread = threading.Thread(target=print)\n"
        "        thread.start()\n"
        "        thread.join()\n"
        "asyncio.run(main())\n";
    const auto outcome = session::run_script(std::move(request));
    REQUIRE(outcome);
    const trace::Recording& recording = *outcome->recording;
    for (trace::EventIndex i = 0; i < recording.size(); ++i) CHECK(recording[i].line <= 11);
}

TEST_CASE("random is seeded, so a run is a value") {
    const char* source = "import random\nprint(random.random(), random.randint(1, 6))\n";
    CHECK(run(source).report.out == run(source).report.out);
    CHECK(run(source).report.out.find("0.8444218515250481") == 0);
}
