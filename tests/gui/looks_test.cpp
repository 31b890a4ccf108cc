// What a reader at the back of the room needs: turns that can be seen, printed text that can be
// read, words that do not lie on each other, and the same picture for the same moment.
#include <doctest/doctest.h>

#include "app/gui/offscreen.hpp"
#include "tests/gui/desk.hpp"
#include "tests/gui/documents.hpp"

using namespace loopglass;
using namespace loopglass::gui;
using loopglass::testing::Desk;
using loopglass::testing::document_of;
using loopglass::testing::Op;
using loopglass::testing::Program;
using trace::EventIndex;

namespace {

trace::Recording play(std::vector<Program> programs, int locks = 0) {
    trace::Recording rec(trace::Level::Switch);
    rec.info.source = "import asyncio\n\nasync def main():\n    pass\n";
    testing::MiniLoop(rec, std::move(programs), locks).run();
    return rec;
}

// Two tasks that take two locks in opposite orders.
trace::Recording deadlock() {
    const auto greedy = [](const char* name, int first, int second) {
        return Program{name,
                       {{Op::Acquire, 2, 0, first},
                        {Op::Sleep, 3, testing::kMillisecond},
                        {Op::Acquire, 4, 0, second}}};
    };
    return play(
        {{"main", {{Op::Gather, 1, 0, 0, {1, 2}}}}, greedy("left", 0, 1), greedy("right", 1, 0)},
        2);
}

bool overlap(const Rect& a, const Rect& b) {
    return a.x + 1 < b.right() && b.x + 1 < a.right() && a.y + 1 < b.bottom() &&
           b.y + 1 < a.bottom();
}

// Of the texts written from the one that holds `first` on, the first that lies on another.
std::string on_each_other(const Probe& probe, std::string_view first) {
    size_t at = 0;
    while (at < probe.texts.size() && probe.texts[at].text != first) ++at;
    for (size_t i = at; i < probe.texts.size(); ++i)
        for (size_t k = i + 1; k < probe.texts.size(); ++k)
            if (overlap(probe.texts[i].rect, probe.texts[k].rect))
                return probe.texts[i].text + " | " + probe.texts[k].text;
    return {};
}

}  // namespace

TEST_CASE("what one print wrote in several lines is shown line by line") {
    Desk desk(
        document_of(play({{"main", {{Op::Print, 4, 0, 0, {}, "Traceback:\n  here\nError"}}}})));
    desk.state.apply(GoLast{});
    desk.frame();
    CHECK(desk.probe.said("Traceback:"));
    const Spoken* here = desk.probe.said("  here");
    const Spoken* error = desk.probe.said("Error");
    REQUIRE(here);
    REQUIRE(error);
    CHECK(error->rect.y > here->rect.y);
    desk.state.apply(GoFirst{});
    desk.frame();
    CHECK_FALSE(desk.probe.said("  here"));  // of what lies ahead one line is enough
    desk.state.apply(GoLast{});
    desk.frame();
    desk.click("output/0.2");
    CHECK(desk.state.focus() == desk.state.timeline().prints()[0]);
}

TEST_CASE("no turn is too short to be seen") {
    Desk desk(document_of(testing::lesson_7()));
    desk.state.apply(GoLast{});
    desk.frame();
    size_t turns = 0;
    for (const Probe::Mark& mark : desk.probe.marks)
        if (mark.name == "timeline/turn2") {
            ++turns;
            CHECK(mark.rect.w >= 7);
            CHECK(mark.rect.h >= 16);
        }
    CHECK(turns >= 4);  // tick's
}

TEST_CASE("the same moment looks the same however it was reached") {
    for (const float height : {900.0f, 720.0f, 600.0f}) {
        const auto texts = [&](bool roundabout) {
            Desk desk(testing::lesson_document(), height * 1.6f, height);
            desk.state.settings.reduced_motion = true;
            if (roundabout)
                for (EventIndex at = 0; at < desk.state.timeline().size(); at += 3) {
                    desk.state.apply(Seek{at});
                    desk.frame();
                }
            desk.state.apply(Seek{desk.state.timeline().size() / 2});
            desk.frame();
            desk.frame();
            std::string out;
            const float lanes = desk.place("timeline/lanes")
                                    .y;  // may be scrolled, and then say which of them are seen
            for (const Spoken& spoken : desk.probe.texts)
                if (spoken.rect.y < lanes && spoken.text.find("–") == std::string::npos)
                    out += spoken.text + "@" + std::to_string(spoken.rect.y) + "\n";
            return out;
        };
        CHECK(texts(true) == texts(false));
    }
}

TEST_CASE("a run that ends in a deadlock says who waits for what") {
    Desk desk(document_of(deadlock()));
    desk.state.apply(GoLast{});
    REQUIRE_FALSE(desk.state.cycle().empty());
    CAPTURE(desk.state.sentence());
    CHECK(desk.state.sentence().find("left waits for lock2") != std::string::npos);
    CHECK(desk.state.sentence().find("because each holds what the next one wants") !=
          std::string::npos);
    desk.state.apply(GoFirst{});
    CHECK(desk.state.sentence().find("deadlock") == std::string::npos);
}

TEST_CASE("tasks that do the same fold into one lane that says what they do") {
    Program main{"main", {{Op::Gather, 1}}};
    std::vector<Program> programs{main};
    for (int i = 1; i <= 30; ++i) {
        programs[0].body[0].targets.push_back(i);
        programs.push_back({"tick", {{Op::Sleep, 3, i * testing::kMillisecond}}});
    }
    Desk desk(document_of(play(programs)));
    desk.state.apply(GoLast{});
    desk.frame();
    CHECK(desk.probe.said(" / 31"));
    desk.type("g");
    desk.frame();
    CHECK(desk.probe.count("timeline/folded") == 1);
    CHECK(desk.probe.said("×30"));
    CHECK(desk.probe.find("timeline/name1"));  // main is alone
    const Rect lane = desk.place("timeline/folded2");
    desk.move({lane.x + lane.w * 0.3f, lane.center().y});
    desk.frame();
    CHECK(desk.probe.tooltip.starts_with("30 × tick: "));
    CHECK(desk.probe.tooltip.find(" waiting, ") != std::string::npos);
    desk.state.apply(SelectTask{1});
    desk.frame();
    CHECK(desk.probe.count("timeline/arrow") > 0);  // into the folded lane
    desk.click("timeline/group2");
    CHECK(desk.probe.count("timeline/folded") == 0);
    desk.click("timeline/fold");
    CHECK(desk.probe.count("timeline/folded") == 1);
    desk.type("g");
    desk.frame();
    CHECK(desk.probe.count("timeline/folded") == 0);
}

TEST_CASE("a long question is asked in full, after a wrong answer as well") {
    Document document = testing::lesson_document();
    document.predictions[0].question =
        "The bell of tick rings at 0.2 s. At what time does tick print its next line, and why?";
    for (const float height : {900.0f, 720.0f}) {
        Document copy = testing::lesson_document();
        copy.predictions[0].question = document.predictions[0].question;
        Desk desk(std::move(copy), height * 1.6f, height);
        desk.state.apply(Seek{desk.state.document().predictions[0].at});
        desk.state.apply(Answer{0});
        desk.frame();
        CHECK(desk.probe.said("Not yet, once more: "));
        CHECK(desk.probe.said("and why?"));
        for (const Spoken& spoken : desk.probe.texts)
            if (spoken.text.find("bell of tick") != std::string::npos)
                CHECK(spoken.text.find("…") == std::string::npos);
    }
}

TEST_CASE("the tour calls the places what they are called on the screen") {
    Desk desk(testing::lesson_document());
    desk.state.settings.clothes = trace::Clothes::Restaurant;
    desk.state.apply(StartTour{});
    desk.frame();
    desk.frame();
    CHECK(desk.probe.said("WAITER."));  // THE may stand in the line above
    CHECK_FALSE(desk.probe.said("RUNNING"));
}

TEST_CASE("the list of keys has every word in a place of its own") {
    for (const float height : {900.0f, 720.0f, 562.0f}) {
        CAPTURE(height);
        Desk desk(testing::lesson_document(), height * 1.6f, height);
        desk.type("?");
        desk.frame();
        REQUIRE(desk.probe.said("Keys"));
        CHECK(on_each_other(desk.probe, "Keys") == "");
        for (const Spoken& spoken : desk.probe.texts) CHECK(spoken.rect.bottom() <= height);
    }
}

TEST_CASE("type grows with display and reader, but never out of its window") {
    CHECK(fit_scale(1, 1440, 900) == 1);
    CHECK(fit_scale(1.6f, 1440, 900) == doctest::Approx(1.6));
    CHECK(fit_scale(2, 1440, 900) < 1.7f);  // a dense display and a window as large as ever
    CHECK(fit_scale(2, 2880, 1800) == 2);
    CHECK(fit_scale(2, 1280, 720) * 540 <= 720.1f);
    CHECK(fit_scale(1, 640, 400) < 1);
}
