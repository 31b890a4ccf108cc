# Warnings, sanitizers and tools every target shares.
add_library(loopglass_options INTERFACE)
target_include_directories(loopglass_options INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_options(loopglass_options INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wimplicit-fallthrough
    -fno-semantic-interposition -ffp-contract=off)
# g++ 12 warns falsely about every std::string it inlines an append of (its bug 105329).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    target_compile_options(loopglass_options INTERFACE -Wno-restrict)
endif()
# Debug recordings can be listened to, so that a test compares picture and loop after every event.
target_compile_definitions(loopglass_options INTERFACE $<$<CONFIG:Debug>:LOOPGLASS_AUDIT>)
if(LOOPGLASS_SANITIZE)
    target_compile_options(loopglass_options INTERFACE -fsanitize=${LOOPGLASS_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=undefined)
    # Half of the time to compile, for what AddressSanitizer and the machine notice by themselves.
    target_compile_options(loopglass_options INTERFACE -fno-sanitize=null,alignment,vptr,object-size)
    target_link_options(loopglass_options INTERFACE -fsanitize=${LOOPGLASS_SANITIZE})
endif()
if(LOOPGLASS_FUZZ)
    # Without a call for each comparison, a third of the time: damage is done by tokens, not by guessing bytes.
    target_compile_options(loopglass_options INTERFACE -fsanitize=fuzzer-no-link -fno-sanitize-coverage=trace-cmp)
endif()

find_program(CCACHE ccache)
if(CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()

# loopglass_precompiled(TARGET): the standard headers most files include, compiled once for all floors (by the lowest).
# Not beside ccache, which knows the sources better: what a file forgets to include shows there.
function(loopglass_precompiled target)
    if(CCACHE)
        return()
    endif()
    if(NOT target STREQUAL "loopglass_base")
        target_precompile_headers(${target} REUSE_FROM loopglass_base)
        return()
    endif()
    target_precompile_headers(${target} PRIVATE <algorithm> <cmath> <deque> <filesystem> <functional> <map> <memory>
        <optional> <set> <span> <sstream> <string> <string_view> <unordered_map> <vector>)
    # g++ forgets which of the precompiled lines are the system's, and warns about those too.
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        target_compile_options(loopglass_options INTERFACE -Wno-array-bounds -Wno-stringop-overflow)
    endif()
endfunction()
find_program(LLD ld.lld)
if(LLD)
    target_link_options(loopglass_options INTERFACE -fuse-ld=lld)
endif()
