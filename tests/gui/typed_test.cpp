// What was typed at a prompt, in the panel of the code.
#include <doctest/doctest.h>

#include "runtime/session/repl.hpp"
#include "runtime/trace/file.hpp"
#include "tests/gui/desk.hpp"
#include "tests/gui/documents.hpp"

using namespace loopglass;
using namespace loopglass::gui;
using loopglass::testing::Desk;
using loopglass::testing::document_of;

namespace {

constexpr const char* kScript =
    "import asyncio\n"
    "async def tick():\n"
    "    await asyncio.sleep(1)\n"
    "asyncio.run(tick())\n";

Document typed(std::initializer_list<const char*> inputs) {
    session::RunRequest request;
    request.source = kScript;
    request.filename = "script.py";
    auto repl = session::Repl::create(std::move(request));
    REQUIRE(repl);
    (*repl)->run_to_prompt();
    for (const char* input : inputs) {
        (*repl)->enter(input);
        (*repl)->run_to_prompt();
    }
    auto copy = trace::decode(trace::encode((*repl)->timeline().recording()));
    REQUIRE(copy);
    return document_of(std::move(*copy));
}

// The text of the row where the task of a name stands at the end; "" where it stands nowhere in the
// code.
std::string place_of(const Document& document, std::string_view name) {
    const trace::Model model = document.timeline->model_at(document.timeline->size() - 1);
    for (trace::TaskId task = 1; task <= document.timeline->task_count(); ++task) {
        if (document.recording->text_of(document.timeline->task(task).name) != name) continue;
        const uint32_t row = document.row_of(task, model.task(task).line);
        return row ? document.lines.at(row - 1) : "";
    }
    return "no such task";
}

}  // namespace

TEST_CASE("inputs stand below the script, and the tasks made from them stand there") {
    const Document document = typed({"async def late():\n    x = 1\n    await asyncio.sleep(9)\n",
                                     "a = asyncio.create_task(late(), name='a')",
                                     "b = asyncio.create_task(tick(), name='b')", ":run 0.5"});
    REQUIRE(document.typed.size() == 3);
    CHECK(document.source == kScript);
    CHECK(document.lines.at(4) == "# <python-input-0>");
    CHECK(document.lines.at(5) == "async def late():");
    CHECK(place_of(document, "a") == "    await asyncio.sleep(9)");
    CHECK(place_of(document, "b") == "    await asyncio.sleep(1)");
    CHECK(document.number_of(4) == 4);  // lines keep the numbers that tracebacks tell
    CHECK(document.number_of(5) == 0);
    CHECK(document.number_of(8) == 3);
}

TEST_CASE("a function that was typed again is another function") {
    const Document document = typed({"async def f():\n    await asyncio.sleep(1)\n",
                                     "a = asyncio.create_task(f(), name='a')",
                                     "async def f():\n    pass\n    await asyncio.sleep(2)\n",
                                     "b = asyncio.create_task(f(), name='b')", ":run 0.5"});
    CHECK(place_of(document, "a") == "    await asyncio.sleep(1)");
    CHECK(place_of(document, "b") == "    await asyncio.sleep(2)");
}

TEST_CASE("a task whose code is not shown has no marker") {
    const Document document = typed({"exec('async def hidden():\\n  await asyncio.sleep(1)')",
                                     "a = asyncio.create_task(hidden(), name='a')", ":run 0.5"});
    CHECK(place_of(document, "a").empty());
}

TEST_CASE("a click on a line that was typed goes to where it was entered") {
    Desk desk(typed({"x = 1", "y = 2"}));
    const TypedInput second = desk.state.document().typed.at(1);
    desk.click("code/line" + std::to_string(second.end));
    CHECK(desk.state.focus() == second.entered);
}
