// f-strings.
#include "runtime/script/factory.hpp"
#include "runtime/value/format.hpp"

namespace loopglass::script::eval {

namespace {

struct FString final : Node {
    std::vector<FormatPart> parts;
    FString(const Span& where, std::vector<FormatPart> its_parts)
        : Node(where), parts(std::move(its_parts)) {}

    [[nodiscard]] Word eval(ScriptFrame& frame) const override {
        value::StrBuilder builder;  // its buffer is recycled
        std::string& text = builder.text();
        for (const FormatPart& part : parts) {
            if (part.text)
                text += part.text->view();
            else if (!add(frame, part, text))
                return 0;
        }
        return Value(builder.finish()).detach();
    }

    static bool add(ScriptFrame& frame, const FormatPart& part, std::string& out) {
        Value value = run(part.value, frame);
        if (!value) return false;
        Ref<Str> spec;
        if (part.spec) {
            const Value made = run(part.spec, frame);
            if (!made) return false;
            spec = Ref<Str>::share(value::cast<Str>(made));
        }
        if (part.conversion) {
            const Ref<Str> converted = part.conversion == 'r'   ? value::repr(value)
                                       : part.conversion == 'a' ? value::ascii(value)
                                                                : value::str(value);
            if (!converted) return fail(frame, part.span), false;
            value = converted;
        }
        if (!spec || spec->size == 0) {
            if (value.is_small()) return add_number(value.small(), out), true;
            if (value::is_exact<Str>(value)) return out += value::cast<Str>(value)->view(), true;
            spec = value::make_str("");
        }
        return value::format_append(value, spec->view(), out) || (fail(frame, part.span), false);
    }

    static void add_number(int64_t number, std::string& out) {
        char digits[24];
        out += value::small_text(number, digits);
    }
};

}  // namespace

Node* make_fstring(Unit& unit, const Span& span, std::vector<FormatPart> parts) {
    return unit.add<FString>(span, std::move(parts));
}

}  // namespace loopglass::script::eval
