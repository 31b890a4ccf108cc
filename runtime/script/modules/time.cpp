// Module time, on the machine's virtual clock; the zone is UTC.
#include <cmath>
#include <cstring>
#include <ctime>

#include "runtime/loop/combinators.hpp"
#include "runtime/loop/exceptions.hpp"
#include "runtime/loop/executor.hpp"
#include "runtime/loop/machine.hpp"
#include "runtime/loop/rules.hpp"
#include "runtime/loop/support.hpp"
#include "runtime/loop/task.hpp"
#include "runtime/script/modules/registry.hpp"
#include "runtime/value/struct_sequence.hpp"

namespace loopglass::script {

using namespace loop;  // a file of bindings
namespace errors = loop::errors;

namespace {

Type* g_struct_time = nullptr;

constexpr int kRealtime = 0, kMonotonic = 1, kProcess = 2, kThread = 3;

[[nodiscard]] int64_t wall_ns() {
    return kEpochNs + g_machine->now();
}

Value sleep(const Value* a) {
    const int negative = compare_truth(CompareOp::Lt, a[0], Value::small(0));
    if (negative < 0) return {};
    if (negative) return raise(errors::ValueError, "sleep length must be non-negative");
    double seconds;
    if (!to_double(a[0], seconds)) return {};
    const Task* task =
        ruled(Rule::TimeSleepBlocksOneTask) && seconds > 0 ? current_task() : nullptr;
    if (task && current_resumable() == static_cast<Object*>(task->coroutine.object()))
        return await_sleep(seconds);
    return result_of(g_machine->sleep(to_ns(seconds), cat("time.sleep(", repr_of(a[0]), ")")));
}

Value time_now(const Value*) {
    return make_float(static_cast<double>(kEpochNs + g_machine->user_read()) / 1e9);
}
Value time_ns(const Value*) {
    return make_int(kEpochNs + g_machine->user_read());
}
Value clock_now(const Value*) {
    return make_float(to_seconds(g_machine->user_read()));
}
Value clock_ns(const Value*) {
    return make_int(g_machine->user_read());
}
Value no_time(const Value*) {
    return make_float(0.0);
}
Value no_time_ns(const Value*) {
    return Value::small(0);
}
[[nodiscard]] bool read_clock(const Value& id, int64_t& ns) {
    int64_t number = -1;
    if (!to_index(id, number)) return false;
    ns = number == kRealtime                       ? wall_ns()
         : number == kProcess || number == kThread ? 0
                                                   : g_machine->now();
    return true;
}
Value clock_gettime(const Value* a) {
    int64_t ns;
    return read_clock(a[0], ns) ? make_float(static_cast<double>(ns) / 1e9) : Value();
}
Value clock_gettime_ns(const Value* a) {
    int64_t ns;
    return read_clock(a[0], ns) ? make_int(ns) : Value();
}

// --- calendar ------------------------------------------------------------------------------------

[[nodiscard]] Value make_time(const std::tm& tm) {
    const Value items[] = {
        Value::small(tm.tm_year + 1900),    Value::small(tm.tm_mon + 1),  Value::small(tm.tm_mday),
        Value::small(tm.tm_hour),           Value::small(tm.tm_min),      Value::small(tm.tm_sec),
        Value::small((tm.tm_wday + 6) % 7), Value::small(tm.tm_yday + 1), Value::small(0)};
    return make_struct_sequence(g_struct_time, items);
}

[[nodiscard]] bool seconds_of(const Value& argument, std::time_t& out) {
    if (!given(argument)) {
        out = static_cast<std::time_t>(wall_ns() / 1'000'000'000);
        return true;
    }
    double seconds;
    if (!to_double(argument, seconds)) return false;
    out = static_cast<std::time_t>(std::floor(seconds));
    return true;
}

Value gmtime(const Value* a) {
    std::time_t seconds;
    if (!seconds_of(a[0], seconds)) return {};
    std::tm tm{};
    gmtime_r(&seconds, &tm);
    return make_time(tm);
}

// The fields of a struct_time or a tuple of nine numbers, checked as timemodule.c does.
[[nodiscard]] bool read_tm(const char* what, const Value& value, std::tm& tm) {
    const auto* fields = as<Tuple>(value);
    if (!fields) return raise(errors::TypeError, "Tuple or struct_time argument required"), false;
    if (fields->size < 9)
        return raise(errors::TypeError, cat(what, "(): illegal time tuple argument")), false;
    int64_t n[9];
    for (size_t i = 0; i < 9; ++i)
        if (!to_index((*fields)[i], n[i])) return false;
    const auto out_of_range = [](const char* field) {
        return raise(errors::ValueError, cat(field, " out of range")), false;
    };
    if (n[1] < 0 || n[1] > 12) return out_of_range("month");
    if (n[2] < 0 || n[2] > 31) return out_of_range("day of month");
    if (n[3] < 0 || n[3] > 23) return out_of_range("hour");
    if (n[4] < 0 || n[4] > 59) return out_of_range("minute");
    if (n[5] < 0 || n[5] > 61) return out_of_range("seconds");
    if (n[7] < 0 || n[7] > 366) return out_of_range("day of year");
    tm = {};
    tm.tm_year = static_cast<int>(n[0] - 1900);
    tm.tm_mon = static_cast<int>(n[1] ? n[1] - 1 : 0);
    tm.tm_mday = static_cast<int>(n[2] ? n[2] : 1);
    tm.tm_hour = static_cast<int>(n[3]);
    tm.tm_min = static_cast<int>(n[4]);
    tm.tm_sec = static_cast<int>(n[5]);
    tm.tm_wday = static_cast<int>((n[6] + 1) % 7);
    tm.tm_yday = static_cast<int>(n[7] ? n[7] - 1 : 0);
    return true;
}
[[nodiscard]] bool tm_argument(const char* what, const Value& argument, std::tm& tm) {
    if (given(argument)) return read_tm(what, argument, tm);
    const std::time_t seconds = static_cast<std::time_t>(wall_ns() / 1'000'000'000);
    gmtime_r(&seconds, &tm);
    return true;
}

[[nodiscard]] std::string format_time(const std::string& format, const std::tm& tm) {
    // libc writes %Z from the process's zone; ours is UTC always.
    std::string fixed;
    for (size_t i = 0; i < format.size(); ++i) {
        if (format[i] != '%' || i + 1 == format.size()) {
            fixed += format[i];
        } else if (format[++i] == 'Z') {
            fixed += "UTC";
        } else if (format[i] == 'z') {
            fixed += "+0000";
        } else {
            fixed += '%';
            fixed += format[i];
        }
    }
    if (fixed.empty()) return {};
    std::string out(fixed.size() * 4 + 256, '\0');
    out.resize(std::strftime(out.data(), out.size(), fixed.c_str(), &tm));
    return out;
}

Value strftime(const Value* a) {
    std::tm tm{};
    if (!is<Str>(a[0]))
        return raise(errors::TypeError,
                     cat("strftime() argument 1 must be str, not ", type_name(a[0])));
    if (!tm_argument("strftime", a[1], tm)) return {};
    return make_str(format_time(text_of(a[0]), tm));
}
[[nodiscard]] Value ascii_time(const std::tm& tm) {
    static const char* const kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static const char* const kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    char text[64];
    std::snprintf(text, sizeof text, "%s %s%3d %.2d:%.2d:%.2d %d", kDays[tm.tm_wday % 7],
                  kMonths[tm.tm_mon % 12], tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec,
                  1900 + tm.tm_year);
    return make_str(text);
}
Value asctime(const Value* a) {
    std::tm tm{};
    return tm_argument("asctime", a[0], tm) ? ascii_time(tm) : Value();
}
Value ctime(const Value* a) {
    std::time_t seconds;
    if (!seconds_of(a[0], seconds)) return {};
    std::tm tm{};
    gmtime_r(&seconds, &tm);
    return ascii_time(tm);
}
Value mktime(const Value* a) {
    std::tm tm{};
    if (!read_tm("mktime", a[0], tm)) return {};
    return make_float(static_cast<double>(timegm(&tm)));
}
Value strptime(const Value* a) {
    if (!g_import) return raise(errors::RuntimeError, "no module _strptime");
    const Value parse = g_import("_strptime", "_strptime_time");
    if (!parse) return {};
    return a[1] ? call(parse, a[0], a[1]) : call(parse, a[0]);
}
Value tzset(const Value*) {
    return none();
}
Value get_clock_info(const Value* a) {
    const std::string name = text_of(a[0]);
    const bool wall = name == "time", known = wall || name == "monotonic" ||
                                              name == "perf_counter" || name == "process_time" ||
                                              name == "thread_time";
    if (!known) return raise(errors::ValueError, "unknown clock");
    const Value types = g_import ? g_import("types", "SimpleNamespace") : Value();
    if (!types) return raised() ? Value() : raise(errors::RuntimeError, "no module types");
    return call_named(types, {},
                      {{"implementation", make_str(wall ? "clock_gettime(CLOCK_REALTIME)"
                                                        : "clock_gettime(CLOCK_MONOTONIC)")},
                       {"monotonic", boolean(!wall)},
                       {"adjustable", boolean(wall)},
                       {"resolution", make_float(1e-9)}});
}

constexpr MethodKind kFunction = MethodKind::Function;
constexpr NativeMethod kFunctions[] = {
    {"sleep", sleep, "(seconds, /)", kFunction},
    {"time", time_now, "()", kFunction},
    {"time_ns", time_ns, "()", kFunction},
    {"monotonic", clock_now, "()", kFunction},
    {"monotonic_ns", clock_ns, "()", kFunction},
    {"perf_counter", clock_now, "()", kFunction},
    {"perf_counter_ns", clock_ns, "()", kFunction},
    {"process_time", no_time, "()", kFunction},
    {"process_time_ns", no_time_ns, "()", kFunction},
    {"thread_time", no_time, "()", kFunction},
    {"thread_time_ns", no_time_ns, "()", kFunction},
    {"clock_gettime", clock_gettime, "(clk_id, /)", kFunction},
    {"clock_gettime_ns", clock_gettime_ns, "(clk_id, /)", kFunction},
    {"gmtime", gmtime, "(seconds=None, /)", kFunction},
    {"localtime", gmtime, "(seconds=None, /)", kFunction},
    {"ctime", ctime, "(seconds=None, /)", kFunction},
    {"asctime", asctime, "(tuple=None, /)", kFunction},
    {"mktime", mktime, "(tuple, /)", kFunction},
    {"strftime", strftime, "(format, tuple=None, /)", kFunction},
    {"strptime", strptime, "(string, format=None, /)", kFunction},
    {"tzset", tzset, "()", kFunction},
    {"get_clock_info", get_clock_info, "(name, /)", kFunction},
};

}  // namespace

Value make_module_time() {
    if (!g_struct_time)
        g_struct_time = define_struct_sequence(
            "time.struct_time", {"tm_year", "tm_mon", "tm_mday", "tm_hour", "tm_min", "tm_sec",
                                 "tm_wday", "tm_yday", "tm_isdst"});
    const Value module = make_native_module("time", kFunctions);
    module_set(module, "struct_time", Value::share(g_struct_time));
    module_set(module, "timezone", Value::small(0));
    module_set(module, "altzone", Value::small(0));
    module_set(module, "daylight", Value::small(0));
    module_set(module, "tzname", make_tuple({make_str("UTC"), make_str("UTC")}));
    module_set(module, "CLOCK_REALTIME", Value::small(kRealtime));
    module_set(module, "CLOCK_MONOTONIC", Value::small(kMonotonic));
    module_set(module, "CLOCK_PROCESS_CPUTIME_ID", Value::small(kProcess));
    module_set(module, "CLOCK_THREAD_CPUTIME_ID", Value::small(kThread));
    return module;
}

}  // namespace loopglass::script
