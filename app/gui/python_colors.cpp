#include "app/gui/python_colors.hpp"

namespace loopglass::gui {

Color code_color(const Theme& t, CodeKind kind) {
    switch (kind) {
        case CodeKind::Plain:
            return t.text;
        case CodeKind::Keyword:
            return t.keyword;
        case CodeKind::String:
            return t.string;
        case CodeKind::Number:
            return t.number;
        case CodeKind::Comment:
            return t.comment;
        case CodeKind::Function:
            return t.function;
    }
    return t.text;
}

}  // namespace loopglass::gui
