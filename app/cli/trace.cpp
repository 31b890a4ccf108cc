// loopglass trace and loopglass show: the recording as a file, and as a picture in the terminal.
#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "app/cli/cli.hpp"
#include "app/cli/documents.hpp"
#include "app/cli/files.hpp"
#include "runtime/base/text.hpp"
#include "runtime/trace/draw_text.hpp"
#include "runtime/trace/file.hpp"
#include "runtime/trace/formats.hpp"

namespace loopglass::cli {

using base::cat;

namespace {

unsigned terminal_width() {
    winsize size{};
    if (isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col)
        return size.ws_col;
    const char* columns = std::getenv("COLUMNS");
    const int wanted = columns ? std::atoi(columns) : 0;
    return wanted >= 40 ? static_cast<unsigned>(wanted) : 100;
}

bool speaks_utf8() {
    for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"})
        if (const char* value = std::getenv(name); value && *value)
            return std::strstr(value, "UTF-8") || std::strstr(value, "utf8");
    return false;
}

}  // namespace

int trace(const RunOptions& options, const OutputOptions& output) {
    const std::string name = !output.format.empty()                        ? output.format
                             : output.out.ends_with(trace::kFileExtension) ? "loopglass"
                                                                           : "text";
    const trace::Format* format = trace::find_format(name);
    if (!format)
        return complain({cat("there is no format ", name, "; known: ", trace::format_names())},
                        kUsage);
    auto run = record_or_open(options, options.lines);
    if (!run) return complain(run.error());
    if (auto written = write_output(output.out, format->write(*run->timeline)); !written)
        return complain(written.error());
    return kGood;
}

int show(const RunOptions& options, const OutputOptions& output) {
    auto run = record_or_open(options, false);
    if (!run) return complain(run.error());
    trace::DrawOptions draw;
    draw.width = output.width > 0 ? static_cast<unsigned>(output.width) : terminal_width();
    draw.unicode = speaks_utf8();
    draw.color = isatty(STDOUT_FILENO) && !std::getenv("NO_COLOR");
    std::string text = trace::draw_timeline(*run->timeline, draw);
    text += cat("\n", trace::draw_table(*run->timeline));
    text += cat("\nrun ", trace::Recording::short_hash(run->recording->hash()), ", ",
                run->recording->size(), " events, ",
                trace::seconds_text(run->recording->duration()), " s of loop time\n");
    if (auto written = write_output("", text); !written) return complain(written.error());
    return kGood;
}

}  // namespace loopglass::cli
