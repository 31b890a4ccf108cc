"""Writes small concurrent programs: program(seed) is the text of one, always the same.

A program has a few shared objects, some workers that may call or start only later ones (so nothing recurses), and a
main. Every statement prints what it saw. Only random.Random.random() is used, whose sequence no Python version changes.
"""

import random

TIMES = (0, 0, 0.1, 0.1, 0.1, 0.2, 0.2, 0.3, 0.5, 1)
ERRORS = ("ValueError", "KeyError", "OSError", "RuntimeError")

HEAD = '''\
import asyncio
import contextvars
import functools

var = contextvars.ContextVar("var", default=0)
tasks = []
handles = []
futures = []


def log(*words):
    try:
        task = asyncio.current_task()
    except RuntimeError:
        task = None
    print(task.get_name() if task else "-", *words)


def say(error):
    if isinstance(error, BaseExceptionGroup):
        return f"{type(error).__name__}({error.message!r}, [{', '.join(map(say, error.exceptions))}])"
    return f"{type(error).__name__}({', '.join(map(repr, error.args))})"


def started(task):
    tasks.append(task)
    return task


def done(future):
    state = "cancelled" if future.cancelled() else say(future.exception()) if future.exception() else repr(future.result())
    log("done callback", state)


def some(items, number):
    return items[number % len(items)] if items else None


def other(number):
    return some([task for task in tasks if task is not asyncio.current_task()], number)


def states(group):
    return [(task.get_name(), task.done(), task.cancelled(), task.cancelling()) for task in group]

'''

SHARED = {
    "lock": "lock = asyncio.Lock()",
    "event": "event = asyncio.Event()",
    "cond": "cond = asyncio.Condition()",
    "sem": "sem = asyncio.Semaphore({n})",
    "bounded": "bounded = asyncio.BoundedSemaphore({n})",
    "barrier": "barrier = asyncio.Barrier({m})",
    "queue": "queue = asyncio.{q}({n})",
}


class Writer:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.lines = []
        self.depth = 0
        self.names = 0
        self.budget = 0
        self.worker = 0
        self.workers = 0
        self.shared = []
        self.loops = 0

    # --- choices

    def below(self, count):
        return int(self.random.random() * count)

    def pick(self, items):
        return items[self.below(len(items))]

    def chance(self, probability):
        return self.random.random() < probability

    def time(self):
        return self.pick(TIMES)

    def weighted(self, table):
        at = self.random.random() * sum(weight for weight, _ in table)
        for weight, choice in table:
            at -= weight
            if at < 0:
                return choice
        return table[-1][1]

    # --- text

    def put(self, line):
        self.lines.append("    " * self.depth + line)

    def name(self, letter):
        self.names += 1
        return f"{letter}{self.names}"

    def block(self, head, write=None, size=None):
        self.put(head)
        self.depth += 1
        if write:
            write()
        else:
            self.statements(size or 1 + self.below(2))
        self.depth -= 1

    def statements(self, count):
        for _ in range(count):
            self.statement()

    def statement(self):
        self.budget -= 1
        deep = self.depth > 4 or self.budget < 0
        self.weighted(PLAIN if deep else PLAIN + NESTED)(self)

    def call(self):
        """A coroutine of a later worker, or a sleep."""
        if self.worker + 1 < self.workers and self.chance(0.8):
            number = self.worker + 1 + self.below(self.workers - self.worker - 1)
            return f"w{number}({self.below(9)})"
        return f"asyncio.sleep({self.time()}, {self.below(9)})"

    def task(self):
        named = f", name='{self.pick('abcdefgh')}'" if self.chance(0.3) else ""
        context = ", context=contextvars.copy_context()" if self.chance(0.1) else ""
        return f"started(asyncio.create_task({self.call()}{named}{context}))"

    def awaitable(self):
        return self.weighted(AWAITABLES)(self)

    def guarded(self, write, kinds="Exception"):
        """try: … with a handler that reports; cancellation is reported and raised again, mostly."""
        self.block("try:", write)
        if self.chance(0.5):
            self.block("except asyncio.CancelledError as e:", self.on_cancel)
        self.block(f"except {kinds} as e:", lambda: self.put('log("caught", say(e))'))
        if self.chance(0.2):
            self.block("else:", size=1)
        if self.chance(0.2):
            self.block("finally:", self.finally_part)

    def on_cancel(self):
        self.put('log("cancelled", e.args, asyncio.current_task().cancelling())')
        roll = self.random.random()
        if roll < 0.6:
            self.put("raise")
        elif roll < 0.75:
            self.put('log("uncancel", asyncio.current_task().uncancel())')
        elif roll < 0.85:
            self.put(f"await asyncio.sleep({self.time()})")
        elif roll < 0.9:
            self.put("raise ValueError('instead') from e")

    def finally_part(self):
        self.put('log("finally")')
        if self.chance(0.4):
            self.put(f"await asyncio.sleep({self.time()})")
            self.put('log("finally ends")')


# --- what can be awaited ---------------------------------------------------------------------------------------------


def a_call(w):
    return w.call()


def a_task(w):
    return w.task()


def a_known_task(w):
    return f"asyncio.shield(other({w.below(7)}) or asyncio.sleep(0))"


def a_gather(w):
    parts = ", ".join(w.awaitable() for _ in range(w.below(4)))
    returned = "return_exceptions=True" if w.chance(0.4) else ""
    return f"asyncio.gather({', '.join(filter(None, [parts, returned]))})"


def a_wait_for(w):
    return f"asyncio.wait_for({w.awaitable()}, {w.pick((None, 0, 0.1, 0.1, 0.2, 0.3, -1))})"


def a_shield(w):
    return f"asyncio.shield({w.awaitable()})"


def a_thread(w):
    return w.pick(
        (
            f"asyncio.to_thread(log, 'thread', {w.below(9)})",
            f"asyncio.to_thread(time_sleep, {w.pick((0.1, 0.2, 0.3))})",
            "asyncio.get_running_loop().run_in_executor(None, functools.partial(int, 'x'))",
            f"asyncio.get_running_loop().run_in_executor(None, time_sleep, {w.pick((0.1, 0.2))})",
        )
    )


def a_future(w):
    return f"future_in({w.time()}, {w.below(9)})"


def a_primitive(w):
    kind = w.pick(w.shared)
    return {
        "lock": "lock.acquire()",
        "event": "event.wait()",
        "cond": "notified()",
        "sem": "sem.acquire()",
        "bounded": "bounded.acquire()",
        "barrier": "barrier.wait()",
        "queue": w.pick(("queue.get()", f"queue.put({w.below(9)})", "queue.join()")),
    }[kind]


AWAITABLES = [(6, a_call), (3, a_task), (1, a_known_task), (1, a_gather), (1, a_wait_for), (1, a_shield), (0.7, a_thread),
              (1, a_future), (1.5, a_primitive)]  # fmt: skip


# --- statements ------------------------------------------------------------------------------------------------------


def sleep(w):
    w.put(f"await asyncio.sleep({w.time()})")


def say(w):
    w.put(w.pick((f"log({w.below(99)})", "log(var.get())", "log(states(tasks))", "log(len(asyncio.all_tasks()))")))


def await_logged(w):
    w.put(f"log(await {w.awaitable()})")


def await_guarded(w):
    w.guarded(lambda: await_logged(w))


def start_task(w):
    w.put(w.task())


def start_and_callback(w):
    w.put(f"{w.task()}.add_done_callback(done)")


def start_and_await(w):
    name = w.name("t")
    w.put(f"{name} = {w.task()}")
    if w.chance(0.5):
        w.statement()
    if w.chance(0.3):
        w.put(f"log({name}.cancel({w.pick(('', repr('stop'), '1'))}))")
    w.guarded(lambda: w.put(f"log(await {name})"))


def cancel_other(w):
    w.put(f"(t := other({w.below(9)})) and log('cancel', t.get_name(), t.cancel({w.pick(('', '', repr('why')))}))")


def cancel_later(w):
    w.put(f"(t := other({w.below(9)})) and handles.append(asyncio.get_running_loop().call_later({w.time()}, t.cancel))")


def cancel_self(w):
    w.put("asyncio.current_task().cancel()")


def uncancel(w):
    w.put("log(asyncio.current_task().uncancel(), asyncio.current_task().cancelling())")


def raise_error(w):
    w.put(f"raise {w.pick(ERRORS)}({w.below(9)})")


def return_early(w):
    w.put(f"if len(tasks) > {w.below(6)}:")
    w.put(f"    return {w.below(9)}")


def set_var(w):
    w.put(f"var.set({w.below(99)})")


def schedule(w):
    call = w.pick(
        (
            f"call_soon(log, 'soon', {w.below(9)})",
            f"call_later({w.time()}, log, 'later', {w.below(9)})",
            f"call_at(asyncio.get_running_loop().time() + {w.time()}, log, 'at', {w.below(9)})",
            f"call_later({w.time()}, tasks.append, None) and None" if False else f"call_later({w.time()}, fail, {w.below(9)})",
            f"call_soon(functools.partial(log, 'partial', {w.below(9)}))",
            f"call_soon_threadsafe(log, 'threadsafe', {w.below(9)})",
        )
    )
    w.put(f"handles.append(asyncio.get_running_loop().{call})")


def cancel_handle(w):
    w.put(f"(h := some(handles, {w.below(9)})) and (h.cancel(), log('handle', h.cancelled()))")


def make_future(w):
    w.put("futures.append(asyncio.get_running_loop().create_future())")
    if w.chance(0.4):
        w.put("futures[-1].add_done_callback(done)")


def end_future(w):
    how = w.pick((f"set_result({w.below(9)})", f"set_exception(ValueError({w.below(9)}))", "cancel()", "cancel('gone')"))
    w.put(f"(f := some(futures, {w.below(5)})) and not f.done() and log('future', f.{how})")


def await_future(w):
    w.put(f"if f := some(futures, {w.below(5)}):")
    w.depth += 1
    w.guarded(lambda: w.put(f"log(await {w.pick(('f', 'asyncio.shield(f)', 'asyncio.wait_for(f, 0.2)'))})"))
    w.depth -= 1


def touch_primitive(w):
    kind = w.pick(w.shared)
    w.put(
        {
            "lock": "log(lock.locked()); lock.locked() and lock.release()",
            "event": w.pick(("event.set()", "event.clear()", "log(event.is_set())")),
            "cond": w.pick(("asyncio.create_task(notify(1))", "asyncio.create_task(notify(9))")),
            "sem": "sem.release()",
            "bounded": "log(bounded.locked())",
            "barrier": w.pick(("log(barrier.n_waiting, barrier.broken)", "asyncio.create_task(barrier.reset())", "asyncio.create_task(barrier.abort())")),
            "queue": w.pick(
                (
                    f"queue.full() or queue.put_nowait({w.below(9)})",
                    "queue.empty() or log(queue.get_nowait())",
                    "log(queue.qsize(), queue.empty(), queue.full())",
                    "queue._unfinished_tasks and queue.task_done()" if False else "finish(queue)",
                    f"queue.shutdown({w.pick(('', 'immediate=True'))})" if w.chance(0.5) else "log(queue.qsize())",
                )
            ),
        }[kind]
    )


def use_primitive(w):
    kind = w.pick(w.shared)
    inside = None
    if kind in ("lock", "sem", "bounded", "cond", "barrier"):
        waits = kind == "cond" and w.chance(0.5)
        inside = lambda: w.put(w.pick(("log(await cond.wait())", "log(await cond.wait_for(lambda: len(tasks) > 3))"))) if waits else w.statements(1 + w.below(2))  # noqa: E731
        w.block(f"async with {kind}:", inside)
    elif kind == "event":
        w.put("log(await event.wait())")
    else:
        w.guarded(lambda: w.put(w.pick((f"await queue.put({w.below(9)})", "log(await queue.get())", "await queue.join()"))))


def wait(w):
    count = w.below(4)
    parts = [w.task() for _ in range(1 + count)]
    mode = w.pick(("", "", "return_when=asyncio.FIRST_COMPLETED", "return_when=asyncio.FIRST_EXCEPTION"))
    timeout = w.pick(("", "", "timeout=0", "timeout=0.1", "timeout=0.2", "timeout=0.3"))
    w.put(f"finished, pending = await asyncio.wait({', '.join(filter(None, ['[' + ', '.join(parts) + ']', mode, timeout]))})")
    w.put("log('wait', sorted(t.get_name() for t in finished), sorted(t.get_name() for t in pending))")
    if w.chance(0.3):
        w.block("for t in pending:", lambda: w.put("t.cancel()"))


def wait_known(w):
    w.block(
        "if mine := [t for t in tasks if t is not asyncio.current_task()]:",
        lambda: w.put(f"log([len(s) for s in await asyncio.wait(mine, timeout={w.pick((0, 0.1, 0.2, 0.5))})])"),
    )


def as_completed(w):
    parts = ", ".join(w.awaitable() for _ in range(1 + w.below(3)))
    timeout = w.pick(("", "", ", timeout=0.1", ", timeout=0.2"))
    if w.chance(0.5):
        head = f"for next_one in asyncio.as_completed([{parts}]{timeout}):"
    else:
        head = f"async for next_one in asyncio.as_completed([{parts}]{timeout}):"
    w.loops += 1
    w.guarded(lambda: w.block(head, lambda: loop_body(w, "log('completed', await next_one)")))
    w.loops -= 1


def loop_body(w, line):
    w.put(line)
    if w.chance(0.4):
        w.statement()
    if w.chance(0.2):
        w.put(w.pick(("break", "continue")))


def timeout(w):
    name = w.name("cm")
    call = w.pick(
        (
            f"asyncio.timeout({w.pick((None, 0, 0.1, 0.2, 0.3, -1))})",
            f"asyncio.timeout_at(asyncio.get_running_loop().time() + {w.time()})",
        )
    )

    def inside():
        if w.chance(0.3):
            w.put(f"{name}.reschedule({w.pick(('None', f'asyncio.get_running_loop().time() + {w.time()}'))})")
        w.statements(1 + w.below(2))

    w.guarded(lambda: w.block(f"async with {call} as {name}:", inside), w.pick(("TimeoutError", "TimeoutError", "Exception")))
    w.put(f"log({name}.expired())")


def task_group(w):
    name = w.name("tg")

    def inside():
        for _ in range(1 + w.below(3)):
            child = f"started({name}.create_task({w.call()}))"
            w.put(child + (".add_done_callback(done)" if w.chance(0.1) else ""))
        if w.chance(0.5):
            w.statements(1 + w.below(2))
        if w.chance(0.15):
            w.put(f"{name}.create_task(fails({w.time()}))")

    if w.chance(0.3):
        w.block("try:", lambda: w.block(f"async with asyncio.TaskGroup() as {name}:", inside))
        w.block(f"except* {w.pick(ERRORS)} as group:", lambda: w.put("log('group', say(group))"))
    else:
        w.guarded(lambda: w.block(f"async with asyncio.TaskGroup() as {name}:", inside), w.pick(("Exception", "ExceptionGroup", "BaseExceptionGroup")))


def generator(w):
    name = w.name("g")
    count = 1 + w.below(4)
    w.put(f"{name} = ticks({count}, {w.time()})")
    w.loops += 1
    w.guarded(lambda: w.block(f"async for i in {name}:", lambda: loop_body(w, "log('tick', i)")))
    w.loops -= 1
    end = w.below(5)
    if end == 0:
        w.put(f"await {name}.aclose()")
    elif end == 1:
        w.guarded(lambda: w.put(f"log(await {name}.athrow(KeyError('thrown')))"))
    elif end == 2:
        w.guarded(lambda: w.put(f"log(await {name}.asend(3))"))
    elif end == 3:
        w.put(f"log(await anext({name}, 'nothing left'))")
    elif w.chance(0.5):
        w.put(f"del {name}")


def comprehension(w):
    w.put(f"log([i async for i in ticks({1 + w.below(3)}, {w.time()})])")


def repeat(w):
    w.loops += 1
    w.block(f"for i in range({2 + w.below(2)}):")
    w.loops -= 1


def if_statement(w):
    w.block(w.pick(("if len(tasks) % 2:", "if var.get() > 9:", "if asyncio.current_task().cancelling():")))
    if w.chance(0.4):
        w.block("else:")


def guarded(w):
    w.guarded(lambda: w.statements(1 + w.below(3)), w.pick(("Exception", "ValueError", "(KeyError, OSError)", "BaseException")))


def finally_only(w):
    w.block("try:")
    w.block("finally:", w.finally_part)


def blocking(w):
    w.put(f"time_sleep({w.pick((0.1, 0.2))})")


PLAIN = [(4, sleep), (3, say), (4, await_logged), (3, start_task), (1, start_and_callback), (1.5, cancel_other),
         (1, cancel_later), (0.5, cancel_self), (0.3, uncancel), (0.8, raise_error), (0.5, return_early), (0.7, set_var),
         (1.5, schedule), (0.6, cancel_handle), (1, make_future), (1.2, end_future), (2.5, touch_primitive),
         (0.3, comprehension), (0.2, blocking)]  # fmt: skip
NESTED = [(3, await_guarded), (2, start_and_await), (1, await_future), (2.5, use_primitive), (1.5, wait), (0.7, wait_known),
          (1.3, as_completed), (2, timeout), (2, task_group), (1.2, generator), (1, repeat), (0.7, if_statement),
          (2, guarded), (0.7, finally_only)]  # fmt: skip

HELPERS = '''
async def ticks(count, delay):
    try:
        for i in range(count):
            got = yield i
            if got:
                log("sent", got)
            await asyncio.sleep(delay)
    except KeyError as e:
        log("in generator", say(e))
        yield "caught"
    finally:
        log("generator ends")
        await asyncio.sleep(0)
        log("generator has ended")


async def fails(delay):
    await asyncio.sleep(delay)
    raise ValueError("failed")


def fail(number):
    raise KeyError(number)


def time_sleep(delay):
    time.sleep(delay)
    return delay


def future_in(delay, value):
    future = asyncio.get_running_loop().create_future()
    futures.append(future)

    def resolve():
        if not future.done():
            future.set_result(value) if value % 3 else future.set_exception(OSError(value))

    asyncio.get_running_loop().call_later(delay, resolve)
    return future


def finish(queue):
    try:
        queue.task_done()
    except ValueError as e:
        log(say(e))


async def notified():
    async with cond:
        await cond.wait()
    return "notified"


async def notify(count):
    async with cond:
        cond.notify(count)
'''


def program(seed):
    w = Writer(seed)
    w.workers = 2 + w.below(4)
    kinds = list(SHARED)
    w.shared = [kinds.pop(w.below(len(kinds))) for _ in range(1 + w.below(3))]
    fill = {"n": 1 + w.below(2), "m": 2 + w.below(2), "q": w.pick(("Queue", "Queue", "PriorityQueue", "LifoQueue"))}
    text = HEAD.replace("import functools\n", "import functools\nimport time\n")
    text += "".join(SHARED[kind].format(**fill) + "\n" for kind in {**dict.fromkeys(w.shared), "cond": None})
    text += HELPERS
    eager = w.chance(0.1)
    for number in reversed(range(w.workers)):
        w.worker, w.budget, w.depth = number, 7, 0
        w.lines.append("\n")
        w.block(f"async def w{number}(n):", lambda: worker_body(w))
    w.worker, w.budget = -1, 9
    w.lines.append("\n")
    w.block("async def main():", lambda: main_body(w, eager))
    ending = 'try:\n    asyncio.run(main())\nexcept BaseException as e:\n    print("run:", say(e))' if w.chance(0.7) else "asyncio.run(main())"
    return text + "\n".join(w.lines) + f"\n\n\n{ending}\n"


def worker_body(w):
    w.put('log("begins", n)')
    w.statements(1 + w.below(4))
    if w.chance(0.15):
        w.put(f"raise {w.pick(ERRORS)}(n)")
    else:
        w.put(f"return n + {w.below(9)}")


def main_body(w, eager):
    if eager:
        w.put("asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)")
    w.statements(3 + w.below(5))
    if w.chance(0.6):
        w.put("await asyncio.sleep(2)")
    w.put('log("main ends")')


if __name__ == "__main__":
    import sys

    print(program(int(sys.argv[1])), end="")
