#include "runtime/script/files.hpp"

#include <cerrno>
#include <cstring>

namespace loopglass::script {

namespace {

std::string parent_of(const std::string& path) {
    const size_t slash = path.rfind('/');
    return slash == 0 ? "/" : path.substr(0, slash);
}

}  // namespace

FileSystem::FileSystem() : working_directory_("/home/loopglass") {
    for (const char* path : {"/", "/home", "/home/loopglass", "/tmp"}) add(path, true);
}

std::string FileSystem::resolve(std::string_view path) const {
    std::string joined = !path.empty() && path.front() == '/'
                             ? std::string(path)
                             : working_directory_ + "/" + std::string(path);
    std::vector<std::string> parts;
    for (size_t at = 0; at < joined.size();) {
        const size_t end = std::min(joined.find('/', at), joined.size());
        const std::string part = joined.substr(at, end - at);
        if (part == "..") {
            if (!parts.empty()) parts.pop_back();
        } else if (!part.empty() && part != ".") {
            parts.push_back(part);
        }
        at = end + 1;
    }
    std::string out;
    for (const std::string& part : parts) out += "/" + part;
    return out.empty() ? "/" : out;
}

int FileSystem::change_directory(std::string_view path) {
    const auto node = find(path);
    if (!node) return ENOENT;
    if (!node->directory) return ENOTDIR;
    working_directory_ = resolve(path);
    return 0;
}

std::shared_ptr<FileNode> FileSystem::find(std::string_view path) const {
    const auto found = nodes_.find(resolve(path));
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
    const auto found = nodes_.find(resolve(path));
    if (found == nodes_.end()) return ENOENT;
    if (found->second->directory) return EISDIR;
    nodes_.erase(found);
    return 0;
}

int FileSystem::remove_directory(std::string_view path) {
    const std::string resolved = resolve(path);
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
    const std::string source = resolve(from), target = resolve(to);
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
