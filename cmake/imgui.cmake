# Dear ImGui from its own sources, as a library of this build; with FreeType, as the distribution's has it.
find_package(glfw3 REQUIRED)
find_package(OpenGL REQUIRED)
pkg_check_modules(freetype REQUIRED IMPORTED_TARGET freetype2)
add_library(loopglass_imgui STATIC
    ${LOOPGLASS_IMGUI_DIR}/imgui.cpp
    ${LOOPGLASS_IMGUI_DIR}/imgui_draw.cpp
    ${LOOPGLASS_IMGUI_DIR}/imgui_tables.cpp
    ${LOOPGLASS_IMGUI_DIR}/imgui_widgets.cpp
    ${LOOPGLASS_IMGUI_DIR}/misc/freetype/imgui_freetype.cpp
    ${LOOPGLASS_IMGUI_DIR}/backends/imgui_impl_glfw.cpp
    ${LOOPGLASS_IMGUI_DIR}/backends/imgui_impl_opengl3.cpp)
target_include_directories(loopglass_imgui SYSTEM PUBLIC ${LOOPGLASS_IMGUI_DIR} ${LOOPGLASS_IMGUI_DIR}/misc/freetype)
target_compile_definitions(loopglass_imgui PUBLIC IMGUI_ENABLE_FREETYPE)
target_link_libraries(loopglass_imgui PUBLIC glfw OpenGL::GL PkgConfig::freetype)
set(LOOPGLASS_IMGUI loopglass_imgui)
