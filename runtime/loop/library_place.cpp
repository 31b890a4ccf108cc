// See library_place.hpp.
#include "runtime/loop/library_place.hpp"

#include "runtime/base/text.hpp"

namespace loopglass::loop {

std::string_view library_line(std::string_view file, uint32_t line) {
    for (const LibraryPlace* place : {&kRunsHandle, &kEmptiesHandle, &kTakesNextHandle,
                                      &kLetsGoOfHandle, &kClearsReady, &kClearsTimers})
        if (place->line == line && file == base::cat("<lib>/asyncio/", place->module, ".py"))
            return place->source;
    return {};
}

}  // namespace loopglass::loop
