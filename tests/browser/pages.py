"""What is looked at: every page that the renderers make of the issues, as a file."""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage
from pathlib import Path

from pipeline.issue.issue import Issue
from tests.browser.issues import ISSUES
from tests.issue.samples import render

KINDS = ("digest", "mail")
NAMES = tuple(f"{kind}-{issue}" for kind in KINDS for issue in ISSUES)


class Pages:
    """Pages by name, rendered once each."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._issues: dict[str, Issue] = {}

    def issue(self, name: str) -> Issue:
        """The issue of the page of that name."""
        issue = name.partition("-")[2]
        if issue not in self._issues:
            self._issues[issue] = ISSUES[issue]()
        return self._issues[issue]

    def mail(self, name: str) -> bytes:
        """The whole message that the page of that name is the HTML part of."""
        return render(self.issue(name), "email")

    def file(self, name: str) -> Path:
        """The page as a file."""
        path = self._folder / f"{name}.html"
        if not path.exists():
            digest = name.startswith("digest-")
            path.write_bytes(render(self.issue(name), "html") if digest else html_of(self.mail(name)).encode())
        return path


def html_of(message: bytes) -> str:
    """The HTML part of a message."""
    parsed = email.message_from_bytes(message, policy=email.policy.default)
    assert isinstance(parsed, EmailMessage)
    part = parsed.get_body(("html",))
    assert part is not None
    return str(part.get_content())
