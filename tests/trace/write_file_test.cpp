#include <doctest/doctest.h>

#include <string>

#include "runtime/trace/file.hpp"

using namespace loopglass::trace;

TEST_CASE("a full disk is an error with words, and leaves no half file") {
    const auto error = write_file("/dev/full", std::string(100'000, 'x'));
    REQUIRE(error);
    CHECK(error->message == "cannot write /dev/full: No space left on device");
    CHECK_FALSE(write_file("/dev/null", "x"));
    const auto nowhere = write_file("/no/such/folder/file", "x");
    REQUIRE(nowhere);
    CHECK(nowhere->message == "cannot create /no/such/folder/file: No such file or directory");
}
