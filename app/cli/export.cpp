// loopglass export: a run as a web page, a drawing, or any other form of its recording. Pictures of
// the window itself are drawn by the window.
#include "app/cli/cli.hpp"
#include "app/cli/documents.hpp"
#include "app/cli/files.hpp"
#include "runtime/base/text.hpp"
#include "runtime/trace/formats.hpp"

namespace loopglass::cli {

using base::cat;

namespace {

// Formats that are pictures of the window.
constexpr std::string_view kPictures[] = {"png", "gif"};

}  // namespace

std::string export_format(const OutputOptions& output) {
    if (!output.format.empty()) return output.format;
    for (const trace::Format& format : trace::all_formats())
        if (output.out.ends_with(format.suffix)) return std::string(format.name);
    for (const std::string_view picture : kPictures)
        if (output.out.ends_with(cat(".", picture))) return std::string(picture);
    return {};
}

int export_run(const RunOptions& options, const OutputOptions& output) {
    const trace::Format* format = trace::find_format(export_format(output));
    if (!format)
        return complain({cat("what should ", output.out, " be? --format takes png, gif, ",
                             trace::format_names())},
                        kUsage);
    auto run = record_or_open(options, true);
    if (!run) return complain(run.error());
    const std::string out = output.out == "-" ? "" : output.out;
    if (auto written = write_output(out, format->write(*run->timeline)); !written)
        return complain(written.error());
    return kGood;
}

}  // namespace loopglass::cli
