// The tables behind event.hpp: names of kinds and of detail values.
#include "runtime/trace/event.hpp"

#include <array>

namespace loopglass::trace {
namespace {

constexpr KindInfo kKinds[] = {
#define EVENT(kind, text, level, subject_type, subject, object_type, object, arg_type, arg, \
              detail, sentence)                                                             \
    {#kind,        text,                                                                    \
     Level::level, FieldType::subject_type,                                                 \
     subject,      FieldType::object_type,                                                  \
     object,       FieldType::arg_type,                                                     \
     arg,          DetailType::detail,                                                      \
     sentence},
#include "runtime/trace/event_kinds.def"
#undef EVENT
};

// "A, B, C" as written in the macro: names are cut out of it on demand, once.
constexpr std::string_view kDetailLists[] = {"",
#define LOOPGLASS_LIST(type, ...) #__VA_ARGS__,
                                             LOOPGLASS_DETAIL_TYPES(LOOPGLASS_LIST)
#undef LOOPGLASS_LIST
};
constexpr unsigned kDetailTypes = sizeof kDetailLists / sizeof kDetailLists[0];
constexpr unsigned kMaxValues = 32;

struct DetailNames {
    std::array<std::string_view, kMaxValues> names{};
    unsigned count = 0;
};

constexpr DetailNames split(std::string_view list) {
    DetailNames out;
    while (!list.empty()) {
        const size_t comma = list.find(',');
        std::string_view name = list.substr(0, comma);
        while (!name.empty() && name.front() == ' ') name.remove_prefix(1);
        out.names[out.count++] = name;
        if (comma == std::string_view::npos) break;
        list.remove_prefix(comma + 1);
    }
    if (out.count == 0) out.count = 1;  // DetailType::None has the one value 0, without a name
    return out;
}

constexpr std::array<DetailNames, kDetailTypes> make_details() {
    std::array<DetailNames, kDetailTypes> out{};
    for (unsigned i = 0; i < kDetailTypes; ++i) out[i] = split(kDetailLists[i]);
    return out;
}
constexpr auto kDetails = make_details();

}  // namespace

const KindInfo& info(EventKind kind) {
    return kKinds[static_cast<unsigned>(kind)];
}

unsigned detail_count(DetailType type) {
    return kDetails[static_cast<unsigned>(type)].count;
}

std::string_view detail_name(DetailType type, uint8_t value) {
    const DetailNames& names = kDetails[static_cast<unsigned>(type)];
    return value < names.count ? names.names[value] : std::string_view{};
}

FieldType await_object_type(AwaitKind kind) {
    switch (kind) {
        case AwaitKind::Sleep:
            return FieldType::Handle;
        case AwaitKind::Future:
            return FieldType::Future;
        case AwaitKind::Task:
            return FieldType::Task;
        case AwaitKind::Gather:
        case AwaitKind::Wait:
        case AwaitKind::WaitFor:
        case AwaitKind::AsCompleted:
        case AwaitKind::TaskGroup:
        case AwaitKind::Shield:
            return FieldType::Group;
        case AwaitKind::Lock:
        case AwaitKind::Event:
        case AwaitKind::Condition:
        case AwaitKind::Semaphore:
        case AwaitKind::Barrier:
        case AwaitKind::QueueGet:
        case AwaitKind::QueuePut:
        case AwaitKind::QueueJoin:
            return FieldType::Sync;
        case AwaitKind::SocketRead:
        case AwaitKind::SocketWrite:
        case AwaitKind::SocketAccept:
        case AwaitKind::SocketConnect:
            return FieldType::Socket;
        case AwaitKind::Thread:
            return FieldType::Work;
        case AwaitKind::Yield:
        case AwaitKind::Process:
        case AwaitKind::Signal:
        case AwaitKind::Other:
            return FieldType::None;
    }
    return FieldType::None;
}

}  // namespace loopglass::trace
