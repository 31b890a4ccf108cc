// The panels, drawn without a display: what a click, a drag and a key do.
#include <doctest/doctest.h>
#include <imgui.h>

#include "tests/gui/desk.hpp"
#include "tests/gui/documents.hpp"

using namespace loopglass;
using namespace loopglass::gui;
using loopglass::testing::Desk;
using loopglass::testing::document_of;
using loopglass::testing::lesson_document;
using trace::EventIndex;

TEST_CASE("the transport moves the focus") {
    Desk desk(document_of(testing::lesson_7()));
    desk.click("transport/step");
    const EventIndex first = desk.state.focus();
    CHECK(first > 0);
    desk.click("transport/step");
    CHECK(desk.state.focus() > first);
    desk.click("transport/back");
    CHECK(desk.state.focus() == first);
    desk.click("transport/last");
    CHECK(desk.state.focus() == desk.state.timeline().size() - 1);
    desk.click("transport/first");
    CHECK(desk.state.focus() == 0);
    desk.click("transport/clock jump");
    CHECK(desk.state.settings.step == trace::StepSize::ClockJump);
    desk.click("transport/play");
    CHECK(desk.state.playing());
}

TEST_CASE("keys move the focus") {
    Desk desk(document_of(testing::lesson_7()));
    desk.key(ImGuiKey_RightArrow);
    CHECK(desk.state.focus() > 0);
    desk.key(ImGuiKey_LeftArrow);
    CHECK(desk.state.focus() == 0);
    desk.key(ImGuiKey_End);
    CHECK(desk.state.focus() == desk.state.timeline().size() - 1);
    desk.key(ImGuiKey_DownArrow);
    CHECK(desk.state.settings.step == trace::StepSize::Iteration);
    desk.type("b");
    CHECK(desk.state.bookmarks().size() == 1);
    desk.key(ImGuiKey_Space);
    CHECK(desk.state.playing());
}

TEST_CASE("a printed line leads to the moment it was printed") {
    Desk desk(document_of(testing::lesson_7()));
    desk.click("transport/last");
    const std::vector<EventIndex>& prints = desk.state.timeline().prints();
    for (size_t i = 0; i < prints.size(); ++i) {
        const std::string name = "output/" + std::to_string(prints.size() - 1 - i);
        if (!desk.probe.find(name)) break;
        desk.click(name);
        CHECK(desk.state.focus() == prints[prints.size() - 1 - i]);
    }
}

TEST_CASE("dragging on the timeline scrubs, the wheel zooms") {
    Desk desk(document_of(testing::lesson_7()));
    const Rect lanes = desk.place("timeline/lanes");
    const float y = lanes.y + 6;
    desk.move({lanes.x + lanes.w * 0.2f, y});
    desk.hold(true);
    const EventIndex early = desk.state.focus();
    desk.move({lanes.x + lanes.w * 0.9f, y});
    desk.frame();
    const EventIndex late = desk.state.focus();
    CHECK(late > early);
    desk.move({lanes.x - 300, y});
    CHECK(desk.state.focus() < late);
    desk.hold(false);
    const double span = desk.state.view_end() - desk.state.view_begin();
    desk.wheel({lanes.x + lanes.w * 0.5f, y}, 1);
    CHECK(desk.state.view_end() - desk.state.view_begin() < span);
}

TEST_CASE("a click on a line of code goes to the next moment it runs") {
    Desk desk(document_of(testing::lesson_7()));
    desk.click("code/line10");
    const std::vector<EventIndex> events = desk.state.timeline().events_on_line(10);
    REQUIRE_FALSE(events.empty());
    CHECK(desk.state.focus() == events.front());
}

TEST_CASE("a question is answered with a click or a digit") {
    Desk desk(lesson_document());
    desk.state.apply(Seek{desk.state.document().predictions[0].at});
    desk.frame();
    desk.click("predict/0");
    CHECK(desk.state.wrong_tries() == 1);
    desk.type("3");
    CHECK(desk.state.told_prediction() != nullptr);
    CHECK(desk.state.answered(0));
}

TEST_CASE("the header changes clothes, theme, detail and type") {
    Desk desk(lesson_document());
    desk.click("header/restaurant");
    CHECK(desk.state.settings.clothes == trace::Clothes::Restaurant);
    desk.click("header/theme");
    CHECK_FALSE(desk.state.settings.dark);
    desk.click("header/detail3");
    CHECK(desk.state.settings.detail == 3);
    desk.click("header/larger");
    CHECK(desk.state.settings.text_scale > 1);
    desk.click("header/smaller");
    CHECK(desk.state.settings.text_scale == doctest::Approx(1));
}

TEST_CASE("the list of keys covers what lies under it and goes away") {
    Desk desk(document_of(testing::lesson_7()));
    desk.click("header/help");
    REQUIRE(desk.state.help_open);
    const EventIndex before = desk.state.focus();
    desk.click("transport/step");
    CHECK(desk.state.focus() == before);
    CHECK_FALSE(desk.state.help_open);
    desk.type("?");
    CHECK(desk.state.help_open);
    desk.key(ImGuiKey_Escape);
    CHECK_FALSE(desk.state.help_open);
}

TEST_CASE("a cause in the answer to why is a place to go") {
    Desk desk(document_of(testing::lesson_7()));
    EventIndex at = desk.state.timeline().size() - 1;
    while (desk.state.timeline().why(at).empty()) --at;
    desk.state.apply(Seek{at});
    const EventIndex cause = desk.state.timeline().why(at)[0];
    desk.click("say/why");
    REQUIRE(desk.state.why_open);
    desk.frame();
    desk.click("why/0");
    CHECK(desk.state.focus() == cause);
    CHECK_FALSE(desk.state.why_open);
    desk.click("say/why");
    desk.frame();
    desk.click("why/close");
    CHECK_FALSE(desk.state.why_open);
}

TEST_CASE("a task is selected by its lane, its ticket and its marker") {
    Desk desk(document_of(testing::lesson_7()));
    desk.click("timeline/name1");
    CHECK(desk.state.selected() == 1);
    desk.click("timeline/name1");
    CHECK(desk.state.selected() == 0);
    while (!desk.state.model().running()) desk.key(ImGuiKey_RightArrow);
    desk.click("loop/running");
    CHECK(desk.state.selected() == desk.state.model().running());
}

TEST_CASE("every panel draws an empty run") {
    for (const bool dark : {true, false}) {
        Desk empty(document_of(trace::Recording()));
        empty.state.settings.dark = dark;
        empty.click("transport/step");
        empty.click("say/why");
        empty.frame();
        CHECK(empty.triangles > 100);
    }
}

TEST_CASE("every panel draws a long run") {
    Desk large(document_of(testing::big_run(100'000, 300)));
    for (const EventIndex event : {0u, 50'000u, 99'999u}) {
        large.state.apply(Seek{event});
        large.state.apply(SelectTask{event % 300 + 1});
        large.frame();
        large.key(ImGuiKey_RightArrow);
        CHECK(large.triangles > 100);
    }
}

TEST_CASE("every panel draws in a tiny window and in a huge one") {
    for (const auto& [width, height] :
         {std::pair{200.0f, 100.0f}, {640.0f, 360.0f}, {1280.0f, 720.0f}, {3840.0f, 2160.0f}}) {
        Desk tiny(lesson_document(), width, height);
        tiny.key(ImGuiKey_RightArrow);
        tiny.type("?");
        tiny.frame();
        CHECK(tiny.triangles > 10);
    }
}

TEST_CASE("the inspector names what a task waits for and leads to the moments of its life") {
    Desk desk(document_of(testing::lesson_7()));
    desk.state.apply(GoLast{});
    desk.state.apply(SelectTask{2});
    desk.frame();
    desk.click("inspector/moment0");
    CHECK(desk.state.focus() == desk.state.timeline().task(2).created);
    desk.click("inspector/stop waits");
    CHECK(desk.state.has_breakpoint({Breakpoint::Kind::Phase, 0, 2, trace::TaskPhase::Waiting}));
    desk.key(ImGuiKey_Escape);
    CHECK(desk.state.selected() == 0);
    desk.key(ImGuiKey_Tab);
    CHECK(desk.state.selected() == 1);
}

TEST_CASE("a finding is shown where it happened") {
    Desk desk(document_of(testing::lesson_7()));
    REQUIRE_FALSE(desk.state.findings().empty());
    desk.type("l");
    desk.frame();
    desk.click("findings/show0");
    CHECK(desk.state.focus() == desk.state.findings()[0].event);
    CHECK(desk.state.side() == Side::Findings);
}

TEST_CASE("k makes playing stop at the line that is lit, at a switch as well") {
    Desk desk(document_of(testing::lesson_7()));
    const auto at_switch = [&] {
        const AppState& state = desk.state;
        const uint32_t task = state.model().running();
        return task && state.model().task(task).line &&
               !state.timeline().recording()[state.focus()].line;
    };
    for (EventIndex at = 0; at < desk.state.timeline().size() && !at_switch(); ++at)
        desk.state.apply(Seek{at});
    REQUIRE(at_switch());
    const uint32_t line = desk.state.model().task(desk.state.model().running()).line;
    desk.type("k");
    CHECK(desk.state.has_breakpoint({Breakpoint::Kind::Line, line}));
}

TEST_CASE("a click in the gutter sets a breakpoint, another takes it away") {
    Desk desk(lesson_document());
    const Breakpoint third{Breakpoint::Kind::Line, 3};
    desk.click("code/gutter3");
    CHECK(desk.state.has_breakpoint(third));
    desk.click("code/gutter3");
    CHECK_FALSE(desk.state.has_breakpoint(third));
    desk.type("p");
    CHECK(desk.state.has_breakpoint({Breakpoint::Kind::Print}));
}

TEST_CASE("when a task will run is told along causes, each a place to go") {
    Desk desk(document_of(testing::lesson_7()));
    desk.state.apply(Seek{40});
    desk.state.apply(SelectTask{2});
    desk.type("W");
    REQUIRE(desk.state.when_open);
    const auto path = trace::path_to_turn(desk.state.timeline(), 2, 40);
    REQUIRE_FALSE(path.empty());
    CHECK((*desk.state.document().recording)[path.back()].kind == trace::EventKind::TaskResumed);
    desk.frame();
    desk.click("when/0");
    CHECK(desk.state.focus() == path[0]);
    CHECK_FALSE(desk.state.when_open);
}

TEST_CASE("the list of keys leads to the tour, and Escape leaves it") {
    Desk desk(lesson_document());
    desk.type("?");
    desk.frame();
    desk.click("help/tour");
    CHECK(desk.state.tour() == 0);
    desk.frame();
    desk.click("tour/next");
    CHECK(desk.state.tour() == 1);
    desk.key(ImGuiKey_Escape);
    CHECK(desk.state.tour() == -1);
}
