"""What an alarm says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "unreachable", "silent", "language", "refused", "short", "same-text", "same-start", "same-headline", "dates",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """Something of a source that is not as it used to be, and so is probably broken."""

    kind: Kind
    since: str
    """ISO 8601 date of the issue in which it was seen first; of a source that is silent, of its last news."""
    message: str
    """What is so, with the numbers, in words."""
    brief: str
    """The same in a few words."""
    advice: str
    """What to do."""
    numbers: Mapping[str, float]
    """What it was concluded from."""
