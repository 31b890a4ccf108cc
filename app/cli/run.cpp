// loopglass run: a script headless, at full speed.
#include <cstdio>
#include <nlohmann/json.hpp>

#include "app/cli/cli.hpp"
#include "app/cli/files.hpp"

namespace loopglass::cli {

namespace {

// stdout of the process is the program's, byte for byte; --stamps puts the loop time before lines.
class Printer {
public:
    explicit Printer(bool stamps) : stamps_(stamps) {}

    void print(trace::Stream stream, std::string_view text, double time) {
        std::FILE* file = stream == trace::Stream::Stderr ? stderr : stdout;
        if (stream == trace::Stream::Stderr) std::fflush(stdout);
        if (!stamps_ || stream == trace::Stream::Stderr) {
            std::fwrite(text.data(), 1, text.size(), file);
            return;
        }
        while (!text.empty()) {
            if (at_line_start_) std::fprintf(file, "[%.3f] ", time);
            const size_t end = text.find('\n');
            const size_t size = end == std::string_view::npos ? text.size() : end + 1;
            std::fwrite(text.data(), 1, size, file);
            at_line_start_ = end != std::string_view::npos;
            text.remove_prefix(size);
        }
    }

private:
    bool stamps_;
    bool at_line_start_ = true;
};

std::string as_json(const session::Report& report) {
    nlohmann::ordered_json lines = nlohmann::json::array();
    for (const session::TimedLine& line : report.lines) lines.push_back({line.time, line.text});
    nlohmann::ordered_json out;
    out["stdout"] = report.out;
    out["stderr"] = report.err;
    out["status"] = report.status;
    out["end"] = session::run_end_name(report.end);
    out["duration"] = report.duration;
    out["timeline"] = std::move(lines);
    if (report.error)
        out["error"] = {{"type", report.error->type}, {"message", report.error->message}};
    else
        out["error"] = nullptr;
    return out.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

int exit_code(const session::Report& report) {
    if (report.end != session::RunEnd::Exit && report.end != session::RunEnd::Until) return kLimit;
    return report.syntax_error ? kUsage : report.status;
}

}  // namespace

int run(const RunOptions& options) {
    auto request = make_request(options, trace::Level::Switch);
    if (!request) return complain(request.error());
    auto session = session::Session::create(std::move(*request));
    if (!session) return complain(session.error(), kUsage);
    Printer printer(options.stamps);
    if (!options.json)
        (*session)->on_output([&](trace::Stream stream, std::string_view text, double time) {
            printer.print(stream, text, time);
        });
    (*session)->run_to_end();
    const session::Report& report = (*session)->report();
    if (options.json) {
        if (auto written = write_output("", as_json(report)); !written)
            return complain(written.error());
        return kGood;
    }
    if (std::fflush(stdout) != 0 || std::ferror(stdout))
        return complain(base::Error{"cannot write all of the output to standard output"});
    if (!options.rule.empty())
        std::fprintf(stderr, "loopglass: this is not CPython's order: it ran as if %s\n",
                     session::find_rule(options.rule)->belief);
    if (const std::string_view why = session::run_end_sentence(report.end);
        !why.empty() && report.end != session::RunEnd::Until)
        std::fprintf(stderr, "loopglass: %.*s\n", static_cast<int>(why.size()), why.data());
    return exit_code(report);
}

}  // namespace loopglass::cli
