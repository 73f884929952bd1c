"""approval.json: a person has looked at the issue as it is and says that it may go out."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any, Literal

from pydantic import ValidationError

from pipeline.config import Section
from pipeline.errors import ConfigError, WorldbriefError
from pipeline.files import write_atomically
from pipeline.issue.plain import line
from pipeline.publish import Edition
from pipeline.publish.edition import hashes

FILE = "approval.json"
_SHOWN = 5


class Approval(Section):
    """What was approved, file by file, so that a change can be told and named."""

    version: Literal[1] = 1
    issue: str
    sha256: str
    """Of the whole edition."""
    files: dict[str, str]
    """sha256 of each file."""
    approved: str
    """ISO 8601 time, UTC."""
    by: str = ""
    """As the person called themselves."""


def approve(edition: Edition, *, now: float, by: str = "") -> Approval:
    """Write the approval of an edition into its folder, in one step.

    Args:
        now: seconds since 1970.

    Raises:
        WorldbriefError: it cannot be written.
    """
    approval = Approval(
        issue=edition.issue.id,
        sha256=edition.sha256,
        files=hashes(edition.files),
        approved=datetime.fromtimestamp(now, UTC).isoformat(timespec="seconds"),
        by=line(by, 120),
    )
    path = edition.folder / FILE
    try:
        write_atomically(path, [approval.model_dump_json(indent=2).encode(), b"\n"])
    except OSError as error:
        raise WorldbriefError(f"{path}: cannot be written: {error.strerror}") from error
    return approval


def check_settled(edition: Edition, decided: str) -> None:
    """See that the issue has every decision of the editor's, as far as report.json of the same run says.

    Args:
        decided: sha256 of what is decided now. A run reads it when it begins, so that the times of files tell nothing.

    Raises:
        ConfigError: something was decided since, or has found no article; the message says which.
    """
    path = edition.folder / "report.json"
    try:
        report: Any = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return
    if not isinstance(report, dict) or report.get("issue") != edition.issue.id:
        return
    if report.get("decided", decided) != decided:
        raise ConfigError(
            f"the editor has decided something since issue {edition.issue.id} was made, nothing was approved; "
            f"`worldbrief run --again{_which(edition)}` and look, or `approve --force`"
        )
    unfit = report.get("overlay")
    if isinstance(unfit, list) and unfit:
        shown = "; ".join(line(str(one), 200) for one in unfit[:_SHOWN])
        more = f" and {len(unfit) - _SHOWN} more" if len(unfit) > _SHOWN else ""
        raise ConfigError(
            f"{path}: decisions of the editor's that found no place in the issue: {shown}{more}; "
            f"mend the overlay and `worldbrief run --again{_which(edition)}`, or `approve --force`"
        )


def check_approved(edition: Edition) -> Approval:
    """The approval of exactly this edition.

    Raises:
        ConfigError: there is none, it is of another issue, or a file has changed since; the message says which and what
            to do. Nothing was sent.
    """
    path, issue = edition.folder / FILE, edition.issue.id
    look = f"look at {edition.folder / 'digest.html'}, then `worldbrief approve {issue}{_which(edition)}`"
    try:
        approval = Approval.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        raise ConfigError(f"issue {issue} is not approved, nothing was sent; {look}") from None
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}; nothing was sent") from None
    except ValidationError:
        raise ConfigError(f"{path}: is damaged or of another version, nothing was sent; {look}") from None
    if approval.issue != issue:
        raise ConfigError(
            f"{path}: approves issue {approval.issue!r:.80}, and the folder holds {issue}; nothing was sent; {look}"
        )
    if changes := _changes(approval.files, hashes(edition.files)):
        raise ConfigError(f"issue {issue} is not as it was approved: {changes}; nothing was sent; {look}")
    return approval


def _which(edition: Edition) -> str:
    """What a command is told of several digests."""
    return f" --digest {edition.issue.digest}" if edition.issue.digest else ""


def _changes(before: dict[str, str], now: dict[str, str]) -> str:
    """What differs, in words; "" where nothing does."""
    found = [
        f"{name} {'is new' if name not in before else 'is gone' if name not in now else 'has changed'}"
        for name in sorted({*before, *now})
        if before.get(name) != now.get(name)
    ]
    return ", ".join(found)
