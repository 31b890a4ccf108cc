// _descriptors: what os does by number: open files of the simulated disk, the standard streams, and
// the ends of pipes, which are a socket pair of the in-memory network (so that a loop can watch
// them).
#include <cerrno>

#include "runtime/loop/coroutine.hpp"
#include "runtime/loop/machine.hpp"
#include "runtime/loop/network.hpp"
#include "runtime/script/host.hpp"
#include "runtime/script/modules/io.hpp"
#include "runtime/script/modules/registry.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/protocol.hpp"

namespace loopglass::script {

using namespace value;  // a file of bindings
using loop::g_machine;

namespace {

constexpr int64_t kWriteOnly = 1, kReadWrite = 2, kCreate = 0100, kExclusive = 0200,
                  kTruncate = 01000, kAppend = 02000;
constexpr int kStreams = 3;

Value raise_errno(int number) {
    return raise_os_error(number, errno_text(number));
}

bool descriptor_of(const Value& value, int& out) {
    int64_t number;
    if (!to_index(value, number)) return false;
    out = number < INT32_MIN || number > INT32_MAX ? -1 : static_cast<int>(number);
    return true;
}

std::shared_ptr<OpenFile> file_of(const Value& value) {
    int descriptor;
    return descriptor_of(value, descriptor) ? g_host->files.opened(descriptor) : nullptr;
}
Value bad_descriptor() {
    return has_raised() ? Value() : raise_errno(EBADF);
}

// (path: str, flags)
Value os_open(const Value* a) {
    const std::string path(cast<Str>(a[0])->view());
    int64_t flags;
    if (!to_index(a[1], flags)) return {};
    FileSystem& files = g_host->files;
    std::shared_ptr<FileNode> node = files.find(path);
    const int64_t access = flags & 3;
    int error = 0;
    if (node && (flags & kCreate) && (flags & kExclusive))
        error = EEXIST;
    else if (node && node->directory && access)
        error = EISDIR;
    else if (!node)
        error = flags & kCreate ? files.create(path, false, node) : ENOENT;
    if (error) return raise_os_error(error, errno_text(error), path);
    auto file = std::make_shared<OpenFile>();
    file->reads = access != kWriteOnly;
    file->writes = access == kWriteOnly || access == kReadWrite;
    file->appends = flags & kAppend;
    if ((flags & kTruncate) && file->writes) node->bytes.clear();
    file->node = std::move(node);
    return make_int(files.add_descriptor(std::move(file)));
}

Value os_close(const Value* a) {
    int descriptor;
    if (!descriptor_of(a[0], descriptor)) return {};
    if (g_host->files.close_descriptor(descriptor)) return none();
    if (descriptor >= 0 && descriptor < kStreams) return none();
    if (!g_machine->network->find(descriptor)) return raise_errno(EBADF);
    g_machine->network->close(descriptor);
    return none();
}

// Until the pipe has something to read or has ended; false and pending.
bool wait_readable(int descriptor) {
    trace::EventIndex blocked = trace::kNoEvent;
    const int64_t since = g_machine->now();
    for (;;) {
        loop::Endpoint* endpoint = g_machine->network->find(descriptor);
        if (!endpoint) return raise_errno(EBADF), false;
        if (endpoint->readable()) break;
        if (blocked == trace::kNoEvent) blocked = g_machine->note_blocked("os.read", loop::kNever);
        loop::VirtualThread* me = g_machine->current();
        endpoint->blocked.push_back(me);
        (void)g_machine->block(loop::kNever);
        if (loop::abandoning()) return loop::raise_abandoned(), false;
        if (loop::Endpoint* still = g_machine->network->find(descriptor))
            std::erase(still->blocked, me);
    }
    if (blocked != trace::kNoEvent) g_machine->note_continues(blocked, since);
    return true;
}

Value read_pipe(int descriptor, size_t most, bool blocking) {
    if (!g_machine->network->find(descriptor)) return raise_errno(EBADF);
    if (blocking && !wait_readable(descriptor)) return {};
    int error = 0;
    const std::string bytes =
        g_machine->network->receive(*g_machine->network->find(descriptor), most, error);
    return error ? raise_errno(error) : make_bytes(bytes);
}

// (fd, n, blocking)
Value os_read(const Value* a) {
    int descriptor;
    int64_t most;
    if (!descriptor_of(a[0], descriptor) || !to_index(a[1], most)) return {};
    if (most < 0) return raise_errno(EINVAL);
    const std::shared_ptr<OpenFile> file = g_host->files.opened(descriptor);
    if (!file && descriptor == 0) return make_bytes("");
    if (!file) return read_pipe(descriptor, static_cast<size_t>(most), truth(a[2]) != 0);
    if (file->node->directory) return raise_errno(EISDIR);
    if (!file->reads) return raise_errno(EBADF);
    const Value bytes = make_bytes(file->rest().substr(0, static_cast<size_t>(most)));
    file->at += static_cast<size_t>(length(bytes));
    return bytes;
}

Value os_write(const Value* a) {
    int descriptor;
    std::string_view bytes;
    if (!descriptor_of(a[0], descriptor)) return {};
    if (!bytes_view(a[1], bytes))
        return raise(errors::TypeError,
                     "a bytes-like object is required, not '" + type_name(a[1]) + "'");
    if (const auto file = g_host->files.opened(descriptor)) {
        if (!file->writes) return raise_errno(EBADF);
        file->write(std::string(bytes));
        file->node->modified = file->node->changed = wall_clock();
    } else if (descriptor == 1 || descriptor == 2) {
        g_machine->write(descriptor == 1 ? trace::Stream::Stdout : trace::Stream::Stderr, bytes);
    } else {
        loop::Endpoint* endpoint = g_machine->network->find(descriptor);
        if (!endpoint) return raise_errno(EBADF);
        int error = 0;
        const size_t sent = g_machine->network->send(*endpoint, bytes, error);
        return error ? raise_errno(error) : make_int(static_cast<int64_t>(sent));
    }
    return make_int(static_cast<int64_t>(bytes.size()));
}

Value os_lseek(const Value* a) {
    int64_t offset, whence;
    const auto file = file_of(a[0]);
    if (!file) {
        int descriptor;
        if (!descriptor_of(a[0], descriptor)) return {};
        const bool stream = descriptor >= 0 && descriptor < kStreams;
        return raise_errno(stream || g_machine->network->find(descriptor) ? ESPIPE : EBADF);
    }
    if (!to_index(a[1], offset) || !to_index(a[2], whence)) return {};
    const auto size = static_cast<int64_t>(file->node->bytes.size());
    const int64_t base = whence == 0 ? 0 : whence == 1 ? static_cast<int64_t>(file->at) : size;
    if (whence < 0 || whence > 2 || base + offset < 0) return raise_errno(EINVAL);
    file->at = static_cast<size_t>(base + offset);
    return make_int(base + offset);
}

Value os_truncate(const Value* a) {
    int64_t size;
    const auto file = file_of(a[0]);
    if (!file) return bad_descriptor();
    if (!to_index(a[1], size)) return {};
    if (!file->writes || size < 0 || static_cast<size_t>(size) > FileSystem::kMaxBytes)
        return raise_errno(EINVAL);
    file->node->bytes.resize(static_cast<size_t>(size));
    return none();
}

Value os_pipe(const Value*) {
    int reads, writes;
    g_machine->network->open_pair(reads, writes);
    return make_tuple({Value::small(reads), Value::small(writes)});
}

Value os_dup(const Value* a) {
    const auto file = file_of(a[0]);
    return file ? make_int(g_host->files.add_descriptor(file)) : bad_descriptor();
}
Value os_dup2(const Value* a) {
    int wanted;
    const auto file = file_of(a[0]);
    if (!file || !descriptor_of(a[1], wanted)) return bad_descriptor();
    if (g_host->files.opened(wanted) != file) g_host->files.set_descriptor(wanted, file);
    return make_int(wanted);
}

// 'f' for a file, 'p' for a pipe or socket, 'c' for a standard stream; OSError for what is closed.
Value os_kind(const Value* a) {
    int descriptor;
    if (!descriptor_of(a[0], descriptor)) return {};
    if (g_host->files.opened(descriptor)) return make_str("f");
    if (descriptor >= 0 && descriptor < kStreams) return make_str("c");
    return g_machine->network->find(descriptor) ? Value(make_str("p")) : raise_errno(EBADF);
}

constexpr NativeMethod kFunctions[] = {
    {"open", os_open, "(path, flags, /)", MethodKind::Function},
    {"close", os_close, "(fd)", MethodKind::Function},
    {"read", os_read, "(fd, length, blocking, /)", MethodKind::Function},
    {"write", os_write, "(fd, data, /)", MethodKind::Function},
    {"lseek", os_lseek, "(fd, position, how, /)", MethodKind::Function},
    {"truncate", os_truncate, "(fd, length, /)", MethodKind::Function},
    {"pipe", os_pipe, "()", MethodKind::Function},
    {"dup", os_dup, "(fd, /)", MethodKind::Function},
    {"dup2", os_dup2, "(fd, fd2, /)", MethodKind::Function},
    {"kind", os_kind, "(fd, /)", MethodKind::Function},
};

}  // namespace

Value make_module__descriptors() {
    return make_native_module("_descriptors", kFunctions);
}

}  // namespace loopglass::script
