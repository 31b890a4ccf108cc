// Compiled code: what a parse becomes. A Unit owns everything compiled from one source text; a
// FunctionCode is one body in it, with the layout of its frame.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/script/names.hpp"

namespace loopglass::script::eval {

struct Node;
struct Statement;
struct FunctionCode;
struct FlatBody;
struct Function;
struct ScriptFrame;

// co_flags, as CPython's inspect module names them.
enum CodeFlags : uint32_t {
    kOptimized = 1,
    kNewLocals = 2,
    kVarArgs = 4,
    kVarKeywords = 8,
    kNested = 16,
    kGenerator = 32,
    kCoroutine = 128,
    kIterableCoroutine = 256,
    kAsyncGenerator = 512,
    kFutureAnnotations = 0x1000000,
};

// The text a code object came from; shared, because a traceback may outlive the code.
struct SourceText {
    std::string text;
    std::vector<std::string_view> lines;
};

// What a unit is made of: expression and statement nodes, targets, patterns.
struct Piece {
    virtual ~Piece() = default;
};

// Nodes and code objects of one source text. Counted by the functions and code objects that may
// still run it; the code objects inside it do not count.
struct Unit {
    uint32_t users = 0;
    std::vector<std::unique_ptr<Piece>> pieces;
    std::vector<Ref<FunctionCode>> codes;
    std::shared_ptr<SourceText> source;
    bool reusable = false;  // from compile(): may run with several globals, so no caches of misses

    ~Unit();
    template <typename T, typename... Arguments>
    T* add(Arguments&&... arguments) {
        auto piece = std::make_unique<T>(std::forward<Arguments>(arguments)...);
        T* raw = piece.get();
        pieces.push_back(std::move(piece));
        return raw;
    }
    static void retain(Unit* unit) { ++unit->users; }
    static void release(Unit* unit) {
        if (--unit->users == 0) delete unit;
    }
};

// How a cell of the frame starts.
struct CellStart {
    int32_t parameter;  // the local slot that moves into it, or -1
};

// How a closure being made gets one of its cells.
struct Capture {
    bool from_cell;  // a cell of the frame that runs the definition, else one of its free cells
    uint32_t index;
};

struct FunctionCode : value::Code {
    static Type* type;

    Unit* unit = nullptr;    // null once the unit is gone
    bool owns_unit = false;  // the code object of a whole text
    Statement* body = nullptr;
    Node* expression = nullptr;  // when the body is just `return expression`
    Span expression_span = {};
    const FlatBody* flat = nullptr;  // of a generator that needs no fiber; flat_body.hpp
    std::shared_ptr<SourceText> source;

    uint32_t flags = 0;
    uint32_t argument_count = 0;  // positional ones, the positional-only included
    uint32_t positional_only = 0;
    uint32_t keyword_only = 0;
    uint32_t parameters = 0;  // all, with *args and **kwargs
    uint32_t locals = 0;
    uint32_t frame_size = 0;       // locals, then cells
    bool plain_signature = false;  // only positional parameters
    bool has_cells = false;
    bool is_module = false;
    bool is_class = false;
    bool separate_names = false;  // names of its own beside the globals may exist (module, class)

    std::vector<Str*> local_names;  // by slot
    std::vector<bool> hidden;       // by slot: of an inlined comprehension
    std::vector<Str*> cell_names;
    std::vector<Str*> free_names;
    std::vector<CellStart> cells;
    std::vector<Capture> captures;
    int32_t class_cell =
        -1;           // class body: the cell of __class__; function: its index among the frees
    Value docstring;  // or empty
    std::vector<Value> constants;  // for co_consts: nested codes

    // Starts a call: consumes the arguments in `slots` (frame_size of them; unset ones empty),
    // answers the result, or a generator or coroutine, or 0 with an exception pending.
    Word (*enter)(Function* function, Value* slots) = nullptr;

    explicit FunctionCode(Type* its_type) : Code(its_type) {}
    ~FunctionCode();
    [[nodiscard]] bool suspends() const {
        return flags & (kGenerator | kCoroutine | kAsyncGenerator);
    }
};

// A script's function.
struct Function : Object {
    static Type* type;

    FunctionCode* code = nullptr;  // owned through code_value
    Dict* builtins = nullptr;      // borrowed: immortal in practice, held by the interpreter
    Ref<Dict> globals;
    Ref<Tuple> defaults;  // or empty
    Ref<Dict> keyword_defaults;
    Ref<Tuple> closure;  // of Cell
    Ref<FunctionCode> code_value;
    Unit* unit = nullptr;  // counted
    Value name, qualname, doc, module;
    Value annotations;  // Dict, made when asked for
    Value type_params;

    explicit Function(Type* its_type) : Object(its_type) {}
    ~Function();
    void set_code(Ref<FunctionCode> new_code);
};

[[nodiscard]] Ref<Function> make_function(FunctionCode* code, Dict* globals, Dict* builtins);

void initialise_function_types();  // Code and Function

}  // namespace loopglass::script::eval
