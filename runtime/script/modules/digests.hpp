// Message digests of a run of bytes: MD5 (RFC 1321), SHA-1 and SHA-2 (FIPS 180-4), CRC-32.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace loopglass::script {

struct DigestKind {
    const char* name;
    uint32_t digest_size;
    uint32_t block_size;
    std::string (*compute)(std::string_view bytes);
};
// Null if there is none of that name.
[[nodiscard]] const DigestKind* find_digest(std::string_view name);
[[nodiscard]] uint32_t crc32(std::string_view bytes, uint32_t before);

}  // namespace loopglass::script
