// loopglass: the program.
#include "app/cli/cli.hpp"

int main(int argc, char** argv) {
    return loopglass::cli::main(argc, argv, nullptr);
}
