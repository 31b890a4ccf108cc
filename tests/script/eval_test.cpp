// The evaluator against CPython: every file of tests/scenarios says in its last lines what CPython
// 3.13 prints ("# expect: LINE"), and must print that here.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "runtime/loop/machine.hpp"
#include "runtime/script/host.hpp"
#include "runtime/script/interpreter.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/traceback.hpp"

namespace {

using namespace loopglass;

std::string read_file(const std::filesystem::path& path) {
    std::ifstream in(path);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

void run_program(const std::string& source, const std::string& name, std::string& printed) {
    script::start_interpreter();
    {
        const value::Value code = script::compile_source(source, name, script::CompileMode::Module);
        value::Value result;
        if (code) result = script::run_code(code, script::main_module()->dict.get());
        if (!result && value::raised()) {
            const value::Value error = value::take_raised();
            printed += value::format_exception(error);
        }
    }
    script::stop_interpreter();
}

// What a script prints, its traceback included.
std::string output_of(const std::string& source, const std::string& name) {
    std::string printed;
    script::Host host;
    host.script_name = name;
    script::g_host = &host;
    {
        trace::Recording recording;
        loop::Machine machine(recording);
        loop::g_machine = &machine;
        machine.output = [&](trace::Stream, std::string_view text) { printed += text; };
        machine.start([&] { run_program(source, name, printed); });
        while (!machine.run()) {
        }
        loop::g_machine = nullptr;
    }
    script::g_host = nullptr;
    return printed;
}

std::string expectation(const std::string& source) {
    std::istringstream lines(source);
    std::string line, expected;
    while (std::getline(lines, line)) {
        if (line.rfind("# expect:", 0) != 0) continue;
        expected += line.size() > 10 ? line.substr(10) : "";
        expected += '\n';
    }
    return expected;
}

}  // namespace

TEST_CASE("every scenario prints what CPython prints") {
    std::vector<std::filesystem::path> files;
    for (const auto& entry :
         std::filesystem::directory_iterator(LOOPGLASS_SOURCE_DIR "/tests/scenarios"))
        if (entry.path().extension() == ".py") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    REQUIRE(files.size() > 10);
    for (const auto& path : files) {
        CAPTURE(path.filename().string());
        const std::string source = read_file(path);
        CHECK(output_of(source, path.filename().string()) == expectation(source));
    }
}

TEST_CASE("a run leaves nothing behind for the next one") {
    CHECK(output_of("x = 1\nprint('x' in globals())", "first.py") == "True\n");
    CHECK(output_of("print('x' in globals())", "second.py") == "False\n");
}

TEST_CASE("an exception that leaves the script is located") {
    CHECK(output_of("def f(n):\n    return n / 0\nf(1)\n", "script.py") ==
          "Traceback (most recent call last):\n"
          "  File \"script.py\", line 3, in <module>\n"
          "    f(1)\n"
          "    ~^^^\n"
          "  File \"script.py\", line 2, in f\n"
          "    return n / 0\n"
          "           ~~^~~\n"
          "ZeroDivisionError: division by zero\n");
}
