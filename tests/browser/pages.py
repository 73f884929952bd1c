"""What is looked at: every page that the renderers make of the issues, as a file."""

from __future__ import annotations

import email
import email.policy
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

from pipeline.issue.channels import Channels
from pipeline.issue.issue import Issue
from pipeline.review import page as review
from tests.browser.issues import ISSUES
from tests.issue.samples import CHANNELS, render
from tests.review.folders import results_of

KINDS = ("digest", "mail", "review")
# Folders of templates that come with the package.
LOOKS = {folder.name: folder for folder in sorted((Path(__file__).parents[2] / "configs" / "looks").glob("*"))}
NAMES = (
    *(f"{kind}-{issue}" for kind in KINDS for issue in ISSUES),
    # Other looks of the same: kind and look, and the issue in which every part occurs.
    *(f"{kind}.{look}-sample" for look in LOOKS for kind in ("digest", "mail")),
)


class Pages:
    """Pages by name, rendered once each."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._given = {name: made() for name, made in ISSUES.items()}

    def issue(self, name: str) -> Issue:
        """The issue of the page of that name."""
        return self._given[name.rpartition("-")[2]].issue()

    def mail(self, name: str) -> bytes:
        """The whole message that the page of that name is the HTML part of."""
        return render(self.issue(name), "email", _channels(name))

    def file(self, name: str) -> Path:
        """The page as a file."""
        path = self._folder / f"{name}.html"
        if not path.exists():
            path.write_bytes(self._rendered(name))
        return path

    def _rendered(self, name: str) -> bytes:
        kind, _, of = name.rpartition("-")
        kind = kind.partition(".")[0]
        if kind == "digest":
            return render(self.issue(name), "html", _channels(name))
        if kind == "mail":
            return html_of(self.mail(name)).encode()
        given = self._given[of]
        return review.render(results_of(self._folder / of, *given.articles, **given.settings))


def _channels(name: str) -> Channels:
    """Those of the look that the name of the page has, if it has one."""
    look = name.rpartition("-")[0].partition(".")[2]
    return replace(CHANNELS, templates=LOOKS[look]) if look else CHANNELS


def html_of(message: bytes) -> str:
    """The HTML part of a message."""
    parsed = email.message_from_bytes(message, policy=email.policy.default)
    assert isinstance(parsed, EmailMessage)
    part = parsed.get_body(("html",))
    assert part is not None
    return str(part.get_content())
