#include "app/gui/ui.hpp"

#include <imgui.h>

namespace loopglass::gui {

const Rect* Probe::find(std::string_view name) const {
    for (const Mark& mark : marks)
        if (mark.name == name) return &mark.rect;
    return nullptr;
}

Touch Ui::touch(std::string_view name, const Rect& rect) {
    if (probe_) probe_->marks.push_back({std::string(name), rect});
    Touch touch;
    if (passive_ || rect.w < 1 || rect.h < 1) return touch;
    ImGui::SetCursorScreenPos({rect.x, rect.y});
    const std::string id(name);
    touch.clicked = ImGui::InvisibleButton(id.c_str(), {rect.w, rect.h});
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

bool Ui::icon_button(std::string_view name, const Rect& rect, Icon icon) {
    const Touch touched = touch(name, rect);
    const Theme& t = canvas.theme;
    canvas.fill(rect, touched.hovered ? mix(t.inset, t.line, 0.5f) : t.inset, 6);
    canvas.frame(rect, t.line, 6);
    canvas.icon(icon, rect.inner(rect.h * 0.3f), t.text);
    return touched.clicked;
}

void Ui::tooltip(std::string_view text) {
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
