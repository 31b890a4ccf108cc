// What single operations cost in C++: a step of a task against the bare switch it is made of, a
// hand-over through a queue of one, timers, recorded events, seeks, and reading a recording's file.
#include <benchmark/benchmark.h>

#include <boost/context/detail/fcontext.hpp>
#include <cstdlib>
#include <vector>

#include "runtime/loop/api.hpp"
#include "runtime/loop/combinators.hpp"
#include "runtime/loop/coroutine.hpp"
#include "runtime/loop/event_loop.hpp"
#include "runtime/loop/handle.hpp"
#include "runtime/loop/machine.hpp"
#include "runtime/loop/queues.hpp"
#include "runtime/loop/task.hpp"
#include "runtime/loop/timeouts.hpp"
#include "runtime/session/session.hpp"
#include "runtime/trace/file.hpp"
#include "runtime/trace/timeline.hpp"
#include "runtime/value/initialise.hpp"
#include "runtime/value/objects.hpp"
#include "runtime/value/protocol.hpp"

using namespace loopglass;
namespace context = boost::context::detail;

namespace {

constexpr int kTasks = 1000;

// The bound: a round robin over bare contexts, each of which jumps back at once.
void bare_round_robin(benchmark::State& state) {
    constexpr size_t kStack = 64 * 1024;
    std::vector<context::fcontext_t> places;
    std::vector<char*> stacks;
    for (int i = 0; i < kTasks; ++i) {
        stacks.push_back(static_cast<char*>(std::malloc(kStack)));
        places.push_back(context::make_fcontext(stacks.back() + kStack, kStack, [](auto from) {
            for (;;) from = context::jump_fcontext(from.fctx, nullptr);
        }));
    }
    size_t at = 0;
    for (auto _ : state) {
        places[at] = context::jump_fcontext(places[at], nullptr).fctx;
        at = at + 1 == places.size() ? 0 : at + 1;
    }
    state.SetItemsProcessed(state.iterations());
    for (char* stack : stacks) std::free(stack);
}
BENCHMARK(bare_round_robin);

// As long a script's text as there are steps to measure; time is by item.
void script_steps(benchmark::State& state, const char* source, int64_t items) {
    for (auto _ : state) {
        session::RunRequest request;
        request.source = source;
        const auto outcome = session::run_script(std::move(request));
        if (!outcome || outcome->report.status != 0) state.SkipWithError("the script failed");
    }
    state.SetItemsProcessed(state.iterations() * items);
}

// 1,000 native coroutines that hand over by sleep(0): the loop's own work, recorded, without the
// evaluator.
void loop_step(benchmark::State& state) {
    value::initialise_types();
    loop::initialise_loop_types();
    constexpr int kRounds = 1000;  // so that making the tasks does not count
    for (auto _ : state) {
        trace::Recording recording;
        loop::Machine machine(recording);
        machine.start([] {
            const value::Value coroutine = loop::make_coroutine("main", [] {
                std::vector<value::Value> tasks;
                for (int i = 0; i < kTasks; ++i)
                    tasks.push_back(loop::ensure_future(
                        loop::make_coroutine("worker",
                                             []() -> value::Value {
                                                 for (int round = 0; round < kRounds; ++round)
                                                     if (!loop::await_sleep(0)) return {};
                                                 return value::none();
                                             }),
                        nullptr));
                for (const value::Value& task : tasks)
                    if (!loop::await(task)) return value::Value();
                return value::none();
            });
            const auto event_loop = loop::new_event_loop();
            (void)event_loop->run_until_complete(coroutine, trace::LoopEntry::RunUntilComplete);
        });
        machine.run();
    }
    state.SetItemsProcessed(state.iterations() * kTasks * kRounds);
}
BENCHMARK(loop_step)->Unit(benchmark::kMillisecond);

// The same between two native coroutines: asyncio's queue with all it does and records, without the
// evaluator. Go's channel is the peer.
void native_queue_of_one(benchmark::State& state) {
    value::initialise_types();
    loop::initialise_loop_types();
    constexpr int kItems = 200'000;
    for (auto _ : state) {
        trace::Recording recording;
        loop::Machine machine(recording);
        machine.start([] {
            const auto event_loop = loop::new_event_loop();
            const value::Ref<loop::Queue> queue = loop::make_queue(1);
            const auto consumer = [&queue]() -> value::Value {
                for (int i = 0; i < kItems; ++i)
                    if (!queue->get()) return {};
                return value::none();
            };
            const value::Value coroutine = loop::make_coroutine("main", [&]() -> value::Value {
                const value::Value task =
                    loop::ensure_future(loop::make_coroutine("consumer", consumer), nullptr);
                for (int i = 0; i < kItems; ++i)
                    if (!queue->put(value::Value::small(i))) return {};
                return loop::await(task);
            });
            (void)event_loop->run_until_complete(coroutine, trace::LoopEntry::RunUntilComplete);
        });
        machine.run();
    }
    state.SetItemsProcessed(state.iterations() * kItems);
}
BENCHMARK(native_queue_of_one)->Unit(benchmark::kMillisecond);

void queue_of_one(benchmark::State& state) {
    script_steps(state, R"(
import asyncio
async def put(queue):
    for i in range(20000): await queue.put(i)
async def get(queue):
    for i in range(20000): await queue.get()
async def main():
    queue = asyncio.Queue(1)
    await asyncio.gather(put(queue), get(queue))
asyncio.run(main())
)",
                 20000);
}
BENCHMARK(queue_of_one)->Unit(benchmark::kMillisecond);

void timer_heap(benchmark::State& state) {
    loop::TimerHeap heap;
    uint64_t dice = 1, sequence = 0;
    const auto push = [&] {
        dice = dice * 6364136223846793005u + 1442695040888963407u;
        heap.push({static_cast<int64_t>(dice >> 20), ++sequence, {}, 0, 0});
    };
    for (int64_t i = 0; i < state.range(0); ++i) push();
    for (auto _ : state) {
        benchmark::DoNotOptimize(heap.pop());
        push();
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(timer_heap)->Arg(1000)->Arg(1000000);

void append_event(benchmark::State& state) {
    trace::Recording recording(trace::Level::Switch, trace::Recording::kMaxBudget);
    uint32_t i = 0;
    for (auto _ : state) {
        if (++i % 4'000'000 == 0)
            recording = trace::Recording(trace::Level::Switch, trace::Recording::kMaxBudget);
        recording.append(trace::EventKind::TaskEnqueued, i & 1023, 0, 0,
                         trace::EnqueueReason::Yielded);
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(append_event);

// A recording of about a million events.
const trace::Recording& large_recording() {
    static const auto outcome = [] {
        session::RunRequest request;
        request.source = R"(
import asyncio
async def worker():
    for _ in range(300): await asyncio.sleep(0)
async def main():
    await asyncio.gather(*[worker() for _ in range(1000)])
asyncio.run(main())
)";
        return session::run_script(std::move(request));
    }();
    return *outcome->recording;
}

void seek(benchmark::State& state) {
    trace::Timeline timeline(large_recording());
    timeline.update();
    trace::Model model = timeline.model_at(0);
    uint64_t dice = 1;
    for (auto _ : state) {
        dice = dice * 6364136223846793005u + 1442695040888963407u;
        timeline.seek(model,
                      static_cast<trace::EventIndex>((dice >> 33) % large_recording().size()));
    }
}
BENCHMARK(seek)->Unit(benchmark::kMicrosecond);

void decode_file(benchmark::State& state) {
    const std::string bytes = trace::encode(large_recording());
    for (auto _ : state) benchmark::DoNotOptimize(trace::decode(bytes));
    state.SetItemsProcessed(state.iterations() * large_recording().size());
    state.counters["bytes/event"] = static_cast<double>(bytes.size()) / large_recording().size();
}
BENCHMARK(decode_file)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
