#include "runtime/loop/exceptions.hpp"
#include "tests/loop/fixture.hpp"

namespace loopglass::loop {

TEST_CASE_FIXTURE(LoopFixture, "a sleep ends one microsecond after its deadline") {
    CHECK(run([&] {
              note("start");
              if (!await_sleep(1.0)) return Value();
              note("end");
              return none();
          }) == Machine::End::Exit);
    CHECK(notes == "0:start 1000:end");
    CHECK(machine.now() == 1'000'001'000);
    CHECK(!failure);
    check_recording();
}

TEST_CASE_FIXTURE(LoopFixture,
                  "tasks with equal deadlines wake in the order in which they went to sleep") {
    run([&] {
        std::vector<Value> tasks;
        for (const char* name : {"a", "b", "c", "d", "e"})
            tasks.push_back(spawn(name, [this, name] {
                if (!await_sleep(0.1)) return Value();
                note(name);
                return none();
            }));
        return await_gather(tasks, false);
    });
    CHECK(notes == "100:a 100:b 100:c 100:d 100:e");
    check_recording();
}

TEST_CASE_FIXTURE(LoopFixture, "sleep(0) gives the turn to everybody who is ready, once") {
    run([&] {
        std::vector<Value> tasks;
        for (const char* name : {"a", "b"})
            tasks.push_back(spawn(name, [this, name] {
                for (int i = 0; i < 3; ++i) {
                    note(cat(name, i));
                    if (!await_sleep(0)) return Value();
                }
                return none();
            }));
        return await_gather(tasks, false);
    });
    CHECK(notes == "0:a0 0:b0 0:a1 0:b1 0:a2 0:b2");
}

TEST_CASE_FIXTURE(LoopFixture, "awaiting a coroutine does not give the turn away") {
    run([&] {
        const Value other = spawn("other", [this] {
            note("other");
            return none();
        });
        if (!await(make_coroutine("inner", [this] {
                note("inner");
                return none();
            })))
            return Value();
        note("main");
        return await(other);
    });
    CHECK(notes == "0:inner 0:main 0:other");
}

TEST_CASE_FIXTURE(LoopFixture, "a cancelled task raises CancelledError at its await") {
    run([&] {
        const Value task = spawn("sleeper", [this] {
            if (await_sleep(10)) return none();
            note(raised_is(errors::CancelledError) ? "cancelled" : "other");
            return Value();
        });
        if (!await_sleep(0.5)) return Value();
        CHECK(cancel(task) == 1);
        CHECK(!await(task));
        CHECK(raised_is(errors::CancelledError));
        clear_raised();
        CHECK(cast<Future>(task)->cancelled());
        return none();
    });
    CHECK(notes == "500:cancelled");
    CHECK(machine.now() == 500'001'000);
    check_recording();
}

TEST_CASE_FIXTURE(LoopFixture,
                  "gather propagates the first exception and leaves the others running") {
    run([&] {
        std::vector<Value> tasks{spawn("bad",
                                       [] {
                                           if (!await_sleep(0.1)) return Value();
                                           return raise(errors::ValueError, "boom");
                                       }),
                                 spawn("good", [this] {
                                     if (!await_sleep(0.2)) return Value();
                                     note("good");
                                     return none();
                                 })};
        CHECK(!await_gather(tasks, false));
        CHECK(raised_is(errors::ValueError));
        clear_raised();
        note("caught");
        return await_sleep(0.2);
    });
    CHECK(notes == "100:caught 200:good");
    CHECK(!failure);
}

TEST_CASE_FIXTURE(LoopFixture,
                  "wait_for turns the cancellation of its own deadline into TimeoutError") {
    run([&] {
        const Value answer =
            wait_for(make_coroutine("slow", [] { return await_sleep(10); }), make_float(0.25));
        CHECK(!answer);
        CHECK(raised_is(errors::TimeoutError));
        clear_raised();
        note("timeout");
        return none();
    });
    CHECK(notes == "250:timeout");
    check_recording();
}

TEST_CASE_FIXTURE(LoopFixture, "nothing runnable and no deadline is a hang") {
    CHECK(run([&] {
              const Ref<Future> never = create_future(running_loop());
              return await_future(never.get());
          }) == Machine::End::Hang);
    CHECK(!failure);
}

TEST_CASE_FIXTURE(LoopFixture, "an exception nobody looked at is reported when the task dies") {
    run([&] {
        {
            const Value task = spawn("bad", [] { return raise(errors::ValueError, "boom"); });
            if (!await_sleep(0.1)) return Value();
        }
        note("after");
        return none();
    });
    INFO(stderr_text);
    CHECK(stderr_text.find(
              "Task exception was never retrieved\nfuture: <Task finished name='bad'") == 0);
    CHECK(stderr_text.find("ValueError: boom") != std::string::npos);
}

TEST_CASE_FIXTURE(LoopFixture, "asyncio.run cancels the tasks that are left") {
    run([&] {
        static Value kept;
        kept = spawn("left", [this] {
            if (await_sleep(100)) return none();
            note("cleaned up");
            return Value();
        });
        const Value done = await_sleep(0.1);
        kept = {};
        return done;
    });
    CHECK(notes == "100:cleaned up");
    CHECK(machine.now() == 100'001'000);
}

TEST_CASE_FIXTURE(LoopFixture, "time.sleep in the loop's thread blocks everybody") {
    run([&] {
        const Value other = spawn("other", [this] {
            if (!await_sleep(0.1)) return Value();
            note("other");
            return none();
        });
        if (!await_sleep(0)) return Value();
        if (!machine.sleep(to_ns(1), "time.sleep")) return Value();
        note("main");
        return await(other);
    });
    CHECK(notes == "1000:main 1000:other");
}

TEST_CASE_FIXTURE(LoopFixture,
                  "a thread runs to its first blocking call before its starter goes on") {
    run([&] {
        VirtualThread* thread = machine.start_thread("worker", false, [this] {
            note("worker begins");
            CHECK(machine.sleep(to_ns(0.5), "time.sleep"));
            note("worker ends");
        });
        note("started");
        if (!await_sleep(0.2)) return Value();
        note("main slept");
        CHECK(machine.join(thread));
        note("joined");
        return none();
    });
    CHECK(notes == "0:worker begins 0:started 200:main slept 500:worker ends 500:joined");
}

TEST_CASE_FIXTURE(LoopFixture,
                  "the host gets the machine back when the fuel is spent, and goes on there") {
    machine.start([this] {
        note("one");
        machine.pause();
        note("two");
    });
    CHECK(!machine.run(1));
    CHECK(notes == "0:one");
    CHECK(machine.run());
    CHECK(notes == "0:one 0:two");
    CHECK(machine.end() == Machine::End::Exit);
}

}  // namespace loopglass::loop
