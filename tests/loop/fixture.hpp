// A machine for tests: C++ lambdas as tasks, notes of what happened when, and the recording.
#pragma once

#include <doctest/doctest.h>

#include <functional>
#include <string>

#include "runtime/loop/api.hpp"
#include "runtime/loop/combinators.hpp"
#include "runtime/loop/coroutine.hpp"
#include "runtime/loop/machine.hpp"
#include "runtime/loop/runner.hpp"
#include "runtime/loop/support.hpp"
#include "runtime/loop/task.hpp"

namespace loopglass::loop {

struct LoopFixture {
    LoopFixture() {
        static const bool ready = [] {
            initialise_types();
            initialise_loop_types();
            return true;
        }();
        (void)ready;
        machine.output = [this](trace::Stream stream, std::string_view text) {
            (stream == trace::Stream::Stderr ? stderr_text : stdout_text) += text;
        };
    }

    // Runs main as asyncio.run(main()) would; its exception, if any, is in `failure`.
    Machine::End run(std::function<Value()> main) {
        machine.start([this, main = std::move(main)] {
            const Value result = loop::run(make_coroutine("main", main));
            if (!result && !abandoning()) failure = take_raised();
        });
        machine.run();
        return machine.end();
    }
    // A task of a lambda.
    Value spawn(const char* name, std::function<Value()> body) {
        TaskOptions options;
        options.name = make_str(name);
        return create_task(running_loop(), make_coroutine(name, std::move(body)), options);
    }
    // Says when it happened, in milliseconds.
    void note(std::string_view what) {
        notes += cat(notes.empty() ? "" : " ", machine.now() / 1'000'000, ":", what);
    }
    // Do all steps obey the rules of the recording: resume and suspend alternate, causes lie
    // before?
    void check_recording() {
        trace::TaskId running = 0;
        for (trace::EventIndex i = 0; i < recording.size(); ++i) {
            const trace::Event& event = recording[i];
            if (event.cause != trace::kNoEvent) CHECK(event.cause < i);
            if (event.kind == trace::EventKind::TaskEnqueued) CHECK(event.cause != trace::kNoEvent);
            if (event.kind == trace::EventKind::TaskResumed) {
                CHECK(event.cause != trace::kNoEvent);
                CHECK(running == 0);
                running = event.subject;
            }
            if (event.kind == trace::EventKind::TaskSuspended ||
                event.kind == trace::EventKind::TaskDone ||
                event.kind == trace::EventKind::TaskFailed ||
                event.kind == trace::EventKind::TaskCancelled) {
                CHECK(running == event.subject);
                running = 0;
            }
        }
    }

    trace::Recording recording;
    Machine machine{recording};
    std::string notes, stdout_text, stderr_text;
    Value failure;
};

}  // namespace loopglass::loop
