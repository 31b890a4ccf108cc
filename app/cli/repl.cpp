#include "app/cli/repl.hpp"

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <clocale>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <optional>

#include "app/cli/cli.hpp"
#include "app/cli/files.hpp"
#include "app/cli/line_painter.hpp"
#include "runtime/session/repl_pieces.hpp"

namespace loopglass::cli {

using session::Repl;
using session::ReplText;

namespace {

constexpr int kNextLineWait = 50;  // ms: so long a pipe may take to show what follows a line

volatile std::sig_atomic_t g_interrupted = 0;

void set_handler(int signal, void (*handler)(int)) {
    struct sigaction action {};
    action.sa_handler = handler;
    sigemptyset(&action.sa_mask);
    sigaction(signal, &action, nullptr);
}

// Lines of a pipe or a file, with a look at the one that follows.
class PipeLines {
public:
    std::optional<std::string> next() {
        while (!has_line()) {
            if (ended_ || !fill()) break;
        }
        if (at_ == bytes_.size()) return std::nullopt;
        const size_t end = std::min(bytes_.find('\n', at_), bytes_.size());
        std::string line = bytes_.substr(at_, end - at_);
        at_ = std::min(end + 1, bytes_.size());
        return line;
    }
    // The line after the one just taken, if it is there at once; empty text at the end of all.
    std::optional<std::string> peek() {
        while (!has_line() && !ended_ && waits() && fill()) {
        }
        if (!has_line() && !ended_) return std::nullopt;
        return bytes_.substr(at_, std::min(bytes_.find('\n', at_), bytes_.size()) - at_);
    }
    [[nodiscard]] bool at_end() const { return ended_ && at_ == bytes_.size(); }

private:
    [[nodiscard]] bool has_line() {
        if (seen_ < at_) seen_ = at_;
        const size_t found = bytes_.find('\n', seen_);
        seen_ = found == std::string::npos ? bytes_.size() : found;
        return found != std::string::npos;
    }
    static bool waits() {
        pollfd wait{STDIN_FILENO, POLLIN, 0};
        return ::poll(&wait, 1, kNextLineWait) > 0;
    }
    bool fill() {
        if (at_ > (1u << 20)) {
            bytes_.erase(0, at_);
            seen_ -= std::min(seen_, at_);
            at_ = 0;
        }
        char buffer[1 << 16];
        const ssize_t got = ::read(STDIN_FILENO, buffer, sizeof buffer);
        if (got < 0 && errno == EINTR && !g_interrupted) return true;
        if (got <= 0) return ended_ = true, false;
        bytes_.append(buffer, static_cast<size_t>(got));
        return true;
    }
    std::string bytes_;
    size_t at_ = 0, seen_ = 0;  // no newline between them
    bool ended_ = false;
};

// stdout and stderr of the process are the script's; what the prompt itself says goes to stderr.
bool print_plainly(const std::vector<ReplText>& shown) {
    for (const ReplText& text : shown) {
        const bool out = text.kind == ReplText::Kind::Output || text.kind == ReplText::Kind::Answer;
        std::FILE* file = out ? stdout : stderr;
        if (!out) std::fflush(stdout);
        if (text.kind == ReplText::Kind::Note) std::fputs("loopglass: ", file);
        std::fwrite(text.text.data(), 1, text.text.size(), file);
    }
    return std::fflush(stdout) == 0;
}

bool run_and_print(Repl& repl) {
    for (;;) {
        const bool idle = repl.advance(16);
        if (!print_plainly(repl.take_shown())) return false;
        if (idle) return true;
        if (InterruptSignal::take()) repl.interrupt();
    }
}

}  // namespace

InterruptSignal::InterruptSignal() {
    g_interrupted = 0;
    set_handler(SIGINT, [](int) { g_interrupted = 1; });
    set_handler(SIGHUP, [](int) { note_terminal_lost(); });
    set_handler(SIGTERM, [](int) { note_terminal_lost(); });
    set_handler(SIGPIPE, SIG_IGN);
}
InterruptSignal::~InterruptSignal() {
    for (const int signal : {SIGINT, SIGHUP, SIGTERM, SIGPIPE}) set_handler(signal, SIG_DFL);
}
bool InterruptSignal::take() {
    const bool was = g_interrupted;
    g_interrupted = 0;
    return was;
}

int repl_from_pipe(Repl& repl) {
    if (!run_and_print(repl)) return kFileTrouble;
    PipeLines lines;
    session::ReplLines inputs;
    const auto enter = [&](const std::string& text) {
        repl.enter(text);
        return run_and_print(repl);
    };
    while (!repl.ended() && !terminal_lost()) {
        const std::optional<std::string> line = lines.next();
        if (!line) break;
        if (!inputs.in_the_middle() && Repl::is_command(*line)) {
            if (!enter(*line)) return kFileTrouble;
            continue;
        }
        const std::optional<std::string> next = lines.peek();
        for (const std::string& input : inputs.take(*line, next ? &*next : nullptr))
            if (!repl.ended() && !enter(input)) return kFileTrouble;
    }
    if (const std::string rest = inputs.rest(); !rest.empty() && !repl.ended())
        if (!enter(rest)) return kFileTrouble;
    repl.end_of_input();
    if (!run_and_print(repl)) return kFileTrouble;
    return repl.status();
}

int repl(const RunOptions& options) {
    session::RunRequest request;
    if (!options.file.empty()) {
        auto made = make_request(options, trace::Level::Line);
        if (!made) return complain(made.error());
        request = std::move(*made);
    } else if (auto filled = fill_request(options, request); !filled) {
        return complain(filled.error());
    }
    // At a terminal Ctrl-C ends what takes too long.
    const bool by_hand = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
    if (by_hand && options.fuel == RunOptions().fuel) request.fuel = INT64_MAX;
    auto made = Repl::create(std::move(request));
    if (!made) return complain(made.error(), kUsage);
    const InterruptSignal signal;
    std::setlocale(LC_CTYPE, "");
    if (MB_CUR_MAX == 1) std::setlocale(LC_CTYPE, "C.UTF-8");
    return by_hand ? repl_in_terminal(**made) : repl_from_pipe(**made);
}

}  // namespace loopglass::cli
