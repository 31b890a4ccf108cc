#include "app/gui/settings.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

namespace loopglass::gui {

namespace {

std::filesystem::path settings_path() {
    const char* base = std::getenv("XDG_CONFIG_HOME");
    if (base && *base) return std::filesystem::path(base) / "loopglass" / "settings";
    const char* home = std::getenv("HOME");
    return std::filesystem::path(home && *home ? home : ".") / ".config" / "loopglass" / "settings";
}

// One line each: a name and a number; "recent" and a path.
void assign(Settings& settings, const std::string& name, float value) {
    const int whole = static_cast<int>(value);
    if (name == "dark")
        settings.dark = whole != 0;
    else if (name == "presenter")
        settings.presenter = whole != 0;
    else if (name == "reduced_motion")
        settings.reduced_motion = whole != 0;
    else if (name == "text_scale")
        settings.text_scale = std::clamp(value, 0.7f, 2.0f);
    else if (name == "detail")
        settings.detail = std::clamp(whole, 1, 3);
    else if (name == "clothes")
        settings.clothes = static_cast<trace::Clothes>(std::clamp(whole, 0, 2));
    else if (name == "step")
        settings.step = static_cast<trace::StepSize>(std::clamp(whole, 0, 4));
    else if (name == "axis")
        settings.axis = whole ? trace::Axis::Events : trace::Axis::Time;
    else if (name == "speed")
        settings.speed = std::clamp(value, 0.25f, 64.0f);
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
    const std::filesystem::path beside = path.string() + ".part";
    {
        std::ofstream out(beside);
        out << "dark " << settings.dark << "\npresenter " << settings.presenter
            << "\nreduced_motion " << settings.reduced_motion << "\ntext_scale "
            << settings.text_scale << "\ndetail " << settings.detail << "\nclothes "
            << static_cast<int>(settings.clothes) << "\nstep " << static_cast<int>(settings.step)
            << "\naxis " << (settings.axis == trace::Axis::Events) << "\nspeed " << settings.speed
            << "\n";
        for (const std::string& file : settings.recent) out << "recent " << file << "\n";
        out.flush();
        if (!out) return;
    }
    std::filesystem::rename(beside, path, error);
}

}  // namespace loopglass::gui
