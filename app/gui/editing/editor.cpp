#include "app/gui/editing/editor.hpp"

#include <algorithm>
#include <utility>

namespace loopglass::gui {

void Editor::load(std::string_view source, std::string path) {
    text_ = TextBuffer(source);
    ran_ = saved_ = text_.text();
    path_ = std::move(path);
    active_ = opened_to_ask_ = false;
    asking_ = Asking::Nothing;
    top_ = 0;
    follows_ = true;
    errors.clear();
    notice.clear();
}

void Editor::set_saved(std::string path) {
    saved_ = text_.text();
    path_ = std::move(path);
}

// What the text and the one-line answer have in common.
void Editor::apply_to(TextBuffer& buffer, const Edit& edit) {
    switch (edit.op) {
        case EditOp::Insert:
            return buffer.insert(edit.text);
        case EditOp::NewLine:
            return buffer.new_line();
        case EditOp::Move:
            return buffer.move(edit.move, edit.select,
                               static_cast<uint32_t>(std::max(edit.lines, 1)));
        case EditOp::Erase:
            return buffer.erase(edit.move);
        case EditOp::PutCursor:
            return buffer.put_cursor(edit.place, edit.select);
        case EditOp::SelectWord:
            return buffer.select_word();
        case EditOp::SelectAll:
            return buffer.select_all();
        case EditOp::Indent:
            return buffer.indent();
        case EditOp::Dedent:
            return buffer.dedent();
        case EditOp::ToggleComment:
            return buffer.toggle_comment();
        case EditOp::Undo:
            return static_cast<void>(buffer.undo());
        case EditOp::Redo:
            return static_cast<void>(buffer.redo());
        default:
            return;
    }
}

void Editor::end_question() {
    asking_ = Asking::Nothing;
    if (std::exchange(opened_to_ask_, false)) active_ = false;
}

void Editor::accept(int direction) {
    const std::string answer = answer_.text();
    if (asking_ == Asking::Find) {
        follows_ = true;
        const auto found = text_.find(answer, direction < 0);
        notice = found ? "" : "\"" + answer + "\" is not in the script.";
        if (found) text_.select(*found);
        return;
    }
    if (answer.empty()) return;
    (asking_ == Asking::Open ? wants_to_open : wants_to_save) = answer;
    end_question();
}

void Editor::apply(const Edit& edit) {
    const auto last = static_cast<int64_t>(text_.lines().size()) - 1;
    switch (edit.op) {
        case EditOp::Begin:
            active_ = true;
            opened_to_ask_ = false;
            follows_ = true;
            if (edit.place != Place{}) text_.put_cursor(edit.place);
            return;
        case EditOp::Leave:
            active_ = opened_to_ask_ = false;
            asking_ = Asking::Nothing;
            return;
        case EditOp::Scroll:
        case EditOp::ScrollTo: {
            const int64_t from = edit.op == EditOp::Scroll ? top_ : 0;
            top_ = static_cast<uint32_t>(std::clamp<int64_t>(from + edit.lines, 0, last));
            if (edit.op == EditOp::Scroll) follows_ = false;
            return;
        }
        case EditOp::Ask:
            if (!std::exchange(active_, true)) opened_to_ask_ = true;
            asking_ = edit.asking;
            answer_ = TextBuffer(edit.asking == Asking::Find && text_.has_selection()
                                     ? text_.selected_text()
                                     : edit.text);
            answer_.select_all();
            return;
        case EditOp::Accept:
            return accept(edit.lines);
        case EditOp::Cancel:
            return end_question();
        default:
            break;
    }
    if (asking_ != Asking::Nothing && edit.op != EditOp::PutCursor) {
        if (edit.op == EditOp::NewLine) return;
        Edit one_line = edit;
        one_line.text.resize(std::min(one_line.text.find('\n'), one_line.text.size()));
        return apply_to(answer_, one_line);
    }
    const uint64_t before = text_.version();
    apply_to(text_, edit);
    opened_to_ask_ = false;
    follows_ = true;
    if (text_.version() != before) notice.clear();
}

}  // namespace loopglass::gui
