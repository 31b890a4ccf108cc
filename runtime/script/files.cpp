#include "runtime/script/files.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "runtime/loop/machine.hpp"

namespace loopglass::script {

namespace {

std::string parent_of(const std::string& path) {
    const size_t slash = path.rfind('/');
    return slash == 0 ? "/" : path.substr(0, slash);
}

}  // namespace

FileSystem::FileSystem() : working_directory_("/home/loopglass") {
    for (const char* path :
         {"/", "/bin", "/dev", "/etc", "/home", "/home/loopglass", "/opt", "/root", "/tmp", "/usr",
          "/usr/bin", "/usr/lib", "/usr/local", "/var", "/var/tmp"})
        add(path, true);
    add("/dev/null", false)->discards = true;
}

std::string FileSystem::resolve(std::string_view path, bool follow) const {
    constexpr int kMostLinks = 40;          // as Linux: more of them lead nowhere
    std::vector<std::string> ahead, parts;  // `ahead` holds what is to come, the next one last
    const auto push = [&](std::string_view text) {
        for (size_t end = text.size(); end > 0;) {
            const size_t slash = text.rfind('/', end - 1);
            const size_t start = slash == std::string_view::npos ? 0 : slash + 1;
            if (end > start) ahead.emplace_back(text.substr(start, end - start));
            end = slash == std::string_view::npos ? 0 : slash;
        }
    };
    push(path);
    if (path.empty() || path.front() != '/') push(working_directory_);
    std::string out;
    for (int links = 0; !ahead.empty();) {
        const std::string part = std::move(ahead.back());
        ahead.pop_back();
        if (part == "." || part == "..") {
            if (part == "..") out.erase(out.empty() ? 0 : out.rfind('/'));
            continue;
        }
        std::string next = out + "/" + part;
        if (follow || !ahead.empty()) {
            const auto found = nodes_.find(next);
            if (found != nodes_.end() && !found->second->link.empty() && links++ < kMostLinks) {
                const std::string& link = found->second->link;
                push(link);
                if (link.front() == '/') out.clear();
                continue;
            }
        }
        out = std::move(next);
    }
    return out.empty() ? "/" : out;
}

int FileSystem::change_directory(std::string_view path) {
    const auto node = find(path);
    if (!node) return ENOENT;
    if (!node->directory) return ENOTDIR;
    working_directory_ = resolve(path);
    return 0;
}

std::shared_ptr<FileNode> FileSystem::find(std::string_view path, bool follow) const {
    const auto found = nodes_.find(resolve(path, follow));
    return found == nodes_.end() ? nullptr : found->second;
}

int FileSystem::check_parent(const std::string& resolved) const {
    const auto parent = nodes_.find(parent_of(resolved));
    if (parent == nodes_.end()) return ENOENT;
    return parent->second->directory ? 0 : ENOTDIR;
}

std::shared_ptr<FileNode> FileSystem::add(const std::string& resolved, bool directory) {
    auto node = std::make_shared<FileNode>();
    node->directory = directory;
    node->mode = directory ? 0755 : 0644;
    node->inode = next_inode_++;
    node->modified = node->accessed = node->changed = wall_clock();
    nodes_[resolved] = node;
    return node;
}

int FileSystem::create(std::string_view path, bool exclusive, std::shared_ptr<FileNode>& out) {
    const std::string resolved = resolve(path);
    if (const auto existing = find(path)) {
        if (exclusive) return EEXIST;
        if (existing->directory) return EISDIR;
        out = existing;
        return 0;
    }
    if (const int error = check_parent(resolved)) return error;
    out = add(resolved, false);
    return 0;
}

int FileSystem::make_directory(std::string_view path, uint32_t mode) {
    const std::string resolved = resolve(path);
    if (find(path)) return EEXIST;
    if (const int error = check_parent(resolved)) return error;
    add(resolved, true)->mode = mode & 0777;
    return 0;
}

int FileSystem::remove(std::string_view path) {
    const auto found = nodes_.find(resolve(path, false));
    if (found == nodes_.end()) return ENOENT;
    if (found->second->directory) return EISDIR;
    nodes_.erase(found);
    return 0;
}

int FileSystem::remove_directory(std::string_view path) {
    const std::string resolved = resolve(path, false);
    const auto found = nodes_.find(resolved);
    if (found == nodes_.end()) return ENOENT;
    if (!found->second->directory) return ENOTDIR;
    const auto next = nodes_.upper_bound(resolved + "/");
    if (next != nodes_.end() && next->first.compare(0, resolved.size() + 1, resolved + "/") == 0)
        return ENOTEMPTY;
    nodes_.erase(found);
    return 0;
}

int FileSystem::rename(std::string_view from, std::string_view to) {
    const std::string source = resolve(from, false), target = resolve(to, false);
    const auto found = nodes_.find(source);
    if (found == nodes_.end()) return ENOENT;
    if (const int error = check_parent(target)) return error;
    if (source == target) return 0;
    if (const auto existing = find(to)) {
        if (existing->directory && !found->second->directory) return EISDIR;
        if (!existing->directory && found->second->directory) return ENOTDIR;
    }
    std::map<std::string, std::shared_ptr<FileNode>> moved;
    for (auto at = nodes_.lower_bound(source);
         at != nodes_.end() && at->first.compare(0, source.size(), source) == 0;) {
        if (at->first.size() == source.size() || at->first[source.size()] == '/') {
            moved[target + at->first.substr(source.size())] = at->second;
            at = nodes_.erase(at);
        } else {
            ++at;
        }
    }
    for (auto& [path, node] : moved) nodes_[path] = std::move(node);
    return 0;
}

int FileSystem::list(std::string_view path, std::vector<std::string>& names) const {
    const auto node = find(path);
    if (!node) return ENOENT;
    if (!node->directory) return ENOTDIR;
    std::string prefix = resolve(path);
    if (prefix != "/") prefix += "/";
    for (auto at = nodes_.upper_bound(prefix);
         at != nodes_.end() && at->first.compare(0, prefix.size(), prefix) == 0; ++at) {
        const std::string rest = at->first.substr(prefix.size());
        if (rest.find('/') == std::string::npos) names.push_back(rest);
    }
    return 0;
}

int FileSystem::make_symbolic_link(std::string_view target, std::string_view path) {
    const std::string resolved = resolve(path, false);
    if (target.empty()) return ENOENT;
    if (nodes_.count(resolved)) return EEXIST;
    if (const int error = check_parent(resolved)) return error;
    const auto node = add(resolved, false);
    node->link = target;
    node->mode = 0777;
    return 0;
}

int FileSystem::make_link(std::string_view existing, std::string_view path) {
    const std::string resolved = resolve(path, false);
    const auto node = find(existing, false);
    if (!node) return ENOENT;
    if (node->directory) return EPERM;
    if (nodes_.count(resolved)) return EEXIST;
    if (const int error = check_parent(resolved)) return error;
    nodes_[resolved] = node;
    return 0;
}

int64_t FileSystem::count_links(const FileNode* node) const {
    int64_t links = 0;
    for (const auto& [path, other] : nodes_) links += other.get() == node;
    return links;
}

int FileSystem::add_descriptor(std::shared_ptr<OpenFile> file) {
    constexpr int kFirst = 3, kFirstOfSockets = 7, kAbove = 1000;
    int descriptor = kFirst;
    while (descriptors_.count(descriptor))
        if (++descriptor == kFirstOfSockets) descriptor = kAbove;
    descriptors_[descriptor] = std::move(file);
    return descriptor;
}

void FileSystem::set_descriptor(int descriptor, std::shared_ptr<OpenFile> file) {
    close_descriptor(descriptor);
    descriptors_[descriptor] = std::move(file);
}

std::shared_ptr<OpenFile> FileSystem::opened(int descriptor) const {
    const auto found = descriptors_.find(descriptor);
    return found == descriptors_.end() ? nullptr : found->second;
}

bool FileSystem::close_descriptor(int descriptor) {
    const auto found = descriptors_.find(descriptor);
    if (found == descriptors_.end()) return false;
    const std::shared_ptr<OpenFile> file = std::move(found->second);
    descriptors_.erase(found);
    for (const auto& [other, same] : descriptors_)
        if (same == file) return true;
    file->gone = true;
    return true;
}

std::string_view OpenFile::rest() const {
    const std::string& bytes = node->bytes;
    return at < bytes.size() ? std::string_view(bytes).substr(at) : std::string_view();
}

void OpenFile::write(std::string_view bytes) {
    std::string& content = node->bytes;
    if (node->discards) return;
    if (appends) at = content.size();
    if (bytes.empty()) return;
    if (at > content.size()) content.resize(at, '\0');
    content.replace(at, std::min(bytes.size(), content.size() - at), bytes);
    at += bytes.size();
}

double wall_clock() {
    const int64_t now = loop::g_machine ? loop::g_machine->now() : 0;
    return static_cast<double>(loop::kEpochNs + now) / 1e9;
}

void FileSystem::put(std::string_view path, std::string bytes) {
    const std::string resolved = resolve(path);
    for (size_t at = 1; (at = resolved.find('/', at)) != std::string::npos; ++at)
        if (const std::string above = resolved.substr(0, at); !nodes_.count(above))
            add(above, true);
    add(resolved, false)->bytes = std::move(bytes);
}

const char* errno_text(int number) {
    return std::strerror(number);
}

}  // namespace loopglass::script
