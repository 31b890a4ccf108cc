// What the resolver finds out: for every name where it lives, and for every scope the layout of its
// frame. The rules are those of CPython's symbol table (and of PEP 709 for comprehensions).
#pragma once

#include <cstdint>
#include <string_view>

#include "runtime/base/arena.hpp"
#include "runtime/base/source.hpp"

namespace loopglass::script {

using base::Array;

struct Constant;

// An interned name: equal names of one parse are the same object; `id` counts from 0 without gaps
// (Module::symbols[id]), so that an evaluator can keep its own per-name data in a vector.
struct Symbol {
    std::string_view text;
    uint32_t id = 0;
};
using Identifier = const Symbol*;

// Where a name of the program is looked up.
enum class Access : uint8_t {
    Unresolved,
    Local,           // Scope::locals[slot] of the frame
    Cell,            // Scope::cells[slot]: a variable of this frame that an inner scope captures
    Free,            // Scope::frees[slot]: a cell of an enclosing frame
    GlobalExplicit,  // declared `global`: module globals, then builtins
    GlobalImplicit,  // bound nowhere in sight: module globals, then builtins; the module's own
                     // names
    ClassName,       // in a class body: the class namespace, then globals, then builtins
    ClassFree,       // in a class body: the class namespace, then the cell Scope::frees[slot]
};

struct Ref {
    Access access = Access::Unresolved;
    uint32_t slot = 0;
    Identifier name = nullptr;  // the name as stored: mangled (`__x` → `_C__x`) inside a class
};

enum class ScopeKind : uint8_t {
    Module,
    Function,  // def, async def
    Lambda,
    Class,
    GeneratorExpression,
    ListComprehension,  // these three are always inlined: `frame` is another scope
    SetComprehension,
    DictComprehension,
    TypeParameters,  // the scope around a generic def, class or type alias
    TypeAlias,       // the lazily evaluated value of a type alias
    TypeVariable,    // the lazily evaluated bound, constraints or default of a type parameter
};

struct LocalVariable {
    Identifier name = nullptr;
    bool parameter = false;
    bool hidden = false;  // belongs to an inlined comprehension: not seen by locals() outside of it
};

struct CellVariable {
    Identifier name = nullptr;
    int32_t parameter =
        -1;  // the local slot whose argument moves into the cell when the call starts
    bool hidden = false;
};

// How a closure gets its cell when it is created: from a cell or from a free variable of the frame
// that executes the definition.
struct FreeVariable {
    Identifier name = nullptr;
    bool from_cell = true;
    uint32_t index = 0;
};

// One scope. Scopes with `frame == this` own a frame; an inlined comprehension borrows slots in the
// frame of `frame` and lists them in own_locals and own_cells.
struct Scope {
    ScopeKind kind = ScopeKind::Module;
    Scope* parent = nullptr;  // the lexically enclosing scope, nullptr for the module
    Scope* frame = nullptr;
    Identifier name = nullptr;  // "<module>", "<lambda>", "<genexpr>", "<listcomp>", … or the name
    std::string_view qualname;  // "outer.<locals>.inner"
    const Constant* docstring = nullptr;
    uint32_t first_line = 0;

    // Frame layout. Parameters come first, in CPython's order: positional-only and positional,
    // keyword-only, *args, **kwargs. A captured parameter has a local slot for the call and a cell.
    Array<LocalVariable> locals;
    Array<CellVariable> cells;
    Array<FreeVariable> frees;

    // Inlined comprehensions: slots that are theirs. On entry a fresh cell goes into each own_cell;
    // on exit all of them are cleared.
    Array<uint32_t> own_locals;
    Array<uint32_t> own_cells;
    Array<base::Span> yields;  // every yield and yield from of this frame

    // `__class__`: in a class body the cell to fill once the class exists, in a function the index
    // in frees that zero-argument super() reads; -1 when not used.
    int32_t class_cell = -1;

    bool is_async = false;      // async def; a generator expression with async parts
    bool is_generator = false;  // yields, and is not async
    bool is_coroutine = false;  // async and does not yield
    bool is_async_generator = false;
    bool has_yield = false;
    bool has_top_level_await = false;  // module: uses await, async for, async with at its own level
    bool calls_locals = false;         // mentions locals, vars, dir, exec or eval by name
    bool has_star_import = false;
    bool is_method = false;  // a function directly in a class body
};

}  // namespace loopglass::script
