// _os: the harmless part of the operating system, on the simulated disk.
#include <cerrno>

#include "runtime/base/text.hpp"
#include "runtime/loop/machine.hpp"
#include "runtime/script/host.hpp"
#include "runtime/script/interpreter.hpp"
#include "runtime/script/modules/registry.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/protocol.hpp"

namespace loopglass::script {

using namespace value;  // a file of bindings
using base::cat;

namespace {

// A path argument: str, bytes, or anything with __fspath__. False: pending.
bool path_of(const Value& value, std::string& out) {
    static Name fspath("__fspath__");
    std::string_view bytes;
    Value path = value;
    if (!is<Str>(path) && !bytes_view(path, bytes)) {
        const Value method = find_special(path, fspath);
        if (!method) {
            if (!has_raised())
                raise(errors::TypeError,
                      cat("expected str, bytes or os.PathLike object, not ", type_name(path)));
            return false;
        }
        path = call(method);
        if (!path) return false;
    }
    if (const Str* text = as<Str>(path))
        out = text->view();
    else if (bytes_view(path, bytes))
        out = bytes;
    else
        return raise(errors::TypeError,
                     cat("expected __fspath__() to return str or bytes, not ", type_name(path))),
               false;
    return true;
}

Value finish(int error, const std::string& path) {
    return error ? raise_os_error(error, errno_text(error), path) : none();
}

Value os_listdir(const Value* a) {
    std::string path = ".";
    if (a[0] && !is_none(a[0]) && !path_of(a[0], path)) return {};
    std::vector<std::string> names;
    if (const int error = g_host->files.list(path, names)) return finish(error, path);
    Ref<List> out = make_list();
    for (const std::string& name : names) out->items.push_back(make_str(name));
    return out;
}

// A file named by a path or, where that is allowed, by its descriptor; null: pending.
std::shared_ptr<FileNode> node_of(const Value& value, bool follow = true) {
    std::string path;
    int64_t descriptor;
    if (is_int(value)) {
        if (!to_index(value, descriptor)) return nullptr;
        const auto opened = g_host->files.opened(static_cast<int>(descriptor));
        if (!opened) return raise_os_error(EBADF, errno_text(EBADF)), nullptr;
        return opened->node;
    }
    if (!path_of(value, path)) return nullptr;
    auto node = g_host->files.find(path, follow);
    if (!node) finish(ENOENT, path);
    return node;
}

template <bool kFollow>
Value os_stat(const Value* a) {
    const auto node = node_of(a[0], kFollow);
    if (!node) return {};
    const int64_t kind = node->directory ? 0040000 : node->link.empty() ? 0100000 : 0120000;
    const size_t size = node->directory      ? 4096
                        : node->link.empty() ? node->bytes.size()
                                             : node->link.size();
    return make_tuple(
        {make_int(kind | node->mode), make_int(static_cast<int64_t>(node->inode)), make_int(1),
         make_int(node->directory ? 2 : g_host->files.count_links(node.get())), make_int(1000),
         make_int(1000), make_int(static_cast<int64_t>(size)), make_float(node->accessed),
         make_float(node->modified), make_float(node->changed)});
}

Value os_mkdir(const Value* a) {
    std::string path;
    int64_t mode = 0777;
    if (!path_of(a[0], path) || (a[1] && !to_index(a[1], mode))) return {};
    return finish(g_host->files.make_directory(path, static_cast<uint32_t>(mode) & 0755), path);
}

template <int (FileSystem::*kAction)(std::string_view)>
Value os_path_action(const Value* a) {
    std::string path;
    return path_of(a[0], path) ? finish((g_host->files.*kAction)(path), path) : Value{};
}

Value raise_both(int error, const std::string& from, const std::string& to) {
    const Value arguments[] = {make_int(error), make_str(errno_text(error)), make_str(from), none(),
                               make_str(to)};
    const Value instance = call(Value::share(errors::OSError), Args{arguments, 5});
    return instance ? raise_value(instance) : Value{};
}

Value os_truncate(const Value* a) {
    std::string path;
    int64_t size = 0;
    if (!path_of(a[0], path) || !to_index(a[1], size)) return {};
    const auto node = g_host->files.find(path);
    if (!node) return finish(ENOENT, path);
    if (size < 0 || static_cast<size_t>(size) > FileSystem::kMaxBytes) return finish(EINVAL, path);
    node->bytes.resize(static_cast<size_t>(size));
    node->modified = node->changed = wall_clock();
    return none();
}

Value os_utime(const Value* a) {
    double accessed = 0, modified = 0;
    if (!to_double(a[1], accessed) || !to_double(a[2], modified)) return {};
    const auto node = node_of(a[0]);
    if (!node) return {};
    node->accessed = accessed;
    node->modified = modified;
    return none();
}

Value os_chmod(const Value* a) {
    int64_t mode = 0;
    if (!to_index(a[1], mode)) return {};
    const auto node = node_of(a[0]);
    if (!node) return {};
    node->mode = static_cast<uint32_t>(mode) & 07777;
    return none();
}

Value os_access(const Value* a) {
    std::string path;
    int64_t wanted = 0;
    if (!path_of(a[0], path) || !to_index(a[1], wanted)) return {};
    const auto node = g_host->files.find(path);
    return boolean(node && ((node->mode >> 6) & static_cast<uint32_t>(wanted)) ==
                               static_cast<uint32_t>(wanted));
}

Value os_getcwd(const Value*) {
    return make_str(g_host->files.working_directory());
}

Value os_readlink(const Value* a) {
    std::string path;
    if (!path_of(a[0], path)) return {};
    const auto node = g_host->files.find(path, false);
    if (!node || node->link.empty()) return finish(node ? EINVAL : ENOENT, path);
    return make_str(node->link);
}

// symlink and link: an error names both paths.
template <int (FileSystem::*kAction)(std::string_view, std::string_view)>
Value os_two_paths(const Value* a) {
    std::string from, to;
    if (!path_of(a[0], from) || !path_of(a[1], to)) return {};
    const int error = (g_host->files.*kAction)(from, to);
    return error ? raise_both(error, from, to) : none();
}

template <int64_t kNumber>
Value constant(const Value*) {
    return make_int(kNumber);
}
Value os_cpu_count(const Value*) {
    return make_int(g_host->world.cpus);
}

Value os_urandom(const Value* a) {
    // The simulated machine has no entropy: a run is a value.
    int64_t count = 0;
    if (!to_index(a[0], count)) return {};
    if (count < 0) return raise(errors::ValueError, "negative argument not allowed");
    std::string bytes;
    uint64_t state = g_host->world.seed + 0x9E3779B97F4A7C15u;
    while (bytes.size() < static_cast<size_t>(count)) {
        state ^= state << 13, state ^= state >> 7, state ^= state << 17;
        bytes += static_cast<char>(state >> 32);
    }
    return make_bytes(bytes);
}

Value os_terminal_size(const Value*) {
    return make_tuple({make_int(80), make_int(24)});
}

Value os_exit(const Value* a) {
    int64_t status = 0;
    if (!to_index(a[0], status)) return {};
    g_host->exit_status = static_cast<int>(status & 0xFF);
    loop::g_machine->finish(loop::Machine::End::Exit);
    return {};
}

Value os_strerror(const Value* a) {
    int64_t number = 0;
    return to_index(a[0], number) ? Value(make_str(errno_text(static_cast<int>(number)))) : Value{};
}

Value os_isatty(const Value*) {
    return boolean(false);
}
Value os_getlogin(const Value*) {
    return make_str("loopglass");
}

Value os_kill(const Value* a) {
    static Name raise_signal("raise_signal");
    const Value module = import_module("_signal");
    return module ? call_method(module, raise_signal, &a[1], 1) : Value();
}

constexpr NativeMethod kFunctions[] = {
    {"listdir", os_listdir, "(path=None)", MethodKind::Function},
    {"stat", os_stat<true>, "(path)", MethodKind::Function},
    {"lstat", os_stat<false>, "(path)", MethodKind::Function},
    {"mkdir", os_mkdir, "(path, mode=511)", MethodKind::Function},
    {"rmdir", os_path_action<&FileSystem::remove_directory>, "(path)", MethodKind::Function},
    {"remove", os_path_action<&FileSystem::remove>, "(path)", MethodKind::Function},
    {"chdir", os_path_action<&FileSystem::change_directory>, "(path)", MethodKind::Function},
    {"rename", os_two_paths<&FileSystem::rename>, "(src, dst)", MethodKind::Function},
    {"replace", os_two_paths<&FileSystem::rename>, "(src, dst)", MethodKind::Function},
    {"truncate", os_truncate, "(path, length)", MethodKind::Function},
    {"utime", os_utime, "(path, atime, mtime)", MethodKind::Function},
    {"chmod", os_chmod, "(path, mode)", MethodKind::Function},
    {"access", os_access, "(path, mode)", MethodKind::Function},
    {"getcwd", os_getcwd, "()", MethodKind::Function},
    {"symlink", os_two_paths<&FileSystem::make_symbolic_link>, "(src, dst)", MethodKind::Function},
    {"link", os_two_paths<&FileSystem::make_link>, "(src, dst)", MethodKind::Function},
    {"readlink", os_readlink, "(path)", MethodKind::Function},
    {"getpid", constant<4242>, "()", MethodKind::Function},
    {"getppid", constant<4241>, "()", MethodKind::Function},
    {"getuid", constant<1000>, "()", MethodKind::Function},
    {"umask", constant<022>, "(mask, /)", MethodKind::Function},
    {"cpu_count", os_cpu_count, "()", MethodKind::Function},
    {"urandom", os_urandom, "(size, /)", MethodKind::Function},
    {"get_terminal_size", os_terminal_size, "(fd=1, /)", MethodKind::Function},
    {"_exit", os_exit, "(status)", MethodKind::Function},
    {"strerror", os_strerror, "(code, /)", MethodKind::Function},
    {"isatty", os_isatty, "(fd, /)", MethodKind::Function},
    {"getlogin", os_getlogin, "()", MethodKind::Function},
    {"kill", os_kill, "(pid, signal, /)", MethodKind::Function},
};

}  // namespace

Value make_module__os() {
    Value module = make_native_module("_os", kFunctions);
    const Ref<Dict> environ = make_dict();
    constexpr const char* kEnvironment[][2] = {{"HOME", "/home/loopglass"},
                                               {"LANG", "C.UTF-8"},
                                               {"PATH", "/usr/bin:/bin"},
                                               {"TZ", "UTC"},
                                               {"USER", "loopglass"}};
    for (const auto& [name, content] : kEnvironment)
        dict_set(environ.get(), intern(name), make_str(content));
    module_set(module, "environ", environ);
    return module;
}

}  // namespace loopglass::script
