// The .loopglass file: a recording with its script, world and seed, compact and checksummed, so
// that a run can be mailed and replayed anywhere. About two bytes an event.
//
// Layout: "LOOPGLS\n", then little-endian u32 version, u64 length and u64 checksum (stable hash) of
// the rest, which is a series of zstd frames. Unpacked: the header, the texts, the 64-bit numbers,
// the time points, then the events in blocks of 65536, column by column, each number as the
// difference to the one before in the same column and of the same kind.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "runtime/base/result.hpp"
#include "runtime/trace/recording.hpp"

namespace loopglass::trace {

inline constexpr std::string_view kFileExtension = ".loopglass";

[[nodiscard]] std::string encode(const Recording& recording);
// Never crashes, whatever the bytes; memory is bounded by their number.
[[nodiscard]] base::Result<Recording> decode(std::string_view bytes);

// Written beside and renamed, so that a file is either whole or absent.
[[nodiscard]] std::optional<base::Error> save(const Recording& recording, const std::string& path);
[[nodiscard]] base::Result<Recording> load(const std::string& path);

// The same for any bytes; save() and every exporter go through it.
[[nodiscard]] std::optional<base::Error> write_file(const std::string& path,
                                                    std::string_view bytes);

}  // namespace loopglass::trace
