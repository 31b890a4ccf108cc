// Reading what commands are given, and writing what they make.
#pragma once

#include <string>
#include <string_view>

#include "app/cli/cli.hpp"
#include "runtime/base/result.hpp"
#include "runtime/session/session.hpp"

namespace loopglass::cli {

inline constexpr size_t kMaxScriptBytes = size_t{16} << 20;

// A file's bytes; "-" reads standard input.
[[nodiscard]] base::Result<std::string> read_text(const std::string& path,
                                                  size_t limit = kMaxScriptBytes);
// Writes beside the target and renames, so that a full disk leaves no half file; empty path:
// stdout.
[[nodiscard]] base::Result<bool> write_output(const std::string& path, std::string_view bytes);
// What to run, from options: the script, its world and files.
[[nodiscard]] base::Result<session::RunRequest> make_request(const RunOptions& options,
                                                             trace::Level level);
// The same without a script: what stands in the other options.
[[nodiscard]] base::Result<bool> fill_request(const RunOptions& options,
                                              session::RunRequest& request);
// Says what is wrong on stderr; answers the exit code.
int complain(const base::Error& error, int code = kFileTrouble);

}  // namespace loopglass::cli
