// int.to_bytes and int.from_bytes.
#include "runtime/base/text.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/int.hpp"
#include "runtime/value/protocol.hpp"

namespace loopglass::value {

using base::cat;

namespace {

// 1: little, 0: big, -1: pending.
int is_little(const Value& order, const char* function) {
    if (!order) return 0;
    const Str* text = as<Str>(order);
    if (!text)
        return raise(errors::TypeError,
                     cat(function, "() argument 'byteorder' must be str, not ", type_name(order))),
               -1;
    if (text->view() == "little") return 1;
    if (text->view() == "big") return 0;
    return raise(errors::ValueError, "byteorder must be either 'little' or 'big'"), -1;
}

// Little-endian bytes of the number in two's complement; false if it does not fit.
bool to_little(const BigInt& number, bool with_sign, std::string& out) {
    BigInt rest = number;
    if (number.sign() < 0) rest = (BigInt(1) << static_cast<unsigned>(out.size() * 8)) + number;
    if (rest.sign() < 0) return false;
    const size_t bits = bit_length(rest);
    if (bits > out.size() * 8) return false;
    std::string exported;
    boost::multiprecision::export_bits(rest, std::back_inserter(exported), 8, false);
    std::fill(out.begin(), out.end(), '\0');
    for (size_t i = 0; i < exported.size() && i < out.size(); ++i) out[i] = exported[i];
    if (!with_sign || out.empty()) return number.is_zero() || !out.empty();
    return ((out.back() & 0x80) != 0) == (number.sign() < 0);
}

Value int_to_bytes(const Value* a) {
    int64_t length = 1;
    if (a[1] && !to_index(a[1], length)) return {};
    const int little = is_little(a[2], "to_bytes");
    if (little < 0) return {};
    const int with_sign = a[3] ? truth(a[3]) : 0;
    if (with_sign < 0) return {};
    if (length < 0) return raise(errors::ValueError, "length argument must be non-negative");
    const BigInt number = big(a[0]);
    if (number.sign() < 0 && !with_sign)
        return raise(errors::OverflowError, "can't convert negative int to unsigned");
    if (length > int64_t{1} << 31) return raise(errors::MemoryError, "");
    std::string bytes(static_cast<size_t>(length), '\0');
    if (!to_little(number, with_sign, bytes))
        return raise(errors::OverflowError, "int too big to convert");
    if (!little) std::reverse(bytes.begin(), bytes.end());
    return make_bytes(bytes);
}

Value int_from_bytes(const Value* a) {
    const int little = is_little(a[2], "from_bytes");
    if (little < 0) return {};
    const int with_sign = a[3] ? truth(a[3]) : 0;
    if (with_sign < 0) return {};
    const Value holder = bytes_from(a[1]);
    std::string_view view;
    if (!holder || !bytes_view(holder, view)) return {};
    std::string bytes(view);
    if (!little) std::reverse(bytes.begin(), bytes.end());
    BigInt number = 0;
    if (!bytes.empty()) {
        boost::multiprecision::import_bits(number, bytes.begin(), bytes.end(), 8, false);
        if (with_sign && (bytes.back() & 0x80))
            number -= BigInt(1) << static_cast<unsigned>(bytes.size() * 8);
    }
    Value made = make_big(std::move(number));
    if (a[0].is(Int::type)) return made;
    return call(a[0], made);
}

constexpr NativeMethod kMethods[] = {
    {"to_bytes", int_to_bytes, "(self, length=1, byteorder='big', *, signed=False)"},
    {"from_bytes", int_from_bytes, "(cls, bytes, byteorder='big', *, signed=False)",
     MethodKind::Class},
};

}  // namespace

const std::span<const NativeMethod> kIntBytesMethods = kMethods;

}  // namespace loopglass::value
