// Runs a fuzz target without a fuzzer: over every file named (folders: every *.py in them, or every
// file of a corpus), and over mutations of each that are the same in every run. With clang, the
// preset `fuzz` links libFuzzer instead.
//
// Usage: fuzz_NAME [-mutations=N] PATH...
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);
// Targets for program text have a mutator of their own.
extern "C" [[gnu::weak]] size_t LLVMFuzzerCustomCrossOver(const uint8_t* first, size_t first_size,
                                                          const uint8_t* second, size_t second_size,
                                                          uint8_t* out, size_t most, unsigned seed);

namespace {

using Path = std::filesystem::path;

void run(const std::string& input) {
    // An exact copy on the heap, so that a sanitizer sees every read beyond the end.
    const std::vector<uint8_t> bytes(input.begin(), input.end());
    LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
}

// A linear congruential generator: the same on every machine.
class Dice {
public:
    explicit Dice(uint64_t seed) : state_(seed) {}
    size_t below(size_t limit) {
        state_ = state_ * 6364136223846793005u + 1442695040888963407u;
        return limit == 0 ? 0 : static_cast<size_t>((state_ >> 33) % limit);
    }

private:
    uint64_t state_;
};

// Damages a text the way people and networks do.
std::string mutate(std::string text, const std::string& other, Dice& dice) {
    static const char kPieces[][8] = {
        "(",      ")",      "\n",   "\t", "    ", "\"", "'''", "\\", "{",  "}", ":", "=",
        "await ", "lambda", "\xff", "0x", "f\"{", "*",  ",",   "\r", "\f", "#", "é", "async "};
    for (size_t changes = 1 + dice.below(3); changes > 0; --changes) {
        const size_t at = dice.below(text.size() + 1);
        const size_t length = std::min(text.size() - at, 1 + dice.below(40));
        switch (dice.below(5)) {
            case 0:
                text.erase(at, length);
                break;
            case 1:
                text.insert(at, kPieces[dice.below(std::size(kPieces))]);
                break;
            case 2:
                text.insert(at, text.substr(at, length));
                break;
            case 3:
                text.resize(at);
                break;
            default:
                text.insert(at, other.substr(dice.below(other.size() + 1), 60));
        }
    }
    return text;
}

// The target's own way every other time, if it has one.
std::string damage(const std::string& text, const std::string& other, Dice& dice) {
    if (!LLVMFuzzerCustomCrossOver || dice.below(2) == 0) return mutate(text, other, dice);
    std::string made(text.size() + 4096, '\0');
    const auto bytes = [](const std::string& from) {
        return reinterpret_cast<const uint8_t*>(from.data());
    };
    made.resize(LLVMFuzzerCustomCrossOver(bytes(text), text.size(), bytes(other), other.size(),
                                          reinterpret_cast<uint8_t*>(made.data()), made.size(),
                                          static_cast<unsigned>(dice.below(1u << 30))));
    return made;
}

void collect(const Path& path, std::vector<Path>& files) {
    if (!std::filesystem::is_directory(path)) {
        files.push_back(path);
        return;
    }
    const bool corpus = path.parent_path().filename() == "corpus";
    for (const auto& entry : std::filesystem::recursive_directory_iterator(path)) {
        if (entry.is_regular_file() && (corpus || entry.path().extension() == ".py"))
            files.push_back(entry.path());
    }
}

std::string read(const Path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

int main(int count, char** arguments) {
    constexpr const char* kOption = "-mutations=";
    size_t mutations = 0;
    std::vector<Path> files;
    for (int i = 1; i < count; ++i) {
        if (std::strncmp(arguments[i], kOption, std::strlen(kOption)) == 0) {
            mutations = std::strtoul(arguments[i] + std::strlen(kOption), nullptr, 10);
        } else if (std::filesystem::exists(arguments[i])) {
            collect(arguments[i], files);
        }
    }
    std::sort(files.begin(), files.end());
    Dice dice(files.size());
    size_t inputs = 0;
    std::string previous;
    for (const Path& path : files) {
        const std::string text = read(path);
        run(text);
        for (size_t i = 0; i < mutations; ++i) {
            const std::string damaged = damage(text, previous, dice);
            // Kept where a crash leaves it for whoever looks into it.
            if (std::getenv("KEEP_LAST_INPUT") != nullptr)
                std::ofstream("last_input", std::ios::binary) << damaged;
            run(damaged);
        }
        inputs += 1 + mutations;
        previous = text;
    }
    std::printf("%zu inputs made from %zu files\n", inputs, files.size());
    return 0;
}
