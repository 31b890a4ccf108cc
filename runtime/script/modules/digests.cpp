// Message digests, as their standards define them.
#include "runtime/script/modules/digests.hpp"

#include <array>
#include <cmath>
#include <cstring>

namespace loopglass::script {

namespace {

template <typename Word>
Word rotate_left(Word x, unsigned by) {
    return static_cast<Word>(x << by | x >> (sizeof(Word) * 8 - by));
}
template <typename Word>
Word rotate_right(Word x, unsigned by) {
    return static_cast<Word>(x >> by | x << (sizeof(Word) * 8 - by));
}

template <typename Word>
Word read_word(const char* from, bool big) {
    Word word = 0;
    for (size_t i = 0; i < sizeof(Word); ++i) {
        const Word byte = static_cast<unsigned char>(from[i]);
        word |= byte << 8 * (big ? sizeof(Word) - 1 - i : i);
    }
    return word;
}
template <typename Word>
void write_word(std::string& out, Word word, bool big) {
    for (size_t i = 0; i < sizeof(Word); ++i)
        out += static_cast<char>(word >> 8 * (big ? sizeof(Word) - 1 - i : i));
}

// The message with its padding: a one bit, zeros, the length in bits.
std::string padded(std::string_view bytes, size_t block, bool big) {
    std::string out(bytes);
    out += static_cast<char>(0x80);
    const size_t length_size = block / 8;
    while (out.size() % block != block - length_size) out += '\0';
    const uint64_t bits = static_cast<uint64_t>(bytes.size()) * 8;
    if (length_size == 16) write_word<uint64_t>(out, 0, true);
    write_word<uint64_t>(out, bits, big);
    return out;
}

// ---- MD5 --------------------------------------------------------------------------------------

std::string md5(std::string_view bytes) {
    static const std::array<uint32_t, 64> sines = [] {
        std::array<uint32_t, 64> table{};
        for (size_t i = 0; i < 64; ++i)
            table[i] = static_cast<uint32_t>(
                std::floor(std::fabs(std::sin(static_cast<double>(i + 1))) * 4294967296.0));
        return table;
    }();
    static constexpr unsigned kShifts[4][4] = {
        {7, 12, 17, 22}, {5, 9, 14, 20}, {4, 11, 16, 23}, {6, 10, 15, 21}};
    uint32_t state[4] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};
    const std::string message = padded(bytes, 64, false);
    for (size_t at = 0; at < message.size(); at += 64) {
        uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
        for (unsigned i = 0; i < 64; ++i) {
            uint32_t mixed;
            unsigned word;
            switch (i / 16) {
                case 0:
                    mixed = (b & c) | (~b & d), word = i;
                    break;
                case 1:
                    mixed = (d & b) | (~d & c), word = (5 * i + 1) % 16;
                    break;
                case 2:
                    mixed = b ^ c ^ d, word = (3 * i + 5) % 16;
                    break;
                default:
                    mixed = c ^ (b | ~d), word = 7 * i % 16;
                    break;
            }
            mixed += a + sines[i] + read_word<uint32_t>(&message[at + word * 4], false);
            a = d;
            d = c;
            c = b;
            b += rotate_left(mixed, kShifts[i / 16][i % 4]);
        }
        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
    }
    std::string out;
    for (const uint32_t word : state) write_word(out, word, false);
    return out;
}

// ---- SHA-1 ------------------------------------------------------------------------------------

std::string sha1(std::string_view bytes) {
    uint32_t state[5] = {0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0};
    const std::string message = padded(bytes, 64, true);
    for (size_t at = 0; at < message.size(); at += 64) {
        uint32_t w[80];
        for (unsigned i = 0; i < 16; ++i) w[i] = read_word<uint32_t>(&message[at + i * 4], true);
        for (unsigned i = 16; i < 80; ++i)
            w[i] = rotate_left(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
        uint32_t a = state[0], b = state[1], c = state[2], d = state[3], e = state[4];
        for (unsigned i = 0; i < 80; ++i) {
            uint32_t mixed;
            if (i < 20)
                mixed = ((b & c) | (~b & d)) + 0x5A827999;
            else if (i < 40)
                mixed = (b ^ c ^ d) + 0x6ED9EBA1;
            else if (i < 60)
                mixed = ((b & c) | (b & d) | (c & d)) + 0x8F1BBCDC;
            else
                mixed = (b ^ c ^ d) + 0xCA62C1D6;
            const uint32_t next = rotate_left(a, 5) + mixed + e + w[i];
            e = d;
            d = c;
            c = rotate_left(b, 30);
            b = a;
            a = next;
        }
        const uint32_t sums[] = {a, b, c, d, e};
        for (unsigned i = 0; i < 5; ++i) state[i] += sums[i];
    }
    std::string out;
    for (const uint32_t word : state) write_word(out, word, true);
    return out;
}

// ---- SHA-2 ------------------------------------------------------------------------------------

// The first bits of the fractional part of a root of a prime, computed exactly: floor(2**bits *
// root) modulo 2**bits, by bisection on whole numbers.
__extension__ typedef unsigned __int128 Wide;

// Is x ** power <= n * 2 ** (64 * power)?  Compared digit by digit on 512-bit numbers.
struct Big512 {
    uint64_t word[8] = {};
    static Big512 product(const Big512& a, uint64_t low, uint64_t high) {
        Big512 out;
        const uint64_t factors[2] = {low, high};
        for (size_t f = 0; f < 2; ++f) {
            uint64_t carry = 0;
            for (size_t i = 0; i + f < 8; ++i) {
                const Wide sum =
                    static_cast<Wide>(a.word[i]) * factors[f] + out.word[i + f] + carry;
                out.word[i + f] = static_cast<uint64_t>(sum);
                carry = static_cast<uint64_t>(sum >> 64);
            }
        }
        return out;
    }
    bool operator<=(const Big512& other) const {
        for (size_t i = 8; i-- > 0;)
            if (word[i] != other.word[i]) return word[i] < other.word[i];
        return true;
    }
};

uint64_t root_fraction(uint64_t prime, unsigned power) {
    Big512 limit;
    limit.word[power] = prime;  // prime * 2 ** (64 * power)
    Wide low = 0, high = static_cast<Wide>(32) << 64;
    while (high - low > 1) {
        const Wide middle = low + (high - low) / 2;
        Big512 value;
        value.word[0] = 1;
        for (unsigned i = 0; i < power; ++i)
            value = Big512::product(value, static_cast<uint64_t>(middle),
                                    static_cast<uint64_t>(middle >> 64));
        (value <= limit ? low : high) = middle;
    }
    return static_cast<uint64_t>(low);
}

struct ShaConstants {
    std::array<uint64_t, 80> cube{};    // of the first eighty primes
    std::array<uint64_t, 16> square{};  // of the first sixteen
};
const ShaConstants& sha_constants() {
    static const ShaConstants constants = [] {
        ShaConstants made;
        size_t count = 0;
        for (uint64_t n = 2; count < 80; ++n) {
            bool prime = true;
            for (uint64_t d = 2; d * d <= n; ++d) prime &= n % d != 0;
            if (!prime) continue;
            made.cube[count] = root_fraction(n, 3);
            if (count < 16) made.square[count] = root_fraction(n, 2);
            ++count;
        }
        return made;
    }();
    return constants;
}

// The two variants differ in word size, rounds and rotations.
template <typename Word>
struct ShaShape;
template <>
struct ShaShape<uint32_t> {
    static constexpr unsigned kRounds = 64;
    static constexpr unsigned kBig[2][3] = {{2, 13, 22}, {6, 11, 25}};
    static constexpr unsigned kSmall[2][3] = {{7, 18, 3}, {17, 19, 10}};
    static uint32_t cut(uint64_t fraction) { return static_cast<uint32_t>(fraction >> 32); }
};
template <>
struct ShaShape<uint64_t> {
    static constexpr unsigned kRounds = 80;
    static constexpr unsigned kBig[2][3] = {{28, 34, 39}, {14, 18, 41}};
    static constexpr unsigned kSmall[2][3] = {{1, 8, 7}, {19, 61, 6}};
    static uint64_t cut(uint64_t fraction) { return fraction; }
};

template <typename Word>
Word big_sigma(Word x, const unsigned (&by)[3]) {
    return rotate_right(x, by[0]) ^ rotate_right(x, by[1]) ^ rotate_right(x, by[2]);
}
template <typename Word>
Word small_sigma(Word x, const unsigned (&by)[3]) {
    return rotate_right(x, by[0]) ^ rotate_right(x, by[1]) ^ x >> by[2];
}

template <typename Word>
void sha2_block(const char* block, std::array<Word, 8>& state) {
    using Shape = ShaShape<Word>;
    Word w[Shape::kRounds];
    for (unsigned i = 0; i < 16; ++i) w[i] = read_word<Word>(block + i * sizeof(Word), true);
    for (unsigned i = 16; i < Shape::kRounds; ++i)
        w[i] = small_sigma(w[i - 2], Shape::kSmall[1]) + w[i - 7] +
               small_sigma(w[i - 15], Shape::kSmall[0]) + w[i - 16];
    std::array<Word, 8> s = state;
    for (unsigned i = 0; i < Shape::kRounds; ++i) {
        const Word choice = (s[4] & s[5]) ^ (~s[4] & s[6]);
        const Word majority = (s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]);
        const Word first = s[7] + big_sigma(s[4], Shape::kBig[1]) + choice +
                           Shape::cut(sha_constants().cube[i]) + w[i];
        const Word second = big_sigma(s[0], Shape::kBig[0]) + majority;
        for (unsigned k = 7; k > 0; --k) s[k] = s[k - 1];
        s[4] += first;
        s[0] = first + second;
    }
    for (unsigned k = 0; k < 8; ++k) state[k] += s[k];
}

template <typename Word>
std::string sha2(std::string_view bytes, std::array<Word, 8> state, size_t digest_size) {
    const size_t block = sizeof(Word) * 16;
    const std::string message = padded(bytes, block, true);
    for (size_t at = 0; at < message.size(); at += block) sha2_block(&message[at], state);
    std::string out;
    for (const Word word : state) write_word(out, word, true);
    out.resize(digest_size);
    return out;
}

std::string sha256(std::string_view bytes) {
    std::array<uint32_t, 8> state{};
    for (unsigned i = 0; i < 8; ++i)
        state[i] = static_cast<uint32_t>(sha_constants().square[i] >> 32);
    return sha2(bytes, state, 32);
}
std::string sha224(std::string_view bytes) {
    // The second halves of the roots of the ninth to sixteenth prime.
    std::array<uint32_t, 8> state{};
    for (unsigned i = 0; i < 8; ++i)
        state[i] = static_cast<uint32_t>(sha_constants().square[i + 8]);
    return sha2(bytes, state, 28);
}
std::string sha512(std::string_view bytes) {
    std::array<uint64_t, 8> state{};
    for (unsigned i = 0; i < 8; ++i) state[i] = sha_constants().square[i];
    return sha2(bytes, state, 64);
}
std::string sha384(std::string_view bytes) {
    std::array<uint64_t, 8> state{};
    for (unsigned i = 0; i < 8; ++i) state[i] = sha_constants().square[i + 8];
    return sha2(bytes, state, 48);
}

constexpr DigestKind kDigests[] = {
    {"md5", 16, 64, md5},       {"sha1", 20, 64, sha1},      {"sha224", 28, 64, sha224},
    {"sha256", 32, 64, sha256}, {"sha384", 48, 128, sha384}, {"sha512", 64, 128, sha512},
};

}  // namespace

const DigestKind* find_digest(std::string_view name) {
    for (const DigestKind& kind : kDigests)
        if (name == kind.name) return &kind;
    return nullptr;
}

uint32_t crc32(std::string_view bytes, uint32_t before) {
    static const std::array<uint32_t, 256> table = [] {
        std::array<uint32_t, 256> made{};
        for (uint32_t i = 0; i < 256; ++i) {
            made[i] = i;
            for (int bit = 0; bit < 8; ++bit)
                made[i] = made[i] >> 1 ^ (made[i] & 1 ? 0xEDB88320u : 0);
        }
        return made;
    }();
    uint32_t crc = ~before;
    for (const char c : bytes) crc = crc >> 8 ^ table[(crc ^ static_cast<unsigned char>(c)) & 0xFF];
    return ~crc;
}

}  // namespace loopglass::script
