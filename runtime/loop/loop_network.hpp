// The loop's methods that deal with sockets: readers and writers here; connections and servers are
// written in Python, in the module `_asyncio_net`.
#pragma once

#include "runtime/value/value.hpp"

namespace loopglass::loop {

[[nodiscard]] value::Value add_reader(const value::Value* arguments);
[[nodiscard]] value::Value remove_reader(const value::Value* arguments);
[[nodiscard]] value::Value add_writer(const value::Value* arguments);
[[nodiscard]] value::Value remove_writer(const value::Value* arguments);
// Native async methods that hand over to the function of their name in `_asyncio_net`.
[[nodiscard]] value::Value loop_getaddrinfo(const value::Value* arguments);
[[nodiscard]] value::Value create_connection(const value::Value* arguments);
[[nodiscard]] value::Value create_server(const value::Value* arguments);
[[nodiscard]] value::Value sock_recv(const value::Value* arguments);
[[nodiscard]] value::Value sock_recv_into(const value::Value* arguments);
[[nodiscard]] value::Value sock_sendall(const value::Value* arguments);
[[nodiscard]] value::Value sock_connect(const value::Value* arguments);
[[nodiscard]] value::Value sock_accept(const value::Value* arguments);

}  // namespace loopglass::loop
