// Numbers of one machine format side by side in memory: what array.array holds and memoryview
// shows.
#pragma once

#include <string>
#include <vector>

#include "runtime/value/objects.hpp"

namespace loopglass::value {

// array.array.
struct ArrayObject : Object {
    static Type* type;
    std::string bytes;
    char code = 'B';
    explicit ArrayObject(Type* its_type) : Object(its_type) {}
    [[nodiscard]] size_t item_size() const;
    [[nodiscard]] size_t count() const { return bytes.size() / item_size(); }
};

// What a memoryview is made as: the bytes of MemoryView with a format and a shape. C-contiguous.
struct ShapedView : MemoryView {
    char format = 'B';
    size_t item_size = 1;
    std::vector<int64_t> shape;
    bool read_only = false;
    using MemoryView::MemoryView;
};

// Bytes of one item, 0 for a format there is none of. struct's letters, and 'u' and 'w' for text.
[[nodiscard]] size_t format_size(char format);
[[nodiscard]] Value load_item(const char* from, char format);
// A value as an item. Error: nothing was stored; no exception is pending for the first two.
enum class Stored : uint8_t { Good, WrongType, OutOfRange, Raised };
[[nodiscard]] Stored store_item(char* to, char format, const Value& value);

// The memory of a bytearray, array or view of such, to be written; null if it is none.
struct Writable {
    std::string* storage = nullptr;
    size_t start = 0, size = 0;
};
[[nodiscard]] Writable writable_memory(const Value& value);

// A view of a whole object with a format: memoryview(array).
[[nodiscard]] Value make_view_of(const Value& source, char format, size_t bytes);

}  // namespace loopglass::value
