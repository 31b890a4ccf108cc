// Module _socket: sockets on the in-memory network. A socket object holds a descriptor; the state
// behind it is the network's.
#include <cerrno>

#include "runtime/loop/coroutine.hpp"
#include "runtime/loop/exceptions.hpp"
#include "runtime/loop/machine.hpp"
#include "runtime/loop/network.hpp"
#include "runtime/loop/support.hpp"
#include "runtime/loop/text.hpp"
#include "runtime/script/modules/registry.hpp"

namespace loopglass::script {

using namespace loop;  // a file of bindings
namespace errors = loop::errors;

namespace {

constexpr int kInet = 2, kInet6 = 10, kUnix = 1, kStream = 1, kDatagram = 2;
constexpr int kSolSocket = 1, kSoError = 4;

struct Socket : Object {
    static Type* type;
    int descriptor = -1;
    int64_t family = kInet, kind = kStream, proto = 0;
    double timeout = -1;  // seconds; -1 blocks, 0 does not
    explicit Socket(Type* its_type) : Object(its_type) {}
    ~Socket() {
        if (descriptor >= 0 && g_machine && !abandoning()) g_machine->network->close(descriptor);
    }
};
Type* Socket::type = nullptr;
Type *g_gaierror = nullptr, *g_herror = nullptr;

[[nodiscard]] Socket* self_of(const Value* a) {
    return cast<Socket>(a[0]);
}
Value raise_errno(int number) {
    return raise_os_error(number, error_text(number));
}
[[nodiscard]] Endpoint* endpoint_of(const Value* a) {
    Endpoint* endpoint = g_machine->network->find(self_of(a)->descriptor);
    if (!endpoint) raise_errno(EBADF);
    return endpoint;
}

// Waits until `ready(endpoint)`, as a blocking call does. False and pending: not blocking, timeout.
template <typename Ready>
[[nodiscard]] bool wait_until(const Value* a, const char* what, Ready&& ready) {
    Socket* socket = self_of(a);
    const int64_t since = g_machine->now();
    const int64_t deadline = socket->timeout > 0 ? since + to_ns(socket->timeout) : kNever;
    trace::EventIndex blocked = trace::kNoEvent;
    for (;;) {
        Endpoint* endpoint = g_machine->network->find(socket->descriptor);
        if (!endpoint) return raise_errno(EBADF), false;
        if (ready(*endpoint)) break;
        if (socket->timeout == 0) return raise_errno(EAGAIN), false;
        if (blocked == trace::kNoEvent) blocked = g_machine->note_blocked(what, deadline);
        VirtualThread* me = g_machine->current();
        endpoint->blocked.push_back(me);
        const bool woken = g_machine->block(deadline);
        if (abandoning()) return raise_abandoned(), false;
        if (Endpoint* still = g_machine->network->find(socket->descriptor))
            std::erase(still->blocked, me);
        if (!woken) {
            g_machine->note_continues(blocked, since);
            return raise(errors::TimeoutError, "timed out"), false;
        }
    }
    if (blocked != trace::kNoEvent) g_machine->note_continues(blocked, since);
    return true;
}

[[nodiscard]] Value address_value(const Socket* socket, const Address& address) {
    if (socket->family == kUnix) return make_str("");
    if (socket->family == kInet6)
        return make_tuple(
            {make_str(address.host), Value::small(address.port), Value::small(0), Value::small(0)});
    return make_tuple({make_str(address.host), Value::small(address.port)});
}

// 127.0.0.1, or whatever localhost and the empty name mean; false and gaierror otherwise.
[[nodiscard]] bool is_numeric(const std::string& host) {
    int parts = 0, digits = 0, number = 0;
    for (size_t i = 0; i <= host.size(); ++i) {
        if (i < host.size() && host[i] >= '0' && host[i] <= '9') {
            number = number * 10 + (host[i] - '0');
            if (++digits > 3 || number > 255) return false;
        } else if ((i == host.size() || host[i] == '.') && digits > 0) {
            ++parts;
            digits = number = 0;
        } else {
            return false;
        }
    }
    return parts == 4;
}
Value unknown_name() {
    return raise_with(g_gaierror, {Value::small(-2), make_str("Name or service not known")});
}
[[nodiscard]] bool read_address(const Value& value, Address& out) {
    const auto* parts = as<Tuple>(value);
    if (!parts || parts->size < 2)
        return raise(errors::TypeError,
                     cat("AF_INET address must be tuple, not ", type_name(value))),
               false;
    int64_t port;
    if (!is<Str>((*parts)[0]))
        return raise(errors::TypeError,
                     "str, bytes or bytearray expected, not " + type_name((*parts)[0])),
               false;
    if (!to_index((*parts)[1], port)) return false;
    if (port < 0 || port > 65535)
        return raise(errors::OverflowError, "bind(): port must be 0-65535."), false;
    out.host = text_of((*parts)[0]);
    out.port = static_cast<int>(port);
    if (out.host == "localhost") out.host = "127.0.0.1";
    if (!out.host.empty() && !is_numeric(out.host) && out.host != "::1" && out.host != "::")
        return unknown_name(), false;
    return true;
}

// --- the class -----------------------------------------------------------------------------------

Value construct(Type* type, const Args&) {
    return make_as<Socket>(type);
}
bool initialise(const Value& self, const Args& args) {
    static const Signature* signature =
        parse_signature("(family=-1, type=-1, proto=-1, fileno=None)");
    Value bound[4];
    if (!bind_arguments(*signature, "socket", ErrorStyle::C, args, bound)) return false;
    auto* socket = cast<Socket>(self);
    int64_t number;
    const auto read = [&](const Value& value, int64_t& out) {
        if (!given(value)) return true;
        if (!to_index(value, number)) return false;
        if (number != -1) out = number;
        return true;
    };
    int64_t descriptor = -1;
    if (!read(bound[0], socket->family) || !read(bound[1], socket->kind) ||
        !read(bound[2], socket->proto) || !read(bound[3], descriptor))
        return false;
    socket->kind &= 0xf;
    socket->descriptor =
        descriptor >= 0 ? static_cast<int>(descriptor) : g_machine->network->open();
    return true;
}
Value socket_repr(const Value& self) {
    const auto* socket = cast<Socket>(self);
    return make_str(cat("<socket object, fd=", socket->descriptor, ", family=", socket->family,
                        ", type=", socket->kind, ", proto=", socket->proto, ">"));
}

Value bind(const Value* a) {
    Endpoint* endpoint = endpoint_of(a);
    Address address;
    if (!endpoint || !read_address(a[1], address)) return {};
    const int error = g_machine->network->bind(*endpoint, address);
    return error ? raise_errno(error) : none();
}
Value listen(const Value* a) {
    Endpoint* endpoint = endpoint_of(a);
    int64_t backlog = 128;
    if (!endpoint || (given(a[1]) && !to_index(a[1], backlog))) return {};
    const int error = g_machine->network->listen(*endpoint, static_cast<int>(backlog));
    return error ? raise_errno(error) : none();
}
[[nodiscard]] int accept_descriptor(const Value* a) {
    if (!wait_until(a, "socket.accept", [](const Endpoint& e) { return !e.backlog.empty(); }))
        return -1;
    return g_machine->network->accept(*endpoint_of(a));
}
Value accept_raw(const Value* a) {
    if (!endpoint_of(a)) return {};
    const int descriptor = accept_descriptor(a);
    if (descriptor < 0) return {};
    return make_tuple({Value::small(descriptor),
                       address_value(self_of(a), g_machine->network->find(descriptor)->remote)});
}
Value accept(const Value* a) {
    const Value raw = accept_raw(a);
    if (!raw) return {};
    Ref<Socket> connection = make<Socket>();
    connection->descriptor = static_cast<int>((*cast<Tuple>(raw))[0].small());
    connection->family = self_of(a)->family;
    connection->kind = self_of(a)->kind;
    connection->proto = self_of(a)->proto;
    return make_tuple({connection, (*cast<Tuple>(raw))[1]});
}
// Answers 0 or an errno; -1: an exception is pending.
[[nodiscard]] int connect_to(const Value* a) {
    Endpoint* endpoint = endpoint_of(a);
    Address address;
    if (!endpoint || !read_address(a[1], address)) return -1;
    const int error = g_machine->network->connect(*endpoint, address);
    if (error != EINPROGRESS || self_of(a)->timeout == 0) return error;
    g_machine->yield();
    return std::exchange(endpoint->error, 0);
}
Value connect(const Value* a) {
    const int error = connect_to(a);
    return error < 0 ? Value() : error ? raise_errno(error) : none();
}
Value connect_ex(const Value* a) {
    const int error = connect_to(a);
    return error < 0 ? Value() : Value::small(error);
}

[[nodiscard]] bool receive(const Value* a, int64_t most, std::string& out) {
    if (most < 0) return raise(errors::ValueError, "negative buffersize in recv"), false;
    if (!endpoint_of(a) || !wait_until(a, "socket.recv", [](const Endpoint& e) {
            return e.readable() || e.state != Endpoint::State::Connected;
        }))
        return false;
    int error = 0;
    out = g_machine->network->receive(*endpoint_of(a), static_cast<size_t>(most), error);
    return !error || (raise_errno(error), false);
}
Value recv(const Value* a) {
    int64_t most;
    std::string bytes;
    return to_index(a[1], most) && receive(a, most, bytes) ? make_bytes(bytes) : Value();
}
Value recv_into(const Value* a) {
    const int64_t size = length(a[1]);
    std::string bytes;
    if (size < 0 || !receive(a, size, bytes)) return {};
    const Value slice = make<Slice>(none(), make_int(static_cast<int64_t>(bytes.size())), none());
    return set_item(a[1], slice, make_bytes(bytes)) ? make_int(static_cast<int64_t>(bytes.size()))
                                                    : Value();
}
[[nodiscard]] bool bytes_of(const Value& value, std::string_view& out) {
    return bytes_view(value, out) ||
           (raise(errors::TypeError,
                  cat("a bytes-like object is required, not '", type_name(value), "'")),
            false);
}
[[nodiscard]] int64_t send_some(const Value* a, std::string_view bytes) {
    if (!endpoint_of(a) || !wait_until(a, "socket.send", [](const Endpoint& e) {
            return e.writable() || e.shut_write || e.state != Endpoint::State::Connected;
        }))
        return -1;
    int error = 0;
    const size_t sent = g_machine->network->send(*endpoint_of(a), bytes, error);
    if (error) raise_errno(error);
    return error ? -1 : static_cast<int64_t>(sent);
}
Value send(const Value* a) {
    std::string_view bytes;
    if (!bytes_of(a[1], bytes)) return {};
    const int64_t sent = send_some(a, bytes);
    return sent < 0 ? Value() : make_int(sent);
}
Value sendall(const Value* a) {
    std::string_view view;
    if (!bytes_of(a[1], view)) return {};
    const std::string bytes(view);
    for (size_t done = 0; done < bytes.size();) {
        const int64_t sent = send_some(a, std::string_view(bytes).substr(done));
        if (sent < 0) return {};
        done += static_cast<size_t>(sent);
    }
    return none();
}
Value shutdown(const Value* a) {
    Endpoint* endpoint = endpoint_of(a);
    int64_t how;
    if (!endpoint || !to_index(a[1], how)) return {};
    if (endpoint->state != Endpoint::State::Connected) return raise_errno(ENOTCONN);
    if (how >= 1) g_machine->network->shut_write(*endpoint);
    if (how != 1) endpoint->end_of_stream = true;
    return none();
}
Value close(const Value* a) {
    Socket* socket = self_of(a);
    if (socket->descriptor >= 0 && !abandoning()) g_machine->network->close(socket->descriptor);
    socket->descriptor = -1;
    return none();
}
Value detach(const Value* a) {
    return Value::small(std::exchange(self_of(a)->descriptor, -1));
}
Value fileno(const Value* a) {
    return Value::small(self_of(a)->descriptor);
}
Value setblocking(const Value* a) {
    const int on = truth(a[1]);
    if (on < 0) return {};
    self_of(a)->timeout = on ? -1 : 0;
    return none();
}
Value getblocking(const Value* a) {
    return boolean(self_of(a)->timeout != 0);
}
Value settimeout(const Value* a) {
    double seconds = -1;
    if (given(a[1]) && !to_double(a[1], seconds)) return {};
    if (given(a[1]) && seconds < 0) return raise(errors::ValueError, "Timeout value out of range");
    self_of(a)->timeout = seconds;
    return none();
}
Value gettimeout(const Value* a) {
    return self_of(a)->timeout < 0 ? none() : make_float(self_of(a)->timeout);
}
Value getsockname(const Value* a) {
    Endpoint* endpoint = endpoint_of(a);
    if (!endpoint) return {};
    Address address = endpoint->local;
    if (address.host.empty()) address.host = "0.0.0.0";
    return address_value(self_of(a), address);
}
Value getpeername(const Value* a) {
    Endpoint* endpoint = endpoint_of(a);
    if (!endpoint) return {};
    if (endpoint->state != Endpoint::State::Connected) return raise_errno(ENOTCONN);
    return address_value(self_of(a), endpoint->remote);
}
Value getsockopt(const Value* a) {
    Endpoint* endpoint = endpoint_of(a);
    int64_t level, option;
    if (!endpoint || !to_index(a[1], level) || !to_index(a[2], option)) return {};
    if (level == kSolSocket && option == kSoError)
        return Value::small(std::exchange(endpoint->error, 0));
    return Value::small(0);
}
Value setsockopt(const Value* a) {
    return endpoint_of(a) ? none() : Value();
}
template <int64_t Socket::*field>
Value number(const Value* a) {
    return Value::small(self_of(a)->*field);
}
Value enter(const Value* a) {
    return a[0];
}

constexpr NativeMethod kMethods[] = {
    {"bind", bind, "(self, address, /)"},
    {"listen", listen, "(self, backlog=None, /)"},
    {"accept", accept},
    {"_accept", accept_raw},
    {"connect", connect, "(self, address, /)"},
    {"connect_ex", connect_ex, "(self, address, /)"},
    {"recv", recv, "(self, buffersize, flags=0, /)"},
    {"recv_into", recv_into, "(self, buffer, nbytes=0, flags=0)"},
    {"send", send, "(self, data, flags=0, /)"},
    {"sendall", sendall, "(self, data, flags=0, /)"},
    {"shutdown", shutdown, "(self, how, /)"},
    {"close", close},
    {"detach", detach},
    {"fileno", fileno},
    {"setblocking", setblocking, "(self, flag, /)"},
    {"getblocking", getblocking},
    {"settimeout", settimeout, "(self, timeout, /)"},
    {"gettimeout", gettimeout},
    {"getsockname", getsockname},
    {"getpeername", getpeername},
    {"getsockopt", getsockopt, "(self, level, option, buflen=0, /)"},
    {"setsockopt", setsockopt, "(self, level, option, value, optlen=None, /)"},
    {"family", number<&Socket::family>, "(self)", MethodKind::Getter},
    {"type", number<&Socket::kind>, "(self)", MethodKind::Getter},
    {"proto", number<&Socket::proto>, "(self)", MethodKind::Getter},
    {"timeout", gettimeout, "(self)", MethodKind::Getter},
    {"__enter__", enter},
    {"__exit__", close, "(self, /, *args)"},
};

// --- functions -----------------------------------------------------------------------------------

Value getaddrinfo(const Value* a) {
    int64_t family = 0, kind = 0, proto = 0, flags = 0, port = 0;
    if ((a[2] && !to_index(a[2], family)) || (a[3] && !to_index(a[3], kind)) ||
        (a[4] && !to_index(a[4], proto)) || (a[5] && !to_index(a[5], flags)))
        return {};
    std::string host = given(a[0]) ? text_of(a[0]) : std::string();
    if (given(a[1]) && is<Str>(a[1])) {
        const std::string text = text_of(a[1]);
        static const std::pair<const char*, int> kServices[] = {
            {"http", 80}, {"https", 443}, {"ftp", 21}, {"ssh", 22}};
        for (const auto& [name, number_] : kServices)
            if (text == name) port = number_;
        if (!port) port = std::atoi(text.c_str());
    } else if (given(a[1]) && !to_index(a[1], port)) {
        return {};
    }
    constexpr int64_t kPassive = 1;
    if (host.empty()) host = flags & kPassive ? "0.0.0.0" : "127.0.0.1";
    if (host == "localhost") host = "127.0.0.1";
    const bool six = host == "::1" || host == "::";
    if (!six && !is_numeric(host)) return unknown_name();
    Ref<List> found = make_list();
    constexpr std::pair<int, int> kKinds[] = {{1, 6}, {2, 17}, {3, 0}};
    for (const auto& [its_kind, its_proto] : kKinds) {
        if ((kind && its_kind != (kind & 0xf)) || (proto && its_proto && its_proto != proto))
            continue;
        const Value address = six ? Value(make_tuple({make_str(host), make_int(port),
                                                      Value::small(0), Value::small(0)}))
                                  : Value(make_tuple({make_str(host), make_int(port)}));
        found->items.push_back(
            make_tuple({Value::small(six ? kInet6 : kInet), Value::small(its_kind),
                        Value::small(its_proto), make_str(""), address}));
    }
    return found;
}
Value gethostname(const Value*) {
    return make_str("loopglass");
}
Value gethostbyname(const Value* a) {
    const std::string host = text_of(a[0]);
    if (host == "localhost" || host == "loopglass") return make_str("127.0.0.1");
    return is_numeric(host) ? a[0] : unknown_name();
}
Value socketpair(const Value*) {
    Ref<Socket> left = make<Socket>(), right = make<Socket>();
    left->family = right->family = kUnix;
    g_machine->network->open_pair(left->descriptor, right->descriptor);
    return make_tuple({left, right});
}
Value socketpair_raw(const Value* a) {
    return socketpair(a);
}
Value close_descriptor(const Value* a) {
    int64_t descriptor;
    if (!to_index(a[0], descriptor)) return {};
    g_machine->network->close(static_cast<int>(descriptor));
    return none();
}
Value getdefaulttimeout(const Value*) {
    return none();
}
Value swap16(const Value* a) {
    int64_t value;
    if (!to_index(a[0], value)) return {};
    return make_int(((value & 0xff) << 8) | ((value >> 8) & 0xff));
}
Value swap32(const Value* a) {
    int64_t value;
    if (!to_index(a[0], value)) return {};
    return make_int_unsigned(__builtin_bswap32(static_cast<uint32_t>(value)));
}
Value inet_aton(const Value* a) {
    const std::string host = text_of(a[0]);
    if (!is_numeric(host))
        return raise(errors::OSError, "illegal IP address string passed to inet_aton");
    std::string bytes;
    for (size_t at = 0; at < host.size();
         at = host.find('.', at) == std::string::npos ? host.size() : host.find('.', at) + 1)
        bytes += static_cast<char>(std::atoi(host.c_str() + at));
    return make_bytes(bytes);
}
Value inet_ntoa(const Value* a) {
    std::string_view bytes;
    if (!bytes_of(a[0], bytes)) return {};
    if (bytes.size() != 4) return raise(errors::OSError, "packed IP wrong length");
    const auto part = [&](size_t i) {
        return static_cast<unsigned>(static_cast<unsigned char>(bytes[i]));
    };
    return make_str(cat(part(0), ".", part(1), ".", part(2), ".", part(3)));
}

constexpr MethodKind kFunction = MethodKind::Function;
constexpr NativeMethod kFunctions[] = {
    {"getaddrinfo", getaddrinfo, "(host, port, family=0, type=0, proto=0, flags=0)", kFunction},
    {"gethostname", gethostname, "()", kFunction},
    {"gethostbyname", gethostbyname, "(host, /)", kFunction},
    {"socketpair", socketpair_raw, "(family=1, type=1, proto=0)", kFunction},
    {"close", close_descriptor, "(fd, /)", kFunction},
    {"getdefaulttimeout", getdefaulttimeout, "()", kFunction},
    {"htons", swap16, "(integer, /)", kFunction},
    {"ntohs", swap16, "(integer, /)", kFunction},
    {"htonl", swap32, "(integer, /)", kFunction},
    {"ntohl", swap32, "(integer, /)", kFunction},
    {"inet_aton", inet_aton, "(ip_addr, /)", kFunction},
    {"inet_ntoa", inet_ntoa, "(packed_ip, /)", kFunction},
};
constexpr std::pair<const char*, int> kConstants[] = {
    {"AF_UNSPEC", 0},     {"AF_UNIX", kUnix},       {"AF_INET", kInet},
    {"AF_INET6", kInet6}, {"SOCK_STREAM", kStream}, {"SOCK_DGRAM", kDatagram},
    {"SOCK_RAW", 3},      {"SOCK_NONBLOCK", 2048},  {"SOCK_CLOEXEC", 524288},
    {"IPPROTO_IP", 0},    {"IPPROTO_TCP", 6},       {"IPPROTO_UDP", 17},
    {"IPPROTO_IPV6", 41}, {"IPV6_V6ONLY", 26},      {"SOL_SOCKET", kSolSocket},
    {"SO_REUSEADDR", 2},  {"SO_ERROR", kSoError},   {"SO_BROADCAST", 6},
    {"SO_SNDBUF", 7},     {"SO_RCVBUF", 8},         {"SO_KEEPALIVE", 9},
    {"SO_REUSEPORT", 15}, {"TCP_NODELAY", 1},       {"SHUT_RD", 0},
    {"SHUT_WR", 1},       {"SHUT_RDWR", 2},         {"AI_PASSIVE", 1},
    {"AI_CANONNAME", 2},  {"AI_NUMERICHOST", 4},    {"AI_ADDRCONFIG", 32},
    {"EAI_NONAME", -2},   {"SOMAXCONN", 4096},      {"MSG_PEEK", 2},
    {"MSG_WAITALL", 256}, {"MSG_DONTWAIT", 64},     {"NI_NUMERICHOST", 1},
};

[[nodiscard]] Type* define_error(const char* name) {
    NativeTypeSpec spec{name, errors::OSError->dict_offset
                                  ? static_cast<uint32_t>(errors::OSError->dict_offset)
                                  : errors::OSError->instance_size};
    spec.flags = kBaseType;
    spec.base = errors::OSError;
    return define_type(spec);
}

void define_types() {
    NativeTypeSpec socket{"_socket.socket", sizeof(Socket), kBaseType};
    socket.slots.destroy = &destroy_native<Socket>;
    socket.slots.construct = &construct;
    socket.slots.init = &initialise;
    socket.slots.repr = &socket_repr;
    socket.methods = kMethods;
    Socket::type = define_type(socket);
    g_gaierror = define_error("socket.gaierror");
    g_herror = define_error("socket.herror");
}

}  // namespace

Value make_module__socket() {
    if (!Socket::type) define_types();
    const Value module = make_native_module("_socket", kFunctions);
    for (const auto& [name, number_] : kConstants) module_set(module, name, Value::small(number_));
    module_set(module, "socket", Value::share(Socket::type));
    module_set(module, "SocketType", Value::share(Socket::type));
    module_set(module, "error", Value::share(errors::OSError));
    module_set(module, "timeout", Value::share(errors::TimeoutError));
    module_set(module, "gaierror", Value::share(g_gaierror));
    module_set(module, "herror", Value::share(g_herror));
    module_set(module, "has_ipv6", boolean(false));
    return module;
}

}  // namespace loopglass::script
