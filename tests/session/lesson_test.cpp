// Every lesson is sound: it parses, its moments exist, its questions have one right answer.
#include "runtime/session/lesson.hpp"

#include <doctest/doctest.h>

#include <set>

#include "embedded/lesson_files.hpp"
#include "runtime/session/session.hpp"

namespace session = loopglass::session;
namespace trace = loopglass::trace;

namespace {

struct Played {
    std::unique_ptr<trace::Recording> recording;
    std::unique_ptr<trace::Timeline> timeline;
};

Played play(const session::Lesson& lesson) {
    session::RunRequest request;
    request.source = lesson.scenario;
    request.filename = lesson.scenario_name;
    request.level = trace::Level::Line;
    auto outcome = session::run_script(std::move(request));
    REQUIRE(outcome);
    Played played{std::move(outcome->recording), nullptr};
    played.timeline = std::make_unique<trace::Timeline>(*played.recording);
    played.timeline->update();
    return played;
}

}  // namespace

TEST_CASE("every folder of lessons/ is a lesson the program lists") {
    size_t folders = 0;
    for (const auto& file : loopglass::embedded::lesson_files())
        folders += file.name.ends_with("/lesson.md");
    CHECK(folders == session::built_in_lessons().size());
    CHECK(session::find_lesson("7") != nullptr);
    CHECK(session::find_lesson("asleep-at-the-stove") == session::find_lesson("7"));
    CHECK(session::find_lesson("no-such-lesson") == nullptr);
}

TEST_CASE(
    "every question of every lesson has one right answer among at least three distinct choices") {
    for (const session::Lesson& lesson : session::built_in_lessons()) {
        CAPTURE(lesson.slug);
        const Played played = play(lesson);
        auto checkpoints = session::checkpoints(lesson, *played.timeline);
        if (!checkpoints) MESSAGE(checkpoints.error().message);
        REQUIRE(checkpoints);
        CHECK_FALSE(checkpoints->empty());
        for (const session::Checkpoint& checkpoint : *checkpoints) {
            CHECK(checkpoint.choices.size() >= 3);
            CHECK(std::set<std::string>(checkpoint.choices.begin(), checkpoint.choices.end())
                      .size() == checkpoint.choices.size());
            CHECK(checkpoint.right >= 0);
            CHECK(checkpoint.right < static_cast<int>(checkpoint.choices.size()));
        }
        for (const session::LessonPage& page : lesson.pages)
            for (const session::Anchor& stop : page.stops)
                CHECK(session::resolve(stop, *played.timeline));
    }
}

TEST_CASE("what is wrong with a lesson is said with its line") {
    const auto lesson = session::parse_lesson(
        "# T\n\n## P\n\ntext\n\n```predict\nask = \"nonsense\"\n```\n", "", "x/lesson.md");
    REQUIRE_FALSE(lesson);
    CHECK(lesson.error().message.find("x/lesson.md:8:") == 0);
    CHECK_FALSE(session::parse_lesson("no title", "", "x"));
    CHECK_FALSE(session::parse_lesson("# T\n## P\n```stop\nstart = true\n", "", "x"));
}

TEST_CASE("an anchor that does not exist in the run is refused") {
    auto lesson = session::parse_lesson(
        "# T\n## P\n```predict\nprint = \"never printed\"\nask = \"prints\"\n```\n", "print(1)\n",
        "x");
    REQUIRE(lesson);
    const Played played = play(*lesson);
    CHECK_FALSE(session::checkpoints(*lesson, *played.timeline));
}
