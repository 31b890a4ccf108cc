// Host: what one run of a script knows of its outside: the world, the disk, its arguments, and what
// is to be done at its end. The session makes one; native modules reach it through g_host.
#pragma once

#include <string>
#include <vector>

#include "runtime/script/files.hpp"
#include "runtime/script/world.hpp"
#include "runtime/value/objects.hpp"

namespace loopglass::script {

struct AtExit {
    value::Value function;
    value::Value arguments;  // Tuple
    value::Value keywords;   // Dict
};

struct Host {
    World world;
    FileSystem files;
    std::string script_name;                // sys.argv[0], __file__
    std::vector<std::string> arguments;     // the rest of sys.argv
    value::Ref<value::Dict> modules;        // sys.modules
    value::Value sys;                       // the sys module, once made
    std::vector<AtExit> at_exit;            // run last to first
    std::vector<std::string> option_flags;  // -X dev and its like: none so far
};

// The host of the session that runs; null outside any.
extern Host* g_host;

}  // namespace loopglass::script
