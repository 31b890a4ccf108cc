// Checkpoint: the model of a moment, kept small. Tasks and the line are packed; of many tasks only
// those are packed anew that have changed since the checkpoint before, by pages.
#pragma once

#include <memory>
#include <vector>

#include "runtime/trace/model.hpp"
#include "runtime/trace/packed_rows.hpp"

namespace loopglass::trace {

class Checkpoint {
public:
    // since, since - suspended, steps, line, phase and flags.
    using TaskPage = PackedRows<5>;
    using TaskPages = std::vector<std::shared_ptr<const TaskPage>>;
    // What the next checkpoint can share: the tasks as they were, and their pages.
    struct Last {
        PagedTable<Model::TaskCore> tasks;
        TaskPages pages;
    };

    // Takes `model` as it is now. `last` is of the checkpoint before, and becomes this one's.
    Checkpoint(const Model& model, Last& last);
    [[nodiscard]] Model restore() const;
    // Number of events applied.
    [[nodiscard]] EventIndex next() const { return rest_.next(); }
    // Bytes that no other checkpoint holds.
    [[nodiscard]] size_t own_bytes() const;

private:
    Model rest_;  // without what is packed
    bool packed_ = false;
    uint32_t tasks_ = 0;
    TaskPages pages_;
    PackedRows<3> line_;  // kind and mark, id, queued
};

}  // namespace loopglass::trace
