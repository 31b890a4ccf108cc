#include "runtime/session/repl_history.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <system_error>

#include "runtime/base/text.hpp"
#include "runtime/trace/file.hpp"

namespace loopglass::session {

using base::cat;

namespace {

std::string escaped(std::string_view entry) {
    std::string out;
    for (const char c : entry) {
        if (c == '\n')
            out += "\\n";
        else if (c == '\\')
            out += "\\\\";
        else
            out += c;
    }
    return out;
}

std::string unescaped(std::string_view line) {
    std::string out;
    for (size_t i = 0; i < line.size(); ++i) {
        if (line[i] == '\\' && i + 1 < line.size())
            out += line[++i] == 'n' ? '\n' : line[i];
        else
            out += line[i];
    }
    return out;
}

std::vector<std::string> read_entries(const std::string& path) {
    std::vector<std::string> out;
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"),
                                                               &std::fclose);
    if (!file) return out;
    std::string text;
    char buffer[1 << 15];
    while (const size_t got = std::fread(buffer, 1, sizeof buffer, file.get()))
        if (text.append(buffer, got); text.size() > 2 * ReplHistory::kMostBytes) break;
    for (size_t at = 0; at < text.size();) {
        const size_t end = std::min(text.find('\n', at), text.size());
        if (end > at) out.push_back(unescaped(std::string_view(text).substr(at, end - at)));
        at = end + 1;
    }
    return out;
}

// Held while the file is read and replaced, so that two prompts lose nothing of each other.
class Lock {
public:
    explicit Lock(const std::string& path)
        : descriptor_(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
        if (descriptor_ >= 0) (void)::flock(descriptor_, LOCK_EX);
    }
    ~Lock() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    Lock(const Lock&) = delete;
    Lock& operator=(const Lock&) = delete;

private:
    int descriptor_;
};

}  // namespace

std::string ReplHistory::default_path() {
    if (const char* state = std::getenv("XDG_STATE_HOME"); state && *state == '/')
        return cat(std::string_view(state), "/loopglass/repl_history");
    if (const char* home = std::getenv("HOME"); home && *home)
        return cat(std::string_view(home), "/.local/state/loopglass/repl_history");
    return {};
}

ReplHistory::ReplHistory(std::string path) : path_(std::move(path)) {
    if (!path_.empty()) entries_ = read_entries(path_);
    saved_ = entries_.size();
}

void ReplHistory::add(std::string_view entry) {
    entry = entry.substr(0, entry.find_last_not_of(" \t\n") + 1);
    if (entry.empty() || (!entries_.empty() && entries_.back() == entry)) return;
    entries_.emplace_back(entry);
}

bool ReplHistory::save() {
    if (path_.empty() || saved_ == entries_.size()) return true;
    std::error_code ignored;
    std::filesystem::create_directories(std::filesystem::path(path_).parent_path(), ignored);
    const Lock lock(path_ + ".lock");
    std::vector<std::string> all = read_entries(path_);
    all.insert(all.end(), entries_.begin() + static_cast<std::ptrdiff_t>(saved_), entries_.end());
    size_t first = all.size() > kMostEntries ? all.size() - kMostEntries : 0, bytes = 0;
    for (size_t i = all.size(); i-- > first;)
        if ((bytes += all[i].size() + 1) > kMostBytes && i + 1 < all.size()) first = i + 1;
    std::string text;
    for (size_t i = first; i < all.size(); ++i) text += cat(escaped(all[i]), "\n");
    if (trace::write_file(path_, text)) return false;
    std::filesystem::permissions(
        path_, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write, ignored);
    saved_ = entries_.size();
    return true;
}

}  // namespace loopglass::session
