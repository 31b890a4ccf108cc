// Binding a call's arguments to a script function's parameters. The rules and the wording of the
// errors are CPython's (Python/ceval.c, initialize_locals).
#include <algorithm>
#include <string>
#include <vector>

#include "runtime/base/text.hpp"
#include "runtime/script/call.hpp"
#include "runtime/script/suggest.hpp"

namespace loopglass::script::eval {

using base::cat;
using value::errors::TypeError;

namespace {

std::string_view function_name(const Function* function) {
    return value::cast<Str>(function->qualname)->view();
}

// 'a' / 'a' and 'b' / 'a', 'b', and 'c'
std::string list_names(const std::vector<std::string_view>& names) {
    std::string text;
    for (size_t i = 0; i < names.size(); ++i) {
        if (i > 0) {
            if (names.size() > 2) text += ',';
            text += i + 1 == names.size() ? " and " : " ";
        }
        text += cat("'", names[i], "'");
    }
    return text;
}

bool missing(const Function* function, const char* kind,
             const std::vector<std::string_view>& names) {
    value::raise(TypeError,
                 cat(function_name(function), "() missing ", names.size(), " required ", kind,
                     " argument", names.size() == 1 ? "" : "s", ": ", list_names(names)));
    return false;
}

bool too_many(const Function* function, size_t given, const Value* slots) {
    const FunctionCode* code = function->code;
    size_t keyword_given = 0;
    for (uint32_t i = 0; i < code->keyword_only; ++i)
        keyword_given += static_cast<bool>(slots[code->argument_count + i]);
    const size_t defaults = function->defaults ? function->defaults->size : 0;
    const std::string range =
        defaults ? cat("from ", code->argument_count - defaults, " to ", code->argument_count)
                 : cat(code->argument_count);
    const bool plural = defaults || code->argument_count != 1;
    std::string keywords;
    if (keyword_given)
        keywords = cat(" positional argument", given != 1 ? "s" : "", " (and ", keyword_given,
                       " keyword-only argument", keyword_given != 1 ? "s" : "", ")");
    value::raise(TypeError, cat(function_name(function), "() takes ", range, " positional argument",
                                plural ? "s" : "", " but ", given, keywords,
                                given == 1 && !keyword_given ? " was" : " were", " given"));
    return false;
}

// A keyword that is no parameter: perhaps it names positional-only ones.
bool unexpected(const Function* function, const Args& args, Str* keyword) {
    const FunctionCode* code = function->code;
    std::string positional;
    for (uint32_t i = 0; i < code->positional_only; ++i)
        for (size_t k = 0; k < args.named(); ++k)
            if (value::str_equal(code->local_names[i], value::cast<Str>((*args.names)[k])))
                positional += cat(positional.empty() ? "" : ", ", code->local_names[i]->view());
    if (!positional.empty()) {
        value::raise(TypeError, cat(function_name(function),
                                    "() got some positional-only arguments passed as keyword "
                                    "arguments: '",
                                    positional, "'"));
        return false;
    }
    std::vector<std::string_view> possible;
    for (uint32_t i = code->positional_only; i < code->argument_count + code->keyword_only; ++i)
        possible.push_back(code->local_names[i]->view());
    const std::string_view close = closest_name(keyword->view(), possible);
    value::raise(TypeError, cat(function_name(function), "() got an unexpected keyword argument '",
                                keyword->view(), "'", close.empty() ? "" : ". Did you mean '",
                                close, close.empty() ? "" : "'?"));
    return false;
}

int32_t find_parameter(const FunctionCode* code, const Str* name) {
    const uint32_t end = code->argument_count + code->keyword_only;
    for (uint32_t i = code->positional_only; i < end; ++i)
        if (code->local_names[i] == name) return static_cast<int32_t>(i);
    for (uint32_t i = code->positional_only; i < end; ++i)
        if (value::str_equal(code->local_names[i], name)) return static_cast<int32_t>(i);
    return -1;
}

bool bind_keywords(Function* function, const Args& args, Value* slots, Dict* extra) {
    const FunctionCode* code = function->code;
    for (size_t k = 0; k < args.named(); ++k) {
        Str* name = value::cast<Str>((*args.names)[k]);
        const Value& given = args.items[args.count + k];
        const int32_t slot = find_parameter(code, name);
        if (slot < 0) {
            if (!extra) return unexpected(function, args, name);
            if (!value::dict_set(extra, Value::share(name), given)) return false;
            continue;
        }
        if (slots[slot]) {
            value::raise(TypeError,
                         cat(function_name(function), "() got multiple values for argument '",
                             name->view(), "'"));
            return false;
        }
        slots[slot] = given;
    }
    return true;
}

bool bind_defaults(const Function* function, size_t given, Value* slots) {
    const FunctionCode* code = function->code;
    if (given < code->argument_count) {
        const size_t defaults = function->defaults ? function->defaults->size : 0;
        const size_t first = code->argument_count - defaults;
        std::vector<std::string_view> names;
        for (size_t i = given; i < first; ++i)
            if (!slots[i]) names.push_back(code->local_names[i]->view());
        if (!names.empty()) return missing(function, "positional", names);
        for (size_t i = std::max(given, first); i < code->argument_count; ++i)
            if (!slots[i]) slots[i] = (*function->defaults)[i - first];
    }
    std::vector<std::string_view> names;
    for (uint32_t i = 0; i < code->keyword_only; ++i) {
        const uint32_t slot = code->argument_count + i;
        if (slots[slot]) continue;
        Str* name = code->local_names[slot];
        const Value* found = function->keyword_defaults
                                 ? value::dict_find(function->keyword_defaults.get(), name)
                                 : nullptr;
        if (found)
            slots[slot] = *found;
        else
            names.push_back(name->view());
    }
    return names.empty() || missing(function, "keyword-only", names);
}

}  // namespace

bool bind_arguments(Function* function, const Args& args, Value* slots) {
    const FunctionCode* code = function->code;
    const size_t positional = std::min<size_t>(args.count, code->argument_count);
    for (size_t i = 0; i < positional; ++i) slots[i] = args.items[i];
    uint32_t next = code->argument_count + code->keyword_only;
    const bool takes_rest = code->flags & kVarArgs;
    if (takes_rest)
        slots[next++] = Value(value::make_tuple(
            std::span<const Value>(args.items + positional, args.count - positional)));
    Ref<Dict> extra;
    if (code->flags & kVarKeywords) {
        extra = value::make_dict();
        slots[next] = extra;
    }
    if (args.names && !bind_keywords(function, args, slots, extra.get())) return false;
    if (args.count > code->argument_count && !takes_rest)
        return too_many(function, args.count, slots);
    return bind_defaults(function, positional, slots);
}

}  // namespace loopglass::script::eval
