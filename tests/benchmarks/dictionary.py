"""The list `pipeline/text/names/dictionary.txt`: words of the English dictionary that `ordinary_words.txt` lacks.

    python -m tests.benchmarks.dictionary american-english british-english > pipeline/text/names/dictionary.txt

The files are those of SCOWL, size 60, one word a line (Debian's packages wamerican and wbritish). Words of four letters
or more in lower case; forms that `is_common` derives are left out.
"""

from __future__ import annotations

import re
import sys
from importlib.resources import files
from pathlib import Path

from pipeline.text.names.ordinary import INFLECTIONS

_WORD = re.compile(r"[a-z]{4,}")
_NOTICE = """\
# From SCOWL (Spell Checker Oriented Word Lists), http://wordlist.aspell.net, copyright 2000-2018 by Kevin Atkinson.
# Permission to use, copy, modify, distribute and sell these word lists, the associated scripts, the output created from
# the scripts, and its documentation for any purpose is hereby granted without fee, provided that the above copyright
# notice appears in all copies and that both that copyright notice and this permission notice appear in supporting
# documentation. Kevin Atkinson makes no representations about the suitability of this array for any purpose. It is
# provided "as is" without express or implied warranty."""


def main(paths: list[Path]) -> None:
    known = set(files("pipeline.text.names").joinpath("ordinary_words.txt").read_text(encoding="utf-8").split())
    words = {word for path in paths for word in path.read_text(encoding="utf-8").split() if _WORD.fullmatch(word)}
    every = words | known
    print(_NOTICE)
    for word in sorted(words - known):
        if not any(word.endswith(end) and word[: -len(end)] in every for end in INFLECTIONS):
            print(word)


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
