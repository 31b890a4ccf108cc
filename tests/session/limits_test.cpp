// Scripts that want too much: each ends with a Python error or with a limit of its own, soon, and
// the next run is none the worse.
#include <doctest/doctest.h>

#include <string>

#include "runtime/session/session.hpp"

using namespace loopglass;
using session::RunEnd;

namespace {

session::Report run(std::string source, int64_t fuel = 2'000'000) {
    session::RunRequest request;
    request.source = std::move(source);
    request.fuel = fuel;
    request.event_budget = 20'000;
    request.memory_budget = size_t{48} << 20;
    request.output_budget = 100'000;
    auto outcome = session::run_script(std::move(request));
    REQUIRE(outcome);
    return outcome->report;
}

bool raises(const std::string& expression, const std::string& type) {
    const session::Report report =
        run("try: " + expression + "\nexcept " + type + " as error: print('refused')\n");
    CAPTURE(expression);
    CAPTURE(report.err);
    return report.out == "refused\n" && report.end == RunEnd::Exit;
}

}  // namespace

TEST_CASE("what would be larger than all memory is a MemoryError") {
    for (const char* expression :
         {"'a' * 10**12", "[0] * 10**10", "(0,) * 10**11", "b'x' * 10**12", "bytes(10**12)",
          "bytearray(10**12)", "10**10**8", "9**9**9", "1 << 10**12", "7**10**8",
          "'a'.ljust(10**12)", "'%1000000000000d' % 5", "f'{5:1000000000000d}'",
          "'a'.join(['b' * 10**5] * 10**5)", "__import__('math').factorial(10**7)"})
        CHECK(raises(expression, "MemoryError"));
    CHECK(raises("str(10**5000)", "ValueError"));
    CHECK(raises("int('9' * 5000)", "ValueError"));
}

TEST_CASE("memory that grows bit by bit ends in a MemoryError or ends the run") {
    for (const char* body : {"x = []\nwhile True: x.append(0)", "x = 'a'\nwhile True: x += x",
                             "x = {}\nwhile True: x[len(x)] = 0", "list(range(10**12))",
                             "sorted(range(10**11))", "x = [1]\nfor i in range(99): x += x",
                             "'ab'.join(['c' * 99] * 10**5).replace('a', 'b' * 10**6)",
                             "import itertools\nlist(itertools.repeat(1))",
                             "{i: i for i in range(10**10)}", "(lambda: 0)(*range(10**9))"}) {
        CAPTURE(std::string(body));
        const session::Report report = run(body, 40'000'000);
        const bool memory =
            report.end == RunEnd::Memory || (report.error && report.error->type == "MemoryError");
        CHECK(memory);
    }
    CHECK(run("print(sum([1, 2, 3]))").out == "6\n");
}

TEST_CASE("tasks until the memory is spent end the run, with no task left half done") {
    session::RunRequest request;
    request.source =
        "import asyncio\nasync def work(): await asyncio.sleep(1)\nasync def main():\n"
        "    await asyncio.gather(*[asyncio.create_task(work()) for _ in range(60_000)])\n"
        "asyncio.run(main())\n";
    request.memory_budget = size_t{24} << 20;
    const auto outcome = session::run_script(std::move(request));
    REQUIRE(outcome);
    CHECK(outcome->report.end == RunEnd::Memory);
}

TEST_CASE("a script may catch its MemoryError and go on with less") {
    const session::Report report =
        run("x = []\ntry:\n    while True: x.append('a' * 1000 + str(len(x)))\n"
            "except MemoryError:\n    x.clear()\nprint('done')\n");
    CAPTURE(report.err);
    CHECK(report.out == "done\n");
    CHECK(report.end == RunEnd::Exit);
}

TEST_CASE("native loops without end use up the fuel like any other") {
    for (const char* body :
         {"sum(range(10**12))", "max(iter(int, 1))", "all(map(str, range(10**12)))",
          "pow(7, 3**50000, 5**50000)", "import itertools\nall(itertools.count(1))",
          "import itertools\nmin(itertools.cycle([1]))",
          "import itertools\nsum(1 for _ in itertools.product(range(100), repeat=20))",
          "-1 in zip(range(10**12))"}) {
        CAPTURE(std::string(body));
        CHECK(run(body).end == RunEnd::Fuel);
    }
}

TEST_CASE("output, events, recursion and nesting have limits too") {
    CHECK(run("while True: print('x' * 100)").end == RunEnd::Output);
    CHECK(run("while True: print('x' * 100)", INT64_MAX).end == RunEnd::Output);
    CHECK(run("import asyncio\nasync def main():\n    while True: await asyncio.sleep(0)\n"
              "asyncio.run(main())")
              .end == RunEnd::Events);
    CHECK(raises("eval('(' * 5000 + ')' * 5000)", "(SyntaxError, MemoryError, RecursionError)"));
    CHECK(run("x = []\nfor i in range(100000): x = [x]\ntry: repr(x)\n"
              "except RecursionError: print('deep')\ndel x\n")
              .out == "deep\n");
    CHECK(run("import re\ntry: re.match('(a+)+$', 'a' * 40 + 'b')\nexcept RuntimeError as e: "
              "print(e)\n")
              .out == "regular expression takes too long\n");
}
