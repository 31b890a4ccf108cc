// The picture is the truth: whenever a script prints, the state folded from the recording so far
// equals what the live loop holds.
#include <doctest/doctest.h>

#include "runtime/loop/event_loop.hpp"
#include "runtime/loop/machine.hpp"
#include "runtime/session/session.hpp"
#include "runtime/trace/timeline.hpp"

namespace loop = loopglass::loop;
namespace session = loopglass::session;
namespace trace = loopglass::trace;

namespace {

// Prints after every kind of step: sleeps, gathers, locks, queues, cancellation, callbacks,
// timeouts.
constexpr const char* kScript = R"(
import asyncio
async def worker(n, lock, queue):
    for i in range(3):
        print("w", n, i)
        await asyncio.sleep(0 if i == 1 else n / 100)
        async with lock:
            print("locked", n)
            await asyncio.sleep(0.01)
        await queue.put((n, i))
    print("end", n)
async def reader(queue):
    try:
        while True:
            item = await queue.get()
            print("got", item)
    finally:
        print("reader leaves")
async def main():
    loop = asyncio.get_running_loop()
    loop.call_later(0.025, print, "timer")
    handle = loop.call_later(9, print, "never")
    loop.call_soon(print, "soon")
    lock, queue = asyncio.Lock(), asyncio.Queue(2)
    task = asyncio.create_task(reader(queue))
    await asyncio.gather(*(worker(n, lock, queue) for n in range(1, 5)))
    handle.cancel()
    try:
        await asyncio.wait_for(asyncio.Event().wait(), 0.05)
    except TimeoutError:
        print("timeout")
    task.cancel()
    print("asked")
    await asyncio.gather(task, return_exceptions=True)
    print("done")
asyncio.run(main())
)";

}  // namespace

TEST_CASE("at every print the folded state equals the live loop's") {
    session::RunRequest request;
    request.source = kScript;
    request.filename = "fold.py";
    auto run = session::Session::create(std::move(request));
    REQUIRE(run);
    const trace::Recording& recording = (*run)->recording();
    trace::Timeline timeline(recording);
    size_t looks = 0;
    (*run)->on_output([&](trace::Stream, std::string_view, double) {
        const loop::EventLoop* live = loop::running_loop();
        if (!live) return;
        timeline.update();
        const trace::Model& model = timeline.latest();
        CAPTURE(recording.size());
        CHECK(model.ready_count() == live->ready.size());
        CHECK(model.timer_count() == live->timers.size() - live->cancelled_timers);
        CHECK(model.running() == loop::g_task_id);
        CHECK(model.iteration() == live->iteration);
        CHECK(model.check() == "");
        ++looks;
    });
    (*run)->run_to_end();
    CHECK((*run)->report().status == 0);
    CHECK(looks > 30);
}
