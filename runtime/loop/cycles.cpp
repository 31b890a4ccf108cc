#include "runtime/loop/cycles.hpp"

#include <utility>
#include <vector>

#include "runtime/loop/machine.hpp"
#include "runtime/value/native.hpp"
#include "runtime/value/objects.hpp"

namespace loopglass::loop {

namespace {

// In a list, the eldest first, that owns none of them.
struct LibraryFrame : value::Object {
    static value::Type* type;
    value::Value locals;
    LibraryFrame *previous = nullptr, *next = nullptr;
    explicit LibraryFrame(value::Type* its_type) : Object(its_type) {}
    ~LibraryFrame();
};
value::Type* LibraryFrame::type = nullptr;

LibraryFrame *g_eldest = nullptr, *g_newest = nullptr;
size_t g_count = 0;

void link(LibraryFrame* frame) {
    frame->previous = g_newest;
    (g_newest ? g_newest->next : g_eldest) = frame;
    g_newest = frame;
    ++g_count;
}

void unlink(LibraryFrame* frame) {
    if (frame != g_eldest && !frame->previous) return;
    (frame->previous ? frame->previous->next : g_eldest) = frame->next;
    (frame->next ? frame->next->previous : g_newest) = frame->previous;
    frame->previous = frame->next = nullptr;
    --g_count;
}

LibraryFrame::~LibraryFrame() {
    unlink(this);
}

[[nodiscard]] value::Value take_eldest() {
    LibraryFrame* frame = g_eldest;
    unlink(frame);
    return std::move(frame->locals);
}

}  // namespace

namespace {

struct Run {
    uint64_t number;
    const VirtualThread* thread;
    value::Value frame;
};
std::vector<Run> g_runs;  // the innermost of a thread last
uint64_t g_run_number = 0;

}  // namespace

RunFrame::RunFrame(value::Value locals) : number_(++g_run_number) {
    value::Value outer = run_frame();
    value::Value all = outer
                           ? value::Value(value::make_tuple({std::move(locals), std::move(outer)}))
                           : std::move(locals);
    g_runs.push_back({number_, g_machine->current(), make_library_frame(std::move(all))});
}

RunFrame::~RunFrame() {
    std::erase_if(g_runs, [this](const Run& run) { return run.number == number_; });
}

value::Value run_frame() {
    for (size_t i = g_runs.size(); i > 0; --i)
        if (g_runs[i - 1].thread == g_machine->current()) return g_runs[i - 1].frame;
    return {};
}

value::Value (*g_object_of_frame)(value::Frame*) = nullptr;

value::Value make_library_frame(value::Value locals) {
    constexpr size_t kMost = 1000;
    value::Ref<LibraryFrame> made = value::make<LibraryFrame>();
    made->locals = std::move(locals);
    link(made.get());
    if (g_count > kMost) const value::Value eldest = take_eldest();
    return made;
}

void collect_cycles() {
    std::vector<value::Value> garbage;
    while (g_eldest) garbage.push_back(take_eldest());
}

void define_library_frame_type() {
    value::NativeTypeSpec spec{"loopglass.LibraryFrame", sizeof(LibraryFrame)};
    spec.slots.destroy = &value::destroy_native<LibraryFrame>;
    LibraryFrame::type = value::define_type(spec);
}

}  // namespace loopglass::loop
