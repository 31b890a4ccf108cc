// Recordings from outside, as text, as a file and as a file's unpacked body: whatever a reader
// accepts can be folded, drawn, told, linted and written again; what it does not accept it refuses
// with an error.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "runtime/trace/chrome.hpp"
#include "runtime/trace/draw_text.hpp"
#include "runtime/trace/file.hpp"
#include "runtime/trace/file_codec.hpp"
#include "runtime/trace/invariants.hpp"
#include "runtime/trace/lint.hpp"
#include "runtime/trace/say.hpp"
#include "runtime/trace/text_form.hpp"

using namespace loopglass::trace;

namespace {

void use(const Recording& recording) {
    (void)check_invariants(recording);
    const Timeline timeline(recording);
    (void)draw_timeline(timeline);
    (void)draw_table(timeline);
    (void)lint(timeline);
    (void)write_chrome(timeline);
    const EventIndex step = std::max(recording.size() / 50, 1u);
    for (EventIndex i = 0; i < recording.size(); i += step) (void)say(timeline, i);
    const auto back = decode(encode(recording));
    if (!back || back->hash() != recording.hash()) __builtin_trap();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    if (const auto recording = read_text(bytes)) use(*recording);
    if (const auto recording = decode(bytes)) use(*recording);
    if (const auto recording = codec::decode_body(bytes)) use(*recording);
    return 0;
}
