"""The table of real expressions that the fact tests share."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path


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
