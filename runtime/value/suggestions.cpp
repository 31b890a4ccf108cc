// "Did you mean: 'x'?": the nearest name by edit distance, with the costs and limits of CPython's
// Lib/traceback.py (_compute_suggestion_error).
#include <algorithm>
#include <cctype>
#include <vector>

#include "runtime/base/text.hpp"
#include "runtime/value/objects.hpp"
#include "runtime/value/protocol.hpp"
#include "runtime/value/traceback.hpp"

namespace loopglass::value {

bool (*g_is_module_name)(std::string_view name) = nullptr;

using base::cat;

namespace {

constexpr size_t kMaxNameSize = 40;
constexpr size_t kMaxCandidates = 750;
constexpr size_t kMoveCost = 2;
constexpr size_t kCaseCost = 1;

size_t substitution_cost(char a, char b) {
    if (a == b) return 0;
    return std::tolower(static_cast<unsigned char>(a)) ==
                   std::tolower(static_cast<unsigned char>(b))
               ? kCaseCost
               : kMoveCost;
}

size_t edit_distance(std::string_view a, std::string_view b, size_t limit) {
    std::vector<size_t> row(b.size() + 1);
    for (size_t j = 0; j <= b.size(); ++j) row[j] = j * kMoveCost;
    for (size_t i = 1; i <= a.size(); ++i) {
        size_t diagonal = row[0];
        row[0] = i * kMoveCost;
        size_t best = row[0];
        for (size_t j = 1; j <= b.size(); ++j) {
            const size_t above = row[j];
            row[j] = std::min({diagonal + substitution_cost(a[i - 1], b[j - 1]), above + kMoveCost,
                               row[j - 1] + kMoveCost});
            diagonal = above;
            best = std::min(best, row[j]);
        }
        if (best > limit) return limit + 1;
    }
    return row[b.size()];
}

std::string nearest(std::string_view wrong, const List* candidates) {
    if (wrong.size() > kMaxNameSize || candidates->items.size() > kMaxCandidates) return "";
    std::string best;
    size_t best_distance = 0;
    for (const Value& candidate : candidates->items) {
        const Str* name = as<Str>(candidate);
        if (!name || name->view() == wrong) continue;
        const size_t limit = std::min((name->size + wrong.size() + 3) * kMoveCost / 6,
                                      best.empty() ? SIZE_MAX : best_distance - 1);
        const size_t distance = edit_distance(wrong, name->view(), limit);
        if (distance > limit) continue;
        if (best.empty() || distance < best_distance) {
            best = name->view();
            best_distance = distance;
        }
    }
    return best;
}

Ref<List> names_of(const Value& object, std::string_view wrong) {
    static Name dir("__dir__");
    Value names;
    if (const Module* module = as<Module>(object)) {
        names = module->dict;
    } else if (is<Type>(object)) {
        const Value method = find_special(object, dir);
        names = method ? call(method) : Value{};
    } else {
        names = call_method(object, dir);
    }
    Ref<List> list = names ? list_from(names) : Ref<List>{};
    if (!list) {
        clear_raised();
        return make_list();
    }
    // Private names are suggested only for private ones.
    if (wrong.empty() || wrong.front() != '_')
        std::erase_if(list->items, [](const Value& name) {
            return is<Str>(name) && cast<Str>(name)->size && cast<Str>(name)->view().front() == '_';
        });
    if (!sort_list(list.get(), Value{}, false)) clear_raised();
    return list;
}

Value field(const Exception* exception, size_t index) {
    return index < exception->fields.size() && exception->fields[index] ? exception->fields[index]
                                                                        : none();
}

}  // namespace

std::string nearest_name(std::string_view wrong, const List* candidates) {
    return nearest(wrong, candidates);
}

std::string suggestion(const Exception* exception) {
    const Type* type = exception->Object::type;
    const bool name_error = is_subtype(type, errors::NameError);
    const bool attribute_error = is_subtype(type, errors::AttributeError);
    const bool import_error = is_subtype(type, errors::ImportError);
    if (!name_error && !attribute_error && !import_error) return "";
    const Value wrong = field(exception, import_error ? 3 : 0);
    const Value second = field(exception, import_error ? 4 : 1);
    if (!is<Str>(wrong)) return "";
    const std::string_view text = cast<Str>(wrong)->view();
    Ref<List> candidates;
    if (name_error && is<List>(second)) candidates = Ref<List>::share(cast<List>(second));
    if (attribute_error && !is_none(second)) candidates = names_of(second, text);
    if (import_error && is<Module>(second)) candidates = names_of(second, text);
    const std::string found = candidates ? nearest(text, candidates.get()) : "";
    const bool module = name_error && g_is_module_name && g_is_module_name(text);
    if (found.empty()) return module ? cat(". Did you forget to import '", text, "'?") : "";
    return cat(". Did you mean: '", found, "'?",
               module ? cat(" Or did you forget to import '", text, "'?") : "");
}

}  // namespace loopglass::value
