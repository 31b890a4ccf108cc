# loopglass_floor(NAME DIRECTORY [LINKS target...]): one static library from every .cpp of a folder (its floor).
# The links are public: a floor's headers may include what it links.
function(loopglass_floor name directory)
    cmake_parse_arguments(arg "" "" "LINKS" ${ARGN})
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${directory}/*.cpp)
    if(sources)
        add_library(loopglass_${name} STATIC ${sources})
        target_link_libraries(loopglass_${name} PUBLIC loopglass_options ${arg_LINKS})
    else()
        add_library(loopglass_${name} INTERFACE)
        target_link_libraries(loopglass_${name} INTERFACE loopglass_options ${arg_LINKS})
    endif()
    add_library(loopglass::${name} ALIAS loopglass_${name})
endfunction()
