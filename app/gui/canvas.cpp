#include "app/gui/canvas.hpp"

#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <string>

namespace loopglass::gui {

namespace {
ImVec2 vec(Point p) {
    return {p.x, p.y};
}
ImVec2 corner(const Rect& r) {
    return {r.x, r.y};
}
ImVec2 far_corner(const Rect& r) {
    return {r.right(), r.bottom()};
}
}  // namespace

Rect Rect::take_top(float height) {
    const Rect out{x, y, w, std::min(height, h)};
    y += out.h;
    h -= out.h;
    return out;
}
Rect Rect::take_bottom(float height) {
    h -= std::min(height, h);
    return {x, y + h, w, height};
}
Rect Rect::take_left(float width) {
    const Rect out{x, y, std::min(width, w), h};
    x += out.w;
    w -= out.w;
    return out;
}
Rect Rect::take_right(float width) {
    w -= std::min(width, w);
    return {x + w, y, width, h};
}

const Fonts::Entry& Fonts::find(Face face, float size) const {
    int best = 0;
    float best_gap = 1e9f;
    for (int i = 0; i < count; ++i) {
        const float gap = std::fabs(entries[i].size - size);
        if (entries[i].face == face && gap < best_gap) {
            best = i;
            best_gap = gap;
        }
    }
    return entries[best];
}

// ---- text
// ----------------------------------------------------------------------------------------------

float Canvas::text_width(std::string_view text, Face face, float size) const {
    const Fonts::Entry& entry = fonts_.find(face, size);
    return entry.font->CalcTextSizeA(entry.pixels, 1e9f, 0, text.data(), text.data() + text.size())
        .x;
}

float Canvas::widest_word(std::string_view text, Face face, float size) const {
    float widest = 0;
    while (!text.empty()) {
        const size_t end = std::min(text.find(' '), text.size());
        widest = std::max(widest, text_width(text.substr(0, end), face, size));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return widest;
}

float Canvas::line_height(Face, float size) const {
    return std::round(sizes(size) * 1.4f);
}

float Canvas::text(Point at, std::string_view text, Face face, float size, Color color) const {
    const Fonts::Entry& entry = fonts_.find(face, size);
    // The em square stands at `at`; what the line has above it reaches over.
    const float over = (entry.pixels - sizes(size)) / 2;
    list_->AddText(entry.font, entry.pixels, {std::round(at.x), std::round(at.y - over)}, color,
                   text.data(), text.data() + text.size());
    const float width = text_width(text, face, size);
    if (spoken_) spoken_->push_back({std::string(text), {at.x, at.y, width, sizes(size)}});
    return width;
}

float Canvas::text_cut(Point at, std::string_view whole, float width, Face face, float size,
                       Color color) const {
    if (text_width(whole, face, size) <= width) return text(at, whole, face, size, color);
    size_t keep = whole.size();
    std::string cut;
    while (keep > 0) {
        --keep;
        while (keep > 0 && (whole[keep] & 0xC0) == 0x80) --keep;
        cut = std::string(whole.substr(0, keep)) + "…";
        if (text_width(cut, face, size) <= width) break;
    }
    return keep ? text(at, cut, face, size, color) : 0;
}

namespace {
// A number and its unit stay together, 0.2 s, and a short call, gather(a, b).
bool may_break(std::string_view text, size_t space) {
    constexpr size_t kShort = 40;
    const size_t open = text.rfind('(', space), closed = text.find(')', space);
    if (open != std::string_view::npos && closed != std::string_view::npos &&
        closed - open < kShort &&
        text.substr(open, space - open).find(')') == std::string_view::npos && open > 0 &&
        text[open - 1] != ' ')
        return false;
    return !(space > 0 && text[space - 1] >= '0' && text[space - 1] <= '9' &&
             space + 1 < text.size() && text[space + 1] == 's' &&
             (space + 2 == text.size() || text[space + 2] < 'A'));
}
}  // namespace

float Canvas::balanced(std::string_view text, float width, Face face, float size) const {
    const float height = text_wrapped({}, text, width, face, size, 0, false);
    if (height < line_height(face, size) * 1.5f) return width;
    float least = width / 2, enough = width;
    for (int i = 0; i < 6; ++i) {
        const float middle = (least + enough) / 2;
        if (text_wrapped({}, text, middle, face, size, 0, false) > height + 0.5f)
            least = middle;
        else
            enough = middle;
    }
    return enough;
}

float Canvas::text_wrapped(Point at, std::string_view whole, float width, Face face, float size,
                           Color color, bool draw) const {
    const float height = line_height(face, size);
    float y = at.y;
    while (true) {
        const size_t newline = std::min(whole.find('\n'), whole.size());
        std::string_view line = whole.substr(0, newline);
        do {
            size_t end = line.size();
            while (end > 0 && text_width(line.substr(0, end), face, size) > width) {
                size_t space = line.rfind(' ', end - 1);
                while (space != std::string_view::npos && space > 0 && !may_break(line, space))
                    space = line.rfind(' ', space - 1);
                if (space == std::string_view::npos || space == 0) break;
                end = space;
            }
            if (draw) text({at.x, y}, line.substr(0, end), face, size, color);
            y += height;
            line.remove_prefix(end);
            while (!line.empty() && line.front() == ' ') line.remove_prefix(1);
        } while (!line.empty());
        if (newline >= whole.size()) break;
        whole.remove_prefix(newline + 1);
    }
    return y - at.y;
}

float Canvas::prose(Point at, std::string_view text, float width, float size, Color color,
                    Color code, bool draw) const {
    const float row = line_height(Face::Text, size) * 1.12f;
    const float code_size = size - 1;  // its small letters are taller
    const float space = text_width(" ", Face::Text, size);
    Point pen = at;
    bool is_code = false;
    while (!text.empty()) {
        size_t end = std::min(text.find_first_of(" \n"), text.size());
        while (end < text.size() && text[end] == ' ' && !may_break(text, end))
            end = std::min(text.find_first_of(" \n", end + 1), text.size());
        // A word may be part code and part not, as in `await`, with a comma behind.
        std::string_view word = text.substr(0, end);
        float needed = 0;
        bool mode = is_code;
        for (std::string_view rest = word; !rest.empty();) {
            const size_t tick = std::min(rest.find('`'), rest.size());
            needed += text_width(rest.substr(0, tick), mode ? Face::Mono : Face::Text,
                                 mode ? code_size : size);
            if (tick < rest.size()) mode = !mode;
            rest.remove_prefix(std::min(tick + 1, rest.size()));
        }
        if (pen.x > at.x && pen.x + needed > at.x + width) pen = {at.x, pen.y + row};
        while (!word.empty()) {
            const size_t tick = std::min(word.find('`'), word.size());
            const std::string_view part = word.substr(0, tick);
            const Face face = is_code ? Face::Mono : Face::Text;
            const float its_size = is_code ? code_size : size;
            pen.x += draw ? this->text({pen.x, pen.y + sizes(size - its_size) / 2}, part, face,
                                       its_size, is_code ? code : color)
                          : text_width(part, face, its_size);
            if (tick < word.size()) is_code = !is_code;
            word.remove_prefix(std::min(tick + 1, word.size()));
        }
        pen.x += space;
        if (end < text.size() && text[end] == '\n') pen = {at.x, pen.y + row * 1.4f};
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return pen.y + row - at.y;
}

void Canvas::text_centered(const Rect& box, std::string_view whole, Face face, float size,
                           Color color) const {
    const float width = text_width(whole, face, size);
    text_level(box.x + (box.w - width) / 2, box.center().y, whole, face, size, color);
}

// Where the middle of a capital stands below the top of its line, as the glyphs really are: what
// families say of their lines differs, and hinting moves it by a pixel.
static float capital_middle(const Fonts::Entry& entry) {
#if IMGUI_VERSION_NUM < 19200
    const ImFontGlyph* glyph = entry.font->FindGlyph('H');
#else
    const ImFontGlyph* glyph = entry.font->GetFontBaked(entry.pixels)->FindGlyph('H');
#endif
    return glyph ? (glyph->Y0 + glyph->Y1) / 2 : entry.pixels / 2;
}

float Canvas::text_level(float x, float y, std::string_view whole, Face face, float size,
                         Color color) const {
    const Fonts::Entry& entry = fonts_.find(face, size);
    const float over = (entry.pixels - sizes(size)) / 2;
    return text({x, std::round(y - capital_middle(entry)) + over}, whole, face, size, color);
}

float Canvas::text_level_cut(float x, float y, std::string_view whole, float width, Face face,
                             float size, Color color) const {
    const Fonts::Entry& entry = fonts_.find(face, size);
    const float over = (entry.pixels - sizes(size)) / 2;
    return text_cut({x, std::round(y - capital_middle(entry)) + over}, whole, width, face, size,
                    color);
}

// ---- shapes
// --------------------------------------------------------------------------------------------

void Canvas::fill(const Rect& rect, Color color, float radius) const {
    list_->AddRectFilled(corner(rect), far_corner(rect), color, sizes(radius));
}

void Canvas::frame(const Rect& rect, Color color, float radius, float width) const {
    list_->AddRect(corner(rect), far_corner(rect), color, sizes(radius), 0, sizes(width));
}

void Canvas::dashed_frame(const Rect& rect, Color color, float radius) const {
    const float dash = sizes(4), gap = sizes(4), inset = sizes(radius);
    for (float x = rect.x + inset; x < rect.right() - inset; x += dash + gap) {
        const float end = std::min(x + dash, rect.right() - inset);
        list_->AddLine({x, rect.y}, {end, rect.y}, color, sizes(1));
        list_->AddLine({x, rect.bottom()}, {end, rect.bottom()}, color, sizes(1));
    }
    for (float y = rect.y + inset; y < rect.bottom() - inset; y += dash + gap) {
        const float end = std::min(y + dash, rect.bottom() - inset);
        list_->AddLine({rect.x, y}, {rect.x, end}, color, sizes(1));
        list_->AddLine({rect.right(), y}, {rect.right(), end}, color, sizes(1));
    }
    const Point centers[] = {{rect.x + inset, rect.y + inset},
                             {rect.right() - inset, rect.y + inset},
                             {rect.right() - inset, rect.bottom() - inset},
                             {rect.x + inset, rect.bottom() - inset}};
    for (int i = 0; i < 4; ++i) {
        const float from = 3.14159265f * (1.0f + 0.5f * static_cast<float>(i));
        list_->PathArcTo(vec(centers[i]), inset, from, from + 1.5707963f, 8);
        list_->PathStroke(color, 0, sizes(1));
    }
}

void Canvas::line(Point a, Point b, Color color, float width) const {
    list_->AddLine(vec(a), vec(b), color, sizes(width));
}

void Canvas::dotted_line(Point a, Point b, Color color) const {
    const float length = std::hypot(b.x - a.x, b.y - a.y), step = sizes(5);
    for (float at = 0; at < length; at += step) {
        const float share = at / length;
        list_->AddRectFilled(
            {a.x + (b.x - a.x) * share - sizes(0.8f), a.y + (b.y - a.y) * share - sizes(0.8f)},
            {a.x + (b.x - a.x) * share + sizes(0.8f), a.y + (b.y - a.y) * share + sizes(0.8f)},
            color);
    }
}

void Canvas::polyline(const Point* points, int count, Color color, float width) const {
    for (int i = 0; i < count; ++i) list_->PathLineTo(vec(points[i]));
    list_->PathStroke(color, 0, sizes(width));
}

void Canvas::arrow(Point from, Point to, Color color, float width) const {
    const float length = std::hypot(to.x - from.x, to.y - from.y);
    if (length < 1) return;
    const Point unit{(to.x - from.x) / length, (to.y - from.y) / length};
    const float head = sizes(6);
    line(from, to, color, width);
    const Point tips[] = {
        {to.x - unit.x * head - unit.y * head, to.y - unit.y * head + unit.x * head},
        to,
        {to.x - unit.x * head + unit.y * head, to.y - unit.y * head - unit.x * head}};
    polyline(tips, 3, color, width);
}

void Canvas::curve(Point from, Point to, Color color, float width) const {
    const float reach = std::max(sizes(8), std::fabs(to.x - from.x) * 0.4f);
    list_->AddBezierCubic(vec(from), {from.x + reach, from.y}, {to.x - reach, to.y}, vec(to), color,
                          sizes(width), 20);
}

void Canvas::triangle(Point a, Point b, Point c, Color color) const {
    list_->AddTriangleFilled(vec(a), vec(b), vec(c), color);
}

void Canvas::circle(Point center, float radius, Color color) const {
    list_->AddCircleFilled(vec(center), sizes(radius), color, 24);
}

void Canvas::ring(Point center, float radius, float share, Color color, Color rest,
                  float width) const {
    constexpr float kTop = -1.5707963f, kTurn = 6.2831853f;
    list_->PathArcTo(vec(center), sizes(radius), 0, kTurn, 40);
    list_->PathStroke(rest, 0, sizes(width));
    if (share <= 0) return;
    list_->PathArcTo(vec(center), sizes(radius), kTop, kTop + kTurn * std::min(share, 1.0f), 40);
    list_->PathStroke(color, 0, sizes(width));
}

// Cut by arithmetic and not by a clip rectangle: each of those is a draw call of its own.
void Canvas::hatch(const Rect& rect, Color color, float spacing, float width) const {
    const float edge = sizes(width) * 0.35f;  // half a stripe's reach beyond its ends
    const float left = rect.x + edge, right = rect.right() - edge;
    if (rect.w <= 0 || rect.h <= 0) return;
    if (right <= left) return fill(rect, fade(color, width / spacing));
    const float step = sizes(spacing);
    // Stripes stand still in the window, so neighbouring pieces join up.
    const float first = std::floor((rect.x - rect.h) / step) * step;
    for (float x = first; x < right; x += step) {
        const float from = std::max(x, left), to = std::min(x + rect.h, right);
        if (to - from > 0.5f)
            list_->AddLine({from, rect.bottom() - (from - x)}, {to, rect.bottom() - (to - x)},
                           color, sizes(width));
    }
}

void Canvas::dots(const Rect& rect, Color color, float spacing) const {
    const float step = sizes(spacing), size = sizes(1.1f);
    for (float y = rect.y + step / 2; y < rect.bottom() - size; y += step)
        for (float x = std::ceil((rect.x + size) / step) * step; x < rect.right() - size; x += step)
            list_->AddRectFilled({x - size, y - size}, {x + size, y + size}, color);
}

void Canvas::clip(const Rect& rect) const {
    list_->PushClipRect(corner(rect), far_corner(rect), true);
}
void Canvas::unclip() const {
    list_->PopClipRect();
}

// ---- icons
// -----------------------------------------------------------------------------------------------

void Canvas::icon(Icon icon, const Rect& box, Color color) const {
    const Point c = box.center();
    const float r = std::min(box.w, box.h) / 2;
    const auto triangle = [&](float x, float direction) {
        list_->AddTriangleFilled({x + direction * r * 0.9f, c.y},
                                 {x - direction * r * 0.5f, c.y - r * 0.85f},
                                 {x - direction * r * 0.5f, c.y + r * 0.85f}, color);
    };
    const auto bar = [&](float x) {
        fill({x - r * 0.16f, c.y - r * 0.85f, r * 0.32f, r * 1.7f}, color);
    };
    switch (icon) {
        case Icon::First:
            triangle(c.x + r * 0.1f, -1);
            bar(c.x - r * 0.85f);
            break;
        case Icon::Back:
            triangle(c.x, -1);
            break;
        case Icon::Step:
        case Icon::Play:
            triangle(c.x, 1);
            break;
        case Icon::Last:
            triangle(c.x - r * 0.1f, 1);
            bar(c.x + r * 0.85f);
            break;
        case Icon::Pause:
            bar(c.x - r * 0.4f);
            bar(c.x + r * 0.4f);
            break;
        case Icon::Bars:
            bar(c.x);
            break;
        case Icon::Check: {
            const Point points[] = {{c.x - r * 0.7f, c.y},
                                    {c.x - r * 0.2f, c.y + r * 0.55f},
                                    {c.x + r * 0.75f, c.y - r * 0.6f}};
            polyline(points, 3, color, 1.8f);
            break;
        }
        case Icon::Cross:
        case Icon::Close:
            line({c.x - r * 0.6f, c.y - r * 0.6f}, {c.x + r * 0.6f, c.y + r * 0.6f}, color, 1.8f);
            line({c.x - r * 0.6f, c.y + r * 0.6f}, {c.x + r * 0.6f, c.y - r * 0.6f}, color, 1.8f);
            break;
        case Icon::Stop:
            ring(c, r * 0.75f / sizes.scale, 1, color, color, 1.6f);
            line({c.x - r * 0.5f, c.y + r * 0.5f}, {c.x + r * 0.5f, c.y - r * 0.5f}, color, 1.6f);
            break;
        case Icon::Arrow:
            arrow({c.x - r * 0.8f, c.y}, {c.x + r * 0.8f, c.y}, color);
            break;
        case Icon::Bell:
            list_->AddCircleFilled({c.x, c.y - r * 0.15f}, r * 0.5f, color, 16);
            fill({c.x - r * 0.65f, c.y + r * 0.2f, r * 1.3f, r * 0.25f}, color, 1);
            list_->AddCircleFilled({c.x, c.y + r * 0.65f}, r * 0.17f, color, 8);
            break;
        case Icon::Sun:
            list_->AddCircleFilled(vec(c), r * 0.42f, color, 20);
            for (int i = 0; i < 8; ++i) {
                const float a = 0.7853981f * static_cast<float>(i);
                line({c.x + std::cos(a) * r * 0.62f, c.y + std::sin(a) * r * 0.62f},
                     {c.x + std::cos(a) * r * 0.9f, c.y + std::sin(a) * r * 0.9f}, color, 1.4f);
            }
            break;
        case Icon::Moon:
            list_->PathArcTo(vec(c), r * 0.75f, 0.6f, 5.0f, 24);
            list_->PathBezierCubicCurveTo({c.x - r * 0.15f, c.y - r * 0.45f},
                                          {c.x - r * 0.1f, c.y + r * 0.35f},
                                          {c.x + r * 0.62f, c.y + r * 0.42f}, 16);
            list_->PathStroke(color, 0, sizes(1.5f));
            break;
        case Icon::Full: {
            const float s = r * 0.7f, k = r * 0.3f;
            for (const float dx : {-1.0f, 1.0f})
                for (const float dy : {-1.0f, 1.0f}) {
                    const Point points[] = {{c.x + dx * (s - k), c.y + dy * s},
                                            {c.x + dx * s, c.y + dy * s},
                                            {c.x + dx * s, c.y + dy * (s - k)}};
                    polyline(points, 3, color, 1.5f);
                }
            break;
        }
    }
}

// ---- composed
// ----------------------------------------------------------------------------------------------

void Canvas::panel(const Rect& rect) const {
    fill(rect, theme.panel, 10);
    frame(rect, theme.line, 10, 1);
}

float Canvas::heading(Point at, std::string_view whole) const {
    // Small capitals are spread a little: letter by letter.
    float x = at.x;
    for (const char c : whole) {
        const std::string_view letter(&c, 1);
        x += text({x, at.y}, letter, Face::Strong, 12, theme.dim) + sizes(1);
    }
    return line_height(Face::Strong, 12);
}

void Canvas::chip(const Rect& rect, std::string_view letter, Color color) const {
    fill(rect, color, 5);
    // Too many of a letter for its chip: their number tells them apart, the name stands beside.
    float size = 13;
    if (text_width(letter, Face::Strong, size) > rect.w - sizes(3)) size = 12;
    while (letter.size() > 1 && text_width(letter, Face::Strong, size) > rect.w - sizes(1))
        letter.remove_prefix(1);
    text_centered(rect, letter, Face::Strong, size, theme.on_task);
}

}  // namespace loopglass::gui
