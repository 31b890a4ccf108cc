"""Plays lessons in a terminal through a pipe: questions, rule replays, compare, goals, progress, reports, lessons of
one's own, translations, and what `check` says of bad ones.

Usage: lessons_test.py PROGRAM
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

PROGRAM = sys.argv[1]
LESSON = """# Two dishes

```lesson
misconception = "await makes things concurrent"
rules = ["await-overlaps"]
```

## One by one

```predict
print = "order soup"
ask = "prints"
invented = ["serve salad"]
because = "main waits."
```

```compare
with = "together.py"
```

```goal
goal = "Be done at 0.2 s."
hint = "gather"
solution = "together.py"
total = 0.2
same_lines = true
```
"""
BODY = """import asyncio


async def order(dish, seconds):
    print("order", dish)
    await asyncio.sleep(seconds)
    print("serve", dish)


async def main():
    %s


asyncio.run(main())
"""
ONE_BY_ONE = BODY % 'await order("soup", 0.2)\n    await order("salad", 0.1)'
TOGETHER = BODY % 'await asyncio.gather(order("soup", 0.2), order("salad", 0.1))'


def run(home, *arguments, stdin="", status=0):
    environment = dict(os.environ, XDG_STATE_HOME=str(home / "state"), XDG_DATA_HOME=str(home / "data"))
    environment.pop("LOOPGLASS_LANG", None)
    done = subprocess.run([PROGRAM, *map(str, arguments)], input=stdin, capture_output=True, text=True, env=environment,
                          timeout=60)
    assert done.returncode == status, (arguments, done.returncode, done.stdout, done.stderr)
    return done


def write_lesson(folder, text=LESSON):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "lesson.md").write_text(text)
    (folder / "scenario.py").write_text(ONE_BY_ONE)
    (folder / "together.py").write_text(TOGETHER)
    return folder


def number_of(output, choice):
    """The number a choice stands beside."""
    return next(line.split()[0] for line in output.splitlines() if line.strip().endswith("  " + choice))


def test_a_lesson_of_ones_own_is_listed_played_and_remembered(home):
    own = write_lesson(home / "data" / "loopglass" / "lessons" / "77-two-dishes")
    assert "two-dishes" in run(home, "lessons").stdout
    shown = run(home, "lesson", "two-dishes", "--terminal", stdin="\n\n").stdout
    wrong, right = number_of(shown, "order salad"), number_of(shown, "serve soup")
    played = run(home, "lesson", own, "--terminal", stdin=f"\n\n{wrong}\nr\n{right}\nc\ng\nh\nq\n").stdout
    for expected in ("Not yet.", "r: run it the way you thought", "your rule", "> 0.000", "two awaits in a row overlap",
                     "Yes: serve soup", "together.py", "Goal: Be done at 0.2 s.", "gather"):
        assert expected in played, expected
    progress = json.loads((home / "state" / "loopglass" / "progress.json").read_text())
    record = progress["lessons"]["two-dishes"]["questions"]["1"]
    assert record == {"tries": 2, "right": True, "wrong ideas": ["await-overlaps"]}, record
    # The answer itself, typed, does as well.
    assert "Yes: serve soup" in run(home, "lesson", own, "--terminal", stdin="\n\nserve soup\nq\n").stdout


def test_the_end_of_a_lesson_is_its_scripts_end(home):
    own = write_lesson(home / "own" / "77-two-dishes")
    played = run(home, "lesson", own, "--terminal", stdin="\n\ns\n" + "\n" * 12 + "q\n").stdout
    assert "main is done" in played and "shutdown_asyncgens" not in played, played
    progress = json.loads((home / "state" / "loopglass" / "progress.json").read_text())
    assert progress["lessons"]["two-dishes"]["finished"] is True


def test_two_wrong_answers_are_explained_from_the_run(home):
    own = write_lesson(home / "own" / "77-two-dishes")
    shown = run(home, "lesson", own, "--terminal", stdin="\n\n").stdout
    right = number_of(shown, "serve soup")
    wrong = [str(i) for i in range(1, 4) if str(i) != right]
    played = run(home, "lesson", own, "--terminal", stdin="\n\n" + "\n".join(wrong) + "\nq\n").stdout
    for expected in ("It is: serve soup", "main waits.", "In this run: "):
        assert expected in played, expected


def test_lines_are_put_in_order(home):
    text = LESSON.replace('print = "order soup"\nask = "prints"\n', 'start = true\nask = "order"\nlines = 4\n')
    own = write_lesson(home / "own" / "77-two-dishes", text.replace('"serve salad"', '"something else"'))
    shown = run(home, "lesson", own, "--terminal", stdin="\n\n").stdout
    assert "put them in order" in shown, shown
    truth = [number_of(shown, line) for line in ("order soup", "serve soup", "order salad", "serve salad")]
    overlapped = [truth[0], truth[2], truth[3], truth[1]]
    answers = "1 1 2 3\n" + " ".join(overlapped) + "\nr\n" + "".join(truth) + "\nq\n"
    played = run(home, "lesson", own, "--terminal", stdin=answers).stdout
    for expected in ("Every line once", "Not yet.", "two awaits in a row overlap",
                     "Yes: order soup, serve soup, order salad, serve salad"):
        assert expected in played, played
    record = json.loads((home / "state" / "loopglass" / "progress.json").read_text())
    assert record["lessons"]["two-dishes"]["questions"]["1"]["wrong ideas"] == ["await-overlaps"]


def test_the_programs_own_words_are_a_file_beside_the_lessons(home):
    root = home / "lessons"
    own = write_lesson(root / "77-two-dishes")
    (root / "nl").mkdir()
    (root / "nl" / "words.toml").write_text('"Yes: {}" = "Ja hoor: {}"\n')
    played = run(home, "lesson", own, "--lessons", root, "--lang", "nl", "--terminal", stdin="\n\nserve soup\nq\n")
    assert "Ja hoor: serve soup" in played.stdout and "Goal" in played.stdout, played.stdout
    (root / "nl" / "words.toml").write_text('"Yes: {}" = "Ja hoor"\n')
    assert "nl/words.toml:1:" in run(home, "lessons", "--lessons", root, "--lang", "nl").stderr


def test_a_goal_is_judged_by_the_changed_script(home):
    own = write_lesson(home / "own" / "77-two-dishes")
    played = run(home, "lesson", own, "--terminal",
                 stdin=f"g {own}/scenario.py\ng {own}/together.py\ng {own}/missing.py\nq\n").stdout
    assert "✗ takes at most 0.200 s: it takes 0.300 s" in played
    assert "Reached!" in played and "cannot open" in played
    progress = json.loads((home / "state" / "loopglass" / "progress.json").read_text())
    assert progress["lessons"]["two-dishes"]["goals"] == {"1": True}


def test_a_translation_is_a_folder_of_texts(home):
    root = home / "lessons"
    write_lesson(root / "77-two-dishes")
    (root / "de" / "77-two-dishes").mkdir(parents=True)
    (root / "de" / "77-two-dishes" / "lesson.md").write_text(LESSON.replace("# Two dishes", "# Zwei Gerichte"))
    german = run(home, "lesson", "two-dishes", "--lessons", root, "--lang", "de", "--terminal", stdin="q\n").stdout
    assert "Zwei Gerichte" in german and "Schritt" in german
    english = run(home, "lesson", "two-dishes", "--lessons", root, "--lang", "fr", "--terminal", stdin="q\n").stdout
    assert "Two dishes" in english


def test_a_damaged_record_is_kept_and_told(home):
    state = home / "state" / "loopglass"
    state.mkdir(parents=True)
    (state / "progress.json").write_text("{ broken")
    done = run(home, "lessons")
    assert "could not be read" in done.stderr and "progress.json.damaged-1" in done.stderr
    assert (state / "progress.json.damaged-1").read_text() == "{ broken"


def test_reports_merge_pupils(home):
    run(home, "lessons", "--pupil", "Ana")
    one = home / "state" / "loopglass" / "progress.json"
    two = home / "ben.json"
    two.write_text(one.read_text().replace("Ana", ""))
    for end, expected in ((".csv", "pupil,lesson"), (".json", '"pupils"'), (".html", "<td>Ana</td>")):
        report = home / ("class" + end)
        run(home, "lessons", "--report", report, "--progress", one, "--progress", two)
        text = report.read_text()
        assert expected in text and (end == ".csv" or "ben" in text), text
    run(home, "lessons", "--report", home / "x.pdf", status=2)
    run(home, "lessons", "--report", home / "x.csv", "--progress", home / "none.json", status=4)


def test_check_names_line_and_column(home):
    for old, new, where, says in (("ask = \"prints\"", "ask = \"print\"", ":12:7:", "known: prints"),
                                  ("print = \"order soup\"", "print = \"nothing\"", ":10:1:", "no line that begins"),
                                  ("with = \"together.py\"", "with = \"gone.py\"", ":17:1:", "no script gone.py"),
                                  ("total = 0.2", "total = 9", ":21:1:", "before anything is changed"),
                                  ("invented =", "choices =", ":10:1:", "no rule gives the wrong answer \"serve salad\""),
                                  ("invented = [\"serve salad\"]\n", "", ":10:1:", "fewer than two wrong answers"),
                                  ("rules = [\"await-overlaps\"]", "rules = [\"x\"]", ":5:9:", "no rule \"x\"")):
        folder = write_lesson(home / "bad" / "01-bad", LESSON.replace(old, new))
        said = run(home, "check", folder, status=1).stdout
        assert f"lesson.md{where} error: " in said and says in said, said
    assert "0 remarks" in run(home, "check", write_lesson(home / "good" / "01-good")).stdout


def test_rules_run_from_the_command_line_and_are_labelled(home):
    script = home / "x.py"
    script.write_text(ONE_BY_ONE)
    rules = [rule["name"] for rule in json.loads(run(home, "rules", "--json").stdout)]
    assert len(rules) >= 10
    ruled = run(home, "run", script, "--rule", "await-overlaps")
    assert ruled.stdout.splitlines()[1] == "order salad"
    assert "not CPython's order" in ruled.stderr
    assert run(home, "run", script).stderr == ""
    assert "no rule" in run(home, "run", script, "--rule", "nonsense", status=4).stderr


def main():
    tests = [each for name, each in sorted(globals().items()) if name.startswith("test_")]
    for test in tests:
        with tempfile.TemporaryDirectory() as home:
            test(pathlib.Path(home))
        print("ok  ", test.__name__.removeprefix("test_").replace("_", " "))
    print(f"{len(tests)} passed")


if __name__ == "__main__":
    main()
