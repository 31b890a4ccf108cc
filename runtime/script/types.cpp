#include "runtime/script/types.hpp"

#include "runtime/base/text.hpp"
#include "runtime/loop/api.hpp"
#include "runtime/loop/machine.hpp"
#include "runtime/loop/support.hpp"
#include "runtime/script/generator.hpp"
#include "runtime/script/stdlib_names.hpp"
#include "runtime/value/objects.hpp"
#include "runtime/value/traceback.hpp"

namespace loopglass::script::eval {

// Where the last reference to a coroutine that never began is dropped (Lib/warnings.py,
// _warn_unawaited_coroutine).
static void warn_never_awaited(loop::Coroutine* coroutine) {
    if (loop::g_machine)
        loop::emit(trace::EventKind::CoroutineNeverAwaited, 0,
                   loop::g_machine->recording.text(coroutine->name->view()));
    const std::string message =
        base::cat("coroutine '", coroutine->qualname->view(), "' was never awaited");
    const Value self = Value::share(coroutine);
    if (!loop::warn(value::errors::RuntimeWarning, message, 1, self))
        value::write_unraisable(value::take_raised(), self);
}

void initialise_script_types() {
    static bool done = false;
    if (done) return;
    done = true;
    value::initialise_types();
    loop::initialise_loop_types();
    initialise_function_types();
    initialise_frame_type();
    initialise_generator_types();
    initialise_async_generator_types();
    value::g_is_module_name = &is_stdlib_name;
    loop::g_never_awaited = &warn_never_awaited;
    value::g_make_traceback_frame = [](value::Traceback* traceback) {
        const Value& code = traceback->entry.code;
        return code ? detached_frame_object(value::cast<value::Code>(code), traceback->entry.span)
                    : Value();
    };
}

}  // namespace loopglass::script::eval
