"""What a renderer is told beside the issue: how it goes out, and to whom. None of it is published."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import ConfigError
from pipeline.issue.mailbox import Mailbox, list_id, mailboxes, unsubscribe_links

if TYPE_CHECKING:
    from pipeline.config import IssueSection
    from pipeline.issue.issue import Issue


@dataclass(frozen=True, slots=True, kw_only=True)
class Channels:
    """Settings of the channels; a renderer takes those of its own."""

    email_from: Mailbox
    email_to: tuple[Mailbox, ...]
    formats: tuple[str, ...]
    """What is written of the issue, by the names of `pipeline.issue.render.FORMATS`."""

    templates: Path | None = None
    """Folder of the user's templates, over those of the package."""

    unsubscribe: tuple[str, ...] = ()
    """https and mailto: addresses by which a reader leaves the list."""
    list_id: str = ""
    """"" leaves the header out."""

    def page(self, issue: Issue) -> str:
        """Address of the issue's page; "" where it is not known or there is no page."""
        return f"{issue.base_url}/digest.html" if issue.base_url and "html" in self.formats else ""


def channels_of(settings: IssueSection) -> Channels:
    """Those of the `[issue]` section.

    Raises:
        ConfigError: a mail address, a way to unsubscribe or the name of the list is none.
    """
    sender = mailboxes(settings.email_from)
    if len(sender) != 1:
        raise ConfigError(f"issue.email_from: {settings.email_from!r} is not one mail address")
    return Channels(
        email_from=sender[0],
        email_to=mailboxes(settings.email_to),
        formats=tuple(dict.fromkeys(settings.formats)),
        unsubscribe=unsubscribe_links(settings.unsubscribe),
        list_id=list_id(settings.list_id, settings.title, sender[0]),
        templates=Path(settings.templates).expanduser() if settings.templates else None,
    )
