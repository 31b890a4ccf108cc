#include "runtime/script/types.hpp"

#include "runtime/loop/api.hpp"
#include "runtime/script/generator.hpp"
#include "runtime/script/interpreter_parts.hpp"
#include "runtime/value/objects.hpp"
#include "runtime/value/traceback.hpp"

namespace loopglass::script::eval {

// "coroutine 'f' was never awaited", where the last reference to it is dropped.
static void warn_never_awaited(loop::Coroutine* coroutine) {
    static const Name kWarn("_warn_unawaited_coroutine");
    const Value self = Value::share(coroutine);
    const Value warnings = import_module("warnings");
    if (!warnings || !value::call_method(warnings, kWarn, &self, 1))
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
    loop::g_never_awaited = &warn_never_awaited;
    value::g_make_traceback_frame = [](value::Traceback* traceback) {
        const Value& code = traceback->entry.code;
        return code ? detached_frame_object(value::cast<value::Code>(code), traceback->entry.span)
                    : Value();
    };
}

}  // namespace loopglass::script::eval
