"""The lists `pipeline/extraction/frequent_characters.tsv`, by which texts in legacy encodings are told.

    python -m tests.benchmarks.frequent_characters NTREX_TSV > pipeline/extraction/frequent_characters.tsv
    python -m tests.benchmarks.frequent_characters --measure FLORES_FOLDER

The characters that the news of NTREX-128 (CC BY-SA 4.0) in simplified and traditional Chinese and in Korean uses most.
Measured is how many beginnings of sentences of FLORES-200, which is other text, are read right.
"""

from __future__ import annotations

import sys
from collections import Counter
from itertools import islice
from pathlib import Path

from opencc import OpenCC

from pipeline.extraction.charsets import guess_legacy

# Script: column of NTREX, first and last character, how many of them.
_LISTS = {
    "Hans": ("zho-CN", "\u4e00", "\u9fff", 270),
    "Hant": ("zho-TW", "\u4e00", "\u9fff", 270),
    "Hang": ("kor", "\uac00", "\ud7a3", 110),
}
_LENGTHS = (12, 20, 40, 80)


def print_lists(file: Path) -> None:
    print(
        "# The commonest first, by script. NTREX-128, CC BY-SA 4.0. Printed by tests/benchmarks/frequent_characters.py."
    )
    rows = [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines()]
    for script, (language, first, last, number) in _LISTS.items():
        count = Counter(one for row in rows if row[0] == language for one in row[1] if first <= one <= last)
        print(script, "".join(one for one, _ in count.most_common(number)), sep="\t")


def measure(folder: Path) -> None:
    traditional = OpenCC("s2t")
    for codec, code in (("gb18030", "zh"), ("big5hkscs", "zh"), ("cp949", "ko")):
        lines = folder.joinpath(f"dev.{code}.txt").read_text(encoding="utf-8").splitlines()
        if codec == "big5hkscs":
            lines = [traditional.convert(line) for line in lines]
        for length in _LENGTHS:
            texts = [line[:length] for line in islice(lines, 400)]
            coded = [(text, data) for text in texts if (data := text.encode(codec, "ignore")).decode(codec) == text]
            right = sum(guess_legacy(data) == text for text, data in coded)
            print(codec, length, f"{right} of {len(coded)}")


if __name__ == "__main__":
    if sys.argv[1] == "--measure":
        measure(Path(sys.argv[2]))
    else:
        print_lists(Path(sys.argv[1]))
