#include "runtime/loop/network.hpp"

#include <cerrno>

#include "tests/loop/fixture.hpp"

namespace loopglass::loop {

namespace {

struct Pair {
    Endpoint *listener, *client, *served;
};

Pair connect(Network& network, int port) {
    Endpoint* listener = network.find(network.open());
    CHECK(network.bind(*listener, {"127.0.0.1", port}) == 0);
    CHECK(network.listen(*listener, 100) == 0);
    Endpoint* client = network.find(network.open());
    CHECK(network.connect(*client, {"127.0.0.1", listener->local.port}) == EINPROGRESS);
    return {listener, client, network.find(network.accept(*listener))};
}

}  // namespace

TEST_CASE_FIXTURE(LoopFixture,
                  "clients get ports from 50001, servers that ask for none from 40001") {
    run([&] {
        const Pair pair = connect(*machine.network, 0);
        CHECK(pair.listener->local.port == 40001);
        CHECK(pair.client->local.port == 50001);
        CHECK(pair.served->remote == pair.client->local);
        return none();
    });
}

TEST_CASE_FIXTURE(LoopFixture, "what is sent arrives at once, and closing ends the stream") {
    run([&] {
        Network& network = *machine.network;
        const Pair pair = connect(network, 8888);
        int error = 0;
        CHECK(network.send(*pair.client, "hello", error) == 5);
        CHECK(network.receive(*pair.served, 3, error) == "hel");
        CHECK(network.receive(*pair.served, 100, error) == "lo");
        CHECK(network.receive(*pair.served, 100, error).empty());
        CHECK(error == EAGAIN);
        network.close(pair.client->descriptor);
        CHECK(pair.served->readable());
        CHECK(network.receive(*pair.served, 100, error).empty());
        CHECK(error == 0);
        return none();
    });
}

TEST_CASE_FIXTURE(LoopFixture, "nobody listens: the refusal shows as the error of the socket") {
    run([&] {
        Network& network = *machine.network;
        Endpoint* client = network.find(network.open());
        CHECK(network.connect(*client, {"127.0.0.1", 9}) == EINPROGRESS);
        CHECK(client->writable());
        CHECK(client->error == ECONNREFUSED);
        return none();
    });
}

TEST_CASE_FIXTURE(LoopFixture,
                  "a sender stops when the receiver's buffer is full and goes on when it is read") {
    run([&] {
        Network& network = *machine.network;
        const Pair pair = connect(network, 8888);
        int error = 0;
        const std::string much(4'000'000, 'x');
        const size_t sent = network.send(*pair.client, much, error);
        CHECK(sent < much.size());
        CHECK(!pair.client->writable());
        CHECK(network.receive(*pair.served, sent, error).size() == sent);
        CHECK(pair.client->writable());
        return none();
    });
}

TEST_CASE_FIXTURE(LoopFixture, "an address that is listened on cannot be bound again") {
    run([&] {
        Network& network = *machine.network;
        (void)connect(network, 8888);
        Endpoint* other = network.find(network.open());
        CHECK(network.bind(*other, {"127.0.0.1", 8888}) == EADDRINUSE);
        return none();
    });
}

}  // namespace loopglass::loop
