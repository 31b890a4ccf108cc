// World: what the script's outside looks like — latencies, page sizes, files, the number of cores.
// Plain data: the session reads it from TOML, stand-in modules ask it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace loopglass::script {

// What a URL answers. Seconds and bytes; what is not given follows from the URL (lib/_net.py).
struct HttpEntry {
    std::optional<double> latency;
    std::optional<double> latency_max;  // with latency: the range exploration may vary
    std::optional<double> transfer;
    std::optional<int64_t> size;
    std::optional<int64_t> status;
    std::optional<std::string> text;
    std::optional<std::string> json;   // JSON text
    std::optional<std::string> error;  // "refused", "reset" …
};

struct World {
    std::string title;
    uint64_t seed = 0;
    int cpus = 4;
    std::map<std::string, HttpEntry> http;     // by exact URL
    std::vector<std::string> dead_hosts;       // connecting to them fails
    std::vector<std::string> json_hosts;       // they answer JSON
    std::map<std::string, std::string> files;  // relative path → bytes, at the start
};

}  // namespace loopglass::script
