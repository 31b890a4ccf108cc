// Files that are built into the program.
#include <doctest/doctest.h>

#include <string>

#include "embedded/test_files.hpp"

using loopglass::base::find_embedded;

TEST_CASE("an embedded file keeps every byte and is followed by a null") {
    const auto files = loopglass::embedded::test_files();
    REQUIRE(files.size() == 3);
    CHECK(files[0].name == "small.txt");
    CHECK(files[0].text == "first line\n\"quoted\" \\ and\ttab\n");
    CHECK(files[0].text.data()[files[0].text.size()] == '\0');
    CHECK(find_embedded(files, "empty.txt").data() != nullptr);
    CHECK(find_embedded(files, "empty.txt").empty());
    CHECK(find_embedded(files, "none.txt").data() == nullptr);
}

TEST_CASE("an embedded file may be larger than any string literal") {
    const std::string_view large = find_embedded(loopglass::embedded::test_files(), "large.txt");
    REQUIRE(large.size() == 200'000);
    CHECK(large.find_first_not_of('x') == std::string_view::npos);
}
