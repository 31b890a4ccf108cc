// Every lesson is sound: it parses, its moments exist, its questions have one right answer, its
// comparisons show something and its goals can be reached.
#include "runtime/session/lesson.hpp"

#include <doctest/doctest.h>

#include <set>

#include "embedded/lesson_files.hpp"
#include "runtime/session/answers.hpp"
#include "runtime/session/compare.hpp"
#include "runtime/session/goal.hpp"
#include "runtime/session/language.hpp"
#include "runtime/session/library.hpp"
#include "runtime/session/play.hpp"

namespace session = loopglass::session;
namespace trace = loopglass::trace;

TEST_CASE("every folder of lessons/ is a lesson the program lists") {
    size_t folders = 0;
    for (const auto& file : loopglass::embedded::lesson_files())
        folders += file.name.ends_with("/scenario.py");
    CHECK(folders == session::built_in_lessons().size());
    CHECK(session::find_lesson("7") != nullptr);
    CHECK(session::find_lesson("asleep-at-the-stove") == session::find_lesson("7"));
    CHECK(session::find_lesson("07-asleep-at-the-stove") == session::find_lesson("7"));
    CHECK(session::find_lesson("no-such-lesson") == nullptr);
    CHECK(session::lesson_troubles().empty());
}

TEST_CASE(
    "every question of every lesson has one right answer among at least three distinct choices") {
    for (const session::Lesson& lesson : session::built_in_lessons()) {
        CAPTURE(lesson.slug);
        auto played = session::play_lesson(lesson);
        if (!played) MESSAGE(played.error().message);
        REQUIRE(played);
        CHECK_FALSE(played->checkpoints.empty());
        for (const session::Checkpoint& checkpoint : played->checkpoints) {
            CAPTURE(checkpoint.place.line);
            std::set<std::string> texts;
            for (const session::Choice& choice : checkpoint.choices) texts.insert(choice.text);
            CHECK(texts.size() == checkpoint.choices.size());
            CHECK(texts.size() >= 3);
            REQUIRE(checkpoint.right >= 0);
            REQUIRE(checkpoint.right < static_cast<int>(checkpoint.choices.size()));
            CHECK(checkpoint.choices[static_cast<size_t>(checkpoint.right)].rule ==
                  session::Rule::None);
            CHECK_FALSE(checkpoint.causes.empty());
            // Every wrong answer is what some wrong idea really leads to, and can be run.
            for (const session::Choice& choice : checkpoint.choices)
                if (&choice != &checkpoint.choices[static_cast<size_t>(checkpoint.right)])
                    CHECK(played->rules.contains(choice.rule));
        }
        for (const session::LessonPage& page : lesson.pages) {
            for (const session::Anchor& stop : page.stops)
                CHECK(session::resolve(stop, played->timeline()));
            for (const session::Compare& compare : page.compares)
                CHECK(session::run_compare(lesson, compare));
            for (const session::Goal& goal : page.goals) CHECK(session::check_goal(lesson, goal));
        }
    }
}

namespace {

session::Lesson lesson_of(const std::string& blocks, const char* scenario) {
    auto lesson = session::parse_lesson("# T\n## P\n" + blocks, scenario, "x/lesson.md");
    if (!lesson) MESSAGE(lesson.error().message);
    REQUIRE(lesson);
    return std::move(*lesson);
}
std::string trouble_of(const std::string& markdown) {
    const auto lesson = session::parse_lesson(markdown, "", "x/lesson.md");
    return lesson ? std::string() : lesson.error().message;
}
std::string block(const char* kind, const char* body) {
    return std::string("# T\n## P\n```") + kind + "\n" + body + "\n```\n";
}

constexpr const char* kOneByOne = R"(
import asyncio
async def order(dish, seconds):
    print("order", dish)
    await asyncio.sleep(seconds)
    print("serve", dish)
async def main():
    await order("soup", 0.2)
    await order("salad", 0.1)
asyncio.run(main())
)";
constexpr const char* kTogether = R"(
import asyncio
async def order(dish, seconds):
    print("order", dish)
    await asyncio.sleep(seconds)
    print("serve", dish)
async def main():
    await asyncio.gather(order("soup", 0.2), order("salad", 0.1))
asyncio.run(main())
)";

}  // namespace

TEST_CASE("the last page tells where the analogy breaks") {
    const auto lesson = session::parse_lesson(
        "# T\n\n```lesson\nbreaks = \"A plate gets cold.\"\n```\n\n## P\n\ntext\n", "", "x");
    REQUIRE(lesson);
    CHECK(lesson->pages.back().text == "text\nWhere the picture breaks: A plate gets cold.");
}

TEST_CASE("what is wrong with a lesson is said with its line and column, and what to write") {
    struct Bad {
        std::string markdown;
        const char* where;
        const char* says;
    };
    const Bad bad[] = {
        {"no title", ":1:1:", "# Title"},
        {"# T\n", ":1:1:", "## Title"},
        {"# T\n## P\n```stop\nstart = true\n", ":4:1:", "not closed"},
        {"# T\n```stop\nstart = true\n```\n", ":2:1:", "## Title above"},
        {block("predct", "start = true"), ":3:1:", "no block \"predct\""},
        {block("predict", "start = true\nask = \"nonsense\""), ":5:", "known: prints"},
        {block("predict", "ask = \"prints\""), ":4:", "exactly one moment"},
        {block("predict", "start = true\nend = true\nask = \"runs\""), ":4:", "exactly one moment"},
        {block("predict", "start = true\nask = \"state\""), ":4:", "task = \"tick\""},
        {block("predict", "start = true\nchoices = \"a\""), ":5:", "choices = [\"tick 2\"]"},
        {block("predict", "start = true\nrules = [\"no-such\"]"), ":5:", "no rule \"no-such\""},
        {block("predict", "start = true\nwhat = 1"), ":5:", "no `what`"},
        {block("stop", "line = 0"), ":4:", "whole number from 1"},
        {block("stop", "time = \"soon\""), ":4:", "number of seconds"},
        {block("stop", "print = tick"), ":4:", "not TOML"},
        {block("compare", "title = \"x\""), ":4:", "with = \"variant.py\""},
        {block("compare", "with = \"a.py\"\nrule = \"await-overlaps\""), ":4:", "one other run"},
        {block("goal", "goal = \"x\""), ":4:", "has a condition"},
        {block("goal", "total = 1"), ":4:", "says what is wanted"},
        {block("goal", "goal = \"x\"\nbefore = [\"a\"]"), ":5:", "two lines"},
        {block("goal", "goal = \"x\"\nno_lint = [\"L99\"]"), ":5:", "no lint \"L99\""},
        {block("lesson", "step = \"leap\""), ":4:", "\"switch\""},
    };
    for (const Bad& each : bad) {
        const std::string said = trouble_of(each.markdown);
        CAPTURE(each.markdown);
        CAPTURE(said);
        CHECK(said.starts_with(std::string("x/lesson.md") + each.where));
        CHECK(said.find(each.says) != std::string::npos);
    }
}

TEST_CASE("tables of words are read, and what is wrong with one is said with its place") {
    const auto words = session::parse_words("\"Yes: {}\" = \"Ja: {}\"\n", "de/words.toml");
    REQUIRE(words);
    CHECK(words->at("Yes: {}") == "Ja: {}");
    for (const char* bad : {"\n\"a\" = 1\n", "\n\"a {}\" = \"b\"\n", "\nnonsense\n"}) {
        const auto refused = session::parse_words(bad, "de/words.toml");
        REQUIRE_FALSE(refused);
        CHECK(refused.error().message.starts_with("de/words.toml:2:"));
    }
    std::vector<std::string> troubles;
    CHECK(session::words_of("de", {}, troubles).at("play") == "Los");
    CHECK(session::words_of("xx", {"/nowhere"}, troubles).empty());
    CHECK(session::words_of("../de", {}, troubles).empty());
    CHECK(troubles.empty());
    for (const auto& [english, same] : session::words_of("en", {}, troubles))
        CHECK(english == same);
}

TEST_CASE("a moment or task that the run does not have is refused") {
    for (const char* body :
         {"print = \"never printed\"\nask = \"prints\"",
          "start = true\nask = \"state\"\ntask = \"nobody\"", "end = true\nask = \"prints\""}) {
        const auto lesson = lesson_of(std::string("```predict\n") + body + "\n```\n", "print(1)\n");
        const auto played = session::play_lesson(lesson);
        REQUIRE_FALSE(played);
        CHECK(played.error().message.starts_with("x/lesson.md:3:1: "));
    }
}

TEST_CASE("wrong answers are what wrong ideas really lead to, the author's rules first") {
    auto lesson = lesson_of(
        "```predict\nprint = \"order soup\"\nask = \"prints\"\nrules = [\"await-overlaps\"]\n"
        "invented = [\"nothing\"]\n```\n",
        kOneByOne);
    auto played = session::play_lesson(lesson);
    REQUIRE(played);
    const session::Checkpoint& asked = played->checkpoints.front();
    CHECK(asked.choices[static_cast<size_t>(asked.right)].text == "serve soup");
    bool overlaps = false;
    for (const session::Choice& choice : asked.choices)
        overlaps |= choice.text == "order salad" && choice.rule == session::Rule::AwaitOverlaps;
    CHECK(overlaps);
    CHECK(played->rules.contains(session::Rule::AwaitOverlaps));
    CHECK(session::choice_meant(asked, "Serve  Soup") == asked.right);
    CHECK(session::choice_meant(asked, std::to_string(asked.right + 1)) == asked.right);
    CHECK(session::choice_meant(asked, "something else") == -1);
    CHECK(session::choice_meant(asked, "") == -1);
}

TEST_CASE("a wrong answer that no rule gives is refused where it stands, unless it says so") {
    const std::string asks = "```predict\nprint = \"order soup\"\nask = \"prints\"\n";
    auto lesson = lesson_of(asks + "choices = [\"never printed\"]\n```\n", kOneByOne);
    auto played = session::play_lesson(lesson);
    REQUIRE_FALSE(played);
    CHECK(played.error().message.starts_with("x/lesson.md:3:1: no rule gives the wrong answer"));
    CHECK(played.error().message.find("never printed") != std::string::npos);
    CHECK(played.error().message.find("`invented`") != std::string::npos);
    lesson = lesson_of("```predict\nstart = true\nask = \"prints\"\n```\n", "print(1)\n");
    played = session::play_lesson(lesson);
    REQUIRE_FALSE(played);
    CHECK(played.error().message.find("fewer than two wrong answers") != std::string::npos);
    lesson =
        lesson_of("```predict\nstart = true\nask = \"prints\"\ninvented = [\"2\", \"3\"]\n```\n",
                  "print(1)\n");
    CHECK(session::play_lesson(lesson));
}

TEST_CASE("lines are put in order by their numbers, and the run is the judge") {
    auto lesson = lesson_of("```predict\nprint = \"order soup\"\nask = \"order\"\nlines = 3\n```\n",
                            kTogether);
    auto played = session::play_lesson(lesson);
    REQUIRE(played);
    const session::Checkpoint& asked = played->checkpoints.front();
    const std::string& right = asked.choices[static_cast<size_t>(asked.right)].text;
    REQUIRE(right == "order salad, serve salad, serve soup");
    REQUIRE(asked.lines.size() == 3);
    CHECK(session::joined(asked.lines) != right);  // shown as they are they would tell
    std::string numbers;
    for (const char* line : {"order salad", "serve salad", "serve soup"})
        for (size_t i = 0; i < asked.lines.size(); ++i)
            if (asked.lines[i] == line) numbers += std::to_string(i + 1) + " ";
    CHECK(session::order_meant(asked, numbers) == right);
    CHECK(session::choice_meant(asked, numbers) == asked.right);
    CHECK(session::choice_meant(asked, "serve soup, serve salad, order salad") != asked.right);
    CHECK(session::same_answer("0.4", "0.400 s"));
    CHECK(session::same_answer("0.400s", "0.400 s"));
    CHECK_FALSE(session::same_answer("0.04", "0.400 s"));
    CHECK_FALSE(session::same_answer("tick 1", "tick 10"));
    for (const char* bad : {"", "1", "1 1 2", "1 2 4", "1 2 3 3", "a b c"})
        CHECK(session::order_meant(asked, bad).empty());
}

TEST_CASE("each kind of question is answered by the run") {
    const auto right = [&](const char* body) {
        auto lesson = lesson_of(std::string("```predict\n") + body + "\n```\n", kTogether);
        auto played = session::play_lesson(lesson);
        if (!played) MESSAGE(played.error().message);
        REQUIRE(played);
        const session::Checkpoint& asked = played->checkpoints.front();
        return asked.choices[static_cast<size_t>(asked.right)].text;
    };
    CHECK(right("print = \"order soup\"\nask = \"prints\"\ninvented = [\"a\", \"b\"]") ==
          "order salad");
    CHECK(right("print = \"order soup\"\nask = \"runs\"\ninvented = [\"a\", \"b\"]") == "order 2");
    CHECK(right("print = \"order salad\"\nask = \"time\"\ninvented = [\"1 s\", \"2 s\"]") ==
          "0.100 s");
    CHECK(right("print = \"order soup\"\nask = \"order\"") ==
          "order salad, serve salad, serve soup");
    CHECK(
        right("time = 0.05\nask = \"state\"\ntask = \"order\"\ninvented = [\"ready\", \"done\"]") ==
        "waiting");
    CHECK(
        right("start = true\nask = \"time\"\nof = \"serve soup\"\ninvented = [\"1 s\", \"2 s\"]") ==
        "0.200 s");
    CHECK(right("start = true\nask = \"prints\"\nof = \"serve\"\ninvented = [\"a\", \"b\"]") ==
          "serve salad");
}

TEST_CASE("a comparison runs two scripts, or one of them under a rule") {
    auto lesson = lesson_of("```compare\nwith = \"together.py\"\n```\n", kOneByOne);
    lesson.files.push_back({"together.py", kTogether});
    auto compared = session::run_compare(lesson, lesson.pages[0].compares[0]);
    REQUIRE(compared);
    CHECK(session::first_difference(*compared->left.timeline, *compared->right.timeline).line == 1);
    const std::string drawn =
        session::draw_side_by_side(*compared->left.timeline, compared->left_name,
                                   *compared->right.timeline, compared->right_name, {});
    CHECK(drawn.find("scenario.py") != std::string::npos);
    CHECK(drawn.find("together.py") != std::string::npos);

    session::Compare ruled;
    ruled.rule = session::Rule::AwaitOverlaps;
    CHECK(session::run_compare(lesson, ruled));
    session::Compare missing;
    missing.right = "missing.py";
    CHECK_FALSE(session::run_compare(lesson, missing));
    session::Compare same;
    same.right = "scenario.py";
    CHECK_FALSE(session::run_compare(lesson, same));
}

TEST_CASE("a goal is judged by the run of the changed script") {
    auto lesson = lesson_of(
        "```goal\ngoal = \"Quicker.\"\ntotal = 0.2\nsame_lines = true\nsolution = "
        "\"together.py\"\nbefore = [\"order salad\", \"serve soup\"]\nno_lint = [\"L01\"]\n```\n",
        kOneByOne);
    lesson.files.push_back({"together.py", kTogether});
    const session::Goal& goal = lesson.pages[0].goals[0];
    CHECK(session::check_goal(lesson, goal));
    auto unchanged = session::try_goal(lesson, goal, kOneByOne);
    REQUIRE(unchanged);
    CHECK_FALSE(unchanged->reached());
    auto cheated = session::try_goal(lesson, goal, "print('order salad')\nprint('serve soup')\n");
    REQUIRE(cheated);
    CHECK_FALSE(cheated->reached());
    auto broken = session::try_goal(lesson, goal, "raise ValueError('x')\n");
    REQUIRE(broken);
    CHECK_FALSE(broken->conditions.front().holds);
    CHECK(broken->conditions.front().seen.find("ValueError") != std::string::npos);
    auto unparsed = session::try_goal(lesson, goal, "def (\n");
    REQUIRE(unparsed);
    CHECK_FALSE(unparsed->reached());
}

TEST_CASE("a goal that is reached already, or by nothing, is refused") {
    auto easy =
        lesson_of("```goal\ngoal = \"x\"\ntotal = 5\nsolution = \"together.py\"\n```\n", kOneByOne);
    CHECK_FALSE(session::check_goal(easy, easy.pages[0].goals[0]));
    auto hard = lesson_of("```goal\ngoal = \"x\"\ntotal = 0.1\nsolution = \"together.py\"\n```\n",
                          kOneByOne);
    CHECK_FALSE(session::check_goal(hard, hard.pages[0].goals[0]));
    hard.files.push_back({"together.py", kTogether});
    const auto checked = session::check_goal(hard, hard.pages[0].goals[0]);
    REQUIRE_FALSE(checked);
    CHECK(checked.error().message.find("takes at most 0.100 s") != std::string::npos);
}
