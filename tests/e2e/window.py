#!/usr/bin/env python3
"""Opens the real window on the first lesson under Xvfb, steps and steps back by keys, and looks at the pixels.

Usage: window.py LOOPGLASS. The exit status is 77 (skipped) where Xvfb or xdotool is missing.
"""

import os
import shutil
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SKIPPED = 77
SIZE = (1440, 900)
PATIENCE = 30  # seconds; a drawing library without a graphics card on a busy machine is slow


class Screen:
    """An X server whose screen is a file (in the format of xwd)."""

    def __init__(self, folder):
        read, write = os.pipe()
        self.server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{SIZE[0]}x{SIZE[1]}x24", "-fbdir", folder,
             "-nolisten", "tcp"], pass_fds=[write], stderr=subprocess.DEVNULL)
        os.close(write)
        self.display = ":" + os.read(read, 16).decode().strip()
        self.file = Path(folder) / "Xvfb_screen0"

    def pixels(self):
        data = self.file.read_bytes()
        header, colours = struct.unpack(">I", data[:4])[0], struct.unpack(">I", data[76:80])[0]
        return data[header + 12 * colours:]

    def settled(self, deadline=None):
        """The pixels once they have stopped changing."""
        deadline = deadline or time.monotonic() + PATIENCE
        before = self.pixels()
        while time.monotonic() < deadline:
            time.sleep(0.5)
            now = self.pixels()
            if now == before:
                return now
            before = now
        raise AssertionError("the picture never comes to rest, though nothing happens")

    def until(self, what, differs_from):
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if self.pixels() != differs_from:
                return self.settled(deadline + PATIENCE)
            time.sleep(0.2)
        raise AssertionError(f"{what} changes nothing on the screen")


def play(screen, program, home):
    environment = {**os.environ, "DISPLAY": screen.display, "HOME": home, "XDG_CONFIG_HOME": home,
                   "XDG_STATE_HOME": home, "XDG_DATA_HOME": home, "LIBGL_ALWAYS_SOFTWARE": "1"}

    def press(key):
        # Held for as long as a finger would: pressed and released within one frame, a key goes unseen.
        subprocess.run(["xdotool", "keydown", key, "sleep", "0.15", "keyup", key], env=environment, check=True)

    empty = screen.settled()
    window = subprocess.Popen([program, "lesson", "1"], env=environment)
    try:
        opened = screen.until("opening the window", empty)
        colours = {opened[i:i + 4] for i in range(0, len(opened) - 4, 4)}
        assert len(colours) > 20, "a window with next to nothing in it"
        subprocess.run(["xdotool", "search", "--sync", "--onlyvisible", "--name", "Loopglass", "windowfocus"],
                       env=environment, check=True, timeout=PATIENCE)
        opened = screen.settled()
        press("Right")
        first = screen.until("a step", opened)
        press("Right")
        second = screen.until("another step", first)
        press("Left")
        back = screen.until("a step back", second)
        assert back == first, "stepping back does not lead to the same picture"
        press("End")
        screen.until("going to the end", back)
        assert window.poll() is None, "the window has gone"
    finally:
        window.terminate()
        window.wait(PATIENCE)


def main():
    if not (shutil.which("Xvfb") and shutil.which("xdotool")):
        print("skipped: Xvfb or xdotool is missing")
        return SKIPPED
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as home:
        screen = Screen(folder)
        try:
            play(screen, sys.argv[1], home)
        finally:
            screen.server.terminate()
            screen.server.wait(PATIENCE)
    print("opened, stepped, stepped back, went to the end")
    return 0


if __name__ == "__main__":
    sys.exit(main())
