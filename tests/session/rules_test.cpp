// The misconception machine: every rule executes, and differs from the truth where it should.
#include "runtime/session/rules.hpp"

#include <doctest/doctest.h>

#include <set>

#include "runtime/session/compare.hpp"
#include "runtime/session/play.hpp"
#include "runtime/session/session.hpp"
#include "runtime/trace/file.hpp"
#include "runtime/trace/text_form.hpp"

namespace session = loopglass::session;
namespace trace = loopglass::trace;
using session::Rule;

namespace {

std::string output(const char* script, Rule rule) {
    session::RunRequest request;
    request.source = script;
    request.rule = rule;
    auto outcome = session::run_script(std::move(request));
    REQUIRE(outcome);
    return outcome->report.out;
}

constexpr const char* kTwoChildren = R"(
import asyncio
async def child(n):
    print("child", n)
async def main():
    a = asyncio.create_task(child(1))
    b = asyncio.create_task(child(2))
    print("made")
    await b
    print("end")
asyncio.run(main())
)";
constexpr const char* kNotAwaited = R"(
import asyncio
async def child(n):
    print("child", n)
async def main():
    a = asyncio.create_task(child(1))
    await asyncio.sleep(1)
    print("slept")
    await a
asyncio.run(main())
)";
constexpr const char* kThreeDishes = R"(
import asyncio
async def cook(dish, seconds):
    print("start", dish)
    await asyncio.sleep(seconds)
    print("serve", dish)
    return dish
async def main():
    print(await asyncio.gather(cook("a", 0.3), cook("b", 0.1)))
asyncio.run(main())
)";
constexpr const char* kPoliteAwait = R"(
import asyncio
async def nothing():
    pass
async def other():
    print("other")
async def main():
    t = asyncio.create_task(other())
    await nothing()
    print("main")
    await t
asyncio.run(main())
)";
constexpr const char* kBlocking = R"(
import asyncio, time
async def bad():
    time.sleep(0.5)
    print("bad")
async def good():
    print("good")
async def main():
    await asyncio.gather(bad(), good())
asyncio.run(main())
)";
constexpr const char* kFailing = R"(
import asyncio
async def fails():
    raise ValueError("x")
async def slow():
    await asyncio.sleep(0.1)
    print("slow")
async def main():
    try:
        await asyncio.gather(fails(), slow())
    except ValueError:
        print("caught")
    await asyncio.sleep(0.2)
asyncio.run(main())
)";
constexpr const char* kCancelling = R"(
import asyncio
async def work():
    try:
        await asyncio.sleep(1)
    finally:
        print("cleaned")
async def main():
    t = asyncio.create_task(work())
    await asyncio.sleep(0)
    t.cancel()
    print("done?", t.done())
    try:
        await t
    except asyncio.CancelledError:
        print("gone")
asyncio.run(main())
)";
constexpr const char* kOneOfTwo = R"(
import asyncio
async def work(n, seconds):
    await asyncio.sleep(seconds)
    print("done", n)
    return n
async def main():
    a = asyncio.create_task(work(1, 0.1))
    b = asyncio.create_task(work(2, 0.2))
    print("got", await a)
    await b
asyncio.run(main())
)";
constexpr const char* kTwoAwaits = R"(
import asyncio
async def order(n, seconds):
    print("order", n)
    await asyncio.sleep(seconds)
    print("serve", n)
async def main():
    await order("a", 0.2)
    await order("b", 0.1)
asyncio.run(main())
)";
constexpr const char* kCallOnly = R"(
import asyncio
async def greet():
    print("hi")
    return 1
async def main():
    c = greet()
    print("called")
    print(await c)
asyncio.run(main())
)";
constexpr const char* kSleepZero = R"(
import asyncio
async def other():
    print("other")
async def main():
    t = asyncio.create_task(other())
    await asyncio.sleep(0)
    print("main")
    await t
asyncio.run(main())
)";
constexpr const char* kLonelyFailure = R"(
import asyncio
async def fails():
    raise ValueError("x")
async def main():
    t = asyncio.create_task(fails())
    await asyncio.sleep(0.1)
    print("still here")
asyncio.run(main())
)";
constexpr const char* kUnawaitedInTry = R"(
import asyncio
async def fails():
    await asyncio.sleep(0.1)
    raise ValueError("x")
async def main():
    slept = False
    try:
        t = asyncio.create_task(fails())
        await asyncio.sleep(0.2)
        print("slept")
        slept = True
        await t
    except ValueError:
        print("caught", "late" if slept else "early")
asyncio.run(main())
)";
constexpr const char* kExceptException = R"(
import asyncio
async def work():
    try:
        await asyncio.sleep(1)
    except Exception:
        print("caught")
async def main():
    t = asyncio.create_task(work())
    await asyncio.sleep(0)
    t.cancel()
    await asyncio.wait([t])
    print("cancelled?", t.cancelled())
asyncio.run(main())
)";
constexpr const char* kGroup = R"(
import asyncio
async def fails():
    raise ValueError("x")
async def slow():
    await asyncio.sleep(0.1)
    print("slow")
async def main():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(slow())
            group.create_task(fails())
    except* ValueError:
        print("caught")
asyncio.run(main())
)";
constexpr const char* kOvens = R"(
import asyncio
async def bake(n, seconds, ovens):
    async with ovens:
        print("in", n)
        await asyncio.sleep(seconds)
        print("out", n)
async def main():
    ovens = asyncio.Semaphore(2)
    await asyncio.gather(bake(1, 0.3, ovens), bake(2, 0.1, ovens), bake(3, 0.1, ovens))
asyncio.run(main())
)";
constexpr const char* kQueue = R"(
import asyncio
async def take(q):
    for _ in range(3):
        print("got", await q.get())
async def main():
    q = asyncio.Queue(maxsize=1)
    t = asyncio.create_task(take(q))
    for n in range(3):
        await q.put(n)
        print("put", n)
    await t
asyncio.run(main())
)";
constexpr const char* kLeftBehind = R"(
import asyncio
async def late():
    await asyncio.sleep(0.1)
    print("late")
async def main():
    t = asyncio.create_task(late())
    await asyncio.sleep(0)
    print("main ends")
asyncio.run(main())
)";

constexpr const char* kThread = R"(
import asyncio, time
def work():
    print("begin")
    time.sleep(0.2)
    print("end")
async def order():
    await asyncio.to_thread(work)
    print("done")
async def main():
    t = asyncio.create_task(order())
    await asyncio.sleep(0.1)
    print("main")
    t.cancel()
    try:
        await t
    except asyncio.CancelledError:
        print("gone")
asyncio.run(main())
)";
constexpr const char* kTwoThreads = R"(
import asyncio, time
def work(n):
    print("begin", n)
    time.sleep(0.1)
    print("end", n)
async def main():
    await asyncio.gather(asyncio.to_thread(work, 1), asyncio.to_thread(work, 2))
asyncio.run(main())
)";
constexpr const char* kTwoSleeps = R"(
import asyncio
async def main():
    await asyncio.gather(asyncio.sleep(0.1), asyncio.sleep(0.3))
    print(round(asyncio.get_running_loop().time(), 3))
asyncio.run(main())
)";
constexpr const char* kTwoPages = R"(
import asyncio, aiohttp
async def fetch(session, url):
    async with session.get(url) as answer:
        print(len(await answer.text()))
async def main():
    async with aiohttp.ClientSession() as session:
        await asyncio.gather(fetch(session, "http://a"), fetch(session, "http://b"))
asyncio.run(main())
# /// script
# [tool.loopglass.http."http://a"]
# latency = 0.1
# size = 9000
# [tool.loopglass.http."http://b"]
# latency = 0.2
# size = 10
# ///
)";
constexpr const char* kAsyncFor = R"(
import asyncio
async def items():
    for n in 1, 2:
        await asyncio.sleep(0.1)
        yield n
async def main():
    clock = asyncio.get_running_loop().time
    async for n in items():
        print("begin", n, round(clock(), 1))
        await asyncio.sleep(0.2)
        print("end", n, round(clock(), 1))
asyncio.run(main())
)";
constexpr const char* kWoken = R"(
import asyncio
async def waits(event):
    await event.wait()
    print("woken")
async def other():
    print("other")
async def main():
    event = asyncio.Event()
    t = asyncio.create_task(waits(event))
    await asyncio.sleep(0)
    u = asyncio.create_task(other())
    event.set()
    await t
asyncio.run(main())
)";
constexpr const char* kMainLast = R"(
import asyncio
async def child():
    print("child")
async def main():
    t = asyncio.create_task(child())
    await asyncio.sleep(0)
    print("main")
    await t
asyncio.run(main())
)";
constexpr const char* kTwoWorkers = R"(
import asyncio
async def work(n):
    print("begin", n)
    await asyncio.sleep(0)
    print("end", n)
async def main():
    a = asyncio.create_task(work(1))
    b = asyncio.create_task(work(2))
    await a
    await b
asyncio.run(main())
)";
constexpr const char* kTimeout = R"(
import asyncio
async def slow():
    try:
        await asyncio.sleep(1)
    finally:
        print("cleaned")
async def main():
    try:
        await asyncio.wait_for(slow(), 0.1)
    except TimeoutError:
        print("timeout")
    await asyncio.sleep(2)
asyncio.run(main())
)";
constexpr const char* kCalled = R"(
import asyncio
async def hi():
    print("hi")
async def main():
    c = hi()
    print(type(c).__name__)
    await asyncio.sleep(0)
    print("main")
    await c
asyncio.run(main())
)";

constexpr const char* kAwaitedFailure = R"(
import asyncio
async def fails():
    raise ValueError
async def main():
    t = asyncio.create_task(fails())
    try:
        await t
        print("nothing")
    except ValueError:
        print("caught")
asyncio.run(main())
)";
constexpr const char* kGroupOfOne = R"(
import asyncio
async def child():
    print("child")
async def main():
    async with asyncio.TaskGroup() as group:
        group.create_task(child())
    print("after")
asyncio.run(main())
)";

struct Case {
    Rule rule;
    const char* script;
    const char* truth;
    const char* ruled;
};
constexpr Case kCases[] = {
    {Rule::AwaitAlwaysYields, kPoliteAwait, "main\nother\n", "other\nmain\n"},
    {Rule::TaskStartsAtOnce, kTwoChildren, "made\nchild 1\nchild 2\nend\n",
     "child 1\nchild 2\nmade\nend\n"},
    {Rule::TaskWaitsForAwait, kNotAwaited, "child 1\nslept\n", "slept\nchild 1\n"},
    {Rule::SleepBlocksEverybody, kThreeDishes, "start a\nstart b\nserve b\nserve a\n['a', 'b']\n",
     "start a\nserve a\nstart b\nserve b\n['a', 'b']\n"},
    {Rule::TimeSleepBlocksOneTask, kBlocking, "bad\ngood\n", "good\nbad\n"},
    {Rule::GatherInFinishingOrder, kThreeDishes, "start a\nstart b\nserve b\nserve a\n['a', 'b']\n",
     "start a\nstart b\nserve b\nserve a\n['b', 'a']\n"},
    {Rule::GatherCancelsSiblings, kFailing, "caught\nslow\n", "caught\n"},
    {Rule::GatherOneByOne, kThreeDishes, "start a\nstart b\nserve b\nserve a\n['a', 'b']\n",
     "start a\nserve a\nstart b\nserve b\n['a', 'b']\n"},
    {Rule::CancelIsImmediate, kCancelling, "done? False\ncleaned\ngone\n",
     "cleaned\ndone? True\ngone\n"},
    {Rule::LastInFirstOut, kTwoChildren, "made\nchild 1\nchild 2\nend\n",
     "made\nchild 2\nend\nchild 1\n"},
    {Rule::AwaitWaitsForAll, kOneOfTwo, "done 1\ngot 1\ndone 2\n", "done 1\ndone 2\ngot 1\n"},
    {Rule::AwaitOverlaps, kTwoAwaits, "order a\nserve a\norder b\nserve b\n",
     "order a\norder b\nserve b\nserve a\n"},
    {Rule::CallRunsIt, kCallOnly, "called\nhi\n1\n", "hi\ncalled\n1\n"},
    {Rule::SleepsEndInOrder, kThreeDishes, "start a\nstart b\nserve b\nserve a\n['a', 'b']\n",
     "start a\nstart b\nserve a\nserve b\n['a', 'b']\n"},
    {Rule::SleepZeroDoesNothing, kSleepZero, "other\nmain\n", "main\nother\n"},
    {Rule::FailureEndsProgram, kLonelyFailure, "still here\n", ""},
    {Rule::ExceptCatchesCancel, kExceptException, "cancelled? True\n",
     "caught\ncancelled? False\n"},
    {Rule::GroupLetsSiblingsFinish, kGroup, "caught\n", "slow\ncaught\n"},
    {Rule::SemaphoreInBatches, kOvens, "in 1\nin 2\nout 2\nin 3\nout 3\nout 1\n",
     "in 1\nin 2\nout 2\nout 1\nin 3\nout 3\n"},
    {Rule::QueueNeverFull, kQueue, "put 0\ngot 0\nput 1\ngot 1\nput 2\ngot 2\n",
     "put 0\nput 1\nput 2\ngot 0\ngot 1\ngot 2\n"},
    {Rule::RunWaitsForTasks, kLeftBehind, "main ends\n", "main ends\nlate\n"},
    {Rule::ToThreadBlocks, kThread, "begin\nmain\ngone\nend\n", "begin\nend\ndone\nmain\n"},
    {Rule::ToThreadDoesNotWait, kThread, "begin\nmain\ngone\nend\n", "begin\ndone\nmain\nend\n"},
    {Rule::CancelStopsThread, kThread, "begin\nmain\ngone\nend\n", "begin\nmain\ngone\n"},
    {Rule::ThreadsOneAtATime, kTwoThreads, "begin 1\nbegin 2\nend 1\nend 2\n",
     "begin 1\nend 1\nbegin 2\nend 2\n"},
    {Rule::WaitsShareTheirTime, kTwoSleeps, "0.3\n", "0.2\n"},
    {Rule::SizeDecides, kTwoPages, "9000\n10\n", "10\n9000\n"},
    {Rule::ForWorksAhead, kAsyncFor, "begin 1 0.1\nend 1 0.3\nbegin 2 0.4\nend 2 0.6\n",
     "begin 1 0.1\nend 1 0.3\nbegin 2 0.3\nend 2 0.5\n"},
    {Rule::ForCollectsFirst, kAsyncFor, "begin 1 0.1\nend 1 0.3\nbegin 2 0.4\nend 2 0.6\n",
     "begin 1 0.2\nend 1 0.4\nbegin 2 0.4\nend 2 0.6\n"},
    {Rule::ForRoundsOverlap, kAsyncFor, "begin 1 0.1\nend 1 0.3\nbegin 2 0.4\nend 2 0.6\n",
     "begin 1 0.1\nbegin 2 0.2\nend 1 0.3\nend 2 0.4\n"},
    {Rule::SleepTakesNoTime, kThreeDishes, "start a\nstart b\nserve b\nserve a\n['a', 'b']\n",
     "start a\nstart b\nserve a\nserve b\n['a', 'b']\n"},
    {Rule::WokenGoesFirst, kWoken, "other\nwoken\n", "woken\nother\n"},
    {Rule::MainGoesFirst, kMainLast, "child\nmain\n", "main\nchild\n"},
    {Rule::TasksOneByOne, kTwoWorkers, "begin 1\nbegin 2\nend 1\nend 2\n",
     "begin 1\nend 1\nbegin 2\nend 2\n"},
    {Rule::AwaitDoesNotWait, kTwoChildren, "made\nchild 1\nchild 2\nend\n",
     "made\nend\nchild 1\nchild 2\n"},
    {Rule::FailureIsSilent, kAwaitedFailure, "caught\n", "nothing\n"},
    {Rule::CancelIsIgnored, kCancelling, "done? False\ncleaned\ngone\n", "done? False\ncleaned\n"},
    {Rule::CancelSkipsFinally, kCancelling, "done? False\ncleaned\ngone\n", "done? False\ngone\n"},
    {Rule::TimeoutLetsItRun, kTimeout, "cleaned\ntimeout\n", "timeout\ncleaned\n"},
    {Rule::CallStartsIt, kCalled, "coroutine\nmain\nhi\n", "Task\nhi\nmain\n"},
    {Rule::GatherReturnsFirst, kThreeDishes, "start a\nstart b\nserve b\nserve a\n['a', 'b']\n",
     "start a\nstart b\nserve b\n['b']\n"},
    {Rule::FailureInterruptsMain, kUnawaitedInTry, "slept\ncaught late\n", "caught early\n"},
    {Rule::GroupDoesNotWait, kGroupOfOne, "child\nafter\n", "after\nchild\n"},
};

}  // namespace

TEST_CASE("every rule executes, and its run differs from the truth in the expected line") {
    std::set<Rule> covered;
    for (const Case& each : kCases) {
        CAPTURE(session::rule_info(each.rule).name);
        CHECK(output(each.script, Rule::None) == each.truth);
        CHECK(output(each.script, each.rule) == each.ruled);
        covered.insert(each.rule);
    }
    CHECK(covered.size() == session::rules().size());
}

TEST_CASE("a rule leaves nothing behind: the run after it is the true one, byte for byte") {
    for (const Case& each : kCases) {
        const auto hash = [&] {
            auto run = session::run_lesson_script(each.script, "x.py");
            REQUIRE(run);
            return run->recording->hash();
        };
        const uint64_t before = hash();
        (void)output(each.script, each.rule);
        CHECK(hash() == before);
    }
}

TEST_CASE("a recording names its rule, in its files too, and has another hash") {
    auto truth = session::run_lesson_script(kPoliteAwait, "x.py");
    auto other = session::run_lesson_script(kPoliteAwait, "x.py", Rule::AwaitAlwaysYields);
    REQUIRE(truth);
    REQUIRE(other);
    CHECK(truth->recording->info.rule.empty());
    CHECK(other->recording->info.rule == "await-always-yields");
    CHECK(truth->recording->hash() != other->recording->hash());
    auto loaded = trace::decode(trace::encode(*other->recording));
    REQUIRE(loaded);
    CHECK(loaded->info == other->recording->info);
    auto read = trace::read_text(trace::write_text(*other->recording));
    REQUIRE(read);
    CHECK(read->info == other->recording->info);
}

TEST_CASE("rules are found by name, and each says what is believed and what is true") {
    for (const session::RuleInfo& info : session::rules()) {
        CHECK(session::find_rule(info.name) == &info);
        CHECK(&session::rule_info(info.rule) == &info);
        CHECK(info.belief[0] != 0);
        CHECK(std::string_view(info.truth).ends_with('.'));
    }
    CHECK(session::find_rule("no-such-rule") == nullptr);
    CHECK(session::find_rule("") == nullptr);
}

TEST_CASE("a wrong idea that never ends is cut off") {
    constexpr const char* kPolite = R"(
import asyncio
async def spin(flag):
    while not flag:
        await asyncio.sleep(0)
async def main():
    flag = []
    t = asyncio.create_task(spin(flag))
    await asyncio.sleep(0.1)
    flag.append(1)
    await t
asyncio.run(main())
)";
    auto run = session::run_lesson_script(kPolite, "x.py", Rule::SleepZeroDoesNothing);
    REQUIRE(run);
    CHECK(run->recording->info.end != trace::EndReason::Completed);
}

TEST_CASE("the first difference of two runs is found, and said in one breath with the reason") {
    auto truth = session::run_lesson_script(kTwoChildren, "x.py");
    auto other = session::run_lesson_script(kTwoChildren, "x.py", Rule::TaskStartsAtOnce);
    REQUIRE(truth);
    REQUIRE(other);
    const session::Difference difference =
        session::first_difference(*truth->timeline, *other->timeline);
    CHECK(difference.any());
    CHECK(difference.line == 0);
    const std::string said =
        session::sentence_of_rule(Rule::TaskStartsAtOnce, *truth->timeline, *other->timeline);
    CHECK(said.find("\"child 1\" prints") != std::string::npos);
    CHECK(said.find("really, \"made\" prints") != std::string::npos);
    CHECK_FALSE(session::first_difference(*truth->timeline, *truth->timeline).any());
    const std::string drawn =
        session::draw_side_by_side(*truth->timeline, "the true run", *other->timeline, "your rule",
                                   {.width = 80, .to_difference = true});
    CHECK(drawn.find("≠") != std::string::npos);
    CHECK(drawn.find("0.000  child 2") == std::string::npos);  // beyond the difference
}
