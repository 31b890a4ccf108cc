// What is made to be shared: the drawing and the web page of a run.
#include <doctest/doctest.h>

#include <string>

#include "runtime/trace/draw_svg.hpp"
#include "runtime/trace/web_page.hpp"
#include "tests/support/synthetic_recording.hpp"

using namespace loopglass;
using namespace loopglass::trace;

namespace {

size_t count(std::string_view text, std::string_view part) {
    size_t found = 0;
    for (size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1))
        ++found;
    return found;
}

}  // namespace

TEST_CASE("the drawing has a lane for every task and shows who blocks the loop") {
    const Recording recording = testing::lesson_7();
    const Timeline timeline(recording);
    const std::string svg = draw_svg(timeline);
    CHECK(svg.starts_with("<svg "));
    CHECK(svg.ends_with("</svg>\n"));
    for (const char* words : {">the loop<", ">main<", ">tick<", ">bad<", ">stuck in bad<"})
        CHECK_MESSAGE(svg.find(words) != std::string::npos, words);
    CHECK(count(svg, "url(#light-wait") > 3);
    CHECK(count(svg, "nan") == 0);
}

TEST_CASE("a drawing of a run without events is still a drawing") {
    Recording recording;
    recording.finish(EndReason::Completed, 0);
    const Timeline timeline(recording);
    CHECK(draw_svg(timeline).find("the loop") != std::string::npos);
    CHECK(write_web_page(timeline).find("</html>") != std::string::npos);
}

TEST_CASE("the web page holds the run and nothing from elsewhere") {
    Recording recording = testing::lesson_7();
    recording.info.title = "Tom & Jerry </script><b>";
    recording.info.source = "print('</script>')\n";
    const Timeline timeline(recording);
    const std::string page = write_web_page(timeline);
    CHECK(page.find("{{") == std::string::npos);
    CHECK(count(page, "</script>") == 2);  // its own two, none out of the script's text
    CHECK(page.find("Tom &amp; Jerry &lt;/script&gt;") != std::string::npos);
    CHECK(page.find("src=") == std::string::npos);
    CHECK(page.find("href=") == std::string::npos);
    CHECK(page.find("unblock") != std::string::npos);
}

TEST_CASE("a page of a long run says what it leaves out") {
    const Recording recording = testing::lesson_7();
    const Timeline timeline(recording);
    WebPageOptions few;
    few.most_steps = 3;
    CHECK(write_web_page(timeline, few).find("\"whole\":false") != std::string::npos);
    CHECK(write_web_page(timeline).find("\"whole\":true") != std::string::npos);
}
