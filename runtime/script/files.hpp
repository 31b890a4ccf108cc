// FileSystem: the simulated disk of one run. Nothing a script does reaches a real file.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace loopglass::script {

struct FileNode {
    bool directory = false;
    std::string bytes;
    uint32_t mode = 0644;
    double modified = 0;  // seconds since the epoch
    uint64_t inode = 0;
};

// Errors are errno numbers (ENOENT …), 0 for success: modules turn them into OSErrors.
class FileSystem {
public:
    static constexpr size_t kMaxBytes = size_t{256} << 20;  // of all files together

    FileSystem();

    // Absolute and without "." or ".."; relative paths start at the working directory.
    [[nodiscard]] std::string resolve(std::string_view path) const;
    [[nodiscard]] const std::string& working_directory() const { return working_directory_; }
    [[nodiscard]] int change_directory(std::string_view path);

    [[nodiscard]] std::shared_ptr<FileNode> find(std::string_view path) const;  // null if absent
    // Opens or makes a file. The node lives on while it is open, even if its name is removed.
    [[nodiscard]] int create(std::string_view path, bool exclusive, std::shared_ptr<FileNode>& out);
    [[nodiscard]] int make_directory(std::string_view path, uint32_t mode);
    [[nodiscard]] int remove(std::string_view path);
    [[nodiscard]] int remove_directory(std::string_view path);
    [[nodiscard]] int rename(std::string_view from, std::string_view to);
    [[nodiscard]] int list(std::string_view path, std::vector<std::string>& names) const;  // sorted
    // Puts a file (and the directories above it) there, without a script having asked.
    void put(std::string_view path, std::string bytes);

private:
    [[nodiscard]] int check_parent(const std::string& resolved) const;
    std::shared_ptr<FileNode> add(const std::string& resolved, bool directory);

    std::map<std::string, std::shared_ptr<FileNode>> nodes_;
    std::string working_directory_;
    uint64_t next_inode_ = 1;
};

// What everybody calls these errors: "No such file or directory".
[[nodiscard]] const char* errno_text(int number);

}  // namespace loopglass::script
