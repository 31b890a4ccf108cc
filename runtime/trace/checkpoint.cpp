#include "runtime/trace/checkpoint.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace loopglass::trace {
namespace {

// Beyond it unpacking all is felt, and few of them change from one checkpoint to the next.
constexpr uint32_t kMostPacked = 65'536;

}  // namespace

Checkpoint::Checkpoint(const Model& model, Last& last) : rest_(model) {
    tasks_ = model.tasks_.size();
    packed_ = tasks_ <= kMostPacked;
    if (!packed_) {
        last = {};
        return;
    }
    using Tasks = PagedTable<Model::TaskCore>;
    TaskPages pages(model.tasks_.page_count());
    std::array<TaskPage::Row, Tasks::kPageItems> rows;
    for (size_t p = 0; p < pages.size(); ++p) {
        const Model::TaskCore* page = model.tasks_.page(p);
        if (p < last.pages.size() && last.tasks.page(p) == page) {
            pages[p] = last.pages[p];
            continue;
        }
        for (size_t i = 0; i < rows.size(); ++i) {
            const Model::TaskCore& task = page[i];
            const uint32_t flags =
                task.blocking | task.cancel_delivered << 1 | task.cancel_requests << 2;
            rows[i] = {task.since, task.since - task.suspended, task.steps, task.line,
                       static_cast<uint32_t>(task.phase) | flags << 8};
        }
        pages[p] = std::make_shared<const TaskPage>(std::span<const TaskPage::Row>(rows));
    }
    std::vector<PackedRows<3>::Row> line;
    line.reserve(model.ready_count());
    for (const ReadyEntry* entry = model.ready_begin(); entry != model.ready_end(); ++entry)
        line.push_back({static_cast<uint32_t>(entry->kind) | uint32_t{entry->cancelled} << 7,
                        entry->id, entry->queued});
    line_ = PackedRows<3>(line);
    last = {model.tasks_, pages};
    pages_ = std::move(pages);
    rest_.tasks_ = {};
    rest_.ready_ = std::vector<ReadyEntry>();  // and not {}, which keeps the memory
    rest_.ready_head_ = 0;
}

Model Checkpoint::restore() const {
    Model model = rest_;
    if (!packed_) return model;
    for (size_t p = 0; p < pages_.size(); ++p) {
        Model::TaskCore* task = model.tasks_.add_page();
        pages_[p]->each([&](const TaskPage::Row& row) {
            const uint32_t flags = row[4] >> 8;
            *task++ = {row[0],
                       row[0] - row[1],
                       row[2],
                       static_cast<uint16_t>(row[3]),
                       static_cast<TaskPhase>(row[4] & 0xFF),
                       static_cast<uint8_t>(flags & 1),
                       static_cast<uint8_t>(flags >> 1 & 1),
                       static_cast<uint8_t>(flags >> 2)};
        });
    }
    model.tasks_.set_size(tasks_);
    model.ready_.resize(line_.size());
    ReadyEntry* entry = model.ready_.data();
    line_.each([&](const PackedRows<3>::Row& row) {
        *entry++ = {static_cast<ReadyEntry::Kind>(row[0] & 0x7F), (row[0] & 0x80) != 0, row[1],
                    row[2]};
    });
    return model;
}

size_t Checkpoint::own_bytes() const {
    size_t bytes = rest_.own_bytes() + sizeof *this - sizeof rest_ + line_.memory_bytes() -
                   sizeof line_ + pages_.capacity() * sizeof pages_[0];
    for (const auto& page : pages_)
        if (page.use_count() == 1) bytes += page->memory_bytes();
    return bytes;
}

}  // namespace loopglass::trace
