// Editing a script in the window: the text itself, and what happens around it.
#include <doctest/doctest.h>

#include "app/gui/editing/editor.hpp"
#include "app/gui/server.hpp"
#include "tests/gui/desk.hpp"
#include "tests/gui/documents.hpp"

using namespace loopglass;
using namespace loopglass::gui;
using loopglass::testing::lesson_document;

TEST_CASE("typing, undo and redo give the text back step by step") {
    TextBuffer text("one\ntwo");
    text.put_cursor({0, 3});
    for (const char* letter : {"!", "?"}) text.insert(letter);
    CHECK(text.text() == "one!?\ntwo");
    text.move(Move::End);
    text.new_line();
    text.insert("three");
    CHECK(text.text() == "one!?\ntwo\nthree");
    CHECK(text.undo());
    CHECK(text.undo());
    CHECK(text.text() == "one!?\ntwo");
    CHECK(text.undo());
    CHECK(text.text() == "one\ntwo");
    CHECK_FALSE(text.undo());
    CHECK(text.redo());
    CHECK(text.text() == "one!?\ntwo");
    CHECK(text.cursor() == Place{0, 5});
    text.insert("x");
    CHECK_FALSE(text.redo());
}

TEST_CASE("a new line keeps the depth, and goes deeper after a colon") {
    TextBuffer text("async def main():");
    text.move(Move::End);
    text.new_line();
    text.insert("x = 1");
    text.new_line();
    text.insert("y");
    CHECK(text.text() == "async def main():\n    x = 1\n    y");
    text.move(Move::LineStart);
    text.erase(Move::Left);
    CHECK(text.lines()[2] == "y");
}

TEST_CASE("the cursor never stands inside a character") {
    TextBuffer text("żółw 🐢!");
    text.put_cursor({0, 1});
    CHECK(text.cursor().column == 0);
    text.move(Move::Right);
    CHECK(text.cursor().column == 2);
    text.move(Move::LineEnd);
    text.move(Move::Left);
    text.erase(Move::Left);
    CHECK(text.text() == "żółw !");
}

TEST_CASE("words, whole lines and comments change together") {
    TextBuffer text("if a:\n    b\n    c\nd");
    text.select({{1, 0}, {2, 5}});
    text.toggle_comment();
    CHECK(text.text() == "if a:\n    # b\n    # c\nd");
    text.toggle_comment();
    CHECK(text.text() == "if a:\n    b\n    c\nd");
    text.indent();
    CHECK(text.lines()[2] == "        c");
    text.dedent();
    text.dedent();
    CHECK(text.text() == "if a:\nb\nc\nd");
    text.put_cursor({0, 3});
    text.select_word();
    CHECK(text.selected_text() == "a");
    text.move(Move::WordRight);
    CHECK(text.cursor() == Place{0, 5});
}

TEST_CASE("finding goes on from the last find and round the end, both ways") {
    TextBuffer text("await a\nawait b\nx");
    const auto hop = [&](bool backwards) {
        const auto found = text.find("await", backwards);
        REQUIRE(found);
        text.select(*found);
        return text.cursor().line;
    };
    CHECK(hop(false) == 0);
    CHECK(hop(false) == 1);
    CHECK(hop(false) == 0);
    CHECK(hop(true) == 1);
    CHECK_FALSE(text.find("sleep", false));
}

TEST_CASE("pasted tabs and carriage returns become what Python likes") {
    TextBuffer text;
    text.insert("if x:\r\n\ty\r\n");
    CHECK(text.text() == "if x:\n    y\n");
}

namespace {

// A run that ends after so many turns, or when it is told to.
struct FakeRun : Run {
    int turns;
    std::string path;
    FakeRun(int its_turns, std::string its_path) : turns(its_turns), path(std::move(its_path)) {}
    bool advance(int) override { return turns-- <= 0; }
    void stop() override { turns = 0; }
    [[nodiscard]] RunProgress progress() const override { return {"long.py", 1234567, 0.5}; }
    [[nodiscard]] Document take_document() override {
        Document document = lesson_document();
        document.path = path;
        return document;
    }
};

// A rest of the program that remembers what it was asked.
struct FakeProgram {
    std::string ran, saved_path, saved_text;
    int64_t written = 1;
    bool broken = false;
    int turns = 0;  // that a run takes
    Services services{
        [this](const std::string& source, const std::string&) -> StartedRun {
            ran = source;
            return std::unique_ptr<Run>(std::make_unique<FakeRun>(turns, ""));
        },
        [this](const std::string&) -> std::optional<base::Error> {
            if (!broken) return std::nullopt;
            return base::Error{"SyntaxError: invalid syntax", {2, 4, 2, 6}};
        },
        [](const std::string& path) -> StartedRun {
            if (path == "missing.py") return base::Error{"cannot read missing.py"};
            return std::unique_ptr<Run>(std::make_unique<FakeRun>(0, path));
        },
        [this](const std::string& path, const std::string& text) -> base::Result<bool> {
            saved_path = path;
            saved_text = text;
            return true;
        },
        [this](const std::string&) { return written; },
        {}};
};

}  // namespace

TEST_CASE("an edited script runs again from where the reader was") {
    FakeProgram program;
    Server server(program.services);
    AppState state(lesson_document());
    state.apply(Seek{5});
    state.apply(Edit{});
    CHECK(state.editor().active());
    state.apply(Edit{EditOp::Insert, "# hello"});
    CHECK(state.editor().edited());
    state.apply(RunEdited{state.editor().text().text()});
    server.serve(state);
    CHECK(program.ran.starts_with("# hello"));
    CHECK_FALSE(state.editor().active());
    CHECK_FALSE(state.editor().edited());
    CHECK(state.focus() == 5);
    CHECK(state.editor().notice.starts_with("Nothing changed"));
    CHECK(state.document().pages.size() == 2);  // the lesson stays
}

TEST_CASE("a script that takes long is watched, can be stopped, and keeps what it did") {
    FakeProgram program;
    program.turns = 5;
    Server server(program.services);
    AppState state(lesson_document());
    state.apply(RunEdited{"while True: pass"});
    CHECK(server.serve(state));
    REQUIRE(state.running);
    CHECK(state.running->events == 1234567);
    CHECK(server.serve(state));  // goes on with it
    CHECK(state.running);
    state.apply(StopRun{});
    CHECK(server.serve(state));
    CHECK_FALSE(state.running);
    CHECK_FALSE(state.wants_stop);
    state.apply(RunEdited{"pass"});
    server.serve(state);
    for (int turn = 0; turn < 5; ++turn) server.serve(state);
    CHECK_FALSE(state.running);
    // A file that is dropped takes the place of what runs.
    state.apply(RunEdited{"while True: pass"});
    server.serve(state);
    server.open(state, "a.py");
    CHECK_FALSE(state.running);
    CHECK(state.document().path == "a.py");
}

TEST_CASE("a script that does not parse is not run, and the error stands at its place") {
    FakeProgram program;
    Server server(program.services);
    AppState state(lesson_document());
    program.broken = true;
    state.apply(Edit{});
    state.apply(Edit{EditOp::Insert, "("});
    server.serve(state);
    REQUIRE(state.editor().errors.size() == 1);
    CHECK(state.editor().errors[0].where.line == 2);
    state.apply(RunEdited{state.editor().text().text()});
    server.serve(state);
    CHECK(program.ran.empty());
    CHECK(state.editor().active());
    program.broken = false;
    state.apply(Edit{EditOp::Insert, ")"});
    server.serve(state);
    CHECK(state.editor().errors.empty());
}

TEST_CASE("files open, are remembered, and are saved under the name that was asked for") {
    FakeProgram program;
    Server server(program.services);
    AppState state(lesson_document());
    Edit ask{EditOp::Ask, "wrong"};
    ask.asking = Asking::Open;
    state.apply(ask);
    state.apply(Edit{EditOp::Insert, "a.py"});  // over the selected suggestion
    state.apply(Edit{EditOp::Accept});
    server.serve(state);
    CHECK(state.document().path == "a.py");
    CHECK(state.settings.recent == std::vector<std::string>{"a.py"});
    server.open(state, "missing.py");
    CHECK(state.document().path == "a.py");
    CHECK(state.editor().notice == "cannot read missing.py");
    ask.asking = Asking::SaveAs;
    ask.text = "b.py";
    state.apply(ask);
    state.apply(Edit{EditOp::Accept});
    server.serve(state);
    CHECK(program.saved_path == "b.py");
    CHECK(program.saved_text == state.editor().text().text());
    CHECK(state.document().filename == "b.py");
    CHECK(state.settings.recent == std::vector<std::string>{"b.py", "a.py"});
}

TEST_CASE("a question opens the editor where the script was only looked at, and closes it again") {
    testing::Desk desk(lesson_document());
    desk.state.settings.recent = {"a.py"};
    Edit ask{EditOp::Ask};
    ask.asking = Asking::Open;
    desk.state.apply(ask);
    desk.frame();
    CHECK(desk.probe.said("Opened lately"));
    desk.key(ImGuiKey_Escape);
    CHECK_FALSE(desk.state.editor().active());
    desk.state.apply(ask);
    desk.frame();
    desk.click("editor/recent0");
    CHECK(desk.state.editor().wants_to_open == "a.py");
    CHECK_FALSE(desk.state.editor().active());
    desk.state.apply(Edit{EditOp::Begin});
    desk.state.apply(ask);
    desk.frame();
    desk.key(ImGuiKey_Escape);
    CHECK(desk.state.editor().asking() == Asking::Nothing);
    CHECK(desk.state.editor().active());  // only the question goes
}

TEST_CASE("a file written by another program is read again, unless that would lose something") {
    FakeProgram program;
    Server server(program.services);
    AppState state(lesson_document());
    server.open(state, "a.py");
    CHECK_FALSE(server.watch(state));
    program.written = 2;
    CHECK(server.watch(state));
    CHECK(state.editor().notice.starts_with("Read again."));
    state.apply(Edit{EditOp::Insert, "mine"});
    program.written = 3;
    CHECK(server.watch(state));
    CHECK(state.editor().text().text().starts_with("mine"));
    CHECK(state.editor().notice.find("another program") != std::string::npos);
}

TEST_CASE("a script that could not begin is opened where it is wrong") {
    FakeProgram program;
    program.broken = true;
    Server server(program.services);
    trace::Recording recording(trace::Level::Line);
    recording.info.source = "import asyncio\nx = = 1\n";
    recording.append(trace::EventKind::LoopStopped, 0, 0, 0, trace::StopReason::Failed);
    recording.finish(trace::EndReason::Completed, 1);
    AppState state(testing::document_of(std::move(recording)));
    server.greet(state);
    server.serve(state);
    CHECK(state.editor().active());
    CHECK(state.editor().text().cursor().line == 1);  // lines count from 0 there
    CHECK(state.editor().errors.size() == 1);
    AppState whole(lesson_document());
    server.greet(whole);
    CHECK_FALSE(whole.editor().active());  // what ran is looked at first
}
