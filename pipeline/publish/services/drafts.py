"""Drafts at services: one draft an issue, found again by its marker, changed while it is a draft, never sent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from pipeline.errors import PublishError
from pipeline.publish import Declined, Edition, Journal, Receipt
from pipeline.publish.means import Means
from pipeline.publish.once import once
from pipeline.publish.services.content import Content, content, missing


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a service has of an issue."""

    id: str
    url: str
    """Where a person finds it."""
    state: str = "draft"
    """In the service's words."""
    is_draft: bool = True
    """Whether it may be changed: neither sent nor about to be."""
    version: str = ""
    """What the service wants to see again before it takes a change."""


class Service(Protocol):
    """What a service can do; each call raises `PublishError`, or `Uncertain` where no answer came."""

    def find(self, content: Content) -> Draft | None:
        """The draft of the issue, or what became of it."""
        ...

    def create(self, content: Content) -> Draft:
        """Make a draft; nothing is sent."""
        ...

    def update(self, draft: Draft, content: Content) -> Draft:
        """Give a draft another text."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftTarget:
    """A target that leaves a draft for a person to look at and send."""

    name: str
    place: str
    """Where the draft goes, in words: "draft campaign at https://lists.example.org for the lists 1 and 2"."""
    openers: Sequence[str]
    """What begins an instruction in a body of the service."""
    open: Callable[[], Service]
    """Makes the service, without a connection; raises `ConfigError` where a setting or a secret is missing."""
    means: Means
    needs_markdown: bool = False

    def preview(self, edition: Edition, journal: Journal) -> list[str]:
        self.open()
        made = self._content(edition)
        lines = [self.place, f"subject: {made.subject}", f"found again by: {made.marker}"]
        if before := journal.entry(self.name, edition.sha256).detail:
            lines.append(f"made before: {before}")
        return lines

    def publish(self, edition: Edition, journal: Journal) -> Receipt:
        service = self.open()
        made = self._content(edition)

        def send() -> Receipt:
            try:
                return write()
            except Declined as error:
                # A draft that was refused for a wrong key or list may be tried again without asking.
                raise PublishError(str(error)) from None

        def write() -> Receipt:
            found = service.find(made)
            if found is None:
                draft, what = service.create(made), "made"
            elif found.is_draft:
                draft, what = service.update(found, made), "changed"
            else:
                raise PublishError(
                    f"{self.name}: the issue is there and is no draft any more ({found.state}); nothing was changed: "
                    f"{found.url}"
                )
            return Receipt(detail=f"draft {draft.id} {what}", url=draft.url)

        # The marker tells a repeat, so a draft whose answer never came is not made twice.
        return once(self.name, edition, journal, self.means, send, repeatable=True)

    def _content(self, edition: Edition) -> Content:
        if self.needs_markdown and "digest.md" not in edition.files:
            raise missing(edition, "digest.md", "markdown")
        return content(edition, self.openers)
