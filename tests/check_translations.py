#!/usr/bin/env python3
"""The program's words and their translations agree.

Usage: check_translations.py [--update]

Words for people stand in the source as tr("English") or mark("English"). lessons/en/words.toml lists every one of them, so that a
translator has one file to copy to lessons/LANG/words.toml; --update writes it. A translation may lack words (they stay English), but
translates no word that is not there, and keeps every {}.
"""

import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LESSONS = ROOT / "lessons"
LITERAL = r'"((?:[^"\\]|\\.)*)"'
CALL = re.compile(r"\b(?:tr|mark)\(\s*((?:" + LITERAL + r"\s*)+)\)")
HEAD = "# The program's own words. To translate them, copy this file to LANG/words.toml and change what stands on the right.\n"


def unescaped(text):
    return text.encode().decode("unicode_escape").encode("latin-1").decode()


def words_of_the_source():
    words = set()
    for source in sorted([*(ROOT / "app").rglob("*.cpp"), *(ROOT / "runtime" / "session").rglob("*.cpp")]):
        for call in CALL.finditer(source.read_text()):
            words.add("".join(unescaped(part) for part in re.findall(LITERAL, call[1])))
    return words


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def table_of(path):
    """Only lines of "English" = "other"; their escapes are JSON's."""
    rows = re.findall(r'^("(?:[^"\\]|\\.)*") = ("(?:[^"\\]|\\.)*")$', path.read_text(), re.M)
    return {json.loads(word): json.loads(other) for word, other in rows}


def main():
    words = words_of_the_source()
    english = LESSONS / "en" / "words.toml"
    table = HEAD + "".join(f"{quoted(word)} = {quoted(word)}\n" for word in sorted(words))
    if "--update" in sys.argv:
        english.parent.mkdir(exist_ok=True)
        english.write_text(table)
    wrong = []
    if not english.exists() or english.read_text() != table:
        wrong.append("lessons/en/words.toml is not what the source says; check_translations.py --update")
    for path in sorted(LESSONS.glob("*/words.toml")):
        for word, other in table_of(path).items():
            name = path.relative_to(ROOT)
            if word not in words:
                wrong.append(f"{name}: the program never says {word!r}")
            elif word.count("{}") != other.count("{}"):
                wrong.append(f"{name}: {word!r} has another number of {{}}")
    for each in wrong:
        print("FAIL", each)
    print(f"{len(words)} words, {len(wrong)} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
