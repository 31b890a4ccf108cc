// What module site adds to builtins for people at a prompt: exit, quit, copyright, help …
#include <vector>

#include "runtime/base/check.hpp"
#include "runtime/base/text.hpp"
#include "runtime/script/builtins/builtins.hpp"
#include "runtime/script/interpreter.hpp"
#include "runtime/script/modules/registry.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/objects.hpp"
#include "runtime/value/protocol.hpp"

namespace loopglass::script {

using namespace value;  // a file of bindings
using base::cat;

namespace {

// exit and quit: shown, they say how to leave; called, they leave.
struct Quitter : Object {
    static Type* type;
    Value name;
    Quitter(Type* its_type, Value its_name) : Object(its_type), name(std::move(its_name)) {}
};
Type* Quitter::type = nullptr;

Value quitter_repr(const Value& self) {
    return make_str(cat("Use ", cast<Str>(cast<Quitter>(self)->name)->view(),
                        "() or Ctrl-D (i.e. EOF) to exit"));
}
Value quitter_call(const Value&, const Args& args) {
    static const Signature* signature = parse_signature("(self, code=None)");
    Value items[2];
    Args with_self = args;
    std::vector<Value> all{none()};
    all.insert(all.end(), args.items, args.items + args.count + args.named());
    with_self.items = all.data();
    ++with_self.count;
    if (!bind_arguments(*signature, "Quitter.__call__", ErrorStyle::Python, with_self, items))
        return {};
    return raise_with(errors::SystemExit, {items[1] ? items[1] : none()});
}

// copyright, credits, license, help: a text to be shown.
struct Notice : Object {
    static Type* type;
    Value text;
    bool is_help;
    Notice(Type* its_type, Value its_text, bool helps)
        : Object(its_type), text(std::move(its_text)), is_help(helps) {}
};
Type* Notice::type = nullptr;

Value print_text(const Value& text) {
    for (const NativeMethod& function : stream_builtins())
        if (std::string_view(function.name) == "print")
            return call(make_function(function, "builtins"), text);
    UNREACHABLE();
}
Value notice_repr(const Value& self) {
    return cast<Notice>(self)->text;
}
// Called with an object, help shows what the object says of itself.
Value notice_call(const Value& self, const Args& args) {
    static const Name show("show");
    if (args.count == 0 || !cast<Notice>(self)->is_help)
        return print_text(cast<Notice>(self)->text);
    const Value module = import_module("_help");
    return module ? call_method(module, show, args.items, 1) : Value();
}

void define_types() {
    if (Quitter::type) return;
    NativeTypeSpec quitter{.name = "_sitebuiltins.Quitter", .instance_size = sizeof(Quitter)};
    quitter.slots.destroy = destroy_native<Quitter>;
    quitter.slots.repr = quitter_repr;
    quitter.slots.call = quitter_call;
    Quitter::type = define_type(quitter);
    NativeTypeSpec notice{.name = "_sitebuiltins._Printer", .instance_size = sizeof(Notice)};
    notice.slots.destroy = destroy_native<Notice>;
    notice.slots.repr = notice_repr;
    notice.slots.call = notice_call;
    Notice::type = define_type(notice);
}

void add_notice(const Value& module, const char* name, const char* text, bool helps = false) {
    module_set(module, name, make<Notice>(make_str(text), helps));
}

}  // namespace

void add_site_builtins(const Value& module) {
    define_types();
    module_set(module, "exit", make<Quitter>(make_str("exit")));
    module_set(module, "quit", make<Quitter>(make_str("quit")));
    add_notice(
        module, "copyright",
        "Loopglass interprets the language of Python 3.13; it contains none of CPython's code.");
    add_notice(module, "credits",
               "Loopglass stands on the work of everybody who made Python and asyncio.");
    add_notice(module, "license", "See the file LICENSE that comes with Loopglass.");
    add_notice(module, "help",
               "Type help() for interactive help, or help(object) for help about object.", true);
}

}  // namespace loopglass::script
