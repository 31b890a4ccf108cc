"""One text form for what a loop did, whoever did it: a list of lines "NANOSECONDS FACT …".

Both sides, CPython (cpython_events.py) and Loopglass (`trace --format jsonl`), record more than the form holds; it
holds what asyncio fixes: the ready queue, the timer heap, polls, task steps with what they wait for, ends, cancel
requests, and what is printed. Plain futures and handles are numbered by their first appearance.
"""

import json
import re

ADDRESS = re.compile(r"0x[0-9a-f]{6,16}\b")
LIBRARY = re.compile(r"/[^\s\"\[]*/lib/python3\.\d+/")
OURS_END = {"task-done": "result", "task-failed": "exception", "task-cancelled": "cancelled"}


class Lines:
    """Collects the lines; joins the pieces of a printed line."""

    def __init__(self):
        self.lines = []
        self.names = {}
        self.pending = {"out": "", "err": ""}
        self.frame_column = None  # inside a traceback's frame of the library: where it stands

    def named(self, kind, key):
        return self.names.setdefault((kind, key), f"{kind}{sum(1 for other in self.names if other[0] == kind) + 1}")

    def add(self, ns, *fields):
        self.lines.append(" ".join([str(ns), *(str(field) for field in fields if field != "")]))

    def printed(self, ns, stream, text):
        *whole, self.pending[stream] = (self.pending[stream] + text).split("\n")
        for line in whole:
            if stream == "err" and (self.in_library_frame(line) or "Traceback (most recent call last)" in line):
                continue
            self.add(ns, stream, LIBRARY.sub("<lib>/", ADDRESS.sub("0xADDR", line)))

    def in_library_frame(self, line):
        """asyncio in Python has frames that asyncio in C has not; a bar leads the lines inside a group."""
        bare = line.lstrip(" |+")
        column = len(line) - len(bare)
        if bare.startswith('File "'):
            self.frame_column = None if bare.startswith('File "prog.py"') else column
            return self.frame_column is not None
        if self.frame_column is not None and column > self.frame_column:
            return True
        self.frame_column = None
        return False


def without_farewell(lines):
    """What is said on stderr after the loop's last act comes from the interpreter's end, whose order is its own."""
    last = max((i for i, line in enumerate(lines) if line.split(" ", 2)[1] not in ("out", "err")), default=-1)
    return [line for i, line in enumerate(lines) if i <= last or line.split(" ", 2)[1] != "err"]


def of_cpython(events):
    out = Lines()

    def text(field):
        kind, mark, key = str(field).partition("#")
        return out.named(kind, key) if mark and kind in ("F", "H") and key.isdigit() else field

    for ns, kind, *fields in events:
        if kind == "print":
            out.printed(ns, *fields)
        else:
            out.add(ns, kind, *map(text, fields))
    return without_farewell(out.lines)


def of_loopglass(jsonl):
    """Returns (lines, header)."""
    header, *rest = jsonl.splitlines()
    out = Lines()
    form = OursForm(out)
    closed = None  # what closing a loop throws away is told by us, not by asyncio
    for line in rest:
        event = json.loads(line)
        if event["kind"] == "loop-closed":
            closed = event["event"]
        if closed is not None and event.get("cause") == closed:
            continue
        handler = OURS.get(event["kind"])
        if handler:
            handler(form, out, event["ns"], event)
    return without_farewell(out.lines), json.loads(header)


class OursForm:
    def __init__(self, out):
        self.out = out

    def future(self, value):
        if value is None or value == "":
            return ""
        return self.out.named("F", value) if isinstance(value, str) else f"T{value}"

    def handle(self, event):
        return self.out.named("H", event.get("handle", 0))

    def awaited(self, event):
        if event["detail"] in ("Sleep", "Yield"):
            return event["detail"].lower()
        if event["detail"] == "Other" and "future" not in event:  # a bad yield: the next step throws
            return "yield"
        if "future" in event:
            return self.future(event["future"])
        return f"T{event['object']}" if event["detail"] == "Task" else event["detail"]


def ours_timer(form, out, ns, event):
    name = "sleep" if event["detail"] == "Sleep" else event.get("callback", "")
    out.add(ns, "timer", form.handle(event), name, event["due"])


def ours_poll(form, out, ns, event):
    out.add(ns, "poll", "forever" if event["detail"] == "Forever" else event.get("timeout", 0))


def ours_print(form, out, ns, event):
    out.printed(ns, "err" if event["detail"] == "Stderr" else "out", event.get("text", ""))


def simple(kind, *parts):
    """A handler that adds `kind` and then each part: a callable of (form, event), or a text."""

    def handler(form, out, ns, event):
        out.add(ns, kind, *(part(form, event) if callable(part) else part for part in parts))

    return handler


def task(form, event):
    return f"T{event['task']}"


def field(name, default=""):
    return lambda form, event: event.get(name, default)


def handle(form, event):
    return form.handle(event)


OURS = {
    "task-created": simple("create", task, field("name"), field("function")),
    "task-enqueued": simple("enqueue", task, lambda form, event: form.future(event.get("source"))),
    "task-resumed": simple("step", task),
    "task-suspended": simple("suspend", task, lambda form, event: form.awaited(event)),
    **{kind: simple("end", task, outcome) for kind, outcome in OURS_END.items()},
    "future-resolved": simple(
        "end", lambda form, event: form.future(event["future"]), lambda form, event: event["detail"].lower()
    ),
    "cancel-requested": simple(
        "cancel", task, lambda form, event: f"T{event['by']}" if event.get("by") else "", field("message")
    ),
    "cancel-delivered": simple("deliver", task),
    "uncancelled": simple("uncancel", task, field("left", 0)),
    "callback-scheduled": simple("soon", handle, field("callback")),
    "callback": simple("run", handle),
    "callback-cancelled": simple("handle-cancel", handle),
    "callback-skipped": simple("skip", handle),
    "timer-scheduled": ours_timer,
    "timer-fired": simple("fire", handle),
    "timer-cancelled": simple("handle-cancel", handle),
    "iteration": simple("iteration", field("ready"), field("timers")),
    "poll": ours_poll,
    "print": ours_print,
}
