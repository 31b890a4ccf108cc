#include "runtime/loop/exceptions.hpp"

#include "runtime/loop/support.hpp"

namespace loopglass::loop {

namespace errors {
Type *CancelledError, *InvalidStateError, *SendfileNotAvailableError, *IncompleteReadError,
    *LimitOverrunError, *BrokenBarrierError, *QueueEmpty, *QueueFull, *QueueShutDown;
}  // namespace errors

namespace {

Name kPartial("partial"), kExpected("expected"), kConsumed("consumed");

// IncompleteReadError(partial, expected): 'N bytes read on a total of M expected bytes'.
bool init_incomplete_read(const Value& self, const Args& args) {
    const Value partial = args.count > 0 ? args.items[0] : args.keyword("partial");
    const Value expected = args.count > 1 ? args.items[1] : args.keyword("expected");
    if (!partial || !expected)
        return raise(errors::TypeError,
                     "IncompleteReadError.__init__() missing required arguments"),
               false;
    const int64_t size = length(partial);
    if (size < 0) return false;
    const std::string total = is_none(expected) ? "undefined" : repr_of(expected);
    cast<Exception>(self)->args =
        make_tuple({make_str(cat(size, " bytes read on a total of ", total, " expected bytes"))});
    return set_attribute(self, kPartial, partial) && set_attribute(self, kExpected, expected);
}

bool init_limit_overrun(const Value& self, const Args& args) {
    if (args.count != 2)
        return raise(errors::TypeError,
                     "LimitOverrunError.__init__() takes 3 positional arguments"),
               false;
    cast<Exception>(self)->args = make_tuple({args.items[0]});
    return set_attribute(self, kConsumed, args.items[1]);
}

Type* define(const char* name, Type* base, bool (*init)(const Value&, const Args&) = nullptr) {
    NativeTypeSpec spec{
        name, base->dict_offset ? static_cast<uint32_t>(base->dict_offset) : base->instance_size};
    spec.flags = kBaseType;
    spec.base = base;
    spec.slots.init = init;
    return define_type(spec);
}

}  // namespace

void define_exception_types() {
    using namespace errors;  // NOLINT
    CancelledError = define("asyncio.exceptions.CancelledError", BaseException);
    InvalidStateError = define("asyncio.exceptions.InvalidStateError", value::errors::Exception);
    SendfileNotAvailableError =
        define("asyncio.exceptions.SendfileNotAvailableError", RuntimeError);
    IncompleteReadError =
        define("asyncio.exceptions.IncompleteReadError", EOFError, &init_incomplete_read);
    LimitOverrunError = define("asyncio.exceptions.LimitOverrunError", value::errors::Exception,
                               &init_limit_overrun);
    BrokenBarrierError = define("asyncio.exceptions.BrokenBarrierError", RuntimeError);
    QueueEmpty = define("asyncio.queues.QueueEmpty", value::errors::Exception);
    QueueFull = define("asyncio.queues.QueueFull", value::errors::Exception);
    QueueShutDown = define("asyncio.queues.QueueShutDown", value::errors::Exception);
}

}  // namespace loopglass::loop
