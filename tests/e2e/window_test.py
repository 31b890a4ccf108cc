"""The window as its user meets it: opened under Xvfb, stepped, clicked, dragged and closed with xdotool.

Usage: window_test.py LOOPGLASS. Exits with 77 (skipped) where Xvfb, xdotool or ImageMagick are missing.
"""
import os
import shutil
import subprocess
import sys
import tempfile
import time

SIZE = (1440, 900)


def run(*command, check=True):
    return subprocess.run(command, check=check, capture_output=True, text=True, timeout=20).stdout.strip()


def start_display():
    """Xvfb on a free display of its own choosing."""
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "%dx%dx24" % SIZE, "-nolisten", "tcp"],
        pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as pipe:
        number = pipe.readline().strip()
    if not number:
        sys.exit("Xvfb does not start")
    os.environ["DISPLAY"] = ":" + number
    return server


def wait_for(what, sentence, seconds=10):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = what()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError(sentence)


def shot():
    """The screen as raw RGB."""
    return subprocess.run(["import", "-window", "root", "-depth", "8", "rgb:-"],
                          check=True, capture_output=True, timeout=20).stdout


def colours(picture):
    return len({picture[i:i + 3] for i in range(0, len(picture) - 3, 3 * 97)})


def settled():
    """A picture that two looks in a row agree on."""
    last = shot()
    for _ in range(40):
        time.sleep(0.05)
        now = shot()
        if now == last:
            return now
        last = now
    raise AssertionError("the window does not come to rest")


def changed_by(sentence, before, *xdotool):
    run("xdotool", *xdotool)
    wait_for(lambda: shot() != before, sentence, 15)
    return settled()


def cpu_seconds(process):
    with open("/proc/%d/stat" % process.pid) as file:
        fields = file.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def use_window(process, frames):
    window = wait_for(lambda: run("xdotool", "search", "--name", "Loopglass", check=False).split("\n")[0],
                      "no window appears")
    run("xdotool", "windowmove", window, "0", "0")
    run("xdotool", "windowfocus", window, check=False)
    wait_for(lambda: colours(shot()) > 8, "the window stays blank")
    picture = settled()
    assert len(picture) == SIZE[0] * SIZE[1] * 3
    picture = changed_by("the tour of a first start does not go away", picture, "key", "Escape")

    first = changed_by("a step changes nothing", picture, "key", "Right")
    second = changed_by("a second step changes nothing", first, "key", "Right")
    back = changed_by("a step back changes nothing", second, "key", "Left")
    assert back == first, "a step back does not lead to where it came from"
    far = changed_by("the end looks like the beginning", back, "key", "End")
    scrubbed = changed_by("dragging on the timeline changes nothing", far,
                          "mousemove", "400", "700", "mousedown", "1", "mousemove", "500", "700",
                          "sleep", "0.2", "mousemove", "600", "700", "sleep", "0.2", "mouseup", "1",
                          "mousemove", "700", "6")
    presenter = changed_by("presenter mode changes nothing", scrubbed, "key", "F5")
    plain = changed_by("presenter mode does not end", presenter, "key", "F5")
    keys = changed_by("the list of keys does not open", plain, "type", "?")
    gone = changed_by("the list of keys does not close", keys, "key", "Escape")

    control("o")
    asked = wait_for(lambda: shot() != gone and settled(), "Ctrl+O does not ask which file to open")
    gone = changed_by("the question which file to open does not close", asked, "key", "Escape")

    within_one_frame(frames)
    gone = edit(teach(), frames)
    prompt = changed_by("the prompt does not open", gone, "type", ">")
    run("xdotool", "type", "--delay", "60", "t = asyncio.create_task(asyncio.sleep(1), name='typed')")
    typed = changed_by("an input moves nothing", settled(), "key", "Return")
    run("xdotool", "type", "--delay", "60", ":run 2")
    later = changed_by("time does not pass at the prompt", settled(), "key", "Return")
    assert len({prompt, typed, later}) == 3
    gone = changed_by("the prompt does not close", later, "key", "Escape")

    before = cpu_seconds(process)
    time.sleep(2.5)
    share = (cpu_seconds(process) - before) / 2.5
    print("idle: %.1f %% of a core" % (100 * share))
    assert share <= 0.02, "the window works while nothing moves"

    run("xdotool", "key", "Home")
    run("xdotool", "key", "space")
    wait_for(lambda: shot() != gone, "playing moves nothing", 15)
    run("xdotool", "key", "space")


def pressed(*keys):
    run("xdotool", "key", *keys)
    time.sleep(0.15)
    return settled()


class Frames:
    """What the window says about the frames it has shown (see FrameLog in app/gui/window.cpp)."""

    def __init__(self, path):
        self.path = path

    def all(self):
        with open(self.path) as file:
            return [line.split() for line in file if line.endswith("\n")]

    def last(self):
        return self.all()[-1]

    def run(self):
        return self.last()[9]

    def focus(self):
        return int(self.last()[5])

    def shown_after(self, count):
        """The first frame after those `count` that had input before it, once a key went down and came up."""
        later = [line for line in self.all()[count:] if int(line[3])]
        return later[0] if sum(int(line[3]) for line in later) >= 2 else None


def within_one_frame(frames):
    """A key's effect is in the first frame that is shown after it."""
    pressed("Home")
    for key in ("Right",) * 6 + ("Left",) * 3 + ("End", "Home"):
        before, count = frames.focus(), len(frames.all())
        run("xdotool", "key", key)
        shown = wait_for(lambda: frames.shown_after(count), "no frame follows the key " + key)
        assert int(shown[5]) != before, "the first frame after %s shows what was there before" % key


def control(*keys):
    run("xdotool", "keydown", "ctrl", "sleep", "0.1", "key", *keys, "sleep", "0.1", "keyup", "ctrl")


def edit(picture, frames):
    """Another sleep, and the changed script run in its place; then the first one again."""
    first = frames.run()
    changed_by("the editor does not open", picture, "key", "Return")
    control("f")
    run("xdotool", "type", "--delay", "60", "0.5")
    run("xdotool", "key", "Return", "key", "Escape")
    typed = settled()
    changed_by("nothing can be typed", typed, "type", "--delay", "60", "0.25")
    control("Return")
    wait_for(lambda: frames.run() != first, "another sleep does not make another run")
    assert frames.focus() > 0, "the place in the run is lost when the script changes"
    changed_by("the changed run cannot be stepped", settled(), "key", "End")
    for _ in range(6):
        pressed("Return")
        control("z")
        control("Return")
        settled()
        if frames.run() == first:
            return settled()
    raise AssertionError("the script as it was does not make the run it made")


def teach():
    """What a teacher does in lesson 7: step to a question, answer wrong twice, see the answer, go on, go back."""
    picture = pressed("Home")
    for _ in range(60):
        picture = pressed("Right")
        if pressed("1") != picture:  # only a question takes notice of digits
            break
    else:
        raise AssertionError("no question comes up in lesson 7")
    told = pressed("2", "3")  # two of three are wrong, or one of them was right: the answer is told
    on = changed_by("after its answer the question holds the lesson up", told, "key", "Right")
    back = changed_by("a step back after a question changes nothing", on, "key", "Left")
    assert changed_by("the step does not come again", back, "key", "Right") == on, "time is not a cursor"
    why = changed_by("w does not tell why", on, "type", "w")
    return changed_by("the answer to why does not go away", why, "key", "Escape")


def close_window(program):
    """Ctrl+Q, held as long as a hand does; once more if a busy machine missed it. Answers the exit status."""
    for _ in range(6):
        run("xdotool", "keydown", "ctrl", "keydown", "q", "sleep", "0.2", "keyup", "q", "keyup", "ctrl", check=False)
        try:
            return program.wait(timeout=5)
        except subprocess.TimeoutExpired:
            continue
    raise AssertionError("Ctrl+Q does not close the window")


def on_a_screen(use):
    """Calls use(home) with a display of its own and an empty home folder; the exit status for ctest."""
    for tool in ("Xvfb", "xdotool", "import"):
        if not shutil.which(tool):
            print("skipped: %s is missing" % tool)
            return 77
    server = start_display()
    try:
        with tempfile.TemporaryDirectory() as home:
            os.environ.update(HOME=home, XDG_CONFIG_HOME=home, XDG_STATE_HOME=home)
            use(home)
    finally:
        server.terminate()
        server.wait(timeout=10)
    return 0


def with_program(command, use):
    """Starts the program, lets `use(program)` use its window, closes that and asks for its exit status 0."""
    program = subprocess.Popen(command)
    try:
        use(program)
        status = close_window(program)
        assert status == 0, "closing the window ends the program with %d" % status
    finally:
        if program.poll() is None:
            program.kill()


def own_script(home, frames):
    """A script of one's own: written by another editor while it is open, then edited in the window and run."""
    path = os.path.join(home, "own.py")

    def write(seconds):
        with open(path, "w") as file:
            file.write("import asyncio\n\nasync def main():\n    await asyncio.sleep(%s)\n    print(1)\n\n"
                       "asyncio.run(main())\n" % seconds)

    def use(process):
        window = wait_for(lambda: run("xdotool", "search", "--name", "Loopglass", check=False).split("\n")[0],
                          "no window appears")
        run("xdotool", "windowmove", window, "0", "0")
        run("xdotool", "windowfocus", window, check=False)
        wait_for(lambda: colours(shot()) > 8, "the window stays blank")
        pressed("Escape")
        first = frames.run()
        time.sleep(1.1)  # the disk is looked at once a second
        write(0.7)
        wait_for(lambda: frames.run() != first, "a file that another program wrote is not read again", 15)
        second = frames.run()
        changed_by("the editor does not open", settled(), "key", "Return")
        control("End")
        run("xdotool", "type", "--delay", "60", "print(2)")
        control("Return")
        wait_for(lambda: frames.run() != second, "an edited file is not run", 15)

    write(0.2)
    with_program([sys.argv[1], path], use)


def play(home):
    frames = Frames(os.path.join(home, "frames"))
    os.environ["LOOPGLASS_FRAMES"] = frames.path
    with_program([sys.argv[1], "lesson", "7"], lambda program: use_window(program, frames))
    own_script(home, frames)


if __name__ == "__main__":
    sys.exit(on_a_screen(play))
