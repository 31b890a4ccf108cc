// match statements (PEP 634).
#include "runtime/base/text.hpp"
#include "runtime/script/factory.hpp"
#include "runtime/script/step.hpp"

namespace loopglass::script::eval {

using base::cat;
using value::errors::TypeError;

namespace {

struct MatchValue final : Matcher {
    const Node* node;
    MatchValue(const Span& where, const Node* its_value) : Matcher(where), node(its_value) {}
    [[nodiscard]] int match(ScriptFrame& frame, const Value& subject, Captures&) const override {
        const Value wanted = run(node, frame);
        if (!wanted) return -1;
        const int result = value::compare_truth(CompareOp::Eq, subject, wanted);
        if (result < 0) (void)fail(frame, span);
        return result;
    }
};

struct MatchSingleton final : Matcher {
    Value wanted;
    MatchSingleton(const Span& where, Value value) : Matcher(where), wanted(std::move(value)) {}
    [[nodiscard]] int match(ScriptFrame&, const Value& subject, Captures&) const override {
        return subject.is(wanted);
    }
};

// A capture or the wildcard, perhaps with a pattern of its own: pattern as name.
struct MatchAs final : Matcher {
    const Matcher* pattern;  // or null
    const Target* target;    // or null: _
    MatchAs(const Span& where, const Matcher* its_pattern, const Target* its_target)
        : Matcher(where), pattern(its_pattern), target(its_target) {}
    [[nodiscard]] int match(ScriptFrame& frame, const Value& subject,
                            Captures& captures) const override {
        if (pattern) {
            const int result = pattern->match(frame, subject, captures);
            if (result <= 0) return result;
        }
        if (target) captures.push_back({target, subject});
        return 1;
    }
};

struct MatchOr final : Matcher {
    std::vector<Matcher*> patterns;
    MatchOr(const Span& where, std::vector<Matcher*> its_patterns)
        : Matcher(where), patterns(std::move(its_patterns)) {}
    [[nodiscard]] int match(ScriptFrame& frame, const Value& subject,
                            Captures& captures) const override {
        const size_t before = captures.size();
        for (const Matcher* pattern : patterns) {
            if (const int result = pattern->match(frame, subject, captures)) return result;
            captures.resize(before);
        }
        return 0;
    }
};

struct MatchSequence final : Matcher {
    std::vector<Matcher*> items;  // null at the star
    int32_t star;
    const Target* star_target;  // or null
    MatchSequence(const Span& where, std::vector<Matcher*> its_items, int32_t its_star,
                  const Target* target)
        : Matcher(where), items(std::move(its_items)), star(its_star), star_target(target) {}

    [[nodiscard]] int match(ScriptFrame& frame, const Value& subject,
                            Captures& captures) const override {
        if (!subject.type()->has(value::kSequencePattern)) return 0;
        const int64_t length = value::length(subject);
        if (length < 0) return (void)fail(frame, span), -1;
        const auto count = static_cast<int64_t>(items.size());
        if (star < 0 ? length != count : length < count - 1) return 0;
        for (int64_t i = 0; i < count; ++i) {
            int result;
            if (i == star) {
                result = star_target ? take_rest(frame, subject, length, captures) : 1;
            } else {
                const int64_t at = star >= 0 && i > star ? length - (count - i) : i;
                const Value item = value::get_item(subject, Value::small(at));
                if (!item) return (void)fail(frame, span), -1;
                result = items[static_cast<size_t>(i)]->match(frame, item, captures);
            }
            if (result <= 0) return result;
        }
        return 1;
    }

    int take_rest(ScriptFrame& frame, const Value& subject, int64_t length,
                  Captures& captures) const {
        const int64_t end = length - (static_cast<int64_t>(items.size()) - 1 - star);
        Ref<List> rest = value::make_list();
        for (int64_t at = star; at < end; ++at) {
            Value item = value::get_item(subject, Value::small(at));
            if (!item) return (void)fail(frame, span), -1;
            rest->items.push_back(std::move(item));
        }
        captures.push_back({star_target, Value(std::move(rest))});
        return 1;
    }
};

struct MatchMapping final : Matcher {
    Nodes keys;
    std::vector<Matcher*> patterns;
    const Target* rest;  // or null
    MatchMapping(const Span& where, Nodes its_keys, std::vector<Matcher*> its_patterns,
                 const Target* its_rest)
        : Matcher(where),
          keys(std::move(its_keys)),
          patterns(std::move(its_patterns)),
          rest(its_rest) {}

    [[nodiscard]] int match(ScriptFrame& frame, const Value& subject,
                            Captures& captures) const override {
        if (!subject.type()->has(value::kMappingPattern)) return 0;
        const int64_t length = value::length(subject);
        if (length < 0) return (void)fail(frame, span), -1;
        if (length < static_cast<int64_t>(keys.size())) return 0;
        std::vector<Value> found_keys, found;
        const int all = look_up(frame, subject, found_keys, found);
        if (all <= 0) return all;
        for (size_t i = 0; i < patterns.size(); ++i) {
            const int result = patterns[i]->match(frame, found[i], captures);
            if (result <= 0) return result;
        }
        return rest ? take_rest(frame, subject, found_keys, captures) : 1;
    }

    // Through get(), so that a defaultdict does not grow.
    int look_up(ScriptFrame& frame, const Value& subject, std::vector<Value>& found_keys,
                std::vector<Value>& found) const {
        static const Name kGet("get");
        const Value missing = value::make_list();  // nobody else has it
        for (const Node* node : keys) {
            Value key = run(node, frame);
            if (!key) return -1;
            for (const Value& other : found_keys) {
                const int same = value::equal(other, key);
                if (same < 0) return (void)fail(frame, span), -1;
                if (!same) continue;
                const Ref<Str> text = value::repr(key);
                if (text)
                    value::raise(value::errors::ValueError,
                                 cat("mapping pattern checks duplicate key (", text->view(), ")"));
                return (void)fail(frame, span), -1;
            }
            const Value arguments[2] = {key, missing};
            Value item = value::call_method(subject, kGet, arguments, 2);
            if (!item) return (void)fail(frame, span), -1;
            if (item.is(missing)) return 0;
            found_keys.push_back(std::move(key));
            found.push_back(std::move(item));
        }
        return 1;
    }

    int take_rest(ScriptFrame& frame, const Value& subject, const std::vector<Value>& found_keys,
                  Captures& captures) const {
        Ref<Dict> left = value::make_dict();
        if (!value::dict_update(left.get(), subject)) return (void)fail(frame, span), -1;
        for (const Value& key : found_keys)
            if (value::dict_remove(left.get(), key) < 0) return (void)fail(frame, span), -1;
        captures.push_back({rest, Value(std::move(left))});
        return 1;
    }
};

struct MatchClass final : Matcher {
    const Node* cls;
    std::vector<Matcher*> patterns;
    std::vector<Str*> names;
    std::vector<Matcher*> named;
    MatchClass(const Span& where, const Node* its_class, std::vector<Matcher*> its_patterns,
               std::vector<Str*> its_names, std::vector<Matcher*> its_named)
        : Matcher(where),
          cls(its_class),
          patterns(std::move(its_patterns)),
          names(std::move(its_names)),
          named(std::move(its_named)) {}

    [[nodiscard]] int match(ScriptFrame& frame, const Value& subject,
                            Captures& captures) const override {
        const Value type = run(cls, frame);
        if (!type) return -1;
        if (!value::is<Type>(type)) {
            value::raise(TypeError, "called match pattern must be a class");
            return (void)fail(frame, span), -1;
        }
        const int instance = value::is_instance(subject, type);
        if (instance < 0) return (void)fail(frame, span), -1;
        if (!instance) return 0;
        std::vector<Value> parts;
        const int all = take_parts(subject, value::cast<Type>(type), parts);
        if (all < 0) (void)fail(frame, span);
        if (all <= 0) return all;
        for (size_t i = 0; i < parts.size(); ++i) {
            const Matcher* pattern = i < patterns.size() ? patterns[i] : named[i - patterns.size()];
            const int result = pattern->match(frame, parts[i], captures);
            if (result <= 0) return result;
        }
        return 1;
    }

    int take_parts(const Value& subject, Type* type, std::vector<Value>& parts) const {
        std::vector<Str*> seen;
        if (!patterns.empty()) {
            const int positional = take_positional(subject, type, parts, seen);
            if (positional <= 0) return positional;
        }
        for (Str* name : names) {
            const int found = take_attribute(subject, type, name, parts, seen);
            if (found <= 0) return found;
        }
        return 1;
    }

    int take_positional(const Value& subject, Type* type, std::vector<Value>& parts,
                        std::vector<Str*>& seen) const {
        static const Name kMatchArgs("__match_args__");
        const Value match_args = value::find_attribute(Value::share(type), kMatchArgs);
        if (!match_args && value::raised()) return -1;
        size_t allowed = 0;
        const bool whole = !match_args && type->has(value::kSelfPattern);
        if (match_args) {
            if (!value::is_exact<Tuple>(match_args))
                return refuse(cat(type->name->view(), ".__match_args__ must be a tuple (got ",
                                  value::type_name(match_args), ")"));
            allowed = value::cast<Tuple>(match_args)->size;
        } else if (whole) {
            allowed = 1;
        }
        if (patterns.size() > allowed)
            return refuse(cat(type->name->view(), "() accepts ", allowed, " positional sub-pattern",
                              allowed == 1 ? "" : "s", " (", patterns.size(), " given)"));
        if (whole) return parts.push_back(subject), 1;
        for (size_t i = 0; i < patterns.size(); ++i) {
            const Value& name = (*value::cast<Tuple>(match_args))[i];
            if (!value::is<Str>(name))
                return refuse(cat("__match_args__ elements must be strings (got ",
                                  value::type_name(name), ")"));
            const Ref<Str> interned = value::intern(value::cast<Str>(name));
            const int found = take_attribute(subject, type, interned.get(), parts, seen);
            if (found <= 0) return found;
        }
        return 1;
    }

    static int take_attribute(const Value& subject, const Type* type, Str* name,
                              std::vector<Value>& parts, std::vector<Str*>& seen) {
        for (const Str* other : seen)
            if (other == name)
                return refuse(cat(type->name->view(),
                                  "() got multiple sub-patterns for attribute '", name->view(),
                                  "'"));
        seen.push_back(name);
        Value found = value::find_attribute(subject, name);
        if (!found) return value::raised() ? -1 : 0;
        parts.push_back(std::move(found));
        return 1;
    }

    static int refuse(const std::string& message) {
        value::raise(TypeError, message);
        return -1;
    }
};

struct Match final : Statement {
    const Node* subject;
    std::vector<Case> cases;
    Match(const Span& where, const Node* its_subject, std::vector<Case> its_cases)
        : Statement(where), subject(its_subject), cases(std::move(its_cases)) {}
    [[nodiscard]] Status exec(ScriptFrame& frame) const override {
        const Value value = run(subject, frame);
        if (!value) return Status::Raised;
        for (const Case& choice : cases) {
            step(frame, choice.pattern->span);
            Matcher::Captures captures;
            const int matched = choice.pattern->match(frame, value, captures);
            if (matched < 0) return Status::Raised;
            if (!matched) continue;
            for (Matcher::Capture& capture : captures)
                if (!capture.target->store(frame, std::move(capture.value))) return Status::Raised;
            if (choice.guard) {
                const int truth = choice.guard->test(frame);
                if (truth < 0) return Status::Raised;
                if (!truth) continue;
            }
            return choice.body->exec(frame);
        }
        return Status::Normal;
    }
};

}  // namespace

Matcher* make_match_value(Unit& unit, const Span& span, Node* value) {
    return unit.add<MatchValue>(span, value);
}
Matcher* make_match_singleton(Unit& unit, const Span& span, Value value) {
    return unit.add<MatchSingleton>(span, std::move(value));
}
Matcher* make_match_sequence(Unit& unit, const Span& span, std::vector<Matcher*> items,
                             int32_t star, Target* star_target) {
    return unit.add<MatchSequence>(span, std::move(items), star, star_target);
}
Matcher* make_match_mapping(Unit& unit, const Span& span, Nodes keys,
                            std::vector<Matcher*> patterns, Target* rest) {
    return unit.add<MatchMapping>(span, std::move(keys), std::move(patterns), rest);
}
Matcher* make_match_class(Unit& unit, const Span& span, Node* cls, std::vector<Matcher*> patterns,
                          std::vector<Str*> names, std::vector<Matcher*> named) {
    return unit.add<MatchClass>(span, cls, std::move(patterns), std::move(names), std::move(named));
}
Matcher* make_match_as(Unit& unit, const Span& span, Matcher* pattern, Target* target) {
    return unit.add<MatchAs>(span, pattern, target);
}
Matcher* make_match_or(Unit& unit, const Span& span, std::vector<Matcher*> patterns) {
    return unit.add<MatchOr>(span, std::move(patterns));
}
Statement* make_match(Unit& unit, const Span& span, Node* subject, std::vector<Case> cases) {
    return unit.add<Match>(span, subject, std::move(cases));
}

}  // namespace loopglass::script::eval
