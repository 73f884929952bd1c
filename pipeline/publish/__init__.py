"""Approving an issue and sending it out, each target a module behind one protocol.

A target tells three ends apart, since only one of them may be tried again without a thought: it did not arrive
(`PublishError`), nobody knows whether it did (`Uncertain`), it is not wanted (`Declined`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from pipeline.errors import PublishError
from pipeline.issue.issue import Issue

Status = Literal["", "begun", "sent", "refused"]
"""What is known of one delivery. "": it certainly did not arrive. begun: it was handed over, and no answer came; it may
have arrived. sent: the other side has taken it. refused: the other side does not want it."""


class Uncertain(PublishError):
    """It was handed over and no answer came: it may have arrived, so only a person may have it sent again."""


class Declined(PublishError):
    """The other side has refused it for good; trying again as it is would be refused again."""


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
    new: bool = True
    """False: all of it was sent before, and nothing was now."""
    complete: bool = True
    """False: part of it is still to be done or to be decided; `detail` says what, and `publish` exits with 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of the journal."""

    status: Status = ""
    detail: str = ""
    """What the target wrote there, such as the address of the draft or the reason of the refusal."""
    when: str = ""
    """ISO 8601 time, UTC."""


class Journal(Protocol):
    """What was sent where, kept on disk at once, so that nobody is sent anything twice.

    `edition` is the target's choice: the hash, where another text is another thing (a draft, a webhook's event), or the
    id of the issue, where a corrected text must not be sent again to those who have the first (mail).
    """

    def entry(self, target: str, edition: str, recipient: str = "") -> Entry:
        """What is known; an empty entry where it was never tried."""
        ...

    def entries(self, target: str, edition: str) -> dict[str, Entry]:
        """Likewise of every recipient."""
        ...

    def status(self, target: str, edition: str, recipient: str = "") -> Status:
        """The status alone."""
        ...

    def begin(self, target: str, edition: str, recipient: str = "", *, again: bool = False, detail: str = "") -> None:
        """About to hand over; on disk when it returns. Of two processes one may.

        Args:
            again: also where it was begun, sent or refused before: the receiver tells repeats, or a person asked.

        Raises:
            PublishError: it was begun, sent or refused before.
        """
        ...

    def end(self, target: str, edition: str, recipient: str = "", *, status: Status = "sent", detail: str = "") -> None:
        """What came of it; `status` "" means that it certainly did not arrive and may be tried again."""
        ...


class Target(Protocol):
    """One way out of the house."""

    name: str
    """As in `[publish.<name>]` and `worldbrief publish <name>`."""

    def preview(self, edition: Edition, journal: Journal) -> list[str]:
        """What `publish` would do, a line each, without a connection: `--dry-run`.

        Raises:
            ConfigError: a setting or a secret is missing or wrong.
        """
        ...

    def publish(self, edition: Edition, journal: Journal) -> Receipt:
        """Send it, or make a draft of it.

        Raises:
            ConfigError: a setting or a secret is missing or wrong; nothing was sent.
            PublishError: it did not work; the message says whether anything arrived and what to do.
        """
        ...
