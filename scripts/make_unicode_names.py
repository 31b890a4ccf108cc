#!/usr/bin/env python3
"""Writes the table of character names, runtime/script/data/unicode_names.zst.

One line a character, in order: the step from the character before (hexadecimal, empty for 1), a space, the name. Names
that follow from the number (CJK ideographs, Hangul syllables) are left out. After an empty line the aliases: number,
space, name. After another the numeric characters that are no decimal digits: number, space, digit or "-", space, value.
After another the ranges of East Asian width other than N: first, space, last, space, width. Run it with the Python whose Unicode version the program shall have; needs the command zstd.
"""
import pathlib
import subprocess
import sys
import unicodedata

# Second names of characters that have none in the character database: Unicode's NameAliases.
CONTROLS = """
0 NULL|NUL;1 START OF HEADING|SOH;2 START OF TEXT|STX;3 END OF TEXT|ETX;4 END OF TRANSMISSION|EOT;5 ENQUIRY|ENQ
6 ACKNOWLEDGE|ACK;7 ALERT|BEL;8 BACKSPACE|BS;9 CHARACTER TABULATION|HORIZONTAL TABULATION|TAB|HT
a LINE FEED|NEW LINE|END OF LINE|LF|NL|EOL;b LINE TABULATION|VERTICAL TABULATION|VT;c FORM FEED|FF
d CARRIAGE RETURN|CR;e SHIFT OUT|LOCKING-SHIFT ONE|SO;f SHIFT IN|LOCKING-SHIFT ZERO|SI;10 DATA LINK ESCAPE|DLE
11 DEVICE CONTROL ONE|DC1;12 DEVICE CONTROL TWO|DC2;13 DEVICE CONTROL THREE|DC3;14 DEVICE CONTROL FOUR|DC4
15 NEGATIVE ACKNOWLEDGE|NAK;16 SYNCHRONOUS IDLE|SYN;17 END OF TRANSMISSION BLOCK|ETB;18 CANCEL|CAN
19 END OF MEDIUM|EOM|EM;1a SUBSTITUTE|SUB;1b ESCAPE|ESC;1c INFORMATION SEPARATOR FOUR|FILE SEPARATOR|FS
1d INFORMATION SEPARATOR THREE|GROUP SEPARATOR|GS;1e INFORMATION SEPARATOR TWO|RECORD SEPARATOR|RS
1f INFORMATION SEPARATOR ONE|UNIT SEPARATOR|US;20 SP;7f DELETE|DEL;85 NEXT LINE|NEL;a0 NBSP;ad SHY;200b ZWSP
200c ZWNJ;200d ZWJ;200e LRM;200f RLM;202f NNBSP;2060 WJ;feff BYTE ORDER MARK|BOM|ZWNBSP
"""


def derived(name):
    return name.startswith(("CJK UNIFIED IDEOGRAPH-", "HANGUL SYLLABLE "))


def table():
    lines, last = [], -1
    for number in range(sys.maxunicode + 1):
        name = unicodedata.name(chr(number), "")
        if name and not derived(name):
            step = number - last
            lines.append(f"{step:x} {name}" if step != 1 else f" {name}")
            last = number
    lines.append("")
    for entry in CONTROLS.replace("\n", ";").strip(";").split(";"):
        number, names = entry.split(" ", 1)
        for name in names.split("|"):
            assert unicodedata.lookup(name) == chr(int(number, 16)), name
            lines.append(f"{number} {name}")
    lines.append("")
    for number in range(sys.maxunicode + 1):
        character = chr(number)
        value = unicodedata.numeric(character, None)
        if value is not None and unicodedata.decimal(character, None) is None:
            lines.append(f"{number:x} {unicodedata.digit(character, '-')} {value!r}")
    lines.append("")
    first, width = 0, "N"
    for number in range(sys.maxunicode + 2):
        now = unicodedata.east_asian_width(chr(number)) if number <= sys.maxunicode else ""
        if now != width:
            if width != "N":
                lines.append(f"{first:x} {number - 1:x} {width}")
            first, width = number, now
    return "\n".join(lines) + "\n"


def main():
    out = pathlib.Path(__file__).resolve().parent.parent / "runtime/script/data/unicode_names.zst"
    out.parent.mkdir(exist_ok=True)
    text = table().encode()
    pack = ["zstd", "-19", "-c", f"--stream-size={len(text)}"]  # the size goes into the header
    packed = subprocess.run(pack, input=text, stdout=subprocess.PIPE, check=True)
    out.write_bytes(packed.stdout)
    print(f"{out.name}: Unicode {unicodedata.unidata_version}, {len(packed.stdout)} bytes")


if __name__ == "__main__":
    main()
