// AppState: what the reader's actions do, without a window.
#include "app/gui/state.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/gui/documents.hpp"

using namespace loopglass;
using namespace loopglass::gui;
using loopglass::testing::document_of;
using loopglass::testing::lesson_document;
using trace::EventIndex;
using trace::StepSize;

namespace {

// Steps to the end, past every question.
std::vector<EventIndex> walk(AppState& state, int direction) {
    std::vector<EventIndex> stops{state.focus()};
    while (stops.size() < 10'000) {
        state.apply(StepBy{direction});
        if (state.open_prediction()) state.apply(ShowAnswer{});
        if (state.focus() == stops.back()) break;
        stops.push_back(state.focus());
    }
    return stops;
}

}  // namespace

TEST_CASE("steps back are steps forth in reverse, for every size") {
    for (const StepSize size : {StepSize::Event, StepSize::Statement, StepSize::Switch,
                                StepSize::Iteration, StepSize::ClockJump}) {
        CAPTURE(static_cast<int>(size));
        AppState state(document_of(testing::lesson_7()));
        state.apply(SetStepSize{size});
        state.apply(StepBy{+1});
        std::vector<EventIndex> forth = walk(state, +1);
        CHECK(forth.size() > 2);
        CHECK(std::is_sorted(forth.begin(), forth.end()));
        std::vector<EventIndex> back = walk(state, -1);
        std::reverse(back.begin(), back.end());
        REQUIRE(back.size() >= forth.size());
        back.erase(back.begin(), back.end() - static_cast<ptrdiff_t>(forth.size()));
        CHECK(back == forth);
    }
}

TEST_CASE("a seek shows the world at that event and stays inside the run") {
    AppState state(document_of(testing::lesson_7()));
    for (EventIndex event = 0; event < state.timeline().size(); event += 7) {
        state.apply(Seek{event});
        CHECK(state.focus() == event);
        CHECK(state.model().next() == event + 1);
        CHECK_FALSE(state.sentence().empty());
    }
    state.apply(Seek{trace::kNoEvent - 1});
    CHECK(state.focus() == state.timeline().size() - 1);
    state.apply(GoFirst{});
    CHECK(state.focus() == 0);
    state.apply(GoLast{});
    CHECK(state.focus() == state.timeline().size() - 1);
}

TEST_CASE("playing steps at its speed, stops at the end and starts over from there") {
    AppState state(document_of(testing::lesson_7()));
    CHECK_FALSE(state.tick(10));
    state.apply(SetSpeed{2});
    state.apply(TogglePlay{});
    CHECK(state.playing());
    CHECK_FALSE(state.tick(0.3f));
    CHECK(state.focus() == 0);
    CHECK(state.tick(0.3f));
    const EventIndex first = state.focus();
    CHECK(first > 0);
    state.apply(TogglePlay{});
    CHECK_FALSE(state.tick(10));
    CHECK(state.focus() == first);
    state.apply(TogglePlay{});
    for (int i = 0; i < 1000 && state.playing(); ++i) state.tick(1);
    CHECK_FALSE(state.playing());
    state.apply(GoLast{});
    state.apply(TogglePlay{});
    CHECK(state.focus() == 0);
    CHECK(state.playing());
    state.apply(StepBy{+1});
    CHECK_FALSE(state.playing());
}

TEST_CASE("a question stops the step and playing until it is answered") {
    AppState state(lesson_document());
    const EventIndex at = state.document().predictions[0].at;
    for (int i = 0; i < 100 && !state.open_prediction(); ++i) state.apply(StepBy{+1});
    REQUIRE(state.open_prediction());
    CHECK(state.focus() == at);
    state.apply(StepBy{+1});
    CHECK(state.focus() == at);
    state.apply(TogglePlay{});
    state.tick(5);
    CHECK_FALSE(state.playing());
    CHECK(state.focus() == at);
    state.apply(Answer{7});
    CHECK(state.wrong_tries() == 0);
    state.apply(Answer{0});
    state.apply(Answer{0});
    CHECK(state.wrong_tries() == 1);
    CHECK(state.told_prediction() == nullptr);
    state.apply(Answer{2});
    CHECK(state.open_prediction() == nullptr);  // two tries, then the answer is told
    REQUIRE(state.told_prediction() != nullptr);
    CHECK_FALSE(state.told_right());
    CHECK(state.answered(0));
    state.apply(StepBy{+1});
    CHECK(state.focus() > at);
    CHECK(state.told_prediction() == nullptr);
    CHECK(state.wrong_choices().empty());
}

TEST_CASE("nothing beyond the next question may be shown before it is answered") {
    AppState state(lesson_document());
    const EventIndex at = state.document().predictions[0].at, last = state.timeline().size() - 1;
    CHECK(state.horizon() == at);
    CHECK(state.asks_later());
    state.apply(Seek{at});
    CHECK(state.horizon() == at);
    state.apply(ShowAnswer{});
    CHECK(state.horizon() == last);
    CHECK_FALSE(state.asks_later());
    state.apply(GoFirst{});
    CHECK(state.horizon() == last);
}

TEST_CASE("a step, forth or back, does not jump over a page of the lesson") {
    Document document = lesson_document();
    document.predictions.clear();
    const EventIndex early = 3, late = 5;
    document.pages = {{"One", "", 0}, {"Two", "", early}, {"Three", "", late}};
    AppState state(std::move(document));
    state.apply(SetStepSize{trace::StepSize::ClockJump});
    for (const EventIndex there : {early, late}) {
        state.apply(StepBy{+1});
        CHECK(state.focus() == there);
    }
    state.apply(StepBy{+1});
    CHECK(state.focus() > late);
    for (const EventIndex there : {late, early, EventIndex{0}}) {
        state.apply(StepBy{-1});
        CHECK(state.focus() == there);
    }
}

TEST_CASE("a lesson brings its size of a step, and a run without time shows its events") {
    Document document = lesson_document();
    document.step = trace::StepSize::Statement;
    AppState state(std::move(document));
    CHECK(state.step_size() == trace::StepSize::Statement);
    CHECK(state.axis() == trace::Axis::Time);
    state.apply(SetStepSize{trace::StepSize::Switch});
    CHECK(state.step_size() == trace::StepSize::Switch);
    trace::Recording run;
    testing::MiniLoop(run, {{"main", {{testing::Op::Yield}, {testing::Op::Print}}}}).run();
    REQUIRE(run.duration() == 0);
    state.open(document_of(std::move(run)));
    CHECK(state.axis() == trace::Axis::Events);
    state.apply(SetAxis{trace::Axis::Time});
    CHECK(state.axis() == trace::Axis::Time);
}

TEST_CASE("lines are put in order one by one; the whole order is the answer") {
    gui::Document document = lesson_document();
    gui::Prediction& asked = document.predictions[0];
    asked.lines = {"c", "a", "b"};
    asked.choices = {"a, c, b", "a, b, c", "c, b, a"};
    asked.right = 1;
    AppState state(std::move(document));
    for (int i = 0; i < 100 && !state.open_prediction(); ++i) state.apply(StepBy{+1});
    REQUIRE(state.open_prediction());
    state.apply(Answer{1});  // a key picks a line as a click does
    state.apply(PickLine{0});
    CHECK(state.picked() == std::vector<int>{1, 0});
    state.apply(PickLine{-1});
    state.apply(PickLine{1});  // a second click takes it back
    CHECK(state.picked().empty());
    for (const int line : {1, 0, 2}) state.apply(PickLine{line});
    CHECK(state.wrong_tries() == 1);
    CHECK(state.wrong_choices() == std::vector<int>{0});
    CHECK(state.picked().empty());
    for (const int line : {1, 2, 0}) state.apply(PickLine{line});
    REQUIRE(state.told_prediction());
    CHECK(state.told_right());
}

TEST_CASE("an answer is written where it is asked so; whatever else it says is wrong") {
    gui::Document document = lesson_document();
    document.predictions[0].typed = true;
    const auto& choices = document.predictions[0].choices;
    const std::string right = choices[static_cast<size_t>(document.predictions[0].right)];
    AppState state(std::move(document));
    for (int i = 0; i < 100 && !state.open_prediction(); ++i) state.apply(StepBy{+1});
    state.apply(HandIn{});  // nothing was written
    CHECK(state.wrong_tries() == 0);
    state.apply(WriteAnswer{"nobody thought of this"});
    state.apply(HandIn{});
    CHECK(state.wrong_tries() == 1);
    CHECK(state.written().empty());
    state.apply(WriteAnswer{"  " + right + " "});
    state.apply(HandIn{});
    REQUIRE(state.told_prediction());
    CHECK(state.told_right());
}

TEST_CASE("a lesson brings its clothes until the reader chooses") {
    gui::Document document = lesson_document();
    document.clothes = trace::Clothes::Restaurant;
    AppState state(lesson_document());
    CHECK(state.clothes() == trace::Clothes::Asyncio);
    state.open(std::move(document));
    CHECK(state.clothes() == trace::Clothes::Restaurant);
    CHECK(state.settings.clothes == trace::Clothes::Asyncio);  // remembered: the reader's own
    state.apply(SetClothes{trace::Clothes::Theatre});
    CHECK(state.clothes() == trace::Clothes::Theatre);
    document = lesson_document();
    document.clothes = trace::Clothes::Restaurant;
    state.open(std::move(document));
    CHECK(state.clothes() == trace::Clothes::Theatre);
}

TEST_CASE("a wrong answer that a wrong idea leads to can be run beside the truth") {
    gui::Document document = lesson_document();
    document.lesson = "asleep";
    document.predictions[0].rules = {"time-sleep-blocks-one-task", "", ""};
    document.predictions[0].replays = {0, -1, -1};
    gui::Comparison replay;
    replay.right_recording = std::make_unique<trace::Recording>(testing::lesson_7());
    replay.right = std::make_unique<trace::Timeline>(*replay.right_recording);
    replay.right->update();
    document.comparisons.push_back(std::move(replay));
    AppState state(std::move(document));
    state.apply(Seek{state.document().predictions[0].at});
    CHECK(state.replay() == -1);
    state.apply(Answer{0});
    CHECK(state.replay() == 0);
    state.apply(OpenCompare{state.replay()});
    CHECK(state.compare_open == 0);
    state.apply(OpenCompare{-1});
    CHECK(state.compare_open == -1);
    state.apply(OpenCompare{7});
    CHECK(state.compare_open == -1);
    state.apply(Answer{2});  // no idea leads to this one: the one before is still there to run
    REQUIRE(state.told_prediction() != nullptr);
    CHECK(state.replay() == 0);
    REQUIRE(state.notes.size() == 1);
    CHECK(state.notes[0].prediction == 0);
    CHECK(state.notes[0].wrong == std::vector<int>{0, 2});
    CHECK_FALSE(state.notes[0].right);
}

TEST_CASE("a page's goal and comparison stay when the script is changed and run again") {
    gui::Document document = lesson_document();
    document.goals.push_back({"Be quicker.", "", 0, {}, false});
    gui::Comparison pair;
    for (auto* side : {&pair.left_recording, &pair.right_recording})
        *side = std::make_unique<trace::Recording>(testing::lesson_7());
    pair.left = std::make_unique<trace::Timeline>(*pair.left_recording);
    pair.right = std::make_unique<trace::Timeline>(*pair.right_recording);
    pair.page = 0;
    document.comparisons.push_back(std::move(pair));
    AppState state(std::move(document));
    state.apply(GoPage{-1});
    CHECK(state.page_comparison() == 0);
    REQUIRE(state.page_goal() != nullptr);
    state.apply(GoLast{});
    state.apply(GoPage{-1});
    REQUIRE(state.page() == 0);
    state.replace_run(document_of(testing::lesson_7()));
    CHECK(state.page() == 0);
    CHECK(state.page_comparison() == 0);
    REQUIRE(state.page_goal() != nullptr);
    std::vector<gui::GoalCard> judged = state.document().goals;
    judged[0].reached = true;
    state.set_goals(std::move(judged));
    CHECK(state.page_goal()->reached);
}

TEST_CASE("a right answer is told as right until the reader goes on") {
    AppState state(lesson_document());
    state.apply(Seek{state.document().predictions[0].at});
    state.apply(Answer{1});
    REQUIRE(state.told_prediction() != nullptr);
    CHECK(state.told_right());
    CHECK(state.prediction_number() == 1);
    state.apply(GoFirst{});
    CHECK(state.told_prediction() == nullptr);
}

TEST_CASE("playing stops at breakpoints on a line, a print and a task's state") {
    AppState state(document_of(testing::lesson_7()));
    const trace::Recording& rec = *state.document().recording;
    const auto stops_at = [&](const Breakpoint& breakpoint) {
        state.apply(ClearBreakpoints{});
        state.apply(GoFirst{});
        state.apply(ToggleBreakpoint{breakpoint});
        CHECK(state.has_breakpoint(breakpoint));
        state.apply(TogglePlay{});
        for (int i = 0; i < 400 && state.playing(); ++i) state.tick(1);
        return rec[state.focus()];
    };
    CHECK(stops_at({Breakpoint::Kind::Print}).kind == trace::EventKind::Printed);
    const trace::Event waits = stops_at({Breakpoint::Kind::Phase, 0, 2, trace::TaskPhase::Waiting});
    CHECK(waits.kind == trace::EventKind::TaskSuspended);
    CHECK(waits.subject == 2);
    const uint32_t line = rec[state.timeline().prints().at(1)].line;
    CHECK(stops_at({Breakpoint::Kind::Line, line}).line == line);
    const EventIndex first = state.focus();
    state.apply(RunToStop{+1});
    CHECK(state.focus() >= first);
    state.apply(GoLast{});
    state.apply(RunToStop{-1});
    CHECK(rec[state.focus()].line == line);
}

TEST_CASE("a drag leaves one entry to undo") {
    AppState state(document_of(testing::lesson_7()));
    state.apply(Seek{10});
    state.apply(Seek{10, Gesture::Begin});
    for (const EventIndex event : {20u, 30u, 25u}) state.apply(Seek{event, Gesture::Continue});
    CHECK(state.focus() == 25);
    state.apply(UndoNavigation{-1});
    CHECK(state.focus() == 10);
    state.apply(UndoNavigation{-1});
    CHECK(state.focus() == 0);
}

TEST_CASE("a selected task is reported at the focus") {
    AppState state(document_of(testing::lesson_7()));
    CHECK(state.report().task == 0);
    state.apply(SelectTask{2});
    CHECK(state.side() == Side::Task);
    CHECK(state.report().task == 2);
    state.apply(GoLast{});
    CHECK(trace::is_over(state.report().state.phase));
    CHECK(state.report().history.size() >= 2);
    CHECK(state.report().numbers.times.waiting > 0);
}

TEST_CASE("the tour walks forward with the steps it asks for, and is remembered as seen") {
    AppState state(document_of(testing::lesson_7()));
    state.apply(StartTour{});
    CHECK(state.tour() == 0);
    state.apply(StepBy{-1});
    CHECK(state.tour() == 0);
    for (int i = 1; i <= 3; ++i) {
        state.apply(StepBy{+1});
        CHECK(state.tour() == i);
    }
    state.apply(StepBy{+1});
    CHECK(state.tour() == 3);
    state.apply(StepBy{-1});
    CHECK(state.tour() == 4);
    state.apply(TourStep{+1});
    CHECK(state.tour() == -1);
    CHECK(state.settings.tour_seen);
}

TEST_CASE("wrong answers are forgotten when the reader walks away, and the answer can be shown") {
    AppState state(lesson_document());
    const EventIndex at = state.document().predictions[0].at;
    state.apply(Seek{at});
    state.apply(Answer{0});
    state.apply(GoFirst{});
    state.apply(Seek{at});
    CHECK(state.wrong_tries() == 0);
    CHECK(state.wrong_choices().empty());
    state.apply(ShowAnswer{});
    CHECK(state.answered(0));
}

TEST_CASE("bookmarks stay in order and are walked round") {
    AppState state(document_of(testing::lesson_7()));
    state.apply(JumpBookmark{+1});
    CHECK(state.focus() == 0);
    for (const EventIndex event : {20u, 5u, 12u}) {
        state.apply(Seek{event});
        state.apply(ToggleBookmark{});
    }
    CHECK(state.bookmarks() == std::vector<EventIndex>{5, 12, 20});
    state.apply(JumpBookmark{+1});
    CHECK(state.focus() == 20);
    state.apply(JumpBookmark{+1});
    CHECK(state.focus() == 5);
    state.apply(JumpBookmark{-1});
    CHECK(state.focus() == 20);
    state.apply(ToggleBookmark{});
    CHECK(state.bookmarks() == std::vector<EventIndex>{5, 12});
}

TEST_CASE("navigation is undone and done again") {
    AppState state(document_of(testing::lesson_7()));
    for (const EventIndex event : {10u, 30u, 20u}) state.apply(Seek{event});
    state.apply(UndoNavigation{-1});
    CHECK(state.focus() == 30);
    state.apply(UndoNavigation{-1});
    CHECK(state.focus() == 10);
    state.apply(UndoNavigation{+1});
    CHECK(state.focus() == 30);
    state.apply(UndoNavigation{+1});
    CHECK(state.focus() == 20);
    state.apply(UndoNavigation{+1});
    CHECK(state.focus() == 20);
    for (int i = 0; i < 5; ++i) state.apply(UndoNavigation{-1});
    CHECK(state.focus() == 0);
}

TEST_CASE("causes and effects lead to each other's neighbourhood") {
    AppState state(document_of(testing::lesson_7()));
    const trace::Recording& recording = state.timeline().recording();
    EventIndex caused = 0;
    while (recording[caused].cause == trace::kNoEvent) ++caused;
    state.apply(Seek{caused});
    state.apply(JumpCause{-1});
    CHECK(state.focus() == recording[caused].cause);
    state.apply(JumpCause{+1});
    CHECK(recording[state.focus()].cause == recording[caused].cause);
}

TEST_CASE("the same run again keeps the focus; another one goes to the first difference") {
    AppState state(document_of(testing::lesson_7(), "kept"));
    state.apply(Seek{40});
    state.replace_run(document_of(testing::lesson_7(), "new"));
    CHECK(state.focus() == 40);
    CHECK(state.document().title == "kept");

    const trace::Recording before = testing::random_run(1), after = testing::random_run(2);
    EventIndex difference = 0;
    while (before[difference].kind == after[difference].kind &&
           before[difference].subject == after[difference].subject &&
           before.time(difference) == after.time(difference))
        ++difference;
    AppState other(document_of(testing::random_run(1)));
    other.apply(GoLast{});
    other.replace_run(document_of(testing::random_run(2)));
    CHECK(other.focus() == difference);
}

TEST_CASE("settings stay within their limits") {
    AppState state(document_of(testing::lesson_7()));
    for (int i = 0; i < 50; ++i) state.apply(ScaleText{+1});
    CHECK(state.settings.text_scale == doctest::Approx(2));
    state.apply(ScaleText{0});
    CHECK(state.settings.text_scale == doctest::Approx(1));
    state.apply(SetDetail{9});
    CHECK(state.settings.detail == 3);
    state.apply(SetSpeed{1000});
    CHECK(state.settings.speed == doctest::Approx(64));
    state.apply(SetView{5, 5});
    CHECK(state.view_end() > state.view_begin());
    const std::string plain = state.sentence();
    state.apply(Seek{20});
    const std::string asyncio = state.sentence();
    state.apply(SetClothes{trace::Clothes::Restaurant});
    CHECK(state.sentence() != asyncio);
}

TEST_CASE("the view follows the focus") {
    AppState state(document_of(testing::lesson_7()));
    state.apply(SetView{0, 1e8});
    state.apply(GoLast{});
    const auto at =
        static_cast<double>(state.timeline().position(trace::Axis::Time, state.focus()));
    CHECK(at >= state.view_begin());
    CHECK(at <= state.view_end());
    CHECK(state.view_end() - state.view_begin() == doctest::Approx(1e8));
}
