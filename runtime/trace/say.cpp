// One row per kind of event: what happens, and why.
#include "runtime/trace/say.hpp"

#include "runtime/trace/say_telling.hpp"

namespace loopglass::trace {
namespace {

using namespace telling;

// Of a traceback its last line, which names the exception; of anything else the first.
std::string telling_line(const Telling& t) {
    std::string_view text = t.rec.text_of(t.e.object);
    while (!text.empty() && text.back() == '\n') text.remove_suffix(1);
    const size_t last = text.rfind('\n');
    if (t.e.detail_as<Stream>() == Stream::Stderr && last != std::string_view::npos)
        text.remove_prefix(last + 1);
    return first_line(text);
}

using Part = std::string (*)(const Telling&);
struct Row {
    EventKind kind;
    Part clause;
    Part because;
};

// The table: in the order of event_kinds.def.
constexpr Row kRows[] = {
    {EventKind::LoopStarted, [](const Telling& t) { return cat(t.w.loop, " starts"); },
     [](const Telling& t) {
         constexpr std::string_view kEntries[] = {"asyncio.run", "run_until_complete",
                                                  "run_forever", "a nested run"};
         return cat(kEntries[t.e.detail & 3], " was called");
     }},
    {EventKind::LoopStopped, [](const Telling& t) { return cat(t.w.loop, " stops"); },
     [](const Telling& t) { return stop_reason(t.e.detail_as<StopReason>()); }},
    {EventKind::IterationBegin,
     [](const Telling& t) {
         return cat(t.w.loop, " begins ", t.w.pass, " ", t.e.subject, " with ", t.e.object, " ",
                    t.w.line);
     },
     [](const Telling& t) {
         return cat("only those who stand there now are served; later ones wait for the next ",
                    t.w.pass);
     }},
    {EventKind::IterationEnd,
     [](const Telling& t) { return cat(t.w.loop, " ends ", t.w.pass, " ", t.e.subject); },
     [](const Telling&) {
         return std::string("everybody who was there when it began has had a turn");
     }},
    {EventKind::PollBegin, poll_clause, poll_reason},
    {EventKind::PollEnd,
     [](const Telling& t) {
         return t.e.subject == 0 ? cat(t.w.loop, " has no news from sockets or threads")
                                 : cat(t.w.loop, " has ", t.e.subject, " news");
     },
     [](const Telling& t) {
         return std::string(t.e.subject == 0 ? "none of them is ready"
                                             : "sockets or threads are ready");
     }},
    {EventKind::ClockAdvanced,
     [](const Telling& t) {
         return cat("the clock jumps from ", t.at(t.rec.time(t.index) - t.wide()), " to ", t.now());
     },
     clock_reason},
    {EventKind::TaskCreated,
     [](const Telling& t) {
         return cat(t.task(t.timeline.task(t.e.subject).parent), " creates the ", t.w.task, " ",
                    t.subject());
     },
     [](const Telling& t) { return creation_reason(t.e.detail_as<TaskOrigin>()); }},
    {EventKind::TaskEnqueued,
     [](const Telling& t) {
         const int32_t place = t.after.ready_position(t.e.subject);
         return place <= 0 ? cat(t.subject(), " ", t.w.joins)
                           : cat(t.subject(), " ", t.w.joins, " as number ", place + 1);
     },
     enqueue_reason},
    {EventKind::TaskResumed, [](const Telling& t) { return cat(t.subject(), " ", t.w.gets_turn); },
     resume_reason},
    {EventKind::TaskSuspended, wait_clause, wait_reason},
    {EventKind::TaskDone, [](const Telling& t) { return cat(t.subject(), " ", t.w.ends); },
     [](const Telling& t) {
         return t.e.object == 0 ? std::string("its function has returned")
                                : cat("its function has returned ", first_line(t.text(t.e.object)));
     }},
    {EventKind::TaskFailed, [](const Telling& t) { return cat(t.subject(), " fails"); },
     [](const Telling& t) {
         return cat("nobody inside it caught ", first_line(t.text(t.e.object), 80));
     }},
    {EventKind::TaskCancelled,
     [](const Telling& t) { return cat(t.subject(), " ends as cancelled"); },
     [](const Telling&) { return std::string("CancelledError left its function"); }},
    {EventKind::CancelRequested,
     [](const Telling& t) {
         return cat(t.e.object != 0 ? t.task(t.e.object) : t.doer(), " asks ", t.subject(),
                    " to cancel");
     },
     [](const Telling&) {
         return std::string(
             "cancel() was called; it takes effect when that task next gets the turn");
     }},
    {EventKind::CancelDelivered,
     [](const Telling& t) { return cat(t.subject(), " receives CancelledError at its await"); },
     [](const Telling& t) { return t.reason(); }},
    {EventKind::CancelSwallowed,
     [](const Telling& t) { return cat(t.subject(), " goes on as if nothing had happened"); },
     [](const Telling&) {
         return std::string("it caught CancelledError and did not raise it again");
     }},
    {EventKind::Uncancelled,
     [](const Telling& t) { return cat(t.subject(), " takes one cancel request back"); },
     [](const Telling& t) { return cat("uncancel() was called; ", t.e.arg, " remain"); }},
    {EventKind::FutureCreated,
     [](const Telling& t) { return cat(t.doer(), " makes ", future_name(t, t.e.subject)); },
     [](const Telling&) {
         return std::string("something will be known later that is not known yet");
     }},
    {EventKind::FutureResolved,
     [](const Telling& t) {
         return cat(future_name(t, t.e.subject), " ", outcome_verb(t.e.detail_as<Outcome>()));
     },
     [](const Telling& t) { return t.e.arg != 0 ? cat(t.task(t.e.arg), " says so") : t.reason(); }},
    {EventKind::CallbackAdded,
     [](const Telling& t) {
         return cat(t.doer(), " leaves ", t.text(t.e.object), " with ",
                    future_name(t, t.e.subject));
     },
     [](const Telling&) { return std::string("it wants to be called when that is done"); }},
    {EventKind::CallbackScheduled,
     [](const Telling& t) { return cat("the callback ", callback_name(t), " ", t.w.joins); },
     [](const Telling& t) {
         return t.e.object != 0 ? cat(future_name(t, t.e.object), " is done")
                                : std::string("call_soon was called");
     }},
    {EventKind::CallbackBegin,
     [](const Telling& t) { return cat(t.w.loop, " calls ", callback_name(t)); },
     [](const Telling& t) { return cat("it is first ", t.w.line); }},
    {EventKind::CallbackEnd,
     [](const Telling& t) { return cat("a callback returns to ", t.w.loop); },
     [](const Telling&) { return std::string("callbacks run to their end without a pause"); }},
    {EventKind::CallbackCancelled,
     [](const Telling& t) { return cat(t.doer(), " cancels a callback"); },
     [](const Telling&) { return std::string("it is no longer wanted; it will be passed over"); }},
    {EventKind::CallbackSkipped,
     [](const Telling& t) { return cat(t.w.loop, " passes over a callback"); },
     [](const Telling&) { return std::string("it was cancelled while it stood there"); }},
    {EventKind::TimerScheduled,
     [](const Telling& t) { return cat(t.doer(), " sets a ", t.w.timer, " for ", t.at(t.wide())); },
     [](const Telling& t) {
         return t.e.detail_as<TimerKind>() == TimerKind::Sleep
                    ? std::string("it wants to sleep until then")
                    : cat(callback_name(t), " is to be called then");
     }},
    {EventKind::TimerFired,
     [](const Telling& t) { return cat("a ", t.w.timer, " rings and its callback ", t.w.joins); },
     [](const Telling& t) {
         const int64_t late = t.wide();
         return late < 1'000'000 ? cat("it is ", t.now())
                                 : cat("it was due at ", t.at(t.rec.time(t.index) - late),
                                       " and nobody could hear it before");
     }},
    {EventKind::TimerCancelled,
     [](const Telling& t) { return cat("a ", t.w.timer, " is switched off"); },
     [](const Telling& t) {
         const EventKind cause = t.e.cause < t.index ? t.rec[t.e.cause].kind : EventKind::Gap;
         return cause == EventKind::CancelRequested || cause == EventKind::LoopClosed
                    ? t.reason()
                    : std::string("nobody waits for it any more");
     }},
    {EventKind::SyncCreated,
     [](const Telling& t) { return cat(t.doer(), " makes ", sync_name(t, t.e.subject)); },
     [](const Telling&) { return std::string("tasks want to agree on something through it"); }},
    {EventKind::SyncChanged, sync_clause, sync_reason},
    {EventKind::GroupCreated,
     [](const Telling& t) {
         return cat(t.task(t.e.object), " begins ", group_name(t, t.e.subject));
     },
     [](const Telling&) { return std::string("it wants to wait for several things as one"); }},
    {EventKind::GroupChild,
     [](const Telling& t) {
         return cat(future_name(t, t.e.object), " joins ", group_name(t, t.e.subject));
     },
     [](const Telling&) { return std::string("it is one of those to be waited for"); }},
    {EventKind::GroupDone,
     [](const Telling& t) { return cat(group_name(t, t.e.subject), " is finished"); },
     [](const Telling& t) {
         const auto outcome = t.e.detail_as<Outcome>();
         return std::string(outcome == Outcome::Result      ? "what it waited for has happened"
                            : outcome == Outcome::Exception ? "one of its members failed"
                                                            : "it was cancelled");
     }},
    {EventKind::TimeoutArmed,
     [](const Telling& t) {
         return t.e.object == 0 ? cat(group_name(t, t.e.subject), " has no deadline")
                                : cat(group_name(t, t.e.subject), " is set to ", t.at(t.wide()));
     },
     [](const Telling&) { return std::string("the block it guards must not take longer"); }},
    {EventKind::TimeoutExpired,
     [](const Telling& t) {
         return cat(group_name(t, t.e.subject), " cancels ", t.task(t.e.object));
     },
     [](const Telling& t) { return cat("its deadline has passed at ", t.now()); }},
    {EventKind::BlockedBegin, blocked_clause,
     [](const Telling& t) {
         return cat("only the running ", t.w.task, " can give ", t.w.turn, " back");
     }},
    {EventKind::BlockedEnd,
     [](const Telling& t) {
         return cat(t.subject(), " goes on after blocking everybody for ", t.at(t.wide()));
     },
     [](const Telling&) { return std::string("the call has returned"); }},
    {EventKind::ThreadStarted,
     [](const Telling& t) { return cat("the thread ", thread_name(t, t.e.subject), " starts"); },
     [](const Telling&) { return std::string("work is to be done beside the loop"); }},
    {EventKind::ThreadEnded,
     [](const Telling& t) { return cat("the thread ", thread_name(t, t.e.subject), " ends"); },
     [](const Telling&) { return std::string("it has nothing left to do"); }},
    {EventKind::ThreadBlocked,
     [](const Telling& t) {
         return cat("the thread ", thread_name(t, t.e.subject), " waits in ", t.text(t.e.object));
     },
     [](const Telling&) { return std::string("it blocks only itself, not the loop"); }},
    {EventKind::ThreadContinues,
     [](const Telling& t) { return cat("the thread ", thread_name(t, t.e.subject), " goes on"); },
     [](const Telling&) { return std::string("its blocking call has returned"); }},
    {EventKind::WorkSubmitted,
     [](const Telling& t) {
         return cat(t.doer(), " hands ", work_name(t, t.e.subject), " to a thread");
     },
     [](const Telling&) { return std::string("it would block the loop"); }},
    {EventKind::WorkBegan,
     [](const Telling& t) {
         return cat(thread_name(t, t.e.object), " begins ", work_name(t, t.e.subject));
     },
     [](const Telling&) { return std::string("it is free and this work is next"); }},
    {EventKind::WorkEnded,
     [](const Telling& t) {
         return cat(thread_name(t, t.e.object), " finishes ", work_name(t, t.e.subject));
     },
     [](const Telling& t) {
         return std::string(t.e.detail_as<Outcome>() == Outcome::Result
                                ? "the function has returned"
                                : "the function has raised");
     }},
    {EventKind::SocketOpened,
     [](const Telling& t) { return cat(t.doer(), " opens ", socket_name(t, t.e.subject)); },
     [](const Telling&) { return std::string("it wants to talk to the other side"); }},
    {EventKind::SocketReady,
     [](const Telling& t) { return cat(socket_name(t, t.e.subject), " is ready"); },
     [](const Telling& t) {
         return std::string(t.e.detail_as<SocketEvent>() == SocketEvent::Writable
                                ? "there is room to write"
                                : "something has arrived");
     }},
    {EventKind::SocketData,
     [](const Telling& t) {
         return cat(socket_name(t, t.e.subject),
                    t.e.detail_as<SocketEvent>() == SocketEvent::Sent ? " sends " : " receives ",
                    t.e.arg, " bytes");
     },
     [](const Telling& t) {
         return std::string(t.e.detail_as<SocketEvent>() == SocketEvent::Sent
                                ? "the script wrote them"
                                : "the other side sent them");
     }},
    {EventKind::SocketClosed,
     [](const Telling& t) { return cat(socket_name(t, t.e.subject), " is closed"); },
     [](const Telling&) { return std::string("the conversation is over"); }},
    {EventKind::Printed,
     [](const Telling& t) {
         return cat(
             printer_name(t),
             t.e.detail_as<Stream>() == Stream::Stdout ? " prints \"" : " writes to stderr \"",
             telling_line(t), "\"");
     },
     [](const Telling& t) {
         if (t.e.line != 0) return cat("line ", t.e.line, " says so");
         const std::string_view text = t.rec.text_of(t.e.object);
         if (text.starts_with("Traceback")) return std::string("nobody caught it");
         return std::string(text.starts_with("  File") ? "it cannot be read as Python"
                                                       : "it was told to");
     }},
    {EventKind::Logged,
     [](const Telling& t) {
         return cat(t.subject(), " logs \"", first_line(t.text(t.e.object)), "\"");
     },
     [](const Telling& t) {
         return cat("something of level ", name_of(t.e.detail_as<LogLevel>()), " happened");
     }},
    {EventKind::UserMark,
     [](const Telling& t) {
         return cat(t.subject(), " marks this moment as \"", first_line(t.text(t.e.object)), "\"");
     },
     [](const Telling&) { return std::string("the script wants it to be found again"); }},
    {EventKind::ExceptionRaised,
     [](const Telling& t) {
         return cat(t.subject(), " raises ", first_line(t.text(t.e.object), 80));
     },
     [](const Telling& t) {
         return t.e.line != 0
                    ? cat("line ", t.e.line, " could not be carried out as written or says so")
                    : std::string("something went wrong");
     }},
    {EventKind::ExceptionNeverRetrieved,
     [](const Telling& t) {
         return cat("the exception of ", future_name(t, t.e.subject), " is lost");
     },
     [](const Telling&) { return std::string("nobody awaited it or asked for its exception"); }},
    {EventKind::CoroutineCreated,
     [](const Telling& t) {
         return cat(t.task(t.e.arg), " makes a coroutine of ", t.text(t.e.object));
     },
     [](const Telling&) { return std::string("calling an async function runs nothing of it"); }},
    {EventKind::CoroutineNeverAwaited,
     [](const Telling& t) {
         return cat("a coroutine of ", t.text(t.e.object), " is thrown away unstarted");
     },
     [](const Telling&) { return std::string("nobody awaited it or made a task of it"); }},
    {EventKind::TaskDestroyedPending,
     [](const Telling& t) { return cat(t.subject(), " disappears before it is done"); },
     [](const Telling&) { return std::string("nobody keeps a reference to it"); }},
    {EventKind::FrameEntered,
     [](const Telling& t) { return cat(t.subject(), " enters ", t.text(t.e.object), "()"); },
     [](const Telling&) {
         return std::string("it calls it or awaits it; no other task gets a turn by that");
     }},
    {EventKind::FrameLeft,
     [](const Telling& t) { return cat(t.subject(), " comes out of ", t.text(t.e.object)); },
     [](const Telling&) { return std::string("that function has ended"); }},
    {EventKind::LineExecuted,
     [](const Telling& t) { return cat(t.subject(), " comes to line ", t.e.line); },
     [](const Telling& t) {
         return cat("it has ", t.w.turn, " and statements run one after the other");
     }},
    {EventKind::VariableChanged,
     [](const Telling& t) {
         if (t.e.arg == 0) return cat(t.subject(), " unbinds ", t.text(t.e.object));
         return cat(t.subject(), " sets ", t.text(t.e.object), " to ", first_line(t.text(t.e.arg)));
     },
     [](const Telling& t) {
         if (t.e.line == 0) return std::string("statements that are not recorded one by one did");
         return cat("line ", t.e.line, t.e.arg == 0 ? " does it" : " binds it");
     }},
    {EventKind::ReplInput,
     [](const Telling& t) { return cat("you enter \"", first_line(t.text(t.e.object)), "\""); },
     [](const Telling&) { return std::string("the prompt was yours"); }},
    {EventKind::LessonCheck,
     [](const Telling& t) {
         return cat("the check \"", first_line(t.text(t.e.object)), "\" ",
                    t.e.detail_as<CheckResult>() == CheckResult::Passed ? "passes" : "fails");
     },
     [](const Telling&) { return std::string("the run was compared with what the lesson asks"); }},
    {EventKind::Gap, [](const Telling& t) { return cat(t.wide(), " events are missing here"); },
     [](const Telling&) { return std::string("the recording was full"); }},
    {EventKind::LinesSkipped,
     [](const Telling& t) {
         return cat(t.subject(), " runs on, and its statements are no longer recorded one by one");
     },
     [](const Telling& t) {
         return cat("it has run ", t.e.arg,
                    " of them in one turn; those in which something happens still are");
     }},
    {EventKind::LoopClosed,
     [](const Telling& t) {
         return cat(t.w.loop, " is closed with ", t.e.subject, " ", t.w.line, " and ", t.e.object,
                    " ", t.w.timer, t.e.object == 1 ? "" : "s", " left");
     },
     [](const Telling&) { return std::string("its work is over; none of them will ever run"); }},
};
static_assert(sizeof kRows / sizeof kRows[0] == kKindCount, "every kind has its sentence");

constexpr bool rows_in_order() {
    for (unsigned i = 0; i < kKindCount; ++i) {
        if (static_cast<unsigned>(kRows[i].kind) != i) return false;
    }
    return true;
}
static_assert(rows_in_order(), "rows stand in the order of event_kinds.def");

// Names of tasks keep their case; "the loop" at the start of a sentence does not.
void capitalise(std::string& sentence, std::string_view task_label) {
    if (sentence.empty() || (!task_label.empty() && sentence.starts_with(task_label))) return;
    constexpr std::string_view kStarts[] = {"the ",    "a ",      "an ",    "you ",
                                            "socket ", "future ", "group ", "object "};
    for (const std::string_view start : kStarts) {
        if (sentence.starts_with(start)) {
            sentence[0] = static_cast<char>(sentence[0] - 'a' + 'A');
            return;
        }
    }
}

}  // namespace

std::string say_reason(const Timeline& timeline, EventIndex index, TaskId task, Clothes clothes) {
    const Recording& rec = timeline.recording();
    const Event& e = rec[index];
    const Words& w = words(clothes);
    const Telling t{timeline, rec, timeline.latest(), index, e, w, clothes};
    switch (e.kind) {
        case EventKind::TimerFired:
            return t.wide() < 1'000'000
                       ? cat("its ", w.timer, " rang at ", t.now())
                       : cat("its ", w.timer, " rang at ", t.at(rec.time(index) - t.wide()),
                             " with nobody to hear it before ", t.now());
        case EventKind::TimerScheduled:
            return cat("a ", w.timer, " was set for ", t.at(t.wide()));
        case EventKind::CallbackBegin: {
            const bool known =
                e.cause < index && (rec[e.cause].kind == EventKind::TimerFired ||
                                    rec[e.cause].kind == EventKind::CallbackScheduled);
            return known ? say_reason(timeline, e.cause, task, clothes) : "a callback ran";
        }
        case EventKind::CallbackScheduled:
            return e.object == 0 ? std::string("call_soon was called")
                                 : cat(future_name(t, e.object), " is done");
        case EventKind::FutureResolved: {
            const bool by_callback =
                e.arg == 0 && e.cause < index && rec[e.cause].kind == EventKind::CallbackBegin;
            const bool cancelled = e.detail_as<Outcome>() == Outcome::Cancelled;
            if (by_callback) return say_reason(timeline, e.cause, task, clothes);
            if (e.arg != 0 && e.arg != task && !cancelled)
                return cat(t.task(e.arg), " made ready what it waited for");
            return cat(future_name(t, e.subject), cancelled ? " was cancelled" : " has its result");
        }
        case EventKind::TaskDone:
            return cat(t.subject(), " is done");
        case EventKind::TaskFailed:
            return cat(t.subject(), " failed");
        case EventKind::TaskCancelled:
            return cat(t.subject(), " was cancelled");
        case EventKind::TaskCreated:
            return cat(t.subject(), " was created");
        case EventKind::TaskSuspended:
            return cat(t.subject(), " gave way");
        case EventKind::TaskEnqueued:
            return cat(t.subject(), " is ", w.line);
        case EventKind::TaskResumed:
            return cat(t.subject(), " has ", w.turn);
        case EventKind::CancelRequested:
            return e.object != 0 ? cat(t.task(e.object), " asked for it to be cancelled")
                                 : std::string("it was asked to cancel");
        case EventKind::CancelDelivered:
            return "CancelledError was raised in it";
        case EventKind::BlockedBegin:
            return cat(t.subject(), " is inside ", t.text(e.object), " and ", w.keeps_turn);
        case EventKind::WorkEnded:
            return cat(work_name(t, e.subject), " is finished in its thread");
        case EventKind::WorkSubmitted:
            return cat(work_name(t, e.subject), " was handed to a thread");
        case EventKind::SocketReady:
            return cat(socket_name(t, e.subject), " is ready");
        case EventKind::SocketData:
            return cat(socket_name(t, e.subject), " has data");
        case EventKind::LoopClosed:
            return cat(t.w.loop, " was closed");
        case EventKind::TimeoutExpired:
            return cat(group_name(t, e.subject), " has run out");
        case EventKind::SyncChanged:
            return sync_clause(t);
        case EventKind::GroupDone:
            return cat(group_name(t, e.subject), " is finished");
        default:
            return cat("of event ", index, ", ", info(e.kind).text_name);
    }
}

std::string say(const Timeline& timeline, const Model& after, EventIndex event, Clothes clothes) {
    const Recording& rec = timeline.recording();
    if (event >= rec.size())
        return "Nothing has happened yet, because the run begins with the next step.";
    const Event& e = rec[event];
    const Telling t{timeline, rec, after, event, e, words(clothes), clothes};
    const Row& row = kRows[static_cast<unsigned>(e.kind)];
    std::string sentence = row.clause(t);
    const bool of_task = subject_is_task(e.kind) && e.subject != 0;
    capitalise(sentence, of_task ? timeline.label(e.subject) : std::string());
    return cat(sentence, ", because ", row.because(t), ".");
}

std::string say(const Timeline& timeline, EventIndex event, Clothes clothes) {
    return say(timeline, timeline.model_at(event), event, clothes);
}

}  // namespace loopglass::trace
