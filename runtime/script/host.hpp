// Host: what one run of a script knows of its outside: the world, the disk, its arguments, and what
// is to be done at its end. The session makes one; native modules reach it through g_host.
#pragma once

#include <string>
#include <vector>

#include "runtime/script/files.hpp"
#include "runtime/script/world.hpp"
#include "runtime/value/objects.hpp"
#include "runtime/value/thread.hpp"

namespace loopglass::script {

struct AtExit {
    value::Value function;
    value::Value arguments;  // Tuple
    value::Value keywords;   // Dict
};

struct Host {
    World world;
    FileSystem files;
    std::string script_name;             // sys.argv[0], __file__
    std::vector<std::string> arguments;  // the rest of sys.argv
    value::Ref<value::Dict> modules;     // sys.modules
    value::Value sys;                    // the sys module, once made
    std::vector<AtExit> at_exit;         // run last to first
    int exit_status = 0;                 // set by os._exit
    uint64_t generators_seeded = 0;      // random.Random() without a seed: each gets its own
    bool finalizing = false;             // the main module has ended
    // The text of a line of a file the interpreter compiled; empty if unknown.
    std::string_view (*source_line)(std::string_view filename, uint32_t line) = nullptr;
    // Called in the midst of running code, when the machine has been given back and goes on. False
    // with an exception pending: it is raised there (a prompt's Ctrl-C).
    bool (*continued)() = nullptr;
    // Frame objects for sys._getframe; set by the evaluator.
    value::Value (*frame_object)(value::Frame* frame) = nullptr;
};

// The host of the session that runs; null outside any.
extern Host* g_host;

// Calls what atexit.register collected, last to first.
void run_at_exit();

}  // namespace loopglass::script
