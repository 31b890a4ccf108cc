#include "app/gui/raster.hpp"

#include <imgui.h>
#define STB_IMAGE_WRITE_IMPLEMENTATION
#include <stb/stb_image_write.h>

#include <algorithm>
#include <cmath>

namespace loopglass::gui {

namespace {

struct Box {
    int left, top, right, bottom;  // right and bottom exclusive
};

// A value that changes evenly over a triangle.
struct Plane {
    float at_origin, per_x, per_y;
    [[nodiscard]] float at(float x, float y) const { return at_origin + per_x * x + per_y * y; }
};

class Raster {
public:
    Raster(Picture& picture, const Coverage& texture) : picture_(picture), texture_(texture) {}

    void triangle(const ImDrawVert& a, const ImDrawVert& b, const ImDrawVert& c, const Box& clip);

private:
    struct Edge {
        Plane distance;
        bool owns;  // pixels exactly on it belong to this triangle
    };
    // What a triangle is filled with: three corners' colours and places in the texture.
    struct Fill {
        bool plain;  // one colour, solid texture
        uint32_t color;
        Plane red, green, blue, alpha, u, v;
    };
    [[nodiscard]] Fill fill_of(const ImDrawVert& a, const ImDrawVert& b, const ImDrawVert& c,
                               float area) const;
    void row(const Fill& fill, int y, int begin, int end);
    [[nodiscard]] float coverage(float u, float v) const;
    void blend(int x, int y, float red, float green, float blue, float alpha);

    Picture& picture_;
    const Coverage& texture_;
};

float channel(uint32_t color, int shift) {
    return static_cast<float>((color >> shift) & 0xFF);
}

Plane plane(const ImDrawVert& a, const ImDrawVert& b, const ImDrawVert& c, float area, float va,
            float vb, float vc) {
    const float per_x = ((vb - va) * (c.pos.y - a.pos.y) - (vc - va) * (b.pos.y - a.pos.y)) / area;
    const float per_y = ((vc - va) * (b.pos.x - a.pos.x) - (vb - va) * (c.pos.x - a.pos.x)) / area;
    return {va - per_x * a.pos.x - per_y * a.pos.y, per_x, per_y};
}

Raster::Fill Raster::fill_of(const ImDrawVert& a, const ImDrawVert& b, const ImDrawVert& c,
                             float area) const {
    const auto of = [&](float va, float vb, float vc) { return plane(a, b, c, area, va, vb, vc); };
    const auto color = [&](int shift) {
        return of(channel(a.col, shift), channel(b.col, shift), channel(c.col, shift));
    };
    const bool same_color = a.col == b.col && b.col == c.col;
    const bool same_place =
        a.uv.x == b.uv.x && a.uv.y == b.uv.y && b.uv.x == c.uv.x && b.uv.y == c.uv.y;
    return {same_color && same_place && coverage(a.uv.x, a.uv.y) > 0.99f,
            a.col,
            color(0),
            color(8),
            color(16),
            color(24),
            of(a.uv.x, b.uv.x, c.uv.x),
            of(a.uv.y, b.uv.y, c.uv.y)};
}

float Raster::coverage(float u, float v) const {
    const float x = u * static_cast<float>(texture_.width) - 0.5f;
    const float y = v * static_cast<float>(texture_.height) - 0.5f;
    const int left = static_cast<int>(std::floor(x)), top = static_cast<int>(std::floor(y));
    const float fx = x - static_cast<float>(left), fy = y - static_cast<float>(top);
    const auto texel = [&](int column, int line) {
        column = std::clamp(column, 0, texture_.width - 1);
        line = std::clamp(line, 0, texture_.height - 1);
        return static_cast<float>(texture_.pixels[line * texture_.width + column]);
    };
    const float upper = texel(left, top) * (1 - fx) + texel(left + 1, top) * fx;
    const float lower = texel(left, top + 1) * (1 - fx) + texel(left + 1, top + 1) * fx;
    return (upper * (1 - fy) + lower * fy) / 255;
}

void Raster::blend(int x, int y, float red, float green, float blue, float alpha) {
    uint8_t* pixel =
        &picture_.rgb[3 * (static_cast<size_t>(y) * static_cast<size_t>(picture_.width) +
                           static_cast<size_t>(x))];
    const float share = alpha / 255;
    const auto mixed = [&](uint8_t below, float above) {
        const float value = static_cast<float>(below) + (above - static_cast<float>(below)) * share;
        return static_cast<uint8_t>(std::clamp(value + 0.5f, 0.0f, 255.0f));
    };
    pixel[0] = mixed(pixel[0], red);
    pixel[1] = mixed(pixel[1], green);
    pixel[2] = mixed(pixel[2], blue);
}

void Raster::row(const Fill& fill, int y, int begin, int end) {
    const float py = static_cast<float>(y) + 0.5f;
    for (int x = begin; x < end; ++x) {
        if (fill.plain) {
            blend(x, y, channel(fill.color, 0), channel(fill.color, 8), channel(fill.color, 16),
                  channel(fill.color, 24));
            continue;
        }
        const float px = static_cast<float>(x) + 0.5f;
        const float alpha = fill.alpha.at(px, py) * coverage(fill.u.at(px, py), fill.v.at(px, py));
        if (alpha > 0.5f)
            blend(x, y, fill.red.at(px, py), fill.green.at(px, py), fill.blue.at(px, py), alpha);
    }
}

void Raster::triangle(const ImDrawVert& a, const ImDrawVert& b, const ImDrawVert& c,
                      const Box& clip) {
    const float area =
        (b.pos.x - a.pos.x) * (c.pos.y - a.pos.y) - (b.pos.y - a.pos.y) * (c.pos.x - a.pos.x);
    if (area == 0) return;
    if (area < 0) return triangle(a, c, b, clip);
    const auto edge = [](const ImVec2& from, const ImVec2& to) {
        const float dx = to.x - from.x, dy = to.y - from.y;
        return Edge{{dy * from.x - dx * from.y, -dy, dx}, dy < 0 || (dy == 0 && dx > 0)};
    };
    const Edge edges[] = {edge(a.pos, b.pos), edge(b.pos, c.pos), edge(c.pos, a.pos)};
    const auto [low, high] = std::minmax({a.pos.y, b.pos.y, c.pos.y});
    const int top = std::max(clip.top, static_cast<int>(std::floor(low)));
    const int bottom = std::min(clip.bottom, static_cast<int>(std::ceil(high)) + 1);
    const Fill fill = fill_of(a, b, c, area);
    for (int y = top; y < bottom; ++y) {
        const float py = static_cast<float>(y) + 0.5f;
        float first = static_cast<float>(clip.left), last = static_cast<float>(clip.right);
        bool empty = false;
        for (const Edge& e : edges) {  // the part of the row on the inner side of every edge
            const float start = e.distance.at(0.5f, py);
            if (e.distance.per_x == 0) {
                empty |= start < 0 || (start == 0 && !e.owns);
                continue;
            }
            const float cross = -start / e.distance.per_x;
            const bool exact = cross == std::floor(cross);
            if (e.distance.per_x > 0)
                first = std::max(first, exact && !e.owns ? cross + 1 : std::ceil(cross));
            else
                last = std::min(last, exact && !e.owns ? cross : std::floor(cross) + 1);
        }
        if (!empty && first < last) row(fill, y, static_cast<int>(first), static_cast<int>(last));
    }
}

Box clip_of(const ImDrawCmd& command, const ImDrawData& data, const Picture& picture) {
    const ImVec2 origin = data.DisplayPos;
    return {std::max(0, static_cast<int>(command.ClipRect.x - origin.x)),
            std::max(0, static_cast<int>(command.ClipRect.y - origin.y)),
            std::min(picture.width, static_cast<int>(std::ceil(command.ClipRect.z - origin.x))),
            std::min(picture.height, static_cast<int>(std::ceil(command.ClipRect.w - origin.y)))};
}

}  // namespace

Picture draw_picture(const ImDrawData& data, const Coverage& texture, uint32_t ground) {
    Picture picture;
    picture.width = static_cast<int>(data.DisplaySize.x);
    picture.height = static_cast<int>(data.DisplaySize.y);
    const size_t pixels = static_cast<size_t>(picture.width) * static_cast<size_t>(picture.height);
    picture.rgb.resize(pixels * 3);
    for (size_t i = 0; i < pixels; ++i)
        for (int part = 0; part < 3; ++part)
            picture.rgb[3 * i + static_cast<size_t>(part)] =
                static_cast<uint8_t>(ground >> (8 * part));
    Raster raster(picture, texture);
    for (int l = 0; l < data.CmdListsCount; ++l) {
        const ImDrawList& list = *data.CmdLists[l];
        for (const ImDrawCmd& command : list.CmdBuffer) {
            if (command.UserCallback) continue;
            const Box clip = clip_of(command, data, picture);
            if (clip.left >= clip.right || clip.top >= clip.bottom) continue;
            const ImDrawIdx* index = list.IdxBuffer.Data + command.IdxOffset;
            const ImDrawVert* vertex = list.VtxBuffer.Data + command.VtxOffset;
            for (unsigned i = 0; i + 2 < command.ElemCount; i += 3)
                raster.triangle(vertex[index[i]], vertex[index[i + 1]], vertex[index[i + 2]], clip);
        }
    }
    return picture;
}

bool Picture::write_png(const char* path) const {
    return stbi_write_png(path, width, height, 3, rgb.data(), width * 3) != 0;
}

}  // namespace loopglass::gui
