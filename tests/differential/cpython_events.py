"""Runs programs under CPython's own asyncio and writes down what its event loop did.

Started with the CPython to compare with, as a server: each line of standard input is a JSON object
{"file", "cwd"}, and each line of standard output answers with {"events": [...], "end", "status"}. Every program
runs in a forked child, so that it finds a fresh process.

The clock, the threads and the selector are the oracle's (tests/conformance/oracle_rt/vrt.py). Tasks and futures are
the ones in C, whose objects die when a user's do; subclasses of them, the ready queue and the timer heap are
replaced by ones that tell, and a few methods are wrapped. Sets of tasks iterate in creation order, as MODEL.md
wants; CPython's own order depends on addresses.
"""

import ast
import collections
import functools
import heapq
import importlib.machinery
import itertools
import json
import os
import sys
import weakref
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "conformance" / "oracle_rt"))
import vrt  # noqa: E402


class OrderedSet(set):
    """A set that iterates in creation order where it holds futures, else in insertion order."""

    def __init__(self, items=()):
        super().__init__()
        self._order = {}
        for item in items:
            self.add(item)

    def add(self, item):
        if item not in self._order:
            self._order[item] = None
            super().add(item)

    def discard(self, item):
        self._order.pop(item, None)
        super().discard(item)

    def remove(self, item):
        super().remove(item)
        self._order.pop(item, None)

    def pop(self):
        for item in self:
            self.remove(item)
            return item
        raise KeyError("pop from an empty set")

    def clear(self):
        self._order.clear()
        super().clear()

    def update(self, *others):
        for item in itertools.chain(*others):
            self.add(item)

    def __iter__(self):
        items = list(self._order)
        if all(hasattr(item, "creation_number") for item in items):
            items.sort(key=lambda item: item.creation_number)
        return iter(items)

    def __or__(self, other):
        return OrderedSet([*self, *other])

    def __sub__(self, other):
        return OrderedSet(item for item in self if item not in other)

    def __and__(self, other):
        return OrderedSet(item for item in self if item in other)

    difference, union, intersection = __sub__, __or__, __and__

    def copy(self):
        return OrderedSet(self)


class OrderedWeakSet(weakref.WeakSet):
    def __init__(self, data=None):
        super().__init__()
        self.data = OrderedSet()
        if data is not None:
            self.update(data)


class OrderSets(ast.NodeTransformer):
    """Set displays and comprehensions become calls of set, which is OrderedSet where this is used."""

    def call(self, node, items):
        return ast.copy_location(ast.Call(ast.Name("set", ast.Load()), [items], []), node)

    def visit_SetComp(self, node):
        self.generic_visit(node)
        return self.call(node, ast.GeneratorExp(node.elt, node.generators))

    def visit_Set(self, node):
        self.generic_visit(node)
        return self.call(node, ast.List(node.elts, ast.Load()))


def compile_ordered(source, filename):
    return compile(ast.fix_missing_locations(OrderSets().visit(ast.parse(source, filename))), filename, "exec", dont_inherit=True)


class AsyncioLoader(importlib.machinery.SourceFileLoader):
    def get_code(self, fullname):
        path = self.get_filename(fullname)
        return compile_ordered(self.get_data(path), path)

    def exec_module(self, module):
        module.set = OrderedSet
        super().exec_module(module)
        if module.__name__ in WATCHED:
            WATCHED[module.__name__](module)  # before others take their names from it


class AsyncioFinder:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name.partition(".")[0] != "asyncio":
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path, target)
        spec.loader = AsyncioLoader(spec.loader.name, spec.loader.path)
        return spec


# --- the log ---------------------------------------------------------------------------------------------------------

events = []
numbers = collections.defaultdict(itertools.count(1).__next__)  # only for what has no number of its own


stepping = None  # the task whose step runs


def forget_step():
    global stepping
    stepping = None


def settle_step():
    """Tells the end of a step that is over before what its remains do: what it was given dies after it."""
    task = stepping
    if task is None or not task.in_step or getattr(task.get_coro(), "cr_running", True):
        return
    waiter = task._fut_waiter
    if task.done() or (waiter is not None and id(waiter) != task.waited_for):
        end_step(task)


def log(*fields):
    settle_step()
    entry = [vrt.sched.now, *fields]
    events.append(entry)
    return entry


def label(future):
    if hasattr(future, "task_number"):
        return f"T{future.task_number}"
    if getattr(future, "is_sleep", False):
        return "sleep"
    if not hasattr(future, "future_key"):
        future.future_key = next(future_keys)
    return f"F#{future.future_key}"


def coroutine_name(coro):
    return getattr(coro, "__qualname__", f"<{type(coro).__name__} without __name__>")


def callback_name(callback):
    while hasattr(callback, "func") and hasattr(callback, "args"):  # functools.partial
        callback = callback.func
    return getattr(callback, "__qualname__", None) or getattr(callback, "__name__", None) or repr(callback)


future_keys = itertools.count(1)
handle_keys = itertools.count(1)
task_numbers = itertools.count(1)
creation_numbers = itertools.count(1)
handles = {}  # id of a handle that waits -> [key, "heap" or "ready"]


class ReadyQueue(collections.deque):
    """The ready queue: tells what is appended and what is taken off."""

    def __init__(self, loop):
        super().__init__()
        self.loop = loop
        self.polled = False

    def append(self, handle):
        log_enqueued(self.loop, handle)
        super().append(handle)

    def popleft(self):
        handle = super().popleft()
        key, _ = handles.pop(id(handle), (None, None))
        if key is not None:
            log("skip" if handle._cancelled else "run", f"H#{key}")
        elif (task := step_of(handle)[0]) is not None:
            begin_step(task, handle._args[0] if handle._args else None)
        return handle

    def __len__(self):
        count = super().__len__()
        if self.polled:
            self.polled = False
            shown = sum(1 for handle in collections.deque.__iter__(self) if not is_self_pipe(handle))
            log("iteration", shown, len(self.loop._scheduled))
        return count


def is_self_pipe(handle):
    return callback_name(handle._callback).endswith("_read_from_self")


def step_of(handle):
    """(task, "step" or "wakeup") if the handle runs a task's step."""
    callback = handle._callback
    if type(callback).__name__ == "TaskStepMethWrapper":
        return callback.__self__, "step"
    if type(callback) is type(len) and callback.__name__ == "task_wakeup":
        return callback.__self__, "wakeup"
    return None, None


def begin_step(task, awaited):
    global stepping
    log("step", label(task))
    stepping = task
    task.waited_for = id(task._fut_waiter)
    task.in_step = True
    thrown = task._must_cancel or (awaited is not None and raises_cancelled(awaited))
    if thrown and task.cancel_asked:
        task.cancel_asked = False
        log("deliver", label(task))


def raises_cancelled(future):
    """A cancelled gather fails with CancelledError instead of being cancelled."""
    return future.cancelled() or type(future._exception).__name__ == "CancelledError"


def end_step(task):
    """What the step came to, unless something it did on the way out has told already."""
    if not task.in_step:
        return
    if task.done():
        tell_end(task)
    elif task._fut_waiter is not None:
        tell_suspension(task, label(task._fut_waiter))


def tell_end(task):
    if not task.end_told:
        task.end_told = True
        task.in_step = False
        log("end", label(task), outcome_of(task))


def tell_suspension(task, what):
    if task.in_step:
        task.in_step = False
        log("suspend", label(task), what)


def tell_new_waiter(future):
    """A task that was told to stop during its step cancels what it has just begun to wait for."""
    if future._loop is not None:
        task = sys.modules["asyncio.tasks"]._current_tasks.get(future._loop)
        if task is not None and task._fut_waiter is future:
            tell_suspension(task, label(future))


def outcome_of(future):
    return "cancelled" if future.cancelled() else "exception" if future._exception is not None else "result"


def log_enqueued(loop, handle):
    from asyncio import events as asyncio_events

    if is_self_pipe(handle):
        return
    task, kind = step_of(handle)
    if handle._args and getattr(handle._args[0], "in_step", False) and handle._args[0].done():
        tell_end(handle._args[0])
    if task is not None:
        tell_suspension(task, "yield" if kind == "step" else label(handle._args[0]))
        log_task_enqueued(task, kind, handle._args)
        return
    known = handles.get(id(handle))
    if isinstance(handle, asyncio_events.TimerHandle) and known and known[1] == "heap":
        if handle._cancelled:  # has left the picture when it was cancelled
            del handles[id(handle)]
        else:
            known[1] = "ready"
            log("fire", f"H#{known[0]}")
        return
    key = next(handle_keys)
    handles[id(handle)] = [key, "ready"]
    log("soon", f"H#{key}", callback_name(handle._callback))


def log_task_enqueued(task, kind, args):
    source = label(args[0]) if kind == "wakeup" else ""
    log("enqueue", label(task), source if source != "sleep" else "")


class HeapSeen:
    """Stands in for heapq in asyncio.base_events."""

    heappop = staticmethod(heapq.heappop)
    heapify = staticmethod(heapq.heapify)

    @staticmethod
    def heappush(heap, handle):
        heapq.heappush(heap, handle)
        key = next(handle_keys)
        handles[id(handle)] = [key, "heap"]
        name = callback_name(handle._callback)
        if name == "_set_result_unless_cancelled":
            name = "sleep"
            handle._args[0].is_sleep = True
        log("timer", f"H#{key}", name, round(handle._when * 1e9))


# --- what is wrapped in asyncio --------------------------------------------------------------------------------------


def wrap(owner, name, make):
    original = getattr(owner, name)
    setattr(owner, name, functools.wraps(original)(make(original)))


def disguised(watched):
    """Names itself and its methods as the class does that it stands in for."""
    watched.__module__ = "_asyncio"
    watched.__qualname__ = watched.__name__
    for name, member in vars(watched).items():
        if hasattr(member, "__code__"):
            member.__qualname__ = f"{watched.__name__}.{name}"
    return watched


def watch_futures(futures):
    class Future(futures._CFuture):
        def __init__(self, **options):
            self.creation_number = next(creation_numbers)
            super().__init__(**options)

        def telling(self, outcome, end, *arguments):
            """Tells the end before the callbacks are put on the ready queue."""
            if self.done() or getattr(self, "is_sleep", False):
                return end(*arguments)
            entry = log("end", label(self), outcome)
            try:
                return end(*arguments)
            except BaseException:
                events.remove(entry)  # not an end: a wrong argument
                raise

        def set_result(self, result):
            self.telling("result", super().set_result, result)

        def set_exception(self, exception):
            self.telling("exception", super().set_exception, exception)

        def cancel(self, msg=None):
            tell_new_waiter(self)
            return self.telling("cancelled", super().cancel, msg)

    futures.Future = disguised(Future)


def watch_tasks(tasks):
    class Task(tasks._CTask):
        def __init__(self, coro, *, loop=None, name=None, context=None, eager_start=False):
            self.creation_number = next(creation_numbers)
            self.task_number = next(task_numbers)
            self.cancel_asked = self.end_told = self.in_step = False
            entry = log("create", label(self), None, coroutine_name(coro))
            starts = eager_start and loop is not None and loop.is_running()
            if starts:
                log("step", label(self))
                self.in_step = True
            super().__init__(coro, loop=loop, name=name, context=context, eager_start=eager_start)
            entry[3] = self.get_name()
            if starts:
                end_step(self)

        def cancel(self, msg=None):
            tell_new_waiter(self)
            if not self.done():
                running = tasks._current_tasks.get(self.get_loop())
                log("cancel", label(self), label(running) if running is not None else "", "" if msg is None else repr(msg))
                self.cancel_asked = True
            return super().cancel(msg)

        def uncancel(self):
            before = self.cancelling()
            left = super().uncancel()
            if before:
                log("uncancel", label(self), left)
            return left

    def tell_before(cancel):
        def telling(self, msg=None):
            tell_new_waiter(self)  # the children are cancelled first
            return cancel(self, msg)

        return telling

    wrap(tasks._GatheringFuture, "cancel", tell_before)
    tasks.Task = disguised(Task)
    tasks.eager_task_factory = tasks.create_eager_task_factory(Task)


WATCHED = {"asyncio.futures": watch_futures, "asyncio.tasks": watch_tasks}


def watch_handles(asyncio_events):
    def cancelled(original):
        def cancel(self):
            known = handles.get(id(self))
            if known and not self._cancelled and not self._loop.is_closed():  # a closed loop's run no more
                log("handle-cancel", f"H#{known[0]}")
            original(self)

        return cancel

    def run(original):
        def _run(self):
            task = step_of(self)[0]
            try:
                return original(self)
            finally:
                if task is not None:
                    end_step(task)
                    forget_step()
                del self, task  # a traceback may keep this frame: it must keep nothing

        return _run

    wrap(asyncio_events.Handle, "cancel", cancelled)
    wrap(asyncio_events.Handle, "_run", run)


def watch_loops(base_events, selector_events):
    def initialised(original):
        def __init__(self, *args, **kwargs):
            original(self, *args, **kwargs)
            self._ready = ReadyQueue(self)

        return __init__

    def polled(original):
        def process_events(self, event_list):
            original(self, event_list)
            self._ready.polled = True

        return process_events

    base_events.heapq = HeapSeen
    wrap(base_events.BaseEventLoop, "__init__", initialised)
    wrap(selector_events.BaseSelectorEventLoop, "_process_events", polled)


def watch_polls(selectors):
    def seen(original):
        def select(self, timeout=None):
            log("poll", "forever" if timeout is None else round(timeout * 1e9))
            return original(self, timeout)

        return select

    wrap(selectors.DefaultSelector, "select", seen)


def install():
    sys.meta_path.insert(0, AsyncioFinder)
    real_weak_set = weakref.WeakSet
    weakref.WeakSet = OrderedWeakSet
    vrt.install()
    import asyncio
    import selectors
    from asyncio import base_events, selector_events
    from asyncio import events as asyncio_events
    import concurrent.futures.thread  # noqa: F401  (loaded before the fork: it is slow)
    import contextvars  # noqa: F401
    import traceback  # noqa: F401

    weakref.WeakSet = real_weak_set
    base_events.weakref = type("weakref", (), {**vars(weakref), "WeakSet": OrderedWeakSet})
    watch_handles(asyncio_events)
    watch_loops(base_events, selector_events)
    watch_polls(selectors)
    return asyncio


# --- one program -----------------------------------------------------------------------------------------------------


class Recorder:
    """Takes the place of vrt.record: output goes into the log, the end to whoever waits for it."""

    def __init__(self, descriptor):
        self.descriptor = descriptor
        self.end = None

    def record(self, kind, **fields):
        if kind in ("o", "e"):
            log("print", "out" if kind == "o" else "err", fields["d"])
        elif kind in ("end", "exit"):
            self.end = fields
            if kind == "end":
                self.send()  # the process is about to leave

    def send(self):
        answer = {"events": events, "end": self.end.get("end"), "status": self.end.get("status")}
        data = json.dumps(answer).encode() + b"\n"
        while data:
            data = data[os.write(self.descriptor, data) :]


def run_program(asyncio, path):
    """Like oracle_rt/runner.py, for a plain script. Returns the exit status."""
    import builtins
    import types

    main = types.ModuleType("__main__")
    main.__file__ = path
    main.__builtins__ = builtins
    sys.modules["__main__"] = main
    main.set = OrderedSet
    status = 0
    try:
        exec(compile_ordered(Path(path).read_text(encoding="utf-8"), path), main.__dict__)
    except SystemExit as exit:
        status = exit.code if isinstance(exit.code, int) else int(exit.code is not None)
    except BaseException as error:
        status = 130 if isinstance(error, KeyboardInterrupt) else 1
        trace = error.__traceback__
        while trace is not None and trace.tb_frame.f_code.co_filename == __file__:
            trace = trace.tb_next
        error = error.with_traceback(trace)
        sys.excepthook(type(error), error, trace)
        del error, trace
    try:
        vrt.run_exit_threads()
    except BaseException as error:
        sys.excepthook(type(error), error, error.__traceback__)
    return status


def child(asyncio, request, descriptor):
    os.chdir(request["cwd"])
    sys.argv = [request["file"]]
    recorder = Recorder(descriptor)
    vrt.record = recorder.record
    events.clear()
    status = run_program(asyncio, request["file"])
    recorder.end = {"end": "exit", "status": status}
    recorder.send()


def serve():
    out = os.dup(1)
    asyncio = install()
    import gc
    import linecache
    import signal

    gc.collect()
    gc.disable()  # when a collection comes by itself depends on what this file allocates as well
    gc.freeze()  # the children's collections need not look at, and so copy, what is here already
    for line in sys.stdin:
        request = json.loads(line)
        reading, writing = os.pipe()
        process = os.fork()
        if process == 0:
            os.close(reading)
            linecache.clearcache()
            signal.alarm(request.get("timeout", 20))
            try:
                child(asyncio, request, writing)
            finally:
                os._exit(0)
        os.close(writing)
        with os.fdopen(reading, "rb") as pipe:
            answer = pipe.read()
        os.waitpid(process, 0)
        os.write(out, answer if answer.endswith(b"\n") else b'{"events": [], "end": "crash", "status": null}\n')


if __name__ == "__main__":
    serve()
