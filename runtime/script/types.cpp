#include "runtime/script/types.hpp"

#include "runtime/loop/api.hpp"
#include "runtime/script/generator.hpp"
#include "runtime/value/objects.hpp"
#include "runtime/value/traceback.hpp"

namespace loopglass::script::eval {

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
    value::g_make_traceback_frame = [](value::Traceback* traceback) {
        const Value& code = traceback->entry.code;
        return code ? detached_frame_object(value::cast<value::Code>(code), traceback->entry.span)
                    : Value();
    };
}

}  // namespace loopglass::script::eval
