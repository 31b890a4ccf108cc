# Every library the program uses. The Debian package of each is in scripts/packages.txt.
find_package(PkgConfig REQUIRED)

# the engine
find_package(Boost 1.74 REQUIRED COMPONENTS context)
find_package(toml11 REQUIRED)
find_package(nlohmann_json REQUIRED)
pkg_check_modules(zstd REQUIRED IMPORTED_TARGET libzstd)
pkg_check_modules(utf8proc REQUIRED IMPORTED_TARGET libutf8proc)
pkg_check_modules(pcre2 REQUIRED IMPORTED_TARGET libpcre2-8)
pkg_check_modules(zlib REQUIRED IMPORTED_TARGET zlib)
pkg_check_modules(md4c REQUIRED IMPORTED_TARGET md4c)

# the commands
find_package(CLI11 REQUIRED)

# the window
if(LOOPGLASS_BUILD_GUI)
    find_package(glfw3 REQUIRED)
    find_package(OpenGL REQUIRED)
    find_package(GIF 5 REQUIRED)
    # Dear ImGui of the distribution, or built from the sources in LOOPGLASS_IMGUI_DIR.
    set(LOOPGLASS_IMGUI_DIR "" CACHE PATH "a folder with Dear ImGui's sources; empty: the system's")
    if(LOOPGLASS_IMGUI_DIR)
        include(${CMAKE_CURRENT_LIST_DIR}/imgui.cmake)
    else()
        pkg_check_modules(imgui REQUIRED IMPORTED_TARGET imgui)
        set(LOOPGLASS_IMGUI PkgConfig::imgui)
    endif()
    pkg_check_modules(freetype REQUIRED IMPORTED_TARGET freetype2)
endif()
