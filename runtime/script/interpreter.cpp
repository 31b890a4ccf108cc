// Starting and ending an interpreter, compiling texts, running code objects.
#include "runtime/script/interpreter.hpp"

#include <vector>

#include "runtime/base/text.hpp"
#include "runtime/loop/coroutine.hpp"
#include "runtime/loop/support.hpp"
#include "runtime/script/call.hpp"
#include "runtime/script/compiler.hpp"
#include "runtime/script/generator.hpp"
#include "runtime/script/host.hpp"
#include "runtime/script/interpreter_parts.hpp"
#include "runtime/script/line_recording.hpp"
#include "runtime/script/modules/registry.hpp"
#include "runtime/script/syntax/parse.hpp"
#include "runtime/script/types.hpp"
#include "runtime/value/bootstrap.hpp"
#include "runtime/value/bytes.hpp"
#include "runtime/value/subclasses.hpp"
#include "runtime/value/traceback.hpp"

namespace loopglass::script::eval {

using base::cat;

void raise_syntax_error(const SyntaxProblem& problem, std::string_view filename) {
    Type* type = value::errors::SyntaxError;
    if (problem.kind == SyntaxErrorKind::IndentationError) type = value::errors::IndentationError;
    if (problem.kind == SyntaxErrorKind::TabError) type = value::errors::TabError;
    if (problem.line == 0 && (problem.message.starts_with("encoding problem: ") ||
                              problem.message.starts_with("Non-UTF-8 code "))) {
        value::raise(type, problem.message);  // it is nowhere
        return;
    }
    const bool shown = problem.has_text && !(problem.late && filename == "<string>");
    const Value text = shown ? Value(value::make_str(problem.text)) : value::none();
    const Value details =
        value::make_tuple({Value(value::make_str(filename)), Value::small(problem.line),
                           problem.offset < 0 ? value::none() : Value::small(problem.offset), text,
                           Value::small(problem.end_line), Value::small(problem.end_offset)});
    const Value error = value::call(Value::share(type), value::make_str(problem.message), details);
    if (error) value::raise_value(error);
}

namespace {

Ref<Module> g_main;
Ref<Module> g_builtins;

const Name kBuiltins("__builtins__"), kName("__name__"), kDoc("__doc__"), kFile("__file__");

void set(const Ref<Module>& module, Str* name, Value value) {
    value::dict_set(module->dict.get(), name, std::move(value));
}

// A warning as the script's own filters have it; false: one of them makes it an error.
bool warn_of_syntax(const Value& warnings, const ParseWarning& warning, std::string_view filename) {
    static const value::Name warn_explicit("warn_explicit");
    Type* category =
        warning.deprecation ? value::errors::DeprecationWarning : value::errors::SyntaxWarning;
    const Value arguments[] = {value::make_str(warning.message), Value::share(category),
                               value::make_str(filename), value::make_int(warning.line)};
    if (value::call_method(warnings, warn_explicit, arguments, 4)) return true;
    if (!value::clear_raised_if(category)) return false;
    SyntaxProblem problem;
    problem.kind = SyntaxErrorKind::SyntaxError;
    problem.message = warning.message;
    problem.line = problem.end_line = static_cast<int32_t>(warning.line);
    raise_syntax_error(problem, filename);
    return false;
}

bool print_warnings(const ParseOutcome& outcome, const SourceText& source,
                    std::string_view filename) {
    static const value::Name module_name("warnings");
    const Value* warnings = value::dict_find(g_host->modules.get(), module_name);
    for (const ParseWarning& warning : outcome.warnings) {
        if (warnings && value::is<value::Module>(*warnings)) {
            if (!warn_of_syntax(*warnings, warning, filename)) return false;
            continue;
        }
        if (warning.deprecation || !value::g_write_stderr) continue;  // ignored by default
        std::string text =
            cat(filename, ":", warning.line, ": SyntaxWarning: ", warning.message, "\n");
        const bool is_file = !filename.starts_with('<') || !filename.ends_with('>');
        if (is_file && warning.line >= 1 && warning.line <= source.lines.size()) {
            std::string_view line = source.lines[warning.line - 1];
            while (!line.empty() && (line.front() == ' ' || line.front() == '\t'))
                line.remove_prefix(1);
            text += cat("  ", line, "\n");
        }
        value::g_write_stderr(text);
    }
    return true;
}

std::shared_ptr<SourceText> keep_source(const ast::Module& module) {
    auto source = std::make_shared<SourceText>();
    size_t size = 0;
    for (const std::string_view line : module.lines) size += line.size() + 1;
    source->text.reserve(size);
    std::vector<size_t> starts;
    for (const std::string_view line : module.lines) {
        starts.push_back(source->text.size());
        source->text += line;
        source->text += '\n';
    }
    for (size_t i = 0; i < starts.size(); ++i)
        source->lines.push_back(
            std::string_view(source->text).substr(starts[i], module.lines[i].size()));
    return source;
}

// Where the text does not parse: what was noticed above the error.
bool print_warnings_before(const ParseOutcome& outcome, std::string_view text,
                           std::string_view filename) {
    SourceText lines;
    while (!text.empty()) {
        const size_t end = std::min(text.find('\n'), text.size());
        lines.lines.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    ParseOutcome above;
    for (const ParseWarning& warning : outcome.warnings)
        if (static_cast<int32_t>(warning.line) <= outcome.error.line)
            above.warnings.push_back(warning);
    return print_warnings(above, lines, filename);
}

// The texts compiled last under each name, for those who ask for a line of a file.
struct KnownSource {
    std::string filename;
    std::shared_ptr<SourceText> text;
};
std::vector<KnownSource> g_sources;

void remember_source(std::string_view filename, std::shared_ptr<SourceText> text) {
    for (KnownSource& known : g_sources)
        if (known.filename == filename) return void(known.text = std::move(text));
    g_sources.push_back({std::string(filename), std::move(text)});
}

std::string_view known_line(std::string_view filename, uint32_t line) {
    for (const KnownSource& known : g_sources)
        if (known.filename == filename && line >= 1 && line <= known.text->lines.size())
            return known.text->lines[line - 1];
    return {};
}

}  // namespace

void offer_source_lines() {
    g_host->source_line = &known_line;
}

void forget_sources() {
    g_sources.clear();
}

Dict* builtins_dict() {
    return g_builtins->dict.get();
}

Value compile_text(std::string_view source, std::string_view filename, CompileMode mode,
                   bool reusable) {
    base::Arena arena;
    const ParseOptions options{mode != CompileMode::Module && mode != CompileMode::Expression};
    const ParseOutcome outcome = mode == CompileMode::Expression
                                     ? parse_expression(source, filename, options, arena)
                                     : parse_module(source, filename, options, arena);
    if (!outcome) {
        if (!print_warnings_before(outcome, source, filename)) return Value();
        return raise_syntax_error(outcome.error, filename), Value();
    }
    auto* unit = new Unit;
    unit->reusable = reusable;
    unit->source = keep_source(*outcome.module);
    remember_source(filename, unit->source);
    if (!print_warnings(outcome, *unit->source, filename)) {
        delete unit;
        return Value();
    }
    return Compiler(*unit, *outcome.module, mode).compile();
}

Value run_code(FunctionCode* code, Dict* globals, const Value& names, const Tuple* closure) {
    if (!value::dict_find(globals, kBuiltins))
        value::dict_set(globals, kBuiltins, Value(g_builtins));
    if (!code->body)
        return value::raise(value::errors::RuntimeError, "the code object has lost its source");
    const Ref<FunctionCode> keep = Ref<FunctionCode>::share(code);
    const Ref<Dict> keep_globals = Ref<Dict>::share(globals);
    Value* slots = LOOPGLASS_SLOTS(code->frame_size + 1);
    if (code->flags & kCoroutine || code->enter != &enter_plain) {
        const Ref<Function> function = make_function(code, globals, builtins_dict());
        return Value::from_bits(code->enter(function.get(), slots));
    }
    ScriptFrame frame;
    frame.code = code;
    frame.slots = slots;
    frame.globals = globals;
    frame.builtins = builtins_dict();
    frame.names = names;
    if (code->docstring && code->name->view() == "<module>") {
        const Value kept = names ? names : Value::share(globals);
        if (!value::set_item(kept, Value::share(kDoc.get()), code->docstring)) return Value();
    }
    if (closure) frame.closure = closure->items();
    return Value::from_bits(run_frame(frame));
}

// While modules die, names become None in CPython's order: first those with one leading
// underscore, then the others.
static void clear_module(Dict* dict) {
    for (const bool underscored : {true, false})
        for (uint32_t i = 0; i < dict->used; ++i) {
            value::DictEntry& entry = dict->entries[i];
            if (!entry.key || !value::is<Str>(entry.key) || value::is_none(entry.value)) continue;
            const std::string_view name = value::cast<Str>(entry.key)->view();
            const bool private_name = name.size() > 1 && name[0] == '_' && name[1] != '_';
            if (name == "__builtins__" || private_name != underscored) continue;
            entry.value = value::none();
        }
}

static void make_main() {
    g_main = value::make_module("__main__");
    set(g_main, kDoc, value::none());
    set(g_main, kName, value::make_str("__main__"));
    for (const char* name : {"__package__", "__loader__", "__spec__"})
        set(g_main, value::intern(name), value::none());
    set(g_main, value::intern("__annotations__"), value::make_dict());
    set(g_main, kBuiltins, Value(g_builtins));
    if (g_host && !g_host->script_name.empty()) {
        set(g_main, kFile, value::make_str(g_host->script_name));
        set(g_main, value::intern("__cached__"), value::none());
    }
    value::dict_set(g_host->modules.get(), value::intern("__main__"), Value(g_main));
}

}  // namespace loopglass::script::eval

namespace loopglass::script {

using eval::Value;

void install_loop_hooks();  // modules/asyncio_hooks.cpp: warnings and logging of native code

static Value reduce_object(const Value& object) {
    static const value::Name name("_reduce_object");
    const Value copyreg = import_module("copyreg");
    const Value arguments[] = {object, Value::share(object.type())};
    return copyreg ? value::call_method(copyreg, name, arguments, 2) : Value();
}

// lib/_text_codecs.py knows more encodings; its own frames are no business of the script's.
static Value other_codec(bool encode, const Value& object, std::string_view encoding,
                         std::string_view error_handler, bool known) {
    static const value::Name encode_name("encode"), decode_name("decode");
    const value::Value module = eval::import_module("_text_codecs");
    const value::Value arguments[] = {object, value::make_str(encoding),
                                      value::make_str(error_handler), value::boolean(known)};
    value::Value made =
        module ? value::call_method(module, encode ? encode_name : decode_name, arguments, 4)
               : value::Value();
    if (made) return made;
    const value::Value error = value::take_raised();
    value::cast<value::Exception>(error)->traceback = value::Value();
    value::restore_raised(error);
    return value::Value();
}

// asyncio's exceptions are native and always there, but not for a script without asyncio.
static bool shows_class(const value::Type* type) {
    static const value::Name module_name("__module__"), asyncio("asyncio");
    const Value* module = value::dict_find(type->dict.get(), module_name);
    const value::Str* name = module ? value::as<value::Str>(*module) : nullptr;
    if (!name || !name->view().starts_with("asyncio")) return true;
    return value::dict_find(g_host->modules.get(), asyncio) != nullptr;
}

static bool warn_deprecated(std::string_view message) {
    return loop::warn(value::errors::DeprecationWarning, message);
}

void start_interpreter() {
    value::g_other_codec = &other_codec;
    value::g_shows_class = &shows_class;
    value::g_warn_deprecated = &warn_deprecated;
    eval::initialise_script_types();
    value::g_reduce_object = &reduce_object;
    if (!g_host->modules) g_host->modules = value::make_dict();
    eval::offer_source_lines();
    const Value builtins = import_module("builtins");
    CHECK(builtins, "the builtins module can be made");
    eval::g_builtins = eval::Ref<eval::Module>::share(value::cast<eval::Module>(builtins));
    const Value sys = import_module("sys");
    CHECK(sys, "the sys module can be made");
    g_host->sys = sys;
    g_host->frame_object = [](value::Frame* frame) {
        return Value::share(eval::frame_object(frame));
    };
    eval::make_main();
    eval::install_hooks();
    install_loop_hooks();
}

void stop_interpreter() {
    eval::remove_hooks();
    const Value pending = value::take_raised();
    const eval::Ref<eval::Module> main = std::move(eval::g_main);
    if (main) eval::clear_module(main->dict.get());
    if (g_host && g_host->modules) {
        const eval::Ref<eval::Dict> modules = std::move(g_host->modules);
        g_host->modules = value::make_dict();
        for (uint32_t i = modules->used; i-- > 0;) {
            const Value module = modules->entries[i].value;
            if (!module || !value::is<eval::Module>(module) || module.is(eval::g_builtins))
                continue;
            eval::clear_module(value::cast<eval::Module>(module)->dict.get());
        }
        value::dict_clear(modules.get());
    }
    if (g_host) g_host->modules = {}, g_host->sys = {};
    eval::forget_sources();
}

Value compile_source(std::string_view source, std::string_view filename, CompileMode mode) {
    enum { kOffset = 3, kEndOffset = 6 };
    Value code = eval::compile_text(source, filename, mode, false);
    if (!code && mode != CompileMode::Interactive && value::raised_is(value::errors::SyntaxError)) {
        // What is missing at the end of the program's own file has no column (in a text it has
        // one).
        auto& fields = value::cast<value::Exception>(value::g_thread.raised)->fields;
        if (fields.size() > kEndOffset && fields[kEndOffset].is_small() &&
            fields[kEndOffset].small() < 0 && value::is<value::Str>(fields[0]) &&
            value::cast<value::Str>(fields[0])->view().starts_with("expected "))
            fields[kOffset] = value::none();
    }
    return code;
}

bool needs_top_level_await(std::string_view source, std::string_view filename) {
    base::Arena arena;
    if (parse_module(source, filename, {false}, arena)) return false;
    return static_cast<bool>(parse_module(source, filename, {true}, arena));
}

Value run_code(const Value& code, value::Dict* globals) {
    return eval::run_code(value::cast<eval::FunctionCode>(code), globals, Value());
}

value::Module* main_module() {
    return eval::g_main.get();
}

Value import_module(std::string_view name) {
    return eval::import_module(name);
}

}  // namespace loopglass::script
