// Canvas: drawing in the program's own visual language — texts in its type, panels, chips,
// hatching, icons as shapes. Positions are screen pixels. The only header of the window that hides
// ImGui.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/gui/theme.hpp"

struct ImDrawList;
struct ImFont;

namespace loopglass::gui {

struct Point {
    float x = 0, y = 0;
};
struct Rect {
    float x = 0, y = 0, w = 0, h = 0;

    [[nodiscard]] float right() const { return x + w; }
    [[nodiscard]] float bottom() const { return y + h; }
    [[nodiscard]] Point center() const { return {x + w / 2, y + h / 2}; }
    [[nodiscard]] bool contains(Point p) const {
        return p.x >= x && p.x < right() && p.y >= y && p.y < bottom();
    }
    [[nodiscard]] Rect inner(float margin) const {
        return {x + margin, y + margin, w - 2 * margin, h - 2 * margin};
    }
    // Cuts a strip off and answers it.
    Rect take_top(float height);
    Rect take_bottom(float height);
    Rect take_left(float width);
    Rect take_right(float width);
};

enum class Face : uint8_t { Text, Medium, Strong, Mono };

// A text that was drawn, and where.
struct Spoken {
    std::string text;
    Rect rect;
};

// One rasterised font for each face and size; made again when the scale changes.
struct Fonts {
    struct Entry {
        Face face;
        float size;    // of its em, at scale 1
        float pixels;  // of its line: what the drawing library calls its size
        ImFont* font;
    };
    [[nodiscard]] const Entry& find(Face face, float size) const;
    Entry entries[24] = {};
    int count = 0;
};
// Adds every face and size the program uses to the current ImGui context's atlas.
void load_fonts(Fonts& fonts, float scale);

enum class Icon : uint8_t {
    First,
    Back,
    Step,
    Last,
    Play,
    Pause,
    Check,
    Cross,
    Stop,
    Bars,
    Arrow,
    Bell,
    Sun,
    Moon,
    Full,
    Close
};

class Canvas {
public:
    // `spoken` takes down every text that is drawn, for tests; null: nobody listens.
    Canvas(ImDrawList* list, const Fonts& fonts, const Theme& its_theme, Sizes its_sizes,
           std::vector<Spoken>* spoken = nullptr)
        : theme(its_theme), sizes(its_sizes), list_(list), fonts_(fonts), spoken_(spoken) {}

    const Theme& theme;
    const Sizes sizes;

    // Text at scale-1 size; `at` is the top left corner. Answers the width.
    float text(Point at, std::string_view text, Face face, float size, Color color) const;
    // Cut with an ellipsis where it does not fit.
    float text_cut(Point at, std::string_view text, float width, Face face, float size,
                   Color color) const;
    // Wrapped into width; answers the height. `draw` false only measures.
    float text_wrapped(Point at, std::string_view text, float width, Face face, float size,
                       Color color, bool draw = true) const;
    // The least width in which the text takes no more lines than in `width`: no word alone below.
    [[nodiscard]] float balanced(std::string_view text, float width, Face face, float size) const;
    // The same for a lesson's words: what stands between `backticks` is drawn as code.
    float prose(Point at, std::string_view text, float width, float size, Color color, Color code,
                bool draw = true) const;
    void text_centered(const Rect& box, std::string_view text, Face face, float size,
                       Color color) const;
    // From x on, its capitals centred on the line y. Answers the width.
    float text_level(float x, float y, std::string_view text, Face face, float size,
                     Color color) const;
    // The same, cut with an ellipsis where it does not fit.
    float text_level_cut(float x, float y, std::string_view text, float width, Face face,
                         float size, Color color) const;
    [[nodiscard]] float widest_word(std::string_view text, Face face, float size) const;
    [[nodiscard]] float text_width(std::string_view text, Face face, float size) const;
    [[nodiscard]] float line_height(Face face, float size) const;

    void fill(const Rect& rect, Color color, float radius = 0) const;
    void frame(const Rect& rect, Color color, float radius = 0, float width = 1) const;
    void dashed_frame(const Rect& rect, Color color, float radius) const;
    void line(Point a, Point b, Color color, float width = 1) const;
    void dotted_line(Point a, Point b, Color color) const;
    void polyline(const Point* points, int count, Color color, float width) const;
    void arrow(Point from, Point to, Color color, float width = 1.5f) const;
    void curve(Point from, Point to, Color color, float width) const;
    void circle(Point center, float radius, Color color) const;
    // A ring, `share` of it (0 to 1) filled clockwise from the top.
    void ring(Point center, float radius, float share, Color color, Color rest, float width) const;
    void triangle(Point a, Point b, Point c, Color color) const;
    // Diagonal stripes: waiting. Dots: ready.
    void hatch(const Rect& rect, Color color, float spacing = 8, float width = 2) const;
    void dots(const Rect& rect, Color color, float spacing = 6) const;
    void icon(Icon icon, const Rect& box, Color color) const;

    // A panel's ground with its border.
    void panel(const Rect& rect) const;
    // A small caps heading; answers its height.
    float heading(Point at, std::string_view text) const;
    // A task's letter on its colour.
    void chip(const Rect& rect, std::string_view letter, Color color) const;

    void clip(const Rect& rect) const;
    void unclip() const;

private:
    ImDrawList* list_;
    const Fonts& fonts_;
    std::vector<Spoken>* spoken_;
};

}  // namespace loopglass::gui
