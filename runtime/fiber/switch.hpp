// The jump between stacks. On x86-64 (but for AVX-512 with its other registers) it is written here,
// inline: a call and a return around every switch would put the processor's return predictor out of
// step, which costs more than the switch itself (measured: three times). Elsewhere, and under
// AddressSanitizer, Boost.Context does it. (ThreadSanitizer has no use here: no threads.)
#pragma once

#include <cstddef>

#if defined(__SANITIZE_ADDRESS__)
#define LOOPGLASS_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define LOOPGLASS_ASAN 1
#endif
#endif

#if defined(__x86_64__) && !defined(__AVX512F__) && !defined(LOOPGLASS_ASAN) && \
    !defined(LOOPGLASS_BOOST_SWITCH)
#define LOOPGLASS_INLINE_SWITCH 1
#endif

namespace loopglass::fiber {

// Which stack an execution stands on, as far as AddressSanitizer must know; empty in plain builds.
struct StackMark {
#ifdef LOOPGLASS_ASAN
    const void* bottom = nullptr;
    size_t bytes = 0;
#endif
};

// An execution that stands still: where to jump to continue it.
struct Place {
    void* context = nullptr;
    [[no_unique_address]] StackMark mark;
};

#ifdef LOOPGLASS_INLINE_SWITCH

// Everything the compiler may keep in a register is declared lost, so that it saves what it needs
// and no more; only the frame pointer, which may not be declared, is saved here. A context is the
// stack pointer of one that stands still: the address to go on at lies there, above it the frame
// pointer.
[[gnu::always_inline]] inline void* switch_stacks(void* to) {
    void* left;
    asm volatile(
        "leaq -128(%%rsp), %%rsp\n\t"  // what lies below the stack pointer may be in use
        "pushq %%rbp\n\t"
        "leaq 1f(%%rip), %%rax\n\t"
        "pushq %%rax\n\t"
        "movq %%rsp, %%rdx\n\t"
        "movq %%rdi, %%rsp\n\t"
        "popq %%rax\n\t"
        "jmpq *%%rax\n"
        "1:\n\t"
        "popq %%rbp\n\t"
        "leaq 128(%%rsp), %%rsp"
        : "=d"(left), "+D"(to)
        :
        : "rax", "rbx", "rcx", "rsi", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15",
          "memory", "cc", "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8",
          "xmm9", "xmm10", "xmm11", "xmm12", "xmm13", "xmm14", "xmm15", "st", "st(1)", "st(2)",
          "st(3)", "st(4)", "st(5)", "st(6)", "st(7)");
    return left;
}

#else

// Boost's jump_fcontext(), kept out of this header.
void* switch_stacks(void* to);

#endif

#ifdef LOOPGLASS_ASAN
extern StackMark g_left;  // where the stack lies that the last jump left
#endif

// Tells the sanitizer that another stack is entered; without `fake_stack` nobody comes back to this
// one.
void announce_jump(const Place& to, void** fake_stack);
// The first thing after a jump, on the stack it entered: the place it left. Neither this function
// nor jump_for_good() has a local variable: until the sanitizer is told, it would be put on the
// stack that was left.
Place arrive(void* context, void* fake_stack);

// Continues `to` and returns, when somebody jumps back here, the place that somebody left.
inline Place jump(const Place& to) {
#ifdef LOOPGLASS_ASAN
    void* fake_stack = nullptr;
    announce_jump(to, &fake_stack);
    return arrive(switch_stacks(to.context), fake_stack);
#else
    return {switch_stacks(to.context), {}};
#endif
}

// Continues `to`; nobody comes back here.
[[noreturn]] void jump_for_good(const Place& to);

// Starts `entry` on the stack of `bytes` from `base`, telling it the place it came from; returns as
// jump() does.
Place jump_to_new(char* base, size_t bytes, void (*entry)(const Place& from));

}  // namespace loopglass::fiber
