#include "app/cli/cli.hpp"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstdlib>

#include "app/cli/lessons.hpp"

namespace loopglass::cli {

namespace {

void add_run_options(CLI::App* command, RunOptions& options, bool needs_file = true) {
    command
        ->add_option("file", options.file,
                     needs_file ? "the script (Python); - reads standard input"
                                : "a script to run before the first input")
        ->required(needs_file);
    command->add_option("arguments", options.arguments, "what the script finds in sys.argv");
    command->add_option("--world", options.world,
                        "a TOML file: what URLs answer, how long it takes, files, cores");
    command->add_option("--files", options.files, "a folder copied into the simulated file system");
    command->add_option("--until", options.until, "end the run at this loop time, in seconds");
    command->add_option("--seed", options.seed, "what `random` is seeded with");
    command->add_option("--events", options.events, "most events to record (default 10,000,000)");
    command->add_option("--rule", options.rule,
                        "run as a wrong idea would have it (`loopglass rules` lists them): NOT "
                        "CPython's order");
    command
        ->add_option("--fuel", options.fuel, "most evaluator steps to take (default 3,000,000,000)")
        ->check(CLI::PositiveNumber);
    command->add_option("--memory", options.memory,
                        "most memory the script may take, in MiB (default 1,024)");
    command->add_option("--output", options.output,
                        "most the script may print, in MiB (default 64)");
}

void add_lesson_options(CLI::App* command, LessonOptions& options) {
    command->add_option("--lessons", options.folders, "a folder with more lessons");
    command->add_option("--lang", options.language,
                        "language of the texts, such as de (default: LOOPGLASS_LANG)");
}

void add_picture_options(CLI::App* command, WindowRequest& shot) {
    command->add_option("--at", shot.at, "the event to stand at");
    command->add_option("--width", shot.width, "pixels (default 1440)")
        ->check(CLI::Range(320, 7680));
    command->add_option("--height", shot.height, "pixels (default 900)")
        ->check(CLI::Range(240, 4320));
    command->add_flag("--light", shot.light, "the light theme");
    command->add_flag("--presenter", shot.presenter, "presenter mode");
    command->add_option("--select", shot.select, "the task to select, by number");
    command->add_option("--keys", shot.keys, "characters to type first, one a frame");
    command->add_option("--clothes", shot.clothes, "asyncio, restaurant or theatre");
}

bool has_display() {
    for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY"})
        if (const char* value = std::getenv(name); value && *value) return true;
    return false;
}

// The window where there can be one, the terminal otherwise.
int open_something(const WindowRequest& request, WindowMain window) {
    if (window && (has_display() || !request.out.empty())) return window(request);
    if (!request.out.empty()) {
        std::fprintf(stderr, "loopglass: this build has no window, and so no pictures of it\n");
        return kUsage;
    }
    if (request.file.empty()) {
        LessonOptions lesson;
        lesson.name = request.lesson.empty() ? "1" : request.lesson;
        lesson.language = request.language;
        return lesson_in_terminal(lesson);
    }
    RunOptions options;
    options.file = request.file;
    return show(options, {});
}

}  // namespace

int main(int argc, char** argv, WindowMain window) {
    CLI::App app{
        "Loopglass shows how an event loop schedules work: it runs an asyncio script on its own "
        "simulated machine,\n"
        "records every suspend and resume, and lets you step through the run in both directions."};
    app.name("loopglass");
    app.set_version_flag("--version", "loopglass 0.1.0 (CPython 3.13 semantics)");
    app.require_subcommand(0, 1);
    app.fallthrough(false);
    WindowRequest here;
    app.add_option(
        "file", here.file,
        "a script or a .loopglass recording to open in the window; none: the first lesson");
    LessonOptions lesson_options;
    add_lesson_options(&app, lesson_options);

    RunOptions run_options;
    CLI::App* run_command = app.add_subcommand("run", "run a script headless, at full speed");
    add_run_options(run_command, run_options);
    run_command->add_flag("--json", run_options.json,
                          "print one report object instead of the script's output");
    run_command->add_flag("--stamps", run_options.stamps, "put the loop time before every line");

    RunOptions trace_options;
    OutputOptions trace_output;
    CLI::App* trace_command =
        app.add_subcommand("trace", "record a script and write the recording");
    add_run_options(trace_command, trace_options);
    trace_command->add_option("-o,--out", trace_output.out,
                              "where to write it (default: standard output)");
    trace_command->add_option(
        "--format", trace_output.format,
        "text, jsonl, chrome, loopglass, html or svg (default: by the file's name, else text)");
    trace_command->add_flag("--lines", trace_options.lines,
                            "record executed lines and changed variables as well");

    RunOptions show_options;
    OutputOptions show_output;
    CLI::App* show_command =
        app.add_subcommand("show", "draw the timeline of a script or recording in the terminal");
    add_run_options(show_command, show_options);
    show_command->add_option("--width", show_output.width, "columns (default: the terminal's)");

    RunOptions repl_options;
    CLI::App* repl_command = app.add_subcommand(
        "repl",
        "a prompt with top-level await, where time is yours and the loop answers questions");
    add_run_options(repl_command, repl_options, false);

    CheckOptions check_options;
    CLI::App* check_command =
        app.add_subcommand("check", "lint scenarios, and prove that lessons are sound");
    check_command->add_option("paths", check_options.paths, "scripts, lessons, or folders of them")
        ->required();
    check_command->add_flag("--json", check_options.json, "print a list of remarks as JSON");

    WindowRequest lesson_request;
    CLI::App* lessons_command =
        app.add_subcommand("lessons", "list the lessons and what was done of them");
    add_lesson_options(lessons_command, lesson_options);
    lessons_command->add_flag("--json", lesson_options.json, "print the list as JSON");
    lessons_command->add_option("--report", lesson_options.report,
                                "write a class report: a .csv, .json or .html file");
    lessons_command->add_option("--progress", lesson_options.progress,
                                "files to report on, one a pupil (default: this machine's record)");
    lessons_command->add_option("--pupil", lesson_options.pupil,
                                "put this name into the record of this machine");
    CLI::App* rules_command =
        app.add_subcommand("rules", "list the wrong ideas that `run --rule` can run");
    bool rules_json = false;
    rules_command->add_flag("--json", rules_json, "print the list as JSON");
    CLI::App* lesson_command =
        app.add_subcommand("lesson", "play a lesson, in the window or the terminal");
    lesson_command->add_option("name", lesson_request.lesson, "its number, its name, or its folder")
        ->required();
    add_lesson_options(lesson_command, lesson_options);
    bool in_terminal = false;
    lesson_command->add_flag("--terminal", in_terminal,
                             "in the terminal even where there is a display");

    WindowRequest shot;
    shot.screenshot = true;
    CLI::App* shot_command =
        app.add_subcommand("screenshot", "draw the window off-screen into a PNG");
    std::string shot_of;
    shot_command->add_option("what", shot_of, "a script, a recording, or a lesson's name")
        ->required();
    shot_command->add_option("-o,--out", shot.out, "the PNG to write")->required();
    add_picture_options(shot_command, shot);
    add_lesson_options(shot_command, lesson_options);

    RunOptions export_options;
    OutputOptions export_output;
    CLI::App* export_command = app.add_subcommand("export", "write a run as something to share");
    add_run_options(export_command, export_options);
    export_command->add_option("-o,--out", export_output.out, "where to write it")->required();
    export_command->add_option(
        "--format", export_output.format,
        "html (a page to step through), svg, png, gif or chrome (default: by the file's name)");
    add_picture_options(export_command, shot);

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? kGood : kUsage;
    }
    if (run_command->parsed()) return run(run_options);
    if (trace_command->parsed()) return trace(trace_options, trace_output);
    if (show_command->parsed()) return show(show_options, show_output);
    if (repl_command->parsed()) return repl(repl_options);
    if (check_command->parsed()) return check(check_options);
    if (rules_command->parsed()) return list_rules(rules_json);
    use_lessons(lesson_options);
    if (lessons_command->parsed()) return list_lessons(lesson_options);
    if (lesson_command->parsed()) {
        lesson_options.name = lesson_request.lesson;
        lesson_request.language = lesson_options.language;
        return in_terminal ? lesson_in_terminal(lesson_options)
                           : open_something(lesson_request, window);
    }
    if (export_command->parsed()) {
        const std::string format = export_format(export_output);
        if (format != "png" && format != "gif") return export_run(export_options, export_output);
        shot.file = export_options.file;
        shot.out = export_output.out;
        shot.animation = format == "gif";
        return open_something(shot, window);
    }
    if (shot_command->parsed()) {
        (open_lesson(shot_of) ? shot.lesson : shot.file) = shot_of;
        return open_something(shot, window);
    }
    return open_something(here, window);
}

}  // namespace loopglass::cli
