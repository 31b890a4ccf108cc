// Result<T>: a value or the Error that stands in its place; for what the outside world may get
// wrong (files, syntax, recordings). Shaped like std::expected so that it can be swapped later.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "runtime/base/source.hpp"

namespace loopglass::base {

struct Error {
    std::string message;  // one sentence, no trailing newline
    Span where = {};      // line 0: not tied to a place
};

template <typename T>
class [[nodiscard]] Result {
public:
    Result(T value) : value_(std::move(value)) {}
    Result(Error error) : error_(std::move(error)) {}

    [[nodiscard]] explicit operator bool() const { return value_.has_value(); }
    [[nodiscard]] T& operator*() { return *value_; }
    [[nodiscard]] const T& operator*() const { return *value_; }
    [[nodiscard]] T* operator->() { return &*value_; }
    [[nodiscard]] const T* operator->() const { return &*value_; }
    [[nodiscard]] const Error& error() const { return error_; }

private:
    std::optional<T> value_;
    Error error_;  // meaningful when there is no value
};

}  // namespace loopglass::base
