#include "runtime/trace/file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zstd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <utility>
#include <vector>

#include "runtime/base/text.hpp"
#include "runtime/trace/file_codec.hpp"
#include "runtime/trace/hash.hpp"
#include "runtime/trace/loader.hpp"

namespace loopglass::trace {

using base::cat;
using base::Error;

namespace codec {

uint64_t Source::long_number() {
    uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        if (at_ == end_) return fail();
        const auto next = static_cast<unsigned char>(*at_++);
        value |= static_cast<uint64_t>(next & 0x7F) << shift;
        if (next < 0x80) return value;
    }
    return fail();
}

}  // namespace codec

namespace {

using codec::Context;
using codec::kBlockEvents;
using codec::put;
using codec::put_signed;
using codec::put_text;
using codec::Source;

constexpr std::string_view kMagic = "LOOPGLS\n";
constexpr size_t kHeaderBytes = 8 + 4 + 8 + 8;
constexpr int kZstdLevel = 3;
constexpr size_t kMostUnpacked = size_t{2} << 30;

void put_fixed(std::string& out, uint64_t value, unsigned bytes) {
    for (unsigned i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i));
}

uint64_t get_fixed(std::string_view bytes, size_t at, unsigned count) {
    uint64_t value = 0;
    for (unsigned i = 0; i < count; ++i)
        value |= static_cast<uint64_t>(static_cast<unsigned char>(bytes[at + i])) << (8 * i);
    return value;
}

// --- writing
// ---------------------------------------------------------------------------------------

void put_head(std::string& out, const Recording& rec) {
    put(out, kKindCount);
    put(out,
        (rec.lines_on() ? codec::kHasLines : 0) | (rec.info.rule.empty() ? 0 : codec::kHasRule));
    put(out, rec.budget());
    put_text(out, rec.info.title);
    put_text(out, rec.info.filename);
    put_text(out, rec.info.source);
    put_text(out, rec.info.world);
    put(out, rec.info.seed);
    put(out, static_cast<uint64_t>(rec.info.end));
    put_signed(out, rec.info.exit_status);
    put_text(out, rec.info.end_note);
    if (!rec.info.rule.empty()) put_text(out, rec.info.rule);
    put(out, rec.texts().size() - 1);
    for (TextId id = 1; id < rec.texts().size(); ++id) put_text(out, rec.text_of(id));
    put(out, rec.wides().size());
    int64_t last = 0;
    for (const int64_t wide : rec.wides()) {
        put_signed(out,
                   static_cast<int64_t>(static_cast<uint64_t>(wide) - static_cast<uint64_t>(last)));
        last = wide;
    }
    put(out, rec.time_points().size());
    TimePoint before{0, 0};
    for (const TimePoint& point : rec.time_points()) {
        put(out, point.event - before.event);
        put(out, static_cast<uint64_t>(point.now - before.now));
        before = point;
    }
    put(out, rec.size());
}

void put_delta(std::string& out, uint32_t value, uint32_t& before) {
    put_signed(out, static_cast<int32_t>(value - before));
    before = value;
}

void put_block(std::string& out, const Recording& rec, EventIndex from, EventIndex to,
               Context& context) {
    const auto column = [&](auto&& each) {
        for (EventIndex i = from; i < to; ++i) each(rec[i], i);
    };
    column([&](const Event& e, EventIndex) { out += static_cast<char>(e.kind); });
    column([&](const Event& e, EventIndex) {
        if (info(e.kind).detail_type != DetailType::None) out += static_cast<char>(e.detail);
    });
    column([&](const Event& e, EventIndex) {
        put_signed(out, static_cast<int32_t>(e.line) - static_cast<int32_t>(context.line));
        context.line = e.line;
    });
    const auto kind = [](const Event& e) { return static_cast<size_t>(e.kind); };
    column([&](const Event& e, EventIndex) {
        if (info(e.kind).subject_type != FieldType::None)
            put_delta(out, e.subject, context.subject[kind(e)]);
    });
    column([&](const Event& e, EventIndex) {
        if (info(e.kind).object_type != FieldType::None)
            put_delta(out, e.object, context.object[kind(e)]);
    });
    column([&](const Event& e, EventIndex) {
        if (info(e.kind).arg_type != FieldType::None) put_delta(out, e.arg, context.arg[kind(e)]);
    });
    column([&](const Event& e, EventIndex i) { put(out, e.cause == kNoEvent ? 0 : i - e.cause); });
}

// Packs pieces into zstd frames as they come, so that the whole need not stand in memory unpacked.
class Packer {
public:
    Packer() : context_(ZSTD_createCCtx(), ZSTD_freeCCtx) {
        ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_compressionLevel, kZstdLevel);
    }
    void add(std::string_view piece) {
        const size_t start = packed_.size();
        packed_.resize(start + ZSTD_compressBound(piece.size()));
        const size_t written = ZSTD_compress2(context_.get(), packed_.data() + start,
                                              packed_.size() - start, piece.data(), piece.size());
        packed_.resize(start + (ZSTD_isError(written) != 0 ? 0 : written));
    }
    [[nodiscard]] std::string take() { return std::move(packed_); }

private:
    std::unique_ptr<ZSTD_CCtx, size_t (*)(ZSTD_CCtx*)> context_;
    std::string packed_;
};

// --- reading
// ---------------------------------------------------------------------------------------

base::Result<std::string> unpack(std::string_view packed) {
    const std::unique_ptr<ZSTD_DStream, size_t (*)(ZSTD_DStream*)> stream(ZSTD_createDStream(),
                                                                          ZSTD_freeDStream);
    std::string out;
    ZSTD_inBuffer in{packed.data(), packed.size(), 0};
    std::vector<char> piece(ZSTD_DStreamOutSize());
    size_t result = 0;
    do {
        ZSTD_outBuffer into{piece.data(), piece.size(), 0};
        result = ZSTD_decompressStream(stream.get(), &into, &in);
        if (ZSTD_isError(result) != 0)
            return Error{cat("the packed part is damaged: ", ZSTD_getErrorName(result))};
        if (out.size() + into.pos > kMostUnpacked)
            return Error{"the recording is too large to open"};
        out.append(piece.data(), into.pos);
        if (into.pos == 0 && in.pos == in.size) break;
    } while (in.pos < in.size || result != 0);
    if (result != 0) return Error{"the packed part is cut off"};
    return out;
}

class Decoder {
public:
    explicit Decoder(std::string_view bytes) : in_(bytes), whole_(bytes.size()) {}

    base::Result<Recording> run() {
        if (!head() || !texts() || !wides() || !time_points() || !events()) return Error{error_};
        return loader_->finish(std::move(info_));
    }

private:
    bool fail(std::string sentence) {
        if (error_.empty())
            error_ = cat(sentence, " (byte ", in_.offset(), " of the unpacked recording)");
        return false;
    }
    // A count of things that take at least `bytes` each.
    bool count(uint64_t& out, uint64_t bytes = 1) {
        out = in_.number();
        if (in_.failed()) return fail("the recording ends in the middle");
        return out <= in_.left() / bytes || fail("a count is larger than the file");
    }

    bool head() {
        const uint64_t kinds = in_.number();
        if (kinds > kKindCount)
            return fail("this recording comes from a newer version of the program");
        const uint64_t bits = in_.number();
        if (bits > (codec::kHasLines | codec::kHasRule)) return fail("there is no such level");
        const Level level = bits & codec::kHasLines ? Level::Line : Level::Switch;
        const uint64_t budget = in_.number();
        if (budget == 0 || budget > Recording::kMaxBudget)
            return fail("the event budget is out of range");
        for (std::string* text : {&info_.title, &info_.filename, &info_.source, &info_.world})
            *text = in_.text();
        info_.seed = in_.number();
        const uint64_t end = in_.number();
        if (end > static_cast<uint64_t>(EndReason::Stopped))
            return fail("there is no such end reason");
        info_.end = static_cast<EndReason>(end);
        info_.exit_status = static_cast<int>(in_.signed_number());
        info_.end_note = in_.text();
        if (bits & codec::kHasRule) info_.rule = in_.text();
        if (in_.failed()) return fail("the recording ends in the middle");
        const auto limit = static_cast<uint32_t>(std::min<size_t>(whole_, 1u << 30)) + 65536;
        loader_ = std::make_unique<RecordingLoader>(level, static_cast<uint32_t>(budget), limit);
        return true;
    }
    bool texts() {
        uint64_t texts = 0;
        if (!count(texts)) return false;
        for (uint64_t i = 0; i < texts; ++i) {
            const std::string_view text = in_.text();
            if (in_.failed() || !loader_->add_text(text))
                return fail("a text is damaged or stands twice");
        }
        return true;
    }
    bool wides() {
        uint64_t wides = 0;
        if (!count(wides)) return false;
        uint64_t value = 0;
        for (uint64_t i = 0; i < wides; ++i) {
            value += static_cast<uint64_t>(in_.signed_number());
            loader_->add_wide(static_cast<int64_t>(value));
        }
        return !in_.failed() || fail("the recording ends in the middle");
    }
    bool time_points() {
        uint64_t points = 0;
        if (!count(points, 2)) return false;
        uint64_t event = 0, now = 0;
        for (uint64_t i = 0; i < points; ++i) {
            const uint64_t step = in_.number();
            event += step;
            now += in_.number();
            if (event > UINT32_MAX || now > (uint64_t{1} << 61) || (i > 0 && step == 0))
                return fail("a time is out of range");
            points_.push_back({static_cast<EventIndex>(event), static_cast<int64_t>(now)});
        }
        return !in_.failed() || fail("the recording ends in the middle");
    }

    bool events() {
        uint64_t events = 0;
        if (!count(events, 3)) return false;
        if (events > Recording::kMaxBudget) return fail("there are too many events");
        std::vector<Event> block;
        size_t point = 0;
        for (uint64_t from = 0; from < events; from += kBlockEvents) {
            block.assign(static_cast<size_t>(std::min<uint64_t>(kBlockEvents, events - from)),
                         Event{});
            if (!columns(block, static_cast<EventIndex>(from))) return false;
            for (const Event& event : block) {
                for (; point < points_.size() && points_[point].event <= loader_->size(); ++point) {
                    std::string wrong = loader_->set_now(points_[point].now);
                    if (!wrong.empty()) return fail(std::move(wrong));
                }
                std::string wrong = loader_->add(event);
                if (!wrong.empty()) return fail(cat("event ", loader_->size(), ": ", wrong));
            }
        }
        // The clock may have moved once more after the last event.
        for (; point < points_.size(); ++point) {
            std::string wrong = loader_->set_now(points_[point].now);
            if (!wrong.empty()) return fail(std::move(wrong));
        }
        return in_.left() == 0 || fail("there is something after the last event");
    }

    bool columns(std::vector<Event>& block, EventIndex from) {
        const std::string_view kinds = in_.bytes(block.size());
        if (in_.failed()) return fail("the recording ends in the middle");
        for (size_t i = 0; i < block.size(); ++i) {
            if (static_cast<unsigned char>(kinds[i]) >= kKindCount)
                return fail("there is no such kind of event");
            block[i].kind = static_cast<EventKind>(kinds[i]);
        }
        for (Event& e : block) {
            if (info(e.kind).detail_type != DetailType::None) e.detail = in_.byte();
        }
        for (Event& e : block) {
            context_.line += static_cast<uint32_t>(in_.signed_number());
            if (context_.line > UINT16_MAX) return fail("a line is out of range");
            e.line = static_cast<uint16_t>(context_.line);
        }
        const auto number = [&](std::array<uint32_t, kKindCount>& before, const Event& e) {
            return before[static_cast<size_t>(e.kind)] +=
                   static_cast<uint32_t>(in_.signed_number());
        };
        for (Event& e : block) {
            if (info(e.kind).subject_type != FieldType::None)
                e.subject = number(context_.subject, e);
        }
        for (Event& e : block) {
            if (info(e.kind).object_type != FieldType::None) e.object = number(context_.object, e);
        }
        for (Event& e : block) {
            if (info(e.kind).arg_type != FieldType::None) e.arg = number(context_.arg, e);
        }
        for (size_t i = 0; i < block.size(); ++i) {
            const uint64_t back = in_.number();
            const uint64_t index = from + i;
            if (back > index) return fail("the cause is not an earlier event");
            block[i].cause = back == 0 ? kNoEvent : static_cast<EventIndex>(index - back);
        }
        return !in_.failed() || fail("the recording ends in the middle");
    }

    Source in_;
    size_t whole_;
    RunInfo info_;
    Context context_;
    std::vector<TimePoint> points_;
    std::unique_ptr<RecordingLoader> loader_;
    std::string error_;
};

}  // namespace

namespace {

// The head, then each block of events.
template <typename Take>
void put_pieces(const Recording& rec, Take&& take) {
    std::string piece;
    put_head(piece, rec);
    take(piece);
    Context context;
    for (EventIndex from = 0; from < rec.size(); from += kBlockEvents) {
        piece.clear();
        put_block(piece, rec, from, std::min(rec.size(), from + kBlockEvents), context);
        take(piece);
    }
}

}  // namespace

std::string codec::encode_body(const Recording& recording) {
    std::string out;
    put_pieces(recording, [&out](const std::string& piece) { out += piece; });
    return out;
}

base::Result<Recording> codec::decode_body(std::string_view body) {
    return Decoder(body).run();
}

std::string encode(const Recording& rec) {
    Packer packer;
    put_pieces(rec, [&packer](const std::string& piece) { packer.add(piece); });
    const std::string packed = packer.take();
    std::string out(kMagic);
    put_fixed(out, codec::kVersion, 4);
    put_fixed(out, packed.size(), 8);
    put_fixed(out, stable_hash(packed), 8);
    out += packed;
    return out;
}

base::Result<Recording> decode(std::string_view bytes) {
    if (!bytes.starts_with(kMagic) || bytes.size() < kHeaderBytes)
        return Error{"this is not a loopglass recording"};
    const uint64_t version = get_fixed(bytes, 8, 4);
    if (version != codec::kVersion)
        return Error{cat("this recording has format version ", version, ", this program reads ",
                         codec::kVersion)};
    const std::string_view packed = bytes.substr(kHeaderBytes);
    if (get_fixed(bytes, 12, 8) != packed.size())
        return Error{"the recording is cut off or has something added"};
    if (get_fixed(bytes, 20, 8) != stable_hash(packed))
        return Error{"the recording is damaged: its checksum does not match"};
    const base::Result<std::string> whole = unpack(packed);
    if (!whole) return whole.error();
    return codec::decode_body(*whole);
}

std::optional<Error> write_file(const std::string& path, std::string_view bytes) {
    // A device or a pipe is written to as it is: nothing can be put in its place.
    struct stat found {};
    const bool special = ::stat(path.c_str(), &found) == 0 && !S_ISREG(found.st_mode);
    const std::string temporary = special ? path : cat(path, ".part-", ::getpid());
    const auto problem = [&](std::string_view what) {
        Error error{cat("cannot ", what, " ", path, ": ", std::strerror(errno))};
        if (!special) ::unlink(temporary.c_str());
        return error;
    };
    const int file = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (file < 0) return problem("create");
    for (std::string_view rest = bytes; !rest.empty();) {
        const ssize_t written = ::write(file, rest.data(), rest.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) {
            ::close(file);
            return problem("write");
        }
        rest.remove_prefix(static_cast<size_t>(written));
    }
    const bool synced = ::fsync(file) == 0 || errno == EINVAL;
    if (::close(file) != 0 || !synced) return problem("write");
    if (!special && ::rename(temporary.c_str(), path.c_str()) != 0) return problem("put in place");
    return std::nullopt;
}

std::optional<Error> save(const Recording& recording, const std::string& path) {
    return write_file(path, encode(recording));
}

base::Result<Recording> load(const std::string& path) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return Error{cat("cannot open ", path, ": ", std::strerror(errno))};
    std::string bytes;
    std::vector<char> piece(1 << 20);
    ssize_t got = 0;
    while ((got = ::read(file, piece.data(), piece.size())) > 0 || (got < 0 && errno == EINTR)) {
        if (got > 0) bytes.append(piece.data(), static_cast<size_t>(got));
        if (bytes.size() > kMostUnpacked) break;
    }
    const int problem = got < 0 ? errno : 0;
    ::close(file);
    if (problem != 0) return Error{cat("cannot read ", path, ": ", std::strerror(problem))};
    base::Result<Recording> recording = decode(bytes);
    if (!recording) return Error{cat(path, ": ", recording.error().message)};
    return recording;
}

}  // namespace loopglass::trace
