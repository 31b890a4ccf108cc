#include "app/gui/ui.hpp"

#include <imgui.h>

#include <algorithm>
#include <tuple>
#include <utility>

namespace loopglass::gui {

template <typename A>
void Ui::act(A action) {
    actions.push_back(std::move(action));
}

namespace {

template <typename... A>
constexpr auto acts_of(const std::variant<A...>*) {
    return std::tuple(&Ui::act<A>...);
}
[[gnu::used]] const auto kActs = acts_of(static_cast<const Action*>(nullptr));

}  // namespace

const Rect* Probe::find(std::string_view name) const {
    for (const Mark& mark : marks)
        if (mark.name == name) return &mark.rect;
    return nullptr;
}

size_t Probe::count(std::string_view prefix) const {
    return static_cast<size_t>(std::count_if(marks.begin(), marks.end(), [&](const Mark& mark) {
        return mark.name.starts_with(prefix);
    }));
}

const Spoken* Probe::said(std::string_view part) const {
    for (const Spoken& spoken : texts)
        if (spoken.text.find(part) != std::string::npos) return &spoken;
    return nullptr;
}

void Ui::note(std::string_view what, std::string_view of, const Rect& rect) {
    if (probe_) probe_->marks.push_back({std::string(what) + std::string(of), rect});
}

void Ui::note(std::string_view what, uint32_t number, std::string_view of, const Rect& rect) {
    if (probe_)
        probe_->marks.push_back(
            {std::string(what) + std::to_string(number) + std::string(of), rect});
}

Touch Ui::touch(std::string_view name, const Rect& rect) {
    if (probe_) probe_->marks.push_back({std::string(name), rect});
    Touch touch;
    // What is scrolled out of its panel does not answer.
    const ImVec2 low = ImGui::GetWindowDrawList()->GetClipRectMin(),
                 high = ImGui::GetWindowDrawList()->GetClipRectMax();
    const ImVec2 from{std::max(rect.x, low.x), std::max(rect.y, low.y)};
    const ImVec2 size{std::min(rect.right(), high.x) - from.x,
                      std::min(rect.bottom(), high.y) - from.y};
    if (passive_ || size.x < 1 || size.y < 1) return touch;
    ImGui::SetCursorScreenPos(from);
    const std::string id(name);
    touch.clicked = ImGui::InvisibleButton(id.c_str(), size);
    touch.hovered = ImGui::IsItemHovered();
    touch.held = ImGui::IsItemActive();
    touch.pressed = ImGui::IsItemActivated();
    return touch;
}

bool Ui::button(std::string_view name, const Rect& rect, std::string_view label, bool on) {
    const Touch touched = touch(name, rect);
    const Theme& t = canvas.theme;
    canvas.fill(rect, touched.hovered ? mix(t.inset, t.line, 0.5f) : t.inset, 6);
    canvas.frame(rect, on ? t.accent : t.line, 6);
    canvas.text_centered(rect, label, on ? Face::Strong : Face::Text, 13, on ? t.text : t.dim);
    return touched.clicked;
}

void Ui::chosen(const Rect& rect) {
    const Theme& t = canvas.theme;
    canvas.fill(rect, t.dark ? mix(t.panel, t.line, 0.6f) : t.panel, 6);
    if (!t.dark) canvas.frame(rect, mix(t.line, t.faint, 0.35f), 6);
}

bool Ui::icon_button(std::string_view name, const Rect& rect, Icon icon) {
    const Touch touched = touch(name, rect);
    const Theme& t = canvas.theme;
    canvas.fill(rect, touched.hovered ? mix(t.inset, t.line, 0.5f) : t.inset, 6);
    canvas.frame(rect, t.line, 6);
    canvas.icon(icon, rect.inner(rect.h * 0.3f), t.text);
    return touched.clicked;
}

float Ui::task_button(std::string_view name, Point at, trace::TaskId task) {
    const Theme& t = canvas.theme;
    const std::string label = state.timeline().label(task);
    const float text = canvas.text_width(label, Face::Text, 13);
    const Rect whole{at.x, at.y, px(40) + text, px(24)};
    const Touch touched = touch(name, whole);
    canvas.fill(whole, touched.hovered ? mix(t.inset, t.line, 0.6f) : t.inset, 6);
    canvas.frame(whole, fade(t.task(task), 0.7f), 6);
    canvas.chip({at.x + px(3), at.y + px(3), px(24), px(18)}, state.timeline().letter(task),
                t.task(task));
    canvas.text_level(at.x + px(33), whole.center().y, label, Face::Text, 13, t.text);
    if (touched.clicked) act(SelectTask{task});
    return whole.w;
}

float Ui::wheel_over(const Rect& rect) const {
    return !passive_ && rect.contains(pointer()) ? wheel() : 0;
}

const Memory::NextBells& Ui::next_bells() {
    Memory::NextBells& kept = memory.bells;
    const void* recording = &state.timeline().recording();
    if (kept.focus == state.focus() && kept.recording == recording) return kept;
    constexpr size_t kMost = 8;
    kept.timers = state.model().timers_by_due();
    kept.count = kept.timers.size();
    kept.timers.resize(std::min(kept.count, kMost));
    kept.focus = state.focus();
    kept.recording = recording;
    return kept;
}

void Ui::remember_place(std::string_view name, const Rect& rect) {
    memory.places.insert_or_assign(std::string(name), rect);
}

void Ui::tooltip(std::string_view text) {
    if (probe_) probe_->tooltip = text;
    const Theme& t = canvas.theme;
    ImGui::PushStyleColor(ImGuiCol_PopupBg, t.inset);
    ImGui::PushStyleColor(ImGuiCol_Border, t.line);
    ImGui::PushStyleColor(ImGuiCol_Text, t.text);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {px(10), px(8)});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, px(6));
    ImGui::BeginTooltip();
    ImGui::PushTextWrapPos(px(360));
    ImGui::TextUnformatted(text.data(), text.data() + text.size());
    ImGui::PopTextWrapPos();
    ImGui::EndTooltip();
    ImGui::PopStyleVar(2);
    ImGui::PopStyleColor(3);
}

Point Ui::pointer() const {
    const ImVec2 at = ImGui::GetIO().MousePos;
    return {at.x, at.y};
}
float Ui::wheel() const {
    return ImGui::GetIO().MouseWheel;
}
bool Ui::shift() const {
    return ImGui::GetIO().KeyShift;
}

}  // namespace loopglass::gui
