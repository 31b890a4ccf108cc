#include "runtime/session/world_reader.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "runtime/base/text.hpp"
#include "runtime/session/toml_text.hpp"

namespace loopglass::session {

using base::cat;
using base::Error;
using base::Result;

namespace {

constexpr uintmax_t kMaxFolderBytes = uintmax_t{64} << 20;

// What is wrong with a world, thrown inside this file only and turned into a Result at its edge.
struct BadWorld {
    Error error;
};

uint32_t line_of(const toml::value& value) {
    return static_cast<uint32_t>(value.location().line());
}

[[noreturn]] void refuse(const toml::value& value, std::string message) {
    throw BadWorld{Error{std::move(message), {line_of(value), 0, line_of(value), 0}}};
}

double number(const toml::value& value, const char* what) {
    double out = 0;
    if (value.is_floating())
        out = value.as_floating();
    else if (value.is_integer())
        out = static_cast<double>(value.as_integer());
    else
        refuse(value, cat("`", what, "` is a number of seconds"));
    if (!(out >= 0 && out < 1e9)) refuse(value, cat("`", what, "` must lie between 0 and 1e9"));
    return out;
}

int64_t whole(const toml::value& value, const char* what) {
    if (!value.is_integer() || value.as_integer() < 0)
        refuse(value, cat("`", what, "` is a whole number, 0 or more"));
    return value.as_integer();
}

std::string text(const toml::value& value, const char* what) {
    if (!value.is_string()) refuse(value, cat("`", what, "` is a text"));
    return value.as_string().str;
}

nlohmann::json to_json(const toml::value& value) {
    if (value.is_boolean()) return value.as_boolean();
    if (value.is_integer()) return value.as_integer();
    if (value.is_floating()) return value.as_floating();
    if (value.is_string()) return value.as_string().str;
    nlohmann::json out;
    if (value.is_array()) {
        out = nlohmann::json::array();
        for (const toml::value& item : value.as_array()) out.push_back(to_json(item));
    } else if (value.is_table()) {
        out = nlohmann::json::object();
        for (const auto& [key, item] : value.as_table()) out[key] = to_json(item);
    }
    return out;
}

script::HttpEntry read_entry(const toml::value& table) {
    if (!table.is_table())
        refuse(table, "an http entry is a table: latency = 0.2, transfer = 0.05, size = 1000 …");
    script::HttpEntry entry;
    for (const auto& [key, value] : table.as_table()) {
        if (key == "latency" && value.is_array()) {
            const auto& range = value.as_array();
            if (range.size() != 2) refuse(value, "a latency range has two ends: [0.5, 1.2]");
            entry.latency = number(range[0], "latency");
            entry.latency_max = number(range[1], "latency");
        } else if (key == "latency") {
            entry.latency = number(value, "latency");
        } else if (key == "transfer") {
            entry.transfer = number(value, "transfer");
        } else if (key == "size") {
            entry.size = whole(value, "size");
        } else if (key == "status") {
            entry.status = whole(value, "status");
        } else if (key == "text") {
            entry.text = text(value, "text");
        } else if (key == "error") {
            entry.error = text(value, "error");
        } else if (key == "json") {
            entry.json = to_json(value).dump();
        } else {
            refuse(value, cat("an http entry has no `", key,
                              "`; known: latency, transfer, size, status, text, json, error"));
        }
    }
    return entry;
}

std::vector<std::string> texts(const toml::value& value, const char* what) {
    std::vector<std::string> out;
    if (!value.is_array()) refuse(value, cat("`", what, "` is a list of texts"));
    for (const toml::value& item : value.as_array()) out.push_back(text(item, what));
    return out;
}

void read_defaults(const toml::value& table, script::World& world) {
    if (!table.is_table()) refuse(table, "`http_defaults` is a table");
    for (const auto& [key, value] : table.as_table()) {
        if (key == "dead_hosts")
            world.dead_hosts = texts(value, "dead_hosts");
        else if (key == "json_hosts")
            world.json_hosts = texts(value, "json_hosts");
        else
            refuse(value, cat("`http_defaults` has no `", key, "`; known: dead_hosts, json_hosts"));
    }
}

void read_files(const toml::value& value, std::string_view directory, script::World& world) {
    if (value.is_table()) {
        for (const auto& [path, content] : value.as_table())
            world.files[path] = text(content, "files");
        return;
    }
    const std::string folder = text(value, "files");
    if (directory.empty())
        refuse(
            value,
            "a script's own block cannot name a folder for `files`; write a table of path = text");
    auto found = read_folder((std::filesystem::path(directory) / folder).string());
    if (!found) refuse(value, found.error().message);
    for (auto& [path, bytes] : *found) world.files[path] = std::move(bytes);
}

void read_table(const toml::value& table, std::string_view directory, script::World& world) {
    for (const auto& [key, value] : table.as_table()) {
        if (key == "seed")
            world.seed = static_cast<uint64_t>(whole(value, "seed"));
        else if (key == "title")
            world.title = text(value, "title");
        else if (key == "cpus")
            world.cpus = static_cast<int>(std::min<int64_t>(whole(value, "cpus"), 1024));
        else if (key == "files")
            read_files(value, directory, world);
        else if (key == "http_defaults")
            read_defaults(value, world);
        else if (key == "http") {
            if (!value.is_table()) refuse(value, "`http` is a table by URL");
            for (const auto& [url, entry] : value.as_table()) world.http[url] = read_entry(entry);
        } else {
            refuse(value, cat("a world has no `", key,
                              "`; known: title, seed, cpus, files, http, http_defaults"));
        }
    }
}

template <typename Read>
Result<bool> parse(std::string_view toml_text, std::string_view name, Read&& read) {
    try {
        read(parse_toml(toml_text, name));
        return true;
    } catch (const BadWorld& bad) {
        return Error{cat(name, ":", bad.error.where.line, ": ", bad.error.message),
                     bad.error.where};
    } catch (const toml::exception& bad) {
        const auto line = static_cast<uint32_t>(bad.location().line());
        std::string_view what(bad.what());
        what = what.substr(0, what.find('\n'));
        return Error{cat(name, ":", line, ": this is not TOML: ", what), {line, 0, line, 0}};
    } catch (const std::exception& bad) {
        return Error{cat(name, ": this is not TOML: ", bad.what())};
    }
}

}  // namespace

Result<bool> read_world(std::string_view toml_text, std::string_view name,
                        std::string_view directory, script::World& world) {
    return parse(toml_text, name,
                 [&](const toml::value& root) { read_table(root, directory, world); });
}

std::string metadata_block(std::string_view source) {
    std::string out;
    bool inside = false;
    while (!source.empty()) {
        const size_t end = std::min(source.find('\n'), source.size());
        std::string_view line = source.substr(0, end);
        source.remove_prefix(std::min(end + 1, source.size()));
        if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
        if (!inside) {
            inside = line == "# /// script";
            out += '\n';
            continue;
        }
        if (line == "# ///") return out;
        if (line.empty() || line.front() != '#') break;
        line.remove_prefix(line.size() > 1 && line[1] == ' ' ? 2 : 1);
        out += cat(line, "\n");
    }
    return "";
}

Result<bool> read_script_world(std::string_view source, std::string_view name,
                               script::World& world) {
    if (source.find("# /// script") == std::string_view::npos) return true;
    const std::string block = metadata_block(source);
    if (block.empty()) return true;
    return parse(block, name, [&](const toml::value& root) {
        if (!root.contains("tool") || !root.at("tool").is_table()) return;
        const toml::value& tool = root.at("tool");
        if (tool.contains("loopglass")) read_table(tool.at("loopglass"), "", world);
    });
}

Result<std::map<std::string, std::string>> read_folder(const std::string& folder) {
    namespace fs = std::filesystem;
    std::map<std::string, std::string> out;
    std::error_code error;
    if (!fs::is_directory(folder, error)) return Error{cat("there is no folder ", folder)};
    uintmax_t total = 0;
    for (fs::recursive_directory_iterator at(folder, error), end; at != end && !error;
         at.increment(error)) {
        if (!at->is_regular_file(error)) continue;
        total += at->file_size(error);
        if (total > kMaxFolderBytes)
            return Error{cat("the folder ", folder, " holds more than 64 MiB")};
        std::ifstream in(at->path(), std::ios::binary);
        out[fs::relative(at->path(), folder).generic_string()] =
            std::string(std::istreambuf_iterator<char>(in), {});
    }
    if (error) return Error{cat("cannot read the folder ", folder, ": ", error.message())};
    return out;
}

}  // namespace loopglass::session
