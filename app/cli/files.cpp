#include "app/cli/files.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>

#include "runtime/base/text.hpp"
#include "runtime/session/world_reader.hpp"
#include "runtime/trace/file.hpp"

namespace loopglass::cli {

using base::cat;
using base::Error;
using base::Result;

namespace {

struct Close {
    void operator()(std::FILE* file) const {
        if (file != stdin && file != stdout) std::fclose(file);
    }
};
using File = std::unique_ptr<std::FILE, Close>;

}  // namespace

Result<std::string> read_text(const std::string& path, size_t limit) {
    const File file(path == "-" ? stdin : std::fopen(path.c_str(), "rb"));
    if (!file) return Error{cat("cannot open ", path, ": ", std::strerror(errno))};
    std::string text;
    char buffer[1 << 16];
    while (const size_t got = std::fread(buffer, 1, sizeof buffer, file.get())) {
        text.append(buffer, got);
        if (text.size() > limit)
            return Error{
                cat(path, " is larger than ", limit >> 20, " MiB, the most a script may have")};
    }
    if (std::ferror(file.get()))
        return Error{cat("cannot read ", path, ": ", std::strerror(errno))};
    return text;
}

Result<bool> write_output(const std::string& path, std::string_view bytes) {
    if (path.empty() || path == "-") {
        if (std::fwrite(bytes.data(), 1, bytes.size(), stdout) != bytes.size() ||
            std::fflush(stdout) != 0)
            return Error{cat("cannot write to standard output: ", std::strerror(errno))};
        return true;
    }
    if (auto error = trace::write_file(path, bytes)) return std::move(*error);
    return true;
}

Result<bool> fill_request(const RunOptions& options, session::RunRequest& request) {
    request.arguments = options.arguments;
    if (!options.world.empty()) {
        auto world = read_text(options.world);
        if (!world) return world.error();
        request.world = std::move(*world);
        const std::string folder = std::filesystem::path(options.world).parent_path().string();
        request.world_directory = folder.empty() ? "." : folder;
    }
    if (!options.files.empty()) {
        auto files = session::read_folder(options.files);
        if (!files) return files.error();
        request.files = std::move(*files);
    }
    request.until = options.until;
    request.seed = options.seed;
    request.event_budget = options.events;
    request.fuel = options.fuel;
    request.memory_budget = options.memory << 20;
    request.output_budget = options.output << 20;
    return true;
}

Result<session::RunRequest> make_request(const RunOptions& options, trace::Level level) {
    session::RunRequest request;
    auto source = read_text(options.file);
    if (!source) return source.error();
    request.source = std::move(*source);
    request.filename = options.file == "-" ? "<stdin>" : options.file;
    if (auto filled = fill_request(options, request); !filled) return filled.error();
    request.level = level;
    if (options.rule.empty()) return request;
    const session::RuleInfo* rule = session::find_rule(options.rule);
    if (!rule)
        return Error{cat("there is no rule ", options.rule, "; `loopglass rules` lists them")};
    request.rule = rule->rule;
    return request;
}

int complain(const Error& error, int code) {
    std::fprintf(stderr, "loopglass: %s\n", error.message.c_str());
    return code;
}

}  // namespace loopglass::cli
