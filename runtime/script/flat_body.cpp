#include "runtime/script/flat_body.hpp"

#include "runtime/script/call.hpp"
#include "runtime/script/generator.hpp"
#include "runtime/script/step.hpp"

namespace loopglass::script::eval {

using value::SendResult;
using Op = FlatStep::Op;

namespace {

// The body from where it stands to the next yield or to its end.
class Walk {
public:
    Walk(Generator* self, Value& out)
        : self_(self),
          frame_(self->activation.frame),
          body_(*frame_.script_code()->flat),
          at_(self->activation.at),
          out_(out) {}

    SendResult run(const Value& sent) {
        if (self_->activation.begun) {
            const FlatStep& waiting = body_.steps[at_];
            if (waiting.op == Op::Yield) {
                if (!sent) return fail(frame_, waiting.where), SendResult::Raised;
                if (waiting.target && !waiting.target->store(frame_, sent))
                    return SendResult::Raised;
                ++at_;
            } else if (const auto result = delegate(waiting, sent); result != Progress::Next) {
                return ended(result);
            }
        } else {
            self_->activation.begun = true;
            if (body_.begin) frame_.at = body_.begin;
            if (frame_.script_code()->has_cells) make_cells(frame_);
            if (!burn()) return SendResult::Raised;
        }
        Progress progress;
        do progress = advance(body_.steps[at_]);
        while (progress == Progress::Next);
        return ended(progress);
    }

private:
    enum class Progress : uint8_t { Next, Yielded, Returned, Raised };

    static SendResult ended(Progress progress) {
        return progress == Progress::Yielded    ? SendResult::Yielded
               : progress == Progress::Returned ? SendResult::Returned
                                                : SendResult::Raised;
    }
    [[nodiscard]] Progress go(uint32_t place) { return at_ = place, Progress::Next; }
    [[nodiscard]] Progress failed(const Node* node) { return fail(frame_, node), Progress::Raised; }

    [[gnu::always_inline]] Progress advance(const FlatStep& s) {
        if (s.line && s.op != Op::Back) step(frame_, *s.line);
        switch (s.op) {
            case Op::Run:
                return run_statement(s);
            case Op::Test: {
                const int truth = s.node->test(frame_);
                if (__builtin_expect(truth < 0, 0)) return Progress::Raised;
                return go(truth ? at_ + 1 : s.jump);
            }
            case Op::Jump:
                return go(s.jump);
            case Op::Iterate:
            case Op::Source:
                return begin(s);
            case Op::Next:
                return next(s);
            case Op::Back:
                if (!burn())
                    return fail(frame_, s.line ? *s.line : s.where->span), Progress::Raised;
                if (s.line) step(frame_, *s.line);
                return go(s.jump);
            case Op::Drop:
                frame_.slots[s.slot] = Value();
                return go(at_ + 1);
            case Op::Yield:
                out_ = s.node ? script::eval::run(s.node, frame_) : value::none();
                return out_ ? Progress::Yielded : Progress::Raised;
            case Op::Delegate:
                return delegate(s, value::none());
            case Op::End:
                out_ = value::none();
                return Progress::Returned;
        }
        UNREACHABLE();
    }

    Progress run_statement(const FlatStep& s) {
        switch (s.statement->exec(frame_)) {
            case Status::Normal:
                return go(at_ + 1);
            case Status::Break:
                return go(s.jump);
            case Status::Continue:
                return go(s.again);
            case Status::Return:
                out_ = std::move(frame_.result);
                return Progress::Returned;
            case Status::Raised:
                break;
        }
        return Progress::Raised;
    }

    Progress begin(const FlatStep& s) {
        const Value source = script::eval::run(s.node, frame_);
        if (!source) return Progress::Raised;
        Value iterator =
            s.op == Op::Source ? delegate_iterator(frame_, source) : value::iterate(source);
        if (!iterator) return failed(s.op == Op::Source ? s.where : s.node);
        frame_.slots[s.slot] = std::move(iterator);
        return go(at_ + 1);
    }

    Progress next(const FlatStep& s) {
        const Value& iterator = frame_.slots[s.slot];
        Value item = iterator.type()->slots.next(iterator);
        if (!item) {
            if (value::raised()) return failed(s.node);
            frame_.slots[s.slot] = Value();
            return go(s.jump);
        }
        const int32_t local = s.target->local_slot();
        if (local >= 0)
            frame_.slots[local] = std::move(item);
        else if (!s.target->store(frame_, std::move(item)))
            return Progress::Raised;
        return go(at_ + 1);
    }

    Progress delegate(const FlatStep& s, const Value& sent) {
        const Value iterator = frame_.slots[s.slot];
        self_->awaiting_on = {};
        switch (loop::step_iterator(iterator, sent, out_)) {
            case SendResult::Yielded:
                self_->awaiting_on = iterator;
                return Progress::Yielded;
            case SendResult::Raised:
                return failed(s.where);
            case SendResult::Returned:
                break;
        }
        frame_.slots[s.slot] = Value();
        Value result = std::move(out_);
        if (s.target && !s.target->store(frame_, std::move(result))) return Progress::Raised;
        return go(at_ + 1);
    }

    Generator* self_;
    ScriptFrame& frame_;
    const FlatBody& body_;
    uint32_t& at_;
    Value& out_;
};

void end(Activation& activation) {
    const auto& iterators = activation.frame.script_code()->flat->iterators;
    for (size_t i = iterators.size(); i > 0; --i) activation.slots[iterators[i - 1]] = Value();
    activation.discard();
}

}  // namespace

SendResult walk_flat_body(loop::Resumable* resumable, const Value& sent, Value& out) {
    auto* self = static_cast<Generator*>(resumable);
    Activation& activation = self->activation;
    if (__builtin_expect(!sent, 0) && !value::raised())
        return end(activation), SendResult::Returned;
    if (__builtin_expect(g_thread.depth >= g_thread.recursion_limit, 0)) {
        value::raise(value::errors::RecursionError, "maximum recursion depth exceeded");
        end(activation);
        return SendResult::Raised;
    }
    ScriptFrame& frame = activation.frame;
    ++g_thread.depth;
    frame.back = g_thread.frame;
    g_thread.frame = &frame;
    self->frame = &frame;
    const SendResult result = Walk(self, out).run(sent);
    --g_thread.depth;
    g_thread.frame = frame.back;
    frame.back = nullptr;
    if (result != SendResult::Yielded) {
        self->frame = nullptr;
        end(activation);
    }
    return result;
}

}  // namespace loopglass::script::eval
