// What the two files of module math share.
#pragma once

#include <span>

#include "runtime/value/native.hpp"

namespace loopglass::script {

extern const std::span<const value::NativeMethod> kMathIntegerFunctions;  // math_integer.cpp
extern const std::span<const value::NativeMethod> kMathSumFunctions;      // math_sum.cpp

}  // namespace loopglass::script
