// Recordings for tests without an interpreter: MiniLoop plays little programs by asyncio's rules
// and records them exactly as the real loop does. Builders for a lesson-like run, random runs and
// runs of millions of events stand at the end.
#pragma once

#include <algorithm>
#include <cstdint>
#include <deque>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "runtime/trace/recording.hpp"

namespace loopglass::testing {

namespace tr = loopglass::trace;

inline constexpr int64_t kMillisecond = 1'000'000;

// One statement of a task. `target` numbers programs (Spawn, Gather), spawned tasks (Await, Cancel)
// in order of spawning by this task, or synchronisation objects.
struct Op {
    enum Kind {
        Sleep,
        Yield,
        Print,
        Block,
        Spawn,
        Await,
        Gather,
        Acquire,
        Release,
        Put,
        Get,
        Cancel,
        Fail,
        Line,
        Set
    };
    Kind kind;
    uint32_t line = 0;
    int64_t ns = 0;
    int target = 0;
    std::vector<int> targets = {};
    std::string text = {};
};

struct Program {
    std::string name;
    std::vector<Op> body;
    bool swallows_cancel = false;
};

// Plays programs[0] as main. Locks and queues exist from the start: `locks` locks, then `queues`
// queues of size 1.
class MiniLoop {
public:
    MiniLoop(tr::Recording& recording, std::vector<Program> programs, int locks = 0, int queues = 0)
        : rec_(recording), programs_(std::move(programs)) {
        rec_.append(tr::EventKind::LoopStarted, 0, 0, 0, tr::LoopEntry::Run);
        for (int i = 0; i < locks; ++i) make_sync(tr::SyncType::Lock, 0);
        for (int i = 0; i < queues; ++i) make_sync(tr::SyncType::Queue, 1);
    }

    // Until main ends, nothing can happen any more, or the recording is full.
    void run() {
        const tr::TaskId main = create_task(0, tr::TaskOrigin::Main);
        while (!task(main).over && !rec_.full() && turn()) {
        }
        const bool stuck = !task(main).over && !rec_.full();
        rec_.append(tr::EventKind::LoopStopped, 0, 0, 0,
                    rec_.full() ? tr::StopReason::BudgetSpent
                    : stuck     ? tr::StopReason::Stuck
                                : tr::StopReason::Completed);
        rec_.finish(rec_.full() ? tr::EndReason::EventBudget
                    : stuck     ? tr::EndReason::Stuck
                                : tr::EndReason::Completed,
                    0);
    }

private:
    struct Wait {
        tr::AwaitKind kind = tr::AwaitKind::Yield;
        uint32_t object = 0;
        tr::FutureId future = 0;
    };
    struct Task {
        int program = 0;
        size_t pc = 0;
        bool over = false;
        bool ready = false;
        bool acquiring = false;  // woken to take a lock or an item
        tr::EventIndex queued = tr::kNoEvent;
        tr::EventIndex cancel = tr::kNoEvent;
        Wait wait;
        tr::FutureId cancelled_future = 0;
        std::vector<tr::TaskId> children;
        std::vector<tr::TaskId> awaited_by;
        std::vector<tr::GroupId> groups;
    };
    struct Callback {
        tr::FutureId resolves = 0;  // a sleep's future
        tr::TaskId wakes = 0;
        tr::GroupId group = 0;
        tr::EventIndex queued = tr::kNoEvent;
    };
    struct Entry {
        bool step;
        uint32_t id;
    };
    struct Timer {
        int64_t due;
        tr::HandleId handle;
        tr::EventIndex scheduled;
        bool operator<(const Timer& other) const {
            return due != other.due ? due < other.due : handle < other.handle;
        }
    };
    struct Group {
        tr::TaskId owner = 0;
        tr::FutureId outer = 0;
        size_t left = 0;
    };
    struct Sync {
        bool lock = true;
        uint32_t size = 0;
        std::deque<std::pair<tr::TaskId, tr::FutureId>> takers, putters;
    };

    Task& task(tr::TaskId id) { return tasks_[id]; }

    void make_sync(tr::SyncType type, uint32_t capacity) {
        const tr::SyncId id = rec_.new_sync();
        const std::string name =
            (type == tr::SyncType::Lock ? "lock" : "queue") + std::to_string(id);
        rec_.append(tr::EventKind::SyncCreated, id, rec_.text(name), capacity, type);
        syncs_[static_cast<int>(id)].lock = type == tr::SyncType::Lock;
    }

    tr::TaskId create_task(int program, tr::TaskOrigin origin) {
        const tr::TaskId id = rec_.new_task();
        tasks_.resize(id + 1);
        tasks_[id].program = program;
        const auto created =
            rec_.append(tr::EventKind::TaskCreated, id, rec_.text("Task-" + std::to_string(id)),
                        rec_.text(programs_[static_cast<size_t>(program)].name), origin);
        enqueue(id, 0, created, tr::EnqueueReason::New);
        return id;
    }

    void enqueue(tr::TaskId id, uint32_t source, tr::EventIndex cause, tr::EnqueueReason reason) {
        if (task(id).ready || task(id).over) return;
        task(id).ready = true;
        task(id).queued =
            rec_.append_because(cause, tr::EventKind::TaskEnqueued, id, source, 0, reason);
        ready_.push_back({true, id});
    }

    bool turn() {
        std::sort(timers_.begin(), timers_.end());
        if (ready_.empty() && timers_.empty()) return false;
        if (ready_.empty()) {
            const int64_t now = rec_.now();
            const int64_t due = std::max(now, timers_.front().due);
            rec_.append(tr::EventKind::PollBegin, 0, 0, rec_.wide(due - now),
                        tr::PollTimeout::Finite);
            if (due > now) {
                rec_.set_now(due);
                rec_.append(tr::EventKind::ClockAdvanced, 0, 0, rec_.wide(due - now),
                            tr::ClockReason::Timer);
            }
        } else {
            rec_.append(tr::EventKind::PollBegin, 0, 0, 0, tr::PollTimeout::Zero);
        }
        rec_.append(tr::EventKind::PollEnd, 0);
        while (!timers_.empty() && timers_.front().due <= rec_.now()) {
            const Timer timer = timers_.front();
            timers_.erase(timers_.begin());
            callbacks_[timer.handle].queued =
                rec_.append_because(timer.scheduled, tr::EventKind::TimerFired, timer.handle, 0,
                                    rec_.wide(rec_.now() - timer.due));
            ready_.push_back({false, timer.handle});
        }
        const size_t count = ready_.size();
        rec_.append(tr::EventKind::IterationBegin, ++iteration_, static_cast<uint32_t>(count),
                    static_cast<uint32_t>(timers_.size()));
        for (size_t i = 0; i < count && !rec_.full(); ++i) {
            const Entry entry = ready_.front();
            ready_.pop_front();
            entry.step ? step(entry.id) : call(entry.id);
        }
        rec_.append(tr::EventKind::IterationEnd, iteration_);
        return true;
    }

    void call(tr::HandleId handle) {
        const Callback callback = callbacks_[handle];
        callbacks_.erase(handle);
        rec_.append_because(callback.queued, tr::EventKind::CallbackBegin, handle);
        if (callback.group != 0) {
            Group& group = groups_[callback.group];
            if (--group.left == 0 && group.outer != task(group.owner).cancelled_future) {
                const auto resolved = rec_.append(tr::EventKind::FutureResolved, group.outer,
                                                  rec_.text("[...]"), 0, tr::Outcome::Result);
                rec_.append(tr::EventKind::GroupDone, callback.group, 0, 0, tr::Outcome::Result);
                enqueue(group.owner, group.outer, resolved, tr::EnqueueReason::Woken);
            }
        } else if (callback.resolves != 0 &&
                   callback.resolves != task(callback.wakes).cancelled_future) {
            const auto resolved = rec_.append(tr::EventKind::FutureResolved, callback.resolves, 0,
                                              0, tr::Outcome::Result);
            enqueue(callback.wakes, callback.resolves, resolved, tr::EnqueueReason::Timer);
        }
        rec_.append(tr::EventKind::CallbackEnd, handle);
    }

    void step(tr::TaskId id) {
        task(id).ready = false;
        const bool op_to_repeat = await_object_type(task(id).wait.kind) == tr::FieldType::Sync;
        task(id).wait = {};
        const Program& program = programs_[static_cast<size_t>(task(id).program)];
        rec_.set_line(task(id).pc < program.body.size() ? program.body[task(id).pc].line : 0);
        rec_.append_because(task(id).queued, tr::EventKind::TaskResumed, id);
        if (task(id).cancel != tr::kNoEvent) {
            const auto delivered =
                rec_.append_because(task(id).cancel, tr::EventKind::CancelDelivered, id);
            task(id).cancel = tr::kNoEvent;
            if (!program.swallows_cancel) return finish(id, tr::EventKind::TaskCancelled, "");
            rec_.append_because(delivered, tr::EventKind::CancelSwallowed, id);
            if (op_to_repeat) ++task(id).pc;  // it got neither the lock nor the item: leave it out
            task(id).acquiring = false;
        }
        while (task(id).pc < program.body.size()) {
            const Op& op = program.body[task(id).pc];
            rec_.set_line(op.line);
            if (rec_.lines_on()) rec_.append(tr::EventKind::LineExecuted, id);
            if (op.kind == Op::Fail) return finish(id, tr::EventKind::TaskFailed, op.text);
            if (!perform(id, op)) return;
            ++task(id).pc;
        }
        finish(id, tr::EventKind::TaskDone, "");
    }

    void finish(tr::TaskId id, tr::EventKind how, const std::string& text) {
        task(id).over = true;
        const auto end = rec_.append(how, id, rec_.text(text));
        for (const tr::TaskId waiter : task(id).awaited_by)
            enqueue(waiter, id, end, tr::EnqueueReason::Woken);
        for (const tr::GroupId group : task(id).groups) {
            const tr::HandleId handle = rec_.new_handle();
            callbacks_[handle].group = group;
            callbacks_[handle].queued =
                rec_.append_because(end, tr::EventKind::CallbackScheduled, handle, id,
                                    rec_.text("gather"), tr::HandleKind::DoneCallback);
            ready_.push_back({false, handle});
        }
    }

    void suspend(tr::TaskId id, Wait wait) {
        task(id).wait = wait;
        rec_.append(tr::EventKind::TaskSuspended, id, wait.object, wait.future, wait.kind);
    }

    tr::FutureId create_future(const char* what) {
        const tr::FutureId future = rec_.new_future();
        rec_.append(tr::EventKind::FutureCreated, future, rec_.pinned_text(what));
        return future;
    }

    // False: the task suspended at this op (pc stays if the op is to be repeated, else it was moved
    // on).
    bool perform(tr::TaskId id, const Op& op) {
        switch (op.kind) {
            case Op::Line:
                return true;
            case Op::Print:
                rec_.append(tr::EventKind::Printed, id, rec_.text(op.text + "\n"), 0,
                            tr::Stream::Stdout);
                return true;
            case Op::Spawn: {
                const tr::TaskId child = spawn(id, op.target);  // may move the tasks
                task(id).children.push_back(child);
                return true;
            }
            case Op::Sleep:
                sleep(id, op.ns);
                return false;
            case Op::Yield:
                yield(id);
                return false;
            case Op::Block:
                block(id, op);
                return true;
            case Op::Await:
                return await_task(id, op.target);
            case Op::Gather:
                gather(id, op.targets);
                return false;
            case Op::Acquire:
                return acquire(id, op.target);
            case Op::Release:
                release(id, op.target);
                return true;
            case Op::Put:
                return put(id, op.target);
            case Op::Get:
                return get(id, op.target);
            case Op::Cancel:
                cancel(id, op.target);
                return true;
            case Op::Set:
                if (rec_.lines_on()) {
                    rec_.append(tr::EventKind::VariableChanged, id, rec_.text(op.text),
                                rec_.text(std::to_string(op.target)), tr::VariableScope::Global);
                }
                return true;
            case Op::Fail:
                return true;
        }
        return true;
    }

    tr::TaskId spawn(tr::TaskId, int program) {
        return create_task(program, tr::TaskOrigin::CreateTask);
    }

    void sleep(tr::TaskId id, int64_t ns) {
        const tr::FutureId future = create_future("sleep");
        const tr::HandleId handle = rec_.new_handle();
        callbacks_[handle] = {future, id, 0, tr::kNoEvent};
        const int64_t due = rec_.now() + ns;
        const auto scheduled =
            rec_.append(tr::EventKind::TimerScheduled, handle, rec_.pinned_text("set_result"),
                        rec_.wide(due), tr::TimerKind::Sleep);
        timers_.push_back({due, handle, scheduled});
        ++task(id).pc;
        suspend(id, {tr::AwaitKind::Sleep, handle, future});
    }

    void yield(tr::TaskId id) {
        ++task(id).pc;
        suspend(id, {});
        enqueue(id, 0, rec_.size() - 1, tr::EnqueueReason::Yielded);
    }

    void block(tr::TaskId id, const Op& op) {
        const auto begin = rec_.append(tr::EventKind::BlockedBegin, id, rec_.text(op.text),
                                       rec_.wide(rec_.now() + op.ns));
        rec_.set_now(rec_.now() + op.ns);
        rec_.append_because(begin, tr::EventKind::ClockAdvanced, 0, 0, rec_.wide(op.ns),
                            tr::ClockReason::Blocked);
        rec_.append_because(begin, tr::EventKind::BlockedEnd, id, 0, rec_.wide(op.ns));
    }

    bool await_task(tr::TaskId id, int child) {
        if (static_cast<size_t>(child) >= task(id).children.size()) return true;
        const tr::TaskId target = task(id).children[static_cast<size_t>(child)];
        if (task(target).over) return true;
        task(target).awaited_by.push_back(id);
        ++task(id).pc;
        suspend(id, {tr::AwaitKind::Task, target, target});
        return false;
    }

    void gather(tr::TaskId id, const std::vector<int>& programs) {
        const tr::GroupId group = rec_.new_group();
        rec_.append(tr::EventKind::GroupCreated, group, id, static_cast<uint32_t>(programs.size()),
                    tr::GroupType::Gather);
        for (const int program : programs) {
            const tr::TaskId child = create_task(program, tr::TaskOrigin::Gather);
            task(child).groups.push_back(group);
            rec_.append(tr::EventKind::GroupChild, group, child);
        }
        const tr::FutureId outer = create_future("gather");
        groups_[group] = {id, outer, programs.size()};
        ++task(id).pc;
        suspend(id, {tr::AwaitKind::Gather, group, outer});
    }

    tr::SyncId sync_id(int target) const { return static_cast<tr::SyncId>(target + 1); }

    bool acquire(tr::TaskId id, int target) {
        Sync& lock = syncs_[target + 1];
        if (task(id).acquiring || (lock.size == 0 && lock.takers.empty())) {
            task(id).acquiring = false;
            lock.size = 1;
            rec_.append(tr::EventKind::SyncChanged, id, sync_id(target), 1, tr::SyncOp::Acquire);
            return true;
        }
        wait_for_turn(id, target, lock.takers, tr::AwaitKind::Lock);
        return false;
    }

    void wait_for_turn(tr::TaskId id, int target,
                       std::deque<std::pair<tr::TaskId, tr::FutureId>>& line, tr::AwaitKind kind) {
        const tr::FutureId future = create_future("turn");
        line.emplace_back(id, future);
        suspend(id, {kind, sync_id(target), future});
    }

    void wake_first(std::deque<std::pair<tr::TaskId, tr::FutureId>>& line, tr::TaskId by) {
        while (!line.empty()) {
            const auto [waiter, future] = line.front();
            line.pop_front();
            if (task(waiter).over || task(waiter).ready || task(waiter).wait.future != future)
                continue;
            const auto resolved =
                rec_.append(tr::EventKind::FutureResolved, future, 0, by, tr::Outcome::Result);
            task(waiter).acquiring = true;
            enqueue(waiter, future, resolved, tr::EnqueueReason::Woken);
            return;
        }
    }

    void release(tr::TaskId id, int target) {
        Sync& lock = syncs_[target + 1];
        lock.size = 0;
        rec_.append(tr::EventKind::SyncChanged, id, sync_id(target), 0, tr::SyncOp::Release);
        wake_first(lock.takers, id);
        if (!lock.takers.empty()) lock.size = 1;
    }

    bool put(tr::TaskId id, int target) {
        Sync& queue = syncs_[target + 1];
        if (queue.size >= 1 && !task(id).acquiring) {
            wait_for_turn(id, target, queue.putters, tr::AwaitKind::QueuePut);
            return false;
        }
        task(id).acquiring = false;
        rec_.append(tr::EventKind::SyncChanged, id, sync_id(target), ++queue.size, tr::SyncOp::Put);
        wake_first(queue.takers, id);
        return true;
    }

    bool get(tr::TaskId id, int target) {
        Sync& queue = syncs_[target + 1];
        if (queue.size == 0) {
            wait_for_turn(id, target, queue.takers, tr::AwaitKind::QueueGet);
            return false;
        }
        task(id).acquiring = false;
        rec_.append(tr::EventKind::SyncChanged, id, sync_id(target), --queue.size, tr::SyncOp::Get);
        wake_first(queue.putters, id);
        return true;
    }

    void cancel(tr::TaskId id, int child) {
        if (static_cast<size_t>(child) >= task(id).children.size()) return;
        const tr::TaskId target = task(id).children[static_cast<size_t>(child)];
        if (task(target).over) return;
        const auto request = rec_.append(tr::EventKind::CancelRequested, target, id, 0);
        task(target).cancel = request;
        if (task(target).ready) return;
        Wait& wait = task(target).wait;
        tr::EventIndex cause = request;
        if (wait.kind == tr::AwaitKind::Sleep) {
            rec_.append_because(request, tr::EventKind::TimerCancelled, wait.object);
            std::erase_if(timers_, [&](const Timer& timer) { return timer.handle == wait.object; });
        }
        if (tr::is_plain_future(wait.future)) {
            task(target).cancelled_future = wait.future;
            cause = rec_.append_because(request, tr::EventKind::FutureResolved, wait.future, 0, id,
                                        tr::Outcome::Cancelled);
        }
        enqueue(target, wait.future, cause, tr::EnqueueReason::Cancelled);
    }

    tr::Recording& rec_;
    std::vector<Program> programs_;
    std::vector<Task> tasks_{1};
    std::deque<Entry> ready_;
    std::vector<Timer> timers_;
    std::map<tr::HandleId, Callback> callbacks_;
    std::map<tr::GroupId, Group> groups_;
    std::map<int, Sync> syncs_;
    uint32_t iteration_ = 0;
};

// --- ready-made runs -----------------------------------------------------------------------------

// "A blocking call freezes everyone": tick 0 @0.0, tick 1 @0.1, block @0.1, unblock @0.6, tick 2
// @0.6, tick 3 @0.7.
inline tr::Recording lesson_7(tr::Level level = tr::Level::Switch) {
    tr::Recording rec(level);
    rec.info.title = "A blocking call freezes everyone";
    rec.info.filename = "scenario.py";
    rec.info.source =
        "import asyncio, time\n\nasync def tick():\n    for i in range(4):\n        "
        "print(\"tick\", i)\n"
        "        await asyncio.sleep(0.1)\n\nasync def bad():\n    await asyncio.sleep(0.1)\n    "
        "print(\"block\")\n"
        "    time.sleep(0.5)\n    print(\"unblock\")\n\nasync def main():\n    await "
        "asyncio.gather(tick(), bad())\n\n"
        "asyncio.run(main())\n";
    Program tick{"tick", {}};
    for (int i = 0; i < 4; ++i) {
        tick.body.push_back({Op::Print, 5, 0, 0, {}, "tick " + std::to_string(i)});
        tick.body.push_back({Op::Sleep, 6, 100 * kMillisecond});
    }
    MiniLoop loop(rec, {{"main", {{Op::Gather, 15, 0, 0, {1, 2}}}},
                        tick,
                        {"bad",
                         {{Op::Sleep, 9, 100 * kMillisecond},
                          {Op::Print, 10, 0, 0, {}, "block"},
                          {Op::Block, 11, 500 * kMillisecond, 0, {}, "time.sleep(0.5)"},
                          {Op::Print, 12, 0, 0, {}, "unblock"}}}});
    loop.run();
    return rec;
}

// A random program of a few tasks: every op, in any order. Equal seeds give equal recordings.
inline tr::Recording random_run(uint32_t seed, tr::Level level = tr::Level::Switch,
                                uint32_t budget = 5000) {
    std::mt19937 random(seed);
    const auto pick = [&](int n) { return static_cast<int>(random() % static_cast<uint32_t>(n)); };
    tr::Recording rec(level, budget);
    rec.info.seed = seed;
    std::vector<Program> programs(1 + 5);
    for (size_t p = 0; p < programs.size(); ++p) {
        programs[p].name = p == 0 ? "main" : "worker" + std::to_string(p);
        programs[p].swallows_cancel = pick(6) == 0;
        const int length = p == 0 ? 14 : 3 + pick(6);
        for (int i = 0; i < length; ++i) {
            const auto line = static_cast<uint32_t>(10 * p + static_cast<size_t>(i) + 1);
            // Main spawns first; a program spawns only later ones, so that every run ends.
            const bool may_spawn = p + 1 < programs.size();
            switch (p == 0 && i < 4 ? 0 : pick(11)) {
                case 0:
                    if (may_spawn) {
                        const int child = static_cast<int>(p) + 1 +
                                          pick(static_cast<int>(programs.size() - p - 1));
                        programs[p].body.push_back({Op::Spawn, line, 0, child});
                    }
                    break;
                case 1:
                    programs[p].body.push_back({Op::Sleep, line, pick(5) * 50 * kMillisecond});
                    break;
                case 2:
                    programs[p].body.push_back({Op::Yield, line});
                    break;
                case 3:
                    programs[p].body.push_back({Op::Print, line, 0, 0, {}, programs[p].name});
                    break;
                case 4:
                    programs[p].body.push_back({Op::Block,
                                                line,
                                                (1 + pick(3)) * 30 * kMillisecond,
                                                0,
                                                {},
                                                "time.sleep()"});
                    break;
                case 5:
                    programs[p].body.push_back({Op::Await, line, 0, pick(3)});
                    break;
                case 6:
                    programs[p].body.push_back({Op::Acquire, line});
                    programs[p].body.push_back({Op::Sleep, line, 20 * kMillisecond});
                    programs[p].body.push_back({Op::Release, line});
                    break;
                case 7:
                    programs[p].body.push_back({Op::Put, line, 0, 1});
                    break;
                case 8:
                    programs[p].body.push_back({Op::Get, line, 0, 1});
                    break;
                case 9:
                    programs[p].body.push_back({Op::Cancel, line, 0, pick(3)});
                    break;
                case 10:
                    if (may_spawn) {
                        const int child = static_cast<int>(p) + 1 +
                                          pick(static_cast<int>(programs.size() - p - 1));
                        programs[p].body.push_back(
                            {Op::Gather,
                             line,
                             0,
                             0,
                             {child, static_cast<int>(programs.size()) - 1}});
                    }
                    break;
                default:
                    break;
            }
        }
    }
    MiniLoop(rec, std::move(programs), 1, 1).run();
    return rec;
}

// At least `events` events (about): `tasks` tasks that sleep for different times again and again.
// Fast: written without MiniLoop, timers in a bucketed order.
inline tr::Recording big_run(uint32_t events, uint32_t tasks, tr::Level level = tr::Level::Switch) {
    tr::Recording rec(level, std::max(events + 100, 1u));
    rec.append(tr::EventKind::LoopStarted, 0, 0, 0, tr::LoopEntry::Run);
    struct Sleeper {
        tr::FutureId future = 0;
        tr::HandleId handle = 0;
        tr::EventIndex scheduled = tr::kNoEvent;
        tr::EventIndex queued = tr::kNoEvent;
    };
    std::vector<Sleeper> sleepers(tasks + 1);
    std::vector<tr::TaskId> line;
    std::multimap<int64_t, tr::TaskId> due;
    for (tr::TaskId id = 1; id <= tasks; ++id) {
        const tr::TaskId task = rec.new_task();
        const auto created =
            rec.append(tr::EventKind::TaskCreated, task, rec.text("Task-" + std::to_string(id)),
                       rec.pinned_text("worker"), tr::TaskOrigin::CreateTask);
        sleepers[id].queued = rec.append_because(created, tr::EventKind::TaskEnqueued, id, 0, 0,
                                                 tr::EnqueueReason::New);
        line.push_back(id);
    }
    uint32_t iteration = 0;
    while (rec.size() < events) {
        rec.append(tr::EventKind::IterationBegin, ++iteration, static_cast<uint32_t>(line.size()),
                   static_cast<uint32_t>(due.size()));
        for (const tr::TaskId id : line) {
            Sleeper& sleeper = sleepers[id];
            rec.set_line(1 + id % 40);
            rec.append_because(sleeper.queued, tr::EventKind::TaskResumed, id);
            sleeper.future = rec.new_future();
            sleeper.handle = rec.new_handle();
            const int64_t when = rec.now() + (1 + id * 7919 % 97) * 10'000;
            rec.append(tr::EventKind::FutureCreated, sleeper.future);
            sleeper.scheduled = rec.append(tr::EventKind::TimerScheduled, sleeper.handle, 0,
                                           rec.wide(when), tr::TimerKind::Sleep);
            rec.append(tr::EventKind::TaskSuspended, id, sleeper.handle, sleeper.future,
                       tr::AwaitKind::Sleep);
            due.emplace(when, id);
        }
        line.clear();
        rec.append(tr::EventKind::IterationEnd, iteration);
        const int64_t next = due.begin()->first;
        rec.append(tr::EventKind::PollBegin, 0, 0, rec.wide(next - rec.now()),
                   tr::PollTimeout::Finite);
        rec.set_now(next);
        rec.append(tr::EventKind::PollEnd);
        while (!due.empty() && due.begin()->first <= next) {
            const tr::TaskId id = due.begin()->second;
            due.erase(due.begin());
            const auto fired = rec.append_because(sleepers[id].scheduled, tr::EventKind::TimerFired,
                                                  sleepers[id].handle, 0, rec.wide(0));
            line.push_back(id);
            sleepers[id].queued = fired;
        }
        rec.append(tr::EventKind::IterationBegin, ++iteration, static_cast<uint32_t>(line.size()),
                   static_cast<uint32_t>(due.size()));
        for (const tr::TaskId id : line) {
            rec.append_because(sleepers[id].queued, tr::EventKind::CallbackBegin,
                               sleepers[id].handle);
            const auto resolved = rec.append(tr::EventKind::FutureResolved, sleepers[id].future, 0,
                                             0, tr::Outcome::Result);
            sleepers[id].queued =
                rec.append_because(resolved, tr::EventKind::TaskEnqueued, id, sleepers[id].future,
                                   0, tr::EnqueueReason::Timer);
            rec.append(tr::EventKind::CallbackEnd, sleepers[id].handle);
        }
        rec.append(tr::EventKind::IterationEnd, iteration);
    }
    rec.append(tr::EventKind::LoopStopped, 0, 0, 0, tr::StopReason::Completed);
    rec.finish(tr::EndReason::Completed, 0);
    return rec;
}

}  // namespace loopglass::testing
