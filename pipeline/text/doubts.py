"""What a check holds against one translated sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

DoubtKind = Literal[
    "number-invented",
    "number-lost",
    "date-changed",
    "currency-changed",
    "country-invented",
    "name-invented",
    "name-lost",
    "office-changed",
    "place-unverified",
    "link-changed",
    "loop",
    "untranslated",
    "too-short",
    "too-long",
    "low-score",
    "truncated",
    "negation-changed",
    "weak-model",
]


@dataclass(frozen=True, slots=True)
class Doubt:
    """One reason not to trust a translation; `detail` is written for the editor and quotes the text in question."""

    kind: DoubtKind
    detail: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.detail}"
