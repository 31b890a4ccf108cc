// Words in another language.
#include "runtime/base/words.hpp"

#include <doctest/doctest.h>

using namespace loopglass::base;

TEST_CASE("a word without a translation stays English, and an empty table gives English back") {
    CHECK(tr("play") == std::string("play"));
    set_words({{"play", "abspielen"}});
    CHECK(tr("play") == std::string("abspielen"));
    CHECK(tr("pause") == std::string("pause"));
    set_words({});
    CHECK(tr("play") == std::string("play"));
}

TEST_CASE("a pattern is filled from left to right, in whatever order a language says it") {
    CHECK(filled("Yes: {}", {"a"}) == "Yes: a");
    CHECK(filled("{} of {}", {"1", "{}"}) == "1 of {}");
    CHECK(filled("none", {"a"}) == "none");
    CHECK(filled("{} and {}", {"one"}) == "one and {}");
}
