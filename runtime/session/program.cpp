#include "runtime/session/program.hpp"

#include <vector>

#include "runtime/base/text.hpp"
#include "runtime/loop/coroutine.hpp"
#include "runtime/loop/cycles.hpp"
#include "runtime/loop/machine.hpp"
#include "runtime/loop/task.hpp"
#include "runtime/script/host.hpp"
#include "runtime/script/interpreter.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/objects.hpp"
#include "runtime/value/protocol.hpp"
#include "runtime/value/traceback.hpp"

namespace loopglass::session {

using base::cat;
using namespace value;  // values of the script are handled here

namespace {

Name kNewEventLoop("new_event_loop"), kSetEventLoop("set_event_loop"),
    kRunUntilComplete("run_until_complete"), kExcepthook("excepthook"), kShutdown("_shutdown"),
    kThreading("threading"), kModule("__module__"), kCode("code"), kUnderscore("_");

ScriptError describe(const Value& exception) {
    const Type* type = exception.type();
    const Value* module = type_lookup(type, kModule);
    std::string name(type->qualname->view());
    if (module && is<Str>(*module)) {
        const std::string_view prefix = cast<Str>(*module)->view();
        if (prefix != "builtins" && prefix != "__main__") name = cat(prefix, ".", name);
    }
    const Ref<Str> text = str(exception);
    if (!text) clear_raised();
    return {name, text ? std::string(text->view()) : "<exception str() failed>"};
}

// Where a notebook's cells begin: byte offsets of its `# %%` lines.
std::vector<size_t> cell_marks(std::string_view source) {
    std::vector<size_t> marks;
    for (size_t at = 0; at < source.size();) {
        if (source.substr(at, 4) == "# %%") marks.push_back(at);
        const size_t end = source.find('\n', at);
        if (end == std::string_view::npos) break;
        at = end + 1;
    }
    return marks;
}

bool blank(std::string_view text) {
    return text.find_first_not_of(" \t\r\n\f") == std::string_view::npos;
}

// A cell's text behind as many empty lines as stand above it, so that its line numbers are right.
std::string placed(std::string_view source, size_t begin, size_t end) {
    std::string out;
    for (const char c : source.substr(0, begin))
        if (c == '\n') out += '\n';
    out += source.substr(begin, end - begin);
    return out;
}

}  // namespace

void Program::report_exception(const Value& exception) {
    if (loop::abandoning()) return;
    if (!first_error) first_error = describe(exception);
    const Value* hook = dict_find(cast<Module>(script::g_host->sys)->dict.get(), kExcepthook);
    const Value traceback = seen_from(cast<Exception>(exception)->traceback);
    if (hook && call(Value(*hook), Value::share(exception.type()), exception,
                     traceback ? traceback : none()))
        return;
    clear_raised();
    loop::g_machine->write(trace::Stream::Stderr, format_exception(exception));
}

void Program::end_with_raised() {
    const Value exception = take_raised();
    if (loop::abandoning()) return;
    if (!is_exception(exception, errors::SystemExit)) {
        status = is_exception(exception, errors::KeyboardInterrupt) ? 130 : 1;
        return report_exception(exception);
    }
    const Value code = get_attribute(exception, kCode);
    int64_t number = 0;
    if (!code || is_none(code)) {
        clear_raised();
        status = 0;
    } else if (is_int(code)) {
        status = int_value(code, number) ? static_cast<int>(number & 0xFF) : 255;
    } else {
        const Ref<Str> text = str(code);
        if (!text) clear_raised();
        loop::g_machine->write(trace::Stream::Stderr,
                               cat(text ? text->view() : std::string_view(), "\n"));
        status = 1;
    }
}

void Program::run_plain(std::string_view source, std::string_view filename) {
    const Value code = script::compile_source(source, filename, script::CompileMode::Module);
    if (!code) {
        syntax_error = true;
        return end_with_raised();
    }
    const Value result = script::run_code(code, script::main_module()->dict.get());
    if (!result) end_with_raised();
}

bool Program::run_cell(const Value& event_loop, std::string_view text, std::string_view filename,
                       bool echo) {
    const Value code = script::compile_source(
        text, filename, echo ? script::CompileMode::Cell : script::CompileMode::ModuleAwait);
    Value result;
    if (code) {
        // Every cell is one task, whether it awaits or not.
        const Value body = loop::make_coroutine("<module>", [code]() -> Value {
            Value outcome = script::run_code(code, script::main_module()->dict.get());
            return outcome && is<loop::Coroutine>(outcome) ? loop::await(outcome) : outcome;
        });
        result = call_method(event_loop, kRunUntilComplete, &body, 1);
    } else {
        syntax_error = true;
    }
    if (!result) {
        if (raised_is(errors::SystemExit)) return false;
        report_exception(take_raised());
        return true;
    }
    if (!echo || is_none(result)) return true;
    const Ref<Str> shown = repr(result);
    if (!shown) return report_exception(take_raised()), true;
    loop::g_machine->write(trace::Stream::Stdout, cat(shown->view(), "\n"));
    dict_set(script::main_module()->dict.get(), kUnderscore, result);
    return true;
}

void Program::run_cells(std::string_view source, std::string_view filename) {
    const Value asyncio = script::import_module("asyncio");
    const Value event_loop = asyncio ? call_method(asyncio, kNewEventLoop) : Value{};
    if (!event_loop || !call_method(asyncio, kSetEventLoop, &event_loop, 1))
        return end_with_raised();
    std::vector<size_t> marks = cell_marks(source);
    if (marks.empty() || !blank(source.substr(0, marks.front()))) marks.insert(marks.begin(), 0);
    const bool echo = marks.size() > 1;
    for (size_t i = 0; i < marks.size() && !loop::abandoning(); ++i) {
        const size_t end = i + 1 < marks.size() ? marks[i + 1] : source.size();
        if (!run_cell(event_loop, placed(source, marks[i], end), filename, echo))
            return end_with_raised();
    }
    if (first_error) status = 1;
}

// After the script: threads are joined, atexit functions run, everything is dropped (MODEL rule 9).
void Program::shut_down() {
    if (const Value* threading = dict_find(script::g_host->modules.get(), kThreading)) {
        const Value module = *threading;
        if (!call_method(module, kShutdown)) report_exception(take_raised());
    }
    loop::g_machine->join_all();
    script::run_at_exit();
    script::g_host->finalizing = true;
    loop::collect_cycles();  // while there are modules: finalisers may warn
    loop::collect_lost_tasks();
    script::stop_interpreter();
    loop::collect_cycles();
    loop::report_leftover_tasks();
}

void Program::load(std::string_view source, std::string_view filename) {
    const bool notebook = !cell_marks(source).empty();
    if (notebook || script::needs_top_level_await(source, filename))
        run_cells(source, filename);
    else
        run_plain(source, filename);
}

void Program::run(std::string_view source, std::string_view filename) {
    script::start_interpreter();
    load(source, filename);
    if (!loop::abandoning()) shut_down();
}

}  // namespace loopglass::session
