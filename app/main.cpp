// loopglass: the program.
#include "app/cli/cli.hpp"
#ifdef LOOPGLASS_HAS_GUI
#include "app/window.hpp"
#endif

int main(int argc, char** argv) {
#ifdef LOOPGLASS_HAS_GUI
    return loopglass::cli::main(argc, argv, loopglass::open_window);
#else
    return loopglass::cli::main(argc, argv, nullptr);
#endif
}
