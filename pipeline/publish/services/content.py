"""An approved issue as services take it that send mail: subject, HTML and text, all from digest.eml and digest.md."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from typing import TYPE_CHECKING

from pipeline.errors import ConfigError
from pipeline.issue.mailbox import Mailbox
from pipeline.issue.plain import line
from pipeline.issue.wording import preheader
from pipeline.publish import Edition
from pipeline.publish.services import defuse

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_HIDDEN = re.compile(r"display\s*:\s*none")
_NOT_IN_SLUG = re.compile(r"[^a-z0-9]+")
_IN_BRACKETS = re.compile(r"<([^<>]+)>")
_LINKS = frozenset({"href", "src"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What is sent; nothing in it is an instruction to the service."""

    subject: str
    sender: Mailbox
    preview: str
    """What a mailbox shows after the subject: the first headlines, at most 140 characters."""
    document: str
    """The whole page, styles in its head."""
    fragment: str
    """What is in the body, for services that put it into a page of theirs: styles at the elements only."""
    text: str
    markdown: str
    """Empty where the issue was made without this format."""
    slug: str
    """The same for every text of the issue: lower case, digits and hyphens, at most 100 characters."""
    marker: str
    """By which the draft of this issue is found again: likewise, and not to be mistaken for a person's."""


def content(edition: Edition, openers: Iterable[str] = ()) -> Content:
    """The issue as it was approved.

    Args:
        openers: what begins an instruction in a body of the service, such as `{{`.

    Raises:
        ConfigError: the folder has no digest.eml, or one without text or HTML.
    """
    openers = tuple(openers)
    message = _message(edition)
    ways_out = _IN_BRACKETS.findall(str(message["List-Unsubscribe"] or ""))
    page = _page(_part(message, "html"), openers, ways_out)
    plain = _without_way_out(_part(message, "plain"), ways_out)
    sender = message["From"].addresses[0]
    return Content(
        subject=defuse.text(line(str(message["Subject"]), 300), openers),
        sender=Mailbox(line(sender.display_name, 100), sender.addr_spec),
        preview=defuse.text(preheader(edition.issue), openers),
        document=_document(page),
        fragment=_fragment(page),
        text=defuse.plain(plain, openers),
        markdown=defuse.plain(edition.files.get("digest.md", b"").decode(), openers),
        slug=_slug(edition),
        marker=f"worldbrief-{_slug(edition)}",
    )


def _message(edition: Edition) -> EmailMessage:
    if "digest.eml" not in edition.files:
        raise missing(edition, "digest.eml", "email")
    return BytesParser(policy=policy.default).parsebytes(edition.files["digest.eml"])


def missing(edition: Edition, file: str, name: str) -> ConfigError:
    """The error for a format that a target needs and the issue was made without."""
    return ConfigError(f"{edition.folder / file}: is not there; name {name!r} in issue.formats and run again")


def _part(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    if part is None:
        raise ConfigError(f"digest.eml: has no {kind} part; run `worldbrief run` again")
    return str(part.get_content()).replace("\r\n", "\n")


def _slug(edition: Edition) -> str:
    """Title and id of the issue. Where letters are lost on the way, a hash of them keeps two issues apart."""
    issue = edition.issue
    name = " ".join(word for word in (issue.title, issue.digest, issue.id) if word)
    plain = _NOT_IN_SLUG.sub("-", name.lower()).strip("-")
    if plain == name.lower().replace(" ", "-") and len(plain) <= 80:
        return plain
    return f"{plain[-60:].lstrip('-')}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"


def _document(page: HtmlElement) -> str:
    from lxml.html import tostring

    return str(tostring(page, encoding="unicode", doctype="<!DOCTYPE html>"))


def _fragment(page: HtmlElement) -> str:
    """The body without the hidden line for mailboxes, which services ask for separately."""
    from lxml.html import tostring

    body = deepcopy(page).body
    for element in list(body.iter()):
        if _HIDDEN.search(element.get("style", "")):
            element.drop_tree()
    return "".join(str(tostring(child, encoding="unicode")) for child in body).strip()


def _page(html: str, openers: tuple[str, ...], ways_out: list[str]) -> HtmlElement:
    """The page with every text and attribute defused, without our links to leave the list, for the service has its own,
    and without comments, which some services read.
    """
    from lxml.html import HtmlElement, document_fromstring

    page: HtmlElement = document_fromstring(html)
    for element in list(page.iter()):
        if not isinstance(element, HtmlElement):  # a comment
            element.drop_tree()
        elif element.tag == "a" and element.get("href") in ways_out:
            _drop(element)
        else:
            _defuse(element, openers)
    return page


def _drop(link: HtmlElement) -> None:
    """A link with the dot before it; the paragraph, where it has nothing else."""
    before, parent = link.getprevious(), link.getparent()
    if before is not None:
        before.tail = (before.tail or "").rstrip(" ·")
    link.drop_tree()
    if not parent.text_content().strip():
        parent.drop_tree()


def _defuse(element: HtmlElement, openers: tuple[str, ...]) -> None:
    if element.tag != "style":
        element.text = defuse.text(element.text or "", openers)
    element.tail = defuse.text(element.tail or "", openers)
    for name, value in element.attrib.items():
        safe = defuse.address if name in _LINKS else defuse.text
        # In the text of a page `<` is written as an entity, in an attribute it is not: Ghost's cards end at a comment.
        element.set(name, safe(str(value), (*openers, "<!--")))


def _without_way_out(text: str, ways_out: list[str]) -> str:
    """Plain text without its last paragraph, where that is how to leave the list."""
    rest, _, last = text.rstrip("\n").rpartition("\n\n")
    return f"{rest}\n" if any(way in last for way in ways_out) else text
