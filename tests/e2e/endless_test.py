"""A script without an end in the window, under Xvfb: the window opens, says that it runs, and stops it when asked.

Usage: endless_test.py LOOPGLASS. Exits with 77 (skipped) where Xvfb, xdotool or ImageMagick are missing.
"""
import pathlib
import subprocess
import sys

import window_test as window

ENDLESS = "print('before')\nsum(iter(int, 1))\n"


def watch_and_stop():
    found = window.wait_for(lambda: window.run("xdotool", "search", "--name", "Loopglass", check=False).split("\n")[0],
                            "no window appears while the script runs", 30)
    window.run("xdotool", "windowmove", found, "0", "0")
    window.run("xdotool", "windowfocus", found, check=False)
    window.wait_for(lambda: window.colours(window.shot()) > 8, "the window stays blank while the script runs", 30)
    running = window.settled()
    assert window.pressed("Right") == running, "while it runs, only stopping is offered"
    stopped = window.changed_by("the script does not stop", running, "key", "Escape")
    window.changed_by("what it did before cannot be looked at", stopped, "key", "End")


def play(home):
    script = pathlib.Path(home, "endless.py")
    script.write_text(ENDLESS, encoding="utf-8")
    window.with_program([sys.argv[1], str(script)], lambda program: watch_and_stop())


if __name__ == "__main__":
    sys.exit(window.on_a_screen(play))
