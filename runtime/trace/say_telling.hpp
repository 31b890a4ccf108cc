// Inside the say-it line: an event about to be told, and how the things in it are called. Not for
// others.
#pragma once

#include <string>

#include "runtime/base/text.hpp"
#include "runtime/trace/say.hpp"

namespace loopglass::trace::telling {

using base::cat;

struct Telling {
    const Timeline& timeline;
    const Recording& rec;
    const Model& after;
    EventIndex index;
    const Event& e;
    const Words& w;
    Clothes clothes;

    [[nodiscard]] std::string task(TaskId id) const { return timeline.label(id); }
    [[nodiscard]] std::string subject() const { return timeline.label(e.subject); }
    [[nodiscard]] std::string text(TextId id) const { return std::string(rec.text_of(id)); }
    [[nodiscard]] std::string at(int64_t ns) const { return cat(seconds_text(ns), " s"); }
    [[nodiscard]] std::string now() const { return at(rec.time(index)); }
    [[nodiscard]] int64_t wide() const { return rec.wide_of(e.arg); }
    // The task that has the turn, or the loop, as the one who did it.
    [[nodiscard]] std::string doer() const {
        const TaskId actor = timeline.actor(index);
        return actor != 0 ? task(actor) : std::string(w.loop);
    }
    [[nodiscard]] std::string reason() const {
        return e.cause < index
                   ? say_reason(timeline, e.cause, subject_is_task(e.kind) ? e.subject : 0, clothes)
                   : std::string("the script says so");
    }
};

std::string first_line(std::string_view text, size_t most = 40);
std::string future_name(const Telling& t, uint32_t future);
std::string sync_name(const Telling& t, SyncId id);
std::string group_name(const Telling& t, GroupId id);
std::string created_text(const Telling& t, FieldType type, uint32_t id, std::string_view otherwise);
std::string thread_name(const Telling& t, ThreadId id);
std::string work_name(const Telling& t, WorkId id);
std::string socket_name(const Telling& t, SocketId id);
std::string callback_name(const Telling& t);
std::string printer_name(const Telling& t);
std::string in_line(const Telling& t);
std::string somebody_else(const Telling& t);
std::string creation_reason(TaskOrigin origin);
std::string stop_reason(StopReason reason);
std::string sync_clause(const Telling& t);
std::string sync_reason(const Telling& t);
std::string enqueue_reason(const Telling& t);
std::string wait_clause(const Telling& t);
std::string wait_reason(const Telling& t);
std::string poll_clause(const Telling& t);
std::string poll_reason(const Telling& t);
std::string clock_reason(const Telling& t);
std::string blocked_clause(const Telling& t);
std::string outcome_verb(Outcome outcome);
std::string resume_reason(const Telling& t);

}  // namespace loopglass::trace::telling
