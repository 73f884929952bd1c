"""What a check holds against one translated sentence."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

DoubtKind = Literal[
    "number-invented",
    "number-lost",
    "limit-changed",
    "date-changed",
    "currency-changed",
    "unit-changed",
    "country-invented",
    "name-invented",
    "name-lost",
    "term-lost",
    "office-changed",
    "place-unverified",
    "link-changed",
    "code-changed",
    "loop",
    "untranslated",
    "too-short",
    "too-long",
    "low-score",
    "truncated",
    "negation-changed",
    "weak-model",
    "unmeasured-model",
]

UNUSABLE: frozenset[DoubtKind] = frozenset({"loop", "untranslated", "too-short", "truncated"})
"""What is held against a text that is no whole translation."""
SOFT: frozenset[DoubtKind] = frozenset({"low-score", "place-unverified", "too-long", "weak-model", "unmeasured-model"})
"""Reasons to look again. All other kinds say that a fact differs: a number, a date, a name, a link, a negation."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """One reason not to trust a translation; `detail` is written for the editor and quotes the text in question."""

    kind: DoubtKind
    detail: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.detail}"


def cost(doubts: Collection[Doubt]) -> tuple[int, int, int]:
    """How bad a try is, to be compared with another of the same sentence; the smaller is the better.

    Reasons to call it no translation count first, changed facts next, mere suspicion last.
    """
    unusable = sum(doubt.kind in UNUSABLE for doubt in doubts)
    soft = sum(doubt.kind in SOFT for doubt in doubts)
    return unusable, len(doubts) - unusable - soft, soft
