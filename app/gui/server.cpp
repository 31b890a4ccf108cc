#include "app/gui/server.hpp"

#include <utility>

#include "runtime/base/text.hpp"

namespace loopglass::gui {

using base::cat;

namespace {

constexpr size_t kCheckedAtOnce = 200'000;  // bytes; larger texts are checked when they are run
constexpr int kAtOnce = 50, kTurn = 12;  // milliseconds a run has before it is shown, then a frame

}  // namespace

void Server::stamp(const AppState& state) {
    stamped_path_ = state.document().path;
    stamp_ = stamped_path_.empty() || !services_.stamp ? 0 : services_.stamp(stamped_path_);
}

void Server::run(AppState& state, const std::string& source) {
    Editor& editor = state.editor();
    editor.errors.clear();
    if (services_.check)
        if (auto error = services_.check(source)) return editor.errors.push_back(std::move(*error));
    auto started = services_.run(source, state.document().filename);
    if (!started) return editor.errors.push_back(started.error());
    begin(state, std::move(*started), [this](AppState& now, Document document) {
        now.replace_run(std::move(document));
        if (services_.judge && !now.document().goals.empty())
            now.set_goals(services_.judge(now.document()));
        now.editor().apply({EditOp::Leave});
    });
}

void Server::begin(AppState& state, std::unique_ptr<Run> run, Then then) {
    run_ = std::move(run);
    then_ = std::move(then);
    go_on(state, kAtOnce);
}

void Server::go_on(AppState& state, int milliseconds) {
    if (std::exchange(state.wants_stop, false)) run_->stop();
    if (!run_->advance(milliseconds)) {
        state.running = run_->progress();
        return;
    }
    state.running.reset();
    Document document = std::exchange(run_, nullptr)->take_document();
    std::exchange(then_, nullptr)(state, std::move(document));
}

void Server::greet(AppState& state) {
    constexpr trace::EventIndex kNothing = 4;
    if (!services_.check || state.timeline().size() > kNothing) return;
    const auto error = services_.check(state.document().source);
    if (!error) return;
    Edit begin{EditOp::Begin};
    begin.place = {error->where.line ? error->where.line - 1 : 0, error->where.column};
    state.apply(begin);
}

void Server::show_file(AppState& state, const std::string& path, Document document) {
    document.path = path;
    state.open(std::move(document));
    if (!path.empty()) state.remember_file(path);
    stamp(state);
    greet(state);
}

void Server::take_over(AppState& state, const std::string& path, std::unique_ptr<Run> run) {
    begin(state, std::move(run), [this, path](AppState& now, Document document) {
        show_file(now, path, std::move(document));
    });
}

void Server::open(AppState& state, const std::string& path) {
    run_.reset();  // before another starts
    state.running.reset();
    auto started = services_.open(path);
    if (started) return take_over(state, path, std::move(*started));
    state.editor().errors.clear();
    state.editor().notice = started.error().message;
}

void Server::save(AppState& state, const std::string& path) {
    Editor& editor = state.editor();
    if (auto saved = services_.save(path, editor.text().text()); !saved) {
        editor.notice = saved.error().message;
        return;
    }
    editor.set_saved(path);
    state.rename(path);
    state.remember_file(path);
    editor.notice = cat("Saved ", path, ".");
    stamp(state);
}

bool Server::check(AppState& state) {
    Editor& editor = state.editor();
    const uint64_t version = editor.text().version();
    if (!editor.active()) checked_.reset();
    if (!services_.check || !editor.active() || version == checked_) return false;
    checked_ = version;
    const std::string source = editor.text().text();
    if (source.size() > kCheckedAtOnce) return false;
    editor.errors.clear();
    if (auto error = services_.check(source)) editor.errors.push_back(std::move(*error));
    return true;
}

bool Server::watch(AppState& state) {
    const std::string& path = state.document().path;
    if (path.empty() || !services_.stamp || run_) return false;
    if (path != stamped_path_) return stamp(state), false;
    const int64_t now = services_.stamp(path);
    if (now == stamp_ || now == 0) return false;
    stamp_ = now;
    if (state.editor().unsaved()) {
        state.editor().notice =
            cat(path, " was changed by another program. Ctrl+O opens that, Ctrl+S keeps this.");
        return true;
    }
    auto started = services_.open(path);
    if (!started) {
        state.editor().notice = started.error().message;
        return true;
    }
    begin(state, std::move(*started), [path](AppState& then, Document document) {
        const std::string source = document.source;
        then.replace_run(std::move(document));
        const std::string notice = then.editor().notice;
        then.editor().load(source, path);
        then.editor().notice = cat("Read again. ", notice);
    });
    return true;
}

void Server::remember(AppState& state) {
    const Document& document = state.document();
    const bool at_end = state.focus() + 1 >= state.timeline().size();
    if (at_end && !document.lesson.empty() && finished_ != document.lesson) {
        finished_ = document.lesson;
        state.notes.push_back({-1, {}, false, true});
    }
    for (const LessonNote& note : std::exchange(state.notes, {}))
        if (services_.record) services_.record(document, note);
}

bool Server::serve(AppState& state) {
    if (run_) return go_on(state, kTurn), true;
    remember(state);
    bool served = false;
    if (const int step = std::exchange(state.lesson_step, 0); step && services_.lesson) {
        if (auto next = services_.lesson(state.document().place + step))
            state.open(std::move(*next));
        served = true;
    }
    if (const auto source = std::exchange(state.wants_to_run, std::nullopt); source) {
        run(state, *source);
        served = true;
    }
    if (std::exchange(state.wants_new, false)) {
        if (auto fresh = services_.run("", "my_scenario.py"))
            begin(state, std::move(*fresh), [](AppState& now, Document document) {
                now.open(std::move(document));
                now.apply(Edit{});
            });
        served = true;
    }
    if (const auto path = std::exchange(state.editor().wants_to_open, std::nullopt); path) {
        open(state, *path);
        served = true;
    }
    if (const auto path = std::exchange(state.editor().wants_to_save, std::nullopt); path) {
        save(state, *path);
        served = true;
    }
    return check(state) || served;
}

}  // namespace loopglass::gui
