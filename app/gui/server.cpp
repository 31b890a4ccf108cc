#include "app/gui/server.hpp"

#include <utility>

#include "runtime/base/text.hpp"

namespace loopglass::gui {

using base::cat;

namespace {

constexpr size_t kCheckedAtOnce = 200'000;  // bytes; larger texts are checked when they are run

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
    auto outcome = services_.run(source, state.document().filename);
    if (!outcome) return editor.errors.push_back(outcome.error());
    state.replace_run(std::move(*outcome));
    if (services_.judge && !state.document().goals.empty())
        state.set_goals(services_.judge(state.document()));
    editor.apply({EditOp::Leave});
}

void Server::open(AppState& state, const std::string& path) {
    auto document = services_.open(path);
    if (!document) {
        state.editor().errors.clear();
        state.editor().notice = document.error().message;
        return;
    }
    document->path = path;
    state.open(std::move(*document));
    state.remember_file(path);
    stamp(state);
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
    if (path.empty() || !services_.stamp) return false;
    if (path != stamped_path_) return stamp(state), false;
    const int64_t now = services_.stamp(path);
    if (now == stamp_ || now == 0) return false;
    stamp_ = now;
    if (state.editor().unsaved()) {
        state.editor().notice =
            cat(path, " was changed by another program. Ctrl+O opens that, Ctrl+S keeps this.");
        return true;
    }
    auto document = services_.open(path);
    if (!document) {
        state.editor().notice = document.error().message;
        return true;
    }
    const std::string source = document->source;
    state.replace_run(std::move(*document));
    const std::string notice = state.editor().notice;
    state.editor().load(source, path);
    state.editor().notice = cat("Read again. ", notice);
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
        if (auto fresh = services_.run("", "my_scenario.py")) {
            state.open(std::move(*fresh));
            state.apply(Edit{});
        }
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
