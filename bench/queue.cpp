// A producer and a consumer in C++ on the loop, as many items as the argument says through a queue
// of one: what the scheduler costs without the evaluator. It is compared with Go's channels.
//     bench_queue COUNT
#include <cstdint>
#include <cstdlib>

#include "runtime/loop/api.hpp"
#include "runtime/loop/combinators.hpp"
#include "runtime/loop/coroutine.hpp"
#include "runtime/loop/event_loop.hpp"
#include "runtime/loop/machine.hpp"
#include "runtime/loop/queues.hpp"
#include "runtime/loop/task.hpp"
#include "runtime/value/initialise.hpp"
#include "runtime/value/objects.hpp"

using namespace loopglass;
using value::Value;

int main(int count, char** arguments) {
    const int64_t items = count > 1 ? std::atoll(arguments[1]) : 0;
    int64_t sum = 0;
    value::initialise_types();
    loop::initialise_loop_types();
    trace::Recording recording(trace::Level::Switch, trace::Recording::kMaxBudget);
    loop::MachineOptions options;
    options.max_iterations = UINT64_MAX;
    loop::Machine machine(recording, options);
    const auto produce = [items](const value::Ref<loop::Queue>& queue) {
        for (int64_t i = 0; i < items; ++i)
            if (!queue->put(value::make_int(i))) return Value();
        return value::none();
    };
    const auto consume = [items, &sum](const value::Ref<loop::Queue>& queue) {
        for (int64_t i = 0; i < items; ++i) {
            const Value item = queue->get();
            if (!item) return Value();
            sum += item.small();
        }
        return value::none();
    };
    machine.start([&] {
        const Value main = loop::make_coroutine("main", [&]() -> Value {
            const value::Ref<loop::Queue> queue = loop::make_queue(1);
            const Value tasks[] = {
                loop::ensure_future(loop::make_coroutine("produce", [&] { return produce(queue); }),
                                    nullptr),
                loop::ensure_future(loop::make_coroutine("consume", [&] { return consume(queue); }),
                                    nullptr)};
            for (const Value& task : tasks)
                if (!loop::await(task)) return Value();
            return value::none();
        });
        (void)loop::new_event_loop()->run_until_complete(main, trace::LoopEntry::RunUntilComplete);
    });
    machine.run();
    return sum == items * (items - 1) / 2 ? 0 : 1;
}
