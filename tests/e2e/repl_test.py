"""The prompt from outside: the same inputs as CPython's asyncio prompt, a pipe, and a terminal that is abused.

Usage: repl_test.py LOOPGLASS [--update]. What CPython answers is kept in repl_expected.json; where there is a Python 3.13
(this one, or $LOOPGLASS_PYTHON), it must still answer so, and --update writes it anew.
"""
import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
import tempfile
import time

from repl_inputs import ELSEWHERE, INPUTS

EXPECTED = os.path.join(os.path.dirname(os.path.abspath(__file__)), "repl_expected.json")

# Plays CPython's keyboard: everything from its push() on is its own.
KEYBOARD = r"""
import json, runpy, sys
import _pyrepl.main, _pyrepl.simple_interact as simple
_pyrepl.main.CAN_USE_PYREPL = True
inputs = json.load(open(sys.argv[1]))
def play(console):
    import linecache
    console.can_colorize = False
    for number, text in enumerate(inputs):
        name = "<python-input-%d>" % number
        sys.stdout.write("\x01%d\n" % number); sys.stdout.flush()
        linecache._register_code(name, text, "<stdin>")
        console.push(simple._strip_final_indent(text), filename=name, _symbol="single")
        sys.stdout.flush(); sys.stderr.flush()
simple.run_multiline_interactive_console = play
sys.argv = ["asyncio"]
runpy.run_module("asyncio", run_name="__main__")
"""

PLACE = re.compile(r"0x[0-9a-f]+")
FRAME = re.compile(r'  File "([^"]*)", line .*')
IN_GROUP = re.compile(r"^ *\| ")
HEAD = "Traceback (most recent call last):"


def tidy(text):
    """Without the library's own frames, addresses, and the warning CPython gives as it goes."""
    out, keep, warned = [], True, False
    for line in text.split("\n"):
        if "RuntimeWarning" in line or "tracemalloc" in line:
            warned = True
            continue
        if warned and re.match(r"  \S", line) and not line.startswith(("  File", "  +", "  |")):
            continue
        warned = False
        bare = IN_GROUP.sub("", line)
        frame = FRAME.match(bare)
        if frame:
            keep = frame.group(1).startswith("<python-input")
        elif not bare.startswith("    "):
            keep = True
        if not keep:
            continue
        # Above frames of the library only, CPython has a head that says nothing.
        if out and out[-1].endswith(HEAD) and not frame:
            out.pop()
        out.append(PLACE.sub("0x", line))
    return "\n".join(out).strip("\n")


def of_cpython(python, inputs, folder):
    listed, keyboard = os.path.join(folder, "inputs.json"), os.path.join(folder, "keyboard.py")
    with open(listed, "w") as file:
        json.dump(inputs, file)
    with open(keyboard, "w") as file:
        file.write(KEYBOARD)
    done = subprocess.run([python, keyboard, listed], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          timeout=60, env={**os.environ, "PYTHON_COLORS": "0", "PYTHONIOENCODING": "utf-8"})
    parts = re.split("\x01(\\d+)\n", done.stdout)[1:]
    return {int(n): text.split("exiting asyncio REPL")[0] for n, text in zip(parts[::2], parts[1::2])}


class Terminal:
    """The program on a pseudo-terminal of its own."""

    def __init__(self, program, *arguments, state):
        self.seen = b""
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.environ.update(XDG_STATE_HOME=state, NO_COLOR="1", TERM="xterm", LC_ALL="C.UTF-8")
            os.execv(program, [program, "repl", *arguments])

    def look(self, seconds=0.05):
        while select.select([self.fd], [], [], seconds)[0]:
            try:
                got = os.read(self.fd, 1 << 16)
            except OSError:
                return
            if not got:
                return
            self.seen += got

    def wait_for(self, text, seconds=60):
        end = time.monotonic() + seconds
        while text.encode() not in self.seen:
            self.look(0.1)
            assert time.monotonic() < end, "%r does not come, but: %r" % (text, self.seen[-2000:])

    def type(self, text):
        data = text if isinstance(text, bytes) else text.encode()
        while data:
            self.look(0)
            if select.select([], [self.fd], [], 0.05)[1]:
                data = data[os.write(self.fd, data[:2000]):]

    def ask(self, text, answer):
        self.seen = b""
        self.type(text + "\r")
        self.wait_for(answer)

    def end(self):
        os.close(self.fd)
        end = time.monotonic() + 20
        while time.monotonic() < end:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                return status
            time.sleep(0.05)
        os.kill(self.pid, signal.SIGKILL)
        raise AssertionError("it does not end when its terminal is closed")


def pasted(text):
    return "\x1b[200~" + text + "\x1b[201~"


def expected(folder):
    """What CPython answers: as it is kept, and as a Python 3.13 says now if there is one."""
    python = os.environ.get("LOOPGLASS_PYTHON", sys.executable)
    version = subprocess.run([python, "-c", "import sys; print(sys.version_info[:2] == (3, 13))"],
                             capture_output=True, text=True, check=False).stdout.strip()
    if version == "True":
        said = of_cpython(python, INPUTS, folder)
        now = [[text, tidy(said.get(number, ""))] for number, text in enumerate(INPUTS)]
        if "--update" in sys.argv:
            with open(EXPECTED, "w", encoding="utf-8") as file:
                json.dump(now, file, indent=0, ensure_ascii=False)
                file.write("\n")
    with open(EXPECTED, encoding="utf-8") as file:
        kept = json.load(file)
    assert [text for text, _ in kept] == INPUTS, "repl_expected.json is of other inputs: --update"
    if version == "True":
        for before, after in zip(kept, now):
            assert before == after, "CPython says otherwise: %r, not %r" % (after, before)
    else:
        print("no Python 3.13: compared with what it said once")
    return [answer for _, answer in kept]


def compare(program, folder):
    wanted = expected(folder)
    typed = "".join("%s\n:help mark-%d\n" % (text, number) for number, text in enumerate(INPUTS))
    done = subprocess.run([program, "repl"], input=typed, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          timeout=60, env={**os.environ, "XDG_STATE_HOME": folder})
    parts = re.split("loopglass: There is no command :mark-\\d+\\.\n", done.stdout)
    assert len(parts) == len(INPUTS) + 1, done.stdout
    differences = 0
    for number, text in enumerate(INPUTS):
        ours = tidy(parts[number])
        if ours != wanted[number] and text not in ELSEWHERE:
            differences += 1
            print("--- input %d: %r\nCPython:\n%s\nhere:\n%s" % (number, text, wanted[number], ours))
    assert differences == 0, "%d inputs differ" % differences
    print("%d inputs answered as CPython does" % (len(INPUTS) - len(ELSEWHERE)))


def pipe(program, folder):
    def run(text):
        done = subprocess.run([program, "repl"], input=text, capture_output=True, timeout=120,
                              env={**os.environ, "XDG_STATE_HOME": folder})
        return done.stdout.decode(), done.stderr.decode(), done.returncode
    assert run(b"1+1\nx = 3\nx\n") == ("2\n3\n", "", 0)
    assert run(b"def f():\n\n    return 5\nf()\n")[0] == "5\n"
    assert run(b"1/0\n2\n")[::2] == ("2\n", 1)
    assert run(b"x = = 1\n")[2] == 2
    assert run(b"exit(7)\n")[2] == 7
    assert run(b"x = '\xff'\n'on'\n")[0] == "'on'\n"
    lines = b"".join(b"x%d = %d\n" % (i, i) for i in range(10000))
    assert run(lines + b"x9999\n")[0] == "9999\n"
    assert run(b"len('" + b"a" * (1 << 20) + b"')\n")[0] == "1048576\n"


def abuse(program, folder):
    history = os.path.join(folder, "loopglass", "repl_history")
    terminal = Terminal(program, state=folder)
    terminal.wait_for(">>> ")
    terminal.ask("6 * 7", "42")
    for delay in (0, 0.001, 0.01, 0.05, 0.2):
        terminal.seen = b""
        terminal.type("while True: pass\r\r")
        time.sleep(delay)
        while b"KeyboardInterrupt" not in terminal.seen:
            terminal.type(b"\x03")
            terminal.look(0.3)
    for _ in range(20):
        terminal.type(b"half\x03")
    terminal.ask("'alive'", "'alive'")
    terminal.type(pasted("".join("y%d = %d\n" % (i, i) for i in range(10000))) + "\r")
    terminal.ask("y9999", "9999")
    terminal.type("".join("z%d = %d\r" % (i, i) for i in range(300)))
    terminal.ask("z299 + 1", "300")
    terminal.ask(pasted("len('" + "b" * (1 << 20) + "')"), "1048576")
    terminal.type(b"\xff\xfe\x80\x03")
    terminal.ask("'still'", "'still'")
    terminal.type("unfinished")
    terminal.look(0.3)
    terminal.end()
    with open(history, encoding="utf-8", errors="replace") as file:
        entries = file.read().split("\n")
    for entry in ("6 * 7", "'alive'", "y9999", "z299 + 1", "'still'"):
        assert entry in entries, entry
    assert any(len(entry) > 1 << 20 for entry in entries)


def main():
    program = os.path.abspath(sys.argv[1])
    for test in (pipe, compare, abuse):
        with tempfile.TemporaryDirectory() as folder:
            test(program, folder)
        print("%s: good" % test.__name__, flush=True)


if __name__ == "__main__":
    main()
