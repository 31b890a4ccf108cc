// Makes all types of this floor, base classes first.
#include <map>
#include <string>

#include "runtime/base/check.hpp"
#include "runtime/loop/api.hpp"
#include "runtime/loop/coroutine.hpp"
#include "runtime/value/native_depth.hpp"

namespace loopglass::loop {

void define_support_types();
void define_exception_types();
void define_context_types();
void define_handle_types();
void define_event_loop_types();
void define_policy_types();
void define_future_types();
void define_task_type();
void define_tasks_types();
void define_gather_types();
void define_timeout_type();
void define_runner_type();
void define_executor_types();
void define_lock_types();
void define_condition_type();
void define_semaphore_types();
void define_barrier_type();
void define_queue_types();
void define_task_group_type();
void define_as_completed_type();
void define_library_frame_type();

namespace {

std::map<std::string, value::Type*, std::less<>>& published() {
    static std::map<std::string, value::Type*, std::less<>> types;
    return types;
}

}  // namespace

value::Type* find_type(std::string_view name) {
    const auto found = published().find(name);
    return found == published().end() ? nullptr : found->second;
}
void publish_type(std::string_view name, value::Type* type) {
    published().emplace(name, type);
}

void initialise_loop_types() {
    static bool done = false;
    if (std::exchange(done, true)) return;
    value::g_stack_limit = &fiber::g_stack_limit;
    value::g_on_segment = &fiber::call_on_segment;
    initialise_coroutine_types();
    define_support_types();
    define_exception_types();
    define_context_types();
    define_handle_types();
    define_event_loop_types();
    define_policy_types();
    define_future_types();
    define_task_type();
    define_tasks_types();
    define_gather_types();
    define_timeout_type();
    define_runner_type();
    define_executor_types();
    define_lock_types();
    define_condition_type();
    define_semaphore_types();
    define_barrier_type();
    define_queue_types();
    define_task_group_type();
    define_as_completed_type();
    define_library_frame_type();
}

}  // namespace loopglass::loop
