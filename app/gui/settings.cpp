#include "app/gui/settings.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "runtime/trace/file.hpp"

namespace loopglass::gui {

namespace {

std::filesystem::path settings_path() {
    const char* base = std::getenv("XDG_CONFIG_HOME");
    if (base && *base) return std::filesystem::path(base) / "loopglass" / "settings";
    const char* home = std::getenv("HOME");
    return std::filesystem::path(home && *home ? home : ".") / ".config" / "loopglass" / "settings";
}

// One line each: a name and a number; "recent" and a path.
// One line each: a name and a number.
struct Field {
    const char* name;
    float (*get)(const Settings&);
    void (*set)(Settings&, float);
};
int whole(float value, int least, int most) {
    return std::clamp(static_cast<int>(value), least, most);
}
constexpr Field kFields[] = {
    {"dark", [](const Settings& s) { return s.dark ? 1.0f : 0.0f; },
     [](Settings& s, float v) { s.dark = v != 0; }},
    {"presenter", [](const Settings& s) { return s.presenter ? 1.0f : 0.0f; },
     [](Settings& s, float v) { s.presenter = v != 0; }},
    {"reduced_motion", [](const Settings& s) { return s.reduced_motion ? 1.0f : 0.0f; },
     [](Settings& s, float v) { s.reduced_motion = v != 0; }},
    {"text_scale", [](const Settings& s) { return s.text_scale; },
     [](Settings& s, float v) { s.text_scale = std::clamp(v, 0.7f, 2.0f); }},
    {"detail", [](const Settings& s) { return static_cast<float>(s.detail); },
     [](Settings& s, float v) { s.detail = whole(v, 1, 3); }},
    {"clothes", [](const Settings& s) { return static_cast<float>(s.clothes); },
     [](Settings& s, float v) { s.clothes = static_cast<trace::Clothes>(whole(v, 0, 2)); }},
    {"step", [](const Settings& s) { return static_cast<float>(s.step); },
     [](Settings& s, float v) { s.step = static_cast<trace::StepSize>(whole(v, 0, 4)); }},
    {"axis", [](const Settings& s) { return static_cast<float>(s.axis); },
     [](Settings& s, float v) { s.axis = v != 0 ? trace::Axis::Events : trace::Axis::Time; }},
    {"speed", [](const Settings& s) { return s.speed; },
     [](Settings& s, float v) { s.speed = std::clamp(v, 0.25f, 64.0f); }},
    {"fold_lanes", [](const Settings& s) { return s.fold_lanes ? 1.0f : 0.0f; },
     [](Settings& s, float v) { s.fold_lanes = v != 0; }},
    {"tour_seen", [](const Settings& s) { return s.tour_seen ? 1.0f : 0.0f; },
     [](Settings& s, float v) { s.tour_seen = v != 0; }},
    {"notes_seen", [](const Settings& s) { return static_cast<float>(s.notes_seen); },
     [](Settings& s, float v) { s.notes_seen = whole(v, 0, 7); }},
    {"width", [](const Settings& s) { return static_cast<float>(s.width); },
     [](Settings& s, float v) { s.width = whole(v, 0, 16384); }},
    {"height", [](const Settings& s) { return static_cast<float>(s.height); },
     [](Settings& s, float v) { s.height = whole(v, 0, 16384); }},
    {"left", [](const Settings& s) { return static_cast<float>(s.left); },
     [](Settings& s, float v) { s.left = whole(v, -32768, 32767); }},
    {"top", [](const Settings& s) { return static_cast<float>(s.top); },
     [](Settings& s, float v) { s.top = whole(v, -32768, 32767); }},
    {"lesson", [](const Settings& s) { return static_cast<float>(s.lesson); },
     [](Settings& s, float v) { s.lesson = whole(v, 0, 1000); }},
    {"focus", [](const Settings& s) { return static_cast<float>(s.focus); },
     [](Settings& s, float v) {
         s.focus = static_cast<trace::EventIndex>(std::clamp(v, 0.0f, 1.6e7f));
     }},
};

void assign(Settings& settings, const std::string& name, float value) {
    for (const Field& field : kFields)
        if (name == field.name) field.set(settings, value);
}

}  // namespace

Settings load_settings() {
    Settings settings;
    std::ifstream in(settings_path());
    std::string line;
    while (std::getline(in, line)) {
        const size_t gap = line.find(' ');
        if (gap == std::string::npos) continue;
        const std::string name = line.substr(0, gap), value = line.substr(gap + 1);
        if (name == "recent")
            settings.recent.push_back(value);
        else
            assign(settings, name, std::strtof(value.c_str(), nullptr));
    }
    return settings;
}

void save_settings(const Settings& settings) {
    const std::filesystem::path path = settings_path();
    std::error_code error;
    std::filesystem::create_directories(path.parent_path(), error);
    std::ostringstream out;
    out.precision(9);
    for (const Field& field : kFields) out << field.name << ' ' << field.get(settings) << "\n";
    for (const std::string& file : settings.recent) out << "recent " << file << "\n";
    (void)trace::write_file(path.string(), out.str());  // no settings kept is no reason to stop
}

}  // namespace loopglass::gui
