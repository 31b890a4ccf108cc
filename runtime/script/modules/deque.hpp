// deque: a ring of values. In _collections.
#pragma once

#include <vector>

#include "runtime/value/objects.hpp"

namespace loopglass::script {

struct Deque : value::Object {
    static value::Type* type;
    std::vector<value::Value> ring;  // a power of two of places
    size_t first = 0;
    size_t count = 0;
    int64_t limit = -1;    // maxlen; -1: none
    uint64_t changes = 0;  // so that iterators notice
    explicit Deque(value::Type* its_type) : Object(its_type) {}

    [[nodiscard]] value::Value& at(size_t i) { return ring[(first + i) & (ring.size() - 1)]; }
    [[nodiscard]] const value::Value& at(size_t i) const {
        return ring[(first + i) & (ring.size() - 1)];
    }
    // At the limit the item at the other end leaves; it is answered so that it dies last.
    value::Value push_back(value::Value item);
    value::Value push_front(value::Value item);
    value::Value pop_back();
    value::Value pop_front();
    void remove(size_t i);
    void insert(size_t i, value::Value item);
    void rotate(int64_t steps);

private:
    void grow();
};

value::Type* define_deque();
value::Type* define_defaultdict();   // default_dict.cpp
value::Type* define_ordered_dict();  // ordered_dict.cpp

}  // namespace loopglass::script
