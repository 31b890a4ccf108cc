// Result<T>: a value or the Error that stands in its place; for what the outside world may get
// wrong (files, syntax, recordings). Shaped like std::expected so that it can be swapped later.
#pragma once

#include <string>
#include <utility>
#include <variant>

#include "runtime/base/source.hpp"

namespace loopglass::base {

struct Error {
    std::string message;  // one sentence, no trailing newline
    Span where = {};      // line 0: not tied to a place
};

template <typename T>
class [[nodiscard]] Result {
public:
    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

    [[nodiscard]] explicit operator bool() const { return state_.index() == 0; }
    [[nodiscard]] T& operator*() { return std::get<0>(state_); }
    [[nodiscard]] const T& operator*() const { return std::get<0>(state_); }
    [[nodiscard]] T* operator->() { return &std::get<0>(state_); }
    [[nodiscard]] const T* operator->() const { return &std::get<0>(state_); }
    [[nodiscard]] const Error& error() const { return std::get<1>(state_); }

private:
    std::variant<T, Error> state_;
};

}  // namespace loopglass::base
