"""What a check holds against one translated sentence."""

from __future__ import annotations

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
    "low-confidence",
    "truncated",
    "negation-changed",
    "weak-model",
    "unmeasured-model",
]

UNUSABLE: frozenset[DoubtKind] = frozenset({"loop", "untranslated", "too-short", "truncated"})
"""What is held against a text that is no whole translation."""
SOFT: frozenset[DoubtKind] = frozenset(
    {"low-confidence", "place-unverified", "too-long", "weak-model", "unmeasured-model"}
)
"""Reasons to look again. All other kinds say that a fact differs: a number, a date, a name, a link, a negation."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """One reason not to trust a translation; `detail` is written for the editor and quotes the text in question."""

    kind: DoubtKind
    detail: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.detail}"
