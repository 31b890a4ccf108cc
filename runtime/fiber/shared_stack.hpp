// One stack for very many fibers. A waiting fiber keeps a page of its own stack in memory for the
// kilobyte it uses of it. Where thousands wait, newer ones that may (see Fiber) stand on this stack
// instead, one after another: who waits is moved out of the way when the next one needs the place,
// and brought back to the same addresses before it goes on.
//
// So nothing outside such a fiber may point to what lies on its stack while it waits.
#pragma once

#include <cstddef>
#include <cstdint>

namespace loopglass::fiber {

class Fiber;
class Machine;

class SharedStack {
public:
    // While fewer stacks are in use, each fiber gets one of its own: those need no copying.
    static constexpr size_t kOwnStacks = 2048;

    // A place for a fiber that begins: its lowest address. Null: it must have a stack of its own.
    [[nodiscard]] static char* move_in(Fiber* fresh);
    // Before a lodger goes on that does not stand on the stack now. False: it could not be brought
    // back, as whoever resumes it needs the place; it has been resumed, and the place is as before.
    [[nodiscard]] static bool bring_back(Fiber* lodger);
    // A lodger has ended.
    static void move_out(Fiber* lodger);

    // A machine has stopped, and is about to go on: another one may need the place between.
    static void machine_stops(Machine* machine);
    static void machine_goes_on(Machine* machine);

    // How many fibers live on it, and the bytes of those that were moved aside. For tests.
    struct Counts {
        size_t lodgers;
        size_t saved_bytes;
    };
    [[nodiscard]] static Counts counts();
    // For tests: sharing begins at that many live stacks. Answers what it was.
    static size_t set_own_stacks(size_t count);
};

}  // namespace loopglass::fiber
