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
    bool discards = false;  // /dev/null: what is written is gone
    std::string bytes;
    std::string link;  // what a symbolic link stands for; empty: none is
    uint32_t mode = 0644;
    double modified = 0, accessed = 0, changed = 0;  // seconds since the epoch
    uint64_t inode = 0;
};

// An open file description: what dup() and a buffered file over a raw one share.
struct OpenFile {
    std::shared_ptr<FileNode> node;
    size_t at = 0;
    bool reads = true, writes = true, appends = false;
    bool gone = false;  // its last descriptor has been closed

    [[nodiscard]] std::string_view rest() const;
    void write(std::string_view bytes);
};

// Errors are errno numbers (ENOENT …), 0 for success: modules turn them into OSErrors.
class FileSystem {
public:
    static constexpr size_t kMaxBytes = size_t{256} << 20;  // of all files together

    FileSystem();

    // Absolute, without "." or ".." and with symbolic links followed (the last part's only if
    // asked); relative paths start at the working directory.
    [[nodiscard]] std::string resolve(std::string_view path, bool follow = true) const;
    [[nodiscard]] const std::string& working_directory() const { return working_directory_; }
    [[nodiscard]] int change_directory(std::string_view path);

    [[nodiscard]] std::shared_ptr<FileNode> find(std::string_view path,
                                                 bool follow = true) const;  // null if absent
    // Opens or makes a file. The node lives on while it is open, even if its name is removed.
    [[nodiscard]] int create(std::string_view path, bool exclusive, std::shared_ptr<FileNode>& out);
    [[nodiscard]] int make_directory(std::string_view path, uint32_t mode);
    [[nodiscard]] int remove(std::string_view path);
    [[nodiscard]] int remove_directory(std::string_view path);
    [[nodiscard]] int rename(std::string_view from, std::string_view to);
    [[nodiscard]] int list(std::string_view path, std::vector<std::string>& names) const;  // sorted
    [[nodiscard]] int make_symbolic_link(std::string_view target, std::string_view path);
    [[nodiscard]] int make_link(std::string_view existing, std::string_view path);
    [[nodiscard]] int64_t count_links(const FileNode* node) const;
    // Puts a file (and the directories above it) there, without a script having asked.
    void put(std::string_view path, std::string bytes);

    // Descriptors of open files: from 3 on, clear of those that sockets have.
    int add_descriptor(std::shared_ptr<OpenFile> file);
    void set_descriptor(int descriptor, std::shared_ptr<OpenFile> file);
    [[nodiscard]] std::shared_ptr<OpenFile> opened(int descriptor) const;  // null: not open
    bool close_descriptor(int descriptor);                                 // false: was not open

private:
    [[nodiscard]] int check_parent(const std::string& resolved) const;
    std::shared_ptr<FileNode> add(const std::string& resolved, bool directory);

    std::map<std::string, std::shared_ptr<FileNode>> nodes_;
    std::string working_directory_;
    uint64_t next_inode_ = 1;
    std::map<int, std::shared_ptr<OpenFile>> descriptors_;
};

// time.time() of the simulated machine.
[[nodiscard]] double wall_clock();

// What everybody calls these errors: "No such file or directory".
[[nodiscard]] const char* errno_text(int number);

}  // namespace loopglass::script
