#include "runtime/loop/exceptions.hpp"
#include "runtime/loop/queues.hpp"
#include "runtime/loop/timeouts.hpp"
#include "tests/loop/fixture.hpp"

namespace loopglass::loop {

namespace {

template <typename T>
Ref<T> make_sync(trace::SyncType kind, uint32_t value = 0) {
    Ref<T> object = make<T>();
    object->created(kind, value);
    return object;
}

}  // namespace

TEST_CASE_FIXTURE(LoopFixture, "a lock is taken in the order in which tasks asked for it") {
    run([&] {
        const Ref<Lock> lock = make_sync<Lock>(trace::SyncType::Lock);
        std::vector<Value> tasks;
        for (const char* name : {"a", "b", "c"})
            tasks.push_back(spawn(name, [this, name, lock] {
                if (!lock->acquire()) return Value();
                note(name);
                if (!await_sleep(0.1)) return Value();
                return result_of(lock->release());
            }));
        return await_gather(tasks, false);
    });
    CHECK(notes == "0:a 100:b 200:c");
    CHECK(!failure);
    check_recording();
}

TEST_CASE_FIXTURE(LoopFixture,
                  "a cancelled waiter leaves the line and the next one gets the lock") {
    run([&] {
        const Ref<Lock> lock = make_sync<Lock>(trace::SyncType::Lock);
        CHECK(lock->acquire());
        const auto wait = [this, lock](const char* name) {
            return spawn(name, [this, name, lock] {
                if (!lock->acquire()) return Value();
                note(name);
                return result_of(lock->release());
            });
        };
        const Value first = wait("first"), second = wait("second");
        if (!await_sleep(0)) return Value();
        CHECK(lock->waiters.size() == 2);
        CHECK(cancel(first) == 1);
        CHECK(lock->release());
        if (!await_sleep(0.1)) return Value();
        CHECK(cast<Future>(first)->cancelled());
        CHECK(cast<Future>(second)->done());
        return none();
    });
    CHECK(notes == "0:second");
}

TEST_CASE_FIXTURE(LoopFixture, "a semaphore lets as many in as its value says") {
    run([&] {
        const Ref<Semaphore> semaphore = make_sync<Semaphore>(trace::SyncType::Semaphore, 2);
        semaphore->value_ = 2;
        std::vector<Value> tasks;
        for (const char* name : {"a", "b", "c", "d"})
            tasks.push_back(spawn(name, [this, name, semaphore] {
                if (!semaphore->acquire()) return Value();
                note(name);
                if (!await_sleep(0.1)) return Value();
                return result_of(semaphore->release());
            }));
        return await_gather(tasks, false);
    });
    CHECK(notes == "0:a 0:b 100:c 100:d");
}

TEST_CASE_FIXTURE(LoopFixture, "an event wakes everybody who waits, and later ones do not wait") {
    run([&] {
        const Ref<AsyncEvent> event = make_sync<AsyncEvent>(trace::SyncType::Event);
        std::vector<Value> tasks;
        for (const char* name : {"a", "b"})
            tasks.push_back(spawn(name, [this, name, event] {
                if (!event->wait()) return Value();
                note(name);
                return none();
            }));
        if (!await_sleep(0.5)) return Value();
        event->set();
        CHECK(event->wait());
        note("main");
        return await_gather(tasks, false);
    });
    CHECK(notes == "500:main 500:a 500:b");
}

TEST_CASE_FIXTURE(LoopFixture, "a condition takes its lock back before wait() returns") {
    run([&] {
        Ref<Condition> condition = make_sync<Condition>(trace::SyncType::Condition);
        condition->lock = make_sync<Lock>(trace::SyncType::Lock);
        const Value waiter = spawn("waiter", [this, condition] {
            if (!condition->acquire() || !condition->wait()) return Value();
            CHECK(condition->is_locked() == 1);
            note("woken");
            return result_of(condition->release());
        });
        if (!await_sleep(0.1)) return Value();
        CHECK(!condition->notify(1));  // not without the lock
        clear_raised();
        if (!condition->acquire()) return Value();
        CHECK(condition->notify(1));
        if (!await_sleep(0.1)) return Value();
        note("release");
        CHECK(condition->release());
        return await(waiter);
    });
    CHECK(notes == "200:release 200:woken");
    CHECK(!failure);
}

TEST_CASE_FIXTURE(LoopFixture, "a queue of one makes producer and consumer take turns") {
    run([&] {
        const Ref<Queue> queue = make_queue(1);
        const Value consumer = spawn("consumer", [this, queue] {
            for (int i = 0; i < 3; ++i) {
                const Value item = queue->get();
                if (!item) return Value();
                note(cat("got", item.small()));
            }
            return none();
        });
        for (int i = 0; i < 3; ++i) {
            if (!queue->put(Value::small(i))) return Value();
            note(cat("put", i));
        }
        return await(consumer);
    });
    CHECK(notes == "0:put0 0:got0 0:put1 0:got1 0:put2 0:got2");
    check_recording();
}

TEST_CASE_FIXTURE(LoopFixture, "get_nowait on an empty queue and put_nowait on a full one raise") {
    run([&] {
        const Ref<Queue> queue = make_queue(1);
        CHECK(!queue->get_nowait());
        CHECK(clear_raised_if(errors::QueueEmpty));
        CHECK(queue->put_nowait(none()));
        CHECK(!queue->put_nowait(none()));
        CHECK(clear_raised_if(errors::QueueFull));
        queue->shut_down = true;
        CHECK(queue->get_nowait());
        CHECK(!queue->get_nowait());
        CHECK(clear_raised_if(errors::QueueShutDown));
        return none();
    });
    CHECK(!failure);
}

TEST_CASE_FIXTURE(LoopFixture, "a timeout that is not reached leaves no trace on the task") {
    run([&] {
        const Ref<Timeout> scope = make_timeout(make_float(1), trace::GroupType::Timeout);
        CHECK(enter_timeout(scope.get()));
        Value result = await_sleep(0.1);
        CHECK(exit_timeout(scope.get(), std::move(result)));
        CHECK(scope->state == Timeout::State::Exited);
        CHECK(current_task()->cancel_requests == 0);
        return none();
    });
    CHECK(machine.now() == 100'001'000);
}

TEST_CASE_FIXTURE(LoopFixture, "a cancelled asyncio.wait leaves its futures alone") {
    run([&] {
        const Value child = spawn("child", [this] {
            if (!await_sleep(1)) return Value();
            note("child");
            return none();
        });
        const Value waiter = spawn("waiter", [this, child] {
            const std::vector<Value> futures{child};
            if (!await_wait(futures, none(), ReturnWhen::AllCompleted, running_loop()))
                note("cancelled");
            return Value();
        });
        if (!await_sleep(0.1)) return Value();
        CHECK(cancel(waiter) == 1);
        return await(child);
    });
    CHECK(notes == "100:cancelled 1000:child");
}

TEST_CASE_FIXTURE(LoopFixture,
                  "a shielded task survives the cancellation of whoever waits for it") {
    run([&] {
        const Value inner = spawn("inner", [this] {
            if (!await_sleep(1)) return Value();
            note("inner");
            return none();
        });
        const Value outer = spawn("outer", [this, inner] {
            const Value shielded = shield(inner);
            if (!shielded || !await(shielded)) {
                note("outer cancelled");
                return Value();
            }
            return none();
        });
        if (!await_sleep(0.1)) return Value();
        CHECK(cancel(outer) == 1);
        return await(inner);
    });
    CHECK(notes == "100:outer cancelled 1000:inner");
}

}  // namespace loopglass::loop
