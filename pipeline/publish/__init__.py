"""Approving an issue and sending it out, each target a module behind one protocol."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pipeline.issue.issue import Issue


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """An issue as it lies in the folder of results, checked and whole: what a target sends is made from it alone."""

    issue: Issue
    """Read from issue.json."""
    folder: Path
    files: Mapping[str, bytes]
    """The files of the issue by name (digest.html, digest.eml, feed.xml, ...), as they were approved."""
    sha256: str
    """Of the whole: hexadecimal. The same issue has the same; idempotency keys derive from it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What a target says of one delivery, for the screen and the journal."""

    detail: str
    """In words: "draft 123 made", "187 sent, 13 before"."""
    url: str = ""
    """Where a person finds it, where the service tells."""


class Journal(Protocol):
    """What was sent where, kept on disk at once, so that nobody is sent anything twice."""

    def status(self, target: str, edition: str, recipient: str = "") -> str:
        """Empty (never tried), "begun" (may have arrived: the answer never came), "sent" or "refused"."""
        ...

    def begin(self, target: str, edition: str, recipient: str = "") -> None:
        """About to hand over; on disk when it returns."""
        ...

    def end(self, target: str, edition: str, recipient: str = "", *, status: str = "sent", detail: str = "") -> None:
        """What came of it; `status` "" means that it certainly did not arrive and may be tried again."""
        ...


class Target(Protocol):
    """One way out of the house."""

    name: str
    """As in `[publish.<name>]` and `worldbrief publish <name>`."""

    def preview(self, edition: Edition) -> list[str]:
        """What `publish` would do, a line each, without a connection: `--dry-run`."""
        ...

    def publish(self, edition: Edition, journal: Journal) -> Receipt:
        """Send it, or make a draft of it.

        Raises:
            PublishError: it did not work; the message says whether anything arrived and what to do.
        """
        ...
