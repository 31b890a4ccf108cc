#include "runtime/script/builtins/sum.hpp"

#include <cmath>

#include "runtime/value/errors.hpp"
#include "runtime/value/objects.hpp"
#include "runtime/value/protocol.hpp"

namespace loopglass::script {

using namespace value;  // a file of bindings

namespace {

// Floats added with Neumaier's compensation, as CPython does since 3.12 (Python/bltinmodule.c).
class FloatSum {
public:
    void start(double number) {
        high_ = number;
        low_ = 0;
    }
    void add(double number) {
        const double sum = high_ + number;
        if (std::fabs(high_) >= std::fabs(number))
            low_ += (high_ - sum) + number;
        else
            low_ += (number - sum) + high_;
        high_ = sum;
    }
    void add_plain(double number) { high_ += number; }
    // An infinite or undefined compensation says nothing.
    [[nodiscard]] double total() const {
        return low_ != 0 && std::isfinite(low_) ? high_ + low_ : high_;
    }

private:
    double high_ = 0, low_ = 0;
};

// The running total, in the plainest of three forms that can hold it.
class Adder {
public:
    explicit Adder(const Value& start) { set(start); }
    // False: pending.
    bool add(const Value& item) {
        if (form_ == Form::Int && item.is_small()) {
            int64_t sum;
            if (!__builtin_add_overflow(int_, item.small(), &sum)) return int_ = sum, true;
        }
        int64_t number;
        if (form_ == Form::Float && item.is_object() && item.object()->type == Float::type)
            return float_.add(cast<Float>(item)->number), true;
        if (form_ == Form::Float && is_int(item) && int_value(item, number))
            return float_.add_plain(static_cast<double>(number)), true;
        const Value sum = binary(BinaryOp::Add, total(), item);
        return sum && (set(sum), true);
    }
    [[nodiscard]] Value total() const {
        if (form_ == Form::Int) return make_int(int_);
        return form_ == Form::Float ? make_float(float_.total()) : any_;
    }

private:
    enum class Form : uint8_t { Int, Float, Any };

    void set(const Value& value) {
        if (value.is_small()) {
            form_ = Form::Int;
            int_ = value.small();
        } else if (value.type() == Float::type) {
            form_ = Form::Float;
            float_.start(cast<Float>(value)->number);
        } else {
            form_ = Form::Any;
            any_ = value;
        }
    }

    Form form_ = Form::Any;
    int64_t int_ = 0;
    FloatSum float_;
    Value any_;
};

}  // namespace

Value sum(const Value& iterable, const Value& start) {
    const Value iterator = iterate(iterable);
    if (!iterator) return {};
    if (is<Str>(start))
        return raise(errors::TypeError, "sum() can't sum strings [use ''.join(seq) instead]");
    if (is<Bytes>(start))
        return raise(errors::TypeError, "sum() can't sum bytes [use b''.join(seq) instead]");
    if (is<ByteArray>(start))
        return raise(errors::TypeError, "sum() can't sum bytearray [use b''.join(seq) instead]");
    Adder adder(start);
    if (!for_each(iterator, [&](const Value& item) { return adder.add(item); })) return {};
    return adder.total();
}

}  // namespace loopglass::script
