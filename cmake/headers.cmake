# Every header must compile alone. One that has a .cpp beside it does, because the .cpp includes it first
# (tests/check_includes.py sees to that); the others get a source file each, built only by the test.
function(loopglass_check_lone_headers)
    file(GLOB_RECURSE headers CONFIGURE_DEPENDS RELATIVE ${PROJECT_SOURCE_DIR}
        ${PROJECT_SOURCE_DIR}/runtime/*.hpp ${PROJECT_SOURCE_DIR}/app/*.hpp)
    set(sources "")
    foreach(header ${headers})
        string(REGEX REPLACE "\\.hpp$" ".cpp" twin ${header})
        if(NOT EXISTS ${PROJECT_SOURCE_DIR}/${twin} AND (LOOPGLASS_BUILD_GUI OR NOT header MATCHES "^app/gui/"))
            set(source ${CMAKE_CURRENT_BINARY_DIR}/lone_headers/${twin})
            file(CONFIGURE OUTPUT ${source} CONTENT "#include \"${header}\"\n")
            list(APPEND sources ${source})
        endif()
    endforeach()
    add_library(lone_headers OBJECT EXCLUDE_FROM_ALL ${sources})
    target_link_libraries(lone_headers PRIVATE ${ARGN})
    add_test(NAME "every header compiles alone"
        COMMAND ${CMAKE_COMMAND} --build ${CMAKE_BINARY_DIR} --target lone_headers)
endfunction()
