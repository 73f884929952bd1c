"""The table of real expressions that the fact tests share."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from hypothesis import strategies as st


@dataclass(frozen=True)
class Row:
    """A sentence, the values it states in order, its normalised form, a faithful and an unfaithful translation."""

    language: str
    source: str
    values: tuple[str, ...]
    normalised: str
    good: str
    bad: str

    def __str__(self) -> str:
        return f"{self.language}: {self.source}"


def expressions() -> list[Row]:
    path = Path(__file__).parent / "data" / "expressions.tsv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [
            Row(r["language"], r["source"], tuple(r["values"].split()), r["normalised"], r["good"], r["bad"])
            for r in rows
        ]


LANGUAGES = sorted({row.language for row in expressions()} | {"en", "und", "sw", "my", "yue", "x-unknown", ""})
"""Those of the table, and some that nobody knows much of."""

_CHARACTERS = "0123456789.,%/:-'（）()「」 萬億兆千百十三半成割第年月日今去만억조천백십여"
_WORDS = ["triệu", " tỷ", " nghìn", " million", "ngày ", "tháng ", "Mio.", "mil "]
NUMBER_SOUP = st.lists(st.sampled_from([*_CHARACTERS, *_WORDS]), max_size=14).map("".join)
"""Figures, number words and dates of several languages, in any order."""
