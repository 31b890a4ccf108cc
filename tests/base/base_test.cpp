// The base floor: joined text, results, failed checks.
#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdint>
#include <string>

#include "runtime/base/check.hpp"
#include "runtime/base/result.hpp"
#include "runtime/base/text.hpp"

using namespace loopglass::base;

TEST_CASE("cat joins strings, characters and whole numbers") {
    CHECK(cat("line ", 12, ':', uint8_t{7}, std::string(" end")) == "line 12:7 end");
    CHECK(cat(INT64_MIN) == "-9223372036854775808");
    CHECK(cat() == "");
}

TEST_CASE("a result holds its value or the error that stands in its place") {
    const Result<std::string> good = std::string("text");
    REQUIRE(good);
    CHECK(*good == "text");
    CHECK(good->size() == 4);
    const Result<std::string> bad = Error{"no such file", {3, 1, 3, 4}};
    REQUIRE_FALSE(bad);
    CHECK(bad.error().message == "no such file");
    CHECK(bad.error().where.line == 3);
}

TEST_CASE("a failed internal check aborts the process") {
    const pid_t child = fork();
    if (child == 0) {
        signal(SIGABRT, SIG_DFL);
        close(STDERR_FILENO);
        check_failed("1 == 2", "numbers agree", "file.cpp", 1);
    }
    int status = 0;
    waitpid(child, &status, 0);
    CHECK(WIFSIGNALED(status));
    CHECK(WTERMSIG(status) == SIGABRT);
}

TEST_CASE("conditions with commas need no second parentheses") {
    CHECK(std::string("aaa") == std::string{'a', 'a', 'a'});
    CHECK(std::is_same_v<int, int>, "an invariant of the program");
}
